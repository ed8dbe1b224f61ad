//! Ways back in: forgotten password, lost letters.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Cookie, Message, Next, answer, context};
use domain::form::{Collector, FieldErrors};
use domain::identity::account::ResetDraft;
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::Purpose;

/// A form with one address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailOnly {
    /// The account's address.
    pub email: String,
}

/// A form with one identifiant.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentifiantOnly {
    /// Identifiant CIBTP, from the welcome letter.
    pub identifiant: String,
}

/// What may be shown again of a form with one field.
pub(super) fn kept(name: &str, typed: &str) -> FieldErrors {
    let mut form = Collector::new();
    form.field(name, typed, |_| Ok(()));
    form.into_errors()
}

/// Option 1 (S69, S70): a link by mail. The answer is the same for every address (A21).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = AskReset, prefix = "/api", endpoint = "recovery/ask_reset")]
pub async fn ask_reset(draft: EmailOnly) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.ask_reset(&draft.email, &cx.origin).await?;
        Ok(Next::page(Page::Forgotten).saying(Message::ResetAsked))
    };
    answer(&cx, &Page::Forgotten, kept("email", &draft.email), outcome.await)
}

/// Option 2 (S71–S73): a new code by post. The answer is the same for every identifiant (A22).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = AskLetters, prefix = "/api", endpoint = "recovery/ask_letters")]
pub async fn ask_letters(draft: IdentifiantOnly) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.ask_letters(&draft.identifiant, &cx.origin).await?;
        Ok(Next::page(Page::Forgotten).saying(Message::LettersAsked))
    };
    answer(&cx, &Page::Forgotten, kept("identifiant", &draft.identifiant), outcome.await)
}

/// The new password behind a link (S70). Nobody is logged in by it (D10).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Reset, prefix = "/api", endpoint = "recovery/reset")]
pub async fn reset(draft: ResetDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let link = cx.link.as_deref().ok_or(Refusal::DeadLink)?;
        cx.services.reset_password(link, &draft, &cx.origin).await?;
        Ok(Next::page(Page::SignIn).clear(Cookie::Link).clear(Cookie::Session).saying(Message::PasswordReset))
    };
    answer(&cx, &Page::Link(Purpose::Reset), FieldErrors::default(), outcome.await)
}
