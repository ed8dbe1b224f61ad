//! Choosing a declaring site (S54–S60, A15–A19).

use super::failures::flash;
use crate::document::Loaded;
use crate::layout::{Frame, icons, top};
use crate::pages::Answer;
use crate::routes::{FirmPage, Page};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::{identity, refusal, services as words};
use domain::text::{count, date};
use leptos::prelude::*;
use services::{Fault, SiteLine};

/// From this many sites on, there is a search box.
const SEARCH_FROM: usize = 11;
/// Sites on one page of the list.
const PAGE: usize = 50;

/// The list; or the only site's home; or, without any, what has ended.
pub(super) async fn load(cx: &Context) -> Result<Answer, Fault> {
    let Some(visit) = &cx.visit else { return Ok(Answer::Elsewhere(Page::SignIn.path())) };
    let actor = &visit.session.actor;
    // Somebody of a firm lands on their clients; a list asked for by its query stays what it is.
    if cx.query.is_empty() && cx.flash.is_none() && cx.services.lands_on_portfolio(actor) {
        return Ok(Answer::Elsewhere(Page::Firm(FirmPage::Clients).path()));
    }
    let search = cx.query("recherche").trim();
    let sites = cx.services.my_sites(actor, search).await?;
    if let Some(chosen) = sites.iter().find(|line| line.site.id.as_str() == cx.query("site")) {
        return Ok(Answer::Elsewhere(Page::Home(chosen.site.id.clone()).path()));
    }
    match sites.as_slice() {
        [] if search.is_empty() => Ok(Answer::Page(Box::new(none(cx)))),
        [only] if search.is_empty() => Ok(Answer::Elsewhere(Page::Home(only.site.id.clone()).path())),
        _ => Ok(Answer::Page(Box::new(list(cx, sites)))),
    }
}

fn list(cx: &Context, sites: Vec<SiteLine>) -> Loaded {
    let (sheet, search, said) = (icons(cx), cx.query("recherche").trim().to_owned(), flash(cx));
    let found = sites.len();
    let last = found.div_ceil(PAGE).max(1);
    let page = cx.query("page").parse::<usize>().unwrap_or(1).clamp(1, last);
    let has_search = !search.is_empty() || found >= SEARCH_FROM;
    let shown: Vec<SiteLine> = sites.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    Loaded::new("Choix du site déclarant", Frame::Wide, move || {
        let rows: Vec<AnyView> = shown.iter().enumerate().map(|(index, line)| row(&sheet, line, index == 0)).collect();
        let summary = if search.is_empty() {
            format!("Votre compte donne accès à {}.", count(found, "site", "sites"))
        } else {
            format!("{} pour «\u{a0}{search}\u{a0}».", count(found, "site trouvé", "sites trouvés"))
        };
        let content = if found == 0 {
            view! {
                <div class="card empty">
                    <p>"Aucun de vos sites ne correspond à cette recherche."</p>
                    <p><a class="btn" href=Page::Sites.path()>"Voir tous mes sites"</a></p>
                </div>
            }
            .into_any()
        } else {
            table(rows, pager(&sheet, &search, page, last))
        };
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Sélectionnez le site déclarant souhaité"</h1>
                    <p class="soft" role="status">{summary}</p>
                </hgroup>
                {said}
                {has_search.then(|| search_box(&sheet, &search))}
                {content}
            </div>
        }
        .into_any()
    })
}

fn search_box(sheet: &str, search: &str) -> AnyView {
    view! {
        <form class="search" method="get" action=Page::Sites.path() role="search">
            <label class="sr-only" for="recherche">"Rechercher un site"</label>
            <input id="recherche" name="recherche" type="search" value=search.to_owned() placeholder="Nom, SIRET ou ville" autocomplete="off"/>
            <button class="btn">{icon(sheet, "search")}"Rechercher"</button>
        </form>
    }
    .into_any()
}

fn table(rows: Vec<AnyView>, pager: Option<AnyView>) -> AnyView {
    view! {
        <form class="stack" method="get" action=Page::Sites.path()>
            <div class="card tablewrap" id="liste-sites">
                <table class="list">
                    <caption class="sr-only">"Vos sites déclarants"</caption>
                    <thead>
                        <tr>
                            <th scope="col"><span class="sr-only">"Choix"</span></th>
                            <th scope="col">"Site"</th>
                            <th scope="col">"Entreprise"</th>
                            <th scope="col">"SIRET"</th>
                            <th scope="col">"Ville"</th>
                            <th scope="col">"Accès"</th>
                            <th scope="col">"Alertes DSN"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {pager}
            <p><button class="btn primary">{identity::VALIDATE}</button></p>
        </form>
    }
    .into_any()
}

fn row(sheet: &str, line: &SiteLine, first: bool) -> AnyView {
    let id = line.site.id.to_string();
    let label = format!("site-{id}");
    let alerts = match &line.alerts {
        Some(alerts) if alerts.count > 0 => top::alert(sheet, &line.site.id, alerts, &format!("alerte-{id}")),
        Some(_) => view! { <span class="soft">"aucune"</span> }.into_any(),
        None => view! { <span class="soft">"non visibles"</span> }.into_any(),
    };
    view! {
        <tr>
            <td class="pick"><input type="radio" name="site" value=id id=label.clone() checked=first/></td>
            <th scope="row"><label for=label>{line.site.name.clone()}</label></th>
            <td data-label="Entreprise">{line.company.clone()}</td>
            <td data-label="SIRET" class="num">{line.site.siret.grouped()}</td>
            <td data-label="Ville">{line.site.city.clone()}</td>
            <td data-label="Accès">{words::role(line.role)}</td>
            <td data-label="Alertes DSN">{alerts}</td>
        </tr>
    }
    .into_any()
}

fn pager(sheet: &str, search: &str, page: usize, last: usize) -> Option<AnyView> {
    let to = |page: usize| {
        let mut query = url(search);
        if !query.is_empty() {
            query = format!("recherche={query}&");
        }
        format!("{}?{query}page={page}", Page::Sites.path())
    };
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label="Pages de la liste">
                {(page > 1).then(|| view! { <a class="btn small" href=to(page - 1)>{icon(sheet, "chevron-left")}"Précédente"</a> })}
                <span>{format!("Page {page} sur {last}")}</span>
                {(page < last).then(|| view! { <a class="btn small" href=to(page + 1)>"Suivante"{icon(sheet, "chevron-right")}</a> })}
            </nav>
        }
        .into_any()
    })
}

/// A text for a query.
fn url(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn none(cx: &Context) -> Loaded {
    let ended: Vec<String> = cx.visit.as_ref().map_or_else(Vec::new, |visit| {
        cx.services.ended(&visit.session.actor).into_iter().filter_map(|delegation| delegation.ends.map(date)).collect()
    });
    let reach = refusal::reach(&cx.fund);
    Loaded::new("Aucun site", Frame::Plain, move || {
        let ends = ended.into_iter().map(|day| view! { <li>{format!("Un accès a pris fin le {day}.")}</li> }).collect_view();
        view! {
            <div class="stack">
                <h1>"Votre compte ne donne plus accès à aucun site"</h1>
                <p>"Les droits qui vous avaient été donnés sont terminés. Demandez à l’entreprise concernée de les renouveler, ou joignez votre caisse."</p>
                <ul>{ends}</ul>
                <p class="soft">{reach}</p>
            </div>
        }
        .into_any()
    })
}
