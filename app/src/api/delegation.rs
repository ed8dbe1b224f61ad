//! Giving rights, changing them, ending them, accepting them (S107–S148).

#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::{Page, RightsPage};
use crate::wire::{Context, Cookie, Giving, Message, Next, Saved, answer, context};
use domain::delegations::Function;
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::form::FieldErrors;
use domain::home::Service;
use domain::id::{DelegationId, SiteId};
use domain::identity::opening::AccountDraft;
use domain::identity::password::Password;
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::{Change, Fault, Purpose};

/// Step 1 (S126–S129).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WhoDraft {
    /// The site.
    pub site: String,
    /// Whom, from when, until when.
    pub who: BeneficiaryDraft,
}

/// Step 2, and the form that changes rights.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct GridDraft {
    /// The site.
    pub site: String,
    /// The line that is changed; empty when rights are given.
    pub key: String,
    /// Its revision when the page was drawn.
    pub rev: String,
    /// First day, where it can be changed.
    pub starts: String,
    /// Last day, likewise.
    pub ends: String,
    /// Box, colleges, modes.
    pub grid: RightsDraft,
    /// What is chosen for a whole column (S137).
    pub column: String,
    /// Whether the grid is only to be shown again: `column` or `preview`.
    pub redraw: String,
    /// The password, when it was given too long ago.
    pub current: String,
}

/// One line, and one thing to do with it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LineDraft {
    /// The site.
    pub site: String,
    /// The line.
    pub key: String,
    /// Whether it is a firm's.
    pub firm: String,
    /// The password, when it was given too long ago.
    pub current: String,
}

fn site(typed: &str) -> Result<SiteId, Fault> {
    typed.parse().map_err(|_| Refusal::NotFound.into())
}

fn key(typed: &str) -> Result<DelegationId, Fault> {
    typed.parse().map_err(|_| Refusal::NotFound.into())
}

fn current(typed: &str) -> Result<Option<Password>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let mut form = domain::form::Collector::new();
    let password = form.secret("current", typed, Password::attempt);
    Ok(form.finish(password).map(Some)?)
}

/// A page about rights of a site; an id that is none leads to the list of sites.
fn page(site: &str, to: impl FnOnce() -> Option<RightsPage>) -> Page {
    match (site.parse::<SiteId>(), to()) {
        (Ok(site), Some(page)) => Page::Rights(site, page),
        (Ok(site), None) => Page::Service(site, Service::AccessRights),
        (Err(_), _) => Page::Sites,
    }
}

/// Step 1 of a delegation.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = CheckBeneficiary, prefix = "/api", endpoint = "delegation/check_beneficiary")]
pub async fn check_beneficiary(draft: WhoDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = begin(&cx, &draft).await;
    answer(&cx, &page(&draft.site, || Some(RightsPage::New)), draft.who.kept(), outcome)
}

async fn begin(cx: &Context, draft: &WhoDraft) -> Result<Next, Fault> {
    let (visit, site) = (cx.visit()?, site(&draft.site)?);
    cx.services.check_beneficiary(visit, &site, &draft.who).await?;
    // Coming back to step 1 keeps what step 2 began with.
    let rights = cx.giving(&site).and_then(|giving| giving.rights.clone());
    let giving = Giving { site: site.clone(), account: visit.session.actor.account.clone(), who: draft.who.clone(), rights };
    Next::page(Page::Rights(site, RightsPage::Grant)).sealed(cx, Cookie::Giving, &giving)
}

/// Where the grid stands: step 2, or the page that changes a line.
fn grid_page(draft: &GridDraft) -> Page {
    page(&draft.site, || if draft.key.is_empty() { Some(RightsPage::Grant) } else { draft.key.parse().ok().map(RightsPage::Modify) })
}

/// What was typed in the form of a grid.
fn typed(draft: &GridDraft) -> FieldErrors {
    let mut kept = draft.grid.kept();
    kept.typed.push(("starts".to_owned(), draft.starts.chars().take(20).collect()));
    kept.typed.push(("ends".to_owned(), draft.ends.chars().take(20).collect()));
    kept
}

/// Draws the grid again without saving: with a whole column chosen (S137), or with what the rights would open beside it.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = RedrawGrid, prefix = "/api", endpoint = "delegation/redraw_grid")]
pub async fn redraw_grid(draft: GridDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.visit()?;
        let mut draft = draft.clone();
        let is_preview = draft.redraw == "preview";
        if !is_preview {
            draft.grid.rights = Function::ALL.map(|function| (function.code().to_owned(), draft.column.clone())).into();
        }
        Ok(Next::page(grid_page(&draft)).saying(Message::Redrawn(typed(&draft), is_preview)))
    };
    answer(&cx, &grid_page(&draft), typed(&draft), outcome.await)
}

/// Step 2: gives the rights; the invitation leaves by mail (S140, S141).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Delegate, prefix = "/api", endpoint = "delegation/delegate")]
pub async fn delegate(draft: GridDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = give(&cx, &draft).await;
    // What is wrong with step 1 is mended there.
    let is_first = |fields: &FieldErrors| ["kind", "email", "siret", "starts", "ends"].iter().any(|field| fields.reason(field).is_some());
    let (form, typed) = match &outcome {
        Err(Fault::Refused(Refusal::Invalid(fields))) if is_first(fields) => {
            let who = draft.site.parse().ok().and_then(|site| cx.giving(&site)).map(|giving| giving.who.kept()).unwrap_or_default();
            (page(&draft.site, || Some(RightsPage::New)), who)
        }
        _ => (grid_page(&draft), typed(&draft)),
    };
    answer(&cx, &form, typed, outcome)
}

