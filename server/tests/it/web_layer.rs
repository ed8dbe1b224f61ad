use crate::portal::{PASSWORD, Portal, encode, send, settings};
use axum::body::Body;
use http::{Method, Request, StatusCode, header};

fn post(headers: &[(&str, &str)]) -> Request<Body> {
    let mut builder = Request::post("/api/identity/sign_out").header(header::HOST, "espace.exemple.fr").header(header::ACCEPT, "text/html");
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Body::empty()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn t22_g9_no_form_takes_effect_from_elsewhere() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let cookie = format!("__Host-session={}", claire.cookies["__Host-session"]);
    let cookie = ("cookie", cookie.as_str());
    for forged in [
        vec![("sec-fetch-site", "cross-site"), ("origin", "https://evil.example"), cookie],
        vec![("sec-fetch-site", "same-site"), ("origin", "https://blog.exemple.fr"), cookie],
        vec![("sec-fetch-site", "none"), cookie],
        vec![("origin", "null"), cookie],
        vec![("origin", "https://espace.exemple.fr.evil.example"), cookie],
        vec![("referer", "https://espace.exemple.fr/"), cookie],
        vec![("x-http-method-override", "GET"), cookie],
    ] {
        let answer = send(&portal.app, post(&forged)).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::FORBIDDEN, String::new()), "{forged:?}");
    }
    assert_eq!(claire.get(&home).await.status, StatusCode::OK, "still logged in");
}

#[tokio::test(flavor = "multi_thread")]
async fn t10_unknown_hosts_are_turned_away() {
    let portal = Portal::new().await;
    let ask = |host: Option<&str>, uri: &str| {
        let mut builder = Request::get(uri);
        if let Some(host) = host {
            builder = builder.header(header::HOST, host);
        }
        builder.header("x-forwarded-host", "espace.exemple.fr").body(Body::empty()).unwrap()
    };
    for (host, uri, status) in [
        (Some("espace.exemple.fr"), "/", 200),
        (Some("ESPACE.exemple.fr"), "/", 200),
        (Some("evil.example"), "/", 421),
        (Some("espace.exemple.fr:8080"), "/", 421),
        (Some("localhost:3000"), "/", 421),
        (Some("espace.exemple.fr"), "http://evil.example/", 421),
        (None, "/", 421),
    ] {
        let answer = send(&portal.app, ask(host, uri)).await;
        assert_eq!(answer.status.as_u16(), status, "{host:?} {uri}");
        assert!(answer.headers.contains_key("content-security-policy"), "D24: refusals have their headers");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t27_every_answer_has_its_headers_and_pages_hold_nothing_inline() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/connexion"),
        (Method::GET, home.as_str()),
        (Method::GET, "/inconnue"),
        (Method::GET, "/pkg/inconnu.js"),
        (Method::GET, "/robots.txt"),
        (Method::PUT, "/connexion"),
        (Method::TRACE, "/"),
        (Method::GET, "/sante/vif"),
    ] {
        let request = claire.request(method.clone(), path).header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
        let answer = claire.send(request).await;
        let text = |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let policy = text("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}"
        );
        assert_eq!(text("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(text("referrer-policy"), "same-origin", "{path}");
        assert!(text("strict-transport-security").starts_with("max-age="), "{path}");
        assert_eq!(text("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(text("cache-control"), "no-store", "{path}");
        assert_eq!(text("x-request-id").len(), 10, "{path}");
        assert!(text("server").is_empty(), "{path}");
        for inline in ["<style", "style=\"", "onclick", "javascript:", "<script>"] {
            assert!(!answer.has(inline), "{path}: {inline}");
        }
        if !matches!(method, Method::GET) {
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t23_every_cookie_is_bound_to_the_host() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[1], "claire@exemple.fr").await;
    let mut browser = portal.browser();
    let pairs =
        [("draft[identifiant]", letters[0].identifiant.as_str()), ("draft[siret]", &letters[0].siret), ("draft[code]", &letters[0].code)];
    let mut seen = Vec::new();
    for answer in [
        browser.post("/api/opening/identify", &pairs).await,
        browser.post("/api/display/set", &[("theme", "sombre")]).await,
        browser.get("/activation/abc").await,
        browser.sign_in("absent@exemple.fr", "x").await,
        browser.sign_in("claire@exemple.fr", PASSWORD).await,
        claire.post("/api/identity/sign_out", &[]).await,
    ] {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap().to_owned();
            assert!(text.starts_with("__Host-") && text.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{text}");
            assert!(text.len() < 4096 && !text.contains("Domain"));
            seen.push(text.split('=').next().unwrap().to_owned());
        }
    }
    seen.sort();
    seen.dedup();
    let all = ["__Host-affichage", "__Host-appareil", "__Host-lien", "__Host-message", "__Host-ouverture", "__Host-session"];
    assert_eq!(seen, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn t07_scanners_that_follow_a_link_consume_nothing() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let mut browser = portal.browser();
    browser.open_account(&letters[0], "claire@exemple.fr").await;
    let link = portal.link().await;
    for number in 0..50 {
        let method = if number % 2 == 0 { Method::GET } else { Method::HEAD };
        let mut scanner = portal.browser();
        let request = scanner.request(method, &link).header(header::USER_AGENT, "SafeLinks").body(Body::empty()).unwrap();
        assert_eq!(scanner.send(request).await.location(), "/activation");
        scanner.get("/activation").await;
    }
    browser.get(&link).await;
    let page = browser.get("/activation").await;
    assert!(!page.has(link.rsplit('/').next().unwrap()), "the secret is not in the page");
    assert_eq!(browser.post("/api/opening/activate", &[]).await.location(), "/connexion");
}

#[tokio::test(flavor = "multi_thread")]
async fn forwarded_addresses_count_only_from_a_trusted_proxy() {
    // One address on the network may try a hundred letters an hour; a header must not make it look like many.
    let portal = Portal::new().await;
    let ask = |number: usize| {
        Request::post("/api/opening/resend")
            .header(header::HOST, "espace.exemple.fr")
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", format!("198.51.100.{number}"))
            .body(Body::from(encode(&[("draft[email]", &format!("p{number}@exemple.fr"))])))
            .unwrap()
    };
    let mut refused = 0;
    for number in 0..25 {
        refused += usize::from(send(&portal.app, ask(number)).await.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 5, "twenty mails an hour from one address");

    let mut trusting = settings();
    trusting.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    let portal = Portal::with(trusting).await;
    for number in 0..25 {
        assert_ne!(send(&portal.app, ask(number)).await.status, StatusCode::TOO_MANY_REQUESTS);
    }
}
