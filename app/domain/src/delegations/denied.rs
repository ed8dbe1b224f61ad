//! Every way giving, changing or ending rights is denied, and what the portal answers.

use super::Function;
use crate::form::{FieldErrors, Reason};
use crate::refusal::Refusal;

/// Why rights were not given, changed or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// A role this person cannot give: Administrateur from a firm, a firm from a firm, a third level (T52, A42).
    Role,
    /// A college the giver does not hold (T51).
    Colleges,
    /// A function the giver does not hold, or not in this mode (T51).
    Function(Function),
    /// It would begin before the giver's own (T51).
    Starts,
    /// It would outlast the giver's own (T51).
    Ends,
    /// No college (S135).
    NoCollege,
    /// No function (A38).
    NoRight,
    /// The first day is over, or is changed after it came (A36).
    Past,
    /// The last day lies before the first, or before today (A37).
    Order,
    /// To oneself, under whatever spelling of one's address (T52).
    Oneself,
    /// To whom the giver has it from (T52).
    Giver,
    /// To whom has something on the site already, open, pending or future (A34).
    AlreadyBeneficiary,
    /// To whom administers the site already (A35).
    AlreadyAdministrator,
    /// One's own rights are changed and ended by others (A41).
    Own,
    /// The site would be left without administrator, now or on a day that is known (A41).
    LastAdministrator,
    /// It is over already, or not an invitation any more.
    State,
    /// Nothing this person may do with it: no such line, for them (T54).
    Act,
}

impl Denied {
    /// The field of the form it is about, and the reason shown there; none when it is about no field.
    #[must_use]
    pub fn field(self) -> Option<(String, Reason)> {
        let (field, reason) = match self {
            Self::Role => ("administrator", Reason::NotHeld),
            Self::Colleges => ("colleges", Reason::NotHeld),
            Self::Function(function) => return Some((format!("rights[{}]", function.code()), Reason::NotHeld)),
            Self::Starts => ("starts", Reason::BeforeHeld),
            Self::Ends => ("ends", Reason::AfterHeld),
            Self::NoCollege => ("colleges", Reason::NoCollege),
            Self::NoRight => ("rights", Reason::NoRight),
            Self::Past => ("starts", Reason::Past),
            Self::Order => ("ends", Reason::EndBeforeStart),
            Self::Oneself => ("email", Reason::Oneself),
            Self::Giver => ("email", Reason::Giver),
            Self::AlreadyBeneficiary => ("email", Reason::AlreadyBeneficiary),
            Self::AlreadyAdministrator => ("email", Reason::AlreadyAdministrator),
            Self::Own | Self::LastAdministrator | Self::State | Self::Act => return None,
        };
        Some((field.to_owned(), reason))
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Own => Self::OwnRights,
            Denied::LastAdministrator => Self::LastAdministrator,
            Denied::State => Self::Conflict,
            Denied::Act => Self::NotFound,
            Denied::Role
            | Denied::Colleges
            | Denied::Function(_)
            | Denied::Starts
            | Denied::Ends
            | Denied::NoCollege
            | Denied::NoRight
            | Denied::Past
            | Denied::Order
            | Denied::Oneself
            | Denied::Giver
            | Denied::AlreadyBeneficiary
            | Denied::AlreadyAdministrator => {
                Self::Invalid(FieldErrors { errors: denied.field().into_iter().collect(), ..FieldErrors::default() })
            }
        }
    }
}
