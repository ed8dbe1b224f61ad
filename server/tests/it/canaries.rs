//! Secrets that can be recognised, through the life of an account: what the portal shows, keeps, logs and sends holds each of them
//! where it belongs and nowhere else.

use crate::log::tape;
use crate::portal::{Browser, Portal};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use http::header;
use http_body_util::BodyExt;
use jiff::SignedDuration;
use server::adapters::mail::Composer;
use services::testing::MemoryMailbox;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use totp_rs::{Algorithm, Builder, Secret};

/// Something that was seen: where, and what it said.
type Seen = Arc<Mutex<Vec<(String, String)>>>;

/// A secret, and the only kind of place it may stand in.
struct Canary {
    name: String,
    value: String,
    home: &'static str,
}

struct Watch {
    portal: Portal,
    seen: Seen,
    cookies: Seen,
    canaries: Vec<Canary>,
    mailbox: MemoryMailbox,
}

/// Notes what an answer shows, and apart from it the cookies it sets.
async fn note(State((seen, cookies)): State<(Seen, Seen)>, request: Request, next: Next) -> Response {
    let page = format!("page {} {}", request.method(), request.uri().path().split('/').take(5).collect::<Vec<_>>().join("/"));
    let (mut parts, body) = next.run(request).await.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let set = parts.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned());
    for text in set.collect::<Vec<_>>() {
        let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
        if !value.is_empty() {
            cookies.lock().unwrap().push((name.to_owned(), value.to_owned()));
        }
    }
    let kept = parts.headers.clone();
    parts.headers.remove(header::SET_COOKIE);
    let said = format!("{:?}\n{}", parts.headers, String::from_utf8_lossy(&bytes));
    seen.lock().unwrap().push((page, said));
    parts.headers = kept;
    Response::from_parts(parts, Body::from(bytes))
}

impl Watch {
    async fn new() -> Self {
        tape();
        let mut portal = Portal::new().await;
        let (seen, cookies) = (Seen::default(), Seen::default());
        portal.app = portal.app.layer(from_fn_with_state((seen.clone(), cookies.clone()), note));
        Self { portal, seen, cookies, canaries: Vec::new(), mailbox: MemoryMailbox::default() }
    }

    fn add(&mut self, name: &str, value: impl Into<String>, home: &'static str) {
        self.canaries.push(Canary { name: name.into(), value: value.into(), home });
    }

    /// Lets everything leave that waits and notes it, with the database as it is now.
    async fn look(&mut self) {
        let services = &self.portal.services;
        while services.deliver_due(self.mailbox.outlets()).await.unwrap() > 0 {}
        let dump = services.store().dump().await.unwrap();
        self.note("dump", dump);
        let composer = Composer::new(self.portal.world.fund.clone(), "https://espace.exemple.fr".into());
        for mail in self.mailbox.sent.lock().unwrap().drain(..).collect::<Vec<_>>() {
            let written = composer.write(&mail).unwrap();
            let kind = mail.content.kind();
            self.note(&format!("mail {kind}"), format!("{} {}\n{}\n{}", mail.to, written.subject, written.text, written.html));
            if let Some(path) = &mail.path {
                let secret = path.rsplit('/').next().unwrap().to_owned();
                assert!(secret.len() >= 43, "{kind}");
                self.canaries.push(Canary { name: format!("link of {kind}"), value: secret, home: "mail" });
            }
        }
        for sms in self.mailbox.texted.lock().unwrap().drain(..).collect::<Vec<_>>() {
            self.note("sms", composer.write_sms(&sms));
            self.canaries.push(Canary { name: "code of an SMS".into(), value: sms.code.unwrap(), home: "sms" });
        }
    }

    fn note(&self, place: &str, text: String) {
        self.seen.lock().unwrap().push((place.to_owned(), text));
    }

    fn newest(&self, name: &str) -> String {
        self.canaries.iter().rev().find(|canary| canary.name == name).unwrap_or_else(|| panic!("no {name}")).value.clone()
    }

    async fn follow(&self, browser: &mut Browser, page: &str, kind: &str) {
        let secret = self.newest(&format!("link of {kind}"));
        assert_eq!(browser.get(&format!("{page}/{secret}")).await.location(), page);
        browser.get(page).await;
    }

    /// Every place a canary was seen at, each once.
    fn hits(&self, canary: &Canary) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().filter(|(_, text)| holds(text, &canary.value)).map(|(place, _)| place.clone()).collect()
    }
}

/// Whether a text holds a value as a word of its own: six figures may be part of a longer number by chance.
fn holds(text: &str, value: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(value).any(|(place, _)| {
        let (before, after) = (text[..place].chars().next_back(), text[place + value.len()..].chars().next());
        value.len() > 6 || !(is_word(before) || is_word(after))
    })
}

