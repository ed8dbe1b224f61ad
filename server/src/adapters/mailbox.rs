//! The development mailbox: mails and SMS are written and kept in memory instead of being sent.

use crate::adapters::mail::Composer;
use async_trait::async_trait;
use jiff::Timestamp;
use services::ports::{Clock, MailProblem, Mailer, OutgoingMail, OutgoingSms, Texter};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Most mails kept.
const MOST: usize = 200;

/// A mail as its recipient would have got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Id of its outbox row.
    pub id: String,
    /// Address it went to.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// Its HTML.
    pub html: String,
    /// When it was delivered here.
    pub at: Timestamp,
}

/// Subject of an SMS in the mailbox.
pub const SMS: &str = "SMS";

/// Mails of a development portal, gone with the process.
pub struct Mailbox {
    composer: Composer,
    clock: Arc<dyn Clock>,
    mails: Mutex<VecDeque<Mail>>,
}

impl Mailbox {
    /// An empty mailbox.
    #[must_use]
    pub fn new(composer: Composer, clock: Arc<dyn Clock>) -> Self {
        Self { composer, clock, mails: Mutex::default() }
    }

    fn keep(&self, kept: Mail) {
        let mut mails = self.mails.lock().unwrap_or_else(PoisonError::into_inner);
        // A retry carries the same id, as it carries the same Message-ID.
        mails.retain(|known| known.id != kept.id);
        mails.push_front(kept);
        mails.truncate(MOST);
    }

    /// The messages, newest first; at most 200 are kept.
    #[must_use]
    pub fn all(&self) -> Vec<Mail> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

#[async_trait]
impl Mailer for Mailbox {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailProblem> {
        let written = self.composer.write(mail).map_err(|error| MailProblem::Never(error.to_string()))?;
        self.keep(Mail {
            id: mail.id.clone(),
            to: mail.to.clone(),
            subject: written.subject,
            text: written.text,
            html: written.html,
            at: self.clock.now(),
        });
        Ok(())
    }
}

#[async_trait]
impl Texter for Mailbox {
    async fn send(&self, sms: &OutgoingSms) -> Result<(), MailProblem> {
        self.keep(Mail {
            id: sms.id.clone(),
            to: sms.to.clone(),
            subject: SMS.into(),
            text: self.composer.write_sms(sms),
            html: String::new(),
            at: self.clock.now(),
        });
        Ok(())
    }
}

impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailbox(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fund::Fund;
    use services::testing::FrozenClock;

    #[tokio::test]
    async fn newest_first_each_once_and_no_more_than_two_hundred() {
        let composer = Composer::new(Arc::new(Fund::default()), "http://localhost:3000".into());
        let mailbox = Mailbox::new(composer, Arc::new(FrozenClock::new()));
        for number in (0..=MOST).chain([7]) {
            let mail = OutgoingMail { id: number.to_string(), ..crate::adapters::mail::samples().remove(0) };
            Mailer::send(&mailbox, &mail).await.unwrap();
        }
        let ids: Vec<String> = mailbox.all().into_iter().map(|mail| mail.id).collect();
        assert_eq!(ids.len(), MOST);
        assert_eq!(ids[..3], ["7", "200", "199"]);
        assert_eq!(ids.iter().filter(|id| *id == "7").count(), 1);
    }
}
