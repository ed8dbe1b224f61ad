//! The form as typed, and the message it becomes.

use super::name::is_unseen;
use crate::form::{Collector, FieldErrors, Reason};
use serde::{Deserialize, Serialize};

/// Most characters of the subject.
pub const SUBJECT: usize = 120;
/// Most characters of the message.
pub const MESSAGE: usize = 5_000;
/// The form as typed (S151, S152, S155).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactDraft {
    /// Objet.
    pub subject: String,
    /// Message.
    pub message: String,
    /// Whether the box of consent is ticked: `on`, or empty.
    pub consent: String,
    /// Version of the text of consent that the page showed.
    pub consent_version: String,
}

/// The message in its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// One line, never empty.
    pub subject: String,
    /// Lines divided by `\n`, never empty.
    pub message: String,
}

impl ContactDraft {
    /// Parses the form; `current_version` is that of the text of consent in force.
    ///
    /// # Errors
    /// The reasons by field, and nothing that was typed: the draft has it. `subject` and `message` (`Missing`, `TooLong`), `consent` (`Unticked`, also for a text that is no longer or
    /// never was the one in force: T37).
    pub fn parse(&self, current_version: &str) -> Result<Written, FieldErrors> {
        let mut form = Collector::new();
        let subject = form.field("subject", &self.subject, subject);
        let message = form.field("message", &self.message, message);
        if self.consent != "on" || self.consent_version != current_version {
            form.refuse("consent", Reason::Unticked);
        }
        let value = (|| Some(Written { subject: subject?, message: message? }))();
        form.finish(value).map_err(|errors| FieldErrors { typed: Vec::new(), ..errors })
    }

    /// Objet and message whole, to be shown again in the answer itself; the box of consent is never ticked for anybody.
    #[must_use]
    pub fn typed(&self) -> FieldErrors {
        let typed = [("subject", &self.subject), ("message", &self.message)].map(|(name, text)| (name.to_owned(), text.clone()));
        FieldErrors { errors: Vec::new(), typed: typed.into() }
    }
}

fn subject(typed: &str) -> Result<String, Reason> {
    let shown: String = typed.chars().filter(|c| !is_unseen(*c)).collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(&line, SUBJECT)
}

/// A tab becomes a space rather than nothing, so that the words of a pasted table stay apart.
fn message(typed: &str) -> Result<String, Reason> {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let text: String = lines.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if text.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
        return Err(Reason::Missing);
    }
    bounded(text.trim(), MESSAGE)
}

fn bounded(text: &str, most: usize) -> Result<String, Reason> {
    match text.chars().count() {
        0 => Err(Reason::Missing),
        count if count > most => Err(Reason::TooLong),
        _ => Ok(text.to_owned()),
    }
}
