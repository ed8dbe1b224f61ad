//! The end of rows whose time is over, as the registry says: in bounded batches, safe to run twice and anywhere.

use super::{End, Fate, TABLES, Table};
use crate::connect::Store;
use crate::lines::all_due;
use crate::row::{at, own, vars};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::RecordId;

/// Rows of one batch.
const BATCH: usize = 500;
/// Most batches of one reason in one run: what is left waits for the next one.
const BATCHES: usize = 40;

/// How many rows of a table ended for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purged {
    /// The table.
    pub table: &'static str,
    /// Which rows, in French.
    pub which: &'static str,
    /// How many.
    pub rows: usize,
}

impl Store {
    /// Deletes what is over, and says of what there was something.
    ///
    /// # Errors
    /// Those of the engine; what was deleted before stays deleted.
    pub async fn purge(&self, now: Timestamp) -> Result<Vec<Purged>, Error> {
        let mut purged = Vec::new();
        for (table, end) in ends(Fate::Deleted) {
            let mut rows = 0;
            for _ in 0..BATCHES {
                let gone = self.purge_batch(table, end, now).await?;
                rows += gone;
                if gone < BATCH {
                    break;
                }
            }
            if rows > 0 {
                purged.push(Purged { table: table.name, which: end.which, rows });
            }
        }
        Ok(purged)
    }

    async fn purge_batch(&self, table: &Table, end: &End, now: Timestamp) -> Result<usize, Error> {
        // The line an invitation had goes with it.
        let due = if table.name == "invitation" { all_due("SELECT id, site, key FROM $old") } else { String::new() };
        let gone: Option<u64> = self
            .write(
                &format!("LET $old = ({});\n{due}LET $gone = (DELETE $old RETURN BEFORE);\nRETURN array::len($gone);", over(table, end)),
                vars! { over: at(now - end.age), most: i64::try_from(BATCH).unwrap_or(i64::MAX) },
            )
            .await?
            .last()?;
        Ok(gone.and_then(|gone| usize::try_from(gone).ok()).unwrap_or(0))
    }

    /// How the rows of an end are found.
    ///
    /// # Errors
    /// Those of the engine.
    #[cfg(test)]
    pub(super) async fn explain_purge(&self, table: &Table, end: &End, now: Timestamp) -> Result<String, Error> {
        let vars = vars! { over: at(now - end.age), most: i64::try_from(BATCH).unwrap_or(i64::MAX) };
        self.read(&format!("EXPLAIN {};", over(table, end)), vars).await?.text(0)
    }

    /// Up to `most` people who are to be erased because their time is over, and since when it is.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_people_over(&self, most: usize, now: Timestamp) -> Result<Vec<(AccountId, Timestamp)>, Error> {
        let mut people = Vec::new();
        for (table, end) in ends(Fate::PersonErased) {
            let before = now - end.age;
            let ids: Vec<RecordId> = self
                .read(&format!("{};", over(table, end)), vars! { over: at(before), most: i64::try_from(most).unwrap_or(i64::MAX) })
                .await?
                .take(0)?;
            for id in &ids {
                people.push((own(id)?, before));
            }
        }
        Ok(people)
    }
}

fn ends(fate: Fate) -> impl Iterator<Item = (&'static Table, &'static End)> {
    TABLES.iter().flat_map(|table| table.ends.iter().map(move |end| (table, end))).filter(move |(_, end)| end.fate == fate)
}

/// The ids of rows that are over.
fn over(table: &Table, end: &End) -> String {
    let when = if end.when.is_empty() { String::new() } else { format!("{} AND ", end.when) };
    format!("SELECT VALUE id FROM {} WHERE {when}{} <= $over LIMIT $most", table.name, end.since)
}
