//! Turning what a page gives into an HTTP answer. Failures of ours are logged here, once, with the number the page shows.

use super::context;
use super::router::Portal;
use app::document::{Loaded, render};
use app::pages::{broken, refused};
use app::wire::Context;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use domain::refusal::Refusal;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use services::Fault;
use std::any::Any;
use std::io::Write;

/// Pages below this many bytes are sent as they are.
const WORTH_COMPRESSING: usize = 1024;

/// A drawn page.
pub(super) fn html(cx: &Context, request: &HeaderMap, page: Loaded) -> Response {
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let text = render(cx, page);
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    let body = match compress(request, &text) {
        Some(bytes) => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            bytes
        }
        None => text.into_bytes(),
    };
    *response.body_mut() = Body::from(body);
    response
}

/// Whether a browser takes brotli.
pub(super) fn takes_brotli(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|weight| weight.replace(' ', "") == "q=0")
    })
}

fn compress(headers: &HeaderMap, text: &str) -> Option<Vec<u8>> {
    if text.len() < WORTH_COMPRESSING || !takes_brotli(headers) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4);
    // Level 4: most of the gain for a twentieth of the time of the highest.
    let mut writer = brotli::CompressorWriter::new(&mut bytes, 4096, 4, 20);
    writer.write_all(text.as_bytes()).ok()?;
    drop(writer);
    Some(bytes)
}

/// A redirect to one of our own addresses.
pub(super) fn elsewhere(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The page of a refusal or of a failure, whoever asked.
pub(super) fn failed(cx: &Context, headers: &HeaderMap, fault: Fault) -> Response {
    match fault {
        Fault::Refused(refusal) => with_retry(html(cx, headers, refused(cx, &refusal)), &refusal),
        Fault::Broken(reason) => {
            tracing::error!(request = cx.request, reason, "page failed");
            html(cx, headers, broken(cx))
        }
    }
}

/// The same before there is a context. A database that does not answer is 503: trying again may help.
pub(super) fn fault(portal: &Portal, request: &Parts, fault: Fault) -> Response {
    let cx = context::anonymous(portal, request);
    let is_ours = matches!(fault, Fault::Broken(_));
    let mut response = failed(&cx, &request.headers, fault);
    if is_ours {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// A refusal in plain text, where no page can be drawn.
pub(super) fn plain_refusal(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    with_retry((status, app::words::refusal::sentence(refusal)).into_response(), refusal)
}

/// Adds `Retry-After` where waiting helps.
pub(super) fn with_retry(mut response: Response, refusal: &Refusal) -> Response {
    if let Some(seconds) = refusal.retry_after() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A panic in a handler: logged, and nothing of it shown.
#[expect(clippy::needless_pass_by_value, reason = "the layer's own signature")]
pub(super) fn panicked(payload: Box<dyn Any + Send + 'static>) -> Response {
    let reason = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("?");
    tracing::error!(reason, "handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Un incident est survenu. Le numéro de la demande figure dans l’en-tête x-request-id.")
        .into_response()
}

/// JSON for programs.
pub(super) fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

/// A list that is saved as CSV, not shown. `name` is ASCII and of our own making.
pub(super) fn csv(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store, private".to_owned()),
    ];
    (headers, text).into_response()
}

/// A personal file that is saved, not shown. `name` is ASCII and of our own making.
pub(super) fn file(name: &str, value: &impl serde::Serialize) -> Response {
    let Ok(text) = serde_json::to_string_pretty(value) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    saved(name, "application/json; charset=utf-8", text)
}

/// A file that is saved, not shown, and kept by nobody on the way. `name` is ASCII and of our own making.
pub(super) fn saved(name: &str, kind: &'static str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store, private".to_owned()),
    ];
    (headers, text).into_response()
}
