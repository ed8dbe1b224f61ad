//! Somebody of a firm asks for rights: the notice, and the page with what is asked for.

use super::line;
use crate::api::portfolio::{ExamineAccess, RefuseAccess};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::routes::{Page, RightsPage};
use crate::ui::notice::{Tone, notice_with};
use crate::wire::Context;
use domain::delegations::Role;
use domain::home::Service;
use domain::id::{AccessRequestId, SiteId};
use domain::text::{count, date};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, RequestLine};

/// Requests that a notice names.
const NAMED: usize = 5;

/// The requests that wait, for whoever decides; nothing for everybody else.
pub(in crate::pages) async fn notice(cx: &Context, site: &SiteId) -> Result<Option<AnyView>, Fault> {
    let lines = cx.services.access_requests(cx.visit()?, site).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    let items = lines
        .iter()
        .take(NAMED)
        .map(|line| {
            let to = Page::Rights(site.clone(), RightsPage::Request(line.key.clone())).path();
            view! { <li><a href=to>{line.who.clone()}</a>{format!(" ({}), le {}", line.email, date(line.created))}</li> }
        })
        .collect_view();
    let more = lines.len().checked_sub(NAMED).filter(|more| *more > 0).map(|more| {
        view! { <li>{format!("et {}", count(more, "autre", "autres"))}</li> }
    });
    let head = format!("{} d’un cabinet comptable", count(lines.len(), "demande d’accès", "demandes d’accès"));
    Ok(Some(notice_with(&icons(cx), Tone::Info, view! { <h2>{head}</h2><ul>{items}{more}</ul> }.into_any())))
}

/// The page of one request.
pub(super) async fn load(cx: &Context, site: &SiteId, key: &AccessRequestId, around: Frame) -> Result<Loaded, Fault> {
    let request = cx.services.access_request(cx.visit()?, site, key).await?;
    let (said, site) = (flash(cx), site.clone());
    Ok(Loaded::new("Demande d’accès", around, move || {
        let message = (!request.message.is_empty()).then(|| {
            view! { <section class="stack tight"><h2>"Son message"</h2><blockquote class="card words">{request.message.clone()}</blockquote></section> }
        });
        view! {
            <div class="stack">
                <hgroup><h1>"Demande d’accès"</h1><p class="soft">{format!("{}, pour un cabinet comptable", request.who)}</p></hgroup>
                {said}
                {facts(&request)}
                {message}
                <section class="stack tight" aria-labelledby="droits">
                    <h2 id="droits">"Droits demandés"</h2>
                    {line::rights(&request.rights, Role::Cabinet)}
                </section>
                {answers(&site, &request)}
                <p><a href=Page::Service(site.clone(), Service::AccessRights).path()>"Revenir à la liste"</a></p>
            </div>
        }
        .into_any()
    }))
}

fn facts(request: &RequestLine) -> AnyView {
    view! {
        <dl class="kv card" id="demande">
            <div><dt>"Adresse mail"</dt><dd>{request.email.clone()}</dd></div>
            <div><dt>"SIRET du cabinet"</dt><dd><span class="num">{request.firm.grouped()}</span>" "<span class="soft">"(indiqué par cette personne)"</span></dd></div>
            <div><dt>"Demandé le"</dt><dd>{date(request.created)}</dd></div>
            <div><dt>"Sans réponse, expire le"</dt><dd>{date(request.expires)}</dd></div>
        </dl>
    }
    .into_any()
}

/// Accorder leads to the grid as it was asked for, to be sent as it is or less; nothing is given before that.
fn answers(site: &SiteId, request: &RequestLine) -> AnyView {
    let hidden = || {
        view! {
            <input type="hidden" name="draft[site]" value=site.to_string()/>
            <input type="hidden" name="draft[key]" value=request.key.to_string()/>
        }
    };
    view! {
        <div class="row" id="repondre">
            <form method="post" action=ExamineAccess::PATH>{hidden()}<button class="btn primary">"Vérifier les droits et accorder"</button></form>
            <form method="post" action=RefuseAccess::PATH>{hidden()}<button class="btn danger">"Refuser la demande"</button></form>
        </div>
        <p class="soft">"Ne donnez accès qu’à un cabinet que vous connaissez\u{202f}: l’invitation part à l’adresse mail ci-dessus."</p>
    }
    .into_any()
}
