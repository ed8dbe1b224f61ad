//! One's own data: seen, erased.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use super::account::page;
use crate::failure::Failure;
use crate::routes::{AccountPage, Page};
use crate::wire::{Cookie, Message, Next, answer, context};
use domain::form::FieldErrors;
use domain::identity::personal::{DataDraft, ErasureDraft};
use leptos::prelude::*;

/// Voir mes données: with the password, unless it was given a moment ago.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ShowData, prefix = "/api", endpoint = "data/show")]
pub async fn show(draft: DataDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let renewed = cx.services.confirm_for_data(cx.visit()?, &draft, &cx.origin).await?;
        Ok(Next::page(page(&draft.site, AccountPage::DataRead)).renewing(renewed))
    };
    answer(&cx, &page(&draft.site, AccountPage::Data), FieldErrors::default(), outcome.await)
}

/// Effacer mes données: nothing of the person stays in this browser either.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Erase, prefix = "/api", endpoint = "data/erase")]
pub async fn erase(draft: ErasureDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.services.erase_personal_data(cx.visit()?, &draft, &cx.origin).await?;
        Ok(Next::page(Page::SignIn).clear(Cookie::Session).clear(Cookie::Device).saying(Message::Erased).forgetting_pages())
    };
    answer(&cx, &page(&draft.site, AccountPage::Erase), FieldErrors::default(), outcome.await)
}
