//! Questions-Réponses (S92): by theme, found by words, with a way to the fund below each answer.

use super::failures::flash;
use super::space::frame;
use crate::api::help::Opinion;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::questions::{self as words, ALL, Question, Theme};
use crate::words::services as service_words;
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use domain::search::Search;
use domain::text::count;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::Fault;

/// Longest search that is looked at.
const LONGEST: usize = 120;

/// The page.
pub(super) async fn load(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let visit = cx.visit.as_ref().ok_or(Refusal::SignedOut)?;
    cx.services.may_open(&visit.session.actor, site, Service::Questions)?;
    let typed: String = cx.query("recherche").chars().take(LONGEST).collect();
    let theme = Theme::ALL.into_iter().find(|theme| theme.code() == cx.query("theme"));
    let opened = cx.query("question").to_owned();
    let search = Search::new(&typed);
    let found = found(&search, theme);
    let (sheet, said, site) = (icons(cx), flash(cx), site.clone());
    let page = Page::Service(site.clone(), Service::Questions);
    Ok(Loaded::new(service_words::name(Service::Questions), Frame::Space(Box::new(model), page.clone()), move || {
        let contact = Page::Service(site.clone(), Service::Contact).path();
        let result = (!search.is_empty()).then(|| count(found.len(), "question trouvée", "questions trouvées"));
        let list = if search.is_empty() {
            let shown = Theme::ALL.into_iter().filter(|one| theme.is_none_or(|theme| theme == *one));
            let parts = shown.map(|theme| {
                let own: Vec<&Question> = found.iter().copied().filter(|question| question.theme == theme).collect();
                // Beside a page the panel brings its names along: pages have parts called by what the themes are about.
                let id = format!("theme-{}", theme.code());
                view! {
                    <section class="stack tight" aria-labelledby=id.clone()>
                        <h2 id=id.clone()>{theme.name()}</h2>
                        {answers(&site, &own, &opened)}
                    </section>
                }
            });
            parts.collect_view().into_any()
        } else if found.is_empty() {
            view! { <div class="card empty"><p>{words::NOTHING}</p></div> }.into_any()
        } else {
            answers(&site, &found, &opened)
        };
        view! {
            <div class="stack">
                <hgroup>
                    <h1>{service_words::name(Service::Questions)}</h1>
                    <p class="soft">{service_words::purpose(Service::Questions)}</p>
                </hgroup>
                {said}
                {form(&sheet, &page, &typed, theme)}
                <p class="soft" role="status">{result}</p>
                {list}
                <section class="card stack tight">
                    <h2>"Vous n’avez pas trouvé\u{202f}?"</h2>
                    <p><a class="btn" href=contact>{icon(&sheet, "mail")}"Écrire à ma caisse"</a></p>
                </section>
            </div>
        }
        .into_any()
    }))
}

/// The questions of a theme in their order, or those that fit the words, the best first.
fn found(search: &Search, theme: Option<Theme>) -> Vec<&'static Question> {
    let within = ALL.iter().filter(|question| theme.is_none_or(|theme| theme == question.theme));
    if search.is_empty() {
        return within.collect();
    }
    let score = |question: &Question| {
        let answer = question.answer.join(" ");
        search.score(&[(question.question, 5), (question.also, 3), (question.theme.name(), 2), (&answer, 1)])
    };
    let mut scored: Vec<(u32, &Question)> = within.filter_map(|question| Some((score(question)?, question))).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().map(|(_, question)| question).collect()
}

fn form(sheet: &str, page: &Page, typed: &str, theme: Option<Theme>) -> AnyView {
    let options = Theme::ALL.map(|one| view! { <option value=one.code() selected=theme == Some(one)>{one.name()}</option> });
    let all = (!typed.is_empty() || theme.is_some()).then(|| view! { <a class="btn quiet" href=page.path()>"Tout afficher"</a> });
    view! {
        <form class="card row find" method="get" action=page.path() role="search">
            <div class="field">
                <label for="recherche">"Votre question, en quelques mots"</label>
                <input id="recherche" name="recherche" type="search" value=typed.to_owned() maxlength=LONGEST.to_string() autocomplete="off" />
            </div>
            <div class="field">
                <label for="theme">"Thème"</label>
                <select id="theme" name="theme"><option value="">"Tous les thèmes"</option>{options.into_iter().collect_view()}</select>
            </div>
            <button class="btn primary">{icon(sheet, "search")}"Chercher"</button>
            {all}
        </form>
    }
    .into_any()
}

fn answers(site: &SiteId, questions: &[&'static Question], opened: &str) -> AnyView {
    let lines = questions.iter().map(|question| answer(site, question, questions.len() == 1 || question.id == opened)).collect_view();
    view! { <div class="card answers">{lines}</div> }.into_any()
}

fn answer(site: &SiteId, question: &'static Question, is_open: bool) -> AnyView {
    let contact = format!("{}?question={}", Page::Service(site.clone(), Service::Contact).path(), question.id);
    view! {
        <details id=question.id open=is_open>
            <summary>{question.question}</summary>
            <div class="stack tight">
                {paragraphs(question.answer)}
                <form class="row tight helped" method="post" action=Opinion::PATH>
                    <input type="hidden" name="site" value=site.to_string() />
                    <input type="hidden" name="question" value=question.id />
                    <span id=format!("avis-{}", question.id)>{words::HELPED}</span>
                    <button class="btn small" name="helped" value="oui" aria-describedby=format!("avis-{}", question.id)>"Oui"</button>
                    <button class="btn small" name="helped" value="non" aria-describedby=format!("avis-{}", question.id)>"Non"</button>
                    <a class="btn small quiet" href=contact>"Poser cette question à ma caisse"</a>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// Paragraphs, and lists where lines begin with a dash.
pub(super) fn paragraphs(lines: &'static [&'static str]) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    let mut items: Vec<&'static str> = Vec::new();
    let flush = |items: &mut Vec<&'static str>, parts: &mut Vec<AnyView>| {
        if !items.is_empty() {
            let list = std::mem::take(items).into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
            parts.push(view! { <ul class="bullets">{list}</ul> }.into_any());
        }
    };
    for line in lines {
        if let Some(item) = line.strip_prefix("- ") {
            items.push(item);
        } else {
            flush(&mut items, &mut parts);
            parts.push(view! { <p>{*line}</p> }.into_any());
        }
    }
    flush(&mut items, &mut parts);
    parts.collect_view().into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s92_questions_are_found_by_the_words_people_use() {
        let first = |typed: &str| found(&Search::new(typed), None).first().map(|question| question.id);
        for (typed, expected) in [("mot de passe oublié", "oubli"), ("je n'ai pas reçu mon courrier", "courrier"), ("comptable", "cabinet")]
        {
            let id = first(typed).unwrap_or_else(|| panic!("nothing for {typed}"));
            assert!(
                id.contains(expected) || found(&Search::new(typed), None).iter().take(3).any(|one| one.id.contains(expected)),
                "{typed}: {id}"
            );
        }
        assert_eq!(first("zyglotron"), None);
        // Every question is found by its own words.
        for question in ALL {
            let best: Vec<_> = found(&Search::new(question.question), None).into_iter().take(3).map(|found| found.id).collect();
            assert!(best.contains(&question.id), "{}: {best:?}", question.id);
        }
    }
}
