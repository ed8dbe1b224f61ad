//! Search, filters and order of the list of clients: one form that works by itself and whose address can be kept.

use crate::routes::{FirmPage, Page};
use crate::ui::icon::icon;
use crate::words::portfolio as words;
use domain::delegations::Role;
use domain::dsn::Severity;
use domain::portfolio::{Column, PortfolioQuery, Sort};
use leptos::prelude::*;

/// The form.
pub(super) fn form(sheet: &str, query: &PortfolioQuery) -> AnyView {
    let severities = Severity::ALL
        .into_iter()
        .map(|severity| {
            tick(
                format!("gravite-{}", severity.key()),
                "gravite",
                severity.key(),
                words::with(severity),
                query.severities.contains(&severity),
            )
        })
        .collect_view();
    let clear = query.is_narrowed().then(|| view! { <a class="btn" href=Page::Firm(FirmPage::Clients).path()>"Tout afficher"</a> });
    view! {
        <form class="card stack tight" id="filtres-clients" method="get" action=Page::Firm(FirmPage::Clients).path() role="search">
            <div class="filters">
                <div class="field">
                    <label for="recherche">"Rechercher un client"</label>
                    <input id="recherche" name="recherche" type="search" value=query.search.clone() placeholder="Nom, SIRET ou ville" autocomplete="off" maxlength="100"/>
                </div>
                {role(query)}
                {order(query)}
            </div>
            <fieldset class="ticks">
                <legend>"Avec des alertes"</legend>
                <div class="row">{severities}</div>
            </fieldset>
            <div class="row">
                {tick("fin".into(), "fin", "1", "Délégation qui prend fin sous 30 jours", query.ending)}
                {tick("favoris".into(), "favoris", "1", "Favoris", query.favourites)}
            </div>
            <p class="row">
                <button class="btn primary">{icon(sheet, "search")}"Rechercher"</button>
                {clear}
            </p>
        </form>
    }
    .into_any()
}

fn tick(id: String, name: &'static str, value: &'static str, label: &'static str, is_ticked: bool) -> AnyView {
    view! {
        <div class="check">
            <input type="checkbox" id=id.clone() name=name value=value checked=is_ticked/>
            <label for=id>{label}</label>
        </div>
    }
    .into_any()
}

fn role(query: &PortfolioQuery) -> AnyView {
    let options = [Role::Cabinet, Role::Collaborateur]
        .into_iter()
        .map(|role| view! { <option value=role.code() selected=query.role == Some(role)>{words::role(role)}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for="role">"Votre rôle"</label>
            <select id="role" name="role"><option value="">"Tous"</option>{options}</select>
        </div>
    }
    .into_any()
}

fn order(query: &PortfolioQuery) -> AnyView {
    let one = |sort: Sort| {
        let label = format!("{}{}", words::column(sort.column), if sort.is_descending { ", ordre inverse" } else { "" });
        view! { <option value=sort.code() selected=query.sort == sort>{label}</option> }
    };
    // Every column, and the order as it stands when that is another one.
    let options = Column::ALL.into_iter().map(|column| one(Sort { column, is_descending: false })).collect_view();
    let current = query.sort.is_descending.then(|| one(query.sort));
    view! {
        <div class="field">
            <label for="tri">"Trier par"</label>
            <select id="tri" name="tri">{options}{current}</select>
        </div>
    }
    .into_any()
}
