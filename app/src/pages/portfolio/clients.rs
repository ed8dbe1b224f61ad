//! The list of clients, and the same list as a file.

use super::row::row;
use super::{filter, tabs};
use crate::api::portfolio::SetFavourite;
use crate::document::Loaded;
use crate::layout::{Frame, icons};
use crate::pages::failures::flash;
use crate::pages::{Answer, Download};
use crate::routes::{FirmPage, Page};
use crate::ui::icon::icon;
use crate::wire::Context;
use crate::words::portfolio as words;
use domain::portfolio::{Column, PortfolioQuery, Selection};
use jiff::civil::Date;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use services::Fault;

/// The list; or, when its address asks for it, everything it shows as CSV.
pub(super) async fn load(cx: &Context) -> Result<Answer, Fault> {
    let (visit, today) = (cx.visit()?, cx.services.clock().today());
    let query = PortfolioQuery::parse(cx.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    if cx.query("format") == "csv" {
        let clients = cx.services.portfolio_file(visit, &query).await?;
        return Ok(Answer::File(Download { name: format!("portefeuille-{today}.csv"), text: words::file(&clients) }));
    }
    let selection = cx.services.portfolio(visit, &query).await?;
    Ok(Answer::Page(Box::new(page(cx, query, selection, today))))
}

/// Address of the list a query asks for.
pub(super) fn address(query: &PortfolioQuery, more: &str) -> String {
    let text = [query.to_query().as_str(), more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
    let path = Page::Firm(FirmPage::Clients).path();
    if text.is_empty() { path } else { format!("{path}?{text}") }
}

fn page(cx: &Context, query: PortfolioQuery, selection: Selection, today: Date) -> Loaded {
    let (sheet, said) = (icons(cx), flash(cx));
    Loaded::new("Portefeuille de clients", Frame::Full, move || {
        let content = match (selection.total, selection.found) {
            (0, _) => none(),
            (_, 0) => nothing_found(),
            _ => table(&sheet, &query, &selection, today),
        };
        let tools = (selection.total > 0).then(|| filter::form(&sheet, &query));
        view! {
            <div class="stack">
                <hgroup>
                    <h1>"Portefeuille de clients"</h1>
                    <p class="soft" role="status">{words::found(selection.found, selection.total, query.is_narrowed())}</p>
                </hgroup>
                {tabs(FirmPage::Clients)}
                {said}
                {tools}
                {content}
                <p class="soft"><a href=format!("{}?tous=1", Page::Sites.path())>"Tous les sites de mon compte"</a></p>
            </div>
        }
        .into_any()
    })
}

fn none() -> AnyView {
    view! {
        <div class="card empty">
            <h2>"Aucun client pour l’instant"</h2>
            <p>"Les entreprises qui vous donnent des droits en tant que cabinet comptable, ou collaborateur d’un cabinet, apparaîtront ici."</p>
            <p><a class="btn" href=Page::Firm(FirmPage::Requests).path()>"Demander l’accès à un client"</a></p>
        </div>
    }
    .into_any()
}

fn nothing_found() -> AnyView {
    view! {
        <div class="card empty">
            <p>"Aucun client ne correspond à ces critères."</p>
            <p><a class="btn" href=Page::Firm(FirmPage::Clients).path()>"Voir tous mes clients"</a></p>
        </div>
    }
    .into_any()
}

fn table(sheet: &str, query: &PortfolioQuery, selection: &Selection, today: Date) -> AnyView {
    // The page that is shown is where a mark leads back to, whatever number was asked for.
    let here = query.at(selection.page);
    let heads = [Column::Name, Column::Siret, Column::City, Column::Role, Column::Month, Column::Alerts, Column::Ends]
        .into_iter()
        .map(|column| head(sheet, query, column))
        .collect_view();
    let rows = selection.clients.iter().map(|client| row(sheet, client, today)).collect_view();
    view! {
        <form method="post" action=SetFavourite::PATH>
            <input type="hidden" name="draft[query]" value=here.to_query()/>
            <div class="card tablewrap" id="liste-clients">
                <table class="list clients">
                    <caption class="sr-only">"Vos clients"</caption>
                    <thead>
                        <tr>
                            <th scope="col"><span class="sr-only">"Favori"</span></th>
                            {heads}
                            <th scope="col">"Ouvrir"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </form>
        {pager(sheet, &here, selection.last)}
        <p class="row">
            <a class="btn" href=address(&query.at(1), "format=csv") download="">{icon(sheet, "download")}"Exporter cette liste (CSV)"</a>
        </p>
    }
    .into_any()
}

fn head(sheet: &str, query: &PortfolioQuery, column: Column) -> AnyView {
    let is_current = query.sort.column == column;
    let direction = is_current.then_some(if query.sort.is_descending { "descending" } else { "ascending" });
    let arrow = is_current.then(|| icon(sheet, if query.sort.is_descending { "chevron-down" } else { "chevron-up" }));
    let to = address(&query.sorted(column), "");
    view! { <th scope="col" aria-sort=direction><a class="sort" href=to>{words::column(column)}{arrow}</a></th> }.into_any()
}

fn pager(sheet: &str, here: &PortfolioQuery, last: usize) -> Option<AnyView> {
    let to = |page: usize| address(&here.at(page), "");
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label="Pages de la liste">
                {(here.page > 1).then(|| view! { <a class="btn small" href=to(here.page - 1)>{icon(sheet, "chevron-left")}"Précédente"</a> })}
                <span>{format!("Page {} sur {last}", here.page)}</span>
                {(here.page < last).then(|| view! { <a class="btn small" href=to(here.page + 1)>"Suivante"{icon(sheet, "chevron-right")}</a> })}
            </nav>
        }
        .into_any()
    })
}
