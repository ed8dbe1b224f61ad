//! The parts of a form that `public/passkey.js` brings to life. Without script its button stays hidden and a sentence says why.

use crate::ui::form::draft;
use crate::words::factor as words;
use leptos::prelude::*;
use services::Ceremony;

/// What the browser is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ask {
    /// A new passkey.
    Create,
    /// A passkey of the account.
    Get,
}

/// The hidden fields of a ceremony: its name, and the answer that the script fills in.
pub(super) fn fields(ceremony: &Ceremony) -> AnyView {
    view! {
        <input type="hidden" name=draft("ceremony") value=ceremony.id.clone()/>
        <input type="hidden" name=draft("credential") value="" data-answer=""/>
    }
    .into_any()
}

/// The button, and what the script says beside it.
pub(super) fn button(ask: Ask, primary: bool) -> AnyView {
    let label = match ask {
        Ask::Create => "Créer la clé d’accès",
        Ask::Get => "Utiliser une clé d’accès",
    };
    view! {
        <button class=if primary { "btn primary" } else { "btn" } type="button" hidden data-ask="">{label}</button>
        <span class="soft" data-asleep="">{words::NEEDS_SCRIPT}</span>
        <span
            class="error"
            role="alert"
            data-said=""
            data-cancelled=words::CANCELLED
            data-unsupported=words::UNSUPPORTED
            data-known=words::KNOWN
        ></span>
    }
    .into_any()
}
