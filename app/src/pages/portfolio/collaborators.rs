//! Collaborateurs: what was handed on, by person and client.

use super::tabs;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::FirmPage;
use crate::wire::Context;
use leptos::prelude::*;
use services::Fault;

/// The page.
#[expect(clippy::unused_async, reason = "todo")]
pub(super) async fn load(_cx: &Context) -> Result<Loaded, Fault> {
    Ok(Loaded::new("Collaborateurs", Frame::Wide, move || {
        view! { <div class="stack"><h1>"Collaborateurs"</h1>{tabs(FirmPage::Collaborators)}</div> }.into_any()
    }))
}
