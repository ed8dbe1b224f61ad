//! The log: one line an event, whatever strangers send; and every refused try is on it.

use crate::portal::{Portal, encode, send, settings};
use axum::body::Body;
use http::{HeaderValue, Request, header};
use serde_json::Value;
use server::config::{LogFormat, Settings};
use server::log::{LINE, dispatch, hear_panics};
use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is written to it.
#[derive(Clone, Default)]
pub struct Tape(Arc<Mutex<Vec<u8>>>);

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Tape {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Tape {
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).expect("a log is text")
    }

    fn lines(&self) -> Vec<String> {
        let text = self.text();
        assert!(text.is_empty() || text.ends_with('\n'));
        text.split_terminator('\n').map(str::to_owned).collect()
    }
}

/// The log of this process as JSON: what the portal lets through by default, and all of what our own crates say.
pub fn tape() -> &'static Tape {
    static TAPE: OnceLock<Tape> = OnceLock::new();
    TAPE.get_or_init(|| {
        let tape = Tape::default();
        let filter = "info,surrealdb=warn,surrealkv=warn,app=trace,domain=trace,server=trace,services=trace,store=trace";
        let log = dispatch(LogFormat::Json, EnvFilter::new(filter), false, tape.clone());
        tracing::dispatcher::set_global_default(log).expect("the only log");
        tape
    })
}

/// What must never stand in a line as itself.
fn is_hostile(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{2028}' | '\u{2029}' | '\u{202e}' | '\u{2066}' | '\u{feff}' | '\u{e0041}')
}

fn hostile() -> Vec<String> {
    let mut all: Vec<String> = [
        "a\r\n{\"level\":\"INFO\",\"message\":\"forged\"}",
        "a\n2026-11-24T10:00:00Z ERROR forged",
        "\u{1b}[2J\u{1b}]0;title\u{7}\u{1b}[31mred",
        "\u{9b}31mred\u{90}",
        "facture\u{202e}fdp.exe\u{2066}\u{200e}",
        "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f",
        "\u{0}\u{8}\u{7f}\u{feff}\u{e0041}",
        "\\u000a\\n\"}",
    ]
    .map(str::to_owned)
    .to_vec();
    all.extend(["é", "\n"].map(|unit| unit.repeat(1_000_000 / unit.len())));
    // As long as a whole form may be.
    all.extend(["a", "\u{202e}", "\"", "\u{1b}", "😀"].map(|unit| unit.repeat(65_536 / unit.len())));
    all
}

/// Says a value in each of the ways our code says one.
fn say(value: &str) {
    let error = io::Error::other(value.to_owned());
    tracing::error!(reason = value, "as text");
    tracing::warn!(reason = %value, "shown");
    tracing::warn!(reason = ?value, "debugged");
    tracing::warn!(%error, "an error");
    tracing::info!(reason = value, report = value, other = %value, "three times {value}");
    tracing::error!("in the message: {value}");
}

const WAYS: usize = 6;

#[test]
fn t59_an_event_is_one_line_of_json_whatever_its_values_hold() {
    let tape = Tape::default();
    tracing::dispatcher::with_default(&dispatch(LogFormat::Json, EnvFilter::new("info"), false, tape.clone()), || {
        hostile().iter().for_each(|value| say(value));
    });
    let lines = tape.lines();
    assert_eq!(lines.len(), hostile().len() * WAYS);
    for (value, said) in hostile().iter().zip(lines.chunks(WAYS)) {
        for line in said {
            let head: String = line.chars().take(200).collect();
            assert!(line.len() < LINE, "{} bytes: {head}", line.len());
            assert!(!line.chars().any(is_hostile), "{head}");
            let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {head}"));
            assert!(line["level"].is_string() && line["timestamp"].is_string() && line["fields"]["message"].is_string(), "{head}");
        }
        let text: Value = serde_json::from_str(&said[0]).unwrap();
        let text = text["fields"]["reason"].as_str().unwrap();
        if value.len() < 100 {
            assert_eq!(text, value, "nothing of a short value is lost");
        } else {
            let kept = text.strip_suffix('…').expect("a mark where it was cut");
            assert!(value.starts_with(kept) && kept.chars().count() >= 256, "{} characters", kept.chars().count());
        }
    }
}

#[test]
fn t59_so_it_is_in_the_log_for_people() {
    for colors in [false, true] {
        let tape = Tape::default();
        tracing::dispatcher::with_default(&dispatch(LogFormat::Text, EnvFilter::new("info"), colors, tape.clone()), || {
            hostile().iter().for_each(|value| say(value));
        });
        let lines = tape.lines();
        assert_eq!(lines.len(), hostile().len() * WAYS);
        for line in lines {
            assert!(line.len() < LINE);
            // Ours, and none that a value brought along.
            let plain = if colors { line.replace("\u{1b}[2m", "").replace("\u{1b}[0m", "") } else { line };
            let plain = ["31", "32", "33"].iter().fold(plain, |plain, number| plain.replacen(&format!(" \u{1b}[{number}m"), " ", 1));
            assert!(!plain.chars().any(is_hostile), "{plain:?}");
            let level = plain.split_whitespace().nth(1).unwrap();
            assert!(["ERROR", "WARN", "INFO"].contains(&level), "{plain:?}");
        }
    }
}

