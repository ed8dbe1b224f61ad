//! Texts that would be markup or scripts, through every stored field, query and refused form: they stay text.

use crate::markup::{addresses, decoded, skeleton};
use crate::portal::{Browser, PASSWORD, Portal, encode, settings};
use app::routes::Page;
use server::adapters::mail::{Composer, samples};
use server::adapters::oidc::OidcSettings;
use server::config::{Secret, Settings};
use services::ports::{MailContent, OutgoingMail};
use std::sync::Arc;

/// The list that the journeys in browsers and the test of the letters read, too.
pub fn payloads() -> Vec<String> {
    let all: Vec<String> = serde_json::from_str(include_str!("../../../end2end/fixtures/payloads.json")).unwrap();
    assert!(all.len() >= 70);
    all
}

/// Texts of the fund's files, as columns of them.
const IMPORTED: [&str; 8] = ["company", "site", "first", "last", "street", "complement", "postcode", "city"];
/// Texts that the parsers of their forms would refuse in part: put into the database as they are.
const PLANTED: [&str; 8] = ["first", "last", "phone", "mobile", "passkey", "issuer", "session", "audit"];

/// A payload as one line of the members file carries it, told apart by the field it went into.
fn marked(payload: &str, field: &str) -> String {
    let text = format!("{payload} ¤{field}");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// What the fund says of Claire's two sites, with the payload wherever its files have a text.
async fn import(portal: &Portal, payload: &str) {
    let [company, site, first, last, street, complement, postcode, city] = IMPORTED.map(|field| quoted(&marked(payload, field)));
    let members = format!(
        "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
         A100;{company};00123458200011;6901234B;{site};{first};{last};{street};{complement};{postcode};{city}\n\
         A200;{company};00123458200029;6901235B;{site};{first};{last};{street};{complement};{postcode};{city}\n"
    );
    let report = portal.services.import_members(members.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert_eq!((report.updated, report.refused), (2, vec![]), "{payload}");
    let (code, message) = (quoted(&marked(payload, "code")), quoted(&marked(payload, "message")));
    let alerts = format!("siret;periode;gravite;code;message\n00123458200011;2026-10;bloquant;{code};{message}\n");
    let report = portal.services.import_alerts(alerts.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert!(report.written && report.refused.is_empty(), "{payload}");
}

/// A text as the database's language writes it.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

async fn plant(portal: &Portal, payload: &str) {
    let [first, last, phone, mobile, passkey, issuer, session, audit] = PLANTED.map(|field| literal(&marked(payload, field)));
    let script = format!(
        "LET $account = (SELECT VALUE id FROM ONLY account LIMIT 1);
         UPDATE $account SET first = {first}, last = {last}, phone = {phone}, mobile = {mobile};
         UPSERT passkey:planted SET account = $account, name = {passkey}, credential = '{{}}', created = time::now();
         UPSERT external_login:planted SET account = $account, issuer = {issuer}, created = time::now();
         UPDATE session SET agent = {session};
         DELETE audit;
         CREATE audit:planted SET at = d'2026-11-24T10:00:00Z', what = 'sign_in', account = $account, agent = {audit};"
    );
    portal.services.store().plant(&script).await.unwrap();
}

/// The journal grows with what is looked at: the one row that was planted stays.
async fn trim(portal: &Portal) {
    portal.services.store().plant("DELETE audit WHERE id != audit:planted;").await.unwrap();
}

fn with_provider(name: &str) -> Settings {
    let (issuer, client, secret) = ("http://127.0.0.1:9".to_owned(), "espace".to_owned(), Secret::new("secret".into()));
    Settings { oidc: Some(OidcSettings { issuer, client, secret, name: name.into(), is_proconnect: false }), ..settings() }
}

/// Claire with two sites; the path of the first one's home.
async fn setting(settings: Settings) -> (Portal, Browser, String) {
    let portal = Portal::with(settings).await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let of = &letters[1];
    let triple = [("draft[identifiant]", of.identifiant.as_str()), ("draft[siret]", &of.siret), ("draft[code]", &of.code)];
    assert_eq!(claire.post("/api/association/identify", &triple).await.location(), "/association/connexion");
    let proven = claire.get("/association/connexion").await.body;
    let proven = proven.split("name=\"draft[site]\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let login = [("draft[site]", proven), ("draft[email]", "claire@exemple.fr"), ("draft[password]", PASSWORD)];
    assert_eq!(claire.submit("/api/association/associate", &login).await.status, 200);
    (portal, claire, home)
}

/// Where something leads that stands on one of our pages.
fn is_ours(address: &str) -> bool {
    let local = (address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')) || address.starts_with('#');
    local
        || address.is_empty()
        || ["https://www.caisse.example", "mailto:contact@caisse.example", "tel:", "data:image/", "https://www.defenseurdesdroits.fr"]
            .iter()
            .any(|ours| address.starts_with(ours))
        || address == "https://www.cnil.fr/fr/plaintes"
}

/// The page as it is, its skeleton kept; fails when an address on it is not ours.
async fn page(browser: &mut Browser, path: &str, payload: &str) -> (Vec<(String, Vec<String>)>, String) {
    let html = browser.get(path).await.body;
    for address in addresses(&html) {
        assert!(is_ours(&address), "{path} leads to {address} with {payload}");
    }
    (skeleton(&html), html)
}

#[tokio::test(flavor = "multi_thread")]
async fn g10_t25_a_stored_text_stays_text_on_every_page() {
    let (portal, mut claire, home) = setting(with_provider("Fournisseur")).await;
    let site = home.trim_start_matches("/site/").parse().unwrap();
    let all: Vec<String> = Page::fixed().into_iter().chain(Page::of_site(&site)).map(|page| page.path()).collect();
    let showing = [
        home.clone(),
        "/sites".into(),
        format!("{home}/suivi-dsn"),
        format!("{home}/compte"),
        format!("{home}/compte/contact"),
        "/compte/securite".into(),
        "/compte/donnees/lecture".into(),
        "/compte/effacement".into(),
    ];
    import(&portal, "texte").await;
    plant(&portal, "texte").await;
    // The list of beneficiaries is settled by whoever looks at it first; from then on nothing waits.
    claire.get(&format!("{home}/droits")).await;
    // What is used and read is noted, too, and stands among one's data.
    for path in &all {
        claire.get(path).await;
    }
    let mut plain = Vec::new();
    for path in all.iter().chain(&showing) {
        trim(&portal).await;
        plain.push((path.clone(), page(&mut claire, path, "texte").await.0));
    }
    for (number, payload) in payloads().iter().enumerate() {
        import(&portal, payload).await;
        plant(&portal, payload).await;
        let mut seen = String::new();
        // Every page once in a while; those that show what was stored, always.
        let from = if number % 25 == 0 { 0 } else { all.len() };
        for (path, expected) in &plain[from..] {
            trim(&portal).await;
            let (found, html) = page(&mut claire, path, payload).await;
            assert_eq!(&found, expected, "{path} is drawn otherwise with {payload}");
            seen.push_str(&decoded(&html));
        }
        for field in IMPORTED.iter().take(2).chain(["code", "message"].iter()).chain(&PLANTED) {
            assert!(seen.contains(&marked(payload, field)), "{field} is shown with all of {payload}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_what_is_typed_or_asked_comes_back_as_text() {
    let (portal, mut claire, home) = setting(settings()).await;
    let mut stranger = portal.browser();
    let contact = format!("{home}/compte/contact");
    let site = home.trim_start_matches("/site/").to_owned();
    let (mut forms, mut pages) = (None, None);
    for payload in ["texte<".to_owned()].into_iter().chain(payloads()) {
        let typed = format!("{payload} <¤>");
        let form = [("draft[site]", site.as_str()), ("draft[first]", &typed), ("draft[last]", &typed), ("draft[phone]", &typed)];
        let answer = claire.post("/api/account/change_contact", &form).await;
        assert_eq!(answer.location(), contact);
        let (found, html) = page(&mut claire, &contact, &payload).await;
        assert!(decoded(&html).contains(&typed), "{payload} is shown again");
        assert_eq!(forms.get_or_insert(found.clone()), &found, "{payload}");

        let asked =
            encode(&[("recherche", &typed), ("suite", &typed), ("__err", &typed), ("__path", &typed), ("quoi", &typed), ("error", &typed)]);
        let mut all = Vec::new();
        for path in ["/sites", "/compte/securite/retrait", "/compte/contact", "/connexion", "/connexion/retour", "/absente"] {
            let browser = if path.starts_with("/co") && !path.starts_with("/compte") { &mut stranger } else { &mut claire };
            let (found, html) = page(browser, &format!("{path}?{asked}"), &payload).await;
            assert!(!html.contains(&typed), "{path} shows {payload} as it is");
            assert!(path != "/sites" || decoded(&html).contains(typed.trim()), "the search is shown: {payload}");
            all.push(found);
        }
        assert_eq!(pages.get_or_insert(all.clone()), &all, "{payload}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t25_the_name_of_a_provider_is_text() {
    let mut plain = None;
    for payload in ["texte".to_owned()].into_iter().chain(payloads().into_iter().step_by(9)) {
        let portal = Portal::with(with_provider(&payload)).await;
        let (found, html) = page(&mut portal.browser(), "/connexion", &payload).await;
        assert!(decoded(&html).contains(&format!("S’identifier avec {payload}")), "{payload}");
        assert_eq!(plain.get_or_insert(found.clone()), &found, "{payload}");
    }
}

/// A mail whose texts are all this one.
fn spoilt(mail: &OutgoingMail, text: &str) -> OutgoingMail {
    let mut content = serde_json::to_value(&mail.content).unwrap();
    for (name, value) in content.as_object_mut().unwrap() {
        if ["first", "site", "agent", "new_email"].contains(&name.as_str()) {
            *value = format!("{text} ¤{name}").into();
        }
    }
    let content: MailContent = serde_json::from_value(content).unwrap();
    OutgoingMail { content, ..mail.clone() }
}

#[test]
fn t26_a_text_in_a_mail_stays_text_and_leads_nowhere() {
    let composer = Composer::new(Arc::default(), "https://espace.exemple.fr".into());
    for mail in samples() {
        let plain = composer.write(&spoilt(&mail, "texte")).unwrap();
        for payload in payloads() {
            let sent = spoilt(&mail, &payload);
            let written = composer.write(&sent).unwrap();
            let kind = mail.content.kind();
            assert_eq!(skeleton(&written.html), skeleton(&plain.html), "{kind} with {payload}");
            assert!(
                addresses(&written.html).iter().all(|to| to.starts_with("https://espace.exemple.fr/") || !to.contains(':')),
                "{kind}: {payload}"
            );
            assert_eq!(written.text.lines().count(), plain.text.lines().count(), "{kind}: no line of its own for {payload}");
            assert!(!written.subject.contains(['\n', '\r']), "{kind}: {payload}");
            // Not every mail knows the name of whom it goes to.
            let Some(first) = sent.content.first().split_whitespace().next() else { continue };
            assert!(decoded(&written.html).contains(first) && written.text.contains(first), "{kind} says {payload}");
        }
    }
}
