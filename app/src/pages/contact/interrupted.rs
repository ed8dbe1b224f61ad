//! The form of somebody whose session ended while they wrote, or for whom neither the message could be kept nor the form be drawn: what
//! they typed comes back to them, to be taken up again once they have logged in, or a little later. Nothing is kept of what this form
//! says. What came in before lies under its number.

use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::form::wrap;
use crate::ui::text_area::text_area;
use crate::wire::Context;
use crate::words::{contact as words, refusal};
use domain::contact::ContactDraft;
use domain::home::Service;
use domain::id::{ExchangeId, SiteId};
use domain::refusal::Refusal;
use leptos::prelude::*;

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The session has ended: nobody is known.
    Ended,
    /// A failure of ours.
    Broken,
}

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
pub fn interrupted(cx: &Context, why: Why, left: Interrupted) -> Loaded {
    let (sheet, number) = (icons(cx), cx.request.clone());
    match why {
        Why::Ended => {
            // Not to the form: a second one beside this page would write over the same message.
            let log_in = format!("{}?suite={}", Page::SignIn.path(), Page::Home(left.site.clone()).path());
            Loaded::new(words::ENDED, Frame::Plain, move || {
                let steps = view! {
                    <ol class="stack tight">
                        <li><a href=log_in target="_blank" rel="noopener">{words::ENDED_LOG_IN}</a></li>
                        <li>{words::ENDED_RESUME}</li>
                        <li>{words::ENDED_FILES}</li>
                    </ol>
                };
                body(&sheet, words::ENDED, words::ENDED_LEAD, steps.into_any(), left)
            })
            .status(Refusal::SignedOut.status())
        }
        Why::Broken => Loaded::new(words::BROKEN, Frame::Plain, move || {
            let steps = view! { <p>{refusal::broken(&number)}</p><p>{words::ENDED_FILES}</p> };
            body(&sheet, words::BROKEN, words::BROKEN_LEAD, steps.into_any(), left)
        })
        .status(500),
    }
}

fn body(sheet: &str, title: &'static str, lead: &'static str, steps: AnyView, left: Interrupted) -> AnyView {
    let form = Page::Service(left.site, Service::Contact).path();
    let message = text_area("message", "message".into(), &left.draft.message, 10, None, false);
    let subject = view! { <input id="objet" name="objet" type="text" value=left.draft.subject autocomplete="off"/> }.into_any();
    view! {
        <div class="stack">
            <hgroup><h1>{title}</h1><p class="soft">{lead}</p></hgroup>
            {steps}
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
        let html = render_view(|| body("/i.svg", words::BROKEN, words::BROKEN_LEAD, ().into_any(), left));
        assert!(!html.contains("<script") && html.contains(words::RESUME), "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"), "{html}");
    }
}
