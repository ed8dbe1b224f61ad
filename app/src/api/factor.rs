//! One's own second factors. Each form names the site whose space it was in, if any.
#![allow(clippy::unused_async, reason = "the macro wants an async function")]
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use super::account::page;
use crate::failure::Failure;
use crate::routes::{AccountPage, Page};
use crate::wire::{Context, Cookie, Message, Next, Saved, answer, context};
use domain::form::{Collector, FieldErrors};
use domain::identity::factor::{AppDraft, FactorDraft, PasskeyDraft};
use domain::identity::recovery_code::RecoveryCode;
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::{Device, Fault};

/// Begins to add an application: a fresh secret.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = StartApp, prefix = "/api", endpoint = "factor/start_app")]
pub async fn start_app(draft: FactorDraft) -> Result<(), Failure> {
    let cx = context()?;
    let here = page(&draft.site, AccountPage::AddApp);
    let outcome = async {
        let renewed = cx.services.start_app(cx.visit()?, &draft, &cx.origin).await?;
        Ok(Next::page(here.clone()).renewing(renewed))
    };
    answer(&cx, &here, FieldErrors::default(), outcome.await)
}

/// Confirms an application by its first code.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ConfirmApp, prefix = "/api", endpoint = "factor/confirm_app")]
pub async fn confirm_app(draft: AppDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (codes, renewed) = cx.services.confirm_app(cx.visit()?, &draft, &cx.origin).await?;
        Ok(added(&draft.site, codes).renewing(renewed))
    };
    answer(&cx, &page(&draft.site, AccountPage::AddApp), FieldErrors::default(), outcome.await)
}

/// Makes sure that the password was given recently, before a passkey is added.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = StartPasskey, prefix = "/api", endpoint = "factor/start_passkey")]
pub async fn start_passkey(draft: FactorDraft) -> Result<(), Failure> {
    let cx = context()?;
    let here = page(&draft.site, AccountPage::AddPasskey);
    let outcome = async {
        let renewed = cx.services.start_passkey(cx.visit()?, &draft, &cx.origin).await?;
        Ok(Next::page(here.clone()).renewing(renewed))
    };
    answer(&cx, &here, FieldErrors::default(), outcome.await)
}

/// Adds a passkey.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = AddPasskey, prefix = "/api", endpoint = "factor/add_passkey")]
pub async fn add_passkey(draft: PasskeyDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async { Ok(added(&draft.site, cx.services.add_passkey(cx.visit()?, &draft, &cx.origin).await?)) };
    answer(&cx, &page(&draft.site, AccountPage::AddPasskey), draft.kept(), outcome.await)
}

/// Removes the application or a passkey.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = RemoveFactor, prefix = "/api", endpoint = "factor/remove")]
pub async fn remove(draft: FactorDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let renewed = cx.services.remove_factor(cx.visit()?, &draft, &cx.origin).await?;
        Ok(Next::page(page(&draft.site, AccountPage::Security)).saying(Message::Saved(Saved::FactorRemoved)).renewing(renewed))
    };
    let mut typed = Collector::new();
    typed.field("what", &draft.what, |_| Ok(()));
    answer(&cx, &page(&draft.site, AccountPage::RemoveFactor), typed.into_errors(), outcome.await)
}

/// Makes new recovery codes.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = RenewRecovery, prefix = "/api", endpoint = "factor/renew_recovery")]
pub async fn renew_recovery(draft: FactorDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (codes, renewed) = cx.services.renew_recovery(cx.visit()?, &draft, &cx.origin).await?;
        Ok(shown_once(&draft.site, &codes).renewing(renewed))
    };
    answer(&cx, &page(&draft.site, AccountPage::Recovery), FieldErrors::default(), outcome.await)
}

/// The form that puts the offer of a second factor away.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DeclineDraft {
    /// The page it stood on.
    pub page: String,
}

/// Puts the offer of a second factor away, on this browser.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Decline, prefix = "/api", endpoint = "factor/decline")]
pub async fn decline(draft: DeclineDraft) -> Result<(), Failure> {
    let cx = context()?;
    let here = Page::wanted(&draft.page).unwrap_or(Page::Sites);
    let outcome = declined(&cx, &here);
    answer(&cx, &here, FieldErrors::default(), outcome)
}

fn declined(cx: &Context, here: &Page) -> Result<Next, Fault> {
    cx.visit()?;
    let device = cx.origin.device.clone().ok_or(Refusal::NotFound)?;
    Next::page(here.clone()).sealed(cx, Cookie::Device, &Device { declined: true, ..device })
}

/// After a factor was added: to its recovery codes, when it is the first.
fn added(site: &str, codes: Option<Vec<RecoveryCode>>) -> Next {
    match codes {
        Some(codes) => shown_once(site, &codes),
        None => Next::page(page(site, AccountPage::Security)).saying(Message::Saved(Saved::FactorAdded)),
    }
}

fn shown_once(site: &str, codes: &[RecoveryCode]) -> Next {
    let codes = codes.iter().map(RecoveryCode::grouped).collect();
    Next::page(page(site, AccountPage::Recovery)).saying(Message::RecoveryCodes(codes))
}
