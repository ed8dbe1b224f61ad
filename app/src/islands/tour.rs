//! The guided tour of a page (S95): a card with one step at a time and the part it is about marked on the page. It is no dialog and holds
//! nobody: the page stays usable, Tab leaves the card like anything else.
#![allow(unreachable_pub, reason = "the macro makes items that only the parent module re-exports")]

use crate::words::space as words;
use leptos::prelude::*;
use leptos::web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};
use serde::{Deserialize, Serialize};

/// A step.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TourStep {
    /// `id` of the part it is about; empty for the page.
    pub at: String,
    /// Its heading.
    pub title: String,
    /// What there is to know.
    pub text: String,
}

/// The steps: as a list without script, one by one with it. Steps about something that is not on the page today are left out.
#[island]
pub fn Tour(
    /// All steps.
    steps: Vec<TourStep>,
    /// Address of the page without its tour.
    page: String,
    /// The site it is in.
    site: String,
    /// Where the end is noted.
    action: String,
) -> impl IntoView {
    let step = RwSignal::new(None::<usize>);
    let shown = RwSignal::new((0..steps.len()).collect::<Vec<usize>>());
    let heading = NodeRef::<leptos::html::H2>::new();
    let all = StoredValue::new(steps.clone());
    let marked = StoredValue::new_local(None::<Element>);
    Effect::new(move |_| {
        if step.get_untracked().is_none() {
            let is_here =
                |place: &usize| all.with_value(|all| all[*place].at.is_empty() || document().get_element_by_id(&all[*place].at).is_some());
            shown.update(|shown| shown.retain(is_here));
            step.set(Some(0));
        }
    });
    Effect::new(move |_| {
        let Some(place) = step.get() else { return };
        marked.update_value(|marked| {
            if let Some(former) = marked.take() {
                let _ = former.remove_attribute("data-tour");
            }
        });
        let at = shown.with_untracked(|shown| shown.get(place).map(|place| all.with_value(|all| all[*place].at.clone())));
        if let Some(element) = at.filter(|at| !at.is_empty()).and_then(|at| document().get_element_by_id(&at)) {
            let _ = element.set_attribute("data-tour", "");
            let options = ScrollIntoViewOptions::new();
            options.set_block(if element.client_height() > 500 { ScrollLogicalPosition::Start } else { ScrollLogicalPosition::Center });
            element.scroll_into_view_with_scroll_into_view_options(&options);
            marked.set_value(Some(element));
        }
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let back = page.clone();
    let leave = move || {
        let _ = window().location().set_href(&back);
    };
    let count = move || shown.with(Vec::len);
    let last = move || step.get().is_some_and(|place| place + 1 >= count());
    let current = move || step.get().and_then(|place| shown.with(|shown| shown.get(place).copied()));
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(place, one)| {
            view! { <li hidden=move || current().is_some_and(|current| current != place)><b>{one.title}</b>" "<span>{one.text}</span></li> }
        })
        .collect_view();
    view! {
        <section
            class="tour card stack tight"
            aria-label=words::TOUR
            data-step=move || step.get().map(|_| "one")
            on:keydown=move |event| if event.key() == "Escape" { leave() }
        >
            <h2 node_ref=heading tabindex="-1" aria-live="polite">
                {move || step.get().map_or_else(|| words::TOUR.to_owned(), |place| words::step(place + 1, count()))}
            </h2>
            <ol>{items}</ol>
            <form class="row tight" method="post" action=action>
                <input type="hidden" name="site" value=site />
                <input type="hidden" name="page" value=page.clone() />
                <button
                    type="button"
                    class="btn small"
                    hidden=move || step.get().is_none()
                    disabled=move || step.get() == Some(0)
                    on:click=move |_| step.update(|step| *step = step.map(|place| place.saturating_sub(1)))
                >
                    {words::BEFORE}
                </button>
                <button
                    type="button"
                    class="btn small primary"
                    hidden=move || step.get().is_none() || last()
                    on:click=move |_| step.update(|step| *step = step.map(|place| place + 1))
                >
                    {words::NEXT}
                </button>
                <button class="btn small primary" hidden=move || step.get().is_some() && !last()>{words::DONE}</button>
                <a class="btn small quiet" href=page>{words::LEAVE}</a>
            </form>
        </section>
    }
}
