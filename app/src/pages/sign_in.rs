//! Connexion (S48–S53).

use super::entry::doors;
use super::external;
use super::failures::flash;
use crate::api::identity::SignIn;
use crate::document::Loaded;
use crate::islands::PasswordField;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, described, draft, field, summary, wrap};
use crate::wire::Context;
use crate::words::identity as words;
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// The login page.
pub(super) fn load(cx: &Context) -> Loaded {
    let sheet = icons(cx);
    let said = flash(cx);
    let errors = match cx.refusal() {
        Some(Refusal::Invalid(fields)) => Some(fields.clone()),
        _ => None,
    };
    let (typed, email_reason, password_reason) = (cx.typed("email").to_owned(), cx.reason("email"), cx.reason("password"));
    // Where the person was going, kept through a refused login; used only if it is one of our pages.
    let next = Page::wanted(cx.query("suite")).or_else(|| Page::wanted(cx.typed("next"))).map(|page| page.path());
    let other = cx.provider.as_ref().map(|provider| external::button(provider, next.as_deref()));
    Loaded::new("Connexion", Frame::Wide, move || {
        let password = view! {
            <PasswordField
                id="password".into()
                name=draft("password")
                autocomplete="current-password".into()
                described=described("password", false, password_reason.is_some()).unwrap_or_default()
                invalid=password_reason.is_some()
                icons=sheet.clone()
                rules=false
            />
        };
        let email = Field {
            name: "email",
            label: words::EMAIL,
            kind: "email",
            value: &typed,
            reason: email_reason,
            autocomplete: "username",
            ..Field::default()
        };
        view! {
            <div class="two">
                <section class="card stack">
                    <hgroup>
                        <h1>{words::SIGN_IN}</h1>
                        <p class="soft">"Avec l’adresse mail de votre compte."</p>
                    </hgroup>
                    {said}
                    {errors.map(|errors| summary(&sheet, &errors, &[("email", words::EMAIL), ("password", words::PASSWORD)]))}
                    <form class="stack" method="post" action=SignIn::PATH novalidate>
                        {next.map(|next| view! { <input type="hidden" name=draft("next") value=next/> })}
                        {field(&sheet, &email)}
                        {wrap(&sheet, "password", words::PASSWORD, "", password_reason, false, password.into_any())}
                        <p><a href=Page::Forgotten.path()>{words::FORGOTTEN.replace(" ?", "\u{202f}?")}</a></p>
                        <button class="btn primary full">{words::CONNECT}</button>
                    </form>
                    {other}
                </section>
                {doors()}
            </div>
        }
        .into_any()
    })
}
