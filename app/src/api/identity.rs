//! Logging in and out.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Context, Cookie, Message, Next, answer, context};
use domain::form::FieldErrors;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::Fault;

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
        Ok(signed_in) => {
            let page = Page::wanted(&draft.next).unwrap_or(Page::Sites);
            Next::page(page).set(Cookie::Session, signed_in.session.0).sealed(cx, Cookie::Device, &signed_in.device)
        }
        Err(Fault::Refused(Refusal::NotActivated | Refusal::Moving)) if cx.accepts_html => {
            Ok(Next::page(Page::ActivationResend).saying(Message::Activate(draft.email.trim().to_owned())))
        }
        Err(Fault::Refused(Refusal::Uncertified)) if cx.accepts_html => {
            Ok(Next::page(Page::Certify).saying(Message::Certify(draft.email.trim().to_owned())))
        }
        Err(other) => Err(other),
    }
}

/// Se déconnecter (S86).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SignOut, prefix = "/api", endpoint = "identity/sign_out")]
pub async fn sign_out() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        if let Some(session) = &cx.origin.session {
            cx.services.sign_out(session).await?;
        }
        Ok(Next::page(Page::SignIn).clear(Cookie::Session).saying(Message::SignedOut).forgetting_pages())
    };
    answer(&cx, &Page::SignIn, FieldErrors::default(), outcome.await)
}
