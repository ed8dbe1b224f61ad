//! The one door to the database: a script in, its rows out, every error read.
//!
//! A query that "succeeded" may hold statements that failed, and in a transaction the first error hides the real one: so all
//! of them are read here, and nobody else calls `query`.

use crate::connect::Store;
use std::time::Duration;
use surrealdb::IndexedResults;
use surrealdb::types::{QueryError, SurrealValue, Variables};

/// What can go wrong between the portal and its database.
#[derive(Debug)]
pub enum Error {
    /// The script itself refused, by `THROW`: the word it threw.
    Refused(String),
    /// Another write got in between, more often than the wrapper retries.
    Conflict,
    /// The record is already there.
    Exists,
    /// The engine failed or could not be reached; for a write, whether it took effect is unknown.
    Engine(String),
    /// A row does not have the form the code expects.
    Row(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(word) => write!(f, "refused by the script: {word}"),
            Self::Conflict => f.write_str("too many conflicting writes"),
            Self::Exists => f.write_str("record already exists"),
            Self::Engine(message) => write!(f, "database: {message}"),
            Self::Row(message) => write!(f, "unexpected row: {message}"),
        }
    }
}

impl std::error::Error for Error {}

/// Most times a write is tried when it loses against another one.
const TRIES: u32 = 8;

/// The rows of each statement of a script.
pub(crate) struct Rows {
    results: IndexedResults,
    // The engine counts `BEGIN` as a statement.
    skip: usize,
}

impl Rows {
    /// The rows of statement `index` of the script, from zero.
    pub(crate) fn take<T: SurrealValue>(&mut self, index: usize) -> Result<Vec<T>, Error> {
        self.results.take(self.skip + index).map_err(|error| Error::Row(error.to_string()))
    }

    /// The single row of the `RETURN` that ends a write, if there is one. The engine answers for `BEGIN` and `COMMIT` too.
    pub(crate) fn last<T: SurrealValue>(&mut self) -> Result<Option<T>, Error> {
        let script = self.results.num_statements().saturating_sub(2 * self.skip);
        self.one(script.saturating_sub(1))
    }

    /// The single row of statement `index`, if there is one.
    pub(crate) fn one<T: SurrealValue>(&mut self, index: usize) -> Result<Option<T>, Error> {
        // A selection from nothing answers with a row that is NONE.
        Ok(self.take::<Option<T>>(index)?.into_iter().flatten().next())
    }
}

#[cfg(any(test, feature = "testing"))]
impl Rows {
    /// What statement `index` answered, as text.
    pub(crate) fn text(mut self, index: usize) -> Result<String, Error> {
        let value: surrealdb::types::Value = self.results.take(self.skip + index).map_err(|error| Error::Row(error.to_string()))?;
        Ok(format!("{value:?}"))
    }
}

impl Store {
    /// Reads. `sql` may hold several statements, each ended by a semicolon; all values are bound. Several are read at one moment, in a
    /// transaction: alone, each would see what was written since the one before, and what moves from one table to another in between
    /// (an invitation that is accepted) would be in neither. Of them only the last may be a `RETURN`.
    pub(crate) async fn read(&self, sql: &str, vars: Variables) -> Result<Rows, Error> {
        match sql.trim_end().matches(';').count() {
            0 | 1 => self.run(sql, vars, 0).await,
            _ => self.transact(sql, vars).await,
        }
    }

    /// Writes: the script runs in one transaction, whole or not at all, and again when another write got in between.
    ///
    /// `script` holds the statements between `BEGIN` and `COMMIT`; each ends with a semicolon. A `RETURN` must be the last one:
    /// the engine commits and stops there.
    ///
    /// It goes on to its end when whoever asked for it goes away, so that [`crate::kept`] learns of every commit.
    pub(crate) async fn write(&self, script: &str, vars: Variables) -> Result<Rows, Error> {
        let (store, script) = (self.clone(), script.to_owned());
        let done = tokio::spawn(async move {
            let done = store.transact(&script, vars).await;
            // After the commit, and whatever came of it: an error may hide one.
            store.note_written();
            done
        });
        done.await.map_err(|error| Error::Engine(format!("the write was stopped: {error}")))?
    }

    /// The same for scripts of every request, which change nothing that is kept: sessions, counters, messages.
    pub(crate) async fn write_apart(&self, script: &str, vars: Variables) -> Result<Rows, Error> {
        debug_assert!(crate::kept::is_apart(script), "changes what is kept: {script}");
        self.transact(script, vars).await
    }

    async fn transact(&self, script: &str, vars: Variables) -> Result<Rows, Error> {
        let sql = format!("BEGIN;\n{script}\nCOMMIT;");
        for attempt in 0..TRIES {
            match self.run(&sql, vars.clone(), 1).await {
                Err(Error::Conflict) if attempt + 1 < TRIES => tokio::time::sleep(jitter(attempt)).await,
                other => return other,
            }
        }
        Err(Error::Conflict)
    }

    async fn run(&self, sql: &str, vars: Variables, skip: usize) -> Result<Rows, Error> {
        #[cfg(feature = "testing")]
        if self.is_broken(sql) {
            return Err(Error::Engine("surrealdb: the test broke this script".into()));
        }
        let mut results = self.db().query(sql).bind(vars).await.map_err(|error| classify(&error))?;
        let errors = results.take_errors();
        if errors.is_empty() {
            return Ok(Rows { results, skip });
        }
        // The statement that failed is one among many that were "not executed" because of it.
        let mut worst = None;
        for error in errors.values() {
            let found = classify(error);
            match (&worst, &found) {
                (_, Error::Conflict) => return Err(found),
                (None | Some(Error::Engine(_)), _) if !is_echo(error) => worst = Some(found),
                (None, _) => worst = Some(found),
                _ => {}
            }
        }
        Err(worst.unwrap_or(Error::Conflict))
    }
}

#[expect(clippy::disallowed_methods, reason = "spreading retries needs no reproducible chance")]
/// Full jitter: up to 2, 4, 8… milliseconds, 256 at most.
fn jitter(attempt: u32) -> Duration {
    let mut byte = [0u8; 2];
    // Without randomness the wait is only less well spread.
    let _ = getrandom::fill(&mut byte);
    let ceiling = 2_000_u64 << attempt.min(7);
    Duration::from_micros(u64::from(u16::from_le_bytes(byte)) * ceiling / 65_536)
}

/// "Not executed because another statement failed."
fn is_echo(error: &surrealdb::Error) -> bool {
    matches!(error.query_details(), Some(QueryError::NotExecuted | QueryError::Cancelled))
}

fn classify(error: &surrealdb::Error) -> Error {
    if matches!(error.query_details(), Some(QueryError::TransactionConflict)) {
        return Error::Conflict;
    }
    if error.is_thrown() {
        let message = error.message();
        return Error::Refused(message.rsplit(": ").next().unwrap_or(message).to_owned());
    }
    if error.is_already_exists() {
        return Error::Exists;
    }
    let message = error.to_string();
    // Some layers report a lost race only in words.
    if message.to_ascii_lowercase().contains("transaction conflict") || message.to_ascii_lowercase().contains("write conflict") {
        return Error::Conflict;
    }
    Error::Engine(message)
}
