//! Alerts counted by severity: what a list of many sites shows without reading the alerts themselves.

use super::{Alert, Period, Severity};

/// How many alerts there are of each severity, in the order of [`Severity::ALL`]. Ordered: whoever has more of the gravest is greater.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tally(pub [u32; Severity::ALL.len()]);

impl Tally {
    /// Counts.
    #[must_use]
    pub fn of<'a>(alerts: impl IntoIterator<Item = &'a Alert>) -> Self {
        let mut tally = Self::default();
        for alert in alerts {
            let place = Severity::ALL.iter().position(|severity| *severity == alert.severity);
            if let Some(count) = place.and_then(|place| tally.0.get_mut(place)) {
                *count = count.saturating_add(1);
            }
        }
        tally
    }

    /// How many of one severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u32 {
        Severity::ALL.into_iter().zip(self.0).find(|(one, _)| *one == severity).map_or(0, |(_, count)| count)
    }

    /// The severities there are some of, gravest first, each with its number.
    pub fn present(&self) -> impl Iterator<Item = (Severity, u32)> {
        Severity::ALL.into_iter().zip(self.0).filter(|(_, count)| *count > 0)
    }
}

/// What a site's alerts come to: the newest month the fund has spoken of, and everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DsnState {
    /// The newest month, whether anything was found in it or not; none when the fund has spoken of none.
    pub month: Option<Period>,
    /// What was found in it.
    pub of_month: Tally,
    /// What was found in all months.
    pub all: Tally,
}

impl DsnState {
    /// Sums up the alerts of a site. `named` are months the fund has spoken of, with alerts or without.
    #[must_use]
    pub fn of(alerts: &[Alert], named: impl IntoIterator<Item = Period>) -> Self {
        let month = named.into_iter().chain(alerts.iter().map(|alert| alert.period)).max();
        let of_month = Tally::of(alerts.iter().filter(|alert| Some(alert.period) == month));
        Self { month, of_month, all: Tally::of(alerts) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s58_the_newest_month_counts_even_when_nothing_was_found_in_it() {
        let alert =
            |period: &str, severity| Alert { period: period.parse().unwrap(), severity, code: String::new(), message: String::new() };
        let alerts = [alert("2026-09", Severity::Bloquant), alert("2026-08", Severity::Information)];
        let state = DsnState::of(&alerts, ["2026-10".parse().unwrap()]);
        assert_eq!((state.month, state.of_month), ("2026-10".parse().ok(), Tally::default()));
        assert_eq!(state.all.present().collect::<Vec<_>>(), [(Severity::Bloquant, 1), (Severity::Information, 1)]);
        assert_eq!(DsnState::of(&alerts, []).of_month.count(Severity::Bloquant), 1);
        assert!(Tally([1, 0, 0, 0]) > Tally([0, 9, 9, 9]), "the gravest decides");
        assert_eq!(DsnState::of(&[], []), DsnState::default());
    }
}