const FIRST: &str = "Canari1Bdk8Zrn";
const SECOND: &str = "Canari2Wqm5Tvh";
const THIRD: &str = "Canari3Jxg7Lfs";
const WRONG: &str = "Canari4Pcb2Ynd";
const MAIL: &str = "oiseau.un@exemple.fr";
const NEW_MAIL: &str = "oiseau.deux@exemple.fr";
const MOBILE: &str = "0639988776";

fn contact(password: &'static str, again: &'static str, site: &str) -> Vec<(&'static str, String)> {
    [("site", site), ("email", MAIL), ("email_confirmation", MAIL), ("password", password), ("password_confirmation", again)]
        .into_iter()
        .chain([("first", "Claire"), ("last", "Martin")])
        .map(|(name, value)| {
            let name = match name {
                "site" => "draft[site]",
                "email" => "draft[email]",
                "email_confirmation" => "draft[email_confirmation]",
                "password" => "draft[password]",
                "password_confirmation" => "draft[password_confirmation]",
                "first" => "draft[first]",
                _ => "draft[last]",
            };
            (name, value.to_owned())
        })
        .collect()
}

async fn send(browser: &mut Browser, path: &str, pairs: &[(&str, &str)], to: &str) {
    let answer = browser.post(path, pairs).await;
    assert_eq!(answer.location(), to, "{path}: {}", answer.body);
    browser.get(to).await;
}

/// Letters, opening, activation.
async fn open(watch: &mut Watch, browser: &mut Browser) {
    let letters = watch.portal.letters().await.remove(0);
    for code in [letters.code.clone(), letters.code.replace([' ', '-', '\u{a0}'], "")] {
        watch.add("code of the letter", code, "nowhere");
    }
    let triple = [("draft[identifiant]", letters.identifiant.as_str()), ("draft[siret]", &letters.siret), ("draft[code]", &letters.code)];
    let wrong = [triple[0], triple[1], ("draft[code]", "7K2M 9QXD 4TBA")];
    watch.add("a wrong code", "7K2M 9QXD 4TBA", "nowhere");
    send(browser, "/api/opening/identify", &wrong, "/ouverture").await;
    watch.look().await;
    send(browser, "/api/opening/identify", &triple, "/ouverture/contact").await;
    let page = browser.get("/ouverture/contact").await.body;
    let site = page.split("name=\"draft[site]\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for (again, to) in [(WRONG, "/ouverture/contact"), (FIRST, "/ouverture/envoi")] {
        let pairs = contact(FIRST, again, &site);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        send(browser, "/api/opening/open", &pairs, to).await;
    }
    watch.look().await;
    watch.follow(browser, "/activation", "activation").await;
    send(browser, "/api/opening/activate", &[], "/connexion").await;
}

async fn sign_in(browser: &mut Browser, mail: &str, password: &str, to: &str) {
    send(browser, "/api/identity/sign_in", &[("draft[email]", mail), ("draft[password]", password)], to).await;
}

/// Login, SMS, new address, new password, forgotten password.
async fn change(watch: &mut Watch, browser: &mut Browser) {
    // What fails is logged with its reason.
    watch.portal.services.store().break_scripts(Some("CREATE $audit"));
    sign_in(browser, MAIL, FIRST, "/connexion").await;
    watch.portal.services.store().break_scripts(None);
    sign_in(browser, MAIL, WRONG, "/connexion").await;
    sign_in(browser, MAIL, FIRST, "/sites").await;
    send(browser, "/api/account/send_sms", &[("draft[mobile]", MOBILE)], "/compte/contact").await;
    watch.mailbox.down.store(true, Ordering::SeqCst);
    watch.look().await;
    watch.mailbox.down.store(false, Ordering::SeqCst);
    watch.portal.clock.advance(SignedDuration::from_mins(2));
    watch.look().await;
    let code = watch.newest("code of an SMS");
    send(browser, "/api/account/certify_mobile", &[("draft[mobile]", MOBILE), ("draft[sms]", "000000")], "/compte/contact").await;
    send(browser, "/api/account/certify_mobile", &[("draft[mobile]", MOBILE), ("draft[sms]", &code)], "/compte/contact").await;

    let form = [("draft[email]", NEW_MAIL), ("draft[email_confirmation]", NEW_MAIL), ("draft[current]", FIRST)];
    send(browser, "/api/account/change_email", &form, "/connexion").await;
    watch.look().await;
    watch.follow(browser, "/ancienne-adresse", "email_moving").await;
    watch.follow(browser, "/nouvelle-adresse", "email_confirm").await;
    send(browser, "/api/links/confirm_email", &[], "/connexion").await;
    watch.look().await;

    sign_in(browser, NEW_MAIL, FIRST, "/sites").await;
    let wrong = [("draft[current]", WRONG), ("draft[password]", SECOND), ("draft[password_confirmation]", SECOND)];
    send(browser, "/api/account/change_password", &wrong, "/compte/mot-de-passe").await;
    let right = [("draft[current]", FIRST), wrong[1], wrong[2]];
    send(browser, "/api/account/change_password", &right, "/compte").await;
    watch.look().await;

    let mut lost = watch.portal.browser();
    watch.portal.clock.advance(SignedDuration::from_mins(2));
    send(&mut lost, "/api/recovery/ask_reset", &[("draft[email]", NEW_MAIL)], "/mot-de-passe-oublie").await;
    watch.look().await;
    watch.follow(&mut lost, "/nouveau-mot-de-passe", "reset").await;
    let new = [("draft[password]", THIRD), ("draft[password_confirmation]", THIRD)];
    send(&mut lost, "/api/recovery/reset", &new, "/connexion").await;
    watch.look().await;
}

