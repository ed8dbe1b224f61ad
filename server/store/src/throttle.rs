//! Counters of tries that every instance shares. A try is counted before it is looked at: counting afterwards lets a crowd in.

use crate::connect::Store;
use crate::row::{at, moment, vars};
use crate::tx::Error;
use jiff::Timestamp;
use surrealdb::types::{Array, Datetime, RecordId, SurrealValue, Value};

/// What a reservation found: the earlier tries within the window, oldest first, and whether this one was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reservation {
    /// The try is counted and may be looked at.
    Counted,
    /// The rule said no; seconds until it says yes.
    Wait(u32),
}

#[derive(SurrealValue)]
struct Row {
    hits: Vec<Datetime>,
}

impl Store {
    /// Counts a try under `[scope, key]` if `rule` allows it. `rule` sees the earlier tries since `since`, oldest first, and
    /// answers the seconds to wait, or none. Read and write are one optimistic step, taken again when somebody else counted
    /// meanwhile; after eight losses the answer is to wait (closed, never open).
    ///
    /// # Errors
    /// Those of the engine: the caller refuses the request then.
    pub async fn reserve(
        &self,
        scope: &str,
        key: &str,
        since: Timestamp,
        expires: Timestamp,
        now: Timestamp,
        rule: impl Fn(&[Timestamp]) -> Option<u32> + Send,
    ) -> Result<Reservation, Error> {
        let counter = throttle_id(scope, key);
        for _ in 0..8 {
            let before =
                self.read("SELECT hits FROM $counter;", vars! { counter: counter.clone() }).await?.one::<Row>(0)?.map(|row| row.hits);
            let known = before.clone().unwrap_or_default();
            let hits: Vec<Timestamp> = known.iter().map(moment).filter(|hit| *hit > since).collect();
            if let Some(seconds) = rule(&hits) {
                return Ok(Reservation::Wait(seconds));
            }
            let kept: Vec<Datetime> = hits.iter().chain([&now]).map(|hit| at(*hit)).collect();
            let vars = vars! { counter: counter.clone(), former: known, hits: kept, expires: at(expires) };
            let script = match before {
                Some(_) => {
                    "LET $done = (UPDATE $counter SET hits = $hits, expires = $expires WHERE hits = $former);
                            IF array::len($done) = 0 { THROW 'moved' };"
                }
                None => "CREATE $counter SET hits = $hits, expires = $expires;",
            };
            match self.write_apart(script, vars).await {
                Ok(_) => return Ok(Reservation::Counted),
                Err(Error::Refused(_) | Error::Exists | Error::Conflict) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(Reservation::Wait(1))
    }

    /// Forgets the tries of `[scope, key]`: after a success, for the account's own counters.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn forgive(&self, scope: &str, key: &str) -> Result<(), Error> {
        self.write_apart("DELETE $counter;", vars! { counter: throttle_id(scope, key) }).await.map(drop)
    }
}

fn throttle_id(scope: &str, key: &str) -> RecordId {
    RecordId::new("throttle", Array::from(vec![Value::String(scope.to_owned()), Value::String(key.to_owned())]))
}
