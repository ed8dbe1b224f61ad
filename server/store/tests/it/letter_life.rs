use crate::support::{fresh, hours, import, line, memory, now, open_account, ulid};
use domain::id::{LetterId, SiteId};
use domain::identity::letter::{CodeState, LetterState};
use domain::sites::siret::Siret;
use store::{CodeMatch, Letter, LetterScope, NewLetter, Opened, Store, Voided};

const SIRETS: [&str; 3] = ["00123458200011", "00123458200029", "00123458200037"];

/// Three sites whose letters were never made.
async fn sites(store: &Store) -> Vec<SiteId> {
    import(store, SIRETS.iter().enumerate().map(|(number, siret)| line(siret, &format!("690123{number}B"))).collect()).await;
    let mut sites = Vec::new();
    for siret in SIRETS {
        sites.push(store.find_site_by_siret(&Siret::parse(siret).unwrap()).await.unwrap().unwrap());
    }
    sites
}

/// A pair of letters whose code has the hash `code`.
async fn pair(store: &Store, site: &SiteId, batch: &str, code: &str) -> LetterId {
    let id: LetterId = fresh();
    store.record_letter(NewLetter { id: &id, site, batch, code, expires: hours(24 * 90), now: now() }).await.unwrap();
    id
}

async fn found(store: &Store, id: &LetterId) -> Letter {
    store.find_letter(id).await.unwrap().unwrap()
}

async fn is_live(store: &Store, site: &SiteId, code: &str) -> bool {
    store.try_code(site, code, &ulid(), now()).await.unwrap() == CodeMatch::Live
}

