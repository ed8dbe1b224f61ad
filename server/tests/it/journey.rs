use crate::portal::{PASSWORD, Portal};
use http::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn from_two_letters_to_the_home_of_a_site_and_out() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let mut browser = portal.browser();

    let page = browser.submit("/api/opening/identify", &[("draft[identifiant]", ""), ("draft[siret]", "00123458200012")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("00123458200012") && page.has("comporte une erreur"), "what was typed stays, with its reason");
    browser.open_account(&letters[0], "claire@exemple.fr").await;
    let page = browser.get("/ouverture/envoi").await;
    assert!(page.has("claire@exemple.fr"), "S25");
    assert!(!browser.get("/ouverture/envoi").await.has("claire@exemple.fr"), "said once");

    let answer = browser.sign_in("claire@exemple.fr", PASSWORD).await;
    assert_eq!(answer.location(), "/nouveau-lien", "S27, D11");
    assert!(!browser.cookies.contains_key("__Host-session"));

    let link = portal.link().await;
    for _ in 0..3 {
        assert_eq!(browser.get(&link).await.location(), "/activation", "D9: the secret leaves the address");
        assert!(browser.get("/activation").await.has("Activer mon compte"), "A10: looking consumes nothing");
    }
    let page = browser.submit("/api/opening/activate", &[]).await;
    assert!(page.has("Votre compte est activé"), "S28, D10: no session, the login page says so");
    browser.get(&link).await;
    assert_eq!(browser.get("/activation").await.status, StatusCode::GONE);

    let answer = browser.sign_in("claire@exemple.fr", PASSWORD).await;
    assert_eq!(answer.location(), "/sites");
    let home = browser.get("/sites").await.location();
    let page = browser.get(&home).await;
    assert_eq!(page.status, StatusCode::OK);
    for expected in
        ["Bonjour Claire", "Mes documents récents", "Mon entreprise", "Se déconnecter", "Aide de la page", "001\u{a0}234\u{a0}582"]
    {
        assert!(page.has(expected), "{expected}");
    }
    assert!(!page.has("Changer de tiers"), "S87: one site only");

    let session = browser.cookies.clone();
    let page = browser.submit("/api/identity/sign_out", &[]).await;
    assert!(page.has("Vous êtes déconnecté"));
    browser.cookies = session;
    let replayed = browser.get(&home).await;
    assert_eq!((replayed.status, replayed.location()), (StatusCode::SEE_OTHER, format!("/connexion?suite={home}")), "T20");
}

#[tokio::test(flavor = "multi_thread")]
async fn s94_an_announcement_is_put_away_and_the_news_stays_new_until_it_is_shown() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let site = home.trim_start_matches("/site/").to_owned();
    let all = app::words::news::ALL;
    let important = app::words::news::announced(None, None).unwrap().id;
    let other = all.iter().find(|news| !news.is_important).unwrap().id;
    let page = claire.get(&home).await;
    assert!(page.has("name=\"news\"") && page.has(&format!("value=\"{important}\"")), "{}", page.body);
    for (news, is_told) in [("inconnue", true), (other, true), (important, false)] {
        let answer = claire.post("/api/help/news_read", &[("site", site.as_str()), ("news", news)]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, home.clone()), "{news}");
        let page = claire.get(&home).await;
        assert_eq!(page.has("J’ai lu"), is_told, "{news}");
        assert!(page.has(&app::words::space::news(all.len())), "{news}: nothing of it was shown");
    }
    claire.get(&format!("{home}/nouveautes")).await;
    assert!(!claire.get(&home).await.has(&app::words::space::news(all.len())));
}

#[tokio::test(flavor = "multi_thread")]
async fn s95_pages_outside_a_site_have_their_tour_for_whoever_is_logged_in() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (help, page) = ("/aide?page=/compte/securite", "/compte/securite");
    assert!(!portal.browser().get(help).await.has("visite=1"), "a stranger has no such page");
    assert!(claire.get(help).await.has("/compte/securite?visite=1"));
    assert!(claire.get("/compte/securite?visite=1").await.has("Terminer la visite") && !claire.get(page).await.has("Terminer la visite"));
    let answer = claire.post("/api/help/tour_taken", &[("site", ""), ("page", page)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, page.to_owned()));
    assert!(claire.get(help).await.has("Vous avez déjà suivi cette visite."));
    // What is no such page is refused, and nothing is remembered of it.
    for none in ["/connexion", "//ailleurs.example", ""] {
        let answer = claire.post("/api/help/tour_taken", &[("site", ""), ("page", none)]).await;
        assert_ne!(answer.location(), none, "{none}");
    }
}
