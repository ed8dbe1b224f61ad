//! SIRET and SIREN, with their keys.

use crate::form::Reason;
use crate::text::NBSP;
use serde::{Deserialize, Serialize};
use std::fmt;

/// La Poste's SIREN: its many sites are checked by their digit sum instead (A5).
const LA_POSTE: &str = "356000000";

/// A SIRET: 14 digits with a right key. Names one declaring site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

impl Siret {
    /// Reads a typed SIRET; spaces and dots are dropped.
    ///
    /// # Errors
    /// `Missing`, `SiretLength` (not 14 digits) or `SiretKey`.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
        if digits.is_empty() {
            Err(Reason::Missing)
        } else if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            Err(Reason::SiretLength)
        } else if luhn(&digits) || (digits.starts_with(LA_POSTE) && digit_sum(&digits).is_multiple_of(5)) {
            Ok(Self(digits))
        } else {
            Err(Reason::SiretKey)
        }
    }

    /// The 14 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The company's nine digits.
    #[must_use]
    pub fn siren(&self) -> &str {
        &self.0[..9]
    }

    /// `001 234 582 00011` with no-break spaces, as people read it.
    #[must_use]
    pub fn grouped(&self) -> String {
        let d = &self.0;
        format!("{}{NBSP}{}{NBSP}{}{NBSP}{}", &d[..3], &d[3..6], &d[6..9], &d[9..])
    }
}

/// Luhn: every second digit from the right doubled, the sum of digits a multiple of ten.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0');
            let value = if index % 2 == 1 { digit * 2 } else { digit };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn digit_sum(digits: &str) -> u32 {
    digits.bytes().map(|byte| u32::from(byte - b'0')).sum()
}

impl TryFrom<String> for Siret {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a SIRET")
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn s11_a5_the_key_is_checked_and_la_poste_has_its_own() {
        assert_eq!(Siret::parse("001 234 582 00011").unwrap().as_str(), "00123458200011");
        assert_eq!(Siret::parse("00123458200011").unwrap().grouped(), "001\u{a0}234\u{a0}582\u{a0}00011");
        assert_eq!(Siret::parse("00123458200012"), Err(Reason::SiretKey));
        assert_eq!(Siret::parse("0012345820001"), Err(Reason::SiretLength));
        assert_eq!(Siret::parse("0012345820001a"), Err(Reason::SiretLength));
        assert_eq!(Siret::parse(""), Err(Reason::Missing));
        // Digit sum 45: a multiple of five that Luhn refuses.
        assert!(Siret::parse("35600000049837").is_ok());
        assert_eq!(Siret::parse("35600000049838"), Err(Reason::SiretKey));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(place in 0usize..14, by in 1u8..10) {
            let mut digits = b"00123458200011".to_vec();
            digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
            prop_assert_eq!(Siret::parse(std::str::from_utf8(&digits).unwrap()), Err(Reason::SiretKey));
        }

        #[test]
        fn nothing_typed_ever_panics(typed in ".*") {
            let _ = Siret::parse(&typed);
        }
    }
}
