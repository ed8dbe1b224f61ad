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
    /// The lines of the address below the names, without empty ones.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        [self.complement.clone(), self.street.clone(), format!("{} {}", self.postcode, self.city.to_uppercase())]
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
