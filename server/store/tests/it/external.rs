use crate::support::{add_code, fresh, hours, link, memory, now, open_account, site_with_code, ulid};
use domain::id::{AccountId, MessageId};
use std::sync::Arc;
use store::{Acting, Changed, Linked, NewExternal, Purpose, SessionStart, Store};
use tokio::sync::Barrier;

/// Two active accounts, Claire's and Paul's.
async fn two(store: &Store) -> (AccountId, AccountId) {
    let site = site_with_code(store, "one").await;
    let (_, claire) = open_account(store, &site, "one", "claire@exemple.fr", "t1").await.unwrap();
    add_code(store, &site, "two").await;
    let (_, paul) = open_account(store, &site, "two", "paul@exemple.fr", "t2").await.unwrap();
    for token in ["t1", "t2"] {
        store.activate(token, &ulid(), now()).await.unwrap();
    }
    (claire, paul)
}

async fn try_link(store: &Store, account: &AccountId, epoch: i64, key: &str) -> Linked {
    let (message, token): (MessageId, _) = (fresh(), ulid());
    let notice = link(&message, Purpose::Alarm, "x@exemple.fr", &token, hours(72));
    let new = NewExternal { key, issuer: "https://p.exemple.fr", notice };
    store.link_external(account, epoch, &new, &ulid(), "Chrome", now()).await.unwrap()
}

async fn session(store: &Store, account: &AccountId, key: &str) {
    let (agent, audit, now) = ("Chrome", &ulid(), now());
    let start =
        SessionStart { key, account, epoch: 0, agent, authenticated: now, provider: None, replaces: None, notice: None, audit, now };
    assert!(store.open_session(start).await.unwrap());
}

async fn holder(store: &Store, key: &str) -> Option<AccountId> {
    store.find_account_by_external(key).await.unwrap().map(|account| account.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_leads_to_one_account_until_its_owner_takes_it_away() {
    let store = memory().await;
    let (claire, paul) = two(&store).await;
    let waiting = store.count_messages().await.unwrap().waiting;
    assert_eq!(holder(&store, "k").await, None);
    assert_eq!(try_link(&store, &claire, 0, "k").await, Linked::Yes);
    assert_eq!(try_link(&store, &claire, 0, "k").await, Linked::Yes, "twice is once");
    assert_eq!(store.count_messages().await.unwrap().waiting, waiting + 1, "T60: one mail");
    assert_eq!(try_link(&store, &paul, 0, "k").await, Linked::Taken);
    assert_eq!(holder(&store, "k").await, Some(claire.clone()));
    assert_eq!(store.list_externals(&claire).await.unwrap().len(), 1);
    assert_eq!(store.list_externals(&paul).await.unwrap(), []);

    session(&store, &claire, "claire").await;
    session(&store, &paul, "paul").await;
    let unlink = async |account: &AccountId, session: &str| {
        let (message, token, audit): (MessageId, _, _) = (fresh(), ulid(), ulid());
        let notice = link(&message, Purpose::Alarm, "x@exemple.fr", &token, hours(72));
        let acting = Acting { account, session, audit: &audit, agent: "Chrome", now: now() };
        store.unlink_external(acting, "k", &notice).await.unwrap()
    };
    assert_eq!(unlink(&paul, "paul").await, Changed::Gone, "T48: not theirs to take");
    assert_eq!(unlink(&claire, "none").await, Changed::Ended, "T19: no session");
    assert_eq!(holder(&store, "k").await, Some(claire.clone()));
    assert_eq!(unlink(&claire, "claire").await, Changed::Yes);
    assert_eq!(unlink(&claire, "claire").await, Changed::Gone);
    assert_eq!(holder(&store, "k").await, None);
    assert_eq!(try_link(&store, &paul, 0, "k").await, Linked::Yes, "free again");
    let seen: Vec<String> = store.list_events(&claire, 10).await.unwrap().into_iter().map(|event| event.what).collect();
    assert_eq!(seen.iter().filter(|what| what.starts_with("external.")).count(), 2, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_nothing_is_linked_to_an_account_that_changed_meanwhile_and_ten_are_enough() {
    let store = memory().await;
    let (claire, _) = two(&store).await;
    assert_eq!(try_link(&store, &claire, 1, "k").await, Linked::Ended, "its sessions were ended since");
    assert_eq!(try_link(&store, &fresh(), 0, "k").await, Linked::Ended, "there is no such account");
    assert_eq!(holder(&store, "k").await, None);
    for number in 0..10 {
        assert_eq!(try_link(&store, &claire, 0, &format!("k{number}")).await, Linked::Yes);
    }
    assert_eq!(try_link(&store, &claire, 0, "k10").await, Linked::Taken);
}

#[tokio::test(flavor = "multi_thread")]
async fn t43_of_two_accounts_that_claim_one_login_at_the_same_moment_one_gets_it() {
    let store = memory().await;
    let (claire, paul) = two(&store).await;
    for round in 0..10 {
        let barrier = Arc::new(Barrier::new(8));
        let tasks: Vec<_> = (0..8)
            .map(|number| {
                let (store, barrier) = (store.clone(), barrier.clone());
                let account = if number % 2 == 0 { claire.clone() } else { paul.clone() };
                // Ten are the most one account may have.
                let key = format!("r{}", round % 5);
                tokio::spawn(async move {
                    barrier.wait().await;
                    (try_link(&store, &account, 0, &key).await, account)
                })
            })
            .collect();
        let mut winners = std::collections::HashSet::new();
        for task in tasks {
            let (linked, account) = task.await.unwrap();
            if linked == Linked::Yes {
                winners.insert(account);
            }
        }
        assert_eq!(winners.len(), 1, "round {round}");
        assert_eq!(holder(&store, &format!("r{}", round % 5)).await, winners.into_iter().next());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_looked_at_once() {
    let store = memory().await;
    let barrier = Arc::new(Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (store, barrier) = (store.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                store.spend_return("state", hours(1)).await.unwrap()
            })
        })
        .collect();
    let mut first = 0;
    for task in tasks {
        first += usize::from(task.await.unwrap());
    }
    assert_eq!(first, 1);
    store.purge(hours(2)).await.unwrap();
    assert!(store.spend_return("state", hours(3)).await.unwrap(), "forgotten once it cannot be replayed any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn t16_whoever_says_it_was_not_them_cuts_every_provider_off() {
    let store = memory().await;
    let (claire, paul) = two(&store).await;
    assert_eq!(try_link(&store, &claire, 0, "k").await, Linked::Yes);
    assert_eq!(try_link(&store, &paul, 0, "p").await, Linked::Yes);
    let message = fresh();
    let alarm = link(&message, Purpose::Alarm, "claire@exemple.fr", "alarm", hours(72));
    assert!(store.issue_link(&claire, &["active"], &alarm, &ulid(), "test", now()).await.unwrap());
    store.sound_alarm("alarm", &ulid(), now()).await.unwrap();
    assert_eq!((holder(&store, "k").await, holder(&store, "p").await), (None, Some(paul)));
}
