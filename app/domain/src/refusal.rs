//! Every way the portal says no: closed codes, no sentences (those are in `app::words`), no free text that could be forged or leak.

use crate::form::FieldErrors;
use serde::{Deserialize, Serialize};

/// Why a request was refused. The HTTP status each one answers with stands in [`Refusal::status`], the only table of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Some fields are wrong; what was typed (never a password) comes back with the reasons.
    Invalid(FieldErrors),
    /// Nobody is logged in, or the session has ended.
    SignedOut,
    /// The mail and password do not fit together, or the account does not exist, or is closed. Never says which.
    WrongCredentials,
    /// The right password on an account that waits for its activation link.
    NotActivated,
    /// The right password on an account that waits for its new address to be confirmed (S103, D11).
    Moving,
    /// The right password on an account whose address must be certified again (S29, A11).
    Uncertified,
    /// Something that needs the password again, because it was given too long ago.
    StepUp,
    /// The person administers this site already.
    AlreadyAssociated,
    /// Identifiant, SIRET and code do not fit together, or the code is used, expired or dead. Never says which (A3, D12).
    WrongLetter,
    /// The letters are right but the mail already has a space (A6): told only to whoever holds the letters.
    MailTaken,
    /// The second step of a login came too late, or the account changed meanwhile: the password has to be given again.
    SecondStepLost,
    /// The visit in several steps is over or was made in another tab.
    FlowLost,
    /// A link that is unknown, used, expired or meant for something else: one answer for all four.
    DeadLink,
    /// Logging in through another identity provider did not work. Never says why.
    ProviderFailed,
    /// That login of another provider leads to another account already, or this account has too many.
    ExternalTaken,
    /// What was asked for lies outside the person's perimeter, or does not exist.
    NotFound,
    /// The request did not come from a page of the portal.
    CrossSite,
    /// Too many tries; seconds until the next one is looked at.
    TooMany {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The portal has more to do than it can; seconds until it is worth trying again.
    Busy {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Somebody else changed the same thing meanwhile.
    Conflict,
    /// One's own rights are changed and ended by others only (A41).
    OwnRights,
    /// The last Administrateur Entreprise of a site is neither closed nor given an end (A41).
    LastAdministrator,
    /// What was sent is no form of the portal.
    Unreadable,
}

impl Refusal {
    /// Its name, for the log: nothing of what was typed.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::SignedOut => "signed_out",
            Self::WrongCredentials => "wrong_credentials",
            Self::NotActivated => "not_activated",
            Self::Moving => "moving",
            Self::Uncertified => "uncertified",
            Self::StepUp => "step_up",
            Self::AlreadyAssociated => "already_associated",
            Self::WrongLetter => "wrong_letter",
            Self::MailTaken => "mail_taken",
            Self::SecondStepLost => "second_step_lost",
            Self::FlowLost => "flow_lost",
            Self::DeadLink => "dead_link",
            Self::ProviderFailed => "provider_failed",
            Self::ExternalTaken => "external_taken",
            Self::NotFound => "not_found",
            Self::CrossSite => "cross_site",
            Self::TooMany { .. } => "too_many",
            Self::Busy { .. } => "busy",
            Self::Conflict => "conflict",
            Self::OwnRights => "own_rights",
            Self::LastAdministrator => "last_administrator",
            Self::Unreadable => "unreadable",
        }
    }

    /// The HTTP status of the answer that shows this refusal.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_)
            | Self::WrongLetter
            | Self::WrongCredentials
            | Self::NotActivated
            | Self::Moving
            | Self::Uncertified
            | Self::ProviderFailed => 422,
            Self::SignedOut | Self::StepUp => 401,
            Self::MailTaken
            | Self::AlreadyAssociated
            | Self::ExternalTaken
            | Self::Conflict
            | Self::OwnRights
            | Self::LastAdministrator => 409,
            Self::FlowLost | Self::SecondStepLost | Self::DeadLink => 410,
            Self::NotFound => 404,
            Self::Unreadable => 400,
            Self::CrossSite => 403,
            Self::TooMany { .. } => 429,
            Self::Busy { .. } => 503,
        }
    }

    /// Seconds for the `Retry-After` header, where there is one.
    #[must_use]
    pub const fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooMany { retry_after } | Self::Busy { retry_after } => Some(*retry_after),
            Self::Invalid(_)
            | Self::SignedOut
            | Self::WrongCredentials
            | Self::NotActivated
            | Self::Moving
            | Self::Uncertified
            | Self::StepUp
            | Self::AlreadyAssociated
            | Self::WrongLetter
            | Self::MailTaken
            | Self::FlowLost
            | Self::SecondStepLost
            | Self::DeadLink
            | Self::ProviderFailed
            | Self::ExternalTaken
            | Self::NotFound
            | Self::CrossSite
            | Self::Unreadable
            | Self::Conflict
            | Self::OwnRights
            | Self::LastAdministrator => None,
        }
    }
}
