//! Logging in through another identity provider: its button, the page that links once, its part of the tab « Sécurité ».

use super::account::hidden_site;
use super::failures::{flash, refused};
use super::parts::{password_field, step_up};
use crate::api::external::{LinkExternal, LinkOwnExternal, UnlinkExternal};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, draft, field, summary};
use crate::ui::notice::{Tone, notice_with};
use crate::wire::{Context, DEPART, Provider};
use crate::words::{account, external as words, identity};
use domain::id::SiteId;
use domain::refusal::Refusal;
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{ExternalLine, Fault};

/// The button of the login page: a link, so that it works without script and within the content policy (D29).
pub(super) fn button(provider: &Provider, next: Option<&str>) -> AnyView {
    let to = next.map_or_else(|| DEPART.to_owned(), |next| format!("{DEPART}?suite={next}"));
    let about = provider.about.map(|about| {
        view! { <p class="soft"><a href=about rel="noreferrer">{words::what_is(&provider.name)}</a></p> }
    });
    view! {
        <div class="stack tight provider">
            <p class="or"><span>"ou"</span></p>
            <a class="btn full" href=to>{words::identify(&provider.name)}</a>
            {about}
        </div>
    }
    .into_any()
}

/// What is said after logging out of a session the provider opened.
pub(super) fn left(cx: &Context, exit: &str) -> AnyView {
    let (sheet, exit) = (icons(cx), exit.to_owned());
    let name = cx.provider.as_ref().map_or("", |provider| provider.name.as_str());
    let inside = view! { <p>{words::still_open(name)}</p><p><a href=exit rel="noreferrer">{words::leave(name)}</a></p> };
    notice_with(&sheet, Tone::Ok, inside.into_any())
}

/// The page that links; none when the provider has proven nobody, or too long ago.
pub(super) fn link(cx: &Context) -> Result<Option<Loaded>, Fault> {
    let provider = cx.provider.as_deref().ok_or(Refusal::NotFound)?;
    if cx.linking().is_err() {
        return Ok(cx.refusal().map(|refusal| refused(cx, refusal)));
    }
    let title = words::link_title(&provider.name);
    let form = if cx.visit.is_some() { own_form(cx, provider) } else { first_form(cx, provider) };
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    Ok(Some(Loaded::new(title.clone(), Frame::Plain, move || {
        let labels = [("email", identity::EMAIL), ("password", identity::PASSWORD), ("current", account::CURRENT)];
        view! {
            <div class="stack">
                <h1>{title}</h1>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &labels))}
                {form()}
            </div>
        }
        .into_any()
    })))
}

/// The form of somebody who is not logged in: mail and password of the account, once.
fn first_form(cx: &Context, provider: &Provider) -> Box<dyn FnOnce() -> AnyView + Send> {
    let (sheet, sentence, cx) = (icons(cx), words::link_once(&provider.name), cx.clone());
    Box::new(move || {
        let mail = Field {
            name: "email",
            label: identity::EMAIL,
            kind: "email",
            value: cx.typed("email"),
            reason: cx.reason("email"),
            autocomplete: "username",
            ..Field::default()
        };
        view! {
            <form class="card stack" method="post" action=LinkExternal::PATH novalidate>
                <p>{sentence}</p>
                {field(&sheet, &mail)}
                {password_field(&cx, &sheet, "password", identity::PASSWORD, "current-password", false)}
                <p><a href=Page::Forgotten.path()>{identity::FORGOTTEN.replace(" ?", "\u{202f}?")}</a></p>
                <p class="row"><button class="btn primary">{words::LINK}</button>{cancel()}</p>
            </form>
            <p class="soft">"Vous n’avez pas encore d’espace\u{202f}? "<a href=Page::OpeningLetters.path()>{identity::CREATE}</a></p>
        }
        .into_any()
    })
}

/// The form of somebody who is: a button, and the password when it was not given a moment ago.
fn own_form(cx: &Context, provider: &Provider) -> Box<dyn FnOnce() -> AnyView + Send> {
    let email = cx.visit.as_ref().map_or("", |visit| visit.session.email.as_str());
    let (sheet, sentence, cx) = (icons(cx), words::link_own(&provider.name, email), cx.clone());
    Box::new(move || {
        view! {
            <form class="card stack" method="post" action=LinkOwnExternal::PATH novalidate>
                // A form without any field is no form of ours.
                {hidden_site(None)}
                <p>{sentence}</p>
                {step_up(&cx, &sheet, asks_password(&cx))}
                <p class="row"><button class="btn primary">{words::LINK}</button>{cancel()}</p>
            </form>
        }
        .into_any()
    })
}

fn cancel() -> AnyView {
    view! { <a class="btn" href=Page::SignIn.path()>"Annuler"</a> }.into_any()
}

fn asks_password(cx: &Context) -> bool {
    cx.visit.as_ref().is_some_and(|visit| cx.services.needs_password(visit)) || matches!(cx.refusal(), Some(Refusal::StepUp))
}

/// The logins of the account, for the tab « Sécurité »; nothing where there are none and there can be none.
pub(super) async fn section(cx: &Context, site: Option<&SiteId>) -> Result<Option<AnyView>, Fault> {
    let logins = cx.services.external_logins(cx.visit()?).await?;
    if cx.provider.is_none() && logins.is_empty() {
        return Ok(None);
    }
    let known = cx.provider.as_ref().map(|provider| (provider.name.as_str(), provider.issuer.as_str()));
    let lines = logins.iter().map(|login| line(known, login)).collect_view();
    let add = cx.provider.as_ref().map(|provider| {
        view! { <p><a class="btn" href=DEPART>{words::add(&provider.name)}</a></p> }
    });
    let sheet = icons(cx);
    let list = if logins.is_empty() {
        view! { <p class="soft">"Aucun autre service ne permet de se connecter à cet espace."</p> }.into_any()
    } else {
        view! {
            <form class="stack tight" method="post" action=UnlinkExternal::PATH novalidate>
                // Enter takes nothing away: the first button of a form is what it presses.
                <button hidden disabled></button>
                {hidden_site(site)}
                <ul class="lines">{lines}</ul>
                {step_up(cx, &sheet, asks_password(cx))}
            </form>
        }
        .into_any()
    };
    Ok(Some(
        view! {
            <section class="card stack" aria-labelledby="services-identite">
                <h2 id="services-identite">"Connexion par un autre service"</h2>
                {list}
                {add}
            </section>
        }
        .into_any(),
    ))
}

fn line(known: Option<(&str, &str)>, login: &ExternalLine) -> AnyView {
    let name = words::provider_name(&login.issuer, known);
    let label = format!("{} {name}, rattachée le {}", words::UNLINK, date(login.since));
    view! {
        <li>
            <p><strong>{name}</strong></p>
            <p class="soft">{format!("Rattachée le {}.", date(login.since))}</p>
            <p><button class="btn small" name=draft("id") value=login.id.clone() aria-label=label>{words::UNLINK}</button></p>
        </li>
    }
    .into_any()
}
