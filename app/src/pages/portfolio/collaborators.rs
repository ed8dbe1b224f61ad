//! Collaborateurs: who was given what on which client, ending several lines at once, and step 1 of handing on over several clients.

use super::tabs;
use crate::api::handing_on::{ChooseClients, EndSeveral};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::parts::step_up;
use crate::routes::{FirmPage, Page, RightsPage};
use crate::ui::form::{described, summary, wrap};
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice_with};
use crate::wire::{Context, Message};
use crate::words::{form as form_words, portfolio as words, rights as rights_words};
use domain::delegations::Role;
use domain::id::SiteId;
use domain::portfolio::{Client, PortfolioQuery};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Colleague, Fault, HandedLine, Report};

/// The page.
pub(super) async fn load(cx: &Context) -> Result<Loaded, Fault> {
    let visit = cx.visit()?;
    let colleagues = cx.services.colleagues(visit).await?;
    let search = cx.query("recherche").trim().to_owned();
    let query = PortfolioQuery { search: search.clone(), role: Some(Role::Cabinet), ..PortfolioQuery::default() };
    let mut all = cx.services.portfolio_file(visit, &query).await?;
    all.retain(|client| client.gives);
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    let report = match &cx.flash {
        Some(Message::Reported(report, is_end)) => Some(told(&sheet, report, *is_end, &names(&colleagues, &all))),
        _ => None,
    };
    let cx = cx.clone();
    Ok(Loaded::new("Collaborateurs", Frame::Wide, move || {
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Collaborateurs"</h1>
                    <p class="soft">"Ce que vous avez transmis à chacun, client par client. Vos clients le voient aussi et peuvent y mettre fin."</p>
                </hgroup>
                {tabs(FirmPage::Collaborators)}
                {said}
                {report}
                {errors.map(|errors| summary(&sheet, &errors, &words::HAND))}
                {people(&cx, &sheet, &colleagues)}
                {choice(&cx, &sheet, &all, &search)}
            </div>
        }
        .into_any()
    }))
}

/// Names of the sites a report may speak of.
fn names(colleagues: &[Colleague], clients: &[Client]) -> Vec<(SiteId, String)> {
    let held = colleagues.iter().flat_map(|colleague| &colleague.lines).map(|held| (held.site.id.clone(), held.site.name.clone()));
    clients.iter().map(|client| (client.site.clone(), client.name.clone())).chain(held).collect()
}

fn told(sheet: &str, report: &Report, is_end: bool, names: &[(SiteId, String)]) -> AnyView {
    let lines = report
        .iter()
        .map(|(site, outcome)| {
            let name = names.iter().find(|(id, _)| id == site).map_or("Site", |(_, name)| name.as_str());
            view! { <li>{format!("{name}\u{202f}: {}", words::outcome(*outcome, is_end))}</li> }
        })
        .collect_view();
    let is_whole = report.iter().all(|(_, outcome)| *outcome == services::Outcome::Done);
    let tone = if is_whole { Tone::Ok } else { Tone::Signal };
    notice_with(sheet, tone, view! { <h2>"Résultat, client par client"</h2><ul>{lines}</ul> }.into_any())
}

fn people(cx: &Context, sheet: &str, colleagues: &[Colleague]) -> AnyView {
    if colleagues.is_empty() {
        return view! { <p class="card empty">"Vous n’avez transmis de droits à personne."</p> }.into_any();
    }
    let ticked: Vec<&str> = cx.typed("lines").split(',').collect();
    let groups = colleagues.iter().map(|colleague| group(colleague, &ticked)).collect_view();
    let error = cx.reason("lines").map(|reason| {
        view! { <p class="error" id="lines-erreur">{icon(sheet, "circle-x")}{form_words::reason(reason)}</p> }
    });
    view! {
        <form class="stack" method="post" action=EndSeveral::PATH novalidate>
            <div class="stack" id="lines" tabindex="-1">{groups}</div>
            {error}
            {step_up(cx, sheet, cx.visit().is_ok_and(|visit| cx.services.needs_password(visit)))}
            <p><button class="btn danger">"Mettre fin aux droits cochés"</button></p>
        </form>
    }
    .into_any()
}

