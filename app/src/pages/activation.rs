//! The activation link's page (S26–S28, A9, A10): one button; a new link for whoever needs one.

use super::failures::flash;
use crate::api::opening::{Activate, Resend};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, field, summary};
use crate::ui::notice::{Tone, notice};
use crate::wire::{Context, Message};
use crate::words::identity as words;
use crate::words::refusal;
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::Fault;

/// The button, or, for a dead link, the way to a new one: the same page whatever is wrong with the link.
pub(super) async fn load(cx: &Context) -> Result<Loaded, Fault> {
    let live = match &cx.link {
        Some(link) if cx.refusal().is_none() => cx.services.is_activation_live(link).await?,
        _ => false,
    };
    // A busy portal is not a dead link.
    let said = match cx.refusal() {
        Some(Refusal::DeadLink) | None => None,
        Some(_) => flash(cx),
    };
    Ok(if live || said.is_some() { button(said) } else { dead().status(410) })
}

fn button(said: Option<AnyView>) -> Loaded {
    Loaded::new("Activation de votre compte", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Activation de votre compte"</h1>
                {said}
                <form class="card stack" method="post" action=Activate::PATH>
                    <p>"Confirmez l’activation de votre compte. Votre adresse mail sera certifiée du même coup."</p>
                    <button class="btn primary">"Activer mon compte"</button>
                </form>
            </div>
        }
        .into_any()
    })
}

fn dead() -> Loaded {
    let sentence = refusal::sentence(&Refusal::DeadLink);
    Loaded::new("Lien expiré", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Ce lien ne peut plus servir"</h1>
                <p>{sentence}</p>
                <p>"Si votre compte est déjà actif, connectez-vous. Sinon, demandez un nouveau lien."</p>
                <p class="row">
                    <a class="btn primary" href=Page::ActivationResend.path()>"Recevoir un nouveau lien"</a>
                    <a class="btn" href=Page::SignIn.path()>"Se connecter"</a>
                </p>
            </div>
        }
        .into_any()
    })
}

/// Asking for a new link; also where a right password on a sleeping account leads (D11).
pub(super) fn resend(cx: &Context) -> Loaded {
    let sheet = icons(cx);
    let errors = match cx.refusal() {
        Some(Refusal::Invalid(fields)) => Some(fields.clone()),
        _ => None,
    };
    let (said, email) = match &cx.flash {
        Some(Message::Resent) => (
            Some(notice(&sheet, Tone::Ok, "Si un compte attend son activation à cette adresse, un nouveau lien vient de lui être envoyé.")),
            String::new(),
        ),
        Some(Message::Activate(email)) => (
            Some(notice(
                &sheet,
                Tone::Info,
                "Votre compte n’est pas encore activé : cliquez sur le lien reçu par mail, ou demandez-en un nouveau."
                    .replace(" :", "\u{202f}:"),
            )),
            email.clone(),
        ),
        _ => (flash(cx), cx.typed("email").to_owned()),
    };
    let reason = cx.reason("email");
    Loaded::new("Activez votre compte", Frame::Plain, move || {
        let mail = Field {
            name: "email",
            label: words::EMAIL,
            kind: "email",
            value: &email,
            reason,
            autocomplete: "username",
            ..Field::default()
        };
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Activez votre compte"</h1>
                    <p class="soft">"Un nouveau lien d’activation, valable 72 heures, remplace le précédent."</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &[("email", words::EMAIL)]))}
                <form class="card stack" method="post" action=Resend::PATH novalidate>
                    {field(&sheet, &mail)}
                    <button class="btn primary">"Recevoir un nouveau lien"</button>
                </form>
                <p><a href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
            </div>
        }
        .into_any()
    })
}
