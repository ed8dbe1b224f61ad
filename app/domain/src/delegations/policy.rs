//! May this person do this on this site, today? The only place that answers. No wildcard arm: a new role, function or
//! action that nobody thought about does not compile.
#![deny(clippy::wildcard_enum_match_arm)]

mod actions;

pub use actions::*;

use super::{Colleges, Delegation, Function, Mode, Rights, Role};
use crate::actor::Actor;
use crate::id::SiteId;
use crate::refusal::Refusal;
use jiff::civil::Date;
use std::marker::PhantomData;

/// What an action takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Any right on the site that is in force.
    Presence,
    /// A function, at least in this mode.
    Function(Function, Mode),
    /// To be administrator of the site.
    Administration,
    /// To be able to give rights: an administrator in the company's name, a firm out of what it received (S112).
    Giving,
}

impl Need {
    /// Whether a delegation in force, which gives `held` today, fulfils it.
    fn is_met(self, role: Role, held: &Rights) -> bool {
        match self {
            Self::Presence => true,
            Self::Function(function, mode) => held.mode(function) >= Some(mode),
            Self::Administration => role.is_administrator(),
            Self::Giving => role.is_administrator() || role.is_firm(),
        }
    }
}

/// Something a person may do on a site.
pub trait Action {
    /// What it takes.
    const NEEDS: Need;
}

/// Proof that the policy said yes to action `A` on one site. Only [`may`] makes one; store functions that touch a site's
/// business data ask for it, so that a forgotten check does not compile.
#[derive(Debug, Clone)]
pub struct Granted<A> {
    site: SiteId,
    role: Role,
    colleges: Colleges,
    through: Vec<Delegation>,
    action: PhantomData<A>,
}

impl<A> Granted<A> {
    /// The site it is valid for.
    #[must_use]
    pub const fn site(&self) -> &SiteId {
        &self.site
    }

    /// The colleges whose data the action may touch (D18). Pages about the site as a whole ignore them.
    #[must_use]
    pub const fn colleges(&self) -> Colleges {
        self.colleges
    }

    /// What the person acts as: the first in the order of [`Role::ALL`] among what allowed it.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The delegations that allowed it, all in force; never empty. For [`Give`], those that may be given from.
    #[must_use]
    pub fn through(&self) -> &[Delegation] {
        &self.through
    }
}

/// Decides. `today` is the day in Europe/Paris.
///
/// # Errors
/// `NotFound` when no live delegation gives what the action needs: the same answer as for a site that does not exist (D10).
pub fn may<A: Action>(actor: &Actor, _action: A, site: &SiteId, today: Date) -> Result<Granted<A>, Refusal> {
    let allowing: Vec<(&Delegation, Rights)> = allowing(actor, A::NEEDS, site, today).collect();
    let through: Vec<Delegation> = allowing.iter().map(|(delegation, _)| (*delegation).clone()).collect();
    let role = Role::ALL.into_iter().find(|role| through.iter().any(|one| one.role == *role)).ok_or(Refusal::NotFound)?;
    let colleges = allowing.iter().fold(Colleges::NONE, |all, (_, held)| all.union(held.colleges));
    Ok(Granted { site: site.clone(), role, colleges, through, action: PhantomData })
}

/// The delegations in force that fulfil a need, each with what it gives today.
fn allowing<'a>(actor: &'a Actor, need: Need, site: &'a SiteId, today: Date) -> impl Iterator<Item = (&'a Delegation, Rights)> {
    actor
        .delegations
        .iter()
        .filter(move |delegation| delegation.site == *site)
        .filter_map(move |delegation| delegation.effective(today).map(|held| (delegation, held)))
        .filter(move |(delegation, held)| need.is_met(delegation.role, held))
}

/// Whether [`may`] would say yes to an action with this need: what menus and tiles are drawn from.
#[must_use]
pub fn meets(actor: &Actor, need: Need, site: &SiteId, today: Date) -> bool {
    allowing(actor, need, site, today).next().is_some()
}

/// Whether any live delegation reaches a function at all.
#[must_use]
pub fn reaches(actor: &Actor, function: Function, site: &SiteId, today: Date) -> bool {
    meets(actor, Need::Function(function, Mode::Consultation), site, today)
}
