//! Whatever a request says of the host it was sent to, mails lead to the portal's public address; unknown hosts cause none.

use crate::markup::addresses;
use crate::portal::{Browser, PASSWORD, Portal, settings};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state, map_request};
use axum::response::Response;
use http::{HeaderValue, Uri, header};
use jiff::SignedDuration;
use server::adapters::mailbox::Mail;
use server::config::Settings;
use std::sync::{Arc, Mutex};

const PUBLIC: &str = "https://espace.exemple.fr/";

/// What a proxy that is not ours, or whoever pretends to be one, may add.
async fn forged(mut request: Request) -> Request {
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-server", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("x-forwarded-port", "8080"),
        ("x-original-host", "evil.example"),
        ("x-host", "evil.example"),
        ("x-original-url", "https://evil.example/"),
        ("forwarded", "for=192.0.2.1;host=evil.example;proto=http"),
    ] {
        request.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    request
}

async fn delivered(portal: &Portal) -> Vec<Mail> {
    while portal.services.deliver_due(portal.world.outlets()).await.unwrap() > 0 {}
    portal.world.mailbox.as_ref().unwrap().all()
}

/// Follows the newest link of a page.
async fn follow(portal: &Portal, browser: &mut Browser, page: &str) {
    let start = format!("{PUBLIC}{page}/");
    let mails = delivered(portal).await;
    let link =
        mails.iter().flat_map(|mail| mail.text.lines()).find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no {start}"));
    assert_eq!(browser.get(&link[PUBLIC.len() - 1..]).await.location(), format!("/{page}"));
}

/// A portal that writes every mail itself.
async fn portal() -> Portal {
    let mut portal = Portal::with(Settings { development: true, ..settings() }).await;
    portal.app = portal.app.layer(map_request(forged));
    portal
}

const NEW: &str = "neuve@exemple.fr";
const ASK_RESET: (&str, [(&str, &str); 1]) = ("/api/recovery/ask_reset", [("draft[email]", "claire@exemple.fr")]);
const ASK_CERTIFICATION: (&str, [(&str, &str); 1]) = ("/api/links/resend_certification", [("draft[email]", "claire@exemple.fr")]);
const CHANGE: (&str, [(&str, &str); 2]) = ("/api/account/change_email", [("draft[email]", NEW), ("draft[email_confirmation]", NEW)]);

#[tokio::test(flavor = "multi_thread")]
async fn t10_every_mail_leads_to_the_public_address() {
    let portal = portal().await;
    let letters = portal.letters().await;
    let mut claire = portal.browser();
    claire.open_account(&letters[0], "claire@exemple.fr").await;
    follow(&portal, &mut claire, "activation").await;
    claire.post("/api/opening/activate", &[]).await;
    claire.sign_in("claire@exemple.fr", PASSWORD).await;
    // Another browser, which is told about.
    portal.browser().sign_in("claire@exemple.fr", PASSWORD).await;
    for (path, pairs) in [ASK_RESET, ASK_CERTIFICATION] {
        portal.clock.advance(SignedDuration::from_mins(2));
        assert_eq!(claire.submit(path, &pairs).await.status, 200);
        delivered(&portal).await;
    }
    let password =
        [("draft[current]", PASSWORD), ("draft[password]", "sable Chaud 27"), ("draft[password_confirmation]", "sable Chaud 27")];
    assert_eq!(claire.post("/api/account/change_password", &password).await.location(), "/compte");
    assert_eq!(claire.post(CHANGE.0, &CHANGE.1).await.location(), "/connexion");
    let mails = delivered(&portal).await;
    let pages = ["activation", "alerte", "nouveau-mot-de-passe", "certification", "nouvelle-adresse", "ancienne-adresse"]
        .map(|page| format!("{PUBLIC}{page}/"));
    for page in &pages {
        assert!(mails.iter().any(|mail| mail.text.contains(page) && mail.html.contains(page)), "no mail leads to {page}");
    }
    for mail in &mails {
        assert!(!format!("{mail:?}").contains("evil"), "{}", mail.subject);
        let links: Vec<&str> = mail.text.split_whitespace().filter(|word| word.contains("://")).collect();
        assert!(links.iter().all(|link| link.starts_with(PUBLIC)), "{links:?}");
        assert!(addresses(&mail.html).iter().all(|link| link.starts_with(PUBLIC)), "{}", mail.subject);
    }
    assert!(mails.len() >= 7, "{}", mails.len());
}

/// Sends a request to another host than the browser believes.
async fn elsewhere(State(host): State<Arc<Mutex<Option<String>>>>, mut request: Request, next: Next) -> Response {
    let host = host.lock().unwrap().clone();
    if let Some(host) = host {
        match host.strip_prefix("absolute ") {
            Some(host) => *request.uri_mut() = format!("http://{host}{}", request.uri()).parse::<Uri>().unwrap(),
            None => drop(request.headers_mut().insert(header::HOST, HeaderValue::from_str(&host).unwrap())),
        }
    }
    next.run(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_an_unknown_host_is_421_and_no_mail() {
    let mut portal = portal().await;
    let host = Arc::new(Mutex::new(None));
    portal.app = portal.app.layer(from_fn_with_state(host.clone(), elsewhere));
    let letters = portal.letters().await;
    let mut claire = portal.browser();
    claire.open_account(&letters[0], "claire@exemple.fr").await;
    follow(&portal, &mut claire, "activation").await;
    claire.post("/api/opening/activate", &[]).await;
    claire.sign_in("claire@exemple.fr", PASSWORD).await;
    let before = delivered(&portal).await.len();
    let resend = ("/api/opening/resend", [("draft[email]", "claire@exemple.fr")]);
    let sign_in = ("/api/identity/sign_in", [("draft[email]", "claire@exemple.fr"), ("draft[password]", PASSWORD)]);
    // The login last: it ends the session that the change of address needs.
    let forms: [(&str, &[(&str, &str)]); 5] = [
        (ASK_RESET.0, &ASK_RESET.1),
        (ASK_CERTIFICATION.0, &ASK_CERTIFICATION.1),
        (resend.0, &resend.1),
        (CHANGE.0, &CHANGE.1),
        (sign_in.0, &sign_in.1),
    ];
    for name in [
        "evil.example",
        "espace.exemple.fr.evil.example",
        "evil.example#espace.exemple.fr",
        "espace.exemple.fr@evil.example",
        "espace.exemple.fr:8443",
        "espace.exemple.fr.",
        "evil.example/espace.exemple.fr",
        "",
        "absolute evil.example",
        "absolute espace.exemple.fr@evil.example",
    ] {
        for (path, pairs) in forms {
            portal.clock.advance(SignedDuration::from_secs(5));
            *host.lock().unwrap() = Some(name.to_owned());
            assert_eq!(claire.clone().post(path, pairs).await.status, 421, "{path} at {name:?}");
            *host.lock().unwrap() = None;
        }
        assert_eq!(delivered(&portal).await.len(), before, "a mail because of {name:?}");
    }
    for (path, pairs) in forms {
        portal.clock.advance(SignedDuration::from_mins(2));
        claire.clone().post(path, pairs).await;
        delivered(&portal).await;
    }
    assert!(delivered(&portal).await.len() >= before + 4, "the same forms at the right host do");
}
