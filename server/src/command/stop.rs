//! Why a command ends without having done what it was asked.

use crate::config::Problem;
use crate::world::Unready;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use services::Fault;

/// A sentence for whoever typed the command, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stop {
    /// Refused or failed: 1.
    Failed(String),
    /// Asked wrongly: 2.
    Usage(String),
}

impl Stop {
    /// The exit code.
    #[must_use]
    pub const fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
        }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self) -> &str {
        match self {
            Self::Failed(sentence) | Self::Usage(sentence) => sentence,
        }
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Usage(problem.0)
    }
}

impl From<Unready> for Stop {
    fn from(unready: Unready) -> Self {
        Self::Failed(unready.0)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Failed(match fault {
            Fault::Refused(Refusal::Busy { .. } | Refusal::Conflict) => "Le portail est occupé : réessayez dans un instant.".into(),
            other => format!("Échec : {other}."),
        })
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Fault::from(error).into()
    }
}
