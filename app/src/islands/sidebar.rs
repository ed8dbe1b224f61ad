//! The functional sidebar (S91–S95): links, and beside the page one stands on a panel that shows where they lead. Whatever is done in the
//! panel stays in it: the page keeps what was typed there.
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::space as words;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    DomParser, Element, FormData, Headers, HtmlAnchorElement, HtmlElement, HtmlFormElement, MouseEvent, RequestInit, Response, SubmitEvent,
    SupportedType, UrlSearchParams,
};
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

/// The panel beside the page: a dialog that is asked for, filled and emptied.
#[derive(Clone, Copy)]
struct Beside {
    dialog: NodeRef<leptos::html::Dialog>,
    body: NodeRef<leptos::html::Div>,
    name: RwSignal<String>,
    is_loading: RwSignal<bool>,
    /// What it waits for: an answer to anything before that comes too late.
    turn: StoredValue<u32>,
    /// The address of what it shows.
    shown: StoredValue<String>,
    /// The addresses of all that can be shown there.
    panels: StoredValue<Vec<String>>,
}

impl Beside {
    fn new(links: &[SideLink]) -> Self {
        let panels = links.iter().filter(|link| link.is_panel).map(|link| path(&link.href).to_owned()).collect();
        Self {
            dialog: NodeRef::new(),
            body: NodeRef::new(),
            name: RwSignal::new(String::new()),
            is_loading: RwSignal::new(false),
            turn: StoredValue::new(0),
            shown: StoredValue::new(String::new()),
            panels: StoredValue::new(panels),
        }
    }

    /// Opens at once; what it shows comes after.
    fn open(self, event: &MouseEvent, link: &SideLink, unread: RwSignal<usize>) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        if link.is_panel && !link.is_here && is_plain(event) && dialog.show_modal().is_ok() {
            event.prevent_default();
            self.name.set(link.label.clone());
            self.load(link.href.clone(), None, Some(unread));
        }
    }

    /// Fills it with what is at an address, or with the answer to a form.
    fn load(self, address: String, fields: Option<UrlSearchParams>, unread: Option<RwSignal<usize>>) {
        let (Some(dialog), Some(body)) = (self.dialog.get_untracked(), self.body.get_untracked()) else { return };
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        self.is_loading.set(true);
        spawn_local(async move {
            let at = if fields.is_some() { self.shown.get_value() } else { address.clone() };
            let main = fetch_main(&address, fields.as_ref(), &at, &self.panels.get_value()).await;
            if self.turn.get_value() != turn {
                return;
            }
            self.is_loading.set(false);
            if let Some(main) = main {
                body.set_inner_html(&main);
                if let Some(unread) = unread {
                    unread.set(0);
                }
                if let Ok(Some(heading)) = body.query_selector("h1") {
                    self.name.set(heading.text_content().unwrap_or_default());
                }
            } else {
                let (sentence, label) = (words::UNAVAILABLE, words::PLAIN);
                body.set_inner_html(&format!("<p role=\"alert\">{sentence}</p><p><a class=\"btn\" data-plain>{label}</a></p>"));
                if let Ok(Some(link)) = body.query_selector("a") {
                    let _ = link.set_attribute("href", &at);
                }
            }
            dialog.set_scroll_top(0);
            put_focus(&body, &at);
            self.shown.set_value(at);
        });
    }

    /// A press beside it, or on a link in it: back to the page, which is still there with what was typed, or on to another panel.
    fn click(self, event: &MouseEvent) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        if event.target().as_ref() == Some(dialog.unchecked_ref()) {
            dialog.close();
            return;
        }
        let link = event_target::<Element>(event).closest("a[href]:not([data-plain])").ok().flatten();
        let Some(to) = link.and_then(|link| local(&link.unchecked_into::<HtmlAnchorElement>().href())) else { return };
        let is_here = window().location().pathname().is_ok_and(|here| here == path(&to));
        if is_here && !to.contains('?') && is_plain(event) {
            event.prevent_default();
            dialog.close();
        } else if !is_here && self.panels.with_value(|panels| is_one_of(panels, &to)) && is_plain(event) {
            event.prevent_default();
            if !self.is_loading.get_untracked() {
                self.load(to, None, None);
            }
        }
    }

    fn submit(self, event: &SubmitEvent) {
        let Some((form, fields)) = fields(event) else { return };
        event.prevent_default();
        if self.is_loading.get_untracked() {
            return;
        }
        let action = form.get_attribute("action").unwrap_or_default();
        if form.method() == "post" {
            self.load(action, Some(fields), None);
        } else {
            self.load(format!("{action}?{}", fields.to_string().as_string().unwrap_or_default()), None, None);
        }
    }

    fn closed(self) {
        let (Some(dialog), Some(body)) = (self.dialog.get_untracked(), self.body.get_untracked()) else { return };
        // The event comes after the fact: it may be open again.
        if !dialog.open() {
            self.turn.update_value(|turn| *turn += 1);
            self.is_loading.set(false);
            // What has a name in it may have the same on the page.
            body.set_inner_html("");
        }
    }
}

