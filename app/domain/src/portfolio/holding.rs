//! What one person holds for a firm on one site, as the list of clients shows it.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::delegations::{Delegation, Role, Status};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How many days ahead an end is pointed out.
pub const SOON: i32 = 30;
/// How many days a client whose delegation has run out stays in the list.
pub const LATELY: i32 = 30;

/// Where a client stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Has run out within the last [`LATELY`] days: named, nothing else of it is shown.
    Over,
    /// Has not begun.
    Future,
    /// In force.
    Live,
}

/// The right that counts for the list, of all a person holds on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// Cabinet or Collaborateur.
    pub role: Role,
    /// Where it stands.
    pub standing: Standing,
    /// First day.
    pub starts: Date,
    /// Last day: the earlier of one's own and, for a collaborator, the firm's (S148).
    pub ends: Option<Date>,
}

impl Holding {
    /// What counts among the delegations of one person on one site; none when there is nothing of a firm, or it was ended by somebody.
    #[must_use]
    pub fn of<'a>(delegations: impl IntoIterator<Item = &'a Delegation>, today: Date) -> Option<Self> {
        delegations.into_iter().filter_map(|delegation| Self::one(delegation, today)).max_by_key(|one| {
            // In force before all else, then the firm's own, then what lasts longest.
            (one.standing, one.role.is_firm(), one.ends.is_none(), one.ends)
        })
    }

    fn one(delegation: &Delegation, today: Date) -> Option<Self> {
        match delegation.role {
            Role::Cabinet | Role::Collaborateur => {}
            Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur => return None,
        }
        let above = delegation.above.as_ref();
        let ends = [delegation.ends, above.and_then(|firm| firm.ends)].into_iter().flatten().min();
        let standing = match delegation.status(true, today) {
            Status::Actif => delegation.effective(today).map(|_| Standing::Live)?,
            Status::AVenir => Standing::Future,
            Status::Expire => ends.filter(|end| *end >= shifted(today, -LATELY)).map(|_| Standing::Over)?,
            Status::EnAttente | Status::Ferme => return None,
        };
        let starts = above.map_or(delegation.starts, |firm| delegation.starts.max(firm.starts));
        Some(Self { role: delegation.role, standing, starts, ends })
    }

    /// Whether it is in force and ends within [`SOON`] days.
    #[must_use]
    pub fn is_ending(&self, today: Date) -> bool {
        self.standing == Standing::Live && self.ends.is_some_and(|end| end <= shifted(today, SOON))
    }
}

fn shifted(day: Date, days: i32) -> Date {
    let span: Span = days.days();
    day.saturating_add(span)
}
