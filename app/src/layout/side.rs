//! Navigation menu on the left (S74–S81), functional sidebar on the right (S91–S95).

use super::icons;
use crate::api::help::{FoldSidebar, TourTaken};
use crate::islands::{SideLink, Sidebar, Tour, TourStep};
use crate::routes::{Page, Panel};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::help::help;
use crate::words::{news, services as words};
use domain::home::Service;
use domain::text::encoded;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
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

/// The five buttons. Help and tutorial are about the page one stands on: its address goes with them. Folded, they show their icons only.
pub(super) fn functions(cx: &Context, home: &HomeModel, page: &Page) -> AnyView {
    let (sheet, site) = (icons(cx), &home.site.id);
    let about = match page {
        Page::Panel(..) => cx.query("page").to_owned(),
        other => other.path(),
    };
    let unread = news::unread(home.guidance.news.as_deref()).len();
    let panel = |panel: Panel, icon: &str| {
        let to = Page::Panel(site.clone(), panel);
        let href = if about.is_empty() { to.path() } else { format!("{}?page={about}", to.path()) };
        let new = if panel == Panel::News && to != *page { unread } else { 0 };
        let (icon, label) = (icon.to_owned(), words::panel(panel).to_owned());
        SideLink { icon, label, href, is_here: to == *page, is_panel: true, new }
    };
    let service = |service: Service, icon: &str, is_panel: bool| {
        let to = Page::Service(site.clone(), service);
        // Whoever writes to the fund writes about the page they stand on (S149).
        let carries = service == Service::Contact && to != *page && !about.is_empty();
        let href = if carries { format!("{}?page={about}", to.path()) } else { to.path() };
        SideLink { icon: icon.to_owned(), label: words::name(service).to_owned(), href, is_here: to == *page, is_panel, new: 0 }
    };
    let links = vec![
        service(Service::Contact, "mail", false),
        service(Service::Questions, "help", true),
        panel(Panel::Help, "info"),
        panel(Panel::News, "sparkles"),
        panel(Panel::Tutorial, "graduation-cap"),
    ];
    let is_folded = home.guidance.folded;
    // Without script folding leads back to what was asked for: filters, the page a panel is about, an unsent message.
    let asked: Vec<String> = cx.query.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    let here = if asked.is_empty() { page.path() } else { format!("{}?{}", page.path(), asked.join("&")) };
    view! {
        <aside class="func" id="barre-fonctionnelle" tabindex="-1" aria-label="Barre fonctionnelle" data-folded=is_folded.then_some("")>
            {view! {
                <Sidebar links=links icons=sheet is_folded=is_folded fold=FoldSidebar::PATH.to_owned() site=site.to_string() page=here />
            }
            .into_any()}
        </aside>
    }
    .into_any()
}

/// The guided tour of the page one stands on, when it is asked for.
pub(super) fn tour(cx: &Context, home: &HomeModel, page: &Page) -> Option<AnyView> {
    let steps = help(page).tour;
    if cx.query("visite") != "1" || steps.is_empty() {
        return None;
    }
    let steps = steps.iter().map(|step| TourStep { at: step.at.into(), title: step.title.into(), text: step.text.into() }).collect();
    Some(view! { <Tour steps=steps page=page.path() site=home.site.id.to_string() action=TourTaken::PATH.to_owned() /> }.into_any())
}
