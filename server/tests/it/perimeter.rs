use crate::portal::Portal;
use app::routes::{Access, Page, RightsPage};
use http::{Method, StatusCode};
use services::testing::SeededDice;

#[tokio::test(flavor = "multi_thread")]
async fn t48_another_company_s_site_and_a_missing_one_are_the_same_404() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (_, other) = portal.owner(&letters[1], "paul@exemple.fr").await;
    let other = other.trim_start_matches("/site/").parse().unwrap();
    let missing = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
    for (theirs, none) in Page::of_site(&other).into_iter().zip(Page::of_site(&missing)) {
        let (theirs, none) = (claire.get(&theirs.path()).await, claire.get(&none.path()).await);
        assert_eq!(theirs.status, StatusCode::NOT_FOUND);
        assert_eq!((theirs.status, &theirs.body), (none.status, &none.body));
        assert!(!theirs.has("Roux"), "nothing of theirs is shown");
    }
    let own = home.trim_start_matches("/site/").parse().unwrap();
    for page in Page::of_site(&own) {
        let answer = claire.get(&page.path()).await;
        match page {
            // Step 2 leads to step 1.
            Page::Rights(_, RightsPage::Grant) => assert_eq!(answer.location(), format!("{home}/droits/delegation")),
            _ => assert_eq!(answer.status, StatusCode::OK, "{}", page.path()),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d10_strangers_are_sent_to_the_login_page_with_the_way_back() {
    let portal = Portal::new().await;
    let mut stranger = portal.browser();
    let site = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
    for page in Page::fixed().into_iter().chain(Page::of_site(&site)) {
        let answer = stranger.get(&page.path()).await;
        match page.access() {
            // No other route may stand in the way of a page; step 2/2 alone leads to step 1/2.
            Access::Public if page == Page::OpeningContact => assert_eq!(answer.location(), "/ouverture"),
            Access::Public if page == Page::AssociateLogin => assert_eq!(answer.location(), "/association"),
            Access::Public => assert_eq!(answer.location(), "", "{}", page.path()),
            Access::Person | Access::Site(_) => {
                assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/connexion?suite={}", page.path())));
                assert!(answer.body.is_empty(), "nothing of the page behind the redirect");
            }
        }
    }
}

/// Every server function, what it is for, and whether a stranger may call it.
pub const FUNCTIONS: &[(&str, bool)] = &[
    ("/api/account/certify_mobile", false),
    ("/api/account/change_contact", false),
    ("/api/account/change_email", false),
    ("/api/account/change_password", false),
    ("/api/account/close_others", false),
    ("/api/account/notifications", false),
    ("/api/account/send_sms", false),
    ("/api/association/associate", true),
    ("/api/association/identify", true),
    ("/api/data/erase", false),
    ("/api/data/show", false),
    ("/api/delegation/accept_as_new", true),
    ("/api/delegation/accept_invitation", false),
    ("/api/delegation/check_beneficiary", false),
    ("/api/delegation/delegate", false),
    ("/api/delegation/end_rights", false),
    ("/api/delegation/modify_rights", false),
    ("/api/delegation/prolong", false),
    ("/api/delegation/recreate_rights", false),
    ("/api/delegation/redraw_grid", false),
    ("/api/delegation/resend_invitation", false),
    ("/api/display/set", true),
    ("/api/external/link", true),
    ("/api/external/link_own", false),
    ("/api/external/unlink", false),
    ("/api/factor/add_passkey", false),
    ("/api/factor/confirm_app", false),
    ("/api/factor/decline", false),
    ("/api/factor/remove", false),
    ("/api/factor/renew_recovery", false),
    ("/api/factor/start_app", false),
    ("/api/factor/start_passkey", false),
    ("/api/handing_on/choose_clients", false),
    ("/api/handing_on/end_several", false),
    ("/api/handing_on/hand_on", false),
    ("/api/help/news_read", false),
    ("/api/help/opinion", false),
    ("/api/help/sidebar", false),
    ("/api/help/tour_taken", false),
    ("/api/identity/sign_in", true),
    ("/api/identity/sign_out", true),
    ("/api/identity/verify", true),
    ("/api/links/alarm", true),
    ("/api/links/certify_email", true),
    ("/api/links/confirm_email", true),
    ("/api/links/resend_certification", true),
    ("/api/links/revert_email", true),
    ("/api/opening/activate", true),
    ("/api/opening/certify_mobile", true),
    ("/api/opening/identify", true),
    ("/api/opening/open", true),
    ("/api/opening/resend", true),
    ("/api/opening/send_sms", true),
    ("/api/portfolio/ask_access", false),
    ("/api/portfolio/examine_access", false),
    ("/api/portfolio/refuse_access", false),
    ("/api/portfolio/set_favourite", false),
    ("/api/recovery/ask_letters", true),
    ("/api/recovery/ask_reset", true),
    ("/api/recovery/reset", true),
];

#[tokio::test(flavor = "multi_thread")]
async fn t24_t58_the_server_functions_are_these_and_none_takes_a_get() {
    let portal = Portal::new().await;
    let mut known: Vec<(String, Method)> =
        leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (path.to_owned(), method)).collect();
    known.sort_by(|a, b| a.0.cmp(&b.0));
    known.dedup();
    let expected: Vec<(String, Method)> = FUNCTIONS.iter().map(|(path, _)| ((*path).to_owned(), Method::POST)).collect();
    assert_eq!(known, expected, "a new function needs its line here, with who may call it");
    let mut browser = portal.browser();
    for &(path, _) in FUNCTIONS {
        assert_eq!(browser.get(path).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    assert_eq!(browser.post("/api/identity/other", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn t28_the_way_back_is_one_of_our_pages_or_none() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (_, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let mut browser = portal.browser();
    let mut go = async |next: &str| {
        browser
            .post(
                "/api/identity/sign_in",
                &[("draft[email]", "claire@exemple.fr"), ("draft[password]", crate::portal::PASSWORD), ("draft[next]", next)],
            )
            .await
            .location()
    };
    assert_eq!(go(&home).await, home);
    for trick in ["//evil.example", "/\\evil.example", "https:evil.example", "%2F%2Fevil", "/sites\r\nSet-Cookie: a=b", "/connexion"] {
        assert_eq!(go(trick).await, "/sites", "{trick:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_that_are_not_ours_are_no_cookies() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let mut thief = portal.browser();
    thief.cookies.insert("__Host-session".into(), "planted".into());
    assert_eq!(thief.get(&home).await.status, StatusCode::SEE_OTHER, "T17");
    // A sealed value moved to another cookie opens nothing.
    let sealed = portal.services.key().seal("__Host-lien", &"secret", &SeededDice::default()).unwrap();
    thief.cookies = [("__Host-ouverture".to_owned(), sealed)].into();
    assert_eq!(thief.get("/ouverture/contact").await.location(), "/ouverture");
    let mut other = claire.clone();
    other.cookies.retain(|name, _| name != "__Host-session");
    assert_eq!(other.get(&home).await.status, StatusCode::SEE_OTHER);
}
