//! What was written to the fund about a site, and what it answered: the list, and one message with its answers (S157).

use super::failures::flash;
use super::space::frame;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::routes::Page;
use crate::ui::icon::icon;
use crate::ui::notice::{Tone, notice};
use crate::wire::{Context, Message, Saved};
use crate::words::account::moment;
use crate::words::contact as words;
use domain::contact::ExchangeState;
use domain::home::Service;
use domain::id::{ExchangeId, SiteId};
use jiff::civil::DateTime;
use leptos::prelude::*;
use services::Fault;
use services::contact::{Exchange, ExchangeAnswer, ExchangeLine, ExchangeList, LIST_PAGE, StoredFile};

/// The list of a site.
pub(super) async fn list(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let asked = cx.query("p").parse::<usize>().unwrap_or(1);
    let list = cx.services.list_exchanges(cx.visit()?, site, asked).await?;
    let (sheet, said, site) = (icons(cx), flash(cx), site.clone());
    let page = Page::Exchanges(site.clone());
    Ok(Loaded::new(words::EXCHANGES, Frame::Space(Box::new(model), page), move || {
        view! {
            <div class="stack">
                <hgroup>
                    <h1>{words::EXCHANGES}</h1>
                    <p class="soft"><span role="status">{words::found(list.total)}</span>". "{words::whose(list.sees_all)}</p>
                </hgroup>
                {said}
                <p class="row" id="ecrire"><a class="btn primary" href=form_of(&site)>{icon(&sheet, "mail")}{words::WRITE}</a></p>
                {content(&sheet, &site, &list)}
            </div>
        }
        .into_any()
    }))
}

fn form_of(site: &SiteId) -> String {
    Page::Service(site.clone(), Service::Contact).path()
}

/// The lines, or why there are none.
fn content(sheet: &str, site: &SiteId, list: &ExchangeList) -> AnyView {
    if list.total == 0 {
        return view! {
            <div class="card empty" id="liste-echanges">
                {icon(sheet, "mail")}
                <p>{words::NOTHING}</p>
            </div>
        }
        .into_any();
    }
    if list.lines.is_empty() {
        return view! {
            <div class="card empty" id="liste-echanges">
                <p>{words::BEYOND}</p>
                <p><a class="btn" href=Page::Exchanges(site.clone()).path()>"Revenir au début de la liste"</a></p>
            </div>
        }
        .into_any();
    }
    view! { {table(site, list)} {pager(sheet, site, list)} }.into_any()
}

