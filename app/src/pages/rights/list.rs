//! Liste des bénéficiaires de délégation (S108, S113–S124, A26–A30): everything that is asked of it stands in its address.

use super::filters::{address, chips, form, others};
use super::line::{badge, end_label};
use super::pager::{exports, pager};
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::space::frame;
use crate::routes::{Page, RightsPage};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::{list as words, services as service_words};
use domain::delegations::acts::Act;
use domain::delegations::list::{Column, ListQuery, Place, Sort};
use domain::delegations::policy::{Need, meets};
use domain::home::Service;
use domain::id::{DelegationId, SiteId};
use domain::text::date;
use leptos::prelude::*;
use services::{BeneficiaryLine, BeneficiaryList, Fault, LIST_MOST};

/// What the address asks for; lines a page as this browser had them last when it does not say (A29).
#[must_use]
pub fn asked(cx: &Context) -> ListQuery {
    let kept = cx.display.lines.to_string();
    let pairs = cx.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    ListQuery::parse(std::iter::once(("lignes", kept.as_str())).chain(pairs))
}

/// The list.
pub(in crate::pages) async fn load(cx: &Context, site: &SiteId) -> Result<Loaded, Fault> {
    let model = frame(cx, site).await?;
    let mut query = asked(cx);
    let list = cx.services.beneficiary_list(cx.visit()?, site, &query).await?;
    if list.roles.iter().all(|role| query.roles().contains(role)) {
        // Every box is ticked: nothing is left out.
        let statuses = query.statuses().to_vec();
        query.choose(&[], &statuses);
    }
    let requests = super::request::notice(cx, site).await?;
    let journal = meets(&cx.visit()?.session.actor, Need::Administration, site, cx.services.clock().today());
    let (sheet, said, site) = (icons(cx), flash(cx), site.clone());
    let page = Page::Service(site.clone(), Service::AccessRights);
    Ok(Loaded::new("Gérer les droits d’accès", Frame::Space(Box::new(model), page), move || {
        let summary = list.matches.map(|matches| words::found(matches, list.total));
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Liste des bénéficiaires de délégation"</h1>
                    <p class="soft" role="status">{summary}</p>
                </hgroup>
                {said}
                {requests}
                <p class="row" id="deleguer">
                    <a class="btn primary" href=Page::Rights(site.clone(), RightsPage::New).path()>{icon(&sheet, "user-plus")}"Déléguer des droits"</a>
                    {journal.then(|| view! {
                        <a class="btn" href=Page::Rights(site.clone(), RightsPage::Journal).path()>{icon(&sheet, "clock")}"Journal du site"</a>
                    })}
                </p>
                {(list.total > 0).then(|| view! {
                    {form(&sheet, &site, &query, &list)}
                    {chips(&sheet, &site, &query)}
                    {others(&site, &query, &list)}
                })}
                {content(&sheet, &site, &query, &list)}
            </div>
        }
        .into_any()
    }))
}

/// The lines, or why there are none.
fn content(sheet: &str, site: &SiteId, query: &ListQuery, list: &BeneficiaryList) -> AnyView {
    let all = address(site, &ListQuery::default().sized(query.size()));
    let mut by_name = query.at(Place::First);
    by_name.sort = Sort::DEFAULT;
    match list.matches {
        _ if list.total == 0 => view! { <div class="card empty">{icon(sheet, "users")}<p>{words::NOBODY}</p></div> }.into_any(),
        None => view! {
            <div class="card empty" role="alert">
                <p>{words::too_many(LIST_MOST)}</p>
                <p><a class="btn" href=address(site, &by_name)>"Trier par nom"</a></p>
            </div>
        }
        .into_any(),
        Some(0) => view! {
            <div class="card empty">
                <p>{words::NOTHING}</p>
                <p><a class="btn" href=all>"Retirer les filtres"</a></p>
            </div>
        }
        .into_any(),
        Some(matches) => view! {
            {table(sheet, site, query, &list.lines)}
            {pager(sheet, site, query, list, matches)}
            {exports(sheet, site, query)}
        }
        .into_any(),
    }
}

fn table(sheet: &str, site: &SiteId, query: &ListQuery, lines: &[BeneficiaryLine]) -> AnyView {
    let heads = Column::ALL.into_iter().map(|column| head(site, query, column)).collect_view();
    let rows = lines.iter().map(|line| row(sheet, site, line)).collect_view();
    view! {
        <div class="card tablewrap" id="liste-beneficiaires">
            <table class="list sortable">
                <caption class="sr-only">"Bénéficiaires et leurs droits"</caption>
                <thead><tr>{heads}<th scope="col">"Actions"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A head with its arrow (S117): the link leads to that order, or to the other direction.
fn head(site: &SiteId, query: &ListQuery, column: Column) -> AnyView {
    let (sorted, arrow) = match (query.sort.column == column, query.sort.is_descending) {
        (true, false) => (Some("ascending"), "↑"),
        (true, true) => (Some("descending"), "↓"),
        (false, _) => (None, "↑↓"),
    };
    view! {
        <th scope="col" aria-sort=sorted>
            <a href=address(site, &query.sorted(column))>{words::column(column)}" "<span class="arrow" aria-hidden="true">{arrow}</span></a>
        </th>
    }
    .into_any()
}

fn row(sheet: &str, site: &SiteId, line: &BeneficiaryLine) -> AnyView {
    let title = Some(line.title()).filter(|title| !title.is_empty()).unwrap_or_else(|| words::ERASED.to_owned());
    let to = |page: fn(DelegationId) -> RightsPage| Page::Rights(site.clone(), page(line.key.clone())).path();
    let act = |href: String, name: &'static str, label: &str| {
        let named = format!("{label}\u{202f}: {title}");
        view! { <a class="btn small icon-only" href=href title=label.to_owned()>{icon(sheet, name)}<span class="sr-only">{named}</span></a> }
    };
    let modify = line.acts.contains(&Act::Modify).then(|| act(to(RightsPage::Modify), "pencil", "Modifier"));
    let ends = line.acts.contains(&Act::Close) || line.acts.contains(&Act::Delete);
    let end = ends.then(|| act(to(RightsPage::End), "trash-2", end_label(line)));
    let mail = (line.title() != line.email).then(|| view! { <span class="soft block">{line.email.clone()}</span> });
    view! {
        <tr>
            <th scope="row"><a href=to(RightsPage::Line)>{title.clone()}</a>{line.is_own.then_some(" (vous)")}{mail}</th>
            <td data-label="Rôle">{service_words::role(line.role)}</td>
            <td data-label="Statut">{badge(line.status)}</td>
            <td data-label="Date d’effet">{date(line.starts)}</td>
            <td data-label="Date de fin">{line.ends.map_or_else(|| words::ENDLESS.to_owned(), date)}</td>
            <td data-label="Actions"><span class="row tight">{act(to(RightsPage::Line), "eye", "Voir")}{modify}{end}</span></td>
        </tr>
    }
    .into_any()
}
