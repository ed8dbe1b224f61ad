//! Pages for what did not work: refusals outside forms, unknown addresses, failures of ours.

use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::notice::{Tone, notice};
use crate::wire::{Context, Guide, Message};
use crate::words::{done, questions, refusal as words};
use domain::refusal::Refusal;
use leptos::prelude::*;

/// What the last form said, above the page's own content.
pub(super) fn flash(cx: &Context) -> Option<AnyView> {
    let sheet = icons(cx);
    Some(match cx.flash.as_ref()? {
        // Reasons by field are said by the summary of the form; the others by their own page.
        Message::Refused(Refusal::Invalid(_), _)
        | Message::Sent(_)
        | Message::Resent
        | Message::Activate(..)
        | Message::ResetAsked
        | Message::LettersAsked
        | Message::Certify(_)
        | Message::RecoveryCodes(_)
        | Message::Redrawn(..)
        | Message::AccessAsked(..)
        | Message::Reported(..)
        | Message::CertifyAsked => return None,
        Message::Refused(refusal, _) => notice(&sheet, Tone::Signal, words::sentence(refusal)),
        Message::Broken(number, _) => notice(&sheet, Tone::Signal, words::broken(number)),
        Message::Activated => {
            notice(&sheet, Tone::Ok, "Votre compte est activé et votre adresse mail est certifiée. Vous pouvez vous connecter.")
        }
        Message::Associated => notice(&sheet, Tone::Ok, done::associated(cx.visit.is_some())),
        Message::PasswordReset => notice(&sheet, Tone::Ok, done::PASSWORD_RESET),
        Message::EmailMoving(email) => notice(&sheet, Tone::Info, done::email_moving(email)),
        Message::EmailConfirmed => notice(&sheet, Tone::Ok, done::EMAIL_CONFIRMED),
        Message::EmailReverted => notice(&sheet, Tone::Ok, done::EMAIL_REVERTED),
        Message::Certified => notice(&sheet, Tone::Ok, done::CERTIFIED),
        Message::Alarm => notice(&sheet, Tone::Ok, done::ALARM),
        Message::Saved(what) => notice(&sheet, Tone::Ok, done::saved(*what)),
        Message::SmsSent(_) => notice(&sheet, Tone::Info, done::SMS_SENT),
        Message::SmsCertified(_) => notice(&sheet, Tone::Ok, done::SMS_CERTIFIED),
        Message::SignedOutHere(exit) => super::external::left(cx, exit),
        Message::Erased => notice(&sheet, Tone::Ok, done::ERASED),
        Message::SignedOut => notice(&sheet, Tone::Ok, "Vous êtes déconnecté. À bientôt."),
        Message::Guide(Guide::Opinion(helped)) => notice(&sheet, Tone::Ok, if *helped { questions::THANKS } else { questions::SORRY }),
        Message::DisplaySaved => notice(&sheet, Tone::Ok, "Vos préférences d’affichage sont enregistrées sur cet appareil."),
    })
}

/// A page for a refusal that belongs to no form.
#[must_use]
pub fn refused(cx: &Context, refusal: &Refusal) -> Loaded {
    let title = match refusal {
        Refusal::NotFound => "Page introuvable",
        Refusal::DeadLink => "Lien expiré",
        Refusal::ProviderFailed => "Connexion impossible",
        _ => "Demande refusée",
    };
    let (sentence, reach) = (words::sentence(refusal), words::reach(&cx.fund));
    let (back, label) = match refusal {
        _ if cx.visit.is_some() => (Page::Sites, "Revenir à mes sites"),
        Refusal::ProviderFailed => (Page::SignIn, "Revenir à la connexion"),
        _ => (Page::Entry, "Revenir à l’accueil"),
    };
    Loaded::new(title, Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>{title}</h1>
                <p>{sentence}</p>
                <p><a class="btn primary" href=back.path()>{label}</a></p>
                <p class="soft">"Besoin d’aide\u{202f}? "{reach}</p>
            </div>
        }
        .into_any()
    })
    .status(refusal.status())
}

/// A page for a failure of ours: the number is in the log.
#[must_use]
pub fn broken(cx: &Context) -> Loaded {
    let (sentence, reach) = (words::broken(&cx.request), words::reach(&cx.fund));
    let number = cx.request.clone();
    Loaded::new("Incident", Frame::Plain, move || {
        view! {
            <div class="stack">
                <h1>"Un incident est survenu"</h1>
                <p>{sentence}</p>
                <p>"Numéro de l’incident\u{202f}: "<strong class="num">{number}</strong></p>
                <p class="soft">{reach}</p>
            </div>
        }
        .into_any()
    })
    .status(500)
}
