//! Postal addresses, as letters need them.

use serde::{Deserialize, Serialize};

/// Where a site receives its post.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Number and street.
    pub street: String,
    /// Building, floor, hamlet; may be empty.
    pub complement: String,
    /// Code postal.
    pub postcode: String,
    /// Ville.
    pub city: String,
}

impl Address {
    /// The lines of the address below the names, without empty ones. The last one is written as the post's machines read it:
    /// capitals, no punctuation.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let city = self.city.to_uppercase().replace(|c: char| !c.is_alphanumeric() && !is_accent(c), " ");
        let last: Vec<&str> = self.postcode.split_whitespace().chain(city.split_whitespace()).collect();
        [self.complement.clone(), self.street.clone(), last.join(" ")]
            .into_iter()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    /// Whether a letter would arrive: a street or a complement, a postcode and a city.
    #[must_use]
    pub fn is_postable(&self) -> bool {
        (!self.street.is_empty() || !self.complement.is_empty()) && !self.postcode.is_empty() && !self.city.is_empty()
    }
}

/// An accent that follows its letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_in_capitals_without_punctuation() {
        for (city, line) in [
            ("Lyon", "69003 LYON"),
            ("L’Haÿ-les-Roses", "69003 L HAŸ LES ROSES"),
            ("Saint-Étienne, Cedex 1.", "69003 SAINT ÉTIENNE CEDEX 1"),
            ("Se\u{301}nas", "69003 SE\u{301}NAS"),
        ] {
            let address = Address { postcode: "69003".into(), city: city.into(), street: "1, rue A".into(), ..Address::default() };
            assert_eq!(address.lines(), ["1, rue A", line]);
        }
    }
}
