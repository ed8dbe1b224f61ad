//! How lines follow what they are made from. A writer leaves a mark, another one each time, in its own transaction; settling reads the
//! marks, then what they point at, and writes lines, counts and the end of exactly those marks in one transaction. A mark that was
//! replaced meanwhile, or settled by somebody else, makes the transaction refuse: nothing old is ever written over something new, and any
//! number of settlers may run at once. A line whose day has come is marked like any other.

use super::{Row, all_due};
use crate::connect::Store;
use crate::delegations::{Beneficiary, found};
use crate::row::{id, vars};
use crate::tx::Error;
use domain::id::SiteId;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use surrealdb::types::{RecordId, SurrealValue};

/// Marks settled by one write.
const BATCH: i64 = 200;
/// Most batches of one run: what is left waits for the next one.
const BATCHES: usize = 40;

#[derive(SurrealValue)]
struct Due {
    id: RecordId,
    target: RecordId,
    mark: String,
}

#[derive(SurrealValue)]
struct Count {
    id: RecordId,
    by: i64,
}

#[derive(SurrealValue)]
struct Former {
    id: RecordId,
    part: String,
}

impl Store {
    /// How the engine looks for what is due.
    ///
    /// # Errors
    /// Those of the engine.
    #[cfg(any(test, feature = "testing"))]
    pub async fn explain_due(&self, site: Option<&SiteId>, today: Date) -> Result<Vec<String>, Error> {
        let mut plans = Vec::new();
        for sql in due_sql(site.is_some()) {
            let vars = vars! { site: site.map(|site| id("site", site.as_str())), today: today.to_string() };
            plans.push(self.read(&format!("EXPLAIN ANALYZE {sql};"), vars).await?.text(0)?);
        }
        Ok(plans)
    }

    /// Settles the marks of one site, or of all, as of a day (Europe/Paris); says how many lines were made again. Bounded; runs twice
    /// without harm.
    ///
    /// # Errors
    /// Those of the engine; what was settled before stays settled.
    pub async fn settle_lines(&self, site: Option<&SiteId>, today: Date) -> Result<usize, Error> {
        let mut settled = 0;
        for _ in 0..BATCHES {
            let Some(due) = self.due_lines(site, today).await? else { continue };
            if due.is_empty() {
                break;
            }
            settled += self.settle_batch(&due, today).await?;
        }
        Ok(settled)
    }

    /// The marks of a batch; none when lines were marked whose day has come, so that it is to be asked again.
    async fn due_lines(&self, site: Option<&SiteId>, today: Date) -> Result<Option<Vec<Due>>, Error> {
        let [due, turned] = due_sql(site.is_some());
        let vars = vars! { site: site.map(|site| id("site", site.as_str())), today: today.to_string() };
        let mut rows = self.read(&format!("{due}; {turned};"), vars).await?;
        let (due, turned) = (rows.take::<Due>(0)?, rows.take::<RecordId>(1)?);
        if turned.is_empty() || !due.is_empty() {
            return Ok(Some(due));
        }
        let rows = "SELECT target AS id, site, record::id(id) AS key FROM $turned WHERE turns <= $today";
        self.write(&all_due(rows), vars! { turned: turned, today: today.to_string() }).await?;
        Ok(None)
    }

    async fn settle_batch(&self, due: &[Due], today: Date) -> Result<usize, Error> {
        let (delegations, invitations): (Vec<RecordId>, Vec<RecordId>) =
            due.iter().map(|due| due.target.clone()).partition(|target| target.table.as_str() == "delegation");
        let lines: Vec<RecordId> = due.iter().map(|due| Ok(id("line", crate::row::key(&due.id)?))).collect::<Result<_, Error>>()?;
        // Read after the marks: what has changed since has another mark.
        let sql = format!("{} SELECT id, part FROM $lines;", crate::delegations::found_sql());
        let vars = vars! { delegations: delegations, invitations: invitations, lines: lines.clone() };
        let mut rows = self.read(&sql, vars).await?;
        let made = made(due, &found(&mut rows)?, today)?;
        let former: Vec<Former> = rows.take(4)?;
        let gone: Vec<RecordId> = lines.into_iter().filter(|line| made.iter().all(|row| row.id != *line)).collect();
        self.write_lines(due, made, gone, counts(&former)).await
    }

    async fn write_lines(
        &self,
        due: &[Due],
        made: Vec<Row>,
        gone: Vec<RecordId>,
        mut counts: BTreeMap<String, i64>,
    ) -> Result<usize, Error> {
        for row in &made {
            *counts.entry(row.part.clone()).or_default() += 1;
        }
        let counts: Vec<Count> =
            counts.into_iter().filter(|(_, by)| *by != 0).map(|(part, by)| Count { id: id("line_count", &part), by }).collect();
        let script = "LET $settled = (DELETE $due WHERE mark IN $marks RETURN BEFORE);
             IF array::len($settled) != $expected { THROW 'moved' };
             DELETE $gone;
             FOR $line IN $lines { UPSERT $line.id CONTENT $line };
             FOR $count IN $counts { UPSERT $count.id SET n = (n ?? 0) + $count.by };";
        let vars = vars! {
            due: due.iter().map(|due| due.id.clone()).collect::<Vec<_>>(),
            marks: due.iter().map(|due| due.mark.clone()).collect::<Vec<_>>(),
            expected: i64::try_from(due.len()).unwrap_or(i64::MAX),
            gone: gone,
            lines: made,
            counts: counts,
        };
        match self.write(script, vars).await {
            Ok(_) => Ok(due.len()),
            // Somebody else has settled some of them, or they were marked again: to be read anew.
            Err(Error::Refused(_)) => Ok(0),
            Err(other) => Err(other),
        }
    }
}

/// What reads the marks, and the lines whose day has come: of one site or of all.
fn due_sql(of_site: bool) -> [String; 2] {
    let (due, turned) = if of_site { (" WHERE site = $site", "site = $site AND ") } else { ("", "") };
    [
        format!("SELECT id, target, mark FROM line_due{due} LIMIT {BATCH}"),
        format!("SELECT VALUE id FROM line WHERE {turned}turns <= $today LIMIT {BATCH}"),
    ]
}

/// The lines that what was found gives, each with what it was found as.
fn made(due: &[Due], found: &[Beneficiary], today: Date) -> Result<Vec<Row>, Error> {
    let mut targets = HashMap::new();
    for due in due {
        targets.insert(crate::row::key(&due.id)?, &due.target);
    }
    Ok(found.iter().filter_map(|one| Some(Row::of(one, (*targets.get(one.delegation.id.as_str())?).clone(), today))).collect())
}

/// What the lines as they were are to be taken off.
fn counts(former: &[Former]) -> BTreeMap<String, i64> {
    former.iter().fold(BTreeMap::new(), |mut counts, line| {
        *counts.entry(line.part.clone()).or_default() -= 1;
        counts
    })
}
