//! Affichage: how pages are drawn.
#![allow(clippy::unused_async, reason = "the macro wants an async function")]
#![expect(missing_docs, reason = "the fields of the structs that the macro makes are those of the drafts")]

use crate::failure::Failure;
use crate::routes::Page;
use crate::wire::{Cookie, Display, Message, Next, Theme, answer, context};
use domain::form::FieldErrors;
use leptos::prelude::*;

/// Keeps theme and size of text in a cookie.
///
/// # Errors
/// See [`crate::wire::answer`].
#[server(name = SetDisplay, prefix = "/api", endpoint = "display/set")]
pub async fn set_display(#[server(default)] theme: String, #[server(default)] large: String) -> Result<(), Failure> {
    let cx = context()?;
    let theme = match theme.as_str() {
        "clair" => Theme::Light,
        "sombre" => Theme::Dark,
        _ => Theme::System,
    };
    let display = Display { theme, large: large == "oui", ..cx.display };
    let outcome = Next::page(Page::Display).saying(Message::DisplaySaved).sealed(&cx, Cookie::Display, &display);
    answer(&cx, &Page::Display, FieldErrors::default(), outcome)
}
