//! Which clients a query asks for, in which order, on which page.
#![deny(clippy::wildcard_enum_match_arm)]

use super::{Client, Column, PAGE, PortfolioQuery, Sort};
use crate::text::fold;
use jiff::civil::Date;
use std::cmp::{Ordering, Reverse};

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The clients of the page.
    pub clients: Vec<Client>,
    /// How many the query found.
    pub found: usize,
    /// How many there are without it.
    pub total: usize,
    /// Which page it is, from 1: the last one when a later one was asked for.
    pub page: usize,
    /// The last page.
    pub last: usize,
}

/// The page a query asks for.
#[must_use]
pub fn select(clients: &[Client], query: &PortfolioQuery, today: Date) -> Selection {
    let total = clients.len();
    let found = choose(clients, query, today);
    let last = found.len().div_ceil(PAGE).max(1);
    let page = query.page.clamp(1, last);
    Selection { found: found.len(), total, page, last, clients: found.into_iter().skip((page - 1) * PAGE).take(PAGE).cloned().collect() }
}

/// Everything a query asks for, in its order, whatever its page.
#[must_use]
pub fn choose<'a>(clients: &'a [Client], query: &PortfolioQuery, today: Date) -> Vec<&'a Client> {
    let words: Vec<String> = fold(&query.search).split_whitespace().map(str::to_owned).collect();
    let mut chosen: Vec<(String, &Client)> = clients
        .iter()
        .filter(|client| passes(client, query, today) && matches(client, &words))
        .map(|client| (key(client, query.sort.column), client))
        .collect();
    chosen.sort_by(|(a, x), (b, y)| {
        let order = compare(query.sort, x, y, a, b);
        order.then_with(|| x.siret.cmp(&y.siret))
    });
    chosen.into_iter().map(|(_, client)| client).collect()
}

fn passes(client: &Client, query: &PortfolioQuery, today: Date) -> bool {
    let alerts = |client: &Client| client.dsn.is_some_and(|dsn| query.severities.iter().any(|severity| dsn.all.count(*severity) > 0));
    (!query.favourites || client.is_favourite)
        && (!query.ending || client.holding.is_ending(today))
        && query.role.is_none_or(|role| client.holding.role == role)
        && (query.severities.is_empty() || alerts(client))
}

/// Every word somewhere in the line; or digits of the SIRET, however they are grouped.
fn matches(client: &Client, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = fold(&format!("{} {} {} {}", client.name, client.company, client.siret, client.city));
    let digits: String = words.concat().chars().filter(|c| !matches!(c, '.' | '-')).collect();
    words.iter().all(|word| text.contains(word))
        || (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) && client.siret.as_str().contains(&digits))
}

/// The text a column is sorted by; the name where texts do not decide.
fn key(client: &Client, column: Column) -> String {
    match column {
        Column::Company => fold(&client.company),
        Column::City => fold(&client.city),
        Column::Siret => client.siret.as_str().to_owned(),
        Column::Name | Column::Role | Column::Month | Column::Alerts | Column::Ends => fold(&client.name),
    }
}

/// What there is nothing of comes last in both directions: no end, no right on the alerts.
fn compare(sort: Sort, x: &Client, y: &Client, a: &str, b: &str) -> Ordering {
    let turn = |order: Ordering| if sort.is_descending { order.reverse() } else { order };
    match sort.column {
        Column::Name | Column::Company | Column::Siret | Column::City => turn(a.cmp(b)),
        Column::Role => turn(x.holding.role.code().cmp(y.holding.role.code())).then_with(|| a.cmp(b)),
        Column::Month => last(x.dsn.map(|dsn| Reverse(dsn.of_month)), y.dsn.map(|dsn| Reverse(dsn.of_month)), turn).then_with(|| a.cmp(b)),
        Column::Alerts => last(x.dsn.map(|dsn| Reverse(dsn.all)), y.dsn.map(|dsn| Reverse(dsn.all)), turn).then_with(|| a.cmp(b)),
        Column::Ends => last(x.holding.ends, y.holding.ends, turn).then_with(|| a.cmp(b)),
    }
}

fn last<T: Ord>(x: Option<T>, y: Option<T>, turn: impl Fn(Ordering) -> Ordering) -> Ordering {
    match (x, y) {
        (Some(x), Some(y)) => turn(x.cmp(&y)),
        (x, y) => y.is_some().cmp(&x.is_some()),
    }
}
