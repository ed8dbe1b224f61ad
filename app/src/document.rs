//! A whole page as text: the document around the view of a page.
//!
//! Rendered in one piece, in the islands' own context, without a router: nothing is inline in it, so the content policy needs no
//! exception, and pages without islands load no script at all.

use crate::layout;
use crate::wire::{Context, Theme};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use std::fmt::Write;
use std::sync::Arc;

/// A page, loaded and ready to be drawn.
pub struct Loaded {
    /// HTTP status.
    pub status: u16,
    /// Title of the window, without the portal's name.
    pub title: String,
    /// What stands around the page.
    pub frame: layout::Frame,
    /// Draws the page's own part.
    pub view: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Loaded {
    /// A page with status 200.
    #[must_use]
    pub fn new(title: impl Into<String>, frame: layout::Frame, view: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { status: 200, title: title.into(), frame, view: Box::new(view) }
    }

    /// The same page with another status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loaded").field("status", &self.status).field("title", &self.title).finish_non_exhaustive()
    }
}

/// Draws a page whole.
#[must_use]
pub fn render(cx: &Context, page: Loaded) -> String {
    let title = format!("{} – Espace sécurisé – {}", page.title, cx.fund.nom);
    let body = render_view(|| layout::body(cx, page.frame, (page.view)()));
    let mut html = String::with_capacity(body.len() + 1024);
    let theme = match cx.display.theme {
        Theme::System => "",
        Theme::Light => " data-theme=\"light\"",
        Theme::Dark => " data-theme=\"dark\"",
    };
    let text = if cx.display.large { " data-text=\"large\"" } else { "" };
    let _ = write!(
        html,
        "<!DOCTYPE html><html lang=\"fr\"{theme}{text}><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"{}\">",
        escape(&title),
        cx.assets.css,
    );
    if cx.visit.is_some() && !cx.assets.session.is_empty() {
        let _ = write!(html, "<script type=\"module\" src=\"{}\"></script>", cx.assets.session);
    }
    // Only a page with islands loads the loader; the rest comes when the browser is idle.
    if body.contains("<leptos-island") && !cx.assets.islands.is_empty() {
        let _ = write!(
            html,
            "<script type=\"module\" src=\"{}\" data-js=\"{}\" data-wasm=\"{}\"></script>",
            cx.assets.islands, cx.assets.js, cx.assets.wasm
        );
    }
    if body.contains("data-passkey") && !cx.assets.passkey.is_empty() {
        let _ = write!(html, "<script type=\"module\" src=\"{}\"></script>", cx.assets.passkey);
    }
    if body.contains("data-contact") && !cx.assets.contact.is_empty() {
        let _ = write!(html, "<script type=\"module\" src=\"{}\"></script>", cx.assets.contact);
    }
    html.push_str("</head><body>");
    html.push_str(&body);
    html.push_str("</body></html>");
    html
}

/// Draws a view in a context of its own where only islands are marked for the browser.
#[must_use]
pub fn render_view(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    owner.with(|| view().to_html())
}

/// Text inside an element or a quoted attribute.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
