//! Sending what waits: leased, tried, tried again later, given up visibly. Pages never wait for a mail server.

use crate::digest::{self, Parcel};
use crate::mails::{Ask, MailContent, OutgoingMail, OutgoingSms, SmsContent, link_page};
use crate::ports::{MailProblem, Outlets};
use crate::{Fault, Services};
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use store::{Channel, Gathering, OutboxCounts, OutboxRow};

/// A worker keeps a message this long before another may take it.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// A message is given up after this long.
const GIVE_UP: SignedDuration = SignedDuration::from_hours(48);

impl Services {
    /// Looks at demands and sends what is due, and says how many were dealt with. Safe to run anywhere, any number of times.
    ///
    /// # Errors
    /// Those of the database; a message that fails is put back, not an error.
    pub async fn deliver_due(&self, outlets: Outlets<'_>) -> Result<usize, Fault> {
        let now = self.clock.now();
        let channels: Vec<Channel> =
            [(Channel::Ask, true), (Channel::Mail, outlets.mailer.is_some()), (Channel::Sms, outlets.texter.is_some())]
                .into_iter()
                .filter_map(|(channel, open)| open.then_some(channel))
                .collect();
        let gathering = Gathering { kinds: &MailContent::GATHERED, ripe: now - self.rules.gathering };
        let rows = self.store.lease_messages(&self.ulid(), &channels, gathering, 20, (now + LEASE, now)).await?;
        let mut done = 0;
        for row in rows {
            let Parcel::Sends(carried) = self.parcel(&row, now + LEASE).await? else {
                done += 1;
                continue;
            };
            let problem = match row.channel {
                Channel::Ask => self.look_at(&row).await,
                Channel::Mail => self.send_mail(&row, &carried, outlets).await,
                Channel::Sms => self.send_sms(&row, outlets).await,
            };
            let now = self.clock.now();
            match problem {
                Ok(()) if row.channel == Channel::Ask => {
                    self.store.drop_message(&row.id).await?;
                    done += 1;
                }
                Ok(()) => {
                    self.store.mark_sent(&row.id, now).await?;
                    done += 1;
                }
                Err(MailProblem::Later(reason)) => {
                    let again = next_try(row.attempts, row.created, now);
                    tracing::warn!(message = %row.id, attempt = row.attempts, given_up = again.is_none(), reason, "message not sent");
                    self.store.mark_failed(&row.id, &reason, again).await?;
                }
                Err(MailProblem::Never(reason)) => {
                    tracing::error!(message = %row.id, reason, "message refused for good");
                    self.store.mark_failed(&row.id, &reason, None).await?;
                }
            }
        }
        Ok(done)
    }

    /// How many messages wait or were given up.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn outbox_counts(&self) -> Result<OutboxCounts, Fault> {
        Ok(self.store.count_messages().await?)
    }

    async fn send_mail(&self, row: &OutboxRow, carried: &[OutboxRow], outlets: Outlets<'_>) -> Result<(), MailProblem> {
        let Some(mailer) = outlets.mailer else { return Err(MailProblem::Later("no mail server".into())) };
        let content = digest::content(row, carried).map_err(|error| MailProblem::Never(error.to_string()))?;
        mailer.send(&self.mail(row.id.as_str(), row.recipient.clone(), content, row.created)).await
    }

    /// A mail as it leaves: its link and the times it speaks of.
    #[must_use]
    pub fn mail(&self, id: &str, to: String, content: MailContent, written: Timestamp) -> OutgoingMail {
        let link = content.purpose().map(|purpose| format!("{}/{}", link_page(purpose), self.key.link_secret(id)));
        let path = link.or_else(|| content.page().map(str::to_owned));
        let (until, at) = (self.paris_seconds(content.until()), self.paris_seconds(content.at()));
        OutgoingMail { id: id.to_owned(), to, content, path, until, at, written }
    }

    fn paris_seconds(&self, seconds: Option<i64>) -> Option<DateTime> {
        Some(self.clock.paris(Timestamp::from_second(seconds?).ok()?))
    }

    async fn send_sms(&self, row: &OutboxRow, outlets: Outlets<'_>) -> Result<(), MailProblem> {
        let Some(texter) = outlets.texter else { return Err(MailProblem::Later("no SMS gateway".into())) };
        let content: SmsContent = serde_json::from_str(&row.payload).map_err(|error| MailProblem::Never(error.to_string()))?;
        let code = (content == SmsContent::Code).then(|| self.key.sms_code(row.id.as_str()));
        texter.send(&OutgoingSms { id: row.id.to_string(), to: row.recipient.clone(), content, code }).await
    }

    async fn look_at(&self, row: &OutboxRow) -> Result<(), MailProblem> {
        let ask: Ask = serde_json::from_str(&row.payload).map_err(|error| MailProblem::Never(error.to_string()))?;
        self.answer(ask).await.map_err(|fault| MailProblem::Later(fault.to_string()))
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
