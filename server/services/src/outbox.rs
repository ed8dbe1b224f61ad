//! Sending what waits: leased, tried, tried again later, given up visibly. Pages never wait for a mail server.

use crate::ports::{MailContent, MailProblem, Mailer, OutgoingMail};
use crate::{Fault, Services};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::{OutboxCounts, OutboxRow};

/// Kind of the activation mail's rows.
pub(crate) const ACTIVATION: &str = "activation";

/// What the activation mail's row keeps: no link, no secret.
#[derive(Serialize, Deserialize)]
pub(crate) struct ActivationPayload {
    pub(crate) first: String,
    pub(crate) until: i64,
}

/// A worker keeps a message this long before another may take it.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// A message is given up after this long.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(48);

impl Services {
    /// Sends what is due, and says how many left. Safe to run anywhere, any number of times.
    ///
    /// # Errors
    /// Those of the database; a mail that fails is put back, not an error.
    pub async fn deliver_due(&self, mailer: &dyn Mailer) -> Result<usize, Fault> {
        let now = self.clock.now();
        let rows = self.store.lease_messages(&self.ulid(), 20, now + LEASE, now).await?;
        let mut sent = 0;
        for row in rows {
            let problem = match self.compose(&row) {
                Ok(mail) => mailer.send(&mail).await,
                Err(reason) => Err(MailProblem::Never(reason)),
            };
            let now = self.clock.now();
            match problem {
                Ok(()) => {
                    self.store.mark_sent(&row.id, now).await?;
                    sent += 1;
                }
                Err(MailProblem::Later(reason)) => {
                    let again = next_try(row.attempts, row.created, now);
                    tracing::warn!(message = %row.id, attempt = row.attempts, given_up = again.is_none(), reason, "mail not sent");
                    self.store.mark_failed(&row.id, &reason, again).await?;
                }
                Err(MailProblem::Never(reason)) => {
                    tracing::error!(message = %row.id, reason, "mail refused for good");
                    self.store.mark_failed(&row.id, &reason, None).await?;
                }
            }
        }
        Ok(sent)
    }

    /// How many messages wait or were given up.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts, Fault> {
        Ok(self.store.count_messages().await?)
    }

    fn compose(&self, row: &OutboxRow) -> Result<OutgoingMail, String> {
        let content = match row.kind.as_str() {
            ACTIVATION => {
                let payload: ActivationPayload = serde_json::from_str(&row.payload).map_err(|error| error.to_string())?;
                let until = Timestamp::from_second(payload.until).map_err(|error| error.to_string())?;
                MailContent::Activation {
                    first: payload.first,
                    path: format!("/activation/{}", self.key.link_secret(row.id.as_str())),
                    until: self.clock.paris(until),
                }
            }
            other => return Err(format!("unknown kind of mail: {other}")),
        };
        Ok(OutgoingMail { id: row.id.to_string(), to: row.recipient.clone(), content, written: row.created })
    }
}

/// One minute, two, four… an hour at most; none after two days.
fn next_try(attempts: u32, written: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let pause = SignedDuration::from_mins(i64::from(1_u32 << attempts.saturating_sub(1).min(6)).min(60));
    (now.duration_since(written) + pause < GIVE_UP).then(|| now + pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_spread_out_to_an_hour_and_end_after_two_days() {
        let written: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let (mut now, mut pauses) = (written, Vec::new());
        for attempt in 1.. {
            let Some(next) = next_try(attempt, written, now) else { break };
            pauses.push(next.duration_since(now).as_secs() / 60);
            now = next;
        }
        assert_eq!(pauses[..8], [1, 2, 4, 8, 16, 32, 60, 60]);
        assert!((40..60).contains(&pauses.len()), "{}", pauses.len());
    }
}
