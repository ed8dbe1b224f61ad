//! From page to page (S122–S124, A29), and the whole of the list as a file.

use super::filters::{address, hidden, with_query};
use super::list::asked;
use crate::routes::Page;
use crate::ui::icon::icon;
use crate::wire::{Context, Cookie, Display};
use crate::words::list as words;
use domain::delegations::list::{ListQuery, Place, SIZES};
use domain::home::Service;
use domain::id::SiteId;
use leptos::prelude::*;
use services::BeneficiaryList;

/// A kind of file the list is exported as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListFile {
    /// Text, for any program.
    Csv,
    /// A workbook.
    Xlsx,
}

impl ListFile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// How its name ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Where it is; `site` may be the placeholder of a route.
    #[must_use]
    pub fn path(self, site: &str) -> String {
        format!("/site/{site}/droits/liste.{}", self.ending())
    }
}

/// The cookie that keeps how many lines a page has, when the address of the list says another number than the browser has (A29).
#[must_use]
pub fn kept_size(cx: &Context, page: &Page) -> Option<String> {
    let is_list = matches!(page, Page::Service(_, Service::AccessRights)) && cx.visit.is_some();
    if !is_list || cx.query("lignes").is_empty() {
        return None;
    }
    let size = asked(cx).size();
    // What is not offered is not kept.
    if cx.display.lines == size || cx.query("lignes") != size.to_string() {
        return None;
    }
    let display = Display { lines: size, ..cx.display };
    cx.services.key().seal(Cookie::Display.name(), &display, cx.services.dice()).ok().map(|sealed| Cookie::Display.set(&sealed))
}

/// First, previous, next, last, and how many lines there are a page.
pub(super) fn pager(sheet: &str, site: &SiteId, query: &ListQuery, list: &BeneficiaryList, matches: usize) -> AnyView {
    let to = |place: Place| address(site, &query.at(place));
    let before = list.before.clone().map(|cursor| {
        view! {
            <a class="btn small" href=to(Place::First)>"Première"</a>
            <a class="btn small" rel="prev" href=to(Place::Before(cursor))>{icon(sheet, "chevron-left")}"Précédente"</a>
        }
    });
    let after = list.after.clone().map(|cursor| {
        view! {
            <a class="btn small" rel="next" href=to(Place::After(cursor))>"Suivante"{icon(sheet, "chevron-right")}</a>
            <a class="btn small" href=to(Place::Last)>"Dernière"</a>
        }
    });
    view! {
        <div class="row pages" id="pages-liste">
            <nav class="pager" aria-label="Pages de la liste">{before}<span>{words::shown(list.lines.len(), matches)}</span>{after}</nav>
            {sizes(site, query)}
        </div>
    }
    .into_any()
}

fn sizes(site: &SiteId, query: &ListQuery) -> AnyView {
    let options =
        SIZES.map(|size| view! { <option value=size.to_string() selected=size == query.size()>{size.to_string()}</option> }).into_iter();
    view! {
        <form class="row tight sizes" method="get" action=Page::Service(site.clone(), Service::AccessRights).path()>
            {hidden(query, &["lignes"])}
            <label for="lignes">"Lignes par page"</label>
            <select id="lignes" name="lignes">{options.collect_view()}</select>
            <button class="btn small">"Changer"</button>
        </form>
    }
    .into_any()
}

/// Everything that is shown, all pages, as a file.
pub(super) fn exports(sheet: &str, site: &SiteId, query: &ListQuery) -> AnyView {
    let whole = query.at(Place::First);
    let links = ListFile::ALL.map(|file| {
        let label = match file {
            ListFile::Csv => "Exporter en CSV",
            ListFile::Xlsx => "Exporter en XLSX",
        };
        view! { <a class="btn small" download="" href=with_query(file.path(site.as_str()), &whole)>{icon(sheet, "download")}{label}</a> }
    });
    view! { <p class="row">{links.into_iter().collect_view()}</p> }.into_any()
}
