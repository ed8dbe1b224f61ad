//! The password rule of the guide (S19, S20), the part that needs no list and no estimate: the same code checks live in
//! the browser and again on the server.

use crate::form::Reason;
use crate::text::fold;
use std::fmt;

/// Fewest characters (S19).
pub const SHORTEST: usize = 8;
/// Most characters: enough for any sentence, and a bound on what one login can make the server hash.
pub const LONGEST: usize = 128;

/// The four kinds of characters of S20.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent yes-or-no facts; the guide counts them")]
pub struct Kinds {
    /// Capital letters, accented ones included.
    pub upper: bool,
    /// Small letters, accented ones included, and letters of scripts without case.
    pub lower: bool,
    /// Digits.
    pub digit: bool,
    /// Everything that is neither letter nor digit; a space counts.
    pub special: bool,
}

impl Kinds {
    /// Which kinds a text has.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut kinds = Self::default();
        for c in text.chars() {
            if c.is_uppercase() {
                kinds.upper = true;
            } else if c.is_alphabetic() {
                kinds.lower = true;
            } else if c.is_numeric() {
                kinds.digit = true;
            } else {
                kinds.special = true;
            }
        }
        kinds
    }

    /// How many of the four, 0 to 4.
    #[must_use]
    pub fn count(self) -> u8 {
        u8::from(self.upper) + u8::from(self.lower) + u8::from(self.digit) + u8::from(self.special)
    }
}

/// A typed password, in NFC once it has passed the server's door. Never printed, never serialised, wiped when dropped by
/// whoever hashes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Checks length and kinds (S19, S20). Nothing is trimmed and nothing is cut.
    ///
    /// # Errors
    /// `Missing`, `TooShort`, `TooLong` (more than 128 characters) or `TooPlain`.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let length = typed.chars().count();
        if typed.is_empty() {
            Err(Reason::Missing)
        } else if length < SHORTEST {
            Err(Reason::TooShort)
        } else if length > LONGEST {
            Err(Reason::TooLong)
        } else if Kinds::of(typed).count() < 3 {
            Err(Reason::TooPlain)
        } else {
            Ok(Self(typed.to_owned()))
        }
    }

    /// What somebody typed to log in: no rule but the upper bound, since the password may be older than a rule.
    ///
    /// # Errors
    /// `Missing` or `TooLong`.
    pub fn attempt(typed: &str) -> Result<Self, Reason> {
        if typed.is_empty() {
            Err(Reason::Missing)
        } else if typed.chars().count() > LONGEST {
            Err(Reason::TooLong)
        } else {
            Ok(Self(typed.to_owned()))
        }
    }

    /// The characters, for hashing and for the server's own checks.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether one of the words stands in it, or begins in it with four characters or more (`mart2026` for Martin), whatever
    /// their case and accents. Words shorter than four characters are not looked for.
    #[must_use]
    pub fn contains_any<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> bool {
        let folded = fold(&self.0);
        let runs = runs(&folded);
        words.into_iter().map(fold).any(|word| {
            pieces(&word).any(|piece| {
                let beginning: String = piece.chars().take(SHORTEST_WORD).collect();
                folded.contains(piece) || runs.iter().any(|run| run.starts_with(&beginning))
            })
        })
    }
}

/// Fewest characters of a word that is looked for in a password.
const SHORTEST_WORD: usize = 4;

/// The words worth looking for in a phrase: each run of letters and digits of four characters or more.
fn pieces(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= SHORTEST_WORD)
}

/// Everything in a text that begins like a word: after a sign, and where letters and digits meet.
fn runs(text: &str) -> Vec<&str> {
    let mut before = None;
    let mut starts = Vec::new();
    for (place, c) in text.char_indices() {
        if c.is_alphanumeric() && before.is_none_or(|last: char| !last.is_alphanumeric() || last.is_numeric() != c.is_numeric()) {
            starts.push(&text[place..]);
        }
        before = Some(c);
    }
    starts
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s19_s20_the_rule_of_the_guide() {
        for (typed, verdict) in [
            ("", Some(Reason::Missing)),
            ("Ab1!xyz", Some(Reason::TooShort)),
            ("abcdefgh", Some(Reason::TooPlain)),
            ("abcdefg1", Some(Reason::TooPlain)),
            ("Abcdefgh", Some(Reason::TooPlain)),
            ("abcdef1!", None),
            ("Abcdefg1", None),
            ("Ébène 12", None),
            ("        ", Some(Reason::TooPlain)),
            ("ABCDEF 1", None),
        ] {
            assert_eq!(Password::parse(typed).err(), verdict, "{typed:?}");
        }
        assert_eq!(Password::parse(&format!("A1{}", "é".repeat(126))).err(), None);
        assert_eq!(Password::parse(&format!("A1{}", "é".repeat(127))).err(), Some(Reason::TooLong));
        assert_eq!(format!("{:?}", Password::parse("abcdef1!").unwrap()), "Password(…)");
    }

    #[test]
    fn own_words_are_found_whatever_their_dress() {
        let password = Password::parse("MÂRTIN-2026x").unwrap();
        assert!(password.contains_any(["Martin Maçonnerie"]));
        assert!(!password.contains_any(["Marchand", "ma", "lyon"]));
        assert!(Password::parse("x9!Maconnerie").unwrap().contains_any(["Martin Maçonnerie"]));
        for cut in ["Mart 2026!", "12maço-X", "69MARTIN!", "xxMartinxx1"] {
            assert!(Password::parse(cut).unwrap().contains_any(["Martin Maçonnerie"]), "{cut}");
        }
        for free in ["Smartphone 5!", "ronde Chaconne 4", "Mar 2026 vent"] {
            assert!(!Password::parse(free).unwrap().contains_any(["Martin Maçonnerie"]), "{free}");
        }
    }
}
