//! Reports of the content policy, and what exists in development only: the mailbox.

use super::router::Portal;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};

/// The last reports of browsers, for tests and for whoever develops.
#[derive(Default)]
pub(super) struct Reports(Mutex<Vec<String>>);

/// Longest report kept, in bytes; and how many.
const REPORT: usize = 4096;
const KEPT: usize = 100;

/// A browser says that a page tried what the content policy forbids.
pub(super) async fn csp(State(portal): State<Portal>, body: Bytes) -> StatusCode {
    let text: String = String::from_utf8_lossy(&body[..body.len().min(REPORT)]).chars().filter(|c| !c.is_control()).collect();
    tracing::warn!(report = text, "content policy report");
    if portal.world.settings.development {
        let mut kept = portal.reports.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(text);
        }
    }
    StatusCode::NO_CONTENT
}

/// The reports so far.
pub(super) async fn reports(State(portal): State<Portal>) -> Response {
    let kept = portal.reports.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    super::answer::json(StatusCode::OK, &serde_json::json!(kept))
}

/// The mails of the portal, newest first: what they say, and their links.
pub(super) async fn mailbox(State(portal): State<Portal>) -> Response {
    let Some(mailbox) = &portal.world.mailbox else { return StatusCode::NOT_FOUND.into_response() };
    let mut list = String::new();
    for mail in mailbox.all() {
        let lines: String = mail.text.lines().fold(String::new(), |mut out, line| {
            let line = line.trim();
            let _ = match line.strip_prefix("http") {
                Some(_) if !line.contains(' ') => writeln!(out, "<a href=\"{0}\">{0}</a>", escape(line)),
                _ => writeln!(out, "{}", escape(line)),
            };
            out
        });
        let _ = write!(
            list,
            "<article class=\"card mail\"><header><h2>{}</h2><p class=\"soft\">à {} · <span class=\"num\">{}</span></p></header><pre>{lines}</pre></article>",
            escape(&mail.subject),
            escape(&mail.to),
            mail.at,
        );
    }
    if list.is_empty() {
        list = "<div class=\"card empty\"><p>Aucun message pour le moment.</p></div>".into();
    }
    Html(format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Boîte de développement</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"{}\"></head>\
         <body><main class=\"plain wide\"><div class=\"stack\"><h1>Boîte de développement</h1>\
         <p class=\"soft\">Les courriels et les SMS que l’Espace sécurisé aurait envoyés. Cette page n’existe pas en production.</p>{list}\
         <p><a href=\"/\">Revenir à l’Espace sécurisé</a></p></div></main></body></html>",
        portal.assets.css
    ))
    .into_response()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
