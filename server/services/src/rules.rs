//! What a fund decides about its portal.

use jiff::SignedDuration;

/// Rules that are configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How long a certified address stays so (A11).
    pub certification: SignedDuration,
    /// Of whom a second factor is required.
    pub second_factor: SecondFactor,
    /// SMS that may leave in a day, over all accounts; the fund's own messages to certified mobiles are not counted.
    pub sms_per_day: usize,
    /// How long a mail about rights waits for others to the same person, with which it leaves as one.
    pub gathering: SignedDuration,
    /// Wrong passwords in a quarter of an hour, over all accounts, that raise an alarm.
    pub alarming_guesses: usize,
}

/// Of whom a second factor is required; everybody may have one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SecondFactor {
    /// Of nobody.
    #[default]
    Never,
    /// Of whoever administers a site.
    Administrators,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            certification: SignedDuration::from_hours(24 * 183),
            second_factor: SecondFactor::Never,
            sms_per_day: 1_000,
            gathering: SignedDuration::ZERO,
            alarming_guesses: 300,
        }
    }
}