/// An application, its recovery codes, and both at the login.
async fn second_factor(watch: &mut Watch, browser: &mut Browser) {
    sign_in(browser, NEW_MAIL, THIRD, "/sites").await;
    let page = browser.submit("/api/factor/start_app", &[("draft[site]", "")]).await.body;
    let shown = page.split("<dd class=\"code\">").nth(1).expect("the key").split('<').next().unwrap().to_owned();
    let bytes = Secret::try_from_base32(shown.replace(' ', "")).unwrap().as_bytes().to_vec();
    watch.add("key of the application", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), "nowhere");
    watch.add("key of the application", format!("{bytes:?}"), "nowhere");
    watch.add("key of the application", shown, "page GET /compte/securite/application");
    let now = |watch: &Watch| u64::try_from(watch.portal.services.clock().now().as_second()).unwrap();
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(bytes).with_account_name("x").build().unwrap();
    let code = totp.generate(now(watch)).to_string();
    watch.look().await;
    watch.add("code of the application", &code, "nowhere");
    send(browser, "/api/factor/confirm_app", &[("draft[code]", &code)], "/compte/securite/codes-de-secours").await;
    let seen = watch.seen.lock().unwrap().last().unwrap().1.clone();
    let list = seen.split("<ol class=\"codes\">").nth(1).expect("the codes").split("</ol>").next().unwrap();
    let codes: Vec<String> = list.split("<li>").skip(1).map(|item| item.split("</li>").next().unwrap().to_owned()).collect();
    for code in &codes {
        watch.add("recovery code", code, "page GET /compte/securite/codes-de-secours");
        watch.add("recovery code", code.replace('-', ""), "nowhere");
    }
    assert_eq!(codes.len(), 10);
    watch.look().await;
    watch.portal.clock.advance(SignedDuration::from_mins(2));
    send(browser, "/api/identity/sign_out", &[], "/connexion").await;
    sign_in(browser, NEW_MAIL, THIRD, "/connexion/verification").await;
    let code = totp.generate(now(watch)).to_string();
    watch.add("code of the application", &code, "nowhere");
    send(browser, "/api/identity/verify", &[("draft[code]", "000000")], "/connexion/verification").await;
    send(browser, "/api/identity/verify", &[("draft[code]", &code)], "/sites").await;
    send(browser, "/api/identity/sign_out", &[], "/connexion").await;
    sign_in(browser, NEW_MAIL, THIRD, "/connexion/verification").await;
    send(browser, "/api/identity/verify", &[("draft[recovery]", &codes[0])], "/sites").await;
    for page in ["/compte/securite", "/compte/donnees/lecture", "/compte/donnees/fichier", "/compte"] {
        browser.get(page).await;
    }
    watch.look().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn g24_t62_each_secret_stands_in_its_one_place() {
    let mut watch = Watch::new().await;
    for password in [FIRST, SECOND, THIRD, WRONG] {
        watch.add(password, password, "nowhere");
    }
    let mut browser = watch.portal.browser();
    open(&mut watch, &mut browser).await;
    change(&mut watch, &mut browser).await;
    second_factor(&mut watch, &mut browser).await;
    let log = tape().text();
    assert!(log.contains("form refused") && log.contains("form failed") && log.contains("message not sent"), "the log is heard");
    watch.note("log", log.clone());
    for (name, value) in watch.cookies.lock().unwrap().clone() {
        assert!(value.len() >= 40, "{name}");
        watch.canaries.push(Canary { name, value, home: "nowhere" });
    }
    for word in [MAIL, NEW_MAIL, "oiseau.un", "oiseau.deux", "+33639988776", MOBILE] {
        assert!(!log.contains(word), "{word} is on the log");
    }
    assert!(watch.canaries.len() > 60, "{}", watch.canaries.len());
    for canary in &watch.canaries {
        let hits = watch.hits(canary);
        let name = &canary.name;
        assert!(hits.iter().all(|place| place.starts_with(canary.home)), "{name}: {hits:?}");
        assert!(canary.home == "nowhere" || !hits.is_empty(), "{name} was never sent");
        assert!(!["mail", "sms"].contains(&canary.home) || hits.len() == 1, "{name}: {hits:?}");
    }
    let places = watch.seen.lock().unwrap();
    for kind in ["activation", "email_confirm", "email_moving", "password_changed", "reset", "factor_changed", "new_device"] {
        assert!(places.iter().any(|(place, _)| *place == format!("mail {kind}")), "no {kind} was written");
    }
}
