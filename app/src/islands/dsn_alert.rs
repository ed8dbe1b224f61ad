//! The DSN alert: an icon with its number, a bubble with the messages (S59–S63, A18).
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::space;
use leptos::prelude::*;

/// The icon is a link to *Suivi DSN*. Hover and focus open the bubble by style alone; this island adds Escape, and on touch a
/// first tap that shows the messages before the second one follows the link.
#[island]
pub fn DsnAlert(
    /// `id` of the bubble, unique in the page.
    id: String,
    /// Number of anomalies.
    count: u32,
    /// Their messages, as far as they fit.
    messages: Vec<String>,
    /// Address of *Suivi DSN*.
    href: String,
    /// Address of the icons.
    icons: String,
) -> impl IntoView {
    // None: by hover and focus; otherwise held open or shut until the pointer or the focus leaves.
    let held = RwSignal::new(None::<bool>);
    let touched = RwSignal::new(false);
    let title = space::alerts(count);
    let rest = count.saturating_sub(u32::try_from(messages.len()).unwrap_or(u32::MAX));
    let icon = icons + "#triangle-alert";
    view! {
        <div
            class="tip"
            data-open=move || held.get().map(|open| if open { "true" } else { "false" })
            on:keydown=move |event| if event.key() == "Escape" { held.set(Some(false)) }
            on:pointerleave=move |event| if event.pointer_type() == "mouse" { held.set(None) }
            on:focusout=move |_| held.set(None)
        >
            <a
                class="alert"
                href=href
                aria-describedby=id.clone()
                on:pointerdown=move |event| touched.set(event.pointer_type() == "touch")
                on:click=move |event| {
                    if touched.get_untracked() && held.get_untracked() != Some(true) {
                        event.prevent_default();
                        held.set(Some(true));
                    }
                }
            >
                <svg class="icon" aria-hidden="true"><use href=icon></use></svg>
                <span aria-hidden="true">{count}</span>
                <span class="sr-only">{title.clone()}</span>
            </a>
            <div class="bubble" role="tooltip" id=id>
                <b>{title}</b>
                <ul>{messages.into_iter().map(|message| view! { <li>{message}</li> }).collect_view()}</ul>
                {(rest > 0).then(|| view! { <p class="soft">{space::more_alerts(rest)}</p> })}
            </div>
        </div>
    }
}
