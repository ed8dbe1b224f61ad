//! One's own data: the tab « Mes données », everything to read and print, and the page that erases.

use super::account::{hidden_site, tabs};
use super::failures::flash;
use super::parts::{password_field, step_up};
use crate::api::data::{Erase, ShowData};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{AccountPage, Page};
use crate::ui::form::{described, draft, summary};
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice};
use crate::wire::Context;
use crate::words::{account, data as words, form};
use domain::form::Reason;
use domain::id::SiteId;
use domain::refusal::Refusal;
use domain::text::date;
use jiff::civil::{Date, DateTime};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Cell, Datum, Fault, Line, Section, SiteLeft};

/// Where the file is.
pub const FILE: &str = "/compte/donnees/fichier";

/// The tab.
pub(super) fn load(cx: &Context, site: Option<SiteId>, around: Frame) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Loaded::new("Mes données", around, move || {
        let needed =
            cx.visit.as_ref().is_some_and(|visit| cx.services.needs_password(visit)) || matches!(cx.refusal(), Some(Refusal::StepUp));
        view! {
            <h1>"Mes données"</h1>
            {tabs(site.as_ref(), AccountPage::Data)}
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &[("current", account::CURRENT)]))}
            <section class="card stack" aria-labelledby="consulter">
                <h2 id="consulter">"Consulter, imprimer, emporter"</h2>
                <p>{words::spaced(words::INTRO)}</p>
                <form class="stack" method="post" action=ShowData::PATH novalidate>
                    {hidden_site(site.as_ref())}
                    {step_up(&cx, &sheet, needed)}
                    {(!needed).then(|| view! { <p class="soft">{words::STEP_UP}</p> })}
                    <p><button class="btn primary">"Voir mes données"</button></p>
                </form>
            </section>
            <section class="card stack" aria-labelledby="effacer">
                <h2 id="effacer">"Effacer"</h2>
                <p>"Votre compte est fermé et vos données sont effacées. La page suivante dit ce qui part et ce qui reste."</p>
                <p><a class="btn" href=Page::account(site.as_ref(), AccountPage::Erase).path()>"Effacer mes données"</a></p>
            </section>
        }
        .into_any()
    })
}

/// Everything, to read and to print.
pub(super) async fn read(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let found = cx.services.export_personal_data(cx.visit()?, &cx.origin).await?;
    let (said, cx) = (flash(cx), cx.clone());
    Ok(Loaded::new("Mes données", around, move || {
        let paris = |time| cx.services.clock().paris(time);
        let sections = found.sections.iter().map(|part| section(part, &paris)).collect_view();
        view! {
            <hgroup>
                <h1>"Mes données"</h1>
                <p class="soft">{format!("Le {}.", account::moment(found.made))}</p>
            </hgroup>
            {said}
            <p class="row" id="telecharger">
                <a class="btn primary" href=FILE download="">"Télécharger le fichier"</a>
                <a class="btn" href=Page::account(site.as_ref(), AccountPage::Data).path()>"Revenir"</a>
            </p>
            <p class="soft">{words::FILE}</p>
            {sections}
        }
        .into_any()
    }))
}

