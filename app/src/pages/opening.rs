//! Opening an account in two steps (S9–S25).

use super::failures::flash;
use super::parts::{self, password_field};
use crate::api::opening::{Identify, Open, OpeningCertify, OpeningSms};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::{Field, draft, field, summary};
use crate::ui::notice::{Tone, notice_with};
use crate::wire::{Context, Message};
use crate::words::{form, identity as words};
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, ProvenSite};

/// `Étape n/2` with its bar (S9, S15).
pub(super) fn steps(step: u8) -> AnyView {
    view! {
        <p class="steps">
            <b>{format!("Étape {step}/2")}</b>
            <i class="on" aria-hidden="true"></i>
            <i class=(step == 2).then_some("on") aria-hidden="true"></i>
        </p>
    }
    .into_any()
}

/// The three values of the letters (S10–S12).
pub(super) fn triple(cx: &Context, sheet: &str) -> AnyView {
    let one = |name, label, hint, class, inputmode| {
        field(
            sheet,
            &Field {
                name,
                label,
                hint,
                class,
                inputmode,
                value: cx.typed(name),
                reason: cx.reason(name),
                autocomplete: "off",
                ..Field::default()
            },
        )
    };
    view! {
        {one("identifiant", words::IDENTIFIANT, "Présent sur le courrier de bienvenue.", "short", "")}
        {one("siret", words::SIRET, "14 chiffres, avec ou sans espaces.", "short", "numeric")}
        {one("code", words::CODE, "Reçu par courrier\u{202f}: le courrier informatique, 12 lettres et chiffres.", "code", "")}
    }
    .into_any()
}

/// Step 1/2.
pub(super) fn letters(cx: &Context) -> Loaded {
    let (sheet, said, errors, cx) = (icons(cx), flash(cx), cx.invalid(), cx.clone());
    Loaded::new("Ouverture de compte, étape 1/2", Frame::Plain, move || {
        view! {
            <div class="stack">
                {steps(1)}
                <hgroup>
                    <h1>"Saisie des informations d’identification"</h1>
                    <p class="soft">"Munissez-vous des deux courriers transmis par votre caisse."</p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &words::TRIPLE))}
                <form class="card stack" method="post" action=Identify::PATH novalidate>
                    <p class="hint">{form::ALL_MANDATORY}</p>
                    {triple(&cx, &sheet)}
                    <button class="btn primary">{words::VALIDATE}</button>
                </form>
                <p class="soft">"Vous avez déjà un espace\u{202f}? "<a href=Page::Associate.path()>{words::ASSOCIATE}</a></p>
                <p class="soft">"Courrier informatique perdu\u{202f}? "<a href=Page::Forgotten.path()>"Demandez un nouveau code"</a></p>
            </div>
        }
        .into_any()
    })
}

/// Step 2/2, or none when step 1/2 has to come first.
pub(super) async fn contact(cx: &Context) -> Result<Option<Loaded>, Fault> {
    let proven = match &cx.opening {
        Some(opening) => match cx.services.proven_site(opening).await {
            Err(Fault::Refused(Refusal::FlowLost)) => None,
            other => Some(other?),
        },
        None => None,
    };
    Ok(match (proven, cx.refusal()) {
        (Some(proven), _) => Some(contact_form(cx, proven)),
        (None, Some(Refusal::FlowLost)) => Some(lost(cx, "Ouverture de compte", &Page::OpeningLetters)),
        (None, _) => None,
    })
}

/// The visit is over: back to step 1/2.
pub(super) fn lost(cx: &Context, title: &'static str, first: &Page) -> Loaded {
    let (said, first) = (flash(cx), first.path());
    Loaded::new(title, Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>{title}</h1>
                {said}
                <p><a class="btn primary" href=first>"Reprendre à l’étape 1"</a></p>
            </div>
        }
        .into_any()
    })
}

const LABELS: [(&str, &str); 9] = [
    ("email", words::EMAIL),
    ("email_confirmation", "Confirmation de l’adresse mail"),
    ("password", words::PASSWORD),
    ("password_confirmation", "Confirmation du mot de passe"),
    ("first", "Prénom"),
    ("last", "Nom"),
    ("phone", "Téléphone"),
    ("mobile", "Téléphone mobile"),
    ("sms", "Code reçu par SMS"),
];

