//! Logging in and out.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Context, Cookie, Message, Next, answer, context};
use domain::form::FieldErrors;
use domain::identity::factor::SecondDraft;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::{Entered, Fault};

/// Connexion (S49–S52).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SignIn, prefix = "/api", endpoint = "identity/sign_in")]
pub async fn sign_in(draft: SignInDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = enter(&cx, &draft).await;
    answer(&cx, &Page::SignIn, draft.kept(), outcome)
}

async fn enter(cx: &Context, draft: &SignInDraft) -> Result<Next, Fault> {
    match cx.services.sign_in(draft, &cx.origin).await {
        Ok(entered) => arrive(cx, entered, &draft.next),
        Err(Fault::Refused(refusal @ (Refusal::NotActivated | Refusal::Moving))) if cx.accepts_html => {
            let is_moving = refusal == Refusal::Moving;
            Ok(Next::page(Page::ActivationResend).saying(Message::Activate(draft.email.trim().to_owned(), is_moving)))
        }
        Err(Fault::Refused(Refusal::Uncertified)) if cx.accepts_html => {
            Ok(Next::page(Page::Certify).saying(Message::Certify(draft.email.trim().to_owned())))
        }
        Err(other) => Err(other),
    }
}

/// Where somebody goes who has proven who they are: the page they wanted, or the second step.
///
/// # Errors
/// When a cookie cannot be sealed.
pub fn arrive(cx: &Context, entered: Entered, next: &str) -> Result<Next, Fault> {
    match entered {
        Entered::In(signed_in) => {
            let page = Page::wanted(next).unwrap_or(Page::Sites);
            Next::page(page).set(Cookie::Session, signed_in.session.0).sealed(cx, Cookie::Device, &signed_in.device)
        }
        Entered::Second(pending) => Next::page(Page::SecondStep).sealed(cx, Cookie::Second, &pending),
    }
}

/// Second step of a login: a code, a passkey or a recovery code.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Verify, prefix = "/api", endpoint = "identity/verify")]
pub async fn verify(draft: SecondDraft) -> Result<(), Failure> {
    let cx = context()?;
    let mut typed = draft.kept();
    let outcome = async {
        let pending = cx.pending.as_ref().ok_or(Refusal::SecondStepLost)?;
        typed.typed.push(("next".into(), pending.next.clone()));
        let signed_in = cx.services.sign_in_second(pending, &draft, &cx.origin).await?;
        Ok(arrive(&cx, Entered::In(signed_in), &pending.next)?.clear(Cookie::Second))
    };
    let outcome = outcome.await;
    answer(&cx, &Page::SecondStep, typed, outcome)
}

/// Se déconnecter (S86).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SignOut, prefix = "/api", endpoint = "identity/sign_out")]
pub async fn sign_out() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let token = match &cx.origin.session {
            Some(session) => cx.services.sign_out(session).await?,
            None => None,
        };
        let exit = cx.provider.as_ref().and_then(|provider| provider.exit.clone());
        let said = match exit.zip(token) {
            Some((exit, token)) => Message::SignedOutHere(format!("{exit}{token}")),
            None => Message::SignedOut,
        };
        Ok(Next::page(Page::SignIn).clear(Cookie::Session).saying(said).forgetting_pages())
    };
    answer(&cx, &Page::SignIn, FieldErrors::default(), outcome.await)
}
