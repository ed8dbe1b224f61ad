//! The tab « Notifications » of the account: how mails about rights leave, one choice a site.

use super::account::{hidden_site, tabs};
use super::failures::flash;
use crate::api::notifications::SaveNotifications;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::AccountPage;
use crate::wire::Context;
use crate::words::notifications as words;
use domain::id::SiteId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, Rhythm, SiteRhythm};

/// The page.
pub(super) async fn load(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let sites = cx.services.notifications(cx.visit()?).await?;
    let said = flash(cx);
    Ok(Loaded::new("Notifications", around, move || {
        let content =
            if sites.is_empty() { view! { <p class="card empty">{words::EMPTY}</p> }.into_any() } else { form(site.as_ref(), &sites) };
        view! {
            <h1>"Notifications"</h1>
            {tabs(site.as_ref(), AccountPage::Notifications)}
            {said}
            <p>{words::LEAD}</p>
            <p class="soft">{words::SECURITY}</p>
            {content}
        }
        .into_any()
    }))
}

fn form(site: Option<&SiteId>, sites: &[SiteRhythm]) -> AnyView {
    let lines = sites.iter().map(line).collect_view();
    view! {
        <form class="card stack" id="rythmes" method="post" action=SaveNotifications::PATH>
            {hidden_site(site)}
            {lines}
            <p><button class="btn primary">"Enregistrer"</button></p>
        </form>
    }
    .into_any()
}

fn line(line: &SiteRhythm) -> AnyView {
    let id = format!("rythme-{}", line.site);
    let options = Rhythm::ALL
        .into_iter()
        .map(|rhythm| view! { <option value=rhythm.code() selected=rhythm == line.rhythm>{words::rhythm(rhythm)}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{line.name.clone()}</label>
            <p class="hint" id=format!("{id}-aide")>"SIRET "<span class="num">{line.siret.clone()}</span></p>
            <select id=id.clone() name=format!("draft[rhythms][s{}]", line.site) aria-describedby=format!("{id}-aide")>{options}</select>
        </div>
    }
    .into_any()
}
