use crate::support::{hours, memory, now, open_account, site_with_code, ulid};
use store::{Scope, SessionStart};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_while_it_is_used_and_its_account_is_active() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    let (_, account) = open_account(&store, &site, "code", "claire@exemple.fr", "token").await.unwrap();
    let start = |key, replaces| SessionStart {
        key,
        account: &account,
        epoch: 0,
        agent: "Chromium",
        authenticated: now(),
        provider: None,
        replaces,
        notice: None,
        audit: "unused",
        now: now(),
    };
    let open = |key: &'static str, replaces: Option<&'static str>| {
        let store = store.clone();
        let start = start(key, replaces);
        async move { store.open_session(SessionStart { audit: &ulid(), ..start }).await.unwrap() }
    };
    assert!(!open("one", None).await, "nobody enters an account that sleeps");
    let find = |key: &'static str, scope: Scope<'static>| {
        let store = store.clone();
        async move { store.find_session(key, scope, hours(-1), hours(-10)).await.unwrap() }
    };
    assert!(find("one", Scope::All).await.is_none(), "the account is not active yet");
    store.activate("token", &ulid(), now()).await.unwrap();
    assert!(open("one", None).await);

    let session = find("one", Scope::All).await.unwrap();
    assert_eq!((session.email.as_str(), session.actor.name.full().as_str()), ("claire@exemple.fr", "Claire Martin"));
    assert_eq!(session.actor.delegations.len(), 1);
    assert_eq!(session.actor.delegations[0].site, site);
    assert!(!session.has_other_sites);
    assert!(find("one", Scope::Person).await.unwrap().actor.delegations.is_empty());
    let elsewhere = crate::support::fresh();
    assert!(store.find_session("one", Scope::Site(&elsewhere), hours(-1), hours(-10)).await.unwrap().unwrap().actor.delegations.is_empty());
    assert_eq!(store.find_session("one", Scope::Site(&site), hours(-1), hours(-10)).await.unwrap().unwrap().actor.delegations.len(), 1);

    assert!(store.find_session("one", Scope::All, now(), hours(-10)).await.unwrap().is_none(), "idle too long");
    assert!(store.find_session("one", Scope::All, hours(-1), now()).await.unwrap().is_none(), "too old");
    store.touch_session("one", hours(1)).await.unwrap();
    assert!(store.find_session("one", Scope::All, now(), hours(-10)).await.unwrap().is_some(), "used again");
    open("two", Some("one")).await;
    assert!(find("one", Scope::All).await.is_none(), "replaced at login");
    store.close_session("two", &ulid(), now()).await.unwrap();
    assert!(find("two", Scope::All).await.is_none(), "logged out");
    assert!(find("never", Scope::All).await.is_none());
    store.purge(now()).await.unwrap();
}
