//! The life of an account through the whole router.

use crate::portal::{Answer, PASSWORD, Portal, encode, send};
use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use jiff::SignedDuration;

fn comparable(page: &Answer, hide: &[&str]) -> (StatusCode, Vec<String>, String) {
    let headers = page.headers.iter().filter(|(name, _)| *name != "x-request-id").map(|(n, v)| format!("{n}: {v:?}")).collect();
    let body = hide.iter().fold(page.body.clone(), |body, text| body.replace(text, "…"));
    (page.status, headers, body)
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_g4_known_and_unknown_get_the_same_answer_byte_for_byte_on_every_public_form() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.mails().await;
    let known = ("claire@exemple.fr", "6901234B", letters[0].siret.clone());
    let unknown = ("absent.e@exemple.fr", "6909999Z", "00123458200037".to_owned());
    let mut answers = Vec::new();
    for (email, identifiant, siret) in [known, unknown] {
        let forms: [(&str, Vec<(&str, &str)>); 6] = [
            ("/api/recovery/ask_reset", vec![("draft[email]", email)]),
            ("/api/recovery/ask_letters", vec![("draft[identifiant]", identifiant)]),
            ("/api/opening/resend", vec![("draft[email]", email)]),
            ("/api/links/resend_certification", vec![("draft[email]", email)]),
            (
                "/api/opening/identify",
                vec![("draft[identifiant]", identifiant), ("draft[siret]", siret.as_str()), ("draft[code]", "ABCD EFGH JKMN")],
            ),
            (
                "/api/association/identify",
                vec![("draft[identifiant]", identifiant), ("draft[siret]", siret.as_str()), ("draft[code]", "ABCD EFGH JKMN")],
            ),
        ];
        let mut pages = Vec::new();
        for (path, pairs) in &forms {
            let mut browser = portal.browser();
            let posted = browser.post(path, pairs).await;
            let cookies: Vec<String> = browser.cookies.keys().cloned().collect();
            let page = browser.get(&posted.location()).await;
            pages.push((*path, posted.status, posted.location(), cookies, comparable(&page, &[email, identifiant, &siret])));
            // The mails' own limit is one a minute for an address.
            portal.clock.advance(SignedDuration::from_mins(2));
        }
        answers.push(pages);
    }
    for (known, unknown) in answers[0].iter().zip(&answers[1]) {
        assert_eq!(known, unknown);
    }
    let sent = portal.mails().await;
    assert!(!sent.is_empty() && sent.iter().all(|mail| mail.to == "claire@exemple.fr"), "a mail leaves only for the real one");
}

