//! Handing on over several clients, step 2: the grid, no wider than what the firm holds on every client that was chosen.

use crate::api::handing_on::HandOn;
use crate::document::Loaded;
use crate::islands::RightsGrid;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::parts::{grid_errors, step_up};
use crate::routes::{FirmPage, Page};
use crate::ui::form::summary;
use crate::wire::{Context, Handing, Message};
use crate::words::rights as words;
use domain::delegations::beneficiary::RightsDraft;
use domain::delegations::{College, Function, Rights};
use domain::form::FieldErrors;
use domain::text::{count, date};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::Fault;

/// The page.
#[expect(clippy::unused_async, reason = "as every page is loaded")]
pub(super) async fn load(cx: &Context, handing: &Handing) -> Result<Loaded, Fault> {
    let givable = cx.services.givable_on_all(cx.visit()?, &handing.sites)?;
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    let draft = match &cx.flash {
        Some(Message::Refused(_, typed) | Message::Broken(_, typed) | Message::Redrawn(typed, _)) if !typed.typed.is_empty() => {
            RightsDraft::restore(typed)
        }
        _ => RightsDraft::blank(),
    };
    let starts = handing.who.starts.parse().map_or_else(|_| handing.who.starts.clone(), date);
    let number = count(handing.sites.len(), "client", "clients");
    let lead = format!("{}, sur {number}, à partir du {starts}, {}.", handing.who.email, words::until(handing.who.ends.parse().ok()));
    let bound = givable.ends.map(|end| format!("Sur l’un de ces clients, vos propres droits prennent fin le {}.", date(end)));
    let cx = cx.clone();
    Ok(Loaded::new("Droits du collaborateur", Frame::Wide, move || {
        let stepping = step_up(&cx, &sheet, cx.visit().is_ok_and(|visit| cx.services.needs_password(visit)));
        view! {
            <div class="stack">
                <hgroup><h1>"Droits du collaborateur"</h1><p class="soft">{lead}</p></hgroup>
                <p>"Vous pouvez transmettre ici ce que vous détenez sur chacun des clients choisis. "{bound}</p>
                {said}
                {errors.as_ref().map(|errors| summary(&sheet, errors, &labels(errors)))}
                <form class="stack" method="post" action=HandOn::PATH novalidate>
                    // What Enter presses: the first button of a form.
                    <button class="sr-only" tabindex="-1" aria-hidden="true">"Valider et envoyer l’invitation"</button>
                    {grid_errors(&cx, &sheet)}
                    {grid(&cx, &draft, &givable.rights)}
                    {stepping}
                    <p class="row">
                        <button class="btn primary">"Valider et envoyer l’invitation"</button>
                        <a class="btn" href=Page::Firm(FirmPage::Collaborators).path()>"Précédent"</a>
                    </p>
                </form>
            </div>
        }
        .into_any()
    }))
}

fn labels(errors: &FieldErrors) -> Vec<(&str, &'static str)> {
    let label = |name: &str| words::GRID.iter().find(|(field, _)| *field == name).map_or("Droits d’accès", |(_, label)| *label);
    errors.errors.iter().map(|(name, _)| (name.as_str(), label(name))).collect()
}

fn grid(cx: &Context, draft: &RightsDraft, held: &Rights) -> AnyView {
    let error = |name: &str| cx.reason(name).map(|_| format!("{name}-erreur")).unwrap_or_default();
    view! {
        <RightsGrid
            chosen=Function::ALL.into_iter().map(|function| draft.mode(function).min(held.mode(function))).collect()
            most=Function::ALL.into_iter().map(|function| held.mode(function)).collect()
            ticked=College::ALL.into_iter().filter(|college| draft.has(*college) && held.colleges.contains(*college)).collect()
            allowed=held.colleges.iter().collect()
            administrator=None
            redraw=HandOn::PATH.to_owned()
            colleges_error=error("colleges")
            rights_error=error("rights")
        />
    }
    .into_any()
}
