//! The footer (S88–S90), with accessibility and display.

use crate::routes::{Legal, Page};
use crate::wire::Context;
use crate::words::services as words;
use leptos::prelude::*;

/// The footer, the same on every page.
pub(super) fn footer(cx: &Context) -> AnyView {
    let label = |legal| match legal {
        Legal::Accessibility => cx.texts.conformity(),
        Legal::Notices | Legal::Privacy | Legal::Terms | Legal::Cookies => words::legal(legal).to_owned(),
    };
    let links = Legal::ALL.into_iter().map(|legal| view! { <li><a href=Page::Legal(legal).path()>{label(legal)}</a></li> }).collect_view();
    // Inside a space the sidebar has it.
    let help = Page::parse(&cx.path).filter(|page| page.site().is_none() && *page != Page::Help).map(|page| {
        view! { <li><a href=format!("{}?page={}", Page::Help.path(), page.path())>"Aide de la page"</a></li> }
    });
    view! {
        <footer class="foot">
            <ul>
                {help}
                {links}
                <li><a href=Page::Display.path()>"Affichage"</a></li>
            </ul>
        </footer>
    }
    .into_any()
}
