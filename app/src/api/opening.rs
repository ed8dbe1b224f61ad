//! The forms of the opening and of the activation.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use super::recovery::{EmailOnly, kept};
use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Context, Cookie, Message, Next, answer, context};
use domain::form::FieldErrors;
use domain::identity::account::{mobile, refused, sms_code};
use domain::identity::opening::{AccountDraft, LettersDraft};
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::{Fault, Opening, Purpose};

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

/// Certifier during the opening (S31, S34, A47): a code goes to the mobile that was typed. Passwords are typed again afterwards.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = OpeningSms, prefix = "/api", endpoint = "opening/send_sms")]
pub async fn opening_sms(draft: AccountDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let opening = cx.opening.as_ref().ok_or(Refusal::FlowLost)?;
        let number = mobile(&draft.mobile, draft.kept())?;
        cx.services.send_opening_code(opening, &number, &cx.origin).await?;
        Ok(Next::page(Page::OpeningContact).saying(Message::SmsSent(draft.kept())))
    };
    answer(&cx, &Page::OpeningContact, draft.kept(), outcome.await)
}

/// The code received by SMS during the opening: the visit remembers the number, sealed.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = OpeningCertify, prefix = "/api", endpoint = "opening/certify_mobile")]
pub async fn opening_certify(draft: AccountDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = certify(&cx, &draft).await;
    answer(&cx, &Page::OpeningContact, draft.kept(), outcome)
}

async fn certify(cx: &Context, draft: &AccountDraft) -> Result<Next, Fault> {
    let opening = cx.opening.as_ref().ok_or(Refusal::FlowLost)?;
    let number = mobile(&draft.mobile, draft.kept())?;
    let code = sms_code(&draft.sms).map_err(|reason| refused(draft.kept(), "sms", reason))?;
    cx.services.try_opening_code(opening, &number, &code).await?;
    let opening = Opening { mobile: Some(number.as_str().to_owned()), ..opening.clone() };
    Next::page(Page::OpeningContact).saying(Message::SmsCertified(draft.kept())).sealed(cx, Cookie::Opening, &opening)
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
    answer(&cx, &Page::Link(Purpose::Activation), FieldErrors::default(), outcome.await)
}

/// A new activation link; the answer is the same for every address.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Resend, prefix = "/api", endpoint = "opening/resend")]
pub async fn resend(draft: EmailOnly) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.resend_activation(&draft.email, &cx.origin).await?;
        Ok(Next::page(Page::ActivationResend).saying(Message::Resent))
    };
    answer(&cx, &Page::ActivationResend, kept("email", &draft.email), outcome.await)
}
