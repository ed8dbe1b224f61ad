//! To the other identity provider and back: two addresses that are no pages. Whatever goes wrong there ends on one page that says
//! nothing of why.

use super::answer;
use super::pages::append;
use super::router::Portal;
use crate::adapters::oidc::{Oidc, Pending, Returned, Trouble};
use app::api::identity;
use app::routes::{AccountPage, Page};
use app::wire::{Context, Cookie, Linking, Message, Next, Saved, headers};
use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use domain::form::FieldErrors;
use domain::refusal::Refusal;
use http::{Method, StatusCode};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use services::{Arrival, External, Fault};

/// How long somebody may take to say which account is theirs.
const LINKING: SignedDuration = SignedDuration::from_mins(10);

/// Somebody on their way, sealed in their browser.
#[derive(Serialize, Deserialize)]
struct Journey {
    pending: Pending,
    /// Local path wanted before.
    next: String,
    /// The account that wants to link a login, when somebody who is logged in left.
    account: Option<String>,
}

/// Sends somebody to the provider.
pub(super) async fn depart(State(portal): State<Portal>, Extension(cx): Extension<Context>, request: Request) -> Response {
    let outcome = match &portal.world.oidc {
        Some(oidc) => leave(&cx, oidc).await,
        None => Err(Refusal::NotFound.into()),
    };
    match outcome {
        Ok((url, sealed)) => {
            let mut response = answer::elsewhere(&url);
            append(&mut response, &Cookie::Journey.set(&sealed));
            response
        }
        Err(fault) => answer::failed(&cx, request.headers(), fault),
    }
}

async fn leave(cx: &Context, oidc: &Oidc) -> Result<(String, String), Fault> {
    let (url, pending) = oidc.depart().await.map_err(|trouble| failed(cx, &trouble))?;
    let next = Page::wanted(cx.query("suite")).map(|page| page.path()).unwrap_or_default();
    let account = cx.visit.as_ref().map(|visit| visit.session.actor.account.to_string());
    let journey = Journey { pending, next, account };
    Ok((url, cx.services.key().seal(Cookie::Journey.name(), &journey, cx.services.dice())?))
}

/// Takes somebody back from the provider.
pub(super) async fn arrive(State(portal): State<Portal>, Extension(cx): Extension<Context>, request: Request) -> Response {
    let Some(oidc) = &portal.world.oidc else {
        return answer::failed(&cx, request.headers(), Refusal::NotFound.into());
    };
    // Looking ahead must not use the journey up.
    if *request.method() != Method::GET {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let mut response = match come_back(&cx, oidc).await {
        Ok(next) => go(&cx, next),
        Err(fault) => answer::failed(&cx, request.headers(), fault),
    };
    append(&mut response, &Cookie::Journey.clear());
    response
}

async fn come_back(cx: &Context, oidc: &Oidc) -> Result<Next, Fault> {
    let journey: Option<Journey> = cx.journey.as_deref().and_then(|text| cx.services.key().unseal(Cookie::Journey.name(), text));
    let journey = journey.ok_or(Refusal::ProviderFailed)?;
    let returned = Returned { code: cx.query("code"), state: cx.query("state"), iss: cx.query("iss"), error: cx.query("error") };
    oidc.check(&journey.pending, &returned).map_err(|trouble| failed(cx, &trouble))?;
    cx.services.admit_return(journey.pending.state(), &cx.origin).await?;
    let external = oidc.arrive(&journey.pending, &returned).await.map_err(|trouble| failed(cx, &trouble))?;
    match &journey.account {
        Some(account) => own(cx, external, account).await,
        None => enter(cx, external, journey.next).await,
    }
}

/// Logs somebody in, or asks once which account is theirs.
async fn enter(cx: &Context, external: External, next: String) -> Result<Next, Fault> {
    match cx.services.sign_in_external(&external, &next, &cx.origin).await {
        Ok(Arrival::Known(entered)) => identity::arrive(cx, entered, &next),
        Ok(Arrival::Unknown) => ask(cx, external, next),
        Err(Fault::Refused(refusal @ (Refusal::NotActivated | Refusal::Moving))) => {
            Ok(Next::page(Page::ActivationResend).saying(Message::Activate(String::new(), refusal == Refusal::Moving)))
        }
        Err(Fault::Refused(Refusal::Uncertified)) => Ok(Next::page(Page::Certify).saying(Message::Certify(String::new()))),
        Err(Fault::Refused(refusal)) => Ok(Next::page(Page::SignIn).saying(Message::Refused(refusal, FieldErrors::default()))),
        Err(broken) => Err(broken),
    }
}

/// Links to the account of whoever left, if they are still the same and confirm.
async fn own(cx: &Context, external: External, account: &str) -> Result<Next, Fault> {
    let visit = cx.visit.as_ref().filter(|visit| visit.session.actor.account.as_str() == account).ok_or(Refusal::ProviderFailed)?;
    if cx.services.is_own_external(&external, visit).await? {
        return Ok(Next::page(Page::account(None, AccountPage::Security)).saying(Message::Saved(Saved::Linked)));
    }
    ask(cx, external, String::new())
}

fn ask(cx: &Context, external: External, next: String) -> Result<Next, Fault> {
    let until = (cx.services.clock().now() + LINKING).as_second();
    Next::page(Page::LinkExternal).sealed(cx, Cookie::Linking, &Linking { external, next, until })
}

fn go(cx: &Context, next: Next) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    for (name, value) in headers(cx, next) {
        response.headers_mut().append(name, value);
    }
    response
}

/// What did not work is for the log; the page says that it did not.
fn failed(cx: &Context, trouble: &Trouble) -> Fault {
    tracing::warn!(request = cx.request, reason = %trouble, "login through the identity provider failed");
    Refusal::ProviderFailed.into()
}
