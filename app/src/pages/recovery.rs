//! Mot de passe oublié: the choice between two options (S66–S73), and the new password behind a link (S70).

use super::failures::flash;
use super::parts::password_twice;
use crate::api::recovery::{AskLetters, AskReset, Reset};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, field, summary};
use crate::ui::notice::{Tone, notice_with};
use crate::wire::{Context, Message};
use crate::words::identity as words;
use crate::words::recovery;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The two options. What was asked for is confirmed above them, in the same words whoever asked.
pub(super) fn forgotten(cx: &Context) -> Loaded {
    let (sheet, errors, cx) = (icons(cx), cx.invalid(), cx.clone());
    Loaded::new("Mot de passe oublié", Frame::Plain, move || {
        let said = match &cx.flash {
            Some(Message::ResetAsked) => Some(asked(&sheet, recovery::RESET_ASKED, recovery::RESET_HINT)),
            Some(Message::LettersAsked) => Some(asked(&sheet, recovery::LETTERS_ASKED, recovery::LETTERS_HINT)),
            _ => flash(&cx),
        };
        let labels = [("email", words::EMAIL), ("identifiant", "Identifiant CIBTP")];
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Mot de passe oublié"</h1>
                    <p class="soft">"Choisissez la situation qui est la vôtre."</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &labels))}
                {by_mail(&cx, &sheet)}
                {by_post(&cx, &sheet)}
                <p><a href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
            </div>
        }
        .into_any()
    })
}

fn asked(sheet: &str, sentence: &'static str, hint: &'static str) -> AnyView {
    notice_with(sheet, Tone::Ok, view! { <p>{sentence}</p><p class="soft">{hint}</p> }.into_any())
}

fn by_mail(cx: &Context, sheet: &str) -> AnyView {
    let mail = Field {
        name: "email",
        label: words::EMAIL,
        hint: "Celle qui vous sert d’identifiant de connexion.",
        kind: "email",
        value: cx.typed("email"),
        reason: cx.reason("email"),
        autocomplete: "username",
        ..Field::default()
    };
    view! {
        <section class="card stack" aria-labelledby="option-mail">
            <h2 id="option-mail">{recovery::OPTION_MAIL}</h2>
            <form class="stack" method="post" action=AskReset::PATH novalidate>
                {field(sheet, &mail)}
                <button class="btn primary">{words::VALIDATE}</button>
            </form>
        </section>
    }
    .into_any()
}

fn by_post(cx: &Context, sheet: &str) -> AnyView {
    let identifiant = Field {
        name: "identifiant",
        label: "Identifiant CIBTP",
        hint: "Présent sur le courrier de bienvenue.",
        value: cx.typed("identifiant"),
        reason: cx.reason("identifiant"),
        autocomplete: "off",
        class: "short",
        ..Field::default()
    };
    view! {
        <section class="card stack" aria-labelledby="option-courrier">
            <h2 id="option-courrier">{recovery::OPTION_POST}</h2>
            <form class="stack" method="post" action=AskLetters::PATH novalidate>
                {field(sheet, &identifiant)}
                <button class="btn">{recovery::BY_POST}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The form behind the link.
pub(super) fn new_password(cx: &Context, said: Option<AnyView>) -> Loaded {
    let (sheet, errors, cx) = (icons(cx), cx.invalid(), cx.clone());
    Loaded::new("Nouveau mot de passe", Frame::Plain, move || {
        let labels = [("password", "Nouveau mot de passe"), ("password_confirmation", "Confirmation du mot de passe")];
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Choisissez un nouveau mot de passe"</h1>
                    <p class="soft">"Vos autres appareils seront déconnectés."</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &labels))}
                <form class="card stack" method="post" action=Reset::PATH novalidate>
                    {password_twice(&cx, &sheet)}
                    <button class="btn primary">"Enregistrer"</button>
                </form>
            </div>
        }
        .into_any()
    })
}
