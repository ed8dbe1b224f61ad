//! Who holds rights on a site (S107–S148): the list, giving in two steps, the page of one, and invitations.

mod filters;
mod grid;
mod invitation;
mod journal;
mod line;
mod list;
mod pager;
mod prolong;
mod request;
mod who;

pub(super) use invitation::load as invitation;
pub use journal::file as journal_file;
pub use list::asked;
pub(super) use list::load as list;
pub use pager::{ListFile, kept_size};
pub(super) use request::notice as requests;

use super::space::frame;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::{Page, RightsPage};
use crate::wire::Context;
use domain::id::SiteId;
use services::Fault;

/// A page behind the list; none when step 1 has to come first.
pub(super) async fn load(cx: &Context, site: &SiteId, page: &RightsPage) -> Result<Option<Loaded>, Fault> {
    // Before anything else: whoever gives nothing here is not even led from one step to the other.
    cx.services.givable(cx.visit()?, site).await?;
    let around = Frame::Space(Box::new(frame(cx, site).await?), Page::Rights(site.clone(), page.clone()));
    Ok(Some(match page {
        RightsPage::New => who::load(cx, site, around).await?,
        RightsPage::Grant => match cx.giving(site) {
            Some(giving) => grid::give(cx, site, giving, around).await?,
            None => return Ok(None),
        },
        RightsPage::Line(key) => line::load(cx, site, key, around).await?,
        RightsPage::Modify(key) => grid::modify(cx, site, key, around).await?,
        RightsPage::End(key) => line::end(cx, site, key, around).await?,
        RightsPage::Request(key) => request::load(cx, site, key, around).await?,
        RightsPage::Journal => journal::load(cx, site, around).await?,
    }))
}
