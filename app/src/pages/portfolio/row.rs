//! One client: where it stands, and the pages that one click leads to.

use crate::routes::{FirmPage, Page};
use crate::ui::icon::icon;
use crate::words::portfolio as words;
use domain::dsn::{DsnState, Tally};
use domain::home::Service;
use domain::portfolio::{Client, Standing};
use jiff::civil::Date;
use leptos::prelude::*;

/// The row. Alerts are named where they may be read and nowhere else (A17).
pub(super) fn row(sheet: &str, client: &Client, today: Date) -> AnyView {
    let soft = |text: &'static str| view! { <span class="soft">{text}</span> }.into_any();
    let alerts = match &client.dsn {
        Some(dsn) if dsn.all == Tally::default() => soft("aucune"),
        Some(dsn) => tally(&dsn.all),
        None => soft("non visibles"),
    };
    let company = (client.company != client.name).then(|| view! { <span class="soft block">{client.company.clone()}</span> });
    let is_near = client.holding.is_ending(today) || client.holding.standing == Standing::Over;
    let near = is_near.then(|| view! { <span class="badge signal">{words::end(client)}</span> });
    view! {
        <tr>
            <td class="pick">{star(sheet, client)}</td>
            <th scope="row">{name(client)}{company}</th>
            <td data-label="SIRET" class="num">{client.siret.grouped()}</td>
            <td data-label="Ville">{client.city.clone()}</td>
            <td data-label="Rôle">{words::role(client.holding.role)}</td>
            <td data-label="DSN du mois">{client.dsn.as_ref().map_or_else(|| soft("non visible"), month)}</td>
            <td data-label="Alertes">{alerts}</td>
            <td data-label="Fin">{near.is_none().then(|| words::end(client))}{near}</td>
            <td data-label="Ouvrir">{doors(sheet, client)}</td>
        </tr>
    }
    .into_any()
}

fn name(client: &Client) -> AnyView {
    match client.holding.standing {
        Standing::Live => view! { <a href=Page::Home(client.site.clone()).path()>{client.name.clone()}</a> }.into_any(),
        Standing::Future | Standing::Over => view! { {client.name.clone()} }.into_any(),
    }
}

fn star(sheet: &str, client: &Client) -> AnyView {
    let (mark, label) = if client.is_favourite { ("off", "Retirer des favoris") } else { ("on", "Ajouter aux favoris") };
    let named = format!("{label}\u{202f}: {}", client.name);
    view! {
        <button class="star" name="draft[star]" value=format!("{mark}:{}", client.site) data-marked=client.is_favourite.then_some("") title=label>
            {icon(sheet, "star")}
            <span class="sr-only">{named}</span>
        </button>
    }
    .into_any()
}

/// The newest month: what was found in it, or that nothing was.
fn month(dsn: &DsnState) -> AnyView {
    let Some(period) = dsn.month else { return view! { <span class="soft">"pas encore examinée"</span> }.into_any() };
    let found = if dsn.of_month == Tally::default() {
        view! { <span class="badge ok">"Rien à signaler"</span> }.into_any()
    } else {
        tally(&dsn.of_month)
    };
    view! { <span class="block soft">{words::of_period(period)}</span>{found} }.into_any()
}

fn tally(tally: &Tally) -> AnyView {
    let marks = tally
        .present()
        .map(|(severity, number)| view! { <span class=format!("sev {}", severity.key())>{words::alerts(severity, number)}</span> })
        .collect_view();
    view! { <span class="row tight">{marks}</span> }.into_any()
}

/// One click to the right page of the right client: the site is in every address, so that each works in a tab of its own.
fn doors(sheet: &str, client: &Client) -> AnyView {
    let door = |href: String, name: &'static str, label: &str| {
        let named = format!("{label}\u{202f}: {}", client.name);
        view! { <a class="btn small icon-only" href=href title=label.to_owned()>{icon(sheet, name)}<span class="sr-only">{named}</span></a> }
    };
    let service = |service| Page::Service(client.site.clone(), service).path();
    let (home, dsn, rights, again) = match client.holding.standing {
        Standing::Live => (
            Some(door(Page::Home(client.site.clone()).path(), "home", "Accueil")),
            client.dsn.map(|_| door(service(Service::Dsn), "file-text", "Suivi DSN")),
            client.gives.then(|| door(service(Service::AccessRights), "user-plus", "Droits d’accès")),
            None,
        ),
        Standing::Over => {
            let to = format!("{}?siret={}", Page::Firm(FirmPage::Requests).path(), client.siret);
            (None, None, None, Some(door(to, "mail", "Demander le renouvellement")))
        }
        Standing::Future => (None, None, None, None),
    };
    view! { <span class="row tight">{home}{dsn}{rights}{again}</span> }.into_any()
}
