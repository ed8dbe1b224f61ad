use crate::support::{memory, now, open_account, site_with_code, ulid};
use domain::delegations::policy::{Enter, ReadDsn, may};
use domain::dsn::{Alert, Severity};
use domain::sites::siret::Siret;
use jiff::civil::date;
use store::{AlertLine, AlertReport, Scope, SessionStart};

fn alert(period: &str, severity: Severity, message: &str) -> Alert {
    Alert { period: period.parse().unwrap(), severity, code: "C3".into(), message: message.into() }
}

#[tokio::test(flavor = "multi_thread")]
async fn d17_a_file_replaces_the_months_it_names_and_keeps_the_others() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    let (_, account) = open_account(&store, &site, "code", "claire@exemple.fr", "token").await.unwrap();
    store.activate("token", &ulid(), now()).await.unwrap();
    store
        .open_session(SessionStart {
            key: "s",
            account: &account,
            epoch: 0,
            agent: "test",
            authenticated: now(),
            provider: None,
            replaces: None,
            notice: None,
            audit: &ulid(),
            now: now(),
        })
        .await
        .unwrap();
    let actor = store.find_session("s", Scope::All, crate::support::hours(-1), crate::support::hours(-1)).await.unwrap().unwrap().actor;
    let granted = may(&actor, ReadDsn, &site, date(2026, 11, 24)).unwrap();
    let entered = may(&actor, Enter, &site, date(2026, 11, 24)).unwrap();

    let file = |periods: Vec<(&str, Vec<Alert>)>| AlertLine {
        siret: Siret::parse("00123458200011").unwrap(),
        periods: periods.into_iter().map(|(period, alerts)| (period.parse().unwrap(), alerts)).collect(),
    };
    let first = file(vec![
        ("2026-10", vec![alert("2026-10", Severity::Anomalie, "a"), alert("2026-10", Severity::Bloquant, "b")]),
        ("2026-09", vec![alert("2026-09", Severity::Information, "i")]),
    ]);
    assert_eq!(store.replace_alerts(&first, now()).await.unwrap(), AlertReport::Stored);
    let read: Vec<String> = store.list_alerts(&granted).await.unwrap().into_iter().map(|alert| alert.message).collect();
    assert_eq!(read, ["b", "a", "i"]);
    let summary = store.find_site(&entered).await.unwrap().unwrap().alerts;
    assert_eq!((summary.count, summary.messages), (2, vec!["DSN 10/2026 : b".to_owned(), "DSN 10/2026 : a".to_owned()]));

    let second = file(vec![("2026-10", vec![])]);
    store.replace_alerts(&second, now()).await.unwrap();
    let read: Vec<String> = store.list_alerts(&granted).await.unwrap().into_iter().map(|alert| alert.message).collect();
    assert_eq!(read, ["i"]);
    assert_eq!(store.find_site(&entered).await.unwrap().unwrap().alerts.count, 0);

    let unknown = AlertLine { siret: Siret::parse("00123458200029").unwrap(), periods: vec![] };
    assert_eq!(store.replace_alerts(&unknown, now()).await.unwrap(), AlertReport::UnknownSite);
    assert_eq!(store.list_sites(&[entered]).await.unwrap().len(), 1);
}