fn group(colleague: &Colleague, ticked: &[&str]) -> AnyView {
    let rows = colleague.lines.iter().map(|held| row(held, ticked)).collect_view();
    let mail = (colleague.title != colleague.email).then(|| view! { " "<span class="soft">{colleague.email.clone()}</span> });
    view! {
        <fieldset class="card stack tight ticks">
            <legend>{colleague.title.clone()}{mail}</legend>
            <ul class="lines">{rows}</ul>
        </fieldset>
    }
    .into_any()
}

fn row(held: &HandedLine, ticked: &[&str]) -> AnyView {
    let value = format!("{}:{}", held.site.id, held.line.key);
    let id = format!("ligne-{}", held.line.key);
    let to = Page::Rights(held.site.id.clone(), RightsPage::Line(held.line.key.clone())).path();
    view! {
        <li class="check">
            <input type="checkbox" id=id.clone() name="draft[lines][]" value=value.clone() checked=ticked.contains(&value.as_str())/>
            <div>
                <label for=id>{held.site.name.clone()}</label>
                " "<span class="badge" data-status=held.line.status.code()>{rights_words::status(held.line.status)}</span>
                <p class="hint">{rights_words::until(held.line.ends)}" · "<a href=to>"Voir ses droits"</a></p>
            </div>
        </li>
    }
    .into_any()
}

fn choice(cx: &Context, sheet: &str, all: &[Client], search: &str) -> AnyView {
    if all.is_empty() && search.is_empty() {
        return ().into_any();
    }
    let shown = all.len().min(services::MOST_CLIENTS);
    let ticked: Vec<&str> = cx.typed("sites").split(',').collect();
    let boxes = all
        .iter()
        .take(shown)
        .map(|client| {
            let (id, value) = (format!("client-{}", client.site), client.site.to_string());
            let is_ticked = ticked.contains(&value.as_str());
            view! {
                <li class="check">
                    <input type="checkbox" id=id.clone() name="draft[sites][]" value=value checked=is_ticked/>
                    <label for=id>{client.name.clone()}" "<span class="soft num">{client.siret.grouped()}</span></label>
                </li>
            }
        })
        .collect_view();
    let more = (all.len() > shown).then(|| {
        view! { <p class="soft">{format!("{shown} clients sur {} sont proposés\u{202f}: précisez la recherche pour voir les autres.", all.len())}</p> }
    });
    view! {
        <section class="stack" aria-labelledby="transmettre">
            <h2 id="transmettre">"Donner des droits sur plusieurs clients"</h2>
            <form class="search" method="get" action=Page::Firm(FirmPage::Collaborators).path() role="search">
                <label class="sr-only" for="recherche">"Rechercher un client"</label>
                <input id="recherche" name="recherche" type="search" value=search.to_owned() placeholder="Nom, SIRET ou ville" autocomplete="off"/>
                <button class="btn">{icon(sheet, "search")}"Rechercher"</button>
            </form>
            <form class="card stack" method="post" action=ChooseClients::PATH novalidate>
                <fieldset class="ticks" id="sites" tabindex="-1"><legend>"Clients"</legend><ul class="lines">{boxes}</ul></fieldset>
                {more}
                {fields(cx, sheet)}
                <p><button class="btn primary">"Choisir les droits"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn fields(cx: &Context, sheet: &str) -> AnyView {
    let today = cx.services.clock().today().to_string();
    let input = |place: usize, kind: &'static str, hint: &str, optional: bool| {
        let (name, label) = words::HAND[place];
        let reason = cx.reason(name);
        let typed = cx.typed(name);
        let value = if name == "starts" && typed.is_empty() { today.clone() } else { typed.to_owned() };
        let control = view! {
            <input
                id=name
                name=format!("draft[who][{name}]")
                type=kind
                value=value
                required=!optional
                autocomplete="off"
                maxlength="254"
                aria-describedby=described(name, true, reason.is_some())
                aria-invalid=reason.map(|_| "true")
            />
        };
        wrap(sheet, name, label, hint, reason, optional, control.into_any())
    };
    view! {
        {input(1, "email", "Une seule invitation lui sera envoyée pour tous ces clients.", false)}
        <div class="pair">
            {input(2, "date", "Aujourd’hui ou plus tard.", false)}
            {input(3, "date", "Dernier jour inclus.", true)}
        </div>
    }
    .into_any()
}
