//! The panels of the functional sidebar as pages (S93–S95): help, news and tutorial of the page one came from.

use super::service::reach;
use super::space::frame;
use crate::document::Loaded;
use crate::layout::Frame;
use crate::routes::{Page, Panel};
use crate::wire::Context;
use crate::words::services as words;
use domain::id::SiteId;
use leptos::prelude::*;
use services::Fault;

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId, panel: Panel) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    // The page one came from, if it is one of this site.
    let about = Page::wanted(cx.query("page"))
        .filter(|page| page.access() == crate::routes::Access::Site(site.clone()))
        .unwrap_or_else(|| Page::Home(site.clone()));
    let (fund, page) = (cx.fund.clone(), Page::Panel(site.clone(), panel));
    Ok(Loaded::new(words::panel(panel), Frame::Space(Box::new(model), page), move || {
        let text = match panel {
            Panel::Help => words::help(&about).replace(" :", "\u{202f}:").replace(" ;", "\u{202f};").replace("« ", "«\u{a0}").replace(" »", "\u{a0}»"),
            Panel::News => "Le nouvel Espace sécurisé est ouvert\u{202f}: ouverture de compte avec vos deux courriers, choix du site déclarant et suivi des anomalies DSN.".into(),
            Panel::Tutorial => "La visite guidée de cette page n’est pas encore ouverte en ligne. L’aide de la page en donne l’essentiel.".into(),
        };
        let of = (panel != Panel::News).then(|| view! { <p class="soft">{format!("Page concernée\u{202f}: {}", title(&about))}</p> });
        view! {
            <hgroup><h1>{words::panel(panel)}</h1>{of}</hgroup>
            <div class="card stack">
                <p class="max-w-prose">{text}</p>
                <p><a class="btn" href=about.path()>"Revenir à la page"</a></p>
            </div>
            <section class="stack tight">
                <h2>"Besoin de parler à quelqu’un\u{202f}?"</h2>
                {reach(&fund)}
            </section>
        }
        .into_any()
    }))
}

fn title(page: &Page) -> &'static str {
    match page {
        Page::Service(_, service) => words::name(*service),
        Page::Panel(_, panel) => words::panel(*panel),
        Page::Account(_, page) => crate::words::account::tab(*page),
        _ => "Accueil",
    }
}
