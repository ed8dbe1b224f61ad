//! The forms of the opening and of the activation.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Context, Cookie, Message, Next, answer, context};
use domain::form::{Collector, FieldErrors};
use domain::identity::opening::{AccountDraft, LettersDraft};
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::Fault;

/// Step 1/2: identifiant, SIRET, code (S9–S14).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Identify, prefix = "/api", endpoint = "opening/identify")]
pub async fn identify(draft: LettersDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let opening = cx.services.prove_letters(&draft, &cx.origin).await?;
        Next::page(Page::OpeningContact).sealed(&cx, Cookie::Opening, &opening)
    };
    answer(&cx, &Page::OpeningLetters, draft.kept(), outcome.await)
}

/// Step 2/2: contact and login (S15–S25).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Open, prefix = "/api", endpoint = "opening/open")]
pub async fn open(draft: AccountDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = open_account(&cx, &draft).await;
    answer(&cx, &Page::OpeningContact, draft.kept(), outcome)
}

async fn open_account(cx: &Context, draft: &AccountDraft) -> Result<Next, Fault> {
    let opening = cx.opening.as_ref().ok_or(Refusal::FlowLost)?;
    cx.services.open_account(opening, draft).await?;
    Ok(Next::page(Page::OpeningSent).clear(Cookie::Opening).saying(Message::Sent(draft.email.trim().to_owned())))
}

/// The one button behind the activation link (A10).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Activate, prefix = "/api", endpoint = "opening/activate")]
pub async fn activate() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.activate(cx.link.as_deref().ok_or(Refusal::DeadLink)?).await?;
        Ok(Next::page(Page::SignIn).clear(Cookie::Link).saying(Message::Activated))
    };
    answer(&cx, &Page::Activation, FieldErrors::default(), outcome.await)
}

/// The form that asks for a new link.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ResendDraft {
    /// The account's address.
    pub email: String,
}

/// A new activation link; the answer is the same for every address.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Resend, prefix = "/api", endpoint = "opening/resend")]
pub async fn resend(draft: ResendDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.resend_activation(&draft.email, &cx.origin).await?;
        Ok(Next::page(Page::ActivationResend).saying(Message::Resent))
    };
    let mut typed = Collector::new();
    typed.field("email", &draft.email, |_| Ok(()));
    answer(&cx, &Page::ActivationResend, typed.into_errors(), outcome.await)
}
