//! What is turned away before any route: unknown hosts, floods, forms that do not come from our pages.

use super::answer::{elsewhere, plain_refusal};
use super::client::Client;
use super::contact;
use super::router::Portal;
use crate::config::Settings;
use app::routes::{AccountPage, Page};
use app::wire::{Context, Cookie};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::refusal::Refusal;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::{HeaderMap, Method, StatusCode, header};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

/// Hosts and origins that are ours, and the first dam against floods.
pub(super) struct Doors {
    hosts: Vec<String>,
    origins: Vec<String>,
    flood: DefaultKeyedRateLimiter<IpAddr>,
}

/// Forms one address may send: bursts of this many, refilled at this many a second. Sheds floods before the database sees
/// them; the limits that count are in the services.
const BURST: NonZeroU32 = NonZeroU32::new(60).unwrap();
const PER_SECOND: NonZeroU32 = NonZeroU32::new(20).unwrap();

impl Doors {
    pub(super) fn new(settings: &Settings) -> Self {
        let (scheme, host) = settings.public_url.split_once("://").unwrap_or(("http", settings.public_url.as_str()));
        let port = settings.listen.port();
        let mut hosts = vec![host.to_ascii_lowercase()];
        hosts.extend(settings.hosts.iter().map(|host| host.to_ascii_lowercase()));
        let mut origins: Vec<String> = hosts.iter().map(|host| format!("{scheme}://{host}")).collect();
        if settings.development {
            for local in [format!("localhost:{port}"), format!("127.0.0.1:{port}")] {
                origins.push(format!("http://{local}"));
                hosts.push(local);
            }
        }
        Self { hosts, origins, flood: RateLimiter::keyed(Quota::per_second(PER_SECOND).allow_burst(BURST)) }
    }

    fn is_ours(&self, origin: &str) -> bool {
        self.origins.iter().any(|ours| ours == origin)
    }
}

/// Answers 411 and closes when a request's length is not plainly said: a proxy in front may read a chunked body, or one with both
/// lengths, otherwise than we do, and take what follows for somebody else's request (RFC 9112, 6.3). Browsers say the length of
/// every form.
pub(super) async fn plain_length(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::TRANSFER_ENCODING) {
        return (StatusCode::LENGTH_REQUIRED, [(header::CONNECTION, "close")]).into_response();
    }
    next.run(request).await
}

/// Longest time for an answer to begin.
const PATIENCE: Duration = Duration::from_secs(30);

/// Gives up what takes too long. Files may come slowly: how long they pause is watched while they are read.
pub(super) async fn patience(request: Request, next: Next) -> Response {
    let is_slow = request.method() == Method::POST && contact::takes_files(request.uri().path());
    let limit = if is_slow { contact::PATIENCE } else { PATIENCE };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Forms that stay open to an administrator who must first set up a second factor. Whatever is not named here waits.
const OPEN_FORMS: [&str; 6] = ["/api/display/", "/api/factor/", "/api/identity/", "/api/links/", "/api/opening/", "/api/recovery/"];

/// Leads an administrator who must first set up a second factor to where that is done, from everywhere else: pages, forms, files.
pub(super) async fn enrolled(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let must_enrol = request.extensions().get::<Context>().is_some_and(|cx| cx.must_enrol);
    // A link from a mail: its secret follows the address of its page.
    let is_link = path.rsplit_once('/').is_some_and(|(page, _)| matches!(Page::parse(page), Some(Page::Link(_))));
    let is_open = Page::parse(path).is_some_and(|page| page.is_open_before_enrolment())
        || OPEN_FORMS.iter().any(|form| path.starts_with(form))
        || is_link;
    if must_enrol && !is_open { elsewhere(&Page::account(None, AccountPage::Security).path()) } else { next.run(request).await }
}

/// Answers 421 to hosts that are not ours, so that no link or cache is ever made for them. Health checks from the machine
/// itself may use its own address.
pub(super) async fn known_host(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let named = request
        .uri()
        .authority()
        .map(|authority| authority.as_str().to_owned())
        .or_else(|| request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned));
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let single = hosts.next().is_some() && hosts.next().is_none();
    let known = named.is_some_and(|named| portal.doors.hosts.contains(&named.to_ascii_lowercase()));
    if known && single { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}

/// Turns away an address that sends forms faster than people do.
pub(super) async fn flood(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let address = request.extensions().get::<Client>().map_or(IpAddr::from([0, 0, 0, 0]), |client| client.0);
    if portal.doors.flood.len() > 100_000 {
        portal.doors.flood.retain_recent();
    }
    match portal.doors.flood.check_key(&address) {
        Ok(()) => next.run(request).await,
        Err(_) => plain_refusal(&Refusal::TooMany { retry_after: 3 }),
    }
}

/// Lets a form through only if it comes from one of our pages: the browser's own word for it (`Sec-Fetch-Site`), else the
/// `Origin`. A request with a session and neither is refused; programs without a session may do what strangers may.
pub(super) async fn same_origin(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || comes_from_us(&portal.doors, request.headers()) {
        return next.run(request).await;
    }
    plain_refusal(&Refusal::CrossSite)
}

fn comes_from_us(doors: &Doors, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), origin) => site == "same-origin" && origin.is_none_or(|origin| doors.is_ours(origin)),
        (None, Some(origin)) => doors.is_ours(origin),
        (None, None) => {
            let session = format!("{}=", Cookie::Session.name());
            !headers
                .get_all(header::COOKIE)
                .iter()
                .any(|value| value.as_bytes().windows(session.len()).any(|part| part == session.as_bytes()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(pairs: &[(&'static str, &'static str)]) -> bool {
        let doors = Doors {
            hosts: vec![],
            origins: vec!["https://espace.exemple.fr".into()],
            flood: RateLimiter::keyed(Quota::per_second(PER_SECOND)),
        };
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        comes_from_us(&doors, &headers)
    }

    #[test]
    fn t22_only_our_own_pages_send_forms() {
        let cookie = ("cookie", "a=1; __Host-session=x");
        assert!(verdict(&[("sec-fetch-site", "same-origin"), ("origin", "https://espace.exemple.fr"), cookie]));
        assert!(verdict(&[("origin", "https://espace.exemple.fr"), cookie]));
        assert!(verdict(&[]), "a program without a session");
        for refused in [
            vec![("sec-fetch-site", "cross-site"), cookie],
            vec![("sec-fetch-site", "same-site"), ("origin", "https://autre.exemple.fr"), cookie],
            vec![("sec-fetch-site", "same-site"), cookie],
            vec![("sec-fetch-site", "none"), cookie],
            vec![("sec-fetch-site", "same-origin"), ("origin", "https://evil.example"), cookie],
            vec![("origin", "null"), cookie],
            vec![("origin", "https://espace.exemple.fr.evil.example"), cookie],
            vec![("origin", "http://espace.exemple.fr"), cookie],
            vec![cookie],
            vec![("origin", "https://evil.example")],
        ] {
            assert!(!verdict(&refused), "{refused:?}");
        }
    }
}
