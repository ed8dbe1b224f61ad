//! « Prolonger » on the page of a beneficiary: the same rights, the same length again, in one step.

use crate::api::prolong::Prolong;
use crate::pages::parts::step_up;
use crate::ui::form::{described, draft, summary, wrap};
use crate::wire::Context;
use crate::words::prolong as words;
use domain::delegations::acts::Act;
use domain::id::SiteId;
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::BeneficiaryPage;

/// The form; none where these rights have no end or may not be changed.
pub(super) fn form(cx: &Context, sheet: &str, site: &SiteId, found: &BeneficiaryPage, bound: Option<Date>) -> Option<AnyView> {
    let ends = found.line.ends.filter(|_| found.line.acts.contains(&Act::Modify))?;
    let proposed = found.proposed(bound).unwrap_or(ends).to_string();
    let typed = cx.typed("ends").to_owned();
    let value = if typed.is_empty() { proposed } else { typed };
    let reason = cx.reason("ends");
    let control = view! {
        <input
            id="ends"
            name=draft("ends")
            type="date"
            value=value
            required
            aria-describedby=described("ends", true, reason.is_some())
            aria-invalid=reason.map(|_| "true")
        />
    };
    let errors = cx.invalid().map(|errors| summary(sheet, &errors, &words::FIELDS));
    Some(
        view! {
            <section class="card stack tight" aria-labelledby="prolonger">
                <h2 id="prolonger">{words::TITLE}</h2>
                {errors}
                <form class="stack tight" method="post" action=Prolong::PATH novalidate>
                    <input type="hidden" name=draft("site") value=site.to_string()/>
                    <input type="hidden" name=draft("key") value=found.line.key.to_string()/>
                    <input type="hidden" name=draft("rev") value=found.rev.to_string()/>
                    {wrap(sheet, "ends", words::FIELDS[0].1, words::HINT, reason, false, control.into_any())}
                    {step_up(cx, sheet, cx.visit().is_ok_and(|visit| cx.services.needs_password(visit)))}
                    <p><button class="btn">{words::TITLE}</button></p>
                </form>
            </section>
        }
        .into_any(),
    )
}
