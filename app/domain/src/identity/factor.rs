//! The second factor: what is typed to prove it or to change it, what it becomes.

use super::account::current;
use super::password::Password;
use super::person::parse_name;
use super::recovery_code::RecoveryCode;
use crate::form::{Collector, FieldErrors, Reason};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most passkeys of one account.
pub const MOST_PASSKEYS: usize = 10;
/// Most characters of what a browser says about a passkey: many times what real ones need.
const MOST_ANSWER: usize = 16 * 1024;

/// Six digits that an application shows. They do not print.
#[derive(Clone, PartialEq, Eq)]
pub struct AppCode(String);

impl AppCode {
    /// Reads a typed code, spaces dropped.
    ///
    /// # Errors
    /// `Missing`, or `AppCode` when it has not six digits.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        match code.len() {
            0 => Err(Reason::Missing),
            6 if code.bytes().all(|b| b.is_ascii_digit()) => Ok(Self(code)),
            _ => Err(Reason::AppCode),
        }
    }

    /// The six digits, to compare.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AppCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppCode(…)")
    }
}

/// What a browser says for a passkey: the ceremony it answers, and its answer as JSON.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyAnswer {
    /// The ceremony.
    pub ceremony: String,
    /// The credential's JSON.
    pub credential: String,
}

impl PasskeyAnswer {
    fn parse(ceremony: &str, credential: &str) -> Result<Self, Reason> {
        if ceremony.is_empty() || credential.is_empty() || ceremony.len() > 64 || credential.len() > MOST_ANSWER {
            return Err(Reason::WrongPasskey);
        }
        Ok(Self { ceremony: ceremony.to_owned(), credential: credential.to_owned() })
    }
}

impl fmt::Debug for PasskeyAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyAnswer(…)")
    }
}

/// A second factor as it is given after the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A code that the application shows.
    App(AppCode),
    /// A passkey.
    Passkey(PasskeyAnswer),
    /// A recovery code.
    Recovery(RecoveryCode),
}

/// The second step of a login as typed: one form for all the ways, and what is filled in says which one was taken.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SecondDraft {
    /// Code of the application.
    pub code: String,
    /// Recovery code.
    pub recovery: String,
    /// The passkey's ceremony.
    pub ceremony: String,
    /// The passkey's answer.
    pub credential: String,
    /// Not empty: this browser is not asked again for a while.
    pub trust: String,
}

impl SecondDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reason on `code`, `recovery` or `passkey`.
    pub fn parse(&self) -> Result<Proof, FieldErrors> {
        let mut form = Collector::new();
        let proof = if !self.credential.is_empty() {
            form.secret("passkey", &self.credential, |credential| PasskeyAnswer::parse(&self.ceremony, credential)).map(Proof::Passkey)
        } else if self.code.trim().is_empty() && !self.recovery.trim().is_empty() {
            form.secret("recovery", &self.recovery, RecoveryCode::parse).map(Proof::Recovery)
        } else {
            form.secret("code", &self.code, AppCode::parse).map(Proof::App)
        };
        form.finish(proof)
    }

    /// Whether this browser is not to be asked again for a while.
    #[must_use]
    pub fn trusts(&self) -> bool {
        !self.trust.is_empty()
    }

    /// What may be shown again: the tick alone.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        form.field("trust", &self.trust, |_| Ok(()));
        form.into_errors()
    }
}

/// A change among the second factors that needs nothing but a recent password.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FactorDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// What it is about: `application`, or the key of a passkey.
    pub what: String,
    /// The account's password, when it was not given a moment ago.
    pub current: String,
}

impl FactorDraft {
    /// The password, if one was typed.
    ///
    /// # Errors
    /// The reason on `current`.
    pub fn parse(&self) -> Result<Option<Password>, FieldErrors> {
        let mut form = Collector::new();
        let current = current(&mut form, &self.current);
        form.finish(current)
    }
}

/// The first code of a new application.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AppDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The code it shows.
    pub code: String,
    /// The account's password, when it was not given a moment ago.
    pub current: String,
}

impl AppDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons on `code` and `current`.
    pub fn parse(&self) -> Result<(AppCode, Option<Password>), FieldErrors> {
        let mut form = Collector::new();
        let code = form.secret("code", &self.code, AppCode::parse);
        let current = current(&mut form, &self.current);
        form.finish(code.zip(current))
    }
}

/// A new passkey.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PasskeyDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The name the person gives it.
    pub name: String,
    /// Its ceremony.
    pub ceremony: String,
    /// The browser's answer.
    pub credential: String,
}

impl PasskeyDraft {
    /// Parses the form: name and answer.
    ///
    /// # Errors
    /// The reasons on `name` and `passkey`.
    pub fn parse(&self) -> Result<(String, PasskeyAnswer), FieldErrors> {
        let mut form = Collector::new();
        let name = form.field("name", &self.name, parse_name);
        let answer = form.secret("passkey", &self.credential, |credential| PasskeyAnswer::parse(&self.ceremony, credential));
        form.finish(name.zip(answer))
    }

    /// What may be shown again.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        form.field("name", &self.name, |_| Ok(()));
        form.into_errors()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_filled_in_says_which_way_was_taken() {
        let draft = SecondDraft { code: " 123 456 ".into(), recovery: "7K2M-9QXD-4TBA-01CJ".into(), ..SecondDraft::default() };
        assert!(matches!(draft.parse().unwrap(), Proof::App(code) if code.reveal() == "123456"));
        let draft = SecondDraft { code: " ".into(), ..draft };
        assert!(matches!(draft.parse().unwrap(), Proof::Recovery(code) if code.reveal() == "7K2M9QXD4TBA01CJ"));
        assert_eq!(SecondDraft::default().parse().unwrap_err().reason("code"), Some(Reason::Missing));
        let draft = SecondDraft { credential: "{}".into(), ..draft };
        assert_eq!(draft.parse().unwrap_err().reason("passkey"), Some(Reason::WrongPasskey), "an answer to nothing");
        let draft = SecondDraft { ceremony: "c".into(), ..draft };
        assert!(matches!(draft.parse().unwrap(), Proof::Passkey(_)));
        let long = SecondDraft { credential: "x".repeat(MOST_ANSWER + 1), ..draft };
        assert_eq!(long.parse().unwrap_err().reason("passkey"), Some(Reason::WrongPasskey));
    }

    #[test]
    fn no_code_is_kept_nor_printed() {
        let draft = SecondDraft { code: "123".into(), trust: "oui".into(), ..SecondDraft::default() };
        let errors = draft.parse().unwrap_err();
        assert_eq!((errors.reason("code"), errors.typed("code")), (Some(Reason::AppCode), ""));
        assert_eq!((draft.kept().typed("code"), draft.kept().typed("trust")), ("", "oui"));
        for wrong in ["12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(AppCode::parse(wrong), Err(Reason::AppCode), "{wrong}");
        }
        assert_eq!(AppCode::parse(""), Err(Reason::Missing));
        assert_eq!(format!("{:?}", AppCode::parse("123456").unwrap()), "AppCode(…)");
    }
}
