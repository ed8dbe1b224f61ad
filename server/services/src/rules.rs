//! What a fund decides about its portal.

use jiff::SignedDuration;

/// Rules that are configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How long a certified address stays so (A11).
    pub certification: SignedDuration,
}

impl Default for Rules {
    fn default() -> Self {
        Self { certification: SignedDuration::from_hours(24 * 183) }
    }
}
