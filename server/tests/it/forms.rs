use crate::portal::{Portal, encode, send};
use axum::body::Body;
use http::{Method, Request, StatusCode, header};

#[tokio::test(flavor = "multi_thread")]
async fn t08_unknown_and_known_logins_get_the_same_page_byte_for_byte() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    portal.owner(&letters[0], "claire@exemple.fr").await;
    let mut pages = Vec::new();
    for email in ["claire@exemple.fr", "absent@exemple.fr"] {
        let mut browser = portal.browser();
        let page = browser.submit("/api/identity/sign_in", &[("draft[email]", email), ("draft[password]", "faux mot 12")]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let headers: Vec<String> =
            page.headers.iter().filter(|(name, _)| *name != "x-request-id").map(|(n, v)| format!("{n}: {v:?}")).collect();
        pages.push((headers, page.body.replace(email, "…")));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_after_five_wrong_tries_the_page_says_to_wait_for_unknown_logins_too() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    for _ in 0..5 {
        browser.sign_in("absent@exemple.fr", "faux mot 12").await;
    }
    let page = browser.submit("/api/identity/sign_in", &[("draft[email]", "absent@exemple.fr"), ("draft[password]", "faux mot 12")]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.headers.contains_key(header::RETRY_AFTER));
    assert!(page.has("Trop de tentatives. Réessayez dans 60\u{a0}secondes") || page.has("61\u{a0}secondes"), "{}", page.body);
    assert!(page.has("absent@exemple.fr"), "what was typed is not lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_get_codes_and_no_text_of_ours() {
    let portal = Portal::new().await;
    let ask = |body: String| {
        Request::post("/api/identity/sign_in")
            .header(header::HOST, "espace.exemple.fr")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    let answer = send(&portal.app, ask(encode(&[("draft[email]", "absent@exemple.fr"), ("draft[password]", "faux")]))).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("WrongCredentials") && answer.location().is_empty());
    let answer = send(&portal.app, ask("draft[email][a][b]=1&draft=2".into())).await;
    assert!(answer.status.is_client_error() || answer.status.is_server_error());
    for secret in ["serde", "surreal", "src/", "panicked"] {
        assert!(!answer.has(secret), "T32: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_t28_a_form_that_cannot_be_read_leads_nowhere_and_forged_errors_show_nothing() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    let request = browser
        .request(Method::POST, "/api/identity/sign_in")
        .header("sec-fetch-site", "same-origin")
        .header(header::REFERER, "https://evil.example/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("draft=1&draft[email]=2"))
        .unwrap();
    let answer = browser.send(request).await;
    assert!(!answer.location().contains("evil"), "never back to the Referer: {}", answer.location());
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let page =
        browser.get("/connexion?__path=%2Fapi%2Fidentity%2Fsign_in&__err=%3Cscript%3Ealert(1)%3C%2Fscript%3E&suite=//evil.example").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.has("alert(1)") && !page.has("evil"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t38_bodies_and_addresses_have_bounds() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    let long = "x".repeat(70_000);
    let answer = browser.post("/api/identity/sign_in", &[("draft[email]", &long), ("draft[password]", "x")]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let answer =
        browser.submit("/api/identity/sign_in", &[("draft[email]", &"a".repeat(10_000)), ("draft[password]", &"b".repeat(10_000))]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "T09: refused by its length");
    assert!(answer.headers.get_all(header::SET_COOKIE).iter().all(|cookie| cookie.len() < 4096));
    let answer = browser.get(&format!("/sites?recherche={}", "%C3%A9".repeat(2_000))).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}
