//! The shared journal of a site: filters, lines newest first, the file.

use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{Page, RightsPage};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::account::moment;
use crate::words::journal as words;
use domain::csv;
use domain::delegations::journal::{Family, JournalQuery};
use domain::home::Service;
use domain::id::SiteId;
use leptos::prelude::*;
use services::{Fault, Journal, JournalEntry};

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId, around: Frame) -> Result<Loaded, Fault> {
    let query = JournalQuery::parse(cx.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let journal = cx.services.journal(cx.visit()?, site, &query).await?;
    let (sheet, site) = (icons(cx), site.clone());
    Ok(Loaded::new("Journal du site", around, move || {
        let content = if journal.entries.is_empty() {
            view! { <p class="card empty" role="status">{words::EMPTY}</p> }.into_any()
        } else {
            table(&site, &journal)
        };
        view! {
            <div class="stack">
                <hgroup><h1>"Journal du site"</h1><p class="soft">{words::LEAD}</p></hgroup>
                {filters(&sheet, &site, &query)}
                {content}
                {pages(&site, &query, &journal)}
                <p><a href=Page::Service(site.clone(), Service::AccessRights).path()>"Revenir à la liste"</a></p>
            </div>
        }
        .into_any()
    }))
}

fn path(site: &SiteId) -> String {
    Page::Rights(site.clone(), RightsPage::Journal).path()
}

fn filters(sheet: &str, site: &SiteId, query: &JournalQuery) -> AnyView {
    let options = Family::ALL
        .into_iter()
        .map(|family| {
            let chosen = query.family == Some(family);
            view! { <option value=family.code() selected=chosen>{words::family(family)}</option> }
        })
        .collect_view();
    let input = |name: &'static str, kind: &'static str, label: &'static str, value: String| {
        view! {
            <div class="field">
                <label for=name>{label}</label>
                <input id=name name=name type=kind value=value autocomplete="off" maxlength="100"/>
            </div>
        }
    };
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let file = format!("{}.csv{}", path(site), JournalQuery { after: None, ..query.clone() }.suffix());
    let clear = query.is_filtered().then(|| view! { <a class="btn" href=path(site)>"Effacer les filtres"</a> });
    view! {
        <form class="card stack tight" id="filtres-journal" method="get" action=path(site) role="search" aria-label="Filtrer le journal">
            <div class="pair">
                <div class="field">
                    <label for="quoi">"Opération"</label>
                    <select id="quoi" name="quoi"><option value="">"Toutes"</option>{options}</select>
                </div>
                {input("personne", "text", "Personne (nom ou adresse mail)", query.person.clone())}
            </div>
            <div class="pair">
                {input("du", "date", "Du", day(query.from))}
                {input("au", "date", "Au", day(query.until))}
            </div>
            <p class="row">
                <button class="btn primary">"Filtrer"</button>
                {clear}
                <a class="btn" href=file download="">{icon(sheet, "download")}"Exporter (CSV)"</a>
            </p>
        </form>
    }
    .into_any()
}

fn table(site: &SiteId, journal: &Journal) -> AnyView {
    let heads = words::COLUMNS.map(|column| view! { <th scope="col">{column}</th> }).collect_view();
    let rows = journal.entries.iter().map(|entry| row(site, entry)).collect_view();
    view! {
        <div class="card tablewrap" id="lignes-journal" tabindex="0" role="region" aria-label="Journal du site">
            <table class="list">
                <caption class="sr-only">"Lignes du journal, la plus récente d’abord"</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(site: &SiteId, entry: &JournalEntry) -> AnyView {
    let [at, what, by, about, behalf, rights] = cells(entry);
    // On a phone, where every cell is a line, an empty one is left out.
    let [of_by, of_about, of_behalf, of_rights] = [&by, &about, &behalf, &rights].map(|text| text.is_empty().then_some("none"));
    let about = match &entry.line {
        Some(key) if !about.is_empty() => {
            let to = Page::Rights(site.clone(), RightsPage::Line(key.clone())).path();
            view! { <a href=to>{about}</a> }.into_any()
        }
        _ => about.into_any(),
    };
    let labels = words::COLUMNS;
    view! {
        <tr>
            <th scope="row">{at}</th>
            <td data-label=labels[1]>{what}</td>
            <td class=of_by data-label=labels[2]>{by}</td>
            <td class=of_about data-label=labels[3]>{about}</td>
            <td class=of_behalf data-label=labels[4]>{behalf}</td>
            <td class=of_rights data-label=labels[5]>{rights}</td>
        </tr>
    }
    .into_any()
}

/// A line in words, in the order of the columns.
fn cells(entry: &JournalEntry) -> [String; 6] {
    [
        moment(entry.at),
        words::event(&entry.what).to_owned(),
        words::by(&entry.by),
        words::about(&entry.about),
        entry.behalf.clone().unwrap_or_default(),
        entry.rights.as_ref().map(words::rights).unwrap_or_default(),
    ]
}

fn pages(site: &SiteId, query: &JournalQuery, journal: &Journal) -> Option<AnyView> {
    let newest = query.after.is_some().then(|| {
        let to = format!("{}{}", path(site), JournalQuery { after: None, ..query.clone() }.suffix());
        view! { <a class="btn" href=to>"Les plus récentes"</a> }
    });
    let older = journal.older.clone().map(|mark| {
        let to = format!("{}{}", path(site), JournalQuery { after: Some(mark), ..query.clone() }.suffix());
        view! { <a class="btn" href=to rel="next">"Lignes plus anciennes"</a> }
    });
    (newest.is_some() || older.is_some()).then(|| view! { <nav class="row" aria-label="Pages du journal">{newest}{older}</nav> }.into_any())
}

/// The lines as a file for spreadsheets; moments as `2026-11-24 11:05:00`, Europe/Paris.
#[must_use]
pub fn file(entries: &[JournalEntry]) -> String {
    let mut text = csv::MARK.to_owned();
    csv::line(&mut text, words::COLUMNS);
    for entry in entries {
        let mut cells = cells(entry);
        cells[0] = entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string();
        csv::line(&mut text, cells.iter().map(String::as_str));
    }
    text
}
