//! Demandes d'accès: the form that asks employers, and where every request stands.

use super::tabs;
use crate::api::portfolio::AskAccess;
use crate::document::Loaded;
use crate::islands::{RightsGrid, SiretFile};
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::parts::grid_errors;
use crate::routes::FirmPage;
use crate::ui::form::{Field, described, field, summary, wrap};
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice};
use crate::ui::text_area::text_area;
use crate::wire::{Context, Message};
use crate::words::portfolio as words;
use domain::delegations::beneficiary::RightsDraft;
use domain::delegations::{College, Function, Mode};
use domain::form::FieldErrors;
use domain::portfolio::request::{AccessDraft, read_sirets};
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, OwnRequestLine, RequestStatus};

/// The page.
pub(super) async fn load(cx: &Context) -> Result<Loaded, Fault> {
    let lines = cx.services.own_access_requests(cx.visit()?).await?;
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    let done = match &cx.flash {
        Some(Message::AccessAsked(new, known)) => {
            Some(notice(&sheet, if *new > 0 { Tone::Ok } else { Tone::Info }, words::asked(*new, *known)))
        }
        _ => None,
    };
    let draft = drawn(cx);
    let cx = cx.clone();
    Ok(Loaded::new("Demandes d’accès", Frame::Wide, move || {
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Demandes d’accès"</h1>
                    <p class="soft">"Demandez à vos clients les droits dont vous avez besoin\u{202f}: ils accordent, réduisent ou refusent en ligne."</p>
                </hgroup>
                {tabs(FirmPage::Requests)}
                {said}
                {done}
                {errors.as_ref().map(|errors| summary(&sheet, errors, &labels(errors)))}
                {form(&cx, &sheet, &draft)}
                {list(&lines)}
            </div>
        }
        .into_any()
    }))
}

/// The form as it was sent; or blank, with the SIRET a link brought.
fn drawn(cx: &Context) -> AccessDraft {
    match &cx.flash {
        Some(Message::Refused(_, typed) | Message::Broken(_, typed) | Message::Redrawn(typed, _)) if !typed.typed.is_empty() => {
            AccessDraft::restore(typed)
        }
        _ => AccessDraft { sirets: cx.query("siret").chars().take(40).collect(), grid: RightsDraft::blank(), ..AccessDraft::default() },
    }
}

/// Each field of the summary with its label; a row of the grid as the grid.
fn labels(errors: &FieldErrors) -> Vec<(&str, &'static str)> {
    let label = |name: &str| words::ASK.iter().find(|(field, _)| *field == name).map_or("Droits d’accès", |(_, label)| *label);
    errors.errors.iter().map(|(name, _)| (name.as_str(), label(name))).collect()
}

fn label(name: &str) -> &'static str {
    words::ASK.iter().find(|(field, _)| *field == name).map_or("", |(_, label)| label)
}

fn form(cx: &Context, sheet: &str, draft: &AccessDraft) -> AnyView {
    let firm = Field {
        name: "siret",
        label: label("siret"),
        value: &draft.siret,
        hint: words::FIRM_HINT,
        reason: cx.reason("siret"),
        autocomplete: "off",
        inputmode: "numeric",
        class: "short",
        ..Field::default()
    };
    let area = |name: &'static str, value: &str, rows, hint: &str, optional| {
        let reason = cx.reason(name);
        let control = text_area(name, format!("draft[{name}]"), value, rows, described(name, true, reason.is_some()), reason.is_some());
        wrap(sheet, name, label(name), hint, reason, optional, control)
    };
    view! {
        <form class="stack" method="post" action=AskAccess::PATH novalidate>
            // What Enter presses: the first button of a form.
            <button class="sr-only" tabindex="-1" aria-hidden="true">"Envoyer les demandes"</button>
            <div class="card stack">
                {field(sheet, &firm)}
                {area("sirets", &draft.sirets, 6, words::SIRETS_HINT, false)}
                {view! { <SiretFile list="sirets".to_owned() /> }.into_any()}
                {wrong(cx, draft)}
                {area("message", &draft.message, 3, words::MESSAGE_HINT, true)}
            </div>
            <h2>"Droits demandés"</h2>
            {grid_errors(cx, sheet)}
            {grid(cx, &draft.grid)}
            <p class="soft">{words::NEUTRAL}</p>
            <p><button class="btn primary">{icon(sheet, "mail")}"Envoyer les demandes"</button></p>
        </form>
    }
    .into_any()
}

/// The lines that hold no SIRET, by name: among fifty nobody finds them otherwise.
fn wrong(cx: &Context, draft: &AccessDraft) -> Option<AnyView> {
    cx.reason("sirets")?;
    let (_, wrong) = read_sirets(&draft.sirets);
    (!wrong.is_empty()).then(|| {
        let lines = wrong.into_iter().map(|line| view! { <li class="num">{line}</li> }).collect_view();
        view! { <div class="error"><p>"À corriger\u{202f}:"</p><ul>{lines}</ul></div> }.into_any()
    })
}

fn grid(cx: &Context, draft: &RightsDraft) -> AnyView {
    let error = |name: &str| cx.reason(name).map(|_| format!("{name}-erreur")).unwrap_or_default();
    view! {
        <RightsGrid
            chosen=Function::ALL.into_iter().map(|function| draft.mode(function)).collect()
            most=Function::ALL.into_iter().map(|_| Some(Mode::Update)).collect()
            ticked=College::ALL.into_iter().filter(|college| draft.has(*college)).collect()
            allowed=College::ALL.to_vec()
            administrator=None
            redraw=AskAccess::PATH.to_owned()
            colleges_error=error("colleges")
            rights_error=error("rights")
        />
    }
    .into_any()
}

fn list(lines: &[OwnRequestLine]) -> AnyView {
    if lines.is_empty() {
        return view! { <p class="soft">"Vous n’avez encore fait aucune demande."</p> }.into_any();
    }
    let rows = lines
        .iter()
        .map(|line| {
            let day = match (line.status, line.decided) {
                (RequestStatus::Waiting | RequestStatus::Expired, _) | (_, None) => line.expires,
                (_, Some(day)) => day,
            };
            view! {
                <tr>
                    <th scope="row" class="num">{line.siret.grouped()}</th>
                    <td data-label="Demandée le">{date(line.created)}</td>
                    <td data-label="État">{words::request(line.status)}</td>
                    <td data-label="Réponse ou échéance">{date(day)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack tight" aria-labelledby="demandes">
            <h2 id="demandes">"Vos demandes"</h2>
            <div class="card tablewrap">
                <table class="list">
                    <caption class="sr-only">"Vos demandes d’accès et leur état"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"SIRET"</th>
                            <th scope="col">"Demandée le"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Réponse ou échéance"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
