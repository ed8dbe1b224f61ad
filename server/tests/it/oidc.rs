//! Logging in through an identity provider: what works. What is refused is next door.

use crate::portal::{Answer, Browser, Data, PASSWORD, Portal, settings};
use crate::provider::{Provider, SECRET, query};
use domain::identity::opening::LettersDraft;
use http::{Method, StatusCode, header};
use jiff::SignedDuration;
use server::adapters::oidc::OidcSettings;
use server::world::{Outside, World};
use services::ServerKey;
use services::testing::{FastHasher, FrozenClock, SeededDice};
use std::sync::Arc;
use store::{Address, Store};

/// A portal with this provider, the clock it goes by, and Claire, who has an account.
pub struct Setting {
    pub portal: Portal,
    pub clock: Arc<FrozenClock>,
    pub home: String,
    /// Letters of a site that has no account yet.
    pub letters: LettersDraft,
}

impl Setting {
    pub async fn new(oidc: OidcSettings) -> Self {
        let clock = Arc::new(FrozenClock::new());
        let store = Store::open(&Address::Memory, None).await.unwrap();
        let outside = Outside { clock: clock.clone(), dice: Arc::new(SeededDice::default()), hasher: Arc::new(FastHasher::default()) };
        let settings = server::config::Settings { oidc: Some(oidc), ..settings() };
        let world = World::assemble(settings, domain::fund::Fund::default(), store, ServerKey::new([7; 32]), outside).unwrap();
        world.migrate().await.unwrap();
        let world = Arc::new(world);
        let app = server::http::router(world.clone()).unwrap();
        let _data = Data(world.settings.data.clone());
        let portal = Portal { services: world.services.clone(), clock: clock.clone(), hasher: Arc::default(), app, world, _data };
        let mut letters = portal.letters().await;
        let (_, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
        Self { portal, clock, home, letters: letters.remove(1) }
    }

    pub async fn with(provider: &Provider) -> Self {
        Self::new(provider.settings()).await
    }
}

/// Leaves for the provider: the address it is sent to.
pub async fn leave(browser: &mut Browser, next: &str) -> String {
    let answer = browser.get(&format!("/connexion/fournisseur?suite={next}")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location()
}

/// There and back as `subject`.
pub async fn there_and_back(browser: &mut Browser, provider: &Provider, subject: &str) -> Answer {
    let url = leave(browser, "").await;
    let back = provider.log_in(&url, subject);
    browser.get(&back).await
}

pub async fn link(browser: &mut Browser, password: &str) -> Answer {
    browser.post("/api/external/link", &[("draft[email]", "claire@exemple.fr"), ("draft[password]", password)]).await
}

/// A browser in which Claire's account and this subject were linked.
pub async fn linked(setting: &Setting, provider: &Provider, subject: &str) -> Browser {
    let mut browser = setting.portal.browser();
    assert_eq!(there_and_back(&mut browser, provider, subject).await.location(), "/connexion/lier");
    assert_eq!(link(&mut browser, PASSWORD).await.location(), "/sites");
    browser
}

pub fn is_in(browser: &Browser) -> bool {
    browser.cookies.contains_key("__Host-session")
}

#[tokio::test(flavor = "multi_thread")]
async fn off_by_default_nothing_of_it_is_there() {
    let portal = Portal::new().await;
    let mut browser = portal.browser();
    for path in ["/connexion/fournisseur", "/connexion/retour?code=a&state=b", "/connexion/lier"] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, answer.headers.get(header::SET_COOKIE)), (StatusCode::NOT_FOUND, None), "{path}");
    }
    assert!(!browser.get("/connexion").await.has("fournisseur"));
    let answer = browser.submit("/api/external/link", &[("draft[email]", "a@b.fr"), ("draft[password]", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let letters = portal.letters().await;
    let (mut claire, _) = portal.owner(&letters[0], "claire@exemple.fr").await;
    assert!(!claire.get("/compte/securite").await.has("Connexion par un autre service"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_time_says_which_account_is_theirs_and_the_next_times_are_one_click() {
    let provider = Provider::start("/royaume").await;
    let setting = Setting::with(&provider).await;
    let mut browser = setting.portal.browser();
    let page = browser.get(&format!("/connexion?suite={}", setting.home)).await;
    assert!(
        page.has(&format!(
            "<a href=\"/connexion/fournisseur?suite={}\" class=\"btn full\">S’identifier avec Fournisseur</a>",
            setting.home
        ))
    );
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("form-action 'self'"), "D29");

    let url = leave(&mut browser, &setting.home).await;
    let asked = query(&url);
    assert_eq!((asked["scope"].as_str(), asked.get("acr_values")), ("openid", None), "no more is asked than who it is");
    assert!(asked["state"].len() >= 43 && asked["nonce"].len() >= 43 && asked["code_challenge"].len() == 43);
    let answer = browser.get(&provider.log_in(&url, "sub-1")).await;
    assert_eq!((answer.status, answer.location().as_str()), (StatusCode::SEE_OTHER, "/connexion/lier"));
    assert!(!is_in(&browser) && !browser.cookies.contains_key("__Host-fournisseur"));
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        let text = cookie.to_str().unwrap();
        assert!(text.starts_with("__Host-") && text.len() < 4096, "{text}");
        assert!(text.contains("; Path=/; Secure; HttpOnly; SameSite=Lax"), "T23: {text}");
    }
    let page = browser.get("/connexion/lier").await;
    assert!(page.has("Rattacher Fournisseur à votre espace") && page.has("aucun espace sécurisé n’y est encore rattaché"));
    assert!(!page.has("claire@exemple.fr"), "nothing of what the provider says is used");

    let refused = link(&mut browser, "faux mot 12").await;
    assert_eq!(refused.location(), "/connexion/lier");
    let page = browser.get("/connexion/lier").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.has("Adresse mail ou mot de passe incorrect") && page.has("claire@exemple.fr"));
    let answer = link(&mut browser, PASSWORD).await;
    assert_eq!(answer.location(), setting.home, "T28: where they were going");
    assert!(is_in(&browser) && !browser.cookies.contains_key("__Host-rattachement"));
    assert!(browser.get(&setting.home).await.has("Bonjour Claire"));

    let mut other = setting.portal.browser();
    let answer = there_and_back(&mut other, &provider, "sub-1").await;
    assert_eq!((answer.location().as_str(), is_in(&other)), ("/sites", true));
    assert_eq!(provider.rules().discovered, 1, "what it says of itself is remembered");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_mail_under_another_subject_is_somebody_else() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    for subject in ["sub-2", "SUB-1", "claire@exemple.fr"] {
        let mut thief = setting.portal.browser();
        let answer = there_and_back(&mut thief, &provider, subject).await;
        assert_eq!((answer.location().as_str(), is_in(&thief)), ("/connexion/lier", false), "{subject}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn its_owner_sees_it_and_takes_it_away_with_the_password() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    let mut claire = linked(&setting, &provider, "sub-1").await;
    let page = claire.get("/compte/securite").await;
    assert!(page.has("Connexion par un autre service") && page.has("Rattachée le 24"));
    assert!(page.has("name=\"draft[current]\""), "a provider is no recent password");
    assert!(page.has("Connexion par un autre service rattachée"), "the journal says so");
    let id = page.body.split("name=\"draft[id]\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(!page.has("sub-1"), "the subject is shown to nobody");

    for (current, status) in [("", StatusCode::UNAUTHORIZED), ("faux mot 12", StatusCode::UNPROCESSABLE_ENTITY)] {
        let page = claire.submit("/api/external/unlink", &[("draft[id]", &id), ("draft[current]", current)]).await;
        assert_eq!(page.status, status);
    }
    let mut stranger = setting.portal.browser();
    stranger.submit("/api/external/unlink", &[("draft[id]", &id), ("draft[current]", PASSWORD)]).await;
    let mut again = setting.portal.browser();
    assert_eq!(there_and_back(&mut again, &provider, "sub-1").await.location(), "/sites", "still linked");

    let page = claire.submit("/api/external/unlink", &[("draft[id]", &id), ("draft[current]", PASSWORD)]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("Ce service ne permet plus de se connecter") && page.has("Aucun autre service"));
    let mut again = setting.portal.browser();
    assert_eq!(there_and_back(&mut again, &provider, "sub-1").await.location(), "/connexion/lier");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_is_logged_in_links_from_there_and_to_nobody_else_s_account() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    let mut claire = setting.portal.browser();
    claire.sign_in("claire@exemple.fr", PASSWORD).await;
    assert!(claire.get("/compte/securite").await.has("Rattacher une identité Fournisseur"));
    assert_eq!(there_and_back(&mut claire, &provider, "sub-1").await.location(), "/connexion/lier");
    assert!(claire.get("/connexion/lier").await.has("à l’espace de claire@exemple.fr"));
    let page = claire.submit("/api/external/link_own", &[("draft[site]", "")]).await;
    assert!(page.has("Vous pouvez désormais vous connecter à cet espace par ce service"));
    // Again is nothing new.
    assert_eq!(there_and_back(&mut claire, &provider, "sub-1").await.location(), "/compte/securite");

    // Somebody else logs in on this browser while Claire is at the provider: her return links nothing to them.
    let (paul, _) = setting.portal.owner(&setting.letters, "paul@exemple.fr").await;
    let back = provider.log_in(&leave(&mut claire, "").await, "sub-2");
    claire.cookies.insert("__Host-session".into(), paul.cookies["__Host-session"].clone());
    assert_eq!(claire.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    // What leads to Claire already cannot be taken by Paul.
    let mut paul = paul;
    assert_eq!(there_and_back(&mut paul, &provider, "sub-1").await.location(), "/connexion/lier");
    assert_eq!(paul.submit("/api/external/link_own", &[("draft[site]", "")]).await.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_here_offers_to_log_out_there() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    let mut claire = linked(&setting, &provider, "sub-1").await;
    let session = claire.cookies["__Host-session"].clone();
    let page = claire.submit("/api/identity/sign_out", &[]).await;
    assert!(page.has("Se déconnecter aussi de Fournisseur"));
    let link = page.body.split("href=\"").find(|rest| rest.contains("/fin?")).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let asked = query(&link);
    assert!(link.starts_with(&format!("{}/fin?", provider.issuer)));
    assert_eq!(asked["post_logout_redirect_uri"], "https://espace.exemple.fr/connexion");
    assert_eq!((asked["id_token_hint"].split('.').count(), asked["state"].len()), (3, 43));
    assert!(!claire.get("/connexion").await.has("id_token_hint"), "said once");
    claire.cookies.insert("__Host-session".into(), session);
    assert_eq!(claire.get(&setting.home).await.status, StatusCode::SEE_OTHER, "our own session has ended");

    claire.sign_in("claire@exemple.fr", PASSWORD).await;
    let page = claire.submit("/api/identity/sign_out", &[]).await;
    assert!(page.has("Vous êtes déconnecté. À bientôt.") && !page.has("/fin?"), "a password opened this one");
}

#[tokio::test(flavor = "multi_thread")]
async fn proconnect_has_its_own_ways() {
    let provider = Provider::start("/api/v2").await;
    provider.rules().body_only = true;
    let oidc = OidcSettings { name: "ProConnect".into(), is_proconnect: true, ..provider.settings() };
    let setting = Setting::new(oidc).await;
    let mut browser = setting.portal.browser();
    let page = browser.get("/connexion").await;
    assert!(page.has("S’identifier avec ProConnect") && page.has("Qu’est-ce que ProConnect\u{202f}?"));
    assert!(page.has("href=\"https://www.proconnect.gouv.fr/\""));
    let url = leave(&mut browser, "").await;
    let asked = query(&url);
    assert_eq!((asked["scope"].as_str(), asked["acr_values"].as_str()), ("openid", "eidas1"));
    assert_eq!(browser.get(&provider.log_in(&url, "sub-1")).await.location(), "/connexion/lier");
    let form = provider.rules().last_form.clone();
    assert_eq!(form.get("client_secret").map(String::as_str), Some(SECRET));
    assert_eq!(form["code_verifier"].len(), 43);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_keys_of_the_provider_are_learnt_without_being_asked_for_in_a_hurry() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    linked(&setting, &provider, "sub-1").await;
    provider.rules().key = 2;
    for _ in 0..3 {
        let answer = there_and_back(&mut setting.portal.browser(), &provider, "sub-1").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(provider.rules().discovered, 1, "nobody makes the portal ask again and again");
    // Its clock goes on with ours.
    setting.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(there_and_back(&mut setting.portal.browser(), &provider, "sub-1").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    setting.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(there_and_back(&mut setting.portal.browser(), &provider, "sub-1").await.location(), "/sites");
    assert_eq!(provider.rules().discovered, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_ahead_uses_nothing_up() {
    let provider = Provider::start("").await;
    let setting = Setting::with(&provider).await;
    let mut browser = setting.portal.browser();
    let back = provider.log_in(&leave(&mut browser, "").await, "sub-1");
    let head = browser.request(Method::HEAD, &back).body(axum::body::Body::empty()).unwrap();
    assert_eq!(browser.send(head).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(provider.rules().exchanged, 0);
    assert_eq!(browser.get(&back).await.location(), "/connexion/lier");
}
