//! What stands around a page: header, menu, functional sidebar, footer.

mod foot;
mod side;
pub mod top;

use crate::api::help::TourTaken;
use crate::islands::{Tour, TourStep};
use crate::routes::{Access, Page};
use crate::wire::Context;
use crate::words::help::help;
use crate::words::session as words;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::HomeModel;

/// What stands around a page.
#[derive(Debug)]
pub enum Frame {
    /// Outside the space, one narrow column.
    Plain,
    /// Outside the space, two columns or a wide table.
    Wide,
    /// Outside the space, a table that takes what there is.
    Full,
    /// Inside the space of a site.
    Space(Box<HomeModel>, Page),
}

/// The page's body.
pub fn body(cx: &Context, frame: Frame, content: AnyView) -> AnyView {
    let banner = banner(cx);
    match frame {
        Frame::Plain | Frame::Wide | Frame::Full => {
            let class = match frame {
                Frame::Plain => "plain",
                Frame::Full => "plain full",
                Frame::Wide | Frame::Space(..) => "plain wide",
            };
            view! {
                <a class="skip" href="#contenu">"Aller au contenu"</a>
                {banner}
                {top::header(cx, None)}
                <main id="contenu" class=class tabindex="-1">{tour(cx)}{content}</main>
                {foot::footer(cx)}
                {ending(cx)}
            }
            .into_any()
        }
        Frame::Space(home, page) => view! {
            <a class="skip" href="#contenu">"Aller au contenu"</a>
            <a class="skip" href="#menu">"Aller au menu"</a>
            {banner}
            {top::header(cx, Some((&home, &page)))}
            <div class="shell">
                {side::menu(cx, &home, &page)}
                <main id="contenu" tabindex="-1">{side::tour(cx, &home, &page)}{content}</main>
                {side::functions(cx, &home, &page)}
            </div>
            {foot::footer(cx)}
            {ending(cx)}
        }
        .into_any(),
    }
}

/// The guided tour of a page outside any space, when whoever is logged in asks for it there; inside, the sidebar draws it.
fn tour(cx: &Context) -> Option<AnyView> {
    let page = Page::parse(&cx.path).filter(|page| cx.visit.is_some() && page.access() == Access::Person)?;
    let steps = help(&page).tour;
    if cx.query("visite") != "1" || steps.is_empty() {
        return None;
    }
    let steps = steps.iter().map(|step| TourStep { at: step.at.into(), title: step.title.into(), text: step.text.into() }).collect();
    Some(view! { <Tour steps=steps page=page.path() site=String::new() action=TourTaken::PATH.to_owned() /> }.into_any())
}

fn banner(cx: &Context) -> Option<AnyView> {
    let mailbox = cx.development.then(|| view! { " " <a href="/dev/courriels">"Boîte de développement"</a> });
    cx.fund
        .demonstration
        .then(|| view! { <p class="banner">"Démonstration : les entreprises et les personnes sont fictives."{mailbox}</p> }.into_any())
}

/// The warning before a session ends; shown by a script of its own, two minutes ahead.
fn ending(cx: &Context) -> Option<AnyView> {
    let seconds = cx.services.seconds_left(cx.visit.as_ref()?);
    Some(
        view! {
            <div class="ending" id="fin-de-session" role="alert" hidden data-seconds=seconds.to_string() data-over=words::OVER data-last=words::LAST>
                <p>{words::ENDING}</p>
                <button type="button" class="btn small">{words::STAY}</button>
            </div>
        }
        .into_any(),
    )
}

/// Icons a page may use: signed-out pages load the small sprite only.
#[must_use]
pub fn icons(cx: &Context) -> String {
    if cx.visit.is_some() { cx.assets.icons.clone() } else { cx.assets.icons_public.clone() }
}
