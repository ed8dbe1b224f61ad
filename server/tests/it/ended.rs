//! Forms that were prepared in a session and sent after its end: nothing happens, then or after the next login.

use crate::perimeter::FUNCTIONS;
use crate::portal::{Browser, PASSWORD, Portal};
use app::routes::Page;
use jiff::SignedDuration;

const NEW: &str = "neuve@exemple.fr";
const NEW_PASSWORD: &str = "sable Chaud 27";

/// Every form of somebody who is logged in, filled so that it takes effect.
const FORMS: [(&str, &[(&str, &str)]); 12] = [
    ("/api/account/change_contact", &[("draft[first]", "Autre"), ("draft[last]", "Nom")]),
    ("/api/account/change_email", &[("draft[email]", NEW), ("draft[email_confirmation]", NEW)]),
    (
        "/api/account/change_password",
        &[("draft[current]", PASSWORD), ("draft[password]", NEW_PASSWORD), ("draft[password_confirmation]", NEW_PASSWORD)],
    ),
    ("/api/account/close_others", &[("draft[site]", "")]),
    ("/api/account/send_sms", &[("draft[mobile]", "0612345678")]),
    ("/api/data/erase", &[("draft[site]", ""), ("draft[current]", PASSWORD), ("draft[understood]", "oui")]),
    ("/api/data/show", &[("draft[site]", ""), ("draft[current]", PASSWORD)]),
    ("/api/external/unlink", &[("draft[id]", "planted")]),
    ("/api/factor/remove", &[("draft[what]", "planted")]),
    ("/api/factor/renew_recovery", &[("draft[site]", "")]),
    ("/api/factor/start_app", &[("draft[site]", "")]),
    ("/api/factor/start_passkey", &[("draft[site]", ""), ("draft[current]", PASSWORD)]),
];

/// Forms that need what only a browser or a phone can say, those about rights on sites, whose own tests show what they do, and the one
/// that changes nothing but its own cookie.
const OTHERS: [&str; 26] = [
    "/api/account/certify_mobile",
    "/api/account/notifications",
    "/api/delegation/accept_invitation",
    "/api/delegation/check_beneficiary",
    "/api/delegation/delegate",
    "/api/delegation/end_rights",
    "/api/delegation/modify_rights",
    "/api/delegation/prolong",
    "/api/delegation/recreate_rights",
    "/api/delegation/redraw_grid",
    "/api/delegation/resend_invitation",
    "/api/external/link_own",
    "/api/factor/add_passkey",
    "/api/factor/confirm_app",
    "/api/factor/decline",
    "/api/handing_on/choose_clients",
    "/api/handing_on/end_several",
    "/api/handing_on/hand_on",
    "/api/help/news_read",
    "/api/help/opinion",
    "/api/help/sidebar",
    "/api/help/tour_taken",
    "/api/portfolio/ask_access",
    "/api/portfolio/examine_access",
    "/api/portfolio/refuse_access",
    "/api/portfolio/set_favourite",
];

/// Claire, logged in in two browsers, with a passkey and a login of another provider.
async fn prepared() -> (Portal, Browser, Browser) {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let mut other = portal.browser();
    other.sign_in("claire@exemple.fr", PASSWORD).await;
    portal.mails().await;
    let script = "LET $account = (SELECT VALUE id FROM ONLY account LIMIT 1);
        CREATE passkey:planted SET account = $account, name = 'Clé', credential = '{}', created = d'2026-11-24T10:00:00Z';
        CREATE external_login:planted SET account = $account, issuer = 'https://autre.example', created = d'2026-11-24T10:00:00Z';";
    portal.services.store().plant(script).await.unwrap();
    (portal, claire, other)
}

/// The database without the sessions, which come and go, and the counters.
async fn standing(portal: &Portal) -> Vec<String> {
    let dump = portal.services.store().dump().await.unwrap();
    let mut lines: Vec<String> =
        dump.lines().filter(|line| !line.starts_with("session ") && !line.starts_with("throttle ")).map(str::to_owned).collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn t21_in_a_session_each_of_these_forms_takes_effect() {
    let mut all: Vec<&str> = FORMS.iter().map(|(path, _)| *path).chain(OTHERS).collect();
    all.sort_unstable();
    let private: Vec<&str> = FUNCTIONS.iter().filter(|(_, public)| !public).map(|(path, _)| *path).collect();
    assert_eq!(all, private, "a form for whoever is logged in stands in one of the two lists");
    for (path, pairs) in FORMS {
        let (portal, mut claire, _) = prepared().await;
        let before = standing(&portal).await;
        claire.post(path, pairs).await;
        let page = if path.starts_with("/api/data/show") { "/compte/donnees/lecture" } else { "/compte" };
        claire.get(page).await;
        assert!(standing(&portal).await != before || path == "/api/factor/start_passkey", "{path} did nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t21_after_the_end_of_the_session_none_does_nor_after_the_next_login() {
    for end in ["signed out", "closed elsewhere", "idle", "over"] {
        let (portal, claire, mut other) = prepared().await;
        match end {
            "signed out" => drop(claire.clone().post("/api/identity/sign_out", &[]).await),
            "closed elsewhere" => drop(other.post("/api/account/close_others", &[("draft[site]", "")]).await),
            "idle" => portal.clock.advance(SignedDuration::from_mins(31)),
            _ => {
                for _ in 0..21 {
                    portal.clock.advance(SignedDuration::from_mins(29));
                    claire.clone().get("/compte").await;
                }
            }
        }
        let before = standing(&portal).await;
        let empty: &[(&str, &str)] = &[("draft[site]", "")];
        for (path, pairs) in FORMS.into_iter().chain(OTHERS.map(|path| (path, empty))) {
            let mut late = claire.clone();
            let answer = late.post(path, pairs).await;
            let location = answer.location();
            let (to, after) = location.split_once("?suite=").unwrap_or_else(|| panic!("{path} forgets where they were: {location}"));
            assert_eq!((answer.status.as_u16(), to), (303, "/connexion"), "{path}, {end}");
            let after = after.replace("%2F", "/");
            let page = Page::parse(&after).unwrap_or_else(|| panic!("{path} leads to {after}, which is no page"));
            assert!(page != Page::SignIn && page != Page::Entry, "{path} leads to {after} after the login");
            let page = late.get(&answer.location()).await;
            assert!(page.status.is_success() && page.has("name=\"draft[password]\""), "{path}, {end}: {}", page.status);
            for (name, value) in pairs.iter().filter(|(name, _)| name.contains("password") || name.contains("current")) {
                assert!(!page.has(value), "{name} of {path} on the login page");
            }
            assert_eq!(standing(&portal).await, before, "{path}, {end}");
            // The password is right, so the second step is asked for; nothing that was sent before comes along.
            let entered = late.sign_in("claire@exemple.fr", PASSWORD).await;
            assert_eq!(entered.location(), "/connexion/verification", "{path}, {end}");
            assert_eq!(standing(&portal).await, before, "{path}, {end}, after the login");
        }
    }
}
