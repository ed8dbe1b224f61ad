//! Where a delegation stands on a day, as the list shows it.

use super::{State, UnknownCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Where a delegation stands on a day (A27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// En attente d'activation: the invitation was not accepted, or the account not activated, yet.
    EnAttente,
    /// À venir: its first day has not come.
    AVenir,
    /// Actif.
    Actif,
    /// Expiré: its last day is over.
    Expire,
    /// Fermé: somebody ended it.
    Ferme,
}

impl Status {
    /// All of them, the open ones first.
    pub const ALL: [Self; 5] = [Self::Actif, Self::EnAttente, Self::AVenir, Self::Expire, Self::Ferme];
    /// Those that are not over: what the list shows by default (S115, A27).
    pub const OPEN: [Self; 3] = [Self::Actif, Self::EnAttente, Self::AVenir];

    /// Where it stands on `today` (Europe/Paris). `has_activated`: whether its person has an activated account.
    #[must_use]
    pub fn of(state: State, has_activated: bool, starts: Date, ends: Option<Date>, today: Date) -> Self {
        match state {
            State::Closed | State::Withdrawn => Self::Ferme,
            State::Invited | State::Open if ends.is_some_and(|end| end < today) => Self::Expire,
            State::Invited => Self::EnAttente,
            State::Open if !has_activated => Self::EnAttente,
            State::Open if today < starts => Self::AVenir,
            State::Open => Self::Actif,
        }
    }

    /// Whether it is not over.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::EnAttente | Self::AVenir | Self::Actif => true,
            Self::Expire | Self::Ferme => false,
        }
    }

    /// Its name in addresses; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EnAttente => "en_attente",
            Self::AVenir => "a_venir",
            Self::Actif => "actif",
            Self::Expire => "expire",
            Self::Ferme => "ferme",
        }
    }
}

impl FromStr for Status {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|status| status.code() == code).ok_or(UnknownCode)
    }
}
