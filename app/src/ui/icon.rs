//! Icons of the sprite. Always beside a name, so always hidden from screen readers.

use leptos::prelude::*;

/// One icon of the sprite at address `sheet`.
pub fn icon(sheet: &str, name: &str) -> impl IntoView + use<> {
    let href = format!("{sheet}#{name}");
    view! { <svg class="icon" aria-hidden="true"><use href=href></use></svg> }
}