fn table(site: &SiteId, list: &ExchangeList) -> AnyView {
    let rows = list.lines.iter().map(|line| row(site, line, list.sees_all)).collect_view();
    let by = list.sees_all.then(|| view! { <th scope="col">"Par"</th> });
    view! {
        <div class="card tablewrap" id="liste-echanges">
            <table class="list">
                <caption class="sr-only">"Messages envoyés à la caisse, le plus récent d’abord"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Référence"</th>
                        <th scope="col">"Objet"</th>
                        <th scope="col">"Envoyé le"</th>
                        {by}
                        <th scope="col">"Fichiers"</th>
                        <th scope="col">"État"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(site: &SiteId, line: &ExchangeLine, sees_all: bool) -> AnyView {
    let to = Page::Exchange(site.clone(), line.id.clone()).path();
    let by = sees_all.then(|| view! { <td data-label="Par">{author(line)}</td> });
    let files = if line.files == 0 { "Aucun".to_owned() } else { line.files.to_string() };
    view! {
        <tr>
            <th scope="row" class="num">{line.reference.to_string()}</th>
            <td data-label="Objet"><a class="subject" href=to>{line.subject.clone()}</a></td>
            <td data-label="Envoyé le">{time(line.sent)}</td>
            {by}
            <td data-label="Fichiers">{files}</td>
            <td data-label="État">{badge(line.state)}</td>
        </tr>
    }
    .into_any()
}

/// Who wrote; « Personne effacée » once they were, which the row itself says.
fn author(line: &ExchangeLine) -> String {
    if line.is_own { format!("{} (vous)", line.author) } else { line.author.clone() }
}

fn time(at: DateTime) -> AnyView {
    view! { <time datetime=at.to_string()>{moment(at)}</time> }.into_any()
}

/// A state as a mark: its words say it, its colour repeats it.
fn badge(state: ExchangeState) -> AnyView {
    view! { <span class="badge" data-state=state.code()>{words::state(state)}</span> }.into_any()
}

fn pager(sheet: &str, site: &SiteId, list: &ExchangeList) -> Option<AnyView> {
    let pages = list.total.div_ceil(LIST_PAGE);
    let to = |page: usize| format!("{}?p={page}", Page::Exchanges(site.clone()).path());
    (pages > 1).then(|| {
        let before = (list.page > 1).then(|| {
            view! { <a class="btn small" rel="prev" href=to(list.page - 1)>{icon(sheet, "chevron-left")}"Précédente"</a> }
        });
        let after = (list.page < pages).then(|| {
            view! { <a class="btn small" rel="next" href=to(list.page + 1)>"Suivante"{icon(sheet, "chevron-right")}</a> }
        });
        view! {
            <nav class="pager" aria-label="Pages de la liste">{before}<span>{words::page(list.page, pages)}</span>{after}</nav>
        }
        .into_any()
    })
}

/// One message with its answers; right after it was sent, also the confirmation (S157).
pub(super) async fn thread(cx: &Context, site: &SiteId, id: &ExchangeId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let exchange = cx.services.read_exchange(cx.visit()?, site, id).await?;
    let sheet = icons(cx);
    let said = if matches!(cx.flash, Some(Message::Saved(Saved::MessageSent))) {
        let email = cx.services.profile(cx.visit()?).await?.email;
        Some(notice(&sheet, Tone::Ok, words::sent(exchange.line.reference.as_str(), &email)))
    } else {
        flash(cx)
    };
    let (page, site) = (Page::Exchange(site.clone(), id.clone()), site.clone());
    let title = format!("Échange {}", exchange.line.reference);
    Ok(Loaded::new(title, Frame::Space(Box::new(model), page), move || {
        view! {
            <div class="stack thread">
                <h1>{exchange.line.subject.clone()}</h1>
                {said}
                {head(&exchange)}
                {message(&sheet, &site, &exchange)}
                {answers(&sheet, &site, &exchange)}
                <p class="row" id="suite">
                    <a class="btn" href=form_of(&site)>{icon(&sheet, "mail")}{words::ANOTHER}</a>
                    <a href=Page::Exchanges(site.clone()).path()>{words::BACK}</a>
                </p>
            </div>
        }
        .into_any()
    }))
}

/// What it is called on the phone, and how far it has come.
fn head(exchange: &Exchange) -> AnyView {
    let line = &exchange.line;
    let answered = exchange.answers.first().map(|answer| answer.at);
    view! {
        <div class="card stack tight">
            <p class="reference" id="reference">
                <span class="soft">"Référence"</span>
                <strong class="code">{line.reference.to_string()}</strong>
                {badge(line.state)}
            </p>
            <p>{words::progress(line.sent, exchange.read, answered)}</p>
        </div>
    }
    .into_any()
}

fn message(sheet: &str, site: &SiteId, exchange: &Exchange) -> AnyView {
    let line = &exchange.line;
    view! {
        <section class="card stack tight" id="message-envoye" aria-labelledby="message-titre">
            <hgroup>
                <h2 id="message-titre">"Message"</h2>
                <p class="soft">{author(line)}", le "{time(line.sent)}</p>
            </hgroup>
            <div class="words">{exchange.message.clone()}</div>
            {files(sheet, site, &line.id, &exchange.files)}
        </section>
    }
    .into_any()
}

fn answers(sheet: &str, site: &SiteId, exchange: &Exchange) -> AnyView {
    if exchange.answers.is_empty() {
        return view! { <p class="soft">{words::UNANSWERED}</p> }.into_any();
    }
    exchange.answers.iter().enumerate().map(|(place, one)| answer(sheet, site, &exchange.line.id, (place, one))).collect_view().into_any()
}

fn answer(sheet: &str, site: &SiteId, id: &ExchangeId, (place, answer): (usize, &ExchangeAnswer)) -> AnyView {
    let heading = format!("reponse-{}", place + 1);
    view! {
        <article class="card stack tight answer" aria-labelledby=heading.clone()>
            <hgroup>
                <h2 id=heading.clone()>{words::ANSWER}</h2>
                <p class="soft">{answer.by.clone()}", le "{time(answer.at)}</p>
            </hgroup>
            <div class="words">{answer.text.clone()}</div>
            {files(sheet, site, id, &answer.files)}
        </article>
    }
    .into_any()
}

/// Files to save; what they are called is what they were called, what they are the portal says when it hands them out.
fn files(sheet: &str, site: &SiteId, id: &ExchangeId, files: &[StoredFile]) -> Option<AnyView> {
    (!files.is_empty()).then(|| {
        let thread = Page::Exchange(site.clone(), id.clone()).path();
        let lines = files
            .iter()
            .map(|file| {
                let address = format!("{thread}/fichiers/{}", file.id);
                let weight = words::size(file.bytes);
                view! {
                    <li>
                        {icon(sheet, "download")}
                        <span class="name"><a href=address>{file.name.clone()}</a>" "<span class="soft num">{weight}</span></span>
                    </li>
                }
            })
            .collect_view();
        view! { <h3>{words::files_of(files.len())}</h3><ul class="attached">{lines}</ul> }.into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::render_view;
    use domain::contact::Kind;
    use jiff::civil::date;

    const ID: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";
    const ATTACK: &str = "</div><img src=x onerror=alert(1)><script>";

    fn exchange() -> Exchange {
        let sent = date(2026, 11, 21).at(14, 5, 0, 0);
        let line = ExchangeLine {
            id: ID.parse().unwrap(),
            reference: "ABCD-2345".parse().unwrap(),
            subject: ATTACK.into(),
            state: ExchangeState::Answered,
            author: ATTACK.into(),
            is_own: false,
            sent,
            files: 1,
        };
        let file = StoredFile { id: ID.parse().unwrap(), name: ATTACK.into(), kind: Kind::Pdf, bytes: 840_200, sha256: String::new() };
        let answer = ExchangeAnswer { at: sent, by: ATTACK.into(), text: ATTACK.into(), files: vec![file.clone()] };
        Exchange { line, message: format!("Bonjour\n{ATTACK}"), files: vec![file], read: Some(sent), answers: vec![answer] }
    }

    #[test]
    fn t25_what_people_and_the_fund_write_is_text() {
        let (site, exchange) = (ID.parse().unwrap(), exchange());
        let list = ExchangeList { lines: vec![exchange.line.clone()], total: 120, page: 2, sees_all: true };
        let html = render_view(|| {
            let parts = [
                head(&exchange),
                message("/i.svg", &site, &exchange),
                answers("/i.svg", &site, &exchange),
                content("/i.svg", &site, &list),
            ];
            parts.into_iter().collect_view().into_any()
        });
        assert!(!html.contains("<img") && !html.contains("<script"), "{html}");
        assert!(html.contains("ABCD-2345") && html.contains("840\u{a0}ko") && html.contains("Répondu"), "{html}");
        let file = format!("/site/{ID}/contact/echanges/{ID}/fichiers/{ID}");
        assert_eq!(html.matches(&file).count(), 2, "the file of the message and that of the answer: {html}");
        assert!(html.contains("?p=1") && html.contains("?p=3") && html.contains("Page 2 sur 3"), "{html}");
    }

    #[test]
    fn the_list_says_who_wrote_only_where_there_are_several() {
        let site = ID.parse().unwrap();
        let own = ExchangeLine { author: "Claire Martin".into(), is_own: true, ..exchange().line };
        let drawn = |sees_all| {
            let list = ExchangeList { lines: vec![own.clone()], total: 1, page: 1, sees_all };
            render_view(|| content("/i.svg", &site, &list))
        };
        assert!(drawn(true).contains("Claire Martin (vous)"));
        assert!(!drawn(false).contains("Claire") && !drawn(false).contains("Par"));
    }
}
