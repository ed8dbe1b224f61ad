//! Navigation menu on the left (S74–S81), functional sidebar on the right (S91–S95).

use super::icons;
use crate::routes::{Page, Panel};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::services as words;
use domain::home::Service;
use domain::id::SiteId;
use leptos::prelude::*;
use services::HomeModel;

/// The menu. On a phone it folds behind a `details`, which needs no script.
pub(super) fn menu(cx: &Context, home: &HomeModel, page: &Page) -> AnyView {
    let sheet = icons(cx);
    let site = &home.site.id;
    let page = &page.in_menu();
    let start = link(&sheet, "home", "Accueil", &Page::Home(site.clone()), page);
    let entries = home
        .menu
        .iter()
        .map(|(entry, services)| {
            let inside = services
                .iter()
                .map(|service| view! { <li>{plain(words::name(*service), &Page::Service(site.clone(), *service), page)}</li> })
                .collect_view();
            view! {
                <li>
                    <span class="entry">{icon(&sheet, words::entry_icon(*entry))}{words::entry(*entry)}</span>
                    <ul>{inside}</ul>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="menu" id="menu" tabindex="-1" aria-label="Menu de navigation">
            <details class="burger"><summary>{icon(&sheet, "menu")}"Menu"</summary></details>
            <ul><li>{start}</li>{entries}</ul>
        </nav>
    }
    .into_any()
}

fn link(sheet: &str, name: &str, label: &'static str, to: &Page, page: &Page) -> AnyView {
    view! { <a href=to.path() aria-current=(to == page).then_some("page")>{icon(sheet, name)}{label}</a> }.into_any()
}

fn plain(label: &'static str, to: &Page, page: &Page) -> AnyView {
    view! { <a href=to.path() aria-current=(to == page).then_some("page")>{label}</a> }.into_any()
}

/// The five buttons. Help and tutorial are about the page one stands on: its address goes with them.
pub(super) fn functions(cx: &Context, site: &SiteId, page: &Page) -> AnyView {
    let sheet = icons(cx);
    let about = |panel: Panel| {
        let to = Page::Panel(site.clone(), panel);
        let of = match page {
            Page::Panel(..) => cx.query("page").to_owned(),
            other => other.path(),
        };
        (to.clone(), if of.is_empty() { to.path() } else { format!("{}?page={of}", to.path()) })
    };
    let service = |service: Service| {
        let to = Page::Service(site.clone(), service);
        (to.clone(), to.path())
    };
    let buttons = [
        ("mail", "Contacter votre caisse", service(Service::Contact)),
        ("help", words::name(Service::Questions), service(Service::Questions)),
        ("info", words::panel(Panel::Help), about(Panel::Help)),
        ("sparkles", words::panel(Panel::News), about(Panel::News)),
        ("graduation-cap", words::panel(Panel::Tutorial), about(Panel::Tutorial)),
    ];
    let links = buttons
        .into_iter()
        .map(|(name, label, (to, href))| {
            view! { <li><a href=href aria-current=(to == *page).then_some("page")>{icon(&sheet, name)}{label}</a></li> }
        })
        .collect_view();
    view! { <aside class="func" aria-label="Barre fonctionnelle"><ul>{links}</ul></aside> }.into_any()
}