fn section(part: &Section, paris: &impl Fn(jiff::Timestamp) -> DateTime) -> AnyView {
    let id = format!("rubrique-{}", part.name);
    let body = match part.lines.as_slice() {
        [one] => {
            let pairs =
                one.0.iter().map(|cell| view! { <div><dt>{cell.label}</dt><dd>{shown(part.name, cell, paris)}</dd></div> }).collect_view();
            view! { <dl class="kv">{pairs}</dl> }.into_any()
        }
        lines => table(part, lines, paris),
    };
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{part.title}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Several rows: a column for every field that any of them has.
fn table(part: &Section, lines: &[Line], paris: &impl Fn(jiff::Timestamp) -> DateTime) -> AnyView {
    let mut columns: Vec<(&'static str, &'static str)> = Vec::new();
    for cell in lines.iter().flat_map(|line| &line.0) {
        if !columns.contains(&(cell.name, cell.label)) {
            columns.push((cell.name, cell.label));
        }
    }
    let heads = columns.iter().map(|(_, label)| view! { <th scope="col">{*label}</th> }).collect_view();
    let rows = lines
        .iter()
        .map(|line| {
            let cells = columns
                .iter()
                .map(|(name, label)| {
                    let text = line.0.iter().find(|cell| cell.name == *name).map(|cell| shown(part.name, cell, paris));
                    view! { <td data-label=*label>{text.unwrap_or_else(|| "–".to_owned())}</td> }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="tablewrap" tabindex="0" role="region" aria-label=part.title>
            <table class="list">
                <caption class="sr-only">{part.title}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn shown(table: &str, cell: &Cell, paris: &impl Fn(jiff::Timestamp) -> DateTime) -> String {
    match &cell.value {
        Datum::Flag(true) => "oui".to_owned(),
        Datum::Flag(false) => "non".to_owned(),
        Datum::Number(number) => number.to_string(),
        Datum::Time(time) => account::moment(paris(*time)),
        Datum::Text(text) => {
            let said = words::value(table, cell.name, text).map(str::to_owned).or_else(|| words::told(table, cell.name, text));
            match (said, text.parse::<Date>()) {
                (Some(said), _) => said,
                (None, Ok(day)) => date(day),
                // What a message says besides its fixed words is written without spaces.
                (None, Err(_)) => text.replace(",\"", ", \""),
            }
        }
    }
}

/// Effacer mes données: what goes, what stays, what becomes of the sites; then password and box.
pub(super) async fn erase(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let sites = cx.services.erasure_consequences(cx.visit()?).await?.sites;
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Ok(Loaded::new("Effacer mes données", around, move || {
        let list = |lines: &[&str]| lines.iter().map(|line| view! { <li>{words::spaced(line)}</li> }).collect_view();
        let orphans = sites.iter().any(|site| site.is_last);
        view! {
            <h1>"Effacer mes données"</h1>
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &[("current", account::CURRENT), ("understood", "Votre accord")]))}
            {orphans.then(|| notice(&sheet, Tone::Signal, "Sans vous, un site au moins n’aura plus d’administrateur."))}
            <section class="card stack" aria-labelledby="part">
                <h2 id="part">"Ce qui est effacé tout de suite"</h2>
                <ul>{list(&words::GOES)}</ul>
            </section>
            <section class="card stack" aria-labelledby="reste">
                <h2 id="reste">"Ce qui reste"</h2>
                <ul>{list(&words::STAYS)}</ul>
            </section>
            {(!sites.is_empty()).then(|| left(&sites))}
            <form class="card stack" method="post" action=Erase::PATH novalidate>
                <h2>"Confirmer"</h2>
                {hidden_site(site.as_ref())}
                <p>"C’est définitif. Avec la même adresse, un nouveau compte ne retrouvera rien de celui-ci. Un dernier message part à votre adresse mail."</p>
                {password_field(&cx, &sheet, "current", account::CURRENT, "current-password", false)}
                {understood(&sheet, cx.reason("understood"))}
                <p class="row">
                    <button class="btn danger">"Effacer définitivement"</button>
                    <a class="btn" href=Page::account(site.as_ref(), AccountPage::Data).path()>"Annuler"</a>
                </p>
            </form>
        }
        .into_any()
    }))
}

/// The sites, those first that nobody will administer.
fn left(sites: &[SiteLeft]) -> AnyView {
    let part = |is_last: bool| {
        let lines = sites
            .iter()
            .filter(|site| site.is_last == is_last)
            .map(|site| view! { <li><strong>{site.name.clone()}</strong>", SIRET "<span class="num">{site.siret.clone()}</span></li> })
            .collect::<Vec<_>>();
        (!lines.is_empty()).then(|| view! { <p>{words::spaced(words::after(is_last))}</p><ul>{lines}</ul> })
    };
    view! {
        <section class="card stack" aria-labelledby="sites">
            <h2 id="sites">"Vos sites"</h2>
            {part(true)}
            {part(false)}
        </section>
    }
    .into_any()
}

fn understood(sheet: &str, reason: Option<Reason>) -> AnyView {
    let class = if reason.is_some() { "field invalid" } else { "field" };
    view! {
        <div class=class>
            <label class="check">
                <input
                    type="checkbox"
                    id="understood"
                    name=draft("understood")
                    value="oui"
                    required
                    aria-describedby=described("understood", false, reason.is_some())
                    aria-invalid=reason.map(|_| "true")
                />
                <span>{words::UNDERSTOOD}</span>
            </label>
            {reason.map(|reason| view! {
                <p class="error" id="understood-erreur">{icon(sheet, "circle-x")}{form::reason(reason)}</p>
            })}
        </div>
    }
    .into_any()
}
