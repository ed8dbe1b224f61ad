//! The footer (S88–S90), with accessibility and display.

use crate::routes::{Legal, Page};
use crate::words::services as words;
use leptos::prelude::*;

/// The footer, the same on every page.
pub(super) fn footer() -> AnyView {
    let links =
        Legal::ALL.into_iter().map(|legal| view! { <li><a href=Page::Legal(legal).path()>{words::legal(legal)}</a></li> }).collect_view();
    view! {
        <footer class="foot">
            <ul>
                {links}
                <li><a href=Page::Display.path()>"Affichage"</a></li>
            </ul>
        </footer>
    }
    .into_any()
}
