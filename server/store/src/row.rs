//! Between Rust and the engine: record ids, times, variables.

use crate::tx::Error;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, RecordIdKey};

/// Builds the bound values of a script.
macro_rules! vars {
    ($($name:ident: $value:expr),* $(,)?) => {{
        #[allow(unused_mut, reason = "a script may bind nothing")]
        let mut vars = surrealdb::types::Variables::new();
        $(vars.insert(stringify!($name), $value);)*
        vars
    }};
}
pub(crate) use vars;

/// `table:⟨key⟩`.
pub(crate) fn id(table: &str, key: &str) -> RecordId {
    RecordId::new(table, key.to_owned())
}

/// The text key of a record id.
pub(crate) fn key(id: &RecordId) -> Result<&str, Error> {
    match &id.key {
        RecordIdKey::String(key) => Ok(key),
        other => Err(Error::Row(format!("key of {:?} is no text: {other:?}", id.table))),
    }
}

/// The text key of a record id, as one of our own ids.
pub(crate) fn own<T: std::str::FromStr>(id: &RecordId) -> Result<T, Error> {
    let key = key(id)?;
    key.parse().map_err(|_| Error::Row(format!("{:?} has a key that is no id", id.table)))
}

/// A moment for the engine, cut to milliseconds.
pub(crate) fn at(time: Timestamp) -> Datetime {
    let seconds = time.as_millisecond().div_euclid(1000);
    let nanos = time.as_millisecond().rem_euclid(1000) * 1_000_000;
    Datetime::from_timestamp(seconds, u32::try_from(nanos).unwrap_or(0)).unwrap_or_else(Datetime::now)
}

/// A moment from the engine.
pub(crate) fn moment(time: &Datetime) -> Timestamp {
    Timestamp::from_millisecond(time.timestamp_millis()).unwrap_or(Timestamp::UNIX_EPOCH)
}
