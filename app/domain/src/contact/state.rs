//! How far an exchange with the fund has come.

use crate::delegations::UnknownCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// How far an exchange with the fund has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExchangeState {
    /// Sent: the fund has it.
    Sent,
    /// Somebody of the fund has opened it.
    Read,
    /// The fund has answered.
    Answered,
}

impl ExchangeState {
    /// All of them, in the order they follow each other.
    pub const ALL: [Self; 3] = [Self::Sent, Self::Read, Self::Answered];

    /// Its name in addresses and in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Read => "read",
            Self::Answered => "answered",
        }
    }
}

impl FromStr for ExchangeState {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(UnknownCode)
    }
}
