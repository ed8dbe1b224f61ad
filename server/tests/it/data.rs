//! One's own data through the whole router: the file, the page, the erasure.

use crate::portal::{PASSWORD, Portal};
use http::{StatusCode, header};
use jiff::SignedDuration;

const FILE: &str = "/compte/donnees/fichier";

#[tokio::test(flavor = "multi_thread")]
async fn g26_the_file_is_for_its_owner_with_a_recent_password_and_kept_by_nobody() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (mut paul, _) = portal.owner(&letters[1], "paul@exemple.fr").await;
    assert_eq!(portal.browser().get(FILE).await.location(), "/connexion?suite=/compte/donnees");

    let answer = claire.get(FILE).await;
    let header = |name| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(header(header::CONTENT_DISPOSITION), "attachment; filename=\"mes-donnees-2026-11-24.json\"");
    assert_eq!(header(header::CACHE_CONTROL), "no-store, private");
    assert_eq!((header(header::CONTENT_TYPE), header(header::X_CONTENT_TYPE_OPTIONS)), ("application/json; charset=utf-8", "nosniff"));
    let data: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(data["format"], 1);
    assert!(answer.has("claire@exemple.fr") && answer.has("Martin Maçonnerie") && !answer.has("paul@exemple.fr"));
    assert!(!answer.has(&claire.cookies["__Host-session"]), "no cookie in it");

    // The page says the same, in words: also what the help remembers and which services were used.
    for path in [home.clone(), format!("{home}/suivi-dsn"), format!("{home}/nouveautes")] {
        assert_eq!(claire.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let read = format!("{home}/compte/donnees/lecture");
    let page = claire.get(&read).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("claire@exemple.fr") && page.has("Administrateur Entreprise") && page.has("Consultation de vos données personnelles"));
    let news = app::words::news::ALL[0];
    assert!(page.has("Suivi DSN (1\u{a0}jour)") && page.has(news.title), "{}", page.body);
    assert!(!page.has("counted") && !page.has(news.id), "{}", page.body);
    assert!(!page.has("paul@exemple.fr") && !paul.get(FILE).await.has("claire@exemple.fr"));

    // Later, the tab asks for the password first; a wrong one opens nothing.
    portal.clock.advance(SignedDuration::from_mins(16));
    assert_eq!(claire.get(FILE).await.location(), "/compte/donnees");
    assert_eq!(claire.get(&read).await.location(), format!("{home}/compte/donnees"));
    let tab = claire.get("/compte/donnees").await;
    assert!(tab.has("name=\"draft[current]\""), "{}", tab.body);
    let refused = claire.submit("/api/data/show", &[("draft[site]", ""), ("draft[current]", "Mauvais mot 77")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = claire.submit("/api/data/show", &[("draft[site]", ""), ("draft[current]", "")]).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    let before = claire.cookies["__Host-session"].clone();
    let page = claire.submit("/api/data/show", &[("draft[site]", ""), ("draft[current]", PASSWORD)]).await;
    assert!(page.status == StatusCode::OK && page.has("claire@exemple.fr"));
    assert_ne!(claire.cookies["__Host-session"], before, "T17: a new secret");
    assert_eq!(claire.get(FILE).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn t70_the_page_says_what_happens_and_then_it_happens() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let page = claire.get(&format!("{home}/compte/effacement")).await;
    for said in [
        "Ce qui est effacé tout de suite",
        "Ce qui reste",
        "douze mois",
        "Martin Maçonnerie",
        "dernier administrateur",
        "deux nouveaux courriers",
    ] {
        assert!(page.has(said), "{said}: {}", page.body);
    }
    let site = home.trim_start_matches("/site/").to_owned();
    let form = |password: &'static str, understood: &'static str| {
        let site = site.clone();
        vec![("draft[site]", site), ("draft[current]", password.to_owned()), ("draft[understood]", understood.to_owned())]
    };
    let pairs = |form: &[(&'static str, String)]| form.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>();
    for (wrong, sentence) in [
        (form("", "oui"), "Ce champ est obligatoire."),
        (form(PASSWORD, ""), "Cochez cette case pour continuer."),
        (form("Mauvais mot 77", "oui"), "Ce n’est pas votre mot de passe actuel."),
    ] {
        let wrong = pairs(&wrong);
        let wrong: Vec<(&str, &str)> = wrong.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = claire.submit("/api/data/erase", &wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.has(sentence) && page.has("Ce qui reste"), "{sentence}: {}", page.body);
    }
    assert_eq!(claire.get(&home).await.status, StatusCode::OK, "nothing was erased");

    let thief = claire.clone();
    let right = pairs(&form(PASSWORD, "oui"));
    let right: Vec<(&str, &str)> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = claire.post("/api/data/erase", &right).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/connexion".to_owned()));
    assert_eq!(answer.headers.get("clear-site-data").unwrap(), "\"cache\", \"storage\"");
    assert!(!claire.cookies.contains_key("__Host-session") && !claire.cookies.contains_key("__Host-appareil"));
    assert!(claire.get("/connexion").await.has("Vos données sont effacées"));

    // The way in is that of an unknown address, byte for byte; the old cookie opens nothing.
    let mut known = portal.browser();
    let refused = known.submit("/api/identity/sign_in", &[("draft[email]", "claire@exemple.fr"), ("draft[password]", PASSWORD)]).await;
    let unknown = known.submit("/api/identity/sign_in", &[("draft[email]", "absent@exemple.fr"), ("draft[password]", PASSWORD)]).await;
    assert_eq!((refused.status, refused.body.replace("claire@", "absent@")), (unknown.status, unknown.body));
    let mut thief = thief;
    assert_eq!(thief.get(&home).await.status, StatusCode::SEE_OTHER);
    let mails = portal.mails().await;
    assert_eq!(mails.iter().map(|mail| (mail.to.as_str(), mail.content.kind())).collect::<Vec<_>>(), [("claire@exemple.fr", "erased")]);

    // New letters, the same address: a new account.
    let (mut again, home) = portal.owner(&letters[1], "claire@exemple.fr").await;
    assert!(again.get(&home).await.has("Roux Toitures") && !again.get(FILE).await.has("Martin Maçonnerie"));
}