#[test]
fn t59_a_panic_is_one_line_too() {
    hear_panics();
    let tape = Tape::default();
    tracing::dispatcher::with_default(&dispatch(LogFormat::Json, EnvFilter::new("info"), false, tape.clone()), || {
        for value in hostile() {
            assert!(std::panic::catch_unwind(|| panic!("{value}")).is_err());
        }
    });
    let _ = std::panic::take_hook();
    let lines = tape.lines();
    assert_eq!(lines.len(), hostile().len());
    for line in lines {
        assert!(line.len() < LINE && !line.chars().any(is_hostile), "{line}");
        let line: Value = serde_json::from_str(&line).unwrap();
        assert!(line["fields"]["message"] == "panicked" && line["fields"]["place"].as_str().unwrap().contains("log.rs"), "{line}");
    }
}

fn login(number: usize) -> Request<Body> {
    let mail = format!("inconnu.{number}@exemple.fr");
    let body =
        encode(&[("draft[email]", &mail), ("draft[password]", "faux\r\n{\"forged\":1}\u{202e}12"), ("draft[next]", "/\u{1b}[31m\r\n")]);
    Request::post("/api/identity/sign_in?__path=%0d%0aforged%e2%80%ae")
        .header(header::HOST, "espace.exemple.fr")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_LENGTH, body.len())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::USER_AGENT, HeaderValue::from_bytes("Firefox/1\t\u{202e}\u{9b}31m".as_bytes()).unwrap())
        .header("sec-fetch-site", "same-origin")
        // Fifty logins an address: neither the dam against floods nor the counter of an address stands in the way.
        .header("x-forwarded-for", format!("192.0.2.{}", 1 + number / 50))
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn t59_a_thousand_failed_logins_are_a_thousand_lines() {
    let tape = tape();
    let portal = Portal::with(Settings { trusted_proxies: vec![[127, 0, 0, 1].into()], ..settings() }).await;
    let mut tasks = tokio::task::JoinSet::new();
    for first in 0..4 {
        let app = portal.app.clone();
        tasks.spawn(async move {
            for number in (first..1000).step_by(4) {
                assert_eq!(send(&app, login(number)).await.location(), "/connexion");
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let lines: Vec<Value> = tape.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let refused: Vec<&Value> = lines.iter().filter(|line| line["fields"]["message"] == "form refused").collect();
    assert_eq!(refused.len(), 1000);
    assert!(refused.iter().all(|line| line["fields"]["refusal"] == "wrong_credentials" && line["fields"]["form"] == "/connexion"));
    let requests: HashSet<&str> = refused.iter().map(|line| line["fields"]["request"].as_str().unwrap()).collect();
    assert_eq!(requests.len(), 1000, "each with the number of its request");
    assert!(!tape.text().contains("inconnu") && !tape.text().contains("forged"), "nothing of what was typed");
}

#[tokio::test(flavor = "multi_thread")]
async fn t59_what_strangers_post_and_send_is_one_short_line_or_none() {
    let tape = tape();
    let portal = Portal::new().await;
    let post = |path: &str, body: Vec<u8>| {
        Request::post(path)
            .header(header::HOST, "espace.exemple.fr")
            .header(header::CONTENT_LENGTH, body.len())
            .header(header::CONTENT_TYPE, "application/csp-report")
            .header("sec-fetch-site", "same-origin")
            .header(header::USER_AGENT, HeaderValue::from_bytes(&vec![0xe9; 1_000_000]).unwrap())
            .body(Body::from(body))
            .unwrap()
    };
    let mut reports = 0;
    for value in hostile() {
        let answer = send(&portal.app, post("/csp", value.into_bytes())).await;
        reports += usize::from(answer.status.is_success());
        send(&portal.app, post("/api/identity/sign_in", b"draft[email]=%0d%0a%1b[31m".to_vec())).await;
    }
    assert!(reports >= 8, "the short ones are taken");
    let lines = tape.lines();
    let said: Vec<&String> = lines.iter().filter(|line| line.contains("content policy report")).collect();
    assert_eq!(said.len(), reports);
    for line in &lines {
        assert!(line.len() < LINE && !line.chars().any(is_hostile), "{line}");
        assert!(serde_json::from_str::<Value>(line).unwrap()["timestamp"].is_string(), "{line}");
    }
}
