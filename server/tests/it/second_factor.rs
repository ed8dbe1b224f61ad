//! The second factor over HTTP: what each cookie opens, and where the fund's rule leads.

use crate::portal::{Browser, PASSWORD, Portal, settings};
use app::routes::{Access, Page};
use http::StatusCode;
use server::config::Settings;
use services::testing::SeededDice;
use services::{Rules, SecondFactor};
use totp_rs::{Algorithm, Builder, Secret};

/// What a phone that scanned the page's key shows now.
fn code(portal: &Portal, page: &str, steps: i64) -> String {
    let shown = page.split("<dd class=\"code\">").nth(1).expect("the key").split('<').next().unwrap().replace(' ', "");
    let bytes = Secret::try_from_base32(shown).unwrap().as_bytes().to_vec();
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(bytes).with_account_name("x").build().unwrap();
    totp.generate(u64::try_from(portal.services.clock().now().as_second() + 30 * steps).unwrap()).to_string()
}

/// Adds an application; the page with its key, and the recovery codes.
async fn enrol(portal: &Portal, browser: &mut Browser) -> (String, Vec<String>) {
    let page = browser.submit("/api/factor/start_app", &[("draft[site]", "")]).await.body;
    let answer = browser.post("/api/factor/confirm_app", &[("draft[code]", &code(portal, &page, 0))]).await;
    assert_eq!(answer.location(), "/compte/securite/codes-de-secours", "{}", answer.body);
    let shown = browser.get(&answer.location()).await.body;
    let list = shown.split("<ol class=\"codes\">").nth(1).expect("the codes").split("</ol>").next().unwrap();
    let codes: Vec<String> = list.split("<li>").skip(1).map(|item| item.split("</li>").next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10);
    assert!(!browser.get(&answer.location()).await.has(&codes[0]), "shown once");
    (page, codes)
}

