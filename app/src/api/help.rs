//! The portal's own help: opinions, news that were read, tours that were taken, the sidebar.
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::{Access, Page};
use crate::wire::{Guide, Message, Next, answer, context};
use crate::words::help::tour_name;
use crate::words::{self, questions};
use domain::form::FieldErrors;
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::{Fault, Guided};

/// The page a form was on, if it is one of this site; its home otherwise.
fn here(site: &SiteId, page: &str) -> Page {
    let path = page.split('?').next().unwrap_or_default();
    Page::wanted(path).filter(|page| page.access() == Access::Site(site.clone())).unwrap_or_else(|| Page::Home(site.clone()))
}

fn site(text: &str) -> Result<SiteId, Fault> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

/// The page a tour was of: one of this site, or one outside any for whoever is logged in.
fn toured(site: &str, page: &str) -> Result<Page, Fault> {
    if site.is_empty() {
        return Page::wanted(page).filter(|page| page.access() == Access::Person).ok_or_else(|| Refusal::NotFound.into());
    }
    Ok(here(&self::site(site)?, page))
}

/// Counts whether an answer helped (S92).
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = Opinion, prefix = "/api", endpoint = "help/opinion")]
pub async fn opinion(
    #[server(default)] site: String,
    #[server(default)] question: String,
    #[server(default)] helped: String,
) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        cx.visit()?;
        let site = self::site(&site)?;
        let found = questions::find(&question).ok_or(Refusal::NotFound)?;
        let helped = helped == "oui";
        cx.services.note_opinion(found.id, helped).await?;
        let back = Next::page(Page::Service(site, Service::Questions)).with_query(&format!("question={}", found.id));
        Ok(back.saying(Message::Guide(Guide::Opinion(helped))))
    };
    let outcome = outcome.await;
    answer(&cx, &Page::Sites, FieldErrors::default(), outcome)
}

/// Puts the announcement of a home away (S94), and leads back there. News that was not shown is still new: it is read on its own page.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = NewsRead, prefix = "/api", endpoint = "help/news_read")]
pub async fn news_read(#[server(default)] site: String, #[server(default)] news: String) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let visit = cx.visit()?;
        let site = self::site(&site)?;
        // A piece that this version has no more is announced by none of its homes.
        if let Some(piece) = words::news::find(&news).filter(|piece| piece.is_important) {
            cx.services.remember(visit, Guided::Announced(piece.id)).await?;
        }
        Ok(Next::page(Page::Home(site)))
    };
    let outcome = outcome.await;
    answer(&cx, &Page::Sites, FieldErrors::default(), outcome)
}

/// Notes that the tour of a page was taken (S95), and leads to the page.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = TourTaken, prefix = "/api", endpoint = "help/tour_taken")]
pub async fn tour_taken(#[server(default)] site: String, #[server(default)] page: String) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let visit = cx.visit()?;
        let about = toured(&site, &page)?;
        cx.services.remember(visit, Guided::Tour(&tour_name(&about))).await?;
        Ok(Next::page(about))
    };
    let outcome = outcome.await;
    answer(&cx, &Page::Sites, FieldErrors::default(), outcome)
}

/// Folds the functional sidebar to its icons, or unfolds it.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = FoldSidebar, prefix = "/api", endpoint = "help/sidebar")]
pub async fn fold_sidebar(
    #[server(default)] site: String,
    #[server(default)] page: String,
    #[server(default)] folded: String,
) -> Result<(), Failure> {
    let cx = context()?;
    let outcome = async {
        let visit = cx.visit()?;
        let site = self::site(&site)?;
        cx.services.remember(visit, Guided::Folded(folded == "oui")).await?;
        // As it was asked for: its filters, the page a panel is about.
        let query = page.split_once('?').map_or("", |(_, query)| query);
        Ok(Next::page(here(&site, &page)).with_query(query))
    };
    let outcome = outcome.await;
    answer(&cx, &Page::Sites, FieldErrors::default(), outcome)
}
