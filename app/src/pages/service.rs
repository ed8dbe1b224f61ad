//! The page of a service that is not open online yet: what it will do, and how to reach the fund meanwhile.

use super::space::frame;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::Page;
use crate::wire::Context;
use crate::words::services as words;
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use leptos::prelude::*;
use services::Fault;

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId, service: Service) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let visit = cx.visit.as_ref().ok_or(Refusal::SignedOut)?;
    cx.services.may_open(&visit.session.actor, site, service)?;
    let (fund, home, page) = (cx.fund.clone(), Page::Home(site.clone()), Page::Service(site.clone(), service));
    Ok(Loaded::new(words::name(service), Frame::Space(Box::new(model), page), move || {
        view! {
            <hgroup>
                <h1>{words::name(service)}</h1>
                <p class="soft">{words::purpose(service)}</p>
            </hgroup>
            <div class="card stack">
                <p>"Ce service n’est pas encore ouvert en ligne. D’ici là, votre caisse s’en charge avec vous\u{202f}:"</p>
                {reach(&fund)}
                <p><a class="btn" href=home.path()>"Revenir à l’accueil du site"</a></p>
            </div>
        }
        .into_any()
    }))
}

/// Ways to reach the fund.
pub(super) fn reach(fund: &domain::fund::Fund) -> AnyView {
    let tel = format!("tel:{}", fund.telephone.replace(' ', ""));
    let mail = format!("mailto:{}", fund.courriel);
    let site = fund.site_web.clone();
    let named = site.trim_start_matches("https://").trim_end_matches('/').to_owned();
    view! {
        <dl class="kv">
            <div><dt>"Téléphone"</dt><dd><a class="num" href=tel>{fund.telephone.replace(' ', "\u{a0}")}</a>", "{fund.horaires.clone()}</dd></div>
            <div><dt>"Mail"</dt><dd><a href=mail>{fund.courriel.clone()}</a></dd></div>
            // Where the guide is (S158).
            <div><dt>"Site internet"</dt><dd><a href=site>{named}</a></dd></div>
            <div><dt>"Courrier"</dt><dd>{fund.nom.clone()}", "{fund.adresse.join(", ")}</dd></div>
        </dl>
    }
    .into_any()
}
