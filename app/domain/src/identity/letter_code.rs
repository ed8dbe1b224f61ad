//! The code confidentiel provisoire of the second letter: 12 Crockford base32 characters, 60 bits.

use crate::form::Reason;
use std::fmt;

pub(super) const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Reads `length` typed characters: any case, spaces and hyphens dropped, `O` read as 0 and `I`, `L` as 1 (Crockford).
pub(super) fn read(typed: &str, length: usize) -> Result<String, Reason> {
    let text: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    if text.is_empty() {
        Err(Reason::Missing)
    } else if text.len() == length && text.bytes().all(|b| ALPHABET.contains(&b)) {
        Ok(text)
    } else {
        Err(Reason::Code)
    }
}

/// A letter code. Neither prints itself in logs nor serialises: it exists on paper and in the hand that types it.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterCode(String);

impl LetterCode {
    /// Reads a typed code: any case, spaces and hyphens dropped, `O` read as 0 and `I`, `L` as 1 (Crockford).
    ///
    /// # Errors
    /// `Missing` when empty, `Code` otherwise.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        read(typed, 12).map(Self)
    }

    /// Makes a code of 60 random bits; the top four bits of the eight bytes are not used.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut bits = u64::from_le_bytes(bytes);
        let mut text = String::with_capacity(12);
        for _ in 0..12 {
            text.push(char::from(ALPHABET[(bits & 31) as usize]));
            bits >>= 5;
        }
        Self(text)
    }

    /// The twelve characters, for hashing.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `7K2M 9QXD 4TBA`, for the letter.
    #[must_use]
    pub fn grouped(&self) -> String {
        format!("{} {} {}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

impl fmt::Debug for LetterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LetterCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typed_as_people_type_it() {
        assert_eq!(LetterCode::parse("7k2m-9qxd 4tba").unwrap().reveal(), "7K2M9QXD4TBA");
        assert_eq!(LetterCode::parse("OIL000000000").unwrap().reveal(), "011000000000");
        assert_eq!(LetterCode::parse(" "), Err(Reason::Missing));
        for wrong in ["7K2M", "7K2M9QXD4TBU", "7K2M9QXD4TBAA", "7K2M9QXD4TB*", "é23456789012"] {
            assert_eq!(LetterCode::parse(wrong), Err(Reason::Code), "{wrong}");
        }
        assert_eq!(format!("{:?}", LetterCode::from_random([7; 8])), "LetterCode(…)");
    }

    proptest! {
        #[test]
        fn what_the_letter_shows_is_what_is_read(bytes: [u8; 8]) {
            let code = LetterCode::from_random(bytes);
            prop_assert_eq!(LetterCode::parse(&code.grouped()).unwrap(), code);
        }
    }
}
