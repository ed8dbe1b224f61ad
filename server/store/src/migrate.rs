//! Bringing the database to the form this version expects: numbered scripts, each applied once, each with its checksum.

use crate::connect::Store;
use crate::row::{at, id, vars};
use crate::tx::Error;
use include_dir::{Dir, include_dir};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use surrealdb::types::{RecordId, SurrealValue};

static SCHEMA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/schema");

/// One numbered script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migration {
    /// File name without ending, `0001_portal`.
    pub name: String,
    /// What this database knows of it.
    pub state: MigrationState,
}

/// Where a script stands in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MigrationState {
    /// Not applied yet.
    Pending,
    /// Applied, as this version has it.
    Applied,
    /// Applied in another form than this version has: nothing may go on.
    Changed,
    /// Applied by a newer version than this one.
    Unknown,
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    checksum: String,
}

const BOOTSTRAP: &str = "DEFINE TABLE IF NOT EXISTS migration SCHEMAFULL;
DEFINE FIELD IF NOT EXISTS checksum ON migration TYPE string;
DEFINE FIELD IF NOT EXISTS applied ON migration TYPE datetime;";

impl Store {
    /// What every script's state is, in order.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn migrations(&self) -> Result<Vec<Migration>, Error> {
        self.read(BOOTSTRAP, vars! {}).await?;
        let rows: Vec<Row> = self.read("SELECT id, checksum FROM migration;", vars! {}).await?.take(0)?;
        let mut known: Vec<(String, String)> =
            rows.iter().map(|row| Ok((crate::row::key(&row.id)?.to_owned(), row.checksum.clone()))).collect::<Result<_, Error>>()?;
        let mut all: Vec<Migration> = scripts()
            .map(|(name, script)| {
                let place = known.iter().position(|(applied, _)| *applied == name);
                let state = match place.map(|place| known.swap_remove(place)) {
                    None => MigrationState::Pending,
                    Some((_, sum)) if sum == checksum(script) => MigrationState::Applied,
                    Some(_) => MigrationState::Changed,
                };
                Migration { name, state }
            })
            .collect();
        all.extend(known.into_iter().map(|(name, _)| Migration { name, state: MigrationState::Unknown }));
        Ok(all)
    }

    /// Applies what is pending and returns the names applied; a script and its mark are one transaction.
    ///
    /// # Errors
    /// [`Error::Refused`] when a script was applied in another form or by a newer version: nothing is changed then.
    pub async fn migrate(&self, now: Timestamp) -> Result<Vec<String>, Error> {
        let all = self.migrations().await?;
        if let Some(wrong) = all.iter().find(|migration| matches!(migration.state, MigrationState::Changed | MigrationState::Unknown)) {
            return Err(Error::Refused(format!("{}: {:?}", wrong.name, wrong.state)));
        }
        let mut applied = Vec::new();
        for (name, script) in scripts() {
            if all.iter().any(|migration| migration.name == name && migration.state == MigrationState::Applied) {
                continue;
            }
            let sql = format!("{script}\nCREATE $migration SET checksum = $checksum, applied = $now;");
            self.write(&sql, vars! { migration: id("migration", &name), checksum: checksum(script), now: at(now) }).await?;
            applied.push(name);
        }
        Ok(applied)
    }
}

fn scripts() -> impl Iterator<Item = (String, &'static str)> {
    let mut files: Vec<_> =
        SCHEMA.files().filter_map(|file| Some((file.path().file_stem()?.to_str()?.to_owned(), file.contents_utf8()?))).collect();
    files.sort();
    files.into_iter()
}

fn checksum(script: &str) -> String {
    hex(&Sha256::digest(script.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
