//! Second factors: what two hands at once, on two instances, may not do.

use crate::support::{fresh, hours, link, memory, now, open_account, site_with_code, ulid};
use domain::id::{AccountId, MessageId};
use store::{Acting, CeremonyKind, Changed, Enrolled, Entry, NewCeremony, NewPasskey, Purpose, SecondProof, SessionStart, Store};

/// Claire, active, with the session `s`.
async fn claire() -> (Store, AccountId) {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    let (_, account) = open_account(&store, &site, "code", "claire@exemple.fr", "token").await.unwrap();
    store.activate("token", &ulid(), now()).await.unwrap();
    assert!(store.open_session(start("s", &account, &ulid())).await.unwrap());
    (store, account)
}

fn start<'a>(key: &'a str, account: &'a AccountId, audit: &'a str) -> SessionStart<'a> {
    SessionStart {
        key,
        account,
        epoch: 0,
        agent: "Chrome",
        authenticated: now(),
        provider: None,
        replaces: None,
        notice: None,
        audit,
        now: now(),
    }
}

fn acting<'a>(account: &'a AccountId, audit: &'a str) -> Acting<'a> {
    Acting { account, session: "s", audit, agent: "Chrome", now: now() }
}

async fn passkey(store: &Store, account: &AccountId, key: &str, codes: &[&str]) -> Enrolled {
    let (audit, message, token): (_, MessageId, _) = (ulid(), fresh(), ulid());
    let notice = link(&message, Purpose::Alarm, "claire@exemple.fr", &token, hours(1));
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let new = NewPasskey { key, name: "Clé", credential: "{\"v\":0}" };
    store.add_passkey(acting(account, &audit), new, &codes, &notice).await.unwrap()
}

async fn app(store: &Store, account: &AccountId, codes: &[&str]) -> Enrolled {
    let (audit, message, token): (_, MessageId, _) = (ulid(), fresh(), ulid());
    let notice = link(&message, Purpose::Alarm, "claire@exemple.fr", &token, hours(1));
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    store.confirm_app(acting(account, &audit), "sealed", 100, &codes, &notice).await.unwrap()
}

