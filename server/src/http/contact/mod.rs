//! The contact form and its files: plain handlers, because their bodies stream into the file store and are never held.

mod download;
mod form;
mod reader;
mod seats;
mod sent;
mod upload;

pub(super) use download::download;
pub(super) use form::post;
pub(super) use seats::{BUCKET, FOLDER, Seats};
pub(super) use upload::{remove, upload};

use super::router::Portal;
use app::routes::Page;
use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, Router, get, post as on_post};
use domain::contact::MOST_BYTES;
use domain::home::Service;
use http::{HeaderMap, header};
use std::time::Duration;

/// Largest body of the form: its files, and what stands around them.
const BODY: u64 = MOST_BYTES + 64 * 1024;
/// Longest wait for the next piece of a body. Counted while it is waited for and not as a layer would, which goes on counting while the
/// piece before is scanned or a seat is not free.
const PAUSE: Duration = Duration::from_secs(20);
/// Longest time for a whole body: 40 Mo at the pace of a building site's 3G.
pub(super) const PATIENCE: Duration = Duration::from_mins(20);

/// The routes of the contact form; its page is drawn like all others.
pub(super) fn routes(page: MethodRouter<Portal>) -> Router<Portal> {
    Router::new()
        .route("/site/{site}/contact", page.post(post))
        .route("/site/{site}/contact/fichiers", on_post(upload))
        .route("/site/{site}/contact/fichiers/{file}/retrait", on_post(remove))
        .layer(DefaultBodyLimit::disable())
        .route("/site/{site}/contact/echanges/{exchange}/fichiers/{file}", get(download))
}

/// Whether a form sent to this address may take its time: its body is files.
pub(super) fn takes_files(path: &str) -> bool {
    let form = path.strip_suffix("/fichiers").unwrap_or(path);
    matches!(Page::parse(form), Some(Page::Service(_, Service::Contact)))
}

/// Bytes of a body, as its request says; none when it does not.
fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