async fn give(cx: &Context, draft: &GridDraft) -> Result<Next, Fault> {
    let (visit, site) = (cx.visit()?, site(&draft.site)?);
    let who = &cx.giving(&site).ok_or(Refusal::FlowLost)?.who;
    let session = cx.services.delegate(visit, &site, who, &draft.grid, current(&draft.current)?.as_ref(), &cx.origin).await?;
    let list = Next::page(Page::Service(site, Service::AccessRights)).clear(Cookie::Giving);
    Ok(list.saying(Message::Saved(Saved::Invited)).renewing(session))
}

/// Modification of a user's rights (S113).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ModifyRights, prefix = "/api", endpoint = "delegation/modify_rights")]
pub async fn modify_rights(draft: GridDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (visit, site, key) = (cx.visit()?, site(&draft.site)?, key(&draft.key)?);
        let change = Change {
            key: &key,
            rev: draft.rev.parse().map_err(|_| Refusal::Conflict)?,
            starts: &draft.starts,
            ends: &draft.ends,
            rights: &draft.grid,
        };
        let session = cx.services.modify_rights(visit, &site, &change, current(&draft.current)?.as_ref(), &cx.origin).await?;
        Ok(Next::page(Page::Rights(site, RightsPage::Line(key))).saying(Message::Saved(Saved::Rights)).renewing(session))
    };
    answer(&cx, &grid_page(&draft), typed(&draft), outcome.await)
}

fn line_page(draft: &LineDraft, to: impl FnOnce(DelegationId) -> RightsPage) -> Page {
    page(&draft.site, || draft.key.parse().ok().map(to))
}

/// Fermeture, Suppression, and taking an invitation back (A31).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = EndRights, prefix = "/api", endpoint = "delegation/end_rights")]
pub async fn end_rights(draft: LineDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (visit, site, key) = (cx.visit()?, site(&draft.site)?, key(&draft.key)?);
        let act = if draft.firm.is_empty() { Act::Close } else { Act::Delete };
        let session = cx.services.end_rights(visit, &site, &key, act, current(&draft.current)?.as_ref(), &cx.origin).await?;
        Ok(Next::page(Page::Service(site, Service::AccessRights)).saying(Message::Saved(Saved::RightsEnded)).renewing(session))
    };
    answer(&cx, &line_page(&draft, RightsPage::End), FieldErrors::default(), outcome.await)
}

/// Ends a firm's rights and begins to give the same again, to be changed before they are given (A33).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = RecreateRights, prefix = "/api", endpoint = "delegation/recreate_rights")]
pub async fn recreate_rights(draft: LineDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (visit, site, key) = (cx.visit()?, site(&draft.site)?, key(&draft.key)?);
        let before = cx.services.beneficiary(visit, &site, &key).await?;
        let act = if draft.firm.is_empty() { Act::Close } else { Act::Delete };
        let session = cx.services.end_rights(visit, &site, &key, act, current(&draft.current)?.as_ref(), &cx.origin).await?;
        let giving = Giving {
            site: site.clone(),
            account: visit.session.actor.account.clone(),
            who: before.again(cx.services.clock().today()),
            rights: Some(before.draft()),
        };
        let next = Next::page(Page::Rights(site, RightsPage::New)).saying(Message::Saved(Saved::RightsEnded)).renewing(session);
        next.sealed(&cx, Cookie::Giving, &giving)
    };
    answer(&cx, &line_page(&draft, RightsPage::End), FieldErrors::default(), outcome.await)
}

/// Sends an invitation again.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ResendInvitation, prefix = "/api", endpoint = "delegation/resend_invitation")]
pub async fn resend_invitation(draft: LineDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (visit, site, key) = (cx.visit()?, site(&draft.site)?, key(&draft.key)?);
        cx.services.resend_invitation(visit, &site, &key, &cx.origin).await?;
        Ok(Next::page(Page::Rights(site, RightsPage::Line(key))).saying(Message::Saved(Saved::InvitedAgain)))
    };
    answer(&cx, &line_page(&draft, RightsPage::Line), FieldErrors::default(), outcome.await)
}

/// Whoever is logged in accepts the invitation they followed.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = AcceptInvitation, prefix = "/api", endpoint = "delegation/accept_invitation")]
pub async fn accept_invitation() -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let visit = cx.visit()?;
        let secret = cx.link.as_deref().ok_or(Refusal::DeadLink)?;
        let site = cx.services.accept_invitation(visit, secret, &cx.origin).await?;
        let to = if site.is_open { Page::Home(site.id) } else { Page::Sites };
        Ok(Next::page(to).clear(Cookie::Link).saying(Message::Saved(Saved::Accepted)))
    };
    answer(&cx, &Page::Link(Purpose::Invitation), FieldErrors::default(), outcome.await)
}

/// Somebody without account accepts, and has one afterwards (A45).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = AcceptAsNew, prefix = "/api", endpoint = "delegation/accept_as_new")]
pub async fn accept_as_new(draft: AccountDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let secret = cx.link.as_deref().ok_or(Refusal::DeadLink)?;
        cx.services.accept_as_new(secret, &draft, &cx.origin).await?;
        Ok(Next::page(Page::SignIn).clear(Cookie::Link).saying(Message::Saved(Saved::Joined)))
    };
    answer(&cx, &Page::Link(Purpose::Invitation), draft.kept(), outcome.await)
}
