//! Links, SMS codes and associations wanted by sixteen clients at once: one effect, one audit row, one mail.

use crate::accounts::race;
use crate::support::{Folder, add_code, fresh, hours, import, line, link, memory, now, open, open_account, site_with_code, ulid};
use domain::id::{AccountId, DelegationId, MessageId};
use domain::sites::siret::Siret;
use store::{AccountState, Acting, Attached, Changed, Consumed, NewSite, NewSmsCode, Purpose, SessionStart, Store};

const MAIL: &str = "claire@exemple.fr";

/// An active account with a live session `s`.
async fn active(store: &Store) -> AccountId {
    let site = site_with_code(store, "code").await;
    let (_, account) = open_account(store, &site, "code", MAIL, "activation").await.unwrap();
    store.activate("activation", &ulid(), now()).await.unwrap();
    session(store, &account, "s", 0).await;
    account
}

async fn session(store: &Store, account: &AccountId, key: &str, epoch: i64) {
    let start = SessionStart {
        key,
        account,
        epoch,
        agent: "test",
        authenticated: now(),
        provider: None,
        replaces: None,
        notice: None,
        audit: &ulid(),
        now: now(),
    };
    assert!(store.open_session(start).await.unwrap());
}

async fn issue(store: &Store, account: &AccountId, purpose: Purpose, token: &str) {
    let message: MessageId = fresh();
    assert!(store.issue_link(account, &["active"], &link(&message, purpose, MAIL, token, hours(1)), &ulid(), "test", now()).await.unwrap());
}