async fn second(store: &Store, account: &AccountId, epoch: i64, proof: &SecondProof<'_>) -> Entry {
    let (key, audit) = (ulid(), ulid());
    store.open_second_session(SessionStart { epoch, ..start(&key, account, &audit) }, proof).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_first_factors_added_at_once_one_brings_the_codes() {
    for _ in 0..20 {
        let (store, account) = claire().await;
        let other = store.another().await.unwrap();
        let audit = ulid();
        assert_eq!(store.start_app(acting(&account, &audit), "sealed").await.unwrap(), Changed::Yes);
        let (one, two) = tokio::join!(app(&store, &account, &["a", "b"]), passkey(&other, &account, "k", &["c", "d"]));
        let mut outcomes = [one, two];
        outcomes.sort_by_key(|outcome| *outcome == Enrolled::Another);
        assert_eq!(outcomes, [Enrolled::First, Enrolled::Another]);
        assert_eq!(store.find_factors(&account).await.unwrap().recovery, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_a_login_whose_account_changed_uses_nothing_up() {
    let (store, account) = claire().await;
    let audit = ulid();
    store.start_app(acting(&account, &audit), "sealed").await.unwrap();
    assert_eq!(app(&store, &account, &["a"]).await, Enrolled::First);
    passkey(&store, &account, "k", &[]).await;
    let (message, token, trace): (MessageId, _, _) = (fresh(), ulid(), ulid());
    let notice = link(&message, Purpose::Alarm, "claire@exemple.fr", &token, hours(1));
    for (proof, again) in [
        (SecondProof::App { secret: "sealed", step: 101 }, SecondProof::App { secret: "sealed", step: 101 }),
        (
            SecondProof::Passkey { key: "k", before: "{\"v\":0}", after: "{\"v\":1}" },
            SecondProof::Passkey { key: "k", before: "{\"v\":0}", after: "{\"v\":2}" },
        ),
        (
            SecondProof::Recovery { hash: "a", notice: notice.clone(), audit: &trace },
            SecondProof::Recovery { hash: "a", notice: notice.clone(), audit: &trace },
        ),
    ] {
        assert_eq!(second(&store, &account, 7, &proof).await, Entry::Ended, "another epoch");
        assert_eq!(second(&store, &account, 0, &proof).await, Entry::Opened, "and the proof was not used up by it");
        assert_eq!(second(&store, &account, 0, &again).await, Entry::Used, "once");
    }
    assert_eq!(second(&store, &account, 0, &SecondProof::App { secret: "sealed", step: 100 }).await, Entry::Used, "an earlier step");
    assert_eq!(second(&store, &account, 0, &SecondProof::App { secret: "other", step: 102 }).await, Entry::Used, "another secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_whoever_is_logged_out_meanwhile_changes_nothing() {
    let (store, account) = claire().await;
    let audit = ulid();
    store.start_app(acting(&account, &audit), "sealed").await.unwrap();
    store.close_session("s", &ulid(), now()).await.unwrap();
    assert_eq!(app(&store, &account, &["a"]).await, Enrolled::Ended);
    assert_eq!(passkey(&store, &account, "k", &["a"]).await, Enrolled::Ended);
    assert_eq!(store.start_app(acting(&account, &audit), "later").await.unwrap(), Changed::Ended);
    let found = store.find_factors(&account).await.unwrap();
    assert!(!found.any() && found.recovery == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_one_of_sixteen_on_two_instances_gets_a_ceremony() {
    let (store, account) = claire().await;
    let other = store.another().await.unwrap();
    for round in 0..20 {
        let key = format!("ceremony{round}");
        begin(&store, &account, &key).await;
        let tasks: Vec<_> = (0..16)
            .map(|number| {
                let (store, account, key) = (if number % 2 == 0 { &store } else { &other }.clone(), account.clone(), key.clone());
                tokio::spawn(async move { store.take_ceremony(&key, &account, CeremonyKind::SignIn, now()).await })
            })
            .collect();
        let mut taken = 0;
        for task in tasks {
            taken += usize::from(matches!(task.await.unwrap(), Ok(Some(_))));
        }
        assert_eq!(taken, 1);
    }
}

async fn begin(store: &Store, account: &AccountId, key: &str) {
    let new = NewCeremony { key, account, kind: CeremonyKind::SignIn, state: "sealed", expires: hours(1) };
    store.record_ceremony(&new).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_is_one_account_s_for_one_thing_and_the_oldest_of_many_go() {
    let (store, account) = claire().await;
    begin(&store, &account, "mine").await;
    let somebody: AccountId = fresh();
    assert_eq!(store.take_ceremony("mine", &somebody, CeremonyKind::SignIn, now()).await.unwrap(), None);
    assert_eq!(store.take_ceremony("mine", &account, CeremonyKind::Register, now()).await.unwrap(), None);
    assert_eq!(store.take_ceremony("mine", &account, CeremonyKind::SignIn, hours(1)).await.unwrap(), None, "too late");
    assert_eq!(store.take_ceremony("mine", &account, CeremonyKind::SignIn, now()).await.unwrap().as_deref(), Some("sealed"));
    for number in 0..60 {
        let key = format!("many{number}");
        let new = NewCeremony {
            key: &key,
            account: &account,
            kind: CeremonyKind::SignIn,
            state: "sealed",
            expires: hours(1) + jiff::SignedDuration::from_secs(number),
        };
        store.record_ceremony(&new).await.unwrap();
    }
    assert_eq!(store.take_ceremony("many9", &account, CeremonyKind::SignIn, now()).await.unwrap(), None);
    assert!(store.take_ceremony("many10", &account, CeremonyKind::SignIn, now()).await.unwrap().is_some());
}
