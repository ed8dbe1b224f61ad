//! What links from mails lead to: one button each (A10), or, for a dead link, the way to a new one. A dead link looks the same
//! whatever is wrong with it.

use super::failures::flash;
use super::recovery;
use crate::api::links::{Alarm, CertifyEmail, ConfirmEmail, ResendCertification, RevertEmail};
use crate::api::opening::{Activate, Resend};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, field, summary};
use crate::ui::notice::{Tone, notice};
use crate::wire::{Context, Message};
use crate::words::identity as words;
use crate::words::{links, refusal};
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, Purpose};

/// The page of a link.
pub(super) async fn load(cx: &Context, purpose: Purpose) -> Result<Loaded, Fault> {
    let is_dead = matches!(cx.refusal(), Some(Refusal::DeadLink));
    if purpose == Purpose::Invitation {
        return super::rights::invitation(cx, is_dead).await;
    }
    let live = match &cx.link {
        Some(link) if !is_dead => cx.services.is_link_live(purpose, link).await?,
        _ => false,
    };
    // A busy portal is not a dead link.
    let said = if is_dead { None } else { flash(cx) };
    if !live && said.is_none() && cx.invalid().is_none() {
        return Ok(dead(purpose).status(410));
    }
    Ok(match purpose {
        Purpose::Reset => recovery::new_password(cx, said),
        Purpose::Activation => button(said, links::ACTIVATION, Activate::PATH),
        Purpose::EmailChange => button(said, links::EMAIL_CHANGE, ConfirmEmail::PATH),
        Purpose::Revert => button(said, links::REVERT, RevertEmail::PATH),
        Purpose::Certification => button(said, links::CERTIFICATION, CertifyEmail::PATH),
        // An invitation has its own page, above.
        Purpose::Alarm | Purpose::Invitation => button(said, links::ALARM, Alarm::PATH),
    })
}

fn button(said: Option<AnyView>, words: links::Button, action: &'static str) -> Loaded {
    Loaded::new(words.title, Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>{words.title}</h1>
                {said}
                <form class="card stack" method="post" action=action>
                    <p>{words.sentence}</p>
                    <button class="btn primary">{words.button}</button>
                </form>
            </div>
        }
        .into_any()
    })
}

pub(super) fn dead(purpose: Purpose) -> Loaded {
    let sentence = refusal::sentence(&Refusal::DeadLink);
    let words = links::dead(purpose);
    let to = match purpose {
        Purpose::Activation | Purpose::EmailChange => Page::ActivationResend,
        Purpose::Certification => Page::Certify,
        Purpose::Reset | Purpose::Revert | Purpose::Alarm => Page::Forgotten,
        Purpose::Invitation => Page::SignIn,
    };
    // What it offers first may be logging in already: not twice.
    let sign_in = (to != Page::SignIn).then(|| Page::SignIn.path());
    Loaded::new("Lien expiré", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Ce lien ne peut plus servir"</h1>
                <p>{sentence}</p>
                <p>{words.sentence}</p>
                <p class="row">
                    <a class="btn primary" href=to.path()>{words.button}</a>
                    {sign_in.map(|to| view! { <a class="btn" href=to>"Se connecter"</a> })}
                </p>
            </div>
        }
        .into_any()
    })
}

/// Asking for a new activation link; also where a right password on a sleeping account leads (D11).
pub(super) fn resend(cx: &Context) -> Loaded {
    let sheet = icons(cx);
    let (said, email) = match &cx.flash {
        Some(Message::Resent) => (Some(notice(&sheet, Tone::Ok, links::RESENT)), String::new()),
        Some(Message::Activate(email, is_moving)) => {
            (Some(notice(&sheet, Tone::Info, if *is_moving { links::MOVING } else { links::SLEEPING })), email.clone())
        }
        _ => (flash(cx), cx.typed("email").to_owned()),
    };
    ask(cx, "Activez votre compte", links::RESEND_HINT, said, &email, Resend::PATH)
}

/// Asking for a new link to certify an address; where a right password leads once its time is over (A11).
pub(super) fn certify(cx: &Context) -> Loaded {
    let sheet = icons(cx);
    let (said, email) = match &cx.flash {
        Some(Message::CertifyAsked) => (Some(notice(&sheet, Tone::Ok, links::CERTIFY_ASKED)), String::new()),
        Some(Message::Certify(email)) => (Some(notice(&sheet, Tone::Info, links::CERTIFY_DUE)), email.clone()),
        _ => (flash(cx), cx.typed("email").to_owned()),
    };
    ask(cx, "Certifiez votre adresse mail", links::CERTIFY_HINT, said, &email, ResendCertification::PATH)
}

fn ask(cx: &Context, title: &'static str, hint: &'static str, said: Option<AnyView>, email: &str, action: &'static str) -> Loaded {
    let (sheet, errors, reason, email) = (icons(cx), cx.invalid(), cx.reason("email"), email.to_owned());
    Loaded::new(title, Frame::Plain, move || {
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
                    <h1>{title}</h1>
                    <p class="soft">{hint}</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &[("email", words::EMAIL)]))}
                <form class="card stack" method="post" action=action novalidate>
                    {field(&sheet, &mail)}
                    <button class="btn primary">"Recevoir un nouveau lien"</button>
                </form>
                <p><a href=Page::SignIn.path()>"Revenir à la connexion"</a></p>
            </div>
        }
        .into_any()
    })
}
