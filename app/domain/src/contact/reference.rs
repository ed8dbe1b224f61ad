//! What people call a message on the phone.

use crate::delegations::UnknownCode;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Nothing that is read or heard as something else: no 0 and O, no 1, I and L, no U (V).
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The reference of a message, `ABCD-2345`. It names and opens nothing: whoever may read the message is decided elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

impl Reference {
    /// Makes a reference of 64 random bits; about 39 of them count, evenly to one part in ten million.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut bits = u64::from_le_bytes(bytes);
        let mut text = String::with_capacity(9);
        for place in 0..8 {
            if place == 4 {
                text.push('-');
            }
            // Always below thirty.
            text.push(char::from(ALPHABET[usize::try_from(bits % 30).unwrap_or_default()]));
            bits /= 30;
        }
        Self(text)
    }

    /// As it is shown and stored: `ABCD-2345`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = UnknownCode;

    /// Reads a typed reference: any case, spaces, dots and hyphens of any kind dropped.
    fn from_str(typed: &str) -> Result<Self, UnknownCode> {
        let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '.' | '\u{2010}'..='\u{2015}');
        let text: String = typed.chars().filter(|c| !is_between(*c)).map(|c| c.to_ascii_uppercase()).collect();
        if text.len() == 8 && text.bytes().all(|byte| ALPHABET.contains(&byte)) {
            Ok(Self(format!("{}-{}", &text[..4], &text[4..])))
        } else {
            Err(UnknownCode)
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = UnknownCode;
    fn try_from(text: String) -> Result<Self, UnknownCode> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> String {
        reference.0
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
