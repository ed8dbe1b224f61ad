//! How mails about rights leave, site by site.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use super::account::page;
use crate::failure::Failure;
use crate::routes::AccountPage;
use crate::wire::{Message, Next, Saved, answer, context};
use domain::form::FieldErrors;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationsDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// A rhythm a site, whose id stands after an `s`: a key that begins with a digit would be read as a place in a list.
    pub rhythms: HashMap<String, String>,
}

/// Keeps the choices of a person.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SaveNotifications, prefix = "/api", endpoint = "account/notifications")]
pub async fn save_notifications(draft: NotificationsDraft) -> Result<(), Failure> {
    let cx = context()?;
    let here = page(&draft.site, AccountPage::Notifications);
    let outcome = async {
        let typed = draft.rhythms.iter().map(|(site, rhythm)| (site.trim_start_matches('s'), rhythm.as_str()));
        cx.services.save_notifications(cx.visit()?, typed, &cx.origin).await?;
        Ok(Next::page(here.clone()).saying(Message::Saved(Saved::Notifications)))
    };
    let outcome = outcome.await;
    answer(&cx, &here, FieldErrors::default(), outcome)
}
