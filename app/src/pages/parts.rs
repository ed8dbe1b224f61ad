//! Parts that several forms share: passwords, phone numbers, the mobile with its certification, what is wrong with a rights grid.

use crate::islands::PasswordField;
use crate::ui::form::{described, draft, wrap};
use crate::ui::icon::icon;
use crate::wire::{Context, Message};
use crate::words::form as form_words;
use domain::form::Reason;
use domain::identity::phone::{MOBILE_PATTERN, Phone};
use leptos::prelude::*;

/// One password field with its eye.
pub(super) fn password_field(cx: &Context, sheet: &str, name: &'static str, label: &str, autocomplete: &str, rules: bool) -> AnyView {
    let reason = cx.reason(name);
    let control = view! {
        <PasswordField
            id=name.into()
            name=draft(name)
            autocomplete=autocomplete.into()
            described=described(name, false, reason.is_some()).unwrap_or_default()
            invalid=reason.is_some()
            icons=sheet.to_owned()
            rules=rules
        />
    };
    wrap(sheet, name, label, "", reason, false, control.into_any())
}

/// A new password and its confirmation.
pub(super) fn password_twice(cx: &Context, sheet: &str) -> AnyView {
    view! {
        {password_field(cx, sheet, "password", "Nouveau mot de passe", "new-password", true)}
        {password_field(cx, sheet, "password_confirmation", "Confirmation du mot de passe", "new-password", false)}
    }
    .into_any()
}

/// The mobile with « Certifier » (S31–S34, A12). The button is there only once a mobile number is typed: the style sheet hides it
/// while the field does not hold one, without any script. `send` and `check` are the addresses its buttons post to.
pub(super) fn mobile(cx: &Context, sheet: &str, value: &str, certified: Option<&str>, send: &'static str, check: &'static str) -> AnyView {
    let reason = cx.reason("mobile");
    let number = Phone::parse(value).ok();
    let is_certified = number.as_ref().is_some_and(|number| certified == Some(number.as_str()));
    // A code is under way once one was sent, and until it is right or another number is typed.
    let waiting = matches!(cx.flash, Some(Message::SmsSent(_))) || cx.reason("sms").is_some();
    let sms = waiting.then(|| sms(cx, sheet, check));
    let mark = is_certified.then(|| {
        view! { <span class="certified">{icon(sheet, "badge-check")}"Numéro certifié"</span> }
    });
    let certify = (cx.sms && !is_certified).then(|| {
        let label = if waiting { "Renvoyer un code" } else { "Certifier" };
        view! { <button class="btn small certify" formaction=send formnovalidate>{label}</button> }
    });
    let hint = "Pour recevoir les messages de votre caisse par SMS.";
    let control = view! {
        <div class="mobile">
            <input
                id="mobile"
                name=draft("mobile")
                type="tel"
                value=value.to_owned()
                autocomplete="tel"
                pattern=MOBILE_PATTERN
                // Lets the style sheet tell an empty field from a filled one.
                placeholder=" "
                maxlength="254"
                aria-describedby=described("mobile", true, reason.is_some())
                aria-invalid=reason.map(|_| "true")
            />
            {mark}
            {certify}
        </div>
    };
    view! { {wrap(sheet, "mobile", "Téléphone mobile", hint, reason, true, control.into_any())} {sms} }.into_any()
}

fn sms(cx: &Context, sheet: &str, check: &'static str) -> AnyView {
    let reason = cx.reason("sms");
    let control = view! {
        <div class="mobile">
            <input
                id="sms"
                name=draft("sms")
                type="text"
                class="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength="12"
                autofocus=reason.is_none()
                aria-describedby=described("sms", true, reason.is_some())
                aria-invalid=reason.map(|_| "true")
            />
            <button class="btn small" formaction=check formnovalidate>"Valider le code"</button>
        </div>
    };
    let hint = "Six chiffres, envoyés par SMS à ce numéro. Le code est valable 10 minutes.";
    wrap(sheet, "sms", "Code reçu par SMS", hint, reason, false, control.into_any())
}

/// The account's password, asked for again when it was given too long ago.
pub(super) fn step_up(cx: &Context, sheet: &str, needed: bool) -> Option<AnyView> {
    (needed || cx.reason("current") == Some(Reason::WrongPassword))
        .then(|| password_field(cx, sheet, "current", "Votre mot de passe actuel", "current-password", false))
}

/// What is wrong with the box *Administrateur*, the colleges or the rights grid as a whole: a sentence each, which the grid names by its id.
pub(super) fn grid_errors(cx: &Context, sheet: &str) -> AnyView {
    ["administrator", "colleges", "rights"]
        .into_iter()
        .filter_map(|name| {
            let reason = cx.reason(name)?;
            Some(view! { <p class="error" id=format!("{name}-erreur")>{icon(sheet, "circle-x")}{form_words::reason(reason)}</p> })
        })
        .collect_view()
        .into_any()
}
