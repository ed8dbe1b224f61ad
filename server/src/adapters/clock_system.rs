//! The machine's clock, and how clocks in Paris show it.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use services::ports::Clock;

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock {
    paris: TimeZone,
}

impl SystemClock {
    /// Finds the rules of Europe/Paris: the machine's, or those in the binary.
    ///
    /// # Errors
    /// The reason, when neither has them.
    pub fn new() -> Result<Self, jiff::Error> {
        Ok(Self { paris: TimeZone::get("Europe/Paris")? })
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock port")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn paris(&self, moment: Timestamp) -> DateTime {
        self.paris.to_datetime(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paris_changes_its_hour_in_spring_and_autumn() {
        let clock = SystemClock::new().unwrap();
        for (moment, shown) in [
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00"),
        ] {
            assert_eq!(clock.paris(moment.parse().unwrap()).to_string(), shown);
        }
    }
}
