//! What people of an accounting firm see over all their clients (S111, S112): the clients, what was handed on, requests for access.

mod clients;
mod collaborators;
mod filter;
mod hand_on;
mod requests;
mod row;

use crate::document::Loaded;
use crate::pages::Answer;
use crate::routes::{FirmPage, Page};
use crate::wire::Context;
use crate::words::portfolio as words;
use leptos::prelude::*;
use services::Fault;

/// A page over all clients.
pub(super) async fn load(cx: &Context, page: FirmPage) -> Result<Answer, Fault> {
    let loaded = match page {
        FirmPage::Clients => return clients::load(cx).await,
        FirmPage::Collaborators => collaborators::load(cx).await?,
        FirmPage::HandOn => match cx.handing() {
            Some(handing) => hand_on::load(cx, handing).await?,
            None => return Ok(Answer::Elsewhere(Page::Firm(FirmPage::Collaborators).path())),
        },
        FirmPage::Requests => requests::load(cx).await?,
    };
    Ok(Answer::Page(Box::new(loaded)))
}

impl Answer {
    /// The same with its page changed, where it is one.
    pub(super) fn map(self, change: impl FnOnce(Loaded) -> Loaded) -> Self {
        match self {
            Self::Page(loaded) => Self::Page(Box::new(change(*loaded))),
            other => other,
        }
    }
}

/// The tabs over the pages.
fn tabs(current: FirmPage) -> AnyView {
    let tabs = FirmPage::TABS
        .into_iter()
        .map(|page| view! { <li><a href=Page::Firm(page).path() aria-current=(page == current).then_some("page")>{words::tab(page)}</a></li> })
        .collect_view();
    view! { <nav class="tabs" id="onglets-portefeuille" aria-label="Portefeuille"><ul>{tabs}</ul></nav> }.into_any()
}
