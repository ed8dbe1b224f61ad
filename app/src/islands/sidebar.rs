//! The functional sidebar (S91–S95): links, and beside the page one stands on a panel that shows where they lead.
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::space as words;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{DomParser, HtmlDialogElement, MouseEvent, Response, SupportedType};
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::JsFuture;

/// A button of the sidebar.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SideLink {
    /// Its icon's name.
    pub icon: String,
    /// Its label.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether one stands there.
    pub is_here: bool,
    /// Whether it can be shown beside the page.
    pub is_panel: bool,
    /// How many things there are new; none when that is 0.
    pub new: usize,
}

/// The buttons. Without script, with a key held, or when the panel cannot be had, each is the link it is.
#[island]
pub fn Sidebar(
    /// The buttons, in order.
    links: Vec<SideLink>,
    /// Address of the icons.
    icons: String,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let content = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let open = move |event: MouseEvent, link: &SideLink| {
        let is_plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key();
        if link.is_panel && !link.is_here && is_plain {
            event.prevent_default();
            let (href, label) = (link.href.clone(), link.label.clone());
            leptos::task::spawn_local(async move {
                match fetch_main(&href).await {
                    Some(html) => {
                        content.set(html);
                        name.set(label);
                        if let Some(dialog) = dialog.get_untracked() {
                            let _ = dialog.show_modal();
                            dialog.set_scroll_top(0);
                        }
                    }
                    None => {
                        let _ = window().location().set_href(&href);
                    }
                }
            });
        }
    };
    let sprite = icons + "#";
    let buttons = links
        .into_iter()
        .map(|link| {
            let icon = format!("{sprite}{}", link.icon);
            let new = (link.new > 0).then(|| view! { <span class="mark-new"><span aria-hidden="true">{link.new}</span><span class="sr-only">{words::news(link.new)}</span></span> });
            let (href, label, here) = (link.href.clone(), link.label.clone(), link.is_here.then_some("page"));
            view! {
                <li>
                    <a href=href aria-current=here on:click=move |event| open(event, &link)>
                        <svg class="icon" aria-hidden="true"><use href=icon></use></svg>
                        <span class="label">{label}</span>
                        {new}
                    </a>
                </li>
            }
        })
        .collect_view();
    let shut = move |dialog: &HtmlDialogElement| dialog.close();
    view! {
        <ul>{buttons}</ul>
        <dialog
            class="side-panel"
            node_ref=dialog
            aria-label=move || name.get()
            on:click=move |event| {
                // Beside the panel.
                if let Some(dialog) = dialog.get_untracked() && event.target().as_ref() == Some(dialog.unchecked_ref()) { shut(&dialog) }
            }
        >
            <button type="button" class="btn small close" on:click=move |_| if let Some(dialog) = dialog.get_untracked() { shut(&dialog) }>
                {words::CLOSE}
            </button>
            <div class="stack" inner_html=move || content.get()></div>
        </dialog>
    }
}

/// What a page of the portal has in its main part; none when it is another page than was asked for (the session is over).
async fn fetch_main(href: &str) -> Option<String> {
    let answer: Response = JsFuture::from(window().fetch_with_str(href)).await.ok()?.dyn_into().ok()?;
    if !answer.ok() || answer.redirected() {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    let page = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
    Some(page.get_element_by_id("contenu")?.inner_html())
}
