//! Prolonger: the same rights until a later day, from the page of a beneficiary.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::{Page, RightsPage};
use crate::wire::{Context, Message, Next, Saved, answer, context};
use domain::form::FieldErrors;
use domain::id::{DelegationId, SiteId};
use domain::identity::password::Password;
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::Fault;

/// The form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProlongDraft {
    /// The site.
    pub site: String,
    /// The line.
    pub key: String,
    /// Its revision when the page was drawn.
    pub rev: String,
    /// New last day.
    pub ends: String,
    /// The password, when it was given too long ago.
    pub current: String,
}

/// Prolongs somebody's rights in one step.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Prolong, prefix = "/api", endpoint = "delegation/prolong")]
pub async fn prolong(draft: ProlongDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = save(&cx, &draft).await;
    let form = match (draft.site.parse::<SiteId>(), draft.key.parse()) {
        (Ok(site), Ok(key)) => Page::Rights(site, RightsPage::Line(key)),
        _ => Page::Sites,
    };
    let typed = FieldErrors { typed: vec![("ends".to_owned(), draft.ends.chars().take(20).collect())], ..FieldErrors::default() };
    answer(&cx, &form, typed, outcome)
}

async fn save(cx: &Context, draft: &ProlongDraft) -> Result<Next, Fault> {
    let visit = cx.visit()?;
    let missing = || Fault::from(Refusal::NotFound);
    let site: SiteId = draft.site.parse().map_err(|_| missing())?;
    let key: DelegationId = draft.key.parse().map_err(|_| missing())?;
    let rev = draft.rev.parse().map_err(|_| Refusal::Conflict)?;
    let mut form = domain::form::Collector::new();
    let typed = if draft.current.is_empty() { Some(None) } else { form.secret("current", &draft.current, Password::attempt).map(Some) };
    let current = form.finish(typed)?;
    let session = cx.services.prolong_rights(visit, &site, (&key, rev), &draft.ends, current.as_ref(), &cx.origin).await?;
    Ok(Next::page(Page::Rights(site, RightsPage::Line(key))).saying(Message::Saved(Saved::Rights)).renewing(session))
}
