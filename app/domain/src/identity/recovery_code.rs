//! A recovery code, for whoever has lost the phone or the key: 16 Crockford base32 characters, 80 bits.

use super::letter_code::{ALPHABET, read};
use crate::form::Reason;
use std::fmt;

/// A recovery code. Neither prints itself in logs nor serialises: it is shown once, and exists on the person's paper.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// Reads a typed code, as forgiving as [`LetterCode::parse`](super::letter_code::LetterCode::parse).
    ///
    /// # Errors
    /// `Missing` when empty, `RecoveryCode` otherwise.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        read(typed, 16).map(Self).map_err(|reason| if reason == Reason::Missing { reason } else { Reason::RecoveryCode })
    }

    /// Makes a code of 80 random bits.
    #[must_use]
    pub fn from_random(bytes: [u8; 10]) -> Self {
        let mut bits = bytes.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        let mut text = String::with_capacity(16);
        for _ in 0..16 {
            text.push(char::from(ALPHABET[(bits & 31) as usize]));
            bits >>= 5;
        }
        Self(text)
    }

    /// The sixteen characters, for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `7K2M-9QXD-4TBA-01CJ`, for the paper.
    #[must_use]
    pub fn grouped(&self) -> String {
        format!("{}-{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..12], &self.0[12..])
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_as_people_type_it() {
        assert_eq!(RecoveryCode::parse("7k2m 9qxd-4tba o1cj").unwrap().grouped(), "7K2M-9QXD-4TBA-01CJ");
        assert_eq!(RecoveryCode::parse(" - "), Err(Reason::Missing));
        for wrong in ["7K2M9QXD4TBA", "7K2M9QXD4TBA01CU", "7K2M9QXD4TBA01CJA", "123456"] {
            assert_eq!(RecoveryCode::parse(wrong), Err(Reason::RecoveryCode), "{wrong}");
        }
        assert_eq!(format!("{:?}", RecoveryCode::from_random([7; 10])), "RecoveryCode(…)");
    }

    proptest! {
        #[test]
        fn what_the_paper_shows_is_what_is_read_and_every_bit_counts(bytes: [u8; 10], bit in 0_usize..80) {
            let code = RecoveryCode::from_random(bytes);
            prop_assert_eq!(RecoveryCode::parse(&code.grouped()).unwrap(), code.clone());
            let mut other = bytes;
            other[bit / 8] ^= 1 << (bit % 8);
            prop_assert_ne!(RecoveryCode::from_random(other), code);
        }
    }
}
