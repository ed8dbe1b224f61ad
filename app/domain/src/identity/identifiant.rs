//! The identifiant CIBTP: names one declaring site to its fund (D13). Its form is the fund's affair (A4).

use crate::form::Reason;
use serde::{Deserialize, Serialize};
use std::fmt;

/// 6 to 20 letters and digits, upper case, without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Identifiant(String);

impl Identifiant {
    /// Reads a typed identifiant; spaces, dots and hyphens that people add for reading are dropped.
    ///
    /// # Errors
    /// `Missing` when empty, `Identifiant` otherwise.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let text: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.')).collect::<String>().to_uppercase();
        if text.is_empty() {
            Err(Reason::Missing)
        } else if (6..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Ok(Self(text))
        } else {
            Err(Reason::Identifiant)
        }
    }

    /// The identifiant.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Identifiant {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not an identifiant")
    }
}

impl From<Identifiant> for String {
    fn from(identifiant: Identifiant) -> Self {
        identifiant.0
    }
}

impl fmt::Display for Identifiant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_as_people_type_it() {
        assert_eq!(Identifiant::parse(" 69-01 234b ").unwrap().as_str(), "6901234B");
        assert_eq!(Identifiant::parse(""), Err(Reason::Missing));
        for wrong in ["12345", "123456789012345678901", "12345é", "1234_6"] {
            assert_eq!(Identifiant::parse(wrong), Err(Reason::Identifiant), "{wrong}");
        }
    }
}
