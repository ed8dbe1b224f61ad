//! The top bar: who the fund is, which site one stands in, who one is (S85–S87).

use super::icons;
use crate::api::identity::SignOut;
use crate::islands::DsnAlert;
use crate::routes::{FirmPage, Page};
use crate::ui::icon::icon;
use crate::wire::Context;
use domain::dsn::AlertSummary;
use domain::home::Service;
use domain::id::SiteId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::HomeModel;

/// The header, with the site's block inside a space.
pub(super) fn header(cx: &Context, home: Option<(&HomeModel, &Page)>) -> AnyView {
    let start = match (home, &cx.visit) {
        (Some((home, _)), _) => Page::Home(home.site.id.clone()),
        (None, Some(_)) => Page::Sites,
        (None, None) => Page::Entry,
    };
    let who = cx.visit.as_ref().map(|visit| who(cx, &visit.session.actor.name.full()));
    let tiers = home.map(|(home, _)| tiers(cx, home));
    view! {
        <header class="top">
            <div class="in">
                <a class="logo" href=start.path()>
                    <span class="mark" aria-hidden="true"></span>
                    <span>"Espace sécurisé"<small>{cx.fund.nom.clone()}</small></span>
                </a>
                {tiers}
                {who}
            </div>
        </header>
    }
    .into_any()
}

fn tiers(cx: &Context, home: &HomeModel) -> AnyView {
    let sheet = icons(cx);
    let others = cx.visit.as_ref().is_some_and(|visit| visit.session.has_other_sites);
    let alert = home.alerts.as_ref().filter(|alerts| alerts.count > 0).map(|alerts| alert(&sheet, &home.site.id, alerts, "alerte-site"));
    let change = others.then(|| {
        view! { <a class="btn small" href=Page::Sites.path()>{icon(&sheet, "arrow-left-right")}"Changer de tiers"</a> }
    });
    view! {
        <div class="tiers" id="site-courant">
            <span><b>{home.site.name.clone()}</b><span class="soft num">{home.site.siret.grouped()}</span></span>
            {alert}
            {change}
        </div>
    }
    .into_any()
}

fn who(cx: &Context, name: &str) -> AnyView {
    let sheet = icons(cx);
    let is_of_firm = cx.visit.as_ref().is_some_and(|visit| services::is_of_firm(&visit.session.actor));
    let clients = is_of_firm.then(|| {
        view! { <a class="btn quiet small" href=Page::Firm(FirmPage::Clients).path()>{icon(&sheet, "users")}"Portefeuille"</a> }
    });
    view! {
        <div class="who" id="qui-suis-je">
            <span>{name.to_owned()}</span>
            {clients}
            <form method="post" action=SignOut::PATH>
                <button class="btn quiet small">{icon(&sheet, "log-out")}"Se déconnecter"</button>
            </form>
        </div>
    }
    .into_any()
}

/// The alert icon of a site with its bubble; a click leads to *Suivi DSN* (S63, A19).
pub fn alert(sheet: &str, site: &SiteId, alerts: &AlertSummary, id: &str) -> AnyView {
    view! {
        <DsnAlert
            id=id.to_owned()
            count=alerts.count
            messages=alerts.messages.clone()
            href=Page::Service(site.clone(), Service::Dsn).path()
            icons=sheet.to_owned()
        />
    }
    .into_any()
}
