//! The contact form over HTTP: what browsers send, what attackers send, what comes back.

use crate::portal::{Answer, Browser, Portal};
use axum::body::Body;
use domain::contact::MOST_BYTES;
use domain::identity::opening::LettersDraft;
use http::{HeaderValue, Method, StatusCode, header};
use std::fmt::Write;

pub const BOUNDARY: &str = "limite-du-test";

/// One part of the form.
pub enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, Vec<u8>),
}

pub fn pdf(bytes: usize) -> Vec<u8> {
    let mut all = b"%PDF-1.7\n".to_vec();
    all.resize(bytes, b'x');
    all
}

pub fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let mut head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; ");
        match part {
            Part::Text(name, text) => {
                let _ = write!(head, "name=\"{name}\"\r\n\r\n{text}\r\n");
                body.extend_from_slice(head.as_bytes());
            }
            Part::File(name, bytes) => {
                let _ = write!(head, "name=\"fichiers\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
                body.extend_from_slice(head.as_bytes());
                body.extend_from_slice(bytes);
                body.extend_from_slice(b"\r\n");
            }
        }
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// A body as it comes over a line.
fn in_pieces(body: Vec<u8>) -> Body {
    let pieces: Vec<_> = body.chunks(32_768).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
    Body::from_stream(futures_util::stream::iter(pieces))
}

pub struct Desk {
    pub portal: Portal,
    pub letters: Vec<LettersDraft>,
    pub claire: Browser,
    pub form: String,
    /// Name of the file a script sends.
    pub named: Option<String>,
    /// Whether a script asks, which takes no page.
    pub is_script: bool,
}

impl Desk {
    pub async fn new() -> Self {
        let portal = Portal::new().await;
        let letters = portal.letters().await;
        let (claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
        portal.mails().await;
        Self { portal, letters, claire, form: format!("{home}/contact"), named: None, is_script: false }
    }

    /// The number a fresh form carries.
    pub async fn number(&mut self) -> String {
        let page = self.claire.get(&self.form).await;
        assert_eq!(page.status, StatusCode::OK);
        hidden(&page.body, "brouillon")
    }

    pub async fn raw(&mut self, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let mut request = self
            .claire
            .request(Method::POST, path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .header(header::CONTENT_LENGTH, body.len())
            .header("x-nom-fichier", self.named.as_deref().unwrap_or_default());
        if self.is_script {
            request.headers_mut().unwrap().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        }
        self.claire.send(request.body(in_pieces(body)).unwrap()).await
    }

    pub async fn post(&mut self, parts: &[Part<'_>]) -> Answer {
        let form = self.form.clone();
        self.raw(&form, &format!("multipart/form-data; boundary={BOUNDARY}"), multipart(parts)).await
    }

    /// The form as its page shows it, with these files and this button, all else right; where it leads, followed.
    pub async fn submit(&mut self, number: &str, files: Vec<Part<'_>>, button: (&str, &str)) -> Answer {
        let page = self.claire.get(&format!("{}?brouillon={number}", self.form)).await;
        self.press(number, &joined(&page.body), files, button).await
    }

    /// The same with these files in its list.
    pub async fn press(&mut self, number: &str, joined: &[String], files: Vec<Part<'_>>, button: (&str, &str)) -> Answer {
        let mut parts = vec![
            Part::Text("brouillon", number),
            Part::Text("page", ""),
            Part::Text("objet", "Congés <b>de</b> mai"),
            Part::Text("message", "\n</textarea><script>alert(1)</script>"),
            Part::Text("consent_version", app::words::contact::CONSENT_VERSION),
            Part::Text("consentement", "on"),
        ];
        parts.extend(joined.iter().map(|file| Part::Text("joint", file)));
        // What a browser sends when nothing was chosen.
        let files = if files.is_empty() { vec![Part::File("", Vec::new())] } else { files };
        parts.extend(files);
        parts.push(Part::Text(button.0, button.1));
        let answer = self.post(&parts).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.claire.get(&answer.location()).await
    }

    pub async fn upload(&mut self, number: &str, name: &str, kind: &str, bytes: Vec<u8>) -> Answer {
        let path = format!("{}/fichiers?brouillon={number}", self.form);
        self.named = Some(name.to_owned());
        let answer = self.raw(&path, kind, bytes).await;
        self.named = None;
        answer
    }
}

/// What a hidden field of a page holds.
pub fn hidden(page: &str, name: &str) -> String {
    let at = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let start = page[..at].rfind('<').unwrap();
    let tag = &page[start..page[start..].find('>').unwrap() + start];
    tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The numbers of the files a page shows.
pub fn joined(page: &str) -> Vec<String> {
    let parts = page.split("name=\"joint\" value=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).filter(|file| !file.is_empty()).collect()
}

pub const SEND: (&str, &str) = ("envoyer", "1");

#[tokio::test(flavor = "multi_thread")]
async fn s156_s157_t25_a_form_without_script_sends_and_confirms_and_all_stays_text() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let thread = desk.submit(&number, vec![Part::File("a\u{202e}fdp.pdf", pdf(50))], SEND).await;
    assert_eq!(thread.status, StatusCode::OK, "{}", thread.body);
    assert!(thread.has("&lt;/textarea&gt;&lt;script&gt;") && !thread.has("<script>alert"), "{}", thread.body);
    assert!(thread.has("Congés &lt;b&gt;de&lt;/b&gt; mai") && thread.has("afdp.pdf") && !thread.has("\u{202e}"));
    let mails = desk.portal.mails().await;
    assert_eq!(mails.len(), 2);
    let again = desk.submit(&number, vec![], SEND).await;
    assert!(again.has("afdp.pdf") && desk.portal.mails().await.is_empty(), "a second press leads to the first message");
    let list = desk.claire.get(&format!("{}/echanges", desk.form)).await;
    assert!(list.status == StatusCode::OK && list.has("Congés &lt;b&gt;"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s153_s154_what_is_refused_is_said_beside_it_and_the_rest_is_kept() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let files = vec![Part::File("bon.pdf", pdf(50)), Part::File("virus.exe", pdf(50)), Part::File("vide.pdf", vec![])];
    let page = desk.submit(&number, files, SEND).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in ["bon.pdf", "virus.exe", "vide.pdf", "&lt;/textarea&gt;", "Congés"] {
        assert!(page.has(shown), "{shown}: {}", page.body);
    }
    assert!(desk.portal.mails().await.is_empty());
    // The twenty-first.
    let many = (0..20).map(|file| Part::File("f.pdf", pdf(9 + file))).collect();
    let page = desk.submit(&number, many, ("joindre", "1")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.body.matches("name=\"retirer\"").count(), 20);
    let removed = page.body.split("name=\"retirer\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let page = desk.submit(&number, vec![], ("retirer", removed)).await;
    assert_eq!((page.status, page.body.matches("name=\"retirer\"").count()), (StatusCode::OK, 19));
    let page = desk.submit(&number, vec![], SEND).await;
    assert!(page.status == StatusCode::OK && (page.has("bon.pdf") || page.has("f.pdf")), "{}", page.body);
    assert_eq!(desk.portal.mails().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn s154_g11_the_bounds_of_bytes_are_exact_and_a_body_above_them_is_not_read() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let all = usize::try_from(MOST_BYTES).unwrap();
    let page = desk.submit(&number, vec![Part::File("un.pdf", pdf(all + 1))], ("joindre", "1")).await;
    assert_eq!((page.status, page.body.matches("name=\"retirer\"").count()), (StatusCode::UNPROCESSABLE_ENTITY, 0));
    let page = desk.submit(&number, vec![Part::File("un.pdf", pdf(all))], ("joindre", "1")).await;
    assert_eq!((page.status, page.body.matches("name=\"retirer\"").count()), (StatusCode::OK, 1));

    // Longer than any form: its texts are kept, nothing of its files is read.
    let number = desk.number().await;
    let head = multipart(&[Part::Text("brouillon", &number), Part::Text("objet", "Gardé"), Part::Text("message", "Gardé aussi")]);
    let mut head = head[..head.len() - BOUNDARY.len() - 6].to_vec();
    head.extend_from_slice(
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"gros.pdf\"\r\n\r\n").as_bytes(),
    );
    // No more of it comes than this: whatever waited for the rest would not answer.
    let pieces = [head, pdf(65_536)].map(Ok::<_, std::io::Error>);
    let pieces = futures_util::StreamExt::chain(futures_util::stream::iter(pieces), futures_util::stream::pending());
    let request = desk
        .claire
        .request(Method::POST, &desk.form)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .header(header::CONTENT_LENGTH, 45_875_200)
        .body(Body::from_stream(pieces))
        .unwrap();
    let page = tokio::time::timeout(std::time::Duration::from_secs(15), desk.claire.send(request)).await.expect("it is not read");
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.has("Gardé aussi") && page.has("value=\"Gardé\""), "{}", page.body);
    assert!(desk.claire.get(&format!("{}?brouillon={number}", desk.form)).await.has("Gardé aussi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t34_bodies_that_are_no_form_are_turned_away_and_leave_nothing() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let form = desk.form.clone();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let start = |text: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"brouillon\"\r\n\r\n{text}").into_bytes();
    let tiny: Vec<Part<'_>> = (0..100_000).map(|_| Part::Text("a", "b")).collect();
    let name = "x".repeat(1_000_000);
    let long = vec![Part::Text("brouillon", &number), Part::File(&name, pdf(20))];
    for (what, kind, body) in [
        ("json", "application/json", b"{}".to_vec()),
        ("no boundary", "multipart/form-data", multipart(&[Part::Text("brouillon", &number)])),
        ("urlencoded", "application/x-www-form-urlencoded", b"brouillon=x".to_vec()),
        ("no number", kind.as_str(), multipart(&[Part::Text("objet", "x")])),
        ("files before the number", kind.as_str(), multipart(&[Part::File("a.pdf", pdf(20)), Part::Text("brouillon", &number)])),
        ("broken off", kind.as_str(), start("x")),
        ("100,000 parts", kind.as_str(), multipart(&tiny)),
        ("a name of a megabyte", kind.as_str(), multipart(&long)),
        ("empty", kind.as_str(), Vec::new()),
    ] {
        let answer = desk.raw(&form, kind, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}: {}", answer.body);
    }
    let answer = desk.upload(&number, "a.pdf", "application/json", pdf(20)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    // Without a length, whatever it holds.
    let request = desk
        .claire
        .request(Method::POST, &form)
        .header("sec-fetch-site", "same-origin")
        .header(header::TRANSFER_ENCODING, "chunked")
        .body(Body::empty())
        .unwrap();
    assert_eq!(desk.claire.send(request).await.status, StatusCode::LENGTH_REQUIRED);
    let later = desk.portal.services.clock().now() + jiff::SignedDuration::from_hours(100_000);
    assert!(desk.portal.world.files.vault.older(later, None, 10).await.unwrap().is_empty(), "nothing was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn s153_one_file_at_a_time_says_how_many_there_are_and_takes_them_back() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let bytes = "application/octet-stream";
    let said = desk.upload(&number, "a%20b.pdf", bytes, pdf(1_000)).await;
    assert_eq!(said.status, StatusCode::OK, "{}", said.body);
    let json: serde_json::Value = serde_json::from_str(&said.body).unwrap();
    assert_eq!((&json["name"], &json["files"], &json["total"]), (&"a b.pdf".into(), &1.into(), &1_000.into()));
    for (name, body, status, code) in [
        ("a.exe", pdf(10), StatusCode::UNPROCESSABLE_ENTITY, "kind"),
        ("a.pdf", b"<html>".to_vec(), StatusCode::UNPROCESSABLE_ENTITY, "content"),
        ("a.pdf", pdf(usize::try_from(MOST_BYTES).unwrap()), StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        ("a.pdf", pdf(usize::try_from(MOST_BYTES).unwrap() + 1), StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
    ] {
        let said = desk.upload(&number, name, bytes, body).await;
        let json: serde_json::Value = serde_json::from_str(&said.body).unwrap();
        assert_eq!((said.status, &json["refusal"]), (status, &code.into()), "{}", said.body);
        assert!(json["sentence"].as_str().unwrap().len() > 10);
    }
    let path = format!("{}/fichiers/{}/retrait?brouillon={number}", desk.form, json["id"].as_str().unwrap());
    let said = desk.raw(&path, bytes, Vec::new()).await;
    assert!(said.status == StatusCode::OK && said.has("\"files\":0"), "{}", said.body);
    assert_eq!(desk.raw(&path, bytes, Vec::new()).await.status, StatusCode::NOT_FOUND);
    let mut stranger = desk.portal.browser();
    let request = stranger.request(Method::POST, &path).header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
    assert_eq!(stranger.send(request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn t29_a_file_is_saved_and_never_shown_and_guesses_find_nothing() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let thread = desk.submit(&number, vec![Part::File("état.pdf", pdf(50))], SEND).await;
    let link = thread.body.split("href=\"").find(|part| part.contains("/fichiers/")).unwrap().split('"').next().unwrap().to_owned();
    let file = desk.claire.get(&link).await;
    assert_eq!(file.status, StatusCode::OK);
    let head = |name: &str| file.headers[name].to_str().unwrap();
    assert_eq!(head("content-disposition"), "attachment; filename=\"_tat.pdf\"; filename*=UTF-8''%C3%A9tat.pdf");
    assert_eq!((head("content-type"), head("content-length"), head("x-content-type-options")), ("application/pdf", "50", "nosniff"));
    assert!(head("content-security-policy").ends_with("sandbox") && head("cache-control").contains("no-store"));
    let (base, id) = link.rsplit_once('/').unwrap();
    for wrong in ["../../../etc/passwd", "%2e%2e", "%00", "/etc/passwd", "01JD3V9X7ZK4M2N8P6Q5R4S3T2", &id[..25], "1"] {
        assert_eq!(desk.claire.get(&format!("{base}/{wrong}")).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let request = desk.claire.request(Method::HEAD, &link).body(Body::empty()).unwrap();
    let answer = desk.claire.send(request).await;
    assert!(answer.status == StatusCode::OK && answer.body.is_empty());
    // Somebody of another site, and nobody.
    let (mut paul, _) = desk.portal.owner(&desk.letters[1], "paul@exemple.fr").await;
    assert_eq!(paul.get(&link).await.status, StatusCode::NOT_FOUND);
    let away = desk.portal.browser().get(&link).await;
    assert!(away.status == StatusCode::SEE_OTHER && away.location().starts_with("/connexion?suite=/site/"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_logged_in_or_has_no_right_there_sends_nothing() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let other = desk.portal.sibling().await;
    let mine = std::mem::replace(&mut desk.form, format!("{other}/contact"));
    let parts = [Part::Text("brouillon", &number), Part::Text("objet", "x"), Part::Text("message", "y"), Part::Text("envoyer", "1")];
    assert_eq!(desk.post(&parts).await.status, StatusCode::NOT_FOUND);
    desk.form = mine;
    desk.claire.cookies.clear();
    let answer = desk.post(&[Part::Text("objet", "x"), Part::Text("envoyer", "1")]).await;
    let after = format!("/connexion?suite={}", desk.form.replace('/', "%2F"));
    assert!(answer.status == StatusCode::SEE_OTHER && answer.location() == after, "{answer:?}");
    assert!(desk.portal.mails().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn t29_a_number_that_was_sent_for_one_site_opens_nothing_on_another() {
    let mut desk = Desk::new().await;
    let number = desk.number().await;
    let thread = desk.submit(&number, vec![Part::File("secret.pdf", pdf(50))], SEND).await;
    assert!(thread.has("secret.pdf"));
    let (paul, home) = desk.portal.owner(&desk.letters[1], "paul@exemple.fr").await;
    desk.portal.mails().await;
    (desk.claire, desk.form) = (paul, format!("{home}/contact"));
    for parts in [
        vec![Part::Text("brouillon", &number), Part::Text("objet", "x"), Part::Text("message", "y"), Part::Text("envoyer", "1")],
        vec![Part::Text("brouillon", &number), Part::File("a.pdf", pdf(50)), Part::Text("joindre", "1")],
    ] {
        assert_eq!(desk.post(&parts).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(desk.upload(&number, "a.pdf", "application/octet-stream", pdf(50)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.claire.get(&format!("{}/echanges/{number}", desk.form)).await.status, StatusCode::NOT_FOUND);
    assert!(desk.portal.mails().await.is_empty());
}