/// Time follows work: the same scripts for the database and the same hashes, known or not. What clocks say of it is measured by
/// `scripts/timing`.
#[tokio::test(flavor = "multi_thread")]
async fn t09_g4_known_and_unknown_cost_the_same_work() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.browser().open_account(&letters[1], "endormi@exemple.fr").await;
    portal.mails().await;
    let forms = |email: &'static str, identifiant: &'static str, siret: &'static str| {
        [
            ("/api/identity/sign_in", vec![("draft[email]", email), ("draft[password]", "faux mot 12")]),
            ("/api/recovery/ask_reset", vec![("draft[email]", email)]),
            ("/api/opening/resend", vec![("draft[email]", email)]),
            ("/api/links/resend_certification", vec![("draft[email]", email)]),
            ("/api/recovery/ask_letters", vec![("draft[identifiant]", identifiant)]),
            (
                "/api/opening/identify",
                vec![("draft[identifiant]", identifiant), ("draft[siret]", siret), ("draft[code]", "ABCD EFGH JKMN")],
            ),
        ]
    };
    let mut work = Vec::new();
    for (email, identifiant, siret) in [
        ("claire@exemple.fr", "6901234B", "00123458200011"),
        ("absent@exemple.fr", "6909999Z", "00123458200037"),
        ("endormi@exemple.fr", "6901235B", "00123458200029"),
    ] {
        let mut all = Vec::new();
        // Twice: the first try of a key makes its counter, whoever it is.
        for (path, pairs) in forms(email, identifiant, siret).into_iter().chain(forms(email, identifiant, siret)) {
            portal.clock.advance(SignedDuration::from_mins(2));
            let _ = portal.services.store().take_scripts();
            let before = portal.hasher.verified.load(std::sync::atomic::Ordering::SeqCst);
            portal.browser().post(path, &pairs).await;
            let hashes = portal.hasher.verified.load(std::sync::atomic::Ordering::SeqCst) - before;
            all.push((path, hashes, portal.services.store().take_scripts()));
        }
        work.push(all.split_off(6));
    }
    assert_eq!(work[0], work[1], "known and unknown");
    assert_eq!(work[0], work[2], "active and asleep");
    assert!(work[0].iter().all(|(_, _, scripts)| !scripts.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn t24_strangers_are_told_so_by_every_function_that_is_not_public() {
    let portal = Portal::new().await;
    for &(path, public) in crate::perimeter::FUNCTIONS {
        if public {
            continue;
        }
        let body = encode(&[
            ("draft[email]", "a@b.fr"),
            ("draft[email_confirmation]", "a@b.fr"),
            ("draft[current]", "x"),
            ("draft[password]", "grue Tour 13"),
            ("draft[password_confirmation]", "grue Tour 13"),
            ("draft[first]", "A"),
            ("draft[last]", "B"),
            ("draft[mobile]", "0612345678"),
            ("draft[sms]", "123456"),
        ]);
        let request = Request::post(path)
            .header(header::HOST, "espace.exemple.fr")
            .header(header::ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(send(&portal.app, request).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t07_t27_links_are_followed_fifty_times_and_still_serve_once() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.mails().await;
    let mut person = portal.browser();
    person.post("/api/recovery/ask_reset", &[("draft[email]", "claire@exemple.fr")]).await;
    let path = portal.link().await;
    let secret = path.rsplit('/').next().unwrap().to_owned();
    for number in 0..50 {
        let mut scanner = portal.browser();
        let method = if number % 2 == 0 { Method::GET } else { Method::HEAD };
        let request = scanner.request(method, &path).body(Body::empty()).unwrap();
        let answer = scanner.send(request).await;
        assert_eq!(answer.location(), "/nouveau-mot-de-passe", "the secret leaves the address");
        scanner.get("/nouveau-mot-de-passe").await;
    }
    person.get(&path).await;
    let page = person.get("/nouveau-mot-de-passe").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert_eq!(page.headers["cache-control"], "no-store");
    assert!(!page.has(&secret), "the secret stands nowhere in the page");
    let new = [("draft[password]", "sable Chaud 27"), ("draft[password_confirmation]", "sable Chaud 27")];
    assert_eq!(person.post("/api/recovery/reset", &new).await.location(), "/connexion");
    let mut late = portal.browser();
    late.get(&path).await;
    assert_eq!(late.get("/nouveau-mot-de-passe").await.status, StatusCode::GONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn t06_dead_links_of_a_kind_are_the_same_page_byte_for_byte() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.mails().await;
    let mut person = portal.browser();
    person.post("/api/recovery/ask_reset", &[("draft[email]", "claire@exemple.fr")]).await;
    let reset = portal.link().await;
    let secret = reset.rsplit('/').next().unwrap().to_owned();
    portal.clock.advance(SignedDuration::from_hours(2));
    let mut pages = Vec::new();
    for dead in [secret.clone(), "A".repeat(43), secret.to_lowercase(), secret[..42].to_owned(), format!("{secret}=")] {
        let mut browser = portal.browser();
        browser.get(&format!("/nouveau-mot-de-passe/{dead}")).await;
        pages.push(comparable(&browser.get("/nouveau-mot-de-passe").await, &[]));
    }
    assert_eq!(pages[0].0, StatusCode::GONE);
    assert!(pages.iter().all(|page| *page == pages[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn t16_a_password_given_long_ago_is_asked_for_again_and_nothing_typed_is_lost() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let site = home.trim_start_matches("/site/");
    let form = |current: &'static str| {
        [
            ("draft[site]", site.to_owned()),
            ("draft[email]", "neuve@exemple.fr".into()),
            ("draft[email_confirmation]", "neuve@exemple.fr".into()),
            ("draft[current]", current.into()),
        ]
    };
    let pairs = |form: &[(&'static str, String); 4]| form.iter().map(|(n, v)| (*n, v.clone())).collect::<Vec<_>>();
    let page = claire.get(&format!("{home}/compte/mail")).await;
    assert!(!page.has("draft[current]"), "a moment after the login nothing more is asked");
    portal.clock.advance(SignedDuration::from_mins(16));
    let first = pairs(&form(""));
    let first: Vec<(&str, &str)> = first.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let answer = claire.post("/api/account/change_email", &first).await;
    assert_eq!(answer.location(), format!("{home}/compte/mail"), "back to the form, in the same space");
    let page = claire.get(&answer.location()).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.has("draft[current]") && page.has("value=\"neuve@exemple.fr\""), "{}", page.body);
    let again = pairs(&form(PASSWORD));
    let again: Vec<(&str, &str)> = again.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(claire.post("/api/account/change_email", &again).await.location(), "/connexion");
}

#[tokio::test(flavor = "multi_thread")]
async fn t17_a_password_given_again_renews_the_session() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let before = claire.cookies["__Host-session"].clone();
    let form = [("draft[first]", "Claire"), ("draft[last]", "Martin"), ("draft[current]", PASSWORD)];
    assert_eq!(claire.post("/api/account/change_contact", &form).await.location(), "/compte");
    assert_ne!(claire.cookies["__Host-session"], before);
    let mut thief = portal.browser();
    thief.cookies.insert("__Host-session".into(), before);
    assert_eq!(thief.get("/compte").await.status, StatusCode::SEE_OTHER, "the former secret opens nothing");
    assert_eq!(claire.get("/compte").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn t20_t21_after_the_end_of_a_session_nothing_is_shown_and_no_form_is_replayed() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.mails().await;
    for path in [home.as_str(), "/compte"] {
        let page = claire.get(path).await;
        assert_eq!(
            (page.status, &page.headers["cache-control"]),
            (StatusCode::OK, &"no-store".parse().unwrap()),
            "{path}: Back shows none"
        );
    }
    let stolen = claire.clone();
    let out = claire.post("/api/identity/sign_out", &[]).await;
    assert_eq!(out.headers["clear-site-data"], "\"cache\", \"storage\"");
    let mut replay = stolen.clone();
    assert_eq!(replay.get(&home).await.location(), format!("/connexion?suite={home}"));
    // A form prepared before, sent after: it leads to the login page, and stays undone after the next login.
    let mut late = stolen;
    let form = [("draft[email]", "neuve@exemple.fr"), ("draft[email_confirmation]", "neuve@exemple.fr")];
    assert_eq!(late.post("/api/account/change_email", &form).await.location(), "/connexion?suite=%2Fcompte%2Fmail");
    late.cookies.remove("__Host-session");
    let entered = late.sign_in("claire@exemple.fr", PASSWORD).await;
    assert_eq!(entered.location(), "/sites");
    assert!(
        portal
            .mails()
            .await
            .iter()
            .all(|mail| mail.to == "claire@exemple.fr" && mail.content.kind() == "new_device" || mail.content.kind() != "email_confirm")
    );
    assert!(late.get("/compte").await.has("claire@exemple.fr"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t31_texts_are_values_and_never_scripts() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    for attack in [
        "' OR 1=1",
        "`account`",
        "\u{27e8}x\u{27e9}",
        "O'Neil; REMOVE TABLE account;",
        "type::record('account', 'x')",
        "account:01JD3V9X7ZK4M2N8P6Q5R4S3T2",
        "NONE",
        "$audit",
    ] {
        let form = [("draft[first]", attack), ("draft[last]", "Martin")];
        let to = claire.post("/api/account/change_contact", &form).await.location();
        let page = claire.get(&to).await;
        assert!(page.status == StatusCode::OK || page.status == StatusCode::UNPROCESSABLE_ENTITY, "{attack}: {}", page.status);
        let search = encode(&[("recherche", attack)]);
        assert!(claire.get(&format!("/sites?{search}")).await.status.is_success() || attack.is_empty());
        let mut stranger = portal.browser();
        let page = stranger.submit("/api/recovery/ask_letters", &[("draft[identifiant]", attack)]).await;
        assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{attack}");
    }
    assert_eq!(claire.get(&home).await.status, StatusCode::OK, "everything is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn t64_only_french_mobiles_get_messages_and_few_of_them() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    for number in ["0899 12 34 56", "+1 202 555 0100", "+44 7700 900123", "0472000000", "3615"] {
        let page = claire.submit("/api/account/send_sms", &[("draft[mobile]", number)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{number}");
    }
    let mut sent = 0;
    for number in 0..50 {
        portal.clock.advance(SignedDuration::from_secs(61));
        claire.get("/compte").await;
        let number = format!("06123456{number:02}");
        let page = claire.submit("/api/account/send_sms", &[("draft[mobile]", &number)]).await;
        match page.status {
            StatusCode::OK => sent += 1,
            StatusCode::TOO_MANY_REQUESTS => {}
            other => panic!("{other}"),
        }
    }
    assert_eq!(sent, 5, "five numbers a day for an account");
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_the_code_in_the_sms_certifies_through_the_form() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let page = claire.submit("/api/account/send_sms", &[("draft[mobile]", "0612345678"), ("draft[first]", "Claire")]).await;
    assert!(page.has("Code reçu par SMS"));
    let code = portal.sms_code().await;
    let page = claire.submit("/api/account/certify_mobile", &[("draft[mobile]", "06 12 34 56 78"), ("draft[sms]", &code)]).await;
    assert!(page.has("Numéro certifié"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a47_a_mobile_is_certified_before_its_account_exists() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let mut browser = portal.browser();
    let triple =
        [("draft[identifiant]", letters[0].identifiant.as_str()), ("draft[siret]", &letters[0].siret), ("draft[code]", &letters[0].code)];
    browser.post("/api/opening/identify", &triple).await;
    let page = browser.submit("/api/opening/send_sms", &[("draft[mobile]", "06 12 34 56 78"), ("draft[email]", "claire@exemple.fr")]).await;
    assert!(page.has("Code reçu par SMS") && page.has("value=\"claire@exemple.fr\""), "{}", page.body);
    let code = portal.sms_code().await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let page = browser.submit("/api/opening/certify_mobile", &[("draft[mobile]", "0612345678"), ("draft[sms]", wrong)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = browser.submit("/api/opening/certify_mobile", &[("draft[mobile]", "0612345678"), ("draft[sms]", &code)]).await;
    assert!(page.has("Numéro certifié"), "{}", page.body);
}
