//! One mail about several things: each of them on a line, by site.

use super::{Said, line, said};
use services::ports::MailContent;

/// One of several things a mail is about.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) kind: &'static str,
    pub(super) site: String,
    pub(super) who: String,
    pub(super) by: String,
    pub(super) ends: String,
}

/// What a mail about several things is about, by site.
pub(super) fn items(content: &MailContent) -> Vec<Item> {
    let MailContent::RightsDigest { items, .. } = content else { return Vec::new() };
    let mut all: Vec<Item> = items
        .iter()
        .map(|item| {
            let Said { site, who, by, change, .. } = said(item);
            Item { kind: item.kind(), site: line(site), who: line(who), by: line(by), ends: line(&change) }
        })
        .collect();
    all.sort_by_key(|item| domain::text::fold(&item.site));
    all
}

/// One mail about one thing of each kind.
pub(super) fn sample(first: &str, site: &str, who: &str) -> MailContent {
    let (first, site, who, by) = (first.to_owned(), site.to_owned(), who.to_owned(), "Claire Martin".to_owned());
    let (ends, page) = ("2026-12-31".to_owned(), String::new());
    let other = || "Martin Maçonnerie – Valence".to_owned();
    let items = vec![
        MailContent::InvitationAccepted { first: first.clone(), who: who.clone(), site: site.clone() },
        MailContent::RightsModified { first: first.clone(), site: site.clone(), by: by.clone() },
        MailContent::RightsClosed { first: first.clone(), site: other(), by: by.clone() },
        MailContent::FirmRemoved { first: first.clone(), site: site.clone(), by: by.clone() },
        MailContent::CollaboratorClosed { first: first.clone(), who: who.clone(), site: other(), by },
        MailContent::RightsEnding {
            first: first.clone(),
            who: who.clone(),
            site: site.clone(),
            ends: ends.clone(),
            own: false,
            page: page.clone(),
        },
        MailContent::RightsEnding {
            first: first.clone(),
            who: who.clone(),
            site: other(),
            ends: ends.clone(),
            own: true,
            page: page.clone(),
        },
        MailContent::RightsExpired { first: first.clone(), who: who.clone(), site, ends: ends.clone(), own: true, page: page.clone() },
        MailContent::RightsExpired { first: first.clone(), who, site: other(), ends, own: false, page },
    ];
    MailContent::RightsDigest { first, items }
}
