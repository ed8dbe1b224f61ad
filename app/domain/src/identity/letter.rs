//! Where a pair of letters stands: on paper, and what its code is still good for.

use serde::{Deserialize, Serialize};

/// Where the two letters of a pair are. Printed letters may be printed again; posted ones are out of the fund's hands; a void
/// pair is as if it had never been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterState {
    /// Written, and not posted yet as far as the fund has said.
    Printed,
    /// On their way: the code exists on paper only.
    Posted,
    /// Taken back by the fund.
    Void,
}

/// What the code of a pair is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// It opens its site until it expires.
    Live,
    /// It has opened it.
    Used,
    /// Replaced by a newer one, by the use of another one, or taken back with its letters.
    Void,
    /// Killed by wrong tries.
    Dead,
}

/// What the fund's staff reads of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterStatus {
    /// « imprimé »: made, and still to be posted.
    Printed,
    /// « posté ».
    Posted,
    /// « utilisé ».
    Used,
    /// « expiré ».
    Expired,
    /// « bloqué »: too many wrong tries.
    Blocked,
    /// « annulé ».
    Void,
}

impl LetterState {
    /// Reads the name of a state.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        match name {
            "printed" => Some(Self::Printed),
            "posted" => Some(Self::Posted),
            "void" => Some(Self::Void),
            _ => None,
        }
    }
}

impl CodeState {
    /// Reads the name of a state.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        match name {
            "live" => Some(Self::Live),
            "used" => Some(Self::Used),
            "void" => Some(Self::Void),
            "dead" => Some(Self::Dead),
            _ => None,
        }
    }
}

impl LetterStatus {
    /// The status of a pair whose code has expired or not: what the code still does comes before where the paper is.
    #[must_use]
    pub fn of(letter: LetterState, code: CodeState, has_expired: bool) -> Self {
        match (letter, code) {
            (_, CodeState::Used) => Self::Used,
            (LetterState::Void, _) | (_, CodeState::Void) => Self::Void,
            (_, CodeState::Dead) => Self::Blocked,
            (_, CodeState::Live) if has_expired => Self::Expired,
            (LetterState::Printed, CodeState::Live) => Self::Printed,
            (LetterState::Posted, CodeState::Live) => Self::Posted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_code_does_comes_before_where_the_paper_is() {
        use {CodeState as Code, LetterState as Letter, LetterStatus as Status};
        for (letter, code, late, status) in [
            (Letter::Printed, Code::Live, false, Status::Printed),
            (Letter::Posted, Code::Live, false, Status::Posted),
            (Letter::Printed, Code::Live, true, Status::Expired),
            (Letter::Posted, Code::Live, true, Status::Expired),
            (Letter::Posted, Code::Used, false, Status::Used),
            (Letter::Posted, Code::Used, true, Status::Used),
            (Letter::Printed, Code::Dead, true, Status::Blocked),
            (Letter::Posted, Code::Dead, false, Status::Blocked),
            (Letter::Posted, Code::Void, false, Status::Void),
            (Letter::Void, Code::Void, true, Status::Void),
            (Letter::Void, Code::Dead, false, Status::Void),
        ] {
            assert_eq!(LetterStatus::of(letter, code, late), status, "{letter:?} {code:?} {late}");
        }
    }
}
