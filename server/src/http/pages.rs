//! Pages: found by their address, guarded, loaded, drawn.

use super::answer;
use app::pages::{Answer, kept_size, load};
use app::routes::{AccountPage, Page, RightsPage};
use app::wire::{Context, Cookie};
use axum::Extension;
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use domain::delegations::journal::JournalQuery;
use domain::id::SiteId;
use domain::refusal::Refusal;
use http::{HeaderValue, Method, StatusCode, header};
use services::{Fault, Purpose};

/// Any page.
pub(super) async fn page(Extension(cx): Extension<Context>, request: Request) -> Response {
    if *request.method() != Method::GET && *request.method() != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let headers = request.headers();
    let page = Page::parse(request.uri().path());
    let loaded = match &page {
        Some(page) => load(page, &cx).await,
        None => Err(Fault::Refused(Refusal::NotFound)),
    };
    let mut response = match loaded {
        Ok(Answer::Page(page)) => answer::html(&cx, headers, *page),
        Ok(Answer::Elsewhere(path)) => answer::elsewhere(&path),
        Ok(Answer::File(file)) => answer::csv(&file.name, file.text),
        Err(fault) => answer::failed(&cx, headers, fault),
    };
    if let Some(refusal) = cx.refusal() {
        response = answer::with_retry(response, refusal);
    }
    if let Some(kept) = page.and_then(|page| kept_size(&cx, &page)) {
        append(&mut response, &kept);
    }
    if cx.flash.is_some() {
        // Said once.
        append(&mut response, &Cookie::Flash.clear());
    }
    response
}

/// A link from a mail (D9): its secret leaves the address at once, into a short sealed cookie. Nothing is consumed (A10).
#[expect(clippy::unused_async, reason = "a handler is an async function")]
pub(super) async fn follow_link(Extension(cx): Extension<Context>, Path(secret): Path<String>, purpose: Purpose) -> Response {
    let mut response = answer::elsewhere(&Page::Link(purpose).path());
    if secret.len() <= 64 {
        match cx.services.key().seal(Cookie::Link.name(), &secret, cx.services.dice()) {
            Ok(sealed) => append(&mut response, &Cookie::Link.set(&sealed)),
            Err(fault) => tracing::error!(request = cx.request, %fault, "link lost"),
        }
    }
    response
}

/// How long the session lasts from here: asking keeps it, as any request does.
pub(super) async fn session(Extension(cx): Extension<Context>) -> Response {
    match &cx.visit {
        Some(visit) => answer::json(StatusCode::OK, &serde_json::json!({ "seconds": cx.services.seconds_left(visit) })),
        None => answer::json(StatusCode::UNAUTHORIZED, &serde_json::json!({})),
    }
}

/// Everything that is keyed to the person, as a file. Whoever is not logged in logs in first; a password that was given too long
/// ago is asked for by the tab.
pub(super) async fn data_file(Extension(cx): Extension<Context>, request: Request) -> Response {
    let tab = Page::account(None, AccountPage::Data).path();
    let Some(visit) = &cx.visit else { return answer::elsewhere(&format!("{}?suite={tab}", Page::SignIn.path())) };
    match cx.services.export_personal_data(visit, &cx.origin).await {
        Ok(data) => answer::file(&format!("mes-donnees-{}.json", data.made.date()), &data),
        Err(Fault::Refused(Refusal::StepUp)) => answer::elsewhere(&tab),
        Err(fault) => answer::failed(&cx, request.headers(), fault),
    }
}

/// The journal of a site, as it is filtered by the page the link stands on, as a file.
pub(super) async fn journal_file(Extension(cx): Extension<Context>, Path(site): Path<String>, request: Request) -> Response {
    let Ok(site) = site.parse::<SiteId>() else { return answer::failed(&cx, request.headers(), Refusal::NotFound.into()) };
    let page = Page::Rights(site.clone(), RightsPage::Journal).path();
    let Some(visit) = &cx.visit else { return answer::elsewhere(&format!("{}?suite={page}", Page::SignIn.path())) };
    let query = JournalQuery::parse(cx.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    match cx.services.export_journal(visit, &site, &query, &cx.origin).await {
        Ok(entries) => {
            let name = format!("journal-des-droits-{}.csv", cx.services.clock().today());
            answer::saved(&name, "text/csv; charset=utf-8", app::pages::journal_file(&entries))
        }
        Err(fault) => answer::failed(&cx, request.headers(), fault),
    }
}

pub(super) fn append(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
