//! The form of somebody whose session ended while they wrote: what they typed comes back to them, to be taken up again once they have
//! logged in. Nothing is kept of what this form says: nobody is known. What came in before lies under its number.

use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::wrap;
use crate::ui::text_area::text_area;
use crate::wire::Context;
use crate::words::contact as words;
use domain::contact::ContactDraft;
use domain::home::Service;
use domain::id::{ExchangeId, SiteId};
use domain::refusal::Refusal;
use leptos::prelude::*;

/// What the form said.
#[derive(Debug)]
pub struct Interrupted {
    /// For which site.
    pub site: SiteId,
    /// Its number: files that came in before lie under it.
    pub number: ExchangeId,
    /// Local path of the page the person came from, as the form said it.
    pub page: String,
    /// What was typed.
    pub draft: ContactDraft,
}

/// The page; nothing is sent from here.
#[must_use]
pub fn interrupted(cx: &Context, left: Interrupted) -> Loaded {
    let sheet = icons(cx);
    Loaded::new(words::ENDED, Frame::Plain, move || body(&sheet, left)).status(Refusal::SignedOut.status())
}

fn body(sheet: &str, left: Interrupted) -> AnyView {
    // Not to the form: a second one beside this page would write over the same message.
    let log_in = format!("{}?suite={}", Page::SignIn.path(), Page::Home(left.site.clone()).path());
    let form = Page::Service(left.site, Service::Contact).path();
    let message = text_area("message", "message".into(), &left.draft.message, 10, None, false);
    let subject = view! { <input id="objet" name="objet" type="text" value=left.draft.subject autocomplete="off"/> }.into_any();
    view! {
        <div class="stack">
            <hgroup><h1>{words::ENDED}</h1><p class="soft">{words::ENDED_LEAD}</p></hgroup>
            <ol class="stack tight">
                <li><a href=log_in target="_blank" rel="noopener">{words::ENDED_LOG_IN}</a></li>
                <li>{words::ENDED_RESUME}</li>
                <li>{words::ENDED_FILES}</li>
            </ol>
            <form class="card stack" method="post" action=form enctype="multipart/form-data">
                <input type="hidden" name="brouillon" value=left.number.to_string() autocomplete="off"/>
                <input type="hidden" name="page" value=left.page/>
                {wrap(sheet, "objet", "Objet", "", None, false, subject)}
                {wrap(sheet, "message", "Message", "", None, false, message)}
                <p><button class="btn primary" name="joindre" value="1">{words::RESUME}</button></p>
            </form>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::render_view;

    #[test]
    fn what_was_typed_comes_back_as_text() {
        let id = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
        let attack = "\"></textarea><script>alert(1)</script>";
        let draft = ContactDraft { subject: attack.into(), message: attack.into(), consent: String::new(), consent_version: String::new() };
        let left = Interrupted { site: id.parse().unwrap(), number: id.parse().unwrap(), page: attack.into(), draft };
        let html = render_view(|| body("/i.svg", left));
        assert!(!html.contains("<script") && html.contains(words::ENDED_FILES), "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "{html}");
    }
}
