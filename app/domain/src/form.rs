//! What a form says back: reasons by field, and what was typed.

use serde::{Deserialize, Serialize};

/// Why one field was refused. Sentences are in `app::words::form`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Mandatory and empty.
    Missing,
    /// Not the form of a mail address.
    Mail,
    /// The confirmation differs from the first field.
    Different,
    /// Not fourteen digits.
    SiretLength,
    /// Fourteen digits whose key is wrong.
    SiretKey,
    /// Not the form of an identifiant CIBTP.
    Identifiant,
    /// Not the form of a letter code.
    Code,
    /// Fewer than eight characters (S19).
    TooShort,
    /// More characters than the portal keeps.
    TooLong,
    /// Fewer than three of the four kinds of characters (S20).
    TooPlain,
    /// Carries the person's, the company's or the fund's own words.
    Personal,
    /// Among the first things a thief tries.
    Guessable,
    /// Not a phone number in France or overseas.
    Phone,
    /// A phone number that is not a mobile's.
    NotMobile,
    /// A character that no name or word has.
    Characters,
    /// Nothing was chosen.
    Choose,
    /// Not the form of a code received by SMS.
    SmsCode,
    /// A code that is wrong, used or too old: never said which.
    WrongCode,
    /// Not the password of the account.
    WrongPassword,
    /// The same as before.
    Unchanged,
    /// Not the form of a code that an application shows.
    AppCode,
    /// A code of the application that is wrong, used or too old: never said which.
    WrongAppCode,
    /// Not the form of a recovery code.
    RecoveryCode,
    /// A recovery code that is wrong or used.
    WrongRecoveryCode,
    /// A passkey that could not be verified.
    WrongPasskey,
    /// A box that must be ticked.
    Unticked,
    /// Files that do not go with the message; each says why.
    Files,
    /// Other files lie with the message than the page showed.
    FilesChanged,
    /// Not a day of the calendar.
    Date,
    /// A first day that is over (A36).
    Past,
    /// A last day before the first, or before today (A37).
    EndBeforeStart,
    /// No college was chosen (S135).
    NoCollege,
    /// No right was chosen (A38).
    NoRight,
    /// More than the giver holds: a role, a college, a function or a mode (S142, S148).
    NotHeld,
    /// A first day before that of the giver's own right.
    BeforeHeld,
    /// A last day after that of the giver's own right, or none where theirs has one.
    AfterHeld,
    /// The giver themself, under whatever spelling of their address.
    Oneself,
    /// The person the giver has the right from.
    Giver,
    /// Somebody who has rights on the site already, open, pending or future (A34).
    AlreadyBeneficiary,
    /// Somebody who administers the site already (A35).
    AlreadyAdministrator,
}

/// The refused fields of one form, in the form's order, and what was typed in every field that may be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors {
    /// Field name (as in the form) and reason.
    pub errors: Vec<(String, Reason)>,
    /// Field name and typed text. Never a password nor a letter code.
    pub typed: Vec<(String, String)>,
}

impl FieldErrors {
    /// The reason for a field, if it was refused.
    #[must_use]
    pub fn reason(&self, field: &str) -> Option<Reason> {
        self.errors.iter().find(|(name, _)| name == field).map(|(_, reason)| *reason)
    }

    /// What was typed in a field; empty when nothing was kept.
    #[must_use]
    pub fn typed(&self, field: &str) -> &str {
        self.typed.iter().find(|(name, _)| name == field).map_or("", |(_, text)| text)
    }
}

/// Collects every error of a form instead of stopping at the first.
#[derive(Debug, Default)]
pub struct Collector(FieldErrors);

/// What a kept text may weigh: refusals travel in a cookie, and nobody's name is longer.
const KEPT: usize = 200;

impl Collector {
    /// An empty collector.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Parses one field, remembers what was typed, notes the reason when it is refused.
    pub fn field<T>(&mut self, name: &str, typed: &str, parse: impl FnOnce(&str) -> Result<T, Reason>) -> Option<T> {
        self.0.typed.push((name.to_owned(), typed.chars().take(KEPT).collect()));
        self.secret(name, typed, parse)
    }

    /// Parses one field whose text must never be shown again.
    pub fn secret<T>(&mut self, name: &str, typed: &str, parse: impl FnOnce(&str) -> Result<T, Reason>) -> Option<T> {
        match parse(typed) {
            Ok(value) => Some(value),
            Err(reason) => {
                self.refuse(name, reason);
                None
            }
        }
    }

    /// Notes a reason found by comparing fields. The first reason of a field stands.
    pub fn refuse(&mut self, name: &str, reason: Reason) {
        if self.0.reason(name).is_none() {
            self.0.errors.push((name.to_owned(), reason));
        }
    }

    /// What was noted so far, errors or not.
    #[must_use]
    pub fn into_errors(self) -> FieldErrors {
        self.0
    }

    /// The errors, when there are any; otherwise the value the caller built.
    ///
    /// # Errors
    /// All the reasons noted so far. A missing value without a noted reason cannot happen: every parser notes its own.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, FieldErrors> {
        match value {
            Some(value) if self.0.errors.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}
