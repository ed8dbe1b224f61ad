//! Home of a site (S61–S65, S82–S84, S96).

use super::factors;
use super::failures::flash;
use super::questions::paragraphs;
use crate::api::help::NewsRead;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{Page, Panel};
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice_with};
use crate::wire::Context;
use crate::words::news::{self, News};
use crate::words::{services as words, space};
use domain::dsn::AlertSummary;
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, HomeModel};

/// The frame's data of a site, for every page inside it.
pub(super) async fn frame(cx: &Context, site: &SiteId) -> Result<HomeModel, Fault> {
    let visit = cx.visit.as_ref().ok_or(Refusal::SignedOut)?;
    cx.services.home(&visit.session.actor, site).await
}

/// The home.
pub(super) async fn home(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let (sheet, said) = (icons(cx), flash(cx));
    let offer = factors::offer(cx, &Page::Home(site.clone())).await?;
    let requests = super::rights::requests(cx, site).await?;
    let first = cx.visit.as_ref().map(|visit| visit.session.actor.name.first.clone()).unwrap_or_default();
    let tiles = cx.services.learned_tiles(cx.visit()?, site).await?;
    let reads = model.menu.iter().any(|(_, services)| services.contains(&Service::Documents));
    let gives = model.menu.iter().any(|(_, services)| services.contains(&Service::AccessRights));
    let told = news::announced(model.guidance.news.as_deref(), model.guidance.announced.as_deref());
    let (alerts, site) = (model.alerts.clone(), site.clone());
    let page = Page::Home(site.clone());
    Ok(Loaded::new("Accueil", Frame::Space(Box::new(model), page), move || {
        let pending = alerts.filter(|alerts| alerts.count > 0).map(|alerts| pending(&sheet, &site, &alerts));
        let tiles = tiles.iter().map(|service| tile(&sheet, &site, *service)).collect_view();
        view! {
            <h1>{if first.is_empty() { "Bonjour".to_owned() } else { format!("Bonjour {first}") }}</h1>
            {said}
            {told.map(|news| announcement(&sheet, &site, news))}
            {pending}
            {requests}
            <section class="stack tight" aria-labelledby="acces">
                <h2 id="acces">"Accès directs"</h2>
                <ul class="tiles">
                    {documents(&sheet, &site, reads)}
                    {tiles}
                    {help(&sheet, &site)}
                </ul>
            </section>
            {gives.then(|| hint(&sheet, &site))}
            {offer}
        }
        .into_any()
    }))
}

fn pending(sheet: &str, site: &SiteId, alerts: &AlertSummary) -> AnyView {
    let to = Page::Service(site.clone(), Service::Dsn).path();
    let lines = alerts.messages.iter().take(2).map(|message| view! { <li>{message.clone()}</li> }).collect_view();
    notice_with(
        sheet,
        Tone::Signal,
        view! {
            <h2>{space::alerts(alerts.count)}</h2>
            <ul>{lines}</ul>
            <p><a class="btn small" href=to>{space::TO_DSN}</a></p>
        }
        .into_any(),
    )
}

fn tile(sheet: &str, site: &SiteId, service: Service) -> AnyView {
    view! {
        <li>
            <a class="card tile" href=Page::Service(site.clone(), service).path()>
                {icon(sheet, words::icon(service))}
                <h3>{words::name(service)}</h3>
                <p>{words::purpose(service)}</p>
            </a>
        </li>
    }
    .into_any()
}

/// What everybody is told once (S94).
fn announcement(sheet: &str, site: &SiteId, news: &'static News) -> AnyView {
    notice_with(
        sheet,
        Tone::Info,
        view! {
            <h2>{news.title}</h2>
            <div class="stack tight">{paragraphs(news.text)}</div>
            <form class="row tight" method="post" action=NewsRead::PATH>
                <input type="hidden" name="site" value=site.to_string() />
                <input type="hidden" name="news" value=news.id />
                <button class="btn small">"J’ai lu"</button>
                <a class="btn small quiet" href=Page::Panel(site.clone(), Panel::News).path()>"Toutes les nouveautés"</a>
            </form>
        }
        .into_any(),
    )
}

/// Always there (S84). Documents arrive with their service; until then the tile says so. It is no link for whoever may not open them.
fn documents(sheet: &str, site: &SiteId, reads: bool) -> AnyView {
    let inside = |text: &'static str| view! { {icon(sheet, "folder-open")}<h3>"Mes documents récents"</h3><p>{text}</p> };
    let tile = if reads {
        let to = Page::Service(site.clone(), Service::Documents).path();
        view! { <a class="card tile wide" href=to>{inside("Les documents arriveront ici dès que ce service sera ouvert en ligne.")}</a> }
            .into_any()
    } else {
        view! { <div class="card tile wide">{inside("Vos droits sur ce site ne comprennent pas les documents.")}</div> }.into_any()
    };
    view! { <li class="wide">{tile}</li> }.into_any()
}

/// Always there (S84).
fn help(sheet: &str, site: &SiteId) -> AnyView {
    let to = format!("{}?page={}", Page::Panel(site.clone(), Panel::Help).path(), Page::Home(site.clone()).path());
    view! {
        <li>
            <a class="card tile" href=to>
                {icon(sheet, "life-buoy")}
                <h3>"Aide"</h3>
                <p>"Comprendre cette page et trouver un service."</p>
            </a>
        </li>
    }
    .into_any()
}

/// S96.
fn hint(sheet: &str, site: &SiteId) -> AnyView {
    let to = Page::Service(site.clone(), Service::AccessRights).path();
    notice_with(
        sheet,
        Tone::Info,
        view! {
            <h2>"Vous déléguez la gestion à un cabinet comptable\u{202f}?"</h2>
            <p>"Pour lui donner accès à vos données, suivez la procédure de délégation des droits."</p>
            <p><a href=to>"Gérer les droits d’accès"</a></p>
        }
        .into_any(),
    )
}
