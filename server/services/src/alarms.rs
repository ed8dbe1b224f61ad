//! What those who run the portal should hear about at once: guesses on many accounts together, and the day's SMS spent.
//!
//! Bounds per account and address refuse; these watch over all of them. A global refusal of logins would be what an attacker wants, so
//! too many guesses only raise an alarm. SMS cost money: beyond the day's number none leaves.

use crate::links::Notices;
use crate::mails::MailContent;
use crate::throttle::Counter;
use crate::{Fault, Services};
use domain::identity::email::Email;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Guesses are added up over this long.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// What an alarm is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watch {
    /// Wrong passwords, over all accounts, from browsers that are not known.
    Guesses,
    /// SMS of a day.
    Sms,
}

impl Watch {
    /// Its name in the journal.
    const fn code(self) -> &'static str {
        match self {
            Self::Guesses => "alarm.guesses",
            Self::Sms => "alarm.sms",
        }
    }

    /// How long one alarm stands for all that follow.
    const fn pause(self) -> SignedDuration {
        match self {
            Self::Guesses => SignedDuration::from_hours(1),
            Self::Sms => SignedDuration::from_hours(24),
        }
    }
}

/// An alarm that was raised just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// What about.
    pub watch: Watch,
    /// How many there were.
    pub number: usize,
}

impl Services {
    /// Looks at the counters all instances share, and raises what has to be raised: once an hour for guesses, once a day for SMS,
    /// whichever instance looks first. Journal, and a mail to each of `to`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn raise_alarms(&self, to: &[Email]) -> Result<Vec<Alarm>, Fault> {
        let now = self.clock.now();
        let mut raised = Vec::new();
        for (watch, counter, since, most) in [
            (Watch::Guesses, Counter::Account, now - WINDOW, self.rules.alarming_guesses),
            (Watch::Sms, Counter::sms_all(self.rules), now - SignedDuration::from_hours(24), self.rules.sms_per_day),
        ] {
            let number = self.store.count_hits(counter.scope(), since).await?;
            if number < most {
                continue;
            }
            let mut notices = Notices::default();
            for address in to {
                let content = MailContent::Alarm { watch, number, at: now.as_second() };
                notices.add(address.as_str(), self.fresh()?, content);
            }
            let until = now - watch.pause();
            if self.store.raise_alarm(watch.code(), number, until, &notices.messages()?, &self.ulid(), now).await? {
                raised.push(Alarm { watch, number });
            }
        }
        Ok(raised)
    }
}
