//! Everything that is keyed to a person, as the registry says.

use super::{Export, Nature, TABLES, Table};
use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::row::{at, id, vars};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use std::fmt::Write;
use surrealdb::types::{Number, Object, Value};

/// One table's part of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The table.
    pub name: &'static str,
    /// What it holds, in French.
    pub title: &'static str,
    /// The person's rows, the oldest first.
    pub lines: Vec<Line>,
}

/// One row: the fields that have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line(pub Vec<Cell>);

/// One field of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The field.
    pub name: &'static str,
    /// What it holds, in French.
    pub label: &'static str,
    /// Its value.
    pub value: Datum,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Datum {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(i64),
    /// A moment.
    #[serde(serialize_with = "iso")]
    Time(Timestamp),
    /// Anything else.
    Text(String),
}

fn iso<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

/// What [`super::Rows::ids`] sees: `$account` and `$now` are bound, `$a` is the account's row. An address the person has left is
/// theirs as long as a link leads back to it: nobody else can claim it. Addresses and numbers that are empty are nobody's.
pub(super) const OWN: &str = "LET $owner = record::id($account);
    LET $left = (SELECT VALUE target FROM token WHERE account = $account AND expires > $now);
    LET $own = array::distinct(array::concat([$a.email, $a.pending_email, $a.phone, $a.mobile], $left)
      .filter(|$value| $value != NONE AND $value != ''));
";

impl Store {
    /// Everything that is keyed to a person and may be shown to them; tables without a row of theirs are left out.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn export_person(&self, account: &AccountId, now: Timestamp) -> Result<Vec<Section>, Error> {
        let mut script = format!("LET $a = (SELECT * FROM ONLY $account);\n{OWN}");
        let mut place = 4;
        let mut places = Vec::new();
        for table in TABLES {
            let Some(rows) = &table.rows else { continue };
            let columns = columns(table).map(|(name, _, expression)| format!("{expression} AS {name}")).collect::<Vec<_>>().join(", ");
            let _ = write!(script, "LET $ids = {};\nSELECT {columns} FROM $ids ORDER BY {};\n", rows.ids, rows.order);
            places.push((table, place + 1));
            place += 2;
        }
        let mut answer = self.read(&script, vars! { account: id("account", account.as_str()), now: at(now) }).await?;
        let mut sections = Vec::new();
        for (table, place) in places {
            let rows = answer.take::<Value>(place)?.into_iter().map(|row| read(table, row));
            let lines: Vec<Line> = rows.filter(|line| !matches!(line, Ok(Line(cells)) if cells.is_empty())).collect::<Result<_, _>>()?;
            if !lines.is_empty() {
                sections.push(Section { name: table.name, title: table.title, lines });
            }
        }
        Ok(sections)
    }
}

impl Store {
    /// Notes in the journal that a person got their data, from the session they ask from.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_export(&self, acting: Acting<'_>) -> Result<Changed, Error> {
        let script = format!("{STILL}CREATE $audit SET at = $now, what = 'data.exported', account = $account, agent = $agent;");
        changed(self.write(&script, acting.vars()).await)
    }

    /// Notes in the journal of a person that the fund took out their data.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_export_by_fund(&self, account: &AccountId, audit: &str, now: Timestamp) -> Result<(), Error> {
        self.write(
            "CREATE $audit SET at = $now, what = 'data.exported_by_fund', account = $account;",
            vars! { account: id("account", account.as_str()), audit: id("audit", audit), now: at(now) },
        )
        .await
        .map(drop)
    }
}

/// Name, label and expression of every field that is shown.
fn columns(table: &'static Table) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    table.fields.iter().filter_map(|field| match field.nature {
        Nature::Personal { export: Export::Shown(expression), .. } => Some((field.name, field.what, expression)),
        Nature::Personal { export: Export::Withheld(_), .. } | Nature::Impersonal | Nature::Record(_) => None,
    })
}

fn read(table: &'static Table, row: Value) -> Result<Line, Error> {
    let Value::Object(row) = row else { return Err(Error::Row(format!("a row of {} is no object", table.name))) };
    Ok(Line(columns(table).filter_map(|(name, label, _)| Some(Cell { name, label, value: datum(&row, name)? })).collect()))
}

fn datum(row: &Object, name: &str) -> Option<Datum> {
    match row.get(name)? {
        Value::None | Value::Null => None,
        Value::Bool(flag) => Some(Datum::Flag(*flag)),
        Value::Number(Number::Int(number)) => Some(Datum::Number(*number)),
        Value::Datetime(time) => Some(Datum::Time(crate::row::moment(time))),
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(Datum::Text(text.clone())),
        other => Some(Datum::Text(format!("{other:?}"))),
    }
}
