//! Logging in through an identity provider: what is refused, all on one page that says nothing of why.

use crate::oidc::{Setting, is_in, leave, link, linked, there_and_back};
use crate::portal::{Answer, Browser, PASSWORD};
use crate::provider::{Provider, SECRET, Spoil, WORDS};
use http::{StatusCode, header};
use jiff::SignedDuration;
use serde_json::json;
use services::testing::SeededDice;
use std::time::{Duration, Instant};

/// The page of a failed login: the same for every reason, no session, and a way back.
fn assert_refused(answer: &Answer, browser: &Browser, why: &str) -> String {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}: {}", answer.location());
    assert!(!is_in(browser), "{why}: no session");
    assert!(!browser.cookies.contains_key("__Host-rattachement"), "{why}: nothing to link");
    assert!(answer.has("La connexion par l’autre service n’a pas abouti") && answer.has("href=\"/connexion\""), "{why}");
    for word in [WORDS, SECRET, "sub-1", "invalid_", "nonce", "ES256"] {
        assert!(!answer.has(word), "{why}: {word}");
    }
    answer.body.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_the_provider_s_word_for_us_now_opens_nothing() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    let now = provider.now;
    let other = Provider::start("").await;
    let huge = format!("{{\"access_token\":\"{}\"}}", "x".repeat(300_000));
    let html = Spoil::Answer(StatusCode::OK, "text/html", WORDS.into());
    let mut pages = std::collections::HashSet::new();
    for (why, spoil) in [
        ("wrong nonce", Spoil::Claims(json!({ "nonce": "x" }))),
        ("no nonce", Spoil::Claims(json!({ "nonce": null }))),
        ("wrong audience", Spoil::Claims(json!({ "aud": "autre" }))),
        ("a second audience", Spoil::Claims(json!({ "aud": ["espace", "autre"], "azp": "espace" }))),
        ("no audience", Spoil::Claims(json!({ "aud": [] }))),
        ("another party", Spoil::Claims(json!({ "azp": "autre" }))),
        ("wrong issuer", Spoil::Claims(json!({ "iss": other.issuer }))),
        ("expired", Spoil::Claims(json!({ "iat": now - 300, "exp": now - 60 }))),
        ("made long ago", Spoil::Claims(json!({ "iat": now - 601, "exp": now + 3600 }))),
        ("made in the future", Spoil::Claims(json!({ "iat": now + 61, "exp": now + 3600 }))),
        ("no subject", Spoil::Claims(json!({ "sub": null }))),
        ("an empty subject", Spoil::Claims(json!({ "sub": "" }))),
        ("a subject without end", Spoil::Claims(json!({ "sub": "s".repeat(256) }))),
        ("signed by another key", Spoil::OtherKey),
        ("the signature of another token", Spoil::Mixed),
        ("alg none", Spoil::Unsigned),
        ("signed with our own secret", Spoil::Symmetric),
        ("no token", Spoil::NoToken),
        ("garbage", Spoil::Answer(StatusCode::OK, "application/json", format!("<{WORDS}>"))),
        ("not JSON", html),
        ("too long", Spoil::Answer(StatusCode::OK, "application/json", huge)),
        ("500", Spoil::Answer(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", WORDS.into())),
        ("a redirect", Spoil::Answer(StatusCode::FOUND, "text/plain", WORDS.into())),
    ] {
        provider.rules().spoil = spoil;
        let mut browser = setting.portal.browser();
        let answer = there_and_back(&mut browser, &provider, "sub-1").await;
        pages.insert(assert_refused(&answer, &browser, why));
        assert!(!browser.cookies.contains_key("__Host-fournisseur"), "{why}: the journey is over");
    }
    assert_eq!(pages.len(), 1, "byte for byte the same page");
    provider.rules().spoil = Spoil::Claims(json!({ "iat": now - 100, "exp": now - 59 }));
    let answer = there_and_back(&mut setting.portal.browser(), &provider, "sub-1").await;
    assert_eq!(answer.location(), "/sites", "clocks may differ by a minute");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_browser_that_left_comes_back_in_time_and_with_its_own_state() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    let exchanged = provider.rules().exchanged;
    let refused = async |change: &dyn Fn(&mut Browser, &str) -> String, why: &str| {
        let mut browser = setting.portal.browser();
        let back = provider.log_in(&leave(&mut browser, "").await, "sub-1");
        let path = change(&mut browser, &back);
        let answer = browser.get(&path).await;
        assert_refused(&answer, &browser, why);
    };
    let without = |browser: &mut Browser, back: &str| {
        browser.cookies.remove("__Host-fournisseur");
        back.to_owned()
    };
    refused(&without, "another browser (T17, login forgery)").await;
    let planted = |browser: &mut Browser, back: &str| {
        let sealed = setting.portal.services.key().seal("__Host-lien", &"x", &SeededDice::default()).unwrap();
        browser.cookies.insert("__Host-fournisseur".into(), sealed);
        back.to_owned()
    };
    refused(&planted, "a cookie that was sealed for something else").await;
    refused(&|_, back| back.replace("state=", "state=x"), "another state").await;
    refused(&|_, back| back.split("&state=").next().unwrap().to_owned(), "no state").await;
    refused(&|_, back| format!("{}&state=x", back.split("&state=").next().unwrap()), "a short state").await;
    refused(&|_, back| back.replace("code=", "k="), "no code").await;
    refused(&|_, back| format!("{back}&iss=https://autre.exemple.fr"), "mixed-up provider").await;
    let words = |_: &mut Browser, back: &str| format!("{back}&error=access_denied&error_description=<script>{WORDS}</script>");
    refused(&|browser, back| words(browser, back).replace('<', "%3C").replace('>', "%3E"), "the provider says no").await;
    let late = |_: &mut Browser, back: &str| {
        setting.clock.advance(SignedDuration::from_mins(10));
        back.to_owned()
    };
    refused(&late, "too late").await;
    assert_eq!(provider.rules().exchanged, exchanged, "nobody was asked anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_always_says_who_it_is_must_do_so() {
    let provider = Provider::start("").await;
    provider.rules().says_iss = true;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    let mut browser = setting.portal.browser();
    let back = provider.log_in(&leave(&mut browser, "").await, "sub-1");
    let answer = browser.get(back.split("&iss=").next().unwrap()).await;
    assert_refused(&answer, &browser, "RFC 9207");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_good_once_even_if_the_provider_does_not_mind() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    provider.rules().lax = true;
    let mut browser = setting.portal.browser();
    let back = provider.log_in(&leave(&mut browser, "").await, "sub-1");
    let mut copy = browser.clone();
    assert_eq!(browser.get(&back).await.location(), "/sites");
    let exchanged = provider.rules().exchanged;
    let answer = copy.get(&back).await;
    assert_refused(&answer, &copy, "replayed with its cookie");
    assert_eq!(provider.rules().exchanged, exchanged);
    // Going back in the browser that logged in: its cookie is gone.
    assert_eq!(browser.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_stolen_on_its_way_is_of_no_use_in_another_browser() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    let code = |back: &str| back.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    for lax in [false, true] {
        provider.rules().lax = lax;
        let (mut claire, mut thief) = (setting.portal.browser(), setting.portal.browser());
        let hers = provider.log_in(&leave(&mut claire, "").await, "sub-1");
        let his = provider.log_in(&leave(&mut thief, "").await, "sub-2");
        let answer = thief.get(&his.replace(&code(&his), &code(&hers))).await;
        // PKCE stops it; without, the nonce does.
        assert_refused(&answer, &thief, &format!("code injection, lax {lax}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_proven_is_linked_within_ten_minutes_by_the_same_browser_or_not_at_all() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    let mut browser = setting.portal.browser();
    there_and_back(&mut browser, &provider, "sub-1").await;
    let mut other = setting.portal.browser();
    assert_eq!(other.get("/connexion/lier").await.location(), "/connexion", "nothing was proven here");
    let answer = other.submit("/api/external/link", &[("draft[email]", "claire@exemple.fr"), ("draft[password]", PASSWORD)]).await;
    assert_refused(&answer, &other, "another browser");
    setting.clock.advance(SignedDuration::from_mins(10));
    link(&mut browser, PASSWORD).await;
    assert!(!is_in(&browser));
    assert_eq!(browser.get("/connexion/lier").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        there_and_back(&mut setting.portal.browser(), &provider, "sub-1").await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "its word is old by now"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn t28_the_way_back_through_the_provider_is_one_of_our_pages() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    for trick in ["//evil.example", "/%5Cevil.example", "https:evil.example", "%2F%2Fevil", "/sites%0D%0AX:%20y", "/connexion"] {
        let mut browser = setting.portal.browser();
        let url = leave(&mut browser, trick).await;
        assert!(!url.contains("evil"));
        assert_eq!(browser.get(&provider.log_in(&url, "sub-1")).await.location(), "/sites", "{trick}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_down_is_left_alone_and_stops_nobody_else() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    provider.stop();
    let mut browser = setting.portal.browser();
    let answer = browser.get("/connexion/fournisseur").await;
    assert_refused(&answer, &browser, "down");
    assert!(answer.headers.get_all(header::SET_COOKIE).iter().next().is_none());
    assert!(browser.get("/connexion").await.has("S’identifier avec Fournisseur"));
    assert_eq!(browser.sign_in("claire@exemple.fr", PASSWORD).await.location(), "/sites");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_hangs_is_waited_for_five_seconds_and_then_not_at_all() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut oidc = Provider::start("").await.settings();
    oidc.issuer = format!("http://{}", listener.local_addr().unwrap());
    let setting = Setting::new(oidc).await;
    let began = Instant::now();
    let waiting: Vec<_> = (0..4)
        .map(|_| {
            let mut browser = setting.portal.browser();
            tokio::spawn(async move { browser.get("/connexion/fournisseur").await.status })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let login = setting.portal.browser().sign_in("claire@exemple.fr", PASSWORD).await;
    assert_eq!(login.location(), "/sites");
    assert!(began.elapsed() < Duration::from_secs(4), "a password login does not wait for it: {:?}", began.elapsed());
    for waited in waiting {
        assert_eq!(waited.await.unwrap(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(began.elapsed() < Duration::from_secs(9), "they wait together, not one after the other: {:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_calls_itself_otherwise_is_not_ours() {
    let provider = Provider::start("").await;
    let mut oidc = provider.settings();
    oidc.issuer = oidc.issuer.replace("127.0.0.1", "localhost");
    let setting = Setting::new(oidc).await;
    let mut browser = setting.portal.browser();
    let answer = browser.get("/connexion/fournisseur").await;
    assert_refused(&answer, &browser, "issuer of the discovery");
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_returns_are_counted_by_address_like_logins() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    let mut last = StatusCode::OK;
    for _ in 0..101 {
        let mut browser = setting.portal.browser();
        let back = provider.log_in(&leave(&mut browser, "").await, "sub-9");
        last = browser.get(&back).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
