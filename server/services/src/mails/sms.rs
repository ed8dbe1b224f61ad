//! Every SMS the portal sends, with what it says.

use super::json;
use crate::Fault;
use domain::id::MessageId;
use serde::{Deserialize, Serialize};
use store::{Channel, NewMessage};

/// An SMS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sms", rename_all = "snake_case")]
pub enum SmsContent {
    /// The code that certifies a number; derived from the row when it leaves.
    Code,
    /// A message of the fund (S23).
    Message {
        /// What it says.
        text: String,
    },
}

impl SmsContent {
    /// The row of this SMS.
    ///
    /// # Errors
    /// When it does not serialise.
    pub(crate) fn message<'a>(&self, id: &'a MessageId) -> Result<NewMessage<'a>, Fault> {
        let kind = match self {
            Self::Code => "sms_code",
            Self::Message { .. } => "sms_message",
        };
        Ok(NewMessage { id, channel: Channel::Sms, kind, payload: json(self)? })
    }
}

/// An SMS about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingSms {
    /// Id of the outbox row: a retry carries the same one.
    pub id: String,
    /// Number it goes to, E.164.
    pub to: String,
    /// What it says.
    pub content: SmsContent,
    /// The code, when it carries one.
    pub code: Option<String>,
}
