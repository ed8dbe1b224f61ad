//! The form as typed, and the message it becomes.

use super::name::is_unseen;
use crate::form::{Collector, FieldErrors, Reason};
use serde::{Deserialize, Serialize};

/// Most characters of the subject.
pub const SUBJECT: usize = 120;
/// Most characters of the message.
pub const MESSAGE: usize = 5_000;
/// Most bytes of the message that are kept to be shown again; a cookie has no more room beside the subject.
const KEPT: usize = 2_000;
/// The same for the subject, four bytes a character.
const KEPT_SUBJECT: usize = 480;
/// The same for what the page itself sends.
const KEPT_HIDDEN: usize = 40;

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
    /// The reasons by field: `subject` and `message` (`Missing`, `TooLong`), `consent` (`Unticked`, also for a text that is no longer or
    /// never was the one in force: T37).
    pub fn parse(&self, current_version: &str) -> Result<Written, FieldErrors> {
        let mut form = Collector::new();
        let subject = form.field("subject", &self.subject, subject);
        let message = form.field("message", &self.message, message);
        if !self.consents_to(current_version) {
            form.refuse("consent", Reason::Unticked);
        }
        let value = (|| Some(Written { subject: subject?, message: message? }))();
        form.finish(value).map_err(|errors| FieldErrors { typed: self.kept().typed, ..errors })
    }

    /// Whether the box is ticked below this version of the text. A page shows it ticked again only then: consent to one text is none to
    /// the next.
    #[must_use]
    pub fn consents_to(&self, version: &str) -> bool {
        self.consent == "on" && self.consent_version == version
    }

    /// What was typed, to be shown again by [`ContactDraft::restore`]; a long message is cut ([`ContactDraft::is_cut`]).
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let fields = [
            ("subject", &self.subject, KEPT_SUBJECT),
            ("message", &self.message, KEPT),
            ("consent", &self.consent, KEPT_HIDDEN),
            ("consent_version", &self.consent_version, KEPT_HIDDEN),
        ];
        let typed = fields.map(|(name, text, most)| (name.to_owned(), text[..text.floor_char_boundary(most)].to_owned()));
        FieldErrors { errors: Vec::new(), typed: typed.into() }
    }

    /// Whether [`ContactDraft::kept`] loses the end of the message, which the person must then be told.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.message.len() > KEPT
    }

    /// The form as it was typed.
    #[must_use]
    pub fn restore(kept: &FieldErrors) -> Self {
        Self {
            subject: kept.typed("subject").to_owned(),
            message: kept.typed("message").to_owned(),
            consent: kept.typed("consent").to_owned(),
            consent_version: kept.typed("consent_version").to_owned(),
        }
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