#[tokio::test(flavor = "multi_thread")]
async fn d16_a_pair_is_printed_until_it_is_posted_and_posting_twice_changes_nothing() {
    let store = memory().await;
    let site = &sites(&store).await[0];
    let id = pair(&store, site, "lot", "code").await;
    let letter = found(&store, &id).await;
    assert_eq!((letter.state, letter.posted, letter.code, letter.siret.as_str()), (LetterState::Printed, None, CodeState::Live, SIRETS[0]));
    assert!(store.mark_letter_posted(&id, &ulid(), hours(1)).await.unwrap());
    assert!(!store.mark_letter_posted(&id, &ulid(), hours(2)).await.unwrap());
    let letter = found(&store, &id).await;
    assert_eq!((letter.state, letter.posted), (LetterState::Posted, Some(hours(1))), "the first time stands");
    assert!(is_live(&store, site, "code").await, "posting does nothing to the code");
    assert!(!store.mark_letter_posted(&fresh(), &ulid(), now()).await.unwrap(), "a pair nobody made");
    let events = store.list_letter_events(site, 10).await.unwrap();
    assert_eq!(events.iter().map(|event| event.what.as_str()).collect::<Vec<_>>(), ["letter.posted", "letter.made"], "one row an act");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_posted_as_a_whole_but_for_what_was_taken_back() {
    let store = memory().await;
    let sites = sites(&store).await;
    let (first, second) = (pair(&store, &sites[0], "lot", "a").await, pair(&store, &sites[1], "lot", "b").await);
    let other = pair(&store, &sites[2], "autre", "c").await;
    assert_eq!(store.void_letter(&second, "adresse fausse", &ulid(), now()).await.unwrap(), Voided::Yes);
    assert_eq!(store.mark_batch_posted("lot", &ulid(), hours(1)).await.unwrap(), 1);
    assert_eq!(store.mark_batch_posted("lot", &ulid(), hours(2)).await.unwrap(), 0);
    assert_eq!(store.mark_batch_posted("inconnu", &ulid(), hours(2)).await.unwrap(), 0);
    let states = [found(&store, &first).await.state, found(&store, &second).await.state, found(&store, &other).await.state];
    assert_eq!(states, [LetterState::Posted, LetterState::Void, LetterState::Printed]);
    let lot = store.list_letters(LetterScope::Batch("lot")).await.unwrap();
    assert_eq!(lot.iter().map(|letter| &letter.id).collect::<std::collections::BTreeSet<_>>(), [&first, &second].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_taken_back_opens_nothing_printed_or_posted_and_its_reason_is_kept() {
    let store = memory().await;
    let sites = sites(&store).await;
    for (site, is_posted) in [(&sites[0], false), (&sites[1], true)] {
        let id = pair(&store, site, "lot", "code").await;
        if is_posted {
            store.mark_letter_posted(&id, &ulid(), now()).await.unwrap();
        }
        assert_eq!(store.void_letter(&id, "volé dans la boîte", &ulid(), hours(1)).await.unwrap(), Voided::Yes);
        assert_eq!(store.void_letter(&id, "encore", &ulid(), hours(2)).await.unwrap(), Voided::Already);
        let letter = found(&store, &id).await;
        assert_eq!((letter.state, letter.code, letter.posted.is_some()), (LetterState::Void, CodeState::Void, is_posted));
        assert!(!is_live(&store, site, "code").await);
        assert!(!store.mark_letter_posted(&id, &ulid(), now()).await.unwrap(), "nothing is left to post");
        let events = store.list_letter_events(site, 10).await.unwrap();
        let reasons: Vec<_> = events.iter().filter(|event| event.what == "letter.voided").map(|event| event.detail.clone()).collect();
        assert_eq!(reasons, [format!("{id} volé dans la boîte")]);
    }
    assert_eq!(store.void_letter(&fresh(), "?", &ulid(), now()).await.unwrap(), Voided::Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_opened_an_account_is_not_taken_back() {
    let store = memory().await;
    let site = &sites(&store).await[0];
    let (used, spare) = (pair(&store, site, "lot", "used").await, pair(&store, site, "lot", "spare").await);
    assert_eq!(open_account(&store, site, "used", "claire@exemple.fr", "token").await.unwrap().0, Opened::Yes);
    assert_eq!(store.void_letter(&used, "trop tard", &ulid(), now()).await.unwrap(), Voided::Used);
    assert_eq!((found(&store, &used).await.code, found(&store, &used).await.state), (CodeState::Used, LetterState::Printed));
    assert_eq!(found(&store, &spare).await.code, CodeState::Void, "using one voids the others (A1)");
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_are_counted_by_where_their_pairs_stand() {
    let store = memory().await;
    let sites = sites(&store).await;
    assert!(store.count_letters(now()).await.unwrap().is_empty());
    pair(&store, &sites[0], "lot-1", "a").await;
    pair(&store, &sites[1], "lot-1", "b").await;
    let posted = pair(&store, &sites[2], "lot-2", "c").await;
    store.mark_letter_posted(&posted, &ulid(), now()).await.unwrap();
    for number in 0..10 {
        store.try_code(&sites[1], &format!("wrong-{number}"), &ulid(), now()).await.unwrap();
    }
    let seen = async |at| -> Vec<(String, LetterState, CodeState, bool, usize)> {
        let counts = store.count_letters(at).await.unwrap();
        counts.into_iter().map(|count| (count.batch, count.state, count.code, count.has_expired, count.number)).collect()
    };
    let mut counts = seen(now()).await;
    assert_eq!(counts[0], ("lot-2".into(), LetterState::Posted, CodeState::Live, false, 1), "the newest first");
    counts.sort_by_key(|count| format!("{count:?}"));
    assert_eq!(counts[0], ("lot-1".into(), LetterState::Printed, CodeState::Dead, false, 1));
    assert_eq!(counts[1], ("lot-1".into(), LetterState::Printed, CodeState::Live, false, 1));
    assert!(seen(hours(24 * 90)).await.iter().all(|count| count.3), "ninety days later all have expired");
    assert_eq!(found(&store, &posted).await.tries, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_a_code_is_used_or_taken_back_never_both() {
    let store = memory().await;
    let other = store.another().await.unwrap();
    let site = sites(&store).await.remove(0);
    for round in 0..10 {
        let code = format!("code-{round}");
        let id = pair(&store, &site, "lot", &code).await;
        let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(16));
        let tasks: Vec<_> = (0..16)
            .map(|number| {
                let (store, barrier) = (if number % 2 == 0 { store.clone() } else { other.clone() }, barrier.clone());
                let (site, code, id) = (site.clone(), code.clone(), id.clone());
                tokio::spawn(async move {
                    barrier.wait().await;
                    if number % 4 < 2 {
                        let (mail, token) = (format!("p{round}-{number}@exemple.fr"), format!("t{round}-{number}"));
                        (open_account(&store, &site, &code, &mail, &token).await.is_ok_and(|opened| opened.0 == Opened::Yes), false)
                    } else {
                        // Later in each round, so that either side comes first in some.
                        tokio::time::sleep(std::time::Duration::from_millis(10 * round)).await;
                        (false, store.void_letter(&id, "perdu", &ulid(), now()).await.is_ok_and(|voided| voided == Voided::Yes))
                    }
                })
            })
            .collect();
        let (mut opened, mut voided) = (0, 0);
        for task in tasks {
            let (has_opened, has_voided) = task.await.unwrap();
            opened += usize::from(has_opened);
            voided += usize::from(has_voided);
        }
        assert_eq!(opened + voided, 1, "{opened} opened, {voided} taken back");
        let expected = if opened == 1 { CodeState::Used } else { CodeState::Void };
        assert_eq!(found(&store, &id).await.code, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_is_put_in_line_once_however_often_the_fund_asks() {
    let store = memory().await;
    let site = &sites(&store).await[0];
    pair(&store, site, "lot", "code").await;
    let siret = Siret::parse(SIRETS[0]).unwrap();
    for _ in 0..2 {
        assert_eq!(store.want_letters(&siret, &ulid(), now()).await.unwrap(), store::Desired::Yes);
    }
    let nobody = Siret::parse("35600000000048").unwrap();
    assert_eq!(store.want_letters(&nobody, &ulid(), now()).await.unwrap(), store::Desired::Unknown);
    assert_eq!(store.count_letter_jobs().await.unwrap(), 3);
    let wanted = store.list_letter_events(site, 10).await.unwrap().iter().filter(|event| event.what == "letter.wanted").count();
    assert_eq!(wanted, 1);
    assert!(is_live(&store, site, "code").await, "A1: what is on its way stays good");
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_a_code_used_by_sixteen_leaves_one_account_one_mail_and_one_row() {
    let store = memory().await;
    let other = store.another().await.unwrap();
    let site = sites(&store).await.remove(0);
    let id = pair(&store, &site, "lot", "code").await;
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let (store, barrier, site) = (if number % 2 == 0 { store.clone() } else { other.clone() }, barrier.clone(), site.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                open_account(&store, &site, "code", &format!("p{number}@exemple.fr"), &format!("t{number}")).await
            })
        })
        .collect();
    let (mut winners, mut rows) = (0, 0);
    for task in tasks {
        let Ok((opened, account)) = task.await.unwrap() else { continue };
        winners += usize::from(opened == Opened::Yes);
        rows += store.list_events(&account, 10).await.unwrap().iter().filter(|event| event.what == "account.opened").count();
    }
    assert_eq!((winners, rows), (1, 1));
    assert_eq!((store.count_accounts().await.unwrap(), store.count_messages().await.unwrap().waiting), (1, 1));
    assert_eq!(found(&store, &id).await.code, CodeState::Used);
}
