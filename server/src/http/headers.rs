//! Headers of every answer, and the number of every request.

use super::router::Portal;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{HeaderName, HeaderValue};
use http::{HeaderMap, header};

/// Number of a request: on its log lines, in its answer, on the page that reports a failure.
#[derive(Debug, Clone)]
pub(super) struct RequestId(pub(super) String);

/// Nothing inline, nothing foreign. `wasm-unsafe-eval` lets the browser compile the islands.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; report-uri /csp; report-to csp";

const FIXED: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("reporting-endpoints", "csp=\"/csp\""),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()"),
    ("x-frame-options", "DENY"),
];

/// Gives the request its number: ten characters a person can read out on the phone.
pub(super) async fn request_id(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let mut bytes = [0u8; 8];
    portal.world.services.dice().fill(&mut bytes);
    let id = domain::identity::letter_code::LetterCode::from_random(bytes).reveal()[..10].to_owned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// Adds the security headers; personal pages are never kept by anybody.
pub(super) async fn security(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        // Files are under a stricter policy of their own.
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if portal.world.settings.public_url.starts_with("https://") {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    no_store(headers);
    response
}

fn no_store(headers: &mut HeaderMap) {
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
