//! May this person do this on this site, today? The only place that answers. No wildcard arm: a new role, function or
//! action that nobody thought about does not compile.
#![deny(clippy::wildcard_enum_match_arm)]

use super::{Function, Mode};
use crate::actor::Actor;
use crate::id::SiteId;
use crate::refusal::Refusal;
use jiff::civil::Date;
use std::marker::PhantomData;

/// Something a person may do on a site.
pub trait Action {
    /// The function and mode it takes; none for what any live delegation gives.
    const NEEDS: Option<(Function, Mode)>;
}

/// Stand in the space of a site.
#[derive(Debug, Clone, Copy)]
pub struct Enter;
impl Action for Enter {
    const NEEDS: Option<(Function, Mode)> = None;
}

/// Read the DSN follow-up and its alerts; icons and texts anywhere are that same right (A17).
#[derive(Debug, Clone, Copy)]
pub struct ReadDsn;
impl Action for ReadDsn {
    const NEEDS: Option<(Function, Mode)> = Some((Function::Dsn, Mode::Consultation));
}

/// Proof that the policy said yes to action `A` on one site. Only [`may`] makes one; store functions that touch a site's
/// business data ask for it, so that a forgotten check does not compile.
#[derive(Debug, Clone)]
pub struct Granted<A> {
    site: SiteId,
    action: PhantomData<A>,
}

impl<A> Granted<A> {
    /// The site it is valid for.
    #[must_use]
    pub const fn site(&self) -> &SiteId {
        &self.site
    }
}

/// Decides. `today` is the day in Europe/Paris.
///
/// # Errors
/// `NotFound` when no live delegation gives what the action needs: the same answer as for a site that does not exist (D10).
pub fn may<A: Action>(actor: &Actor, _action: A, site: &SiteId, today: Date) -> Result<Granted<A>, Refusal> {
    let allowed =
        actor.delegations.iter().filter(|delegation| delegation.site == *site && delegation.is_live(today)).any(
            |delegation| match A::NEEDS {
                None => true,
                Some((function, mode)) => delegation.mode(function) >= Some(mode),
            },
        );
    if allowed { Ok(Granted { site: site.clone(), action: PhantomData }) } else { Err(Refusal::NotFound) }
}

/// Whether any live delegation reaches a function at all: what menus and tiles are drawn from.
#[must_use]
pub fn reaches(actor: &Actor, function: Function, site: &SiteId, today: Date) -> bool {
    actor
        .delegations
        .iter()
        .any(|delegation| delegation.site == *site && delegation.is_live(today) && delegation.mode(function) >= Some(Mode::Consultation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delegations::{Delegation, Role, State};
    use crate::identity::person::PersonName;
    use jiff::civil::date;

    fn actor(site: &SiteId, state: State, ends: Option<Date>) -> Actor {
        Actor {
            account: "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(),
            name: PersonName::default(),
            delegations: vec![Delegation {
                id: "01JD3V9X7ZK4M2N8P6Q5R4S3T3".parse().unwrap(),
                site: site.clone(),
                role: Role::AdministrateurEntreprise,
                state,
                starts: date(2026, 1, 10),
                ends,
            }],
        }
    }

    #[test]
    fn s109_an_administrator_reaches_every_function_within_the_dates_and_nothing_outside() {
        let site: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap();
        let other: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T5".parse().unwrap();
        let someone = actor(&site, State::Open, Some(date(2026, 12, 31)));
        for function in Function::ALL {
            assert!(reaches(&someone, function, &site, date(2026, 6, 1)));
            assert!(!reaches(&someone, function, &other, date(2026, 6, 1)));
        }
        for (day, allowed) in [(date(2026, 1, 9), false), (date(2026, 1, 10), true), (date(2026, 12, 31), true), (date(2027, 1, 1), false)]
        {
            assert_eq!(may(&someone, Enter, &site, day).is_ok(), allowed, "{day}");
            assert_eq!(may(&someone, ReadDsn, &site, day).is_ok(), allowed, "{day}");
        }
        assert_eq!(may(&someone, Enter, &other, date(2026, 6, 1)).unwrap_err(), Refusal::NotFound);
        assert!(may(&actor(&site, State::Closed, None), Enter, &site, date(2026, 6, 1)).is_err());
    }
}
