//! Parts of the kit, drawn natively in their states: what the HTML says, and what it never says.
#![cfg(feature = "ssr")]
#![allow(missing_docs, clippy::pedantic)]

use app::document::render_view;
use app::islands::{DsnAlert, PasswordField};
use app::ui::form::{Field, field, summary, wrap};
use app::ui::notice::{Tone, notice};
use app::ui::text_area::text_area;
use domain::form::{FieldErrors, Reason};
use leptos::prelude::*;

const ATTACKS: [&str; 6] = [
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</title><svg onload=alert(1)>",
    "<!--",
    "' onfocus='x",
    "\u{2028}</script>",
];

/// Whether anything typed became markup.
fn attacked(html: &str) -> bool {
    ["<script", "<img", "<svg onload", "<!--"].iter().any(|mark| html.replace("<!>", "").contains(mark))
}

#[test]
fn a_field_has_label_hint_and_error_tied_to_it() {
    let refused = Field {
        name: "siret",
        label: "Votre numéro de SIRET",
        hint: "14 chiffres",
        value: "123",
        reason: Some(Reason::SiretLength),
        ..Field::default()
    };
    let html = render_view(|| field("/i.svg", &refused));
    for expected in [
        "<label for=\"siret\"",
        "id=\"siret\"",
        "name=\"draft[siret]\"",
        "value=\"123\"",
        "aria-describedby=\"siret-aide siret-erreur\"",
        "id=\"siret-aide\"",
        "id=\"siret-erreur\"",
        "aria-invalid=\"true\"",
        "14 chiffres.",
        "required",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    let optional = render_view(|| field("/i.svg", &Field { name: "phone", label: "Téléphone", optional: true, ..Field::default() }));
    assert!(optional.contains("facultatif") && !optional.contains("required") && !optional.contains("aria-invalid"), "{optional}");
}

#[test]
fn t25_typed_text_is_text() {
    for attack in ATTACKS {
        let html = render_view(|| field("/i.svg", &Field { name: "last", label: "Nom", value: attack, ..Field::default() }));
        assert!(!attacked(&html), "{html}");
        let html = render_view(|| notice("/i.svg", Tone::Signal, attack));
        assert!(!attacked(&html), "{html}");
        let messages = vec![attack.to_owned()];
        let html = render_view(move || {
            view! { <DsnAlert id="a".into() count=1 messages=messages href="/x".into() icons="/i.svg".into()/> }.into_any()
        });
        assert!(!attacked(&html), "{html}");
    }
}

#[test]
fn the_summary_links_every_reason_to_its_field() {
    let errors = FieldErrors { errors: vec![("email".into(), Reason::Mail), ("last".into(), Reason::Missing)], typed: vec![] };
    let html = render_view(|| summary("/i.svg", &errors, &[("email", "Adresse mail"), ("last", "Nom")]));
    assert!(
        html.contains("2 informations sont à corriger") && html.contains("href=\"#email\"") && html.contains("href=\"#last\""),
        "{html}"
    );
    assert!(html.contains("role=\"alert\"") && html.contains("tabindex=\"-1\""), "{html}");
}

#[test]
fn s51_without_script_the_password_is_a_plain_field_and_the_eye_is_hidden() {
    let html = render_view(|| {
        let control = view! {
            <PasswordField
                id="password".into()
                name="draft[password]".into()
                autocomplete="new-password".into()
                described=String::new()
                invalid=false
                icons="/i.svg".into()
                rules=true
            />
        };
        wrap("/i.svg", "password", "Mot de passe", "", None, false, control.into_any())
    });
    assert!(html.contains("<leptos-island") && html.contains("type=\"password\""), "{html}");
    let button = html.split("<button").nth(1).unwrap().split('>').next().unwrap();
    assert!(button.contains("hidden"), "{button}");
    assert!(html.contains("8 caractères au minimum") && html.contains("3 de ces 4 catégories"), "S19 S20: {html}");
    assert!(!html.contains("data-ok=\""), "nothing is judged before it is typed: {html}");
}

#[test]
fn s60_the_bubble_says_every_message_it_holds_and_how_many_more() {
    let html = render_view(|| {
        view! {
            <DsnAlert id="a".into() count=7 messages=(1..=5).map(|n| format!("message {n}")).collect() href="/site/x/suivi-dsn".into() icons="/i.svg".into()/>
        }
        .into_any()
    });
    assert!(html.contains("7\u{a0}anomalies DSN") && html.contains("message 5") && html.contains("et 2 autres"), "{html}");
    assert!(
        html.contains("href=\"/site/x/suivi-dsn\"") && html.contains("role=\"tooltip\"") && html.contains("aria-describedby=\"a\""),
        "{html}"
    );
}

#[test]
fn d8_a_text_area_holds_what_was_typed_and_never_ends_early() {
    for attack in ATTACKS {
        let html = render_view(|| text_area("message", "draft[message]".into(), attack, 3, None, false));
        assert!(!attacked(&html) && html.matches("</textarea>").count() == 1, "{html}");
    }
    // The parser eats the first line break: the text's own one stays.
    let html = render_view(|| text_area("message", "draft[message]".into(), "\nBonjour & merci", 3, Some("message-aide".into()), true));
    assert!(html.contains(">\n\nBonjour &amp; merci</textarea>"), "{html}");
    for expected in ["id=\"message\"", "name=\"draft[message]\"", "aria-describedby=\"message-aide\"", "aria-invalid=\"true\""] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}
