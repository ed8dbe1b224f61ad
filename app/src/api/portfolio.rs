//! The clients of somebody of an accounting firm: marks, and requests for access.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::{FirmPage, Page, RightsPage};
use crate::wire::{Context, Cookie, Giving, Message, Next, Saved, answer, context};
use domain::delegations::Function;
use domain::form::FieldErrors;
use domain::home::Service;
use domain::id::{AccessRequestId, SiteId};
use domain::portfolio::request::AccessDraft;
use domain::refusal::Refusal;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use services::Fault;

/// One mark of the list.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FavouriteDraft {
    /// `on:` or `off:`, and the site.
    pub star: String,
    /// Query of the list it was pressed in: where one comes back to.
    pub query: String,
}

/// The form that asks for access.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AskDraft {
    /// SIRET of the firm.
    pub siret: String,
    /// SIRETs of the sites.
    pub sirets: String,
    /// Words to the employer.
    pub message: String,
    /// The rights asked for.
    pub grid: domain::delegations::beneficiary::RightsDraft,
    /// What is chosen for a whole column.
    pub column: String,
    /// Whether the grid is only to be shown again, with that column.
    pub redraw: String,
}

/// A request, and one thing to do with it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestDraft {
    /// The site.
    pub site: String,
    /// The request.
    pub key: String,
}

impl AskDraft {
    fn access(&self) -> AccessDraft {
        let mut grid = self.grid.clone();
        if !self.redraw.is_empty() {
            grid.rights = Function::ALL.map(|function| (function.code().to_owned(), self.column.clone())).into();
        }
        AccessDraft { siret: self.siret.clone(), sirets: self.sirets.clone(), message: self.message.clone(), grid }
    }
}

/// Marks a client, or takes the mark away.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SetFavourite, prefix = "/api", endpoint = "portfolio/set_favourite")]
pub async fn set_favourite(draft: FavouriteDraft) -> Result<(), Failure> {
    let cx = context()?;
    let page = Page::Firm(FirmPage::Clients);
    let outcome = async {
        let visit = cx.visit()?;
        let (mark, site) = draft.star.split_once(':').ok_or(Refusal::NotFound)?;
        let site: SiteId = site.parse().map_err(|_| Refusal::NotFound)?;
        cx.services.set_favourite(visit, &site, mark == "on", &cx.origin).await?;
        Ok(Next::page(page.clone()).with_query(&draft.query))
    };
    answer(&cx, &page, FieldErrors::default(), outcome.await)
}

/// Asks for rights on several sites.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = AskAccess, prefix = "/api", endpoint = "portfolio/ask_access")]
pub async fn ask_access(draft: AskDraft) -> Result<(), Failure> {
    let cx = context()?;
    let (page, access) = (Page::Firm(FirmPage::Requests), draft.access());
    let outcome = async {
        let visit = cx.visit()?;
        if !draft.redraw.is_empty() {
            return Ok(Next::page(page.clone()).saying(Message::Redrawn(access.kept(), false)));
        }
        let asked = cx.services.ask_access(visit, &access, &cx.origin).await.map_err(light)?;
        Ok(Next::page(page.clone()).saying(Message::AccessAsked(asked.new, asked.known)))
    };
    answer(&cx, &page, access.kept(), outcome.await)
}

/// A refusal without what was typed, which travels beside it: a cookie holds it once.
fn light(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Refusal::Invalid(mut fields)) => {
            fields.typed.clear();
            fields.into()
        }
        other => other,
    }
}

/// A page of rights of a site; what is no site leads to the list of sites.
fn page(draft: &RequestDraft) -> Page {
    match (draft.site.parse::<SiteId>(), draft.key.parse::<AccessRequestId>()) {
        (Ok(site), Ok(key)) => Page::Rights(site, RightsPage::Request(key)),
        (Ok(site), Err(_)) => Page::Service(site, Service::AccessRights),
        (Err(_), _) => Page::Sites,
    }
}

fn ids(draft: &RequestDraft) -> Result<(SiteId, AccessRequestId), Refusal> {
    Ok((draft.site.parse().map_err(|_| Refusal::NotFound)?, draft.key.parse().map_err(|_| Refusal::NotFound)?))
}

/// Begins to give what was asked for: the two steps of a delegation, filled in; nothing is given before the second is sent.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = ExamineAccess, prefix = "/api", endpoint = "portfolio/examine_access")]
pub async fn examine_access(draft: RequestDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = examine(&cx, &draft).await;
    answer(&cx, &page(&draft), FieldErrors::default(), outcome)
}

async fn examine(cx: &Context, draft: &RequestDraft) -> Result<Next, Fault> {
    let (visit, (site, key)) = (cx.visit()?, ids(draft)?);
    let request = cx.services.access_request(visit, &site, &key).await?;
    let giving = Giving {
        site: site.clone(),
        account: visit.session.actor.account.clone(),
        who: request.who(cx.services.clock().today()),
        rights: Some(request.draft()),
    };
    Next::page(Page::Rights(site, RightsPage::Grant)).sealed(cx, Cookie::Giving, &giving)
}

/// Refuses a request.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = RefuseAccess, prefix = "/api", endpoint = "portfolio/refuse_access")]
pub async fn refuse_access(draft: RequestDraft) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let (visit, (site, key)) = (cx.visit()?, ids(&draft)?);
        cx.services.refuse_access(visit, &site, &key, &cx.origin).await?;
        Ok(Next::page(Page::Service(site, Service::AccessRights)).saying(Message::Saved(Saved::AccessRefused)))
    };
    answer(&cx, &page(&draft), FieldErrors::default(), outcome.await)
}
