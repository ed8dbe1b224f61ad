//! One's own account: address, password, contact, devices. Each form names the site whose space it was in, if any.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::{AccountPage, Page};
use crate::wire::{Context, Cookie, Message, Next, Saved, answer, context};
use domain::form::FieldErrors;
use domain::identity::account::{ContactDraft, EmailDraft, PasswordDraft};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::Fault;

/// A form with a button alone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteOnly {
    /// The site whose space the page was in; empty outside.
    pub site: String,
}

/// The page of the account a form stands on; an id that is none leads outside any space, and the page guards itself.
pub(super) fn page(site: &str, page: AccountPage) -> Page {
    Page::account(site.parse().ok().as_ref(), page)
}

/// Modifier adresse mail (S99, S102–S104).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ChangeEmail, prefix = "/api", endpoint = "account/change_email")]
pub async fn change_email(draft: EmailDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.change_email(cx.visit()?, &draft, &cx.origin).await?;
        let moving = Message::EmailMoving(draft.email.trim().to_owned());
        Ok(Next::page(Page::SignIn).clear(Cookie::Session).saying(moving).forgetting_pages())
    };
    answer(&cx, &page(&draft.site, AccountPage::Email), draft.kept(), outcome.await)
}

/// Modifier mot de passe (S100).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ChangePassword, prefix = "/api", endpoint = "account/change_password")]
pub async fn change_password(draft: PasswordDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let session = cx.services.change_password(cx.visit()?, &draft, &cx.origin).await?;
        Ok(saved(&draft.site, AccountPage::Contact, Saved::Password).renewing(Some(session)))
    };
    answer(&cx, &page(&draft.site, AccountPage::Password), FieldErrors::default(), outcome.await)
}

/// Modifier contact (S101, S105, S106).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ChangeContact, prefix = "/api", endpoint = "account/change_contact")]
pub async fn change_contact(draft: ContactDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let renewed = cx.services.change_contact(cx.visit()?, &draft, &cx.origin).await?;
        Ok(saved(&draft.site, AccountPage::Contact, Saved::Contact).renewing(renewed))
    };
    answer(&cx, &page(&draft.site, AccountPage::EditContact), draft.kept(), outcome.await)
}

/// Certifier (S31, S32): sends a code to the mobile typed in the contact form.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SendSms, prefix = "/api", endpoint = "account/send_sms")]
pub async fn send_sms(draft: ContactDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = text(&cx, &draft).await;
    answer(&cx, &page(&draft.site, AccountPage::EditContact), draft.kept(), outcome)
}

async fn text(cx: &Context, draft: &ContactDraft) -> Result<Next, Fault> {
    let visit = cx.visit()?;
    cx.services.send_sms_code(visit, &draft.parse_mobile()?, &cx.origin).await?;
    Ok(Next::page(page(&draft.site, AccountPage::EditContact)).saying(Message::SmsSent(draft.kept())))
}

/// The code received by SMS (S32, S33): the number becomes the account's mobile, certified.
///
/// # Errors
/// See [`crate::wire::answer`]; a wrong code leads back to the field of the code.
#[server(name = CertifyMobile, prefix = "/api", endpoint = "account/certify_mobile")]
pub async fn certify_mobile(draft: ContactDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let visit = cx.visit()?;
        let (number, code) = draft.parse_code()?;
        cx.services.certify_mobile(visit, &number, &code, &cx.origin).await?;
        Ok(saved(&draft.site, AccountPage::EditContact, Saved::Mobile))
    };
    answer(&cx, &page(&draft.site, AccountPage::EditContact), draft.kept(), outcome.await)
}

/// Déconnecter les autres appareils.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = CloseOthers, prefix = "/api", endpoint = "account/close_others")]
pub async fn close_others(draft: SiteOnly) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.close_other_sessions(cx.visit()?, &cx.origin).await?;
        Ok(saved(&draft.site, AccountPage::Security, Saved::Others))
    };
    answer(&cx, &page(&draft.site, AccountPage::Security), FieldErrors::default(), outcome.await)
}

fn saved(site: &str, to: AccountPage, what: Saved) -> Next {
    Next::page(page(site, to)).saying(Message::Saved(what))
}
