//! Handing rights on to a collaborator on several clients at once, and ending them together (S112, A42).
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::{FirmPage, Page};
use crate::wire::{Context, Cookie, Handing, Message, Next, answer, context};
use domain::delegations::Function;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::form::{FieldErrors, Reason};
use domain::id::{DelegationId, SiteId};
use domain::identity::password::Password;
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::{Fault, MOST_CLIENTS};

/// Step 1: which clients, whom, from when, until when.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ChooseDraft {
    /// The clients.
    pub sites: Vec<String>,
    /// Whom and when.
    pub who: BeneficiaryDraft,
}

/// Step 2: the grid.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct HandDraft {
    /// Colleges and modes.
    pub grid: RightsDraft,
    /// What is chosen for a whole column.
    pub column: String,
    /// Whether the grid is only to be shown again, with that column.
    pub redraw: String,
    /// The password, when it was given too long ago.
    pub current: String,
}

/// Lines to be ended.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EndDraft {
    /// `site:line`, as often as there are.
    pub lines: Vec<String>,
    /// The password, when it was given too long ago.
    pub current: String,
}

fn current(typed: &str) -> Result<Option<Password>, Fault> {
    if typed.is_empty() {
        return Ok(None);
    }
    let mut form = domain::form::Collector::new();
    let password = form.secret("current", typed, Password::attempt);
    Ok(form.finish(password).map(Some)?)
}

/// What was typed in step 1, with the clients that were chosen.
fn kept(draft: &ChooseDraft) -> FieldErrors {
    let mut kept = draft.who.kept();
    kept.typed.push(("sites".to_owned(), draft.sites.join(",").chars().take(27 * MOST_CLIENTS).collect()));
    kept
}

/// Step 1.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ChooseClients, prefix = "/api", endpoint = "handing_on/choose_clients")]
pub async fn choose_clients(draft: ChooseDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async { choose(&cx, &draft) };
    answer(&cx, &Page::Firm(FirmPage::Collaborators), kept(&draft), outcome.await)
}

fn choose(cx: &Context, draft: &ChooseDraft) -> Result<Next, Fault> {
    let visit = cx.visit()?;
    let mut sites: Vec<SiteId> = draft.sites.iter().filter_map(|site| site.parse().ok()).collect();
    sites.sort();
    sites.dedup();
    let who = BeneficiaryDraft { kind: "user".to_owned(), siret: String::new(), ..draft.who.clone() };
    let parsed = who.parse(cx.services.clock().today());
    let mut errors = parsed.err().unwrap_or_default();
    let number = match sites.len() {
        0 => Some(Reason::Choose),
        number if number > MOST_CLIENTS => Some(Reason::TooLong),
        _ => None,
    };
    errors.errors.splice(0..0, number.map(|reason| ("sites".to_owned(), reason)));
    if !errors.errors.is_empty() {
        return Err(FieldErrors { typed: Vec::new(), ..errors }.into());
    }
    let handing = Handing { account: visit.session.actor.account.clone(), sites, who };
    Next::page(Page::Firm(FirmPage::HandOn)).sealed(cx, Cookie::Handing, &handing)
}

/// Step 2: hands on; one invitation leaves by mail.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = HandOn, prefix = "/api", endpoint = "handing_on/hand_on")]
pub async fn hand_on(draft: HandDraft) -> Result<(), Failure> {
    let cx = context()?;
    let mut grid = draft.grid.clone();
    if !draft.redraw.is_empty() {
        grid.rights = Function::ALL.map(|function| (function.code().to_owned(), draft.column.clone())).into();
    }
    let outcome = give(&cx, &draft, &grid).await;
    answer(&cx, &Page::Firm(FirmPage::HandOn), grid.kept(), outcome)
}

async fn give(cx: &Context, draft: &HandDraft, grid: &RightsDraft) -> Result<Next, Fault> {
    let visit = cx.visit()?;
    if !draft.redraw.is_empty() {
        return Ok(Next::page(Page::Firm(FirmPage::HandOn)).saying(Message::Redrawn(grid.kept(), false)));
    }
    let handing = cx.handing().ok_or(Refusal::FlowLost)?;
    let current = current(&draft.current)?;
    let (report, session) = cx.services.hand_on(visit, &handing.sites, &handing.who, grid, current.as_ref(), &cx.origin).await?;
    let next = Next::page(Page::Firm(FirmPage::Collaborators)).clear(Cookie::Handing);
    Ok(next.saying(Message::Reported(report, false)).renewing(session))
}

/// Ends several lines of one or more collaborators.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = EndSeveral, prefix = "/api", endpoint = "handing_on/end_several")]
pub async fn end_several(draft: EndDraft) -> Result<(), Failure> {
    let cx = context()?;
    let page = Page::Firm(FirmPage::Collaborators);
    let outcome = async {
        let visit = cx.visit()?;
        let pair = |text: &String| {
            let (site, key) = text.split_once(':')?;
            Some((site.parse::<SiteId>().ok()?, key.parse::<DelegationId>().ok()?))
        };
        let lines: Vec<_> = draft.lines.iter().filter_map(pair).collect();
        if lines.is_empty() {
            let errors = vec![("lines".to_owned(), Reason::Choose)];
            return Err(FieldErrors { errors, typed: Vec::new() }.into());
        }
        let (report, session) = cx.services.end_several(visit, &lines, current(&draft.current)?.as_ref(), &cx.origin).await?;
        Ok(Next::page(page.clone()).saying(Message::Reported(report, true)).renewing(session))
    };
    // The lines that were ticked stay ticked while the password is asked for.
    let typed = vec![("lines".to_owned(), draft.lines.join(",").chars().take(54 * 20).collect())];
    answer(&cx, &page, FieldErrors { errors: Vec::new(), typed }, outcome.await)
}