/// The buttons, and what folds them to their icons. Without script, with a key held, or where there are no dialogs, each is the link or the
/// form it is.
#[island]
pub fn Sidebar(
    /// The buttons, in order.
    links: Vec<SideLink>,
    /// Address of the icons.
    icons: String,
    /// Whether it shows its icons only.
    is_folded: bool,
    /// Where folding is noted.
    fold: String,
    /// The site one is in.
    site: String,
    /// The page one stands on, with its query.
    page: String,
) -> impl IntoView {
    let beside = Beside::new(&links);
    let folded = RwSignal::new(is_folded);
    let label = move || if folded.get() { words::UNFOLD } else { words::FOLD };
    let sprite = icons + "#";
    let buttons = links
        .into_iter()
        .map(|link| {
            let icon = format!("{sprite}{}", link.icon);
            let unread = RwSignal::new(link.new);
            let (href, label, here) = (link.href.clone(), link.label.clone(), link.is_here.then_some("page"));
            view! {
                <li>
                    <a href=href aria-current=here on:click=move |event| beside.open(&event, &link, unread)>
                        <svg class="icon" aria-hidden="true"><use href=icon></use></svg>
                        <span class="label">{label}</span>
                        {move || mark(unread.get())}
                    </a>
                </li>
            }
        })
        .collect_view();
    let arrow = move || format!("{sprite}chevron-{}", if folded.get() { "left" } else { "right" });
    view! {
        <ul class="buttons">{buttons}</ul>
        <form class="fold-bar" method="post" action=fold on:submit=move |event| fold_now(&event, folded)>
            <input type="hidden" name="site" value=site />
            <input type="hidden" name="page" value=page />
            <button class="btn small quiet icon-only" name="folded" value=move || if folded.get() { "non" } else { "oui" } title=label>
                <svg class="icon" aria-hidden="true"><use href=arrow></use></svg>
                <span class="sr-only">{label}</span>
            </button>
        </form>
        <dialog
            class="side-panel"
            node_ref=beside.dialog
            aria-label=move || beside.name.get()
            on:click=move |event| beside.click(&event)
            on:submit=move |event| beside.submit(&event)
            on:close=move |_| beside.closed()
        >
            <div class="head">
                <p role="status">{move || beside.is_loading.get().then_some(words::LOADING)}</p>
                <button
                    type="button"
                    class="btn small"
                    on:click=move |_| if let Some(dialog) = beside.dialog.get_untracked() { dialog.close() }
                >
                    {words::CLOSE}
                </button>
            </div>
            <div class="stack" node_ref=beside.body></div>
        </dialog>
    }
}

/// How many things are new, as long as there are any.
fn mark(new: usize) -> Option<impl IntoView> {
    (new > 0).then(|| {
        view! { <span class="mark-new"><span aria-hidden="true">{new}</span><span class="sr-only">{words::news(new)}</span></span> }
    })
}

/// Folds the bar or unfolds it where it stands, so that the page keeps what was typed, and has it noted.
fn fold_now(event: &SubmitEvent, folded: RwSignal<bool>) {
    let Some((form, fields)) = fields(event) else { return };
    event.prevent_default();
    let now = !folded.get_untracked();
    folded.set(now);
    if let Ok(Some(bar)) = form.closest(".func") {
        let _ = bar.toggle_attribute_with_force("data-folded", now);
    }
    spawn_local(async move {
        send(&form.get_attribute("action").unwrap_or_default(), Some(&fields)).await;
    });
}

/// Whether it asks for nothing but the link itself: no tab of its own, no file.
fn is_plain(event: &MouseEvent) -> bool {
    event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key()
}

/// An address of ours without its origin; none for any other.
fn local(address: &str) -> Option<String> {
    address.strip_prefix(&window().location().origin().ok()?).map(str::to_owned)
}

/// An address without query and place.
fn path(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

fn is_one_of(panels: &[String], address: &str) -> bool {
    panels.iter().any(|panel| panel == path(address))
}

/// What a form is about to send, with the button that was pressed.
fn fields(event: &SubmitEvent) -> Option<(HtmlFormElement, UrlSearchParams)> {
    let form: HtmlFormElement = event_target(event);
    let fields = UrlSearchParams::new_with_str_sequence_sequence(&FormData::new_with_form(&form).ok()?.into()).ok()?;
    if let Some(button) = event.submitter()
        && let Some(name) = button.get_attribute("name")
    {
        fields.append(&name, &button.get_attribute("value").unwrap_or_default());
    }
    Some((form, fields))
}

/// Asks as the browser itself does: for a page, or with a form.
async fn send(address: &str, fields: Option<&UrlSearchParams>) -> Option<Response> {
    let (ask, headers) = (RequestInit::new(), Headers::new().ok()?);
    headers.set("accept", "text/html").ok()?;
    ask.set_headers(&headers);
    if let Some(fields) = fields {
        ask.set_method("POST");
        ask.set_body(fields);
    }
    JsFuture::from(window().fetch_with_str_and_init(address, &ask)).await.ok()?.dyn_into().ok()
}

/// What a panel has in its main part; none when anything else answers (the session is over). A form that leads to another page has done its
/// work: what it stood on is shown as it is now.
async fn fetch_main(address: &str, fields: Option<&UrlSearchParams>, at: &str, panels: &[String]) -> Option<String> {
    let is_panel = |answer: &Response| local(&answer.url()).is_some_and(|to| is_one_of(panels, &to));
    let mut answer = send(address, fields).await?;
    if fields.is_some() && answer.ok() && !is_panel(&answer) {
        answer = send(at, None).await?;
    }
    if !answer.ok() || !is_panel(&answer) {
        return None;
    }
    let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
    let page = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
    Some(page.get_element_by_id("contenu")?.inner_html())
}

/// Puts the focus on what there is to say, on the answer that was asked for, or on the heading.
fn put_focus(body: &Element, at: &str) {
    let find = |selector: &str| body.query_selector(selector).ok().flatten();
    let answer = || find(&format!("[id='{}'] summary", at.split_once('#')?.1));
    let Some(place) = find("[role=alert], [role=status]:not(:empty)").or_else(answer).or_else(|| find("h1")) else { return };
    if place.tag_name() != "SUMMARY" {
        let _ = place.set_attribute("tabindex", "-1");
    }
    let _ = place.unchecked_into::<HtmlElement>().focus();
}