async fn with_claire(portal: &Portal) -> (Browser, String, String, Vec<String>) {
    let letters = portal.letters().await;
    let (mut browser, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (page, codes) = enrol(portal, &mut browser).await;
    (browser, home, page, codes)
}

#[tokio::test(flavor = "multi_thread")]
async fn between_the_steps_there_is_no_session_and_the_cookie_opens_nothing_else() {
    let portal = Portal::new().await;
    let (owner, home, page, _) = with_claire(&portal).await;
    let mut browser = portal.browser();
    let sign_in = [("draft[email]", "claire@exemple.fr"), ("draft[password]", PASSWORD), ("draft[next]", home.as_str())];
    let answer = browser.post("/api/identity/sign_in", &sign_in).await;
    assert_eq!((answer.status, answer.location().as_str()), (StatusCode::SEE_OTHER, "/connexion/verification"));
    assert_eq!(browser.cookies.keys().map(String::as_str).collect::<Vec<_>>(), ["__Host-deuxieme"], "neither session nor device");
    for page in Page::fixed().into_iter().chain(Page::of_site(&home.trim_start_matches("/site/").parse().unwrap())) {
        let answer = browser.get(&page.path()).await;
        if page.access() == Access::Public {
            assert!(!answer.has("Martin") && !answer.has("claire@"), "{}", page.path());
        } else {
            assert_eq!(answer.location(), format!("/connexion?suite={}", page.path()));
        }
    }
    for form in ["/api/factor/start_app", "/api/factor/remove", "/api/account/close_others", "/api/factor/renew_recovery"] {
        let location = browser.post(form, &[("draft[site]", "")]).await.location();
        assert!(location.starts_with("/connexion?suite=%2Fcompte"), "{form} leads to {location}");
    }
    // Moved into other cookies it is nothing, and other cookies are nothing in its place.
    let pending = browser.cookies["__Host-deuxieme"].clone();
    for name in ["__Host-session", "__Host-appareil", "__Host-ouverture", "__Host-lien"] {
        let mut thief = portal.browser();
        thief.cookies.insert(name.into(), pending.clone());
        assert_eq!(thief.get(&home).await.status, StatusCode::SEE_OTHER, "{name}");
    }
    let mut thief = portal.browser();
    let forged = portal.services.key().seal("__Host-lien", &"x", &SeededDice::default()).unwrap();
    for cookie in [forged, owner.cookies["__Host-appareil"].clone(), "x".into()] {
        thief.cookies = [("__Host-deuxieme".to_owned(), cookie)].into();
        assert_eq!(thief.get("/connexion/verification").await.status, StatusCode::GONE);
        assert_eq!(thief.post("/api/identity/verify", &[("draft[code]", &code(&portal, &page, 1))]).await.location(), "/connexion");
        assert!(!thief.cookies.contains_key("__Host-session"));
    }

    let refused = browser.submit("/api/identity/verify", &[("draft[code]", "000000"), ("draft[trust]", "oui")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("aria-invalid=\"true\"") && refused.has("checked"), "the tick stays");
    assert!(!refused.has("000000"), "the code does not");
    let answer = browser.post("/api/identity/verify", &[("draft[code]", &code(&portal, &page, 1))]).await;
    assert_eq!(answer.location(), home, "S54: where the person was going");
    assert!(!browser.cookies.contains_key("__Host-deuxieme"));
    assert_eq!(browser.get(&home).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_gets_status_and_code_and_too_many_is_429() {
    let portal = Portal::new().await;
    let (_, _, _, codes) = with_claire(&portal).await;
    let mut browser = portal.browser();
    browser.sign_in("claire@exemple.fr", PASSWORD).await;
    for _ in 0..5 {
        assert_eq!(browser.submit("/api/identity/verify", &[("draft[recovery]", "7K2M-9QXD-4TBA-01CJ")]).await.status.as_u16(), 422);
    }
    let late = browser.submit("/api/identity/verify", &[("draft[recovery]", &codes[0])]).await;
    assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(late.headers.contains_key("retry-after"));
    let mut lost = portal.browser();
    let page = lost.submit("/api/identity/verify", &[("draft[recovery]", &codes[0])]).await;
    assert_eq!(page.status, StatusCode::GONE, "no password was given in this browser");
    assert!(page.has("Saisissez à nouveau votre mot de passe"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_offer_stands_on_the_home_until_it_is_put_away() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut browser, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    assert!(browser.get(&home).await.has("Protégez mieux votre compte"));
    let answer = browser.post("/api/factor/decline", &[("draft[page]", &home)]).await;
    assert_eq!(answer.location(), home);
    assert!(!browser.get(&home).await.has("Protégez mieux votre compte"));
    browser.post("/api/identity/sign_out", &[]).await;
    browser.sign_in("claire@exemple.fr", PASSWORD).await;
    assert!(!browser.get(&home).await.has("Protégez mieux votre compte"), "this browser knows");
    assert_eq!(browser.post("/api/factor/decline", &[("draft[page]", "//evil.example")]).await.location(), "/sites", "T28");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fund_that_requires_it_leads_administrators_there_and_nowhere_else() {
    let rules = Rules { second_factor: SecondFactor::Administrators, ..Rules::default() };
    let portal = Portal::with(Settings { rules, ..settings() }).await;
    let letters = portal.letters().await;
    let mut browser = portal.browser();
    browser.open_account(&letters[0], "claire@exemple.fr").await;
    let link = portal.link().await;
    browser.get(&link).await;
    browser.post("/api/opening/activate", &[]).await;
    assert_eq!(browser.sign_in("claire@exemple.fr", PASSWORD).await.location(), "/sites");
    let actor = portal.services.visit(&browser.cookies["__Host-session"], services::Scope::All).await.unwrap().unwrap().session.actor;
    let site = actor.delegations[0].site.clone();
    let enrolment = "/compte/securite";
    let open = ["/compte/securite", "/compte/securite/application", "/compte/securite/cle-d-acces", "/compte/securite/codes-de-secours"];
    for page in Page::fixed().into_iter().chain(Page::of_site(&site)) {
        let answer = browser.get(&page.path()).await;
        if page.access() == Access::Public {
            assert_ne!(answer.location(), enrolment, "{}", page.path());
        } else if open.contains(&page.path().as_str()) {
            assert_eq!(answer.status, StatusCode::OK, "{}", page.path());
        } else {
            assert_eq!((answer.status, answer.location().as_str()), (StatusCode::SEE_OTHER, enrolment), "{}", page.path());
        }
    }
    let page = browser.get(enrolment).await;
    assert!(page.has("Votre caisse demande une double authentification") && page.has("Ajouter une application"));
    // Logging out is open, too, but would end the session the others are tried with.
    for form in leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path).filter(|path| !path.ends_with("/sign_out")) {
        let answer = browser.clone().post(form, &[]).await;
        let waits = [
            "/api/account/",
            "/api/association/",
            "/api/data/",
            "/api/delegation/",
            "/api/external/",
            "/api/handing_on/",
            "/api/help/",
            "/api/portfolio/",
        ]
        .iter()
        .any(|part| form.starts_with(part));
        assert_eq!(answer.location() == enrolment && answer.status == StatusCode::SEE_OTHER, waits, "{form}");
    }
    enrol(&portal, &mut browser).await;
    assert_eq!(browser.get("/sites").await.location(), format!("/site/{site}"), "and the space is open");
}
