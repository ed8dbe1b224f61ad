//! Fields, their errors, and the summary above a refused form.

use super::icon::icon;
use crate::words::form as words;
use domain::form::{FieldErrors, Reason};
use leptos::prelude::*;

/// A text field with its label, hint and error.
#[derive(Debug, Clone, Default)]
pub struct Field<'a> {
    /// Name in the draft; also the `id`.
    pub name: &'a str,
    /// Label.
    pub label: &'a str,
    /// `type` of the input.
    pub kind: &'a str,
    /// What it holds.
    pub value: &'a str,
    /// Below the label; empty for none.
    pub hint: &'a str,
    /// Why it was refused.
    pub reason: Option<Reason>,
    /// `autocomplete` token.
    pub autocomplete: &'a str,
    /// `inputmode`; empty for the type's own.
    pub inputmode: &'a str,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Width and form of what is typed: `code`, `short` or empty.
    pub class: &'a str,
}

/// Name of a field of the draft, as server functions read it.
#[must_use]
pub fn draft(name: &str) -> String {
    format!("draft[{name}]")
}

/// Draws a text field.
pub fn field(icons: &str, field: &Field<'_>) -> AnyView {
    let id = field.name.to_owned();
    let described = described(field.name, !field.hint.is_empty(), field.reason.is_some());
    let kind = if field.kind.is_empty() { "text" } else { field.kind }.to_owned();
    let input = view! {
        <input
            id=id.clone()
            name=draft(field.name)
            type=kind
            class=(!field.class.is_empty()).then(|| field.class.to_owned())
            value=field.value.to_owned()
            autocomplete=field.autocomplete.to_owned()
            inputmode=(!field.inputmode.is_empty()).then(|| field.inputmode.to_owned())
            required=!field.optional
            maxlength="254"
            spellcheck="false"
            aria-describedby=described
            aria-invalid=field.reason.map(|_| "true")
        />
    };
    wrap(icons, field.name, field.label, field.hint, field.reason, field.optional, input.into_any())
}

/// Draws label, hint and error around any control whose `id` is `name`.
pub fn wrap(icons: &str, name: &str, label: &str, hint: &str, reason: Option<Reason>, optional: bool, control: AnyView) -> AnyView {
    let class = if reason.is_some() { "field invalid" } else { "field" };
    view! {
        <div class=class>
            <label for=name.to_owned()>
                {label.to_owned()}
                {optional.then(|| view! { <span class="opt">{words::OPTIONAL}</span> })}
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-aide")>{hint.to_owned()}</p> })}
            {control}
            {reason.map(|reason| view! {
                <p class="error" id=format!("{name}-erreur")>{icon(icons, "circle-x")}{words::reason(reason)}</p>
            })}
        </div>
    }
    .into_any()
}

/// Ids of what describes a field.
#[must_use]
pub fn described(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> =
        [(hint, "aide"), (error, "erreur")].into_iter().filter(|(there, _)| *there).map(|(_, what)| format!("{name}-{what}")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The summary above a refused form: each reason with a link to its field. Takes the focus when the page is drawn.
pub fn summary(icons: &str, errors: &FieldErrors, labels: &[(&str, &str)]) -> AnyView {
    let lines: Vec<(String, String)> = errors
        .errors
        .iter()
        .map(|(name, reason)| {
            let label = labels.iter().find(|(field, _)| field == name).map_or(name.as_str(), |(_, label)| *label);
            (format!("#{name}"), format!("{label}\u{202f}: {}", words::reason(*reason)))
        })
        .collect();
    view! {
        <div class="errors" role="alert" tabindex="-1" autofocus=true>
            <h2>{icon(icons, "circle-x")}{words::summary(lines.len())}</h2>
            <ul>{lines.into_iter().map(|(href, line)| view! { <li><a href=href>{line}</a></li> }).collect_view()}</ul>
        </div>
    }
    .into_any()
}
