//! What the fund says about a site's DSN: anomalies by period and severity (S58–S64, D17).

mod tally;

pub use tally::{DsnState, Tally};

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// How grave an anomaly is, gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The declaration could not be taken into account.
    Bloquant,
    /// Something is wrong and must be corrected.
    Anomalie,
    /// Something looks wrong and should be checked.
    Avertissement,
    /// Nothing to do; raises no icon.
    Information,
}

impl Severity {
    /// All of them, gravest first.
    pub const ALL: [Self; 4] = [Self::Bloquant, Self::Anomalie, Self::Avertissement, Self::Information];

    /// Whether it raises the alert icon: all but information (D17).
    #[must_use]
    pub const fn is_alert(self) -> bool {
        match self {
            Self::Bloquant | Self::Anomalie | Self::Avertissement => true,
            Self::Information => false,
        }
    }

    /// Its name in files and addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Bloquant => "bloquant",
            Self::Anomalie => "anomalie",
            Self::Avertissement => "avertissement",
            Self::Information => "information",
        }
    }
}

impl FromStr for Severity {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|severity| severity.key() == text).ok_or(())
    }
}

/// The declared month, `AAAA-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// Four digits.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl FromStr for Period {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month) = text.split_once('-').ok_or(())?;
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !all_digits(year) || !all_digits(month) {
            return Err(());
        }
        match (year.parse().map_err(drop)?, month.parse().map_err(drop)?) {
            (year @ 2000..=2199, month @ 1..=12) => Ok(Self { year, month }),
            _ => Err(()),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl TryFrom<String> for Period {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map_err(|()| "not a period")
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

/// One message of the fund about one month of one site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Declared month.
    pub period: Period,
    /// How grave.
    pub severity: Severity,
    /// The fund's code of the control; may be empty.
    pub code: String,
    /// The sentence, without names of persons.
    pub message: String,
}

/// What lists and icons show of a site's alerts, without their number being data of anybody who may not read them (A17).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSummary {
    /// How many raise the icon.
    pub count: u32,
    /// Their sentences, gravest and newest first; at most [`AlertSummary::SHOWN`].
    pub messages: Vec<String>,
}

impl AlertSummary {
    /// How many sentences a bubble holds; the rest is on *Suivi DSN*.
    pub const SHOWN: usize = 5;

    /// Sums up alerts in any order.
    #[must_use]
    pub fn of(alerts: &[Alert]) -> Self {
        let mut raised: Vec<&Alert> = alerts.iter().filter(|alert| alert.severity.is_alert()).collect();
        raised.sort_by(|a, b| (a.severity, b.period, &a.code, &a.message).cmp(&(b.severity, a.period, &b.code, &b.message)));
        Self {
            count: u32::try_from(raised.len()).unwrap_or(u32::MAX),
            messages: raised
                .iter()
                .take(Self::SHOWN)
                .map(|alert| format!("DSN {:02}/{} : {}", alert.period.month, alert.period.year, alert.message))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(period: &str, severity: Severity, message: &str) -> Alert {
        Alert { period: period.parse().unwrap(), severity, code: String::new(), message: message.into() }
    }

    #[test]
    fn s59_s60_the_icon_counts_all_but_information_and_says_the_gravest_first() {
        let summary = AlertSummary::of(&[
            alert("2026-09", Severity::Anomalie, "b"),
            alert("2026-10", Severity::Information, "i"),
            alert("2026-10", Severity::Anomalie, "a"),
            alert("2026-08", Severity::Bloquant, "c"),
        ]);
        assert_eq!(summary.count, 3);
        assert_eq!(summary.messages, ["DSN 08/2026 : c", "DSN 10/2026 : a", "DSN 09/2026 : b"]);
        assert_eq!(AlertSummary::of(&[]), AlertSummary::default());
    }

    #[test]
    fn periods_are_months_of_this_century() {
        assert_eq!("2026-10".parse::<Period>().unwrap().to_string(), "2026-10");
        for wrong in ["2026-13", "2026-00", "26-10", "2026/10", "1999-12", "2026-1", "+026-10", ""] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}
