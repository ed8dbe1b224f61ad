//! Second step of the login, for accounts that have a second factor.

use super::ceremony::{Ask, button, fields};
use super::failures::flash;
use crate::api::identity::Verify;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, draft, field, summary, wrap};
use crate::wire::Context;
use crate::words::{factor as words, refusal};
use domain::form::Reason;
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, SecondStep, TRUST_DAYS};

/// The page. Whoever comes too late, or without a password given before, is sent back to the login.
pub(super) async fn load(cx: &Context) -> Result<Loaded, Fault> {
    let Some(pending) = &cx.pending else { return Ok(lost()) };
    match cx.services.second_step(pending).await {
        Ok(step) => Ok(page(cx, step)),
        Err(Fault::Refused(Refusal::SecondStepLost)) => Ok(lost()),
        Err(other) => Err(other),
    }
}

fn page(cx: &Context, step: SecondStep) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    let reach = refusal::reach(&cx.fund);
    Loaded::new("Vérification", Frame::Plain, move || {
        let code = step.has_app.then(|| {
            let code = Field {
                name: "code",
                label: words::CODE,
                hint: "6 chiffres, affichés par l’application.",
                reason: cx.reason("code"),
                autocomplete: "one-time-code",
                inputmode: "numeric",
                class: "code short",
                ..Field::default()
            };
            view! { {field(&sheet, &code)} }
        });
        let passkey = step.ceremony.as_ref().map(|ceremony| {
            view! {
                {fields(ceremony)}
                {wrong_passkey(&sheet, cx.reason("passkey"))}
            }
        });
        let verify = step.has_app.then(|| view! { <button class="btn primary">"Vérifier"</button> });
        let ask = step.ceremony.is_some().then(|| button(Ask::Get, !step.has_app));
        let open = cx.reason("recovery").is_some() || (!step.has_app && step.ceremony.is_none());
        let options = step.ceremony.as_ref().map(|ceremony| ceremony.options.clone());
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Vérification en deux étapes"</h1>
                    <p class="soft">{words::SECOND_STEP}</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &words::SECOND_FIELDS))}
                <form class="card stack" method="post" action=Verify::PATH novalidate data-passkey=options.is_some().then_some("get") data-options=options>
                    {code}
                    {passkey}
                    <label class="check">
                        <input type="checkbox" name=draft("trust") value="oui" checked=cx.typed("trust") == "oui"/>
                        <span>{words::trust(TRUST_DAYS)}<span class="hint">"Seulement sur un appareil que vous êtes seul à utiliser."</span></span>
                    </label>
                    <p class="row">{verify}{ask}</p>
                    {recovery(&sheet, cx.reason("recovery"), step.has_recovery, open)}
                </form>
                <p><a href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
                <p class="soft">{words::LOST_ALL}" "{reach}</p>
            </div>
        }
        .into_any()
    })
}

/// The field of a recovery code, folded away until it is needed.
fn recovery(sheet: &str, reason: Option<Reason>, left: bool, open: bool) -> Option<AnyView> {
    left.then(|| {
        let code = Field {
            name: "recovery",
            label: words::RECOVERY_CODE,
            hint: "16 lettres et chiffres. Chaque code sert une seule fois.",
            reason,
            autocomplete: "off",
            class: "code",
            ..Field::default()
        };
        view! {
            <details class="fold" open=open>
                <summary>"Utiliser un code de secours"</summary>
                <div class="stack tight">
                    {field(sheet, &code)}
                    <p><button class="btn">"Vérifier ce code de secours"</button></p>
                </div>
            </details>
        }
        .into_any()
    })
}

/// Why a passkey was refused, where the summary of errors leads to.
fn wrong_passkey(sheet: &str, reason: Option<Reason>) -> Option<AnyView> {
    reason.map(|reason| wrap(sheet, "passkey", "Clé d’accès", "", Some(reason), false, ().into_any()))
}

fn lost() -> Loaded {
    let sentence = refusal::sentence(&Refusal::SecondStepLost);
    Loaded::new("Vérification", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Vérification expirée"</h1>
                <p>{sentence}</p>
                <p><a class="btn primary" href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
            </div>
        }
        .into_any()
    })
    .status(410)
}
