//! The name of a person.

use crate::form::Reason;
use serde::{Deserialize, Serialize};

/// First or last name: 1 to 80 characters, no control character, inner spaces made single.
///
/// # Errors
/// `Missing`, `TooLong`, or `Characters` for control characters, angle brackets and the like.
pub fn parse_name(typed: &str) -> Result<String, Reason> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        Err(Reason::Missing)
    } else if name.chars().count() > 80 {
        Err(Reason::TooLong)
    } else if name.chars().any(|c| c.is_control() || is_invisible(c) || "<>@{}[]\\|\"".contains(c))
        || !name.chars().any(char::is_alphabetic)
    {
        Err(Reason::Characters)
    } else {
        Ok(name)
    }
}

/// Characters that change how the text around them is shown.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A person's first and last name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Prénom.
    pub first: String,
    /// Nom.
    pub last: String,
}

impl PersonName {
    /// « Claire Martin »; empty when both are.
    #[must_use]
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_and_nothing_else() {
        assert_eq!(parse_name("  Jean-François   d’Ormesson ").unwrap(), "Jean-François d’Ormesson");
        assert_eq!(parse_name(" "), Err(Reason::Missing));
        assert_eq!(parse_name(&"a".repeat(81)), Err(Reason::TooLong));
        for wrong in ["<script>", "a\u{202e}b", "1234", "a\u{0}b"] {
            assert_eq!(parse_name(wrong), Err(Reason::Characters), "{wrong:?}");
        }
    }
}
