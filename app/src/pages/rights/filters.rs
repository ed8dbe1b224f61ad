//! The filters of the list (S118–S121, A26–A28): a form that needs no script, and what of it is in force.

use crate::routes::Page;
use crate::ui::icon::icon;
use crate::words::{list as words, rights as rights_words, services as service_words};
use domain::delegations::Status;
use domain::delegations::list::{Column, ListQuery, Place, Sort};
use domain::home::Service;
use domain::id::SiteId;
use domain::text::{date, grouped};
use leptos::prelude::*;
use services::BeneficiaryList;

/// Where the list is that is asked for.
pub(super) fn address(site: &SiteId, query: &ListQuery) -> String {
    with_query(Page::Service(site.clone(), Service::AccessRights).path(), query)
}

/// An address with what is asked for behind it.
pub(super) fn with_query(path: String, query: &ListQuery) -> String {
    let query = query.to_query();
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// What is asked for, as hidden fields of a form that changes only `except`; from the first page.
pub(super) fn hidden(query: &ListQuery, except: &[&str]) -> AnyView {
    let query = query.at(Place::First).to_query();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('=')).filter(|(name, _)| !except.contains(name));
    pairs.map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> }).collect_view().into_any()
}

/// The form.
pub(super) fn form(sheet: &str, site: &SiteId, query: &ListQuery, list: &BeneficiaryList) -> AnyView {
    let roles = (list.roles.len() > 1).then(|| {
        let boxes = list.roles.iter().map(|role| choice("role", role.code(), service_words::role(*role), query.roles().contains(role)));
        view! { <fieldset class="stack tight"><legend>"Rôle"</legend>{boxes.collect_view()}</fieldset> }
    });
    let statuses =
        Status::ALL.map(|status| choice("statut", status.code(), rights_words::status(status), query.statuses().contains(&status)));
    let day = |value: Option<jiff::civil::Date>| value.map(|day| day.to_string()).unwrap_or_default();
    view! {
        <details class="card filters" id="filtres" open=list.matches.is_none()>
            <summary>{icon(sheet, "chevron-down")}"Filtrer et trier"</summary>
            <form class="stack" method="get" action=Page::Service(site.clone(), Service::AccessRights).path()>
                {hidden(query, &["role", "statut", "effet", "fin", "sans_fin", "tri"])}
                <div class="filter-groups">
                    {roles}
                    <fieldset class="stack tight"><legend>"Statut"</legend>{statuses.into_iter().collect_view()}</fieldset>
                    <fieldset class="stack tight">
                        <legend>"Dates"</legend>
                        <div class="field">
                            <label for="effet">"Effet à partir du"</label>
                            <input id="effet" class="short" name="effet" type="date" value=day(query.from)/>
                        </div>
                        <div class="field">
                            <label for="fin">"Fin jusqu’au"</label>
                            <input id="fin" class="short" name="fin" type="date" value=day(query.until)/>
                        </div>
                        {choice("sans_fin", "1", "Avec ceux qui sont sans fin", query.without_end)}
                    </fieldset>
                    {orders(query)}
                </div>
                <p class="row">
                    <button class="btn">"Appliquer"</button>
                    <a href=address(site, &ListQuery::default().sized(query.size()))>"Réinitialiser"</a>
                </p>
            </form>
        </details>
    }
    .into_any()
}

fn choice(name: &'static str, value: &'static str, label: &'static str, is_checked: bool) -> AnyView {
    view! { <label class="check"><input type="checkbox" name=name value=value checked=is_checked/><span>{label}</span></label> }.into_any()
}

/// Where the heads of the table have no room, this menu sorts.
fn orders(query: &ListQuery) -> AnyView {
    let options = Column::ALL
        .into_iter()
        .flat_map(|column| [false, true].map(|is_descending| Sort { column, is_descending }))
        .map(
            |sort| view! { <option value=sort.code() selected=sort == query.sort>{words::order(sort.column, sort.is_descending)}</option> },
        )
        .collect_view();
    view! { <div class="field"><label for="tri">"Trier par"</label><select id="tri" name="tri">{options}</select></div> }.into_any()
}

/// What is in force, each with a cross that takes it away (A27).
pub(super) fn chips(sheet: &str, site: &SiteId, query: &ListQuery) -> AnyView {
    let chip = |label: String, without: &ListQuery| {
        view! {
            <li>
                <a class="chip" href=address(site, without)>
                    <span class="sr-only">"Retirer le filtre "</span>{label}{icon(sheet, "circle-x")}
                </a>
            </li>
        }
    };
    let mut all = Vec::new();
    if query.roles() != domain::delegations::Role::ALL {
        all.extend(query.roles().iter().map(|role| chip(service_words::role(*role).to_owned(), &query.without_role(*role))));
    }
    if query.statuses() != Status::ALL {
        all.extend(query.statuses().iter().map(|status| chip(rights_words::status(*status).to_owned(), &query.without_status(*status))));
    }
    if let Some(day) = query.from {
        let mut without = query.at(Place::First);
        without.from = None;
        all.push(chip(format!("Effet à partir du {}", date(day)), &without));
    }
    if let Some(day) = query.until {
        let mut without = query.at(Place::First);
        (without.until, without.without_end) = (None, false);
        let endless = if query.without_end { ", ou sans fin" } else { "" };
        all.push(chip(format!("Fin jusqu’au {}{endless}", date(day)), &without));
    }
    (!all.is_empty()).then(|| view! { <ul class="chips" aria-label="Filtres en vigueur">{all}</ul> }).into_any()
}

/// The statuses that are not shown, with how many lines each has; within bounds of days nobody has counted them (A27).
pub(super) fn others(site: &SiteId, query: &ListQuery, list: &BeneficiaryList) -> AnyView {
    let is_counted = query.from.is_none() && query.until.is_none();
    let links: Vec<_> = list
        .statuses
        .iter()
        .filter(|(status, lines)| !query.statuses().contains(status) && *lines > 0)
        .map(|(status, lines)| {
            let mut more = query.at(Place::First);
            more.choose(query.roles(), &[query.statuses(), &[*status]].concat());
            let name = rights_words::status(*status);
            let label = if is_counted { format!("{name} ({})", grouped(*lines)) } else { name.to_owned() };
            view! { <li><a href=address(site, &more)>{label}</a></li> }
        })
        .collect();
    (!links.is_empty())
        .then(|| view! { <div class="others"><p class="soft" id="autres">"Non affichés\u{202f}:"</p><ul aria-labelledby="autres">{links}</ul></div> })
        .into_any()
}
