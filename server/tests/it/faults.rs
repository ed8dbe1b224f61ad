//! What a failing database does: the request is refused, nothing is half done, nothing of the engine is shown.

use crate::portal::{PASSWORD, Portal};
use http::StatusCode;
use services::Scope;

#[tokio::test(flavor = "multi_thread")]
async fn t61_a_check_that_cannot_be_made_refuses() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let store = portal.services.store();

    // Reading the session, and with it the rights.
    store.break_scripts(Some("FROM ONLY $sid"));
    let page = claire.get(&home).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    store.break_scripts(Some("delegation:[$s.account"));
    assert_eq!(claire.get(&home).await.status, StatusCode::SERVICE_UNAVAILABLE, "never a page without its rights");

    // Counting a try, finding the account, writing the audit row of the login.
    for part in ["SELECT hits", "FROM ONLY $claim", "CREATE $audit"] {
        store.break_scripts(Some(part));
        let mut browser = portal.browser();
        let page = browser.submit("/api/identity/sign_in", &[("draft[email]", "claire@exemple.fr"), ("draft[password]", PASSWORD)]).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{part}");
        assert!(!browser.cookies.contains_key("__Host-session"), "{part}: nobody is let in");
        assert!(page.has("Un incident de notre côté"), "{part}");
        store.break_scripts(None);
    }
    assert_eq!(claire.get(&home).await.status, StatusCode::OK, "and everything works again");
}

#[tokio::test(flavor = "multi_thread")]
async fn t61_no_audit_no_act() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let session = claire.cookies["__Host-session"].clone();
    portal.services.store().break_scripts(Some("CREATE $audit"));
    let answer = claire.post("/api/account/change_contact", &[("draft[first]", "Autre"), ("draft[last]", "Nom")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = claire.get(&answer.location()).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(page.has("value=\"Autre\""), "what was typed is not lost");
    portal.services.store().break_scripts(None);
    let visit = portal.services.visit(&session, Scope::Person).await.unwrap().unwrap();
    assert_eq!(portal.services.profile(&visit).await.unwrap().name.full(), "Claire Martin", "nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn t32_failures_show_a_number_and_nothing_else() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let store = portal.services.store();
    type Form<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let forms: [Form<'_>; 6] = [
        ("/api/identity/sign_in", &[("draft[email]", "a@b.fr"), ("draft[password]", "x")], "SELECT hits"),
        ("/api/recovery/ask_reset", &[("draft[email]", "claire@exemple.fr")], "CREATE $m0_mail"),
        ("/api/recovery/ask_letters", &[("draft[identifiant]", "6901234B")], "CREATE $m0_mail"),
        ("/api/account/close_others", &[("draft[site]", "")], "DELETE session"),
        ("/api/account/send_sms", &[("draft[mobile]", "0612345678")], "UPSERT $code"),
        ("/api/account/change_email", &[("draft[email]", "n@b.fr"), ("draft[email_confirmation]", "n@b.fr")], "state = 'moving'"),
    ];
    for (path, pairs, part) in forms {
        store.break_scripts(Some(part));
        let answer = claire.post(path, pairs).await;
        let page = claire.get(&answer.location()).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        for leak in ["surreal", "the test broke", "src/", "panicked", "SELECT", "CREATE"] {
            assert!(!page.body.contains(leak) && !answer.body.contains(leak), "{path} shows {leak}");
        }
        store.break_scripts(None);
    }
    assert_eq!(claire.get(&home).await.status, StatusCode::OK, "alive");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_that_cannot_be_written_keeps_no_page_from_anybody() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let store = portal.services.store();
    for (part, path) in [("UPSERT $habit", ""), ("UPSERT $habit", "/suivi-dsn"), ("UPSERT $guidance", "/nouveautes")] {
        drop(store.take_scripts());
        store.break_scripts(Some(part));
        assert_eq!(claire.get(&format!("{home}{path}")).await.status, StatusCode::OK, "{path}");
        assert!(store.take_scripts().iter().any(|script| script.contains(part)), "{path} noted nothing");
        store.break_scripts(None);
    }
}
