//! A password's field: the eye that shows what was typed (S51), and the guide's rule checked while typing (S19, S20).
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::password as words;
use domain::identity::password::{Kinds, SHORTEST};
use leptos::prelude::*;

/// The field. The eye appears once it works; without script the field is a plain password field and the rules plain text.
#[island]
pub fn PasswordField(
    /// `id` of the input.
    id: String,
    /// `name` in the form.
    name: String,
    /// `current-password` or `new-password`.
    autocomplete: String,
    /// Ids of what describes the field; empty for none.
    described: String,
    /// Whether it was refused.
    invalid: bool,
    /// Address of the icons.
    icons: String,
    /// Whether the guide's rule is shown and checked live.
    rules: bool,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    let shown = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        awake.set(true);
        // Typed, or filled in by the browser, before this woke.
        if let Some(field) = field.get() {
            typed.set(field.value());
        }
    });
    let rules_id = format!("{id}-regles");
    let described = match (rules, described.is_empty()) {
        (true, true) => rules_id.clone(),
        (true, false) => format!("{described} {rules_id}"),
        (false, _) => described,
    };
    let toggle = move |_| shown.update(|shown| *shown = !*shown);
    let eye = move |name: &str, visible: bool| {
        let href = format!("{icons}#{name}");
        view! { <svg class="icon" aria-hidden="true" hidden=move || shown.get() != visible><use href=href></use></svg> }
    };
    view! {
        <div class="reveal">
            <input
                node_ref=field
                type=move || if shown.get() { "text" } else { "password" }
                id=id.clone()
                name=name
                autocomplete=autocomplete
                required
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=(!described.is_empty()).then_some(described)
                aria-invalid=invalid.then_some("true")
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button
                type="button"
                aria-controls=id
                aria-label=move || if shown.get() { words::HIDE } else { words::SHOW }
                hidden=move || !awake.get()
                on:click=toggle
            >
                {eye("eye", false)}
                {eye("eye-off", true)}
            </button>
            <span class="sr-only" role="status">{move || if shown.get() { words::SHOWN } else { "" }}</span>
        </div>
        {rules.then(|| live_rules(rules_id, typed))}
    }
}

fn live_rules(id: String, typed: RwSignal<String>) -> impl IntoView {
    // Nothing is judged before something is typed.
    let judge = move |met: bool| typed.with(|typed| (!typed.is_empty()).then_some(if met { "true" } else { "false" }));
    let long = move || typed.with(|typed| typed.chars().count() >= SHORTEST);
    let mixed = move || typed.with(|typed| Kinds::of(typed).count() >= 3);
    view! {
        <div id=id class="rules-box">
            <p class="hint">{words::RULES}</p>
            <ul class="rules">
                {rule(words::LENGTH, move || judge(long()))}
                {rule(words::KINDS, move || judge(mixed()))}
            </ul>
        </div>
    }
}

fn rule(text: &'static str, verdict: impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static) -> impl IntoView {
    let spoken = move || match verdict() {
        Some("true") => words::MET,
        Some(_) => words::UNMET,
        None => "",
    };
    view! { <li data-ok=verdict><span>{text}</span><span class="sr-only">{spoken}</span></li> }
}
