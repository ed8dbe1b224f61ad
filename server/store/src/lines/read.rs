//! Reading the list: how many lines each part has, a page in the order of names, or everything that matches up to a bound.

use super::{ListedLine, Part, Row};
use crate::connect::Store;
use crate::row::{id, vars};
use crate::tx::Error;
use domain::delegations::policy::{Give, Granted};
use jiff::civil::Date;
use std::collections::HashMap;
use std::fmt::Write;
use surrealdb::types::{RecordId, SurrealValue};

/// The bounds of days a list is narrowed by (A28).
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// First day on or after this one.
    pub from: Option<Date>,
    /// Last day on or before this one.
    pub until: Option<Date>,
    /// With `until`: those without end as well.
    pub without_end: bool,
}

#[derive(SurrealValue)]
struct Counted {
    id: RecordId,
    n: i64,
}

/// Reads one part; its number and a tail follow.
const OF_PART: &str = "SELECT * FROM line WHERE part = $part";

/// The tail that reads a page. Never against the order of an index: the engine would read the part to its end.
fn page(has_place: bool, is_backwards: bool, most: usize) -> String {
    let column = if is_backwards { "back" } else { "place" };
    let beyond = if has_place { format!(" AND {column} > $from") } else { String::new() };
    format!("{beyond} ORDER BY {column} LIMIT {most}")
}

/// A place as the column that is read has it.
fn beyond(from: &str, is_backwards: bool) -> String {
    if is_backwards { super::turned(from) } else { from.to_owned() }
}

impl Store {
    /// How the engine reads one part of a page: its own plan, with what each step read.
    ///
    /// # Errors
    /// Those of the engine.
    #[cfg(any(test, feature = "testing"))]
    pub async fn explain_page(
        &self,
        site: &domain::id::SiteId,
        part: &Part,
        from: Option<&str>,
        is_backwards: bool,
        most: usize,
    ) -> Result<String, Error> {
        let sql = format!("EXPLAIN ANALYZE {OF_PART}0{};", page(from.is_some(), is_backwards, most));
        let rows = self.read(&sql, vars! { part0: part.name(site), from: from.map(|from| beyond(from, is_backwards)) }).await?;
        rows.text(0)
    }

    /// The parts of a person's lists that have lines, and how many.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_lines(&self, granted: &Granted<Give>) -> Result<Vec<(Part, usize)>, Error> {
        let seen = Part::seen(granted);
        let counts: Vec<RecordId> = seen.iter().map(|part| id("line_count", &part.name(granted.site()))).collect();
        let rows: Vec<Counted> = self.read("SELECT id, n FROM $counts;", vars! { counts: counts }).await?.take(0)?;
        let by: HashMap<String, i64> =
            rows.iter().map(|row| Ok((crate::row::key(&row.id)?.to_owned(), row.n))).collect::<Result<_, Error>>()?;
        let count = |part: &Part| usize::try_from(by.get(&part.name(granted.site())).copied().unwrap_or(0)).unwrap_or(0);
        Ok(seen.into_iter().map(|part| (count(&part), part)).filter(|(n, _)| *n > 0).map(|(n, part)| (part, n)).collect())
    }

    /// Up to `most` lines of some parts, those a person may see among them, from a place on, that place left out: forwards in the order of names, or backwards. What a
    /// page costs depends on `most` and on the number of parts, not on how many lines there are (D19).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_lines(
        &self,
        granted: &Granted<Give>,
        parts: &[Part],
        from: Option<&str>,
        is_backwards: bool,
        most: usize,
    ) -> Result<Vec<ListedLine>, Error> {
        let tail = page(from.is_some(), is_backwards, most);
        let mut lines = self.lines_of(granted, parts, &tail, vars! { from: from.map(|from| beyond(from, is_backwards)) }).await?;
        lines.sort_by(|a, b| if is_backwards { b.place.cmp(&a.place) } else { a.place.cmp(&b.place) });
        lines.truncate(most);
        Ok(lines)
    }

    /// The lines of some parts within bounds of days, in no order: at most `most` of each part.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn match_lines(&self, granted: &Granted<Give>, parts: &[Part], days: Days, most: usize) -> Result<Vec<ListedLine>, Error> {
        let from = days.from.map_or("", |_| " AND starts >= $from");
        let until = match (days.until, days.without_end) {
            (None, _) => "",
            (Some(_), false) => " AND ends != NONE AND ends <= $until",
            (Some(_), true) => " AND (ends = NONE OR ends <= $until)",
        };
        let vars = vars! { from: days.from.map(|day| day.to_string()), until: days.until.map(|day| day.to_string()) };
        self.lines_of(granted, parts, &format!("{from}{until} LIMIT {most}"), vars).await
    }

    async fn lines_of(
        &self,
        granted: &Granted<Give>,
        parts: &[Part],
        tail: &str,
        mut vars: surrealdb::types::Variables,
    ) -> Result<Vec<ListedLine>, Error> {
        let seen = Part::seen(granted);
        let parts: Vec<&Part> = parts.iter().filter(|part| seen.contains(part)).collect();
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = String::new();
        for (number, part) in parts.iter().enumerate() {
            let _ = writeln!(sql, "{OF_PART}{number}{tail};");
            vars.insert(format!("part{number}"), part.name(granted.site()));
        }
        let mut rows = self.read(&sql, vars).await?;
        let mut lines = Vec::new();
        for number in 0..parts.len() {
            for row in rows.take::<Row>(number)? {
                lines.push(row.read()?);
            }
        }
        Ok(lines)
    }
}
