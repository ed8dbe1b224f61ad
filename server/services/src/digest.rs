//! Mails about rights that come in bulk leave as one, as often as their recipient wants them. What carries what is settled in the
//! database before anything is sent; security mails are of other kinds, and wait for nobody.

use crate::mails::MailContent;
use crate::{Fault, Services};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp};
use store::{Gatherable, OutboxRow};

/// What of a leased message is to be done now.
#[derive(Debug)]
pub(crate) enum Parcel {
    /// It leaves with these; by itself when there are none.
    Sends(Vec<OutboxRow>),
    /// Nothing: another carries it, it waits for its hour, or its recipient does not want it.
    Kept,
}

/// What a recipient wants for one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Now,
    Later(Timestamp),
    Never,
}

/// Hour of the mail a day, Europe/Paris.
const MORNING: Time = Time::constant(7, 0, 0, 0);

impl Services {
    /// Settles what a leased message carries, unless it is settled. A worker that dies before has changed nothing; one that dies after
    /// has left the same parcel to the next, under the same id.
    pub(crate) async fn parcel(&self, row: &OutboxRow, until: Timestamp) -> Result<Parcel, Fault> {
        if !MailContent::GATHERED.contains(&row.kind.as_str()) {
            return Ok(Parcel::Sends(Vec::new()));
        }
        if row.has_gathered {
            return Ok(Parcel::Sends(self.store.list_carried(&row.id).await?));
        }
        let recipient = (row.recipient.as_str(), &*self.key.email_key(&row.recipient));
        let waiting = self.store.list_gatherable(recipient, &MailContent::GATHERED, until).await?;
        let Some(own) = waiting.iter().find(|one| one.row.id == row.id) else { return Ok(Parcel::Kept) };
        match self.wish(own) {
            Wish::Never => self.store.drop_message(&row.id).await?,
            Wish::Later(due) => self.store.put_off(&row.id, due).await?,
            Wish::Now => {
                // Where nothing waits, what is due by chance at the same moment leaves by itself.
                let is_alone = self.rules.gathering.is_zero() && own.rhythm.as_deref() != Some("daily");
                let others = waiting.iter().filter(|one| !is_alone && one.row.id != row.id && self.wish(one) == Wish::Now);
                let others: Vec<_> = others.map(|one| one.row.id.clone()).collect();
                if self.store.gather(&row.id, &others, self.clock.now()).await? {
                    return Ok(Parcel::Sends(self.store.list_carried(&row.id).await?));
                }
            }
        }
        Ok(Parcel::Kept)
    }

    fn wish(&self, one: &Gatherable) -> Wish {
        match one.rhythm.as_deref() {
            Some("never") => Wish::Never,
            Some("daily") => match self.next_morning(one.row.created) {
                Some(due) if self.clock.now() < due => Wish::Later(due),
                _ => Wish::Now,
            },
            _ => Wish::Now,
        }
    }

    /// The first seven o’clock in Paris after a moment.
    fn next_morning(&self, moment: Timestamp) -> Option<Timestamp> {
        let local = self.clock.paris(moment);
        let day = if local.time() < MORNING { local.date() } else { local.date().tomorrow().ok()? };
        let wanted = DateTime::from_parts(day, MORNING);
        let utc = jiff::tz::Offset::UTC.to_timestamp(wanted).ok()?;
        // Its offset is whole hours.
        (-3..=1).map(|hours| utc + SignedDuration::from_hours(hours)).find(|moment| self.clock.paris(*moment) >= wanted)
    }
}

/// What a parcel says: the message itself, or all of them in one.
pub(crate) fn content(row: &OutboxRow, carried: &[OutboxRow]) -> Result<MailContent, serde_json::Error> {
    let own: MailContent = serde_json::from_str(&row.payload)?;
    if carried.is_empty() {
        return Ok(own);
    }
    let first = own.first().to_owned();
    let mut items = vec![own];
    for other in carried {
        items.push(serde_json::from_str(&other.payload)?);
    }
    Ok(MailContent::RightsDigest { first, items })
}
