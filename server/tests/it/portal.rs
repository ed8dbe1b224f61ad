//! A portal to talk to, and a browser that keeps its cookies.

use axum::Router;
use axum::body::Body;
use domain::fund::Fund;
use domain::identity::opening::LettersDraft;
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use server::adapters::files::FilesSettings;
use server::adapters::hasher_argon2::Argon2Hasher;
use server::config::{LogFormat, Settings};
use server::world::{Outside, World};
use services::ports::{Hasher, OutgoingMail};
use services::testing::{FastHasher, FrozenClock, MemoryMailbox, MemoryPost, SeededDice};
use services::{ServerKey, Services};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Address, Store};
use tower::ServiceExt;

pub const PASSWORD: &str = "grue Tour 12";

pub struct Portal {
    pub world: Arc<World>,
    pub services: Services,
    pub clock: Arc<FrozenClock>,
    pub hasher: Arc<FastHasher>,
    pub app: Router,
    /// Its folder goes with it.
    pub _data: Data,
}

/// A folder that is removed when dropped.
pub struct Data(pub PathBuf);

impl Drop for Data {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Settings whose folder is nobody else's: dice of tests roll alike, and files are called by what they rolled.
pub fn settings() -> Settings {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("espace-it-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
    let data = std::env::temp_dir().join(name);
    Settings {
        listen: ([127, 0, 0, 1], 3000).into(),
        public_url: "https://espace.exemple.fr".into(),
        has_public_url: true,
        hosts: vec![],
        trusted_proxies: vec![],
        development: false,
        site_dir: None,
        key_file: data.join("cle"),
        files: FilesSettings::Folder(data.join("fichiers")),
        scanner: None,
        data,
        database: Address::Memory,
        database_login: None,
        database_authority: None,
        has_key_file: false,
        smtp: None,
        sms: None,
        oidc: None,
        rules: services::Rules::default(),
        alarms_to: Vec::new(),
        print_service: None,
        texts: None,
        log: LogFormat::Text,
        log_filter: "off".into(),
    }
}

impl Portal {
    pub async fn new() -> Self {
        Self::with(settings()).await
    }

    pub async fn with(settings: Settings) -> Self {
        let hasher = Arc::new(FastHasher::default());
        Self::assemble(settings, hasher.clone(), hasher).await
    }

    /// A portal with the real, slow hash of passwords.
    pub async fn hashing(settings: Settings) -> Self {
        let hasher = Argon2Hasher::new(Arc::new(SeededDice::default()));
        Self::assemble(settings, Arc::new(hasher), Arc::default()).await
    }

    async fn assemble(settings: Settings, hashing: Arc<dyn Hasher>, hasher: Arc<FastHasher>) -> Self {
        let store = Store::open(&Address::Memory, None).await.unwrap();
        let clock = Arc::new(FrozenClock::new());
        let outside = Outside { clock: clock.clone(), dice: Arc::new(SeededDice::default()), hasher: hashing };
        let world = Arc::new(World::assemble(settings, Fund::default(), store, ServerKey::new([7; 32]), outside).unwrap());
        world.migrate().await.unwrap();
        let app = server::http::router(world.clone()).unwrap();
        let _data = Data(world.settings.data.clone());
        Self { services: world.services.clone(), clock, hasher, world, app, _data }
    }

    /// Two sites with letters; what the letters say.
    pub async fn letters(&self) -> Vec<LettersDraft> {
        let members = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
            A100;Martin Maçonnerie;00123458200011;6901234B;;Claire;Martin;1 rue des Grues;;69003;Lyon\n\
            A200;Roux Toitures;00123458200029;6901235B;;Paul;Roux;2 rue des Grues;;26000;Valence\n";
        self.services.import_members(members.as_bytes(), false, &|_, _| ()).await.unwrap();
        let post = MemoryPost::default();
        self.services.make_letters(&post, &|_, _| ()).await.unwrap();
        let mut all: Vec<LettersDraft> = post
            .letters
            .lock()
            .unwrap()
            .iter()
            .map(|(_, siret, identifiant, code)| LettersDraft {
                identifiant: identifiant.clone(),
                siret: siret.clone(),
                code: code.grouped(),
            })
            .collect();
        all.sort_by(|a, b| a.siret.cmp(&b.siret));
        all
    }

    /// The path of another site of the first company, which nobody has opened.
    pub async fn sibling(&self) -> String {
        let members = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
            A100;Martin Maçonnerie;00123458200037;6901236B;Martin Sud;Claire;Martin;3 rue des Grues;;26000;Valence\n";
        self.services.import_members(members.as_bytes(), false, &|_, _| ()).await.unwrap();
        let siret = domain::sites::siret::Siret::parse("00123458200037").unwrap();
        format!("/site/{}", self.services.store().find_site_by_siret(&siret).await.unwrap().unwrap())
    }

    /// Path of the newest link that holds a secret.
    pub async fn link(&self) -> String {
        // Mails written at one instant come in any order, and some lead to a page of a site.
        let mut paths = self.mails().await.into_iter().filter_map(|mail| mail.path);
        paths.rfind(|path| !path.starts_with("/site/")).unwrap()
    }

    /// Every mail that waits, oldest first; demands are looked at on the way.
    pub async fn mails(&self) -> Vec<OutgoingMail> {
        let mailbox = MemoryMailbox::default();
        while self.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
        mailbox.sent.into_inner().unwrap()
    }

    /// The code in the newest SMS.
    pub async fn sms_code(&self) -> String {
        let mailbox = MemoryMailbox::default();
        while self.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
        mailbox.texted.into_inner().unwrap().pop().unwrap().code.unwrap()
    }

    pub fn browser(&self) -> Browser {
        Browser { app: self.app.clone(), cookies: BTreeMap::new(), forwarded: None }
    }

    /// Logs a browser in from an address of its own: many people log in within the same hour.
    pub async fn enter(&self, browser: &mut Browser, email: &str, number: usize) {
        let draft = domain::identity::sign_in::SignInDraft { email: email.into(), password: PASSWORD.into(), next: String::new() };
        let address = std::net::Ipv4Addr::new(198, 51, 100, u8::try_from(number % 250).unwrap()).into();
        let origin = services::Origin { address, agent: String::new(), device: None, session: None };
        let entered = self.services.sign_in(&draft, &origin).await.unwrap();
        browser.cookies.insert("__Host-session".into(), entered.signed_in().unwrap().session.0);
    }

    /// A browser in which the owner of a site is logged in; and the path of the site's home.
    pub async fn owner(&self, letters: &LettersDraft, email: &str) -> (Browser, String) {
        let mut browser = self.browser();
        browser.open_account(letters, email).await;
        let link = self.link().await;
        browser.get(&link).await;
        browser.post("/api/opening/activate", &[]).await;
        browser.sign_in(email, PASSWORD).await;
        let home = browser.get("/sites").await.location();
        assert!(home.starts_with("/site/"), "one site skips the list: {home}");
        (browser, home)
    }
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> String {
        self.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

pub async fn send(app: &Router, request: Request<Body>) -> Answer {
    let response = app.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

#[derive(Clone)]
pub struct Browser {
    app: Router,
    pub cookies: BTreeMap<String, String>,
    /// The address a trusted proxy says it comes from.
    pub forwarded: Option<String>,
}

pub fn encode(pairs: &[(&str, &str)]) -> String {
    let one = |text: &str| {
        text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect::<String>()
    };
    pairs.iter().map(|(name, value)| format!("{}={}", one(name), one(value))).collect::<Vec<_>>().join("&")
}

impl Browser {
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let builder = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "espace.exemple.fr")
            .header(header::ACCEPT, "text/html,application/xhtml+xml");
        let builder = match &self.forwarded {
            Some(address) => builder.header("x-forwarded-for", address),
            None => builder,
        };
        if cookies.is_empty() { builder } else { builder.header(header::COOKIE, cookies.join("; ")) }
    }

    pub async fn send(&mut self, request: Request<Body>) -> Answer {
        let answer = send(&self.app, request).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.request(Method::GET, path).body(Body::empty()).unwrap();
        self.send(request).await
    }

    /// Posts a form as one of our pages does.
    pub async fn post(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = encode(pairs);
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_LENGTH, body.len())
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, "https://espace.exemple.fr")
            .header(header::REFERER, "https://espace.exemple.fr/connexion")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Posts a form as a program does, which gets the status of a refusal at once.
    pub async fn call(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let body = encode(pairs);
        let mut request = self
            .request(Method::POST, path)
            .header(header::CONTENT_LENGTH, body.len())
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        request.headers_mut().insert(header::ACCEPT, http::HeaderValue::from_static("application/json"));
        self.send(request).await
    }

    /// Posts a form and follows to the page that answers.
    pub async fn submit(&mut self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, pairs).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.get(&answer.location()).await
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/api/identity/sign_in", &[("draft[email]", email), ("draft[password]", password)]).await
    }

    pub async fn open_account(&mut self, letters: &LettersDraft, email: &str) {
        let answer = self
            .post(
                "/api/opening/identify",
                &[("draft[identifiant]", &letters.identifiant), ("draft[siret]", &letters.siret), ("draft[code]", &letters.code)],
            )
            .await;
        assert_eq!(answer.location(), "/ouverture/contact", "{}", answer.body);
        let page = self.get("/ouverture/contact").await;
        let site = page.body.split("name=\"draft[site]\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let answer = self
            .post(
                "/api/opening/open",
                &[
                    ("draft[site]", &site),
                    ("draft[email]", email),
                    ("draft[email_confirmation]", email),
                    ("draft[password]", PASSWORD),
                    ("draft[password_confirmation]", PASSWORD),
                    ("draft[first]", "Claire"),
                    ("draft[last]", "Martin"),
                ],
            )
            .await;
        assert_eq!(answer.location(), "/ouverture/envoi", "{}", answer.body);
    }
}
