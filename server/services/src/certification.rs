//! Certifying the address again, from time to time (S29, S30, A11): reminders ahead, a page at login, never a silent loss.

use crate::mails::MailContent;
use crate::{Fault, Services};
use jiff::SignedDuration;

/// Reminders: days before the end, in order.
const REMINDERS: [i64; 2] = [15, 3];

impl Services {
    /// Writes the reminders that are due; run by a job, safe to run twice.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remind_certifications(&self) -> Result<usize, Fault> {
        let (now, mut written) = (self.clock.now(), 0);
        for (count, days) in (1..).zip(REMINDERS) {
            let ahead = SignedDuration::from_hours(24 * days);
            loop {
                let due = self.store.list_certifications_due(now - self.rules.certification + ahead, count, 200).await?;
                let mut progressed = 0;
                for account in &due {
                    let Some(certified) = account.certified else { continue };
                    let end = certified + self.rules.certification;
                    let content = MailContent::CertificationSoon {
                        first: account.first.clone(),
                        due: end.as_second(),
                        // The link outlives the date it warns of.
                        until: (end.max(now) + SignedDuration::from_hours(72)).as_second(),
                    };
                    let draft = self.draft_link(&account.email, &account.email, content)?;
                    if self.store.remind_certification(&account.id, certified, count, &draft.link()?, now).await? {
                        progressed += 1;
                    }
                }
                written += progressed;
                if progressed == 0 || due.len() < 200 {
                    break;
                }
            }
        }
        Ok(written)
    }
}
