//! Sums over the counters, and the alarms they raise.

use crate::accounts::notices_script;
use crate::connect::Store;
use crate::outbox::NewMessage;
use crate::row::{at, id, vars};
use crate::tx::Error;
use jiff::Timestamp;

impl Store {
    /// Tries of one kind since a moment, over all keys.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_hits(&self, scope: &str, since: Timestamp) -> Result<usize, Error> {
        let sum = self
            .read(
                "RETURN math::sum((SELECT VALUE array::len(hits[WHERE $this > $since]) FROM throttle:[$scope, NONE]..=[$scope, ..]));",
                vars! { scope: scope.to_owned(), since: at(since) },
            )
            .await?
            .one::<i64>(0)?;
        Ok(usize::try_from(sum.unwrap_or(0)).unwrap_or(0))
    }

    /// Notes an alarm with its mails, unless the last of its kind is younger than `until`. Of several instances that see the same, one
    /// raises it: they meet on one guard record.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn raise_alarm(
        &self,
        what: &str,
        number: usize,
        until: Timestamp,
        notices: &[(String, NewMessage<'_>)],
        audit: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut vars = vars! {
            last: id("throttle", what),
            what: what.to_owned(),
            number: number.to_string(),
            until: at(until),
            audit: id("audit", audit),
            now: at(now),
        };
        let notices = notices_script(notices, &mut vars);
        let script = format!(
            "LET $before = (SELECT VALUE hits[0] FROM ONLY $last);
             IF $before != NONE AND $before > $until {{ THROW 'raised' }};
             UPSERT $last SET hits = [$now], expires = $now + 1d;
             {notices}
             CREATE $audit SET at = $now, what = $what, detail = $number;"
        );
        match self.write(&script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
