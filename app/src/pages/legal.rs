//! The pages of the footer (S88–S90).

use super::service::reach;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::legal::Text;
use crate::routes::Legal;
use crate::wire::Context;
use leptos::prelude::*;

/// The page.
pub(super) fn load(cx: &Context, legal: Legal) -> Loaded {
    let fund = cx.fund.clone();
    let Text { title, html } = cx.texts.get(legal);
    let heading = title.clone();
    Loaded::new(title, Frame::Plain, move || {
        view! {
            <article class="stack">
                <h1>{heading}</h1>
                <div class="prose" inner_html=html></div>
                <section class="stack tight keep">
                    <h2>"Joindre votre caisse"</h2>
                    {reach(&fund)}
                </section>
            </article>
        }
        .into_any()
    })
}