fn contact_form(cx: &Context, ProvenSite(holder): ProvenSite) -> Loaded {
    let (sheet, errors, cx) = (icons(cx), cx.invalid(), cx.clone());
    Loaded::new("Ouverture de compte, étape 2/2", Frame::Plain, move || {
        let said = match cx.refusal() {
            Some(Refusal::MailTaken) => Some(mail_taken(&sheet)),
            _ => flash(&cx),
        };
        let refused = cx.flash.is_some();
        let value = |name: &str, known: &str| if refused { cx.typed(name).to_owned() } else { known.to_owned() };
        view! {
            <div class="stack">
                {steps(2)}
                <hgroup>
                    <h1>"Informations de contact et de connexion"</h1>
                    <p class="soft">{holder.site.name.clone()}", SIRET "<span class="num">{holder.site.siret.grouped()}</span></p>
                </hgroup>
                {said}
                {errors.map(|errors| summary(&sheet, &errors, &LABELS))}
                <form class="card stack" method="post" action=Open::PATH novalidate>
                    <input type="hidden" name=draft("site") value=holder.site.id.to_string()/>
                    // What Enter presses: the first button of a form.
                    <button class="sr-only" tabindex="-1" aria-hidden="true">{words::VALIDATE}</button>
                    {person(&cx, &sheet, &value("first", &holder.first), &value("last", &holder.last), &value("phone", ""), &value("mobile", ""))}
                    {login(&cx, &sheet, &value("email", ""), &value("email_confirmation", ""))}
                    <button class="btn primary">{words::VALIDATE}</button>
                </form>
            </div>
        }
        .into_any()
    })
}

fn mail_taken(sheet: &str) -> AnyView {
    notice_with(
        sheet,
        Tone::Signal,
        view! {
            <p>"Un espace existe déjà avec cette adresse mail. Associez-y ce site, ou indiquez une autre adresse."</p>
            <p><a class="btn small" href=Page::AssociateLogin.path()>{words::ASSOCIATE}</a></p>
        }
        .into_any(),
    )
}

fn login(cx: &Context, sheet: &str, email: &str, again: &str) -> AnyView {
    let mail = |name, label, hint, value: &str| {
        field(
            sheet,
            &Field { name, label, hint, kind: "email", value, reason: cx.reason(name), autocomplete: "username", ..Field::default() },
        )
    };
    view! {
        <fieldset class="stack">
            <legend><h2>"Vos informations de connexion"</h2></legend>
            {mail("email", LABELS[0].1, "Elle deviendra votre identifiant de connexion.", email)}
            {mail("email_confirmation", LABELS[1].1, "", again)}
            {password_field(cx, sheet, "password", LABELS[2].1, "new-password", true)}
            {password_field(cx, sheet, "password_confirmation", LABELS[3].1, "new-password", false)}
        </fieldset>
    }
    .into_any()
}

fn person(cx: &Context, sheet: &str, first: &str, last: &str, phone: &str, mobile: &str) -> AnyView {
    let one = |name, label, hint, kind, value: &str, autocomplete, optional| {
        field(sheet, &Field { name, label, hint, kind, value, autocomplete, optional, reason: cx.reason(name), ..Field::default() })
    };
    view! {
        <fieldset class="stack">
            <legend><h2>"Vos coordonnées"</h2></legend>
            {one("first", LABELS[4].1, "", "text", first, "given-name", false)}
            {one("last", LABELS[5].1, "", "text", last, "family-name", false)}
            {one("phone", LABELS[6].1, "", "tel", phone, "tel", true)}
            {parts::mobile(cx, sheet, mobile, cx.opening.as_ref().and_then(|opening| opening.mobile.as_deref()), OpeningSms::PATH, OpeningCertify::PATH)}
        </fieldset>
    }
    .into_any()
}

/// The mail is on its way (S25–S27).
pub(super) fn sent(cx: &Context) -> Loaded {
    let email = match &cx.flash {
        Some(Message::Sent(email)) => Some(email.clone()),
        _ => None,
    };
    Loaded::new("Activez votre compte", Frame::Plain, move || {
        let sentence = match email {
            Some(email) => view! { <p>"Un email vous est envoyé à l’adresse "<strong>{email}</strong>"."</p> }.into_any(),
            None => view! { <p>"Un email vous est envoyé à l’adresse que vous avez saisie."</p> }.into_any(),
        };
        view! {
            <div class="stack">
                <h1>"Plus qu’une étape\u{202f}: activez votre compte"</h1>
                <div class="card stack">
                    {sentence}
                    <p>"Il contient le lien d’activation de votre compte. Il est nécessaire de cliquer sur ce lien, dans les 72 heures, pour accéder à votre Espace sécurisé."</p>
                    <p class="soft">"Rien reçu au bout de quelques minutes\u{202f}? Regardez dans les courriers indésirables, puis "<a href=Page::ActivationResend.path()>"demandez un nouveau lien"</a>"."</p>
                </div>
            </div>
        }
        .into_any()
    })
}