/// `rounds` on an engine.
async fn races(url: &str, rounds: usize) {
    let store = open(url).await;
    let account = active(&store).await;
    for round in 0..rounds {
        let token = format!("reset-{round}");
        issue(&store, &account, Purpose::Reset, &token).await;
        let before = store.count_messages().await.unwrap().waiting;
        let answers = race(&store, |store, number| {
            let token = token.clone();
            async move {
                let (message, alarm): (MessageId, String) = (fresh(), format!("{token}-alarm-{number}"));
                let notice = link(&message, Purpose::Alarm, MAIL, &alarm, hours(24));
                store.reset_password(&token, &format!("hash-{number}"), &notice, &ulid(), now()).await.unwrap()
            }
        })
        .await;
        assert_eq!(answers.iter().filter(|answer| matches!(answer, Consumed::Yes(_))).count(), 1, "{answers:?}");
        assert_eq!(store.count_messages().await.unwrap().waiting, before + 1, "one mail");
        let epoch = store.find_account(&account).await.unwrap().unwrap().epoch;
        assert_eq!(usize::try_from(epoch).unwrap(), round + 1, "one effect");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_g5_a_reset_link_serves_one_of_sixteen_in_memory() {
    races("mem://", 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_g5_a_reset_link_serves_one_of_sixteen_on_disk() {
    let folder = Folder::new();
    let rounds = if std::env::var_os("ESPACE_LONG").is_some() { 2_000 } else { 5 };
    races(&folder.url(), rounds).await;
}

/// Links nobody was sent, beside one that lives: each is dead, whatever it is tried for. `ESPACE_LONG` makes it 100,000.
#[tokio::test(flavor = "multi_thread")]
async fn g5_forged_links_open_nothing() {
    let store = memory().await;
    let account = active(&store).await;
    issue(&store, &account, Purpose::Reset, "real").await;
    let tries = if std::env::var_os("ESPACE_LONG").is_some() { 100_000 } else { 200 };
    let messages = store.count_messages().await.unwrap().waiting;
    for number in 0..tries {
        let forged = if number % 2 == 0 { format!("real{number}") } else { ulid() };
        let dead = match number % 4 {
            0 | 1 => store.activate(&forged, &ulid(), now()).await.unwrap(),
            2 => store.certify(&forged, &ulid(), now()).await.unwrap(),
            _ => {
                let message: MessageId = fresh();
                let alarm = format!("alarm-{number}");
                store
                    .reset_password(&forged, "hash", &link(&message, Purpose::Alarm, MAIL, &alarm, hours(24)), &ulid(), now())
                    .await
                    .unwrap()
            }
        };
        assert!(matches!(dead, Consumed::Dead), "{forged}");
    }
    assert_eq!(store.count_messages().await.unwrap().waiting, messages, "and no mail");
    assert!(store.is_link_live("real", Purpose::Reset, now()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_an_sms_code_serves_one_of_sixteen() {
    let store = memory().await;
    let account = active(&store).await;
    let message: MessageId = fresh();
    let new = NewSmsCode {
        owner: account.as_str(),
        number: "+33600000001",
        hash: "right",
        expires: hours(1),
        message: crate::support::mail(&message),
        now: now(),
    };
    store.record_sms_code(&new).await.unwrap();
    let answers = race(&store, |store, _| {
        let account = account.clone();
        async move {
            let audit = ulid();
            let acting = Acting { account: &account, session: "s", audit: &audit, agent: "test", now: now() };
            store.certify_mobile(acting, "+33600000001", "right").await.unwrap()
        }
    })
    .await;
    assert_eq!(answers.iter().filter(|answer| **answer == Changed::Yes).count(), 1, "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t43_the_same_site_is_associated_once_and_two_codes_do_not_help() {
    let store = memory().await;
    let account = active(&store).await;
    import(&store, vec![line("00123458200029", "6901235B")]).await;
    let site = store.find_site_by_letters("6901235B", &Siret::parse("00123458200029").unwrap()).await.unwrap().unwrap();
    add_code(&store, &site, "one").await;
    add_code(&store, &site, "two").await;
    let answers = race(&store, |store, number| {
        let (account, site) = (account.clone(), site.clone());
        async move {
            let (delegation, audit): (DelegationId, String) = (fresh(), ulid());
            store
                .attach_site(NewSite {
                    account: &account,
                    site: &site,
                    code: if number % 2 == 0 { "one" } else { "two" },
                    delegation: &delegation,
                    audit: &audit,
                    notices: Vec::new(),
                    today: jiff::civil::date(2026, 11, 24),
                    now: now(),
                })
                .await
                .unwrap()
        }
    })
    .await;
    assert_eq!(answers.iter().filter(|answer| **answer == Attached::Yes).count(), 1, "{answers:?}");
    assert_eq!(store.list_administrators(&site, jiff::civil::date(2026, 11, 24)).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn t41_a_link_to_another_address_than_the_pending_one_confirms_nothing() {
    let store = memory().await;
    let account = active(&store).await;
    let (confirm, revert): (MessageId, MessageId) = (fresh(), fresh());
    let audit = ulid();
    let acting = Acting { account: &account, session: "s", audit: &audit, agent: "test", now: now() };
    let confirm = link(&confirm, Purpose::EmailChange, "ancienne@exemple.fr", "confirm", hours(1));
    let revert = link(&revert, Purpose::Revert, MAIL, "revert", hours(1));
    let changed = store.start_email_change(acting, "nouvelle@exemple.fr", Some(&confirm), &revert, &[]).await.unwrap();
    assert_eq!(changed, Changed::Yes);
    let used = store.finish_email_change("confirm", "nouvelle@exemple.fr", MAIL, hours(1), &ulid(), now()).await.unwrap();
    assert_eq!(used, Consumed::Dead);
    let found = store.find_account(&account).await.unwrap().unwrap();
    assert_eq!((found.email.as_str(), found.state), (MAIL, AccountState::Moving), "nothing was confirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_an_account_closed_between_the_check_and_the_write_changes_nothing() {
    let store = memory().await;
    let account = active(&store).await;
    // Its password is chosen anew elsewhere while a slow request is under way.
    issue(&store, &account, Purpose::Reset, "reset").await;
    let message: MessageId = fresh();
    let notice = link(&message, Purpose::Alarm, MAIL, "alarm", hours(24));
    store.reset_password("reset", "hash", &notice, &ulid(), now()).await.unwrap();
    let audit = ulid();
    let acting = Acting { account: &account, session: "s", audit: &audit, agent: "test", now: now() };
    assert_eq!(store.change_contact(acting, "Autre", "Nom", None, None).await.unwrap(), Changed::Ended);
    assert_eq!(store.close_other_sessions(acting).await.unwrap(), Changed::Ended);
    assert_eq!(store.find_account(&account).await.unwrap().unwrap().first, "Claire");
    // A login that was under way when the epoch rose opens no session.
    let start = SessionStart {
        key: "late",
        account: &account,
        epoch: 0,
        agent: "test",
        authenticated: now(),
        provider: None,
        replaces: None,
        notice: None,
        audit: &ulid(),
        now: now(),
    };
    assert!(!store.open_session(start).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_keeps_the_claims_of_addresses_in_use() {
    let store = memory().await;
    active(&store).await;
    store.purge(hours(24 * 365)).await.unwrap();
    assert!(store.find_account_by_email(MAIL).await.unwrap().is_some());
}
