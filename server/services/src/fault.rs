//! The two ways an intention can fail: the portal says no, or the portal is broken.

use domain::form::FieldErrors;
use domain::refusal::Refusal;

/// Why an intention did not happen.
#[derive(Debug)]
pub enum Fault {
    /// The portal said no, for a reason the person can read.
    Refused(Refusal),
    /// The portal failed; the text is for the log, never for the page.
    Broken(String),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldErrors> for Fault {
    fn from(errors: FieldErrors) -> Self {
        Self::Refused(Refusal::Invalid(errors))
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            // Losing every retry means the portal is busy with that very record, not that it is broken.
            store::Error::Conflict => Self::Refused(Refusal::Busy { retry_after: 2 }),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused: {refusal:?}"),
            Self::Broken(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Fault {}
