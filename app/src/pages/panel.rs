//! The panels of the functional sidebar as pages (S93–S95): help, news and tutorial of the page one came from. With script they are shown
//! beside it. Outside a space, help and tutorial are one page.

use super::questions::paragraphs;
use super::service::reach;
use super::space::frame;
use crate::api::help::TourTaken;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::{Access, Page, Panel};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::help::{help, title, tour_name};
use crate::words::news::{self, News};
use crate::words::{questions, services as words, space};
use domain::home::Service;
use domain::id::SiteId;
use domain::text::date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::{Fault, Guided};

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId, panel: Panel) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    // The page one came from, if it is one of this site.
    let about = Page::wanted(cx.query("page"))
        .filter(|page| page.access() == Access::Site(site.clone()))
        .unwrap_or_else(|| Page::Home(site.clone()));
    let unread = news::unread(model.guidance.news.as_deref());
    let is_taken = model.guidance.tours.contains(&tour_name(&about));
    if let (Panel::News, [newest, ..]) = (panel, unread) {
        super::noted(cx, cx.services.remember(cx.visit()?, Guided::News(newest.id)).await);
    }
    let (sheet, fund, site, page) = (icons(cx), cx.fund.clone(), site.clone(), Page::Panel(site.clone(), panel));
    Ok(Loaded::new(words::panel(panel), Frame::Space(Box::new(model), page), move || {
        let of = (panel != Panel::News).then(|| view! { <p class="soft">{format!("Page concernée\u{202f}: {}", title(&about))}</p> });
        let content = match panel {
            Panel::Help => help_of(&site, &about),
            Panel::News => news_list(unread),
            Panel::Tutorial => tutorial(&sheet, Some(&site), &about, is_taken),
        };
        view! {
            <div class="stack">
                <hgroup><h1>{words::panel(panel)}</h1>{of}</hgroup>
                {content}
                <p><a class="btn" href=about.path()>"Revenir à la page"</a></p>
                <section class="stack tight">
                    <h2>"Besoin de parler à quelqu’un\u{202f}?"</h2>
                    {reach(&fund)}
                </section>
            </div>
        }
        .into_any()
    }))
}

/// The same outside the space of a site: help of the page one came from, with the answers that go further and, for whoever is logged in,
/// its tour.
pub(super) async fn outside(cx: &Context) -> Result<Loaded, Fault> {
    let about = Page::parse(cx.query("page")).filter(|page| page.site().is_none() && *page != Page::Help).unwrap_or(Page::Entry);
    let is_taken = match &cx.visit {
        Some(visit) if !help(&about).tour.is_empty() => Some(cx.services.guidance(visit).await?.tours.contains(&tour_name(&about))),
        _ => None,
    };
    let (sheet, fund) = (icons(cx), cx.fund.clone());
    Ok(Loaded::new(words::panel(Panel::Help), Frame::Plain, move || {
        let answers = help(&about)
            .questions
            .iter()
            .filter_map(|id| questions::find(id))
            .map(|question| {
                view! {
                    <details id=question.id>
                        <summary>{question.question}</summary>
                        <div class="stack tight">{paragraphs(question.answer)}</div>
                    </details>
                }
            })
            .collect_view();
        let more = (!help(&about).questions.is_empty()).then(|| {
            view! {
                <section class="stack tight" aria-labelledby="proches">
                    <h2 id="proches">"Questions proches"</h2>
                    <div class="card answers">{answers}</div>
                </section>
            }
        });
        let tour = is_taken.map(|is_taken| {
            view! {
                <section class="stack tight" aria-labelledby="tutoriel">
                    <h2 id="tutoriel">{words::panel(Panel::Tutorial)}</h2>
                    {tutorial(&sheet, None, &about, is_taken)}
                </section>
            }
        });
        view! {
            <div class="stack">
                <hgroup>
                    <h1>{words::panel(Panel::Help)}</h1>
                    <p class="soft">{format!("Page concernée\u{202f}: {}", title(&about))}</p>
                </hgroup>
                <div class="card stack prose">{points(&about)}</div>
                {more}
                {tour}
                <p><a class="btn" href=about.path()>"Revenir à la page"</a></p>
                <section class="stack tight">
                    <h2>"Besoin de parler à quelqu’un\u{202f}?"</h2>
                    {reach(&fund)}
                </section>
            </div>
        }
        .into_any()
    }))
}

/// What a page is for, and what can be done there.
fn points(about: &Page) -> AnyView {
    let help = help(about);
    let points = help.points.iter().map(|(heading, text)| view! { <section><h2 class="h3">{*heading}</h2><p>{*text}</p></section> });
    view! { <p>{help.lead}</p>{points.collect_view()} }.into_any()
}

fn help_of(site: &SiteId, about: &Page) -> AnyView {
    let help = help(about);
    let links = help
        .questions
        .iter()
        .filter_map(|id| questions::find(id))
        .map(|question| {
            let to = format!("{}?question={}#{}", Page::Service(site.clone(), Service::Questions).path(), question.id, question.id);
            view! { <li><a href=to>{question.question}</a></li> }
        })
        .collect_view();
    let more = (!help.questions.is_empty()).then(|| {
        view! { <section class="stack tight"><h2 class="h3">"Questions proches"</h2><ul class="bullets">{links}</ul></section> }
    });
    view! {
        <div class="card stack prose">
            {points(about)}
            {more}
        </div>
    }
    .into_any()
}

fn news_list(unread: &'static [News]) -> AnyView {
    let items = news::ALL
        .iter()
        .map(|item| {
            let new = unread.iter().any(|one| one.id == item.id).then(|| view! { <span class="badge">"Nouveau"</span> });
            let day = item.date.parse().map(date).unwrap_or_default();
            view! {
                <article class="card stack tight prose">
                    <hgroup><h2 class="h3">{item.title}" "{new}</h2><p class="soft"><time datetime=item.date>{day}</time></p></hgroup>
                    {paragraphs(item.text)}
                </article>
            }
        })
        .collect_view();
    view! { <div class="stack">{items}</div> }.into_any()
}

fn tutorial(sheet: &str, site: Option<&SiteId>, about: &Page, is_taken: bool) -> AnyView {
    let steps = help(about).tour.iter().map(|step| view! { <li><b>{step.title}</b>" "{step.text}</li> }).collect_view();
    let taken = if is_taken {
        view! { <p class="soft">{icon(sheet, "check")}"Vous avez déjà suivi cette visite."</p> }.into_any()
    } else {
        view! {
            <form method="post" action=TourTaken::PATH>
                <input type="hidden" name="site" value=site.map(ToString::to_string).unwrap_or_default() />
                <input type="hidden" name="page" value=about.path() />
                <button class="btn quiet">"J’ai suivi cette visite"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="card stack prose">
            <ol class="steps-list">{steps}</ol>
            <div class="row">
                <a class="btn primary" href=format!("{}?visite=1", about.path())>{icon(sheet, "graduation-cap")}{space::START}</a>
                {taken}
            </div>
        </div>
    }
    .into_any()
}
