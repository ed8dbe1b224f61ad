//! The buttons behind links from mails: one use each.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use super::recovery::{EmailOnly, kept};
use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Context, Cookie, Message, Next, answer, context};
use domain::form::FieldErrors;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::{Fault, Purpose};

fn secret(cx: &Context) -> Result<&str, Fault> {
    Ok(cx.link.as_deref().ok_or(Refusal::DeadLink)?)
}

fn done(page: Page, message: Message) -> Next {
    Next::page(page).clear(Cookie::Link).saying(message)
}

/// The new address becomes the login (S104).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ConfirmEmail, prefix = "/api", endpoint = "links/confirm_email")]
pub async fn confirm_email() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.finish_email_change(secret(&cx)?).await?;
        Ok(done(Page::SignIn, Message::EmailConfirmed).clear(Cookie::Session))
    };
    answer(&cx, &Page::Link(Purpose::EmailChange), FieldErrors::default(), outcome.await)
}

/// A change of address is taken back.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = RevertEmail, prefix = "/api", endpoint = "links/revert_email")]
pub async fn revert_email() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.revert_email(secret(&cx)?).await?;
        Ok(done(Page::Forgotten, Message::EmailReverted).clear(Cookie::Session))
    };
    answer(&cx, &Page::Link(Purpose::Revert), FieldErrors::default(), outcome.await)
}

/// The address is certified again (S30).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = CertifyEmail, prefix = "/api", endpoint = "links/certify_email")]
pub async fn certify_email() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.certify_email(secret(&cx)?).await?;
        Ok(done(Page::SignIn, Message::Certified))
    };
    answer(&cx, &Page::Link(Purpose::Certification), FieldErrors::default(), outcome.await)
}

/// A new link to certify an address; the answer is the same for every address.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ResendCertification, prefix = "/api", endpoint = "links/resend_certification")]
pub async fn resend_certification(draft: EmailOnly) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.resend_certification(&draft.email, &cx.origin).await?;
        Ok(Next::page(Page::Certify).saying(Message::CertifyAsked))
    };
    answer(&cx, &Page::Certify, kept("email", &draft.email), outcome.await)
}

/// « Ce n’était pas moi »: every session ends; a new password is the next step.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Alarm, prefix = "/api", endpoint = "links/alarm")]
pub async fn alarm() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.sound_alarm(secret(&cx)?).await?;
        Ok(done(Page::Forgotten, Message::Alarm).clear(Cookie::Session))
    };
    answer(&cx, &Page::Link(Purpose::Alarm), FieldErrors::default(), outcome.await)
}
