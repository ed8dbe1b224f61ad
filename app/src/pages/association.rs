//! Associating further sites in two steps (S38–S46).

use super::failures::flash;
use super::opening::{lost, steps, triple};
use super::parts::password_field;
use crate::api::association::{Associate, IdentifyFurther};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, draft, field, summary};
use crate::wire::Context;
use crate::words::{form, identity as words};
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, ProvenSite};

/// Step 1/2: the letters of the new site (S39, S40).
pub(super) fn letters(cx: &Context) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Loaded::new("Associer d’autres sites déclarants, étape 1/2", Frame::Plain, move || {
        view! {
            <div class="stack">
                {steps(1)}
                <hgroup>
                    <h1>"Associer d’autres sites déclarants"</h1>
                    <p class="soft">"Munissez-vous des deux courriers transmis par votre caisse pour le nouveau site."</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &words::TRIPLE))}
                <form class="card stack" method="post" action=IdentifyFurther::PATH novalidate>
                    <p class="hint">{form::ALL_MANDATORY}</p>
                    {triple(&cx, &sheet)}
                    <button class="btn primary">{words::VALIDATE}</button>
                </form>
                <p class="soft">"Vous n’avez pas encore d’espace\u{202f}? "<a href=Page::OpeningLetters.path()>{words::CREATE}</a></p>
            </div>
        }
        .into_any()
    })
}

/// Step 2/2: login and password (S42, S43); none when step 1/2 has to come first.
pub(super) async fn login(cx: &Context) -> Result<Option<Loaded>, Fault> {
    let proven = match &cx.opening {
        Some(opening) => match cx.services.proven_site(opening).await {
            Err(Fault::Refused(Refusal::FlowLost)) => None,
            other => Some(other?),
        },
        None => None,
    };
    Ok(match (proven, cx.refusal()) {
        (Some(proven), _) => Some(login_form(cx, proven)),
        (None, Some(Refusal::FlowLost)) => Some(lost(cx, "Associer d’autres sites déclarants", &Page::Associate)),
        (None, _) => None,
    })
}

fn login_form(cx: &Context, ProvenSite(holder): ProvenSite) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Loaded::new("Associer d’autres sites déclarants, étape 2/2", Frame::Plain, move || {
        // Whoever is logged in associates to the space they are in.
        let own = cx.visit.as_ref().map(|visit| visit.session.email.clone());
        let value = own.filter(|_| cx.flash.is_none()).unwrap_or_else(|| cx.typed("email").to_owned());
        let mail = Field {
            name: "email",
            label: words::EMAIL,
            hint: "L’identifiant de connexion de votre espace existant.",
            kind: "email",
            value: &value,
            reason: cx.reason("email"),
            autocomplete: "username",
            ..Field::default()
        };
        view! {
            <div class="stack">
                {steps(2)}
                <hgroup>
                    <h1>"Votre espace existant"</h1>
                    <p class="soft">"Site à associer\u{202f}: "{holder.site.name.clone()}", SIRET "<span class="num">{holder.site.siret.grouped()}</span></p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &[("email", words::EMAIL), ("password", words::PASSWORD)]))}
                <form class="card stack" method="post" action=Associate::PATH novalidate>
                    <input type="hidden" name=draft("site") value=holder.site.id.to_string()/>
                    {field(&sheet, &mail)}
                    {password_field(&cx, &sheet, "password", words::PASSWORD, "current-password", false)}
                    <button class="btn primary">{words::VALIDATE}</button>
                </form>
            </div>
        }
        .into_any()
    })
}
