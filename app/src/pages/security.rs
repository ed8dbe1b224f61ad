//! Tab « Sécurité »: the second factors, the devices that are logged in, and what happened to the account lately.

use super::account::{hidden_site, tabs};
use super::external;
use super::factors;
use super::failures::flash;
use crate::api::account::CloseOthers;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::AccountPage;
use crate::ui::form::summary;
use crate::wire::Context;
use crate::words::account as words;
use domain::id::SiteId;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{DeviceLine, Fault, JournalLine};

/// The tab.
pub(super) async fn load(cx: &Context, site: Option<SiteId>, around: Frame) -> Result<Loaded, Fault> {
    let found = cx.services.devices(cx.visit()?).await?;
    let second = cx.services.second_factors(cx.visit()?).await?;
    let (sheet, said, errors) = (icons(cx), flash(cx), cx.invalid());
    let required = factors::required(cx, &sheet);
    let external = external::section(cx, site.as_ref()).await?;
    Ok(Loaded::new("Sécurité du compte", around, move || {
        let others = found.sessions.iter().any(|line| !line.is_this);
        let close = others.then(|| {
            view! {
                <form method="post" action=CloseOthers::PATH>
                    {hidden_site(site.as_ref())}
                    <button class="btn">"Déconnecter les autres appareils"</button>
                </form>
            }
        });
        view! {
            <h1>"Sécurité du compte"</h1>
            {tabs(site.as_ref(), AccountPage::Security)}
            {required}
            {said}
            {errors.map(|errors| summary(&sheet, &errors, &[("current", words::CURRENT)]))}
            {factors::section(&sheet, site.as_ref(), &second)}
            <section class="card stack" aria-labelledby="appareils">
                <h2 id="appareils">"Appareils connectés"</h2>
                <ul class="lines">{found.sessions.iter().map(device).collect_view()}</ul>
                {close}
            </section>
            {external}
            <section class="card stack" aria-labelledby="journal">
                <h2 id="journal">"Dernières opérations"</h2>
                {journal(&found.events)}
                <p class="soft">"Une opération n’est pas de vous\u{202f}? Changez votre mot de passe et prévenez votre caisse."</p>
            </section>
        }
        .into_any()
    }))
}

fn device(line: &DeviceLine) -> AnyView {
    let name = if line.agent.is_empty() { "Appareil inconnu".to_owned() } else { line.agent.clone() };
    let this = line.is_this.then(|| view! { " "<span class="tag">"cet appareil"</span> });
    view! {
        <li>
            <p><strong>{name}</strong>{this}</p>
            <p class="soft">{format!("Connecté le {}, utilisé le {}.", words::moment(line.since), words::moment(line.seen))}</p>
        </li>
    }
    .into_any()
}

fn journal(events: &[JournalLine]) -> AnyView {
    if events.is_empty() {
        return view! { <p class="soft">"Aucune opération pour le moment."</p> }.into_any();
    }
    let rows = events
        .iter()
        .map(|event| {
            let site = event.site.clone().map(|site| format!("\u{202f}: {site}")).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">{words::event(&event.what)}{site}</th>
                    <td data-label="Date" class="num">{words::moment(event.at)}</td>
                    <td data-label="Appareil">{if event.agent.is_empty() { "–".to_owned() } else { event.agent.clone() }}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="tablewrap">
            <table class="list">
                <caption class="sr-only">"Dernières opérations sur votre compte"</caption>
                <thead><tr><th scope="col">"Opération"</th><th scope="col">"Date"</th><th scope="col">"Appareil"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
