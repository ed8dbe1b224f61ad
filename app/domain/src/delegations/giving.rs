//! Giving: what may be given out of what one holds, and to whom. The chain: what an administrator gives is the company's
//! gift and hangs on nothing; what a firm gives hangs on the firm's own delegation and lives only as long (A42).
#![deny(clippy::wildcard_enum_match_arm)]

use super::policy::{Give, Granted};
use super::{Delegation, Denied, Function, Rights, Role, Status};
use crate::id::{AccountId, DelegationId};
use crate::identity::email::Email;
use jiff::civil::Date;

/// What is to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// What the person shall be.
    pub role: Role,
    /// What they shall hold; everything for an administrator, whatever stands here.
    pub rights: Rights,
    /// First day, Europe/Paris.
    pub starts: Date,
    /// Last day, included; none means without end.
    pub ends: Option<Date>,
}

impl Terms {
    const fn held(&self) -> Rights {
        if self.role.is_administrator() { Rights::FULL } else { self.rights }
    }
}

/// Whose gift it is: what the new delegation hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The company's: the chain ends here.
    Company,
    /// A firm's, out of this delegation of its own.
    Firm(DelegationId),
}

/// Whether the terms lie within what the giver holds today, and out of what they would be given. To be asked again inside
/// the writing transaction.
///
/// # Errors
/// `Role`, `Colleges`, `Function`, `Starts`, `Ends` for more than is held; `NoCollege`, `NoRight` for nothing; `Past`, `Order`
/// for days that cannot be.
pub fn give(granted: &Granted<Give>, terms: &Terms, today: Date) -> Result<Source, Denied> {
    if terms.starts < today {
        return Err(Denied::Past);
    }
    if terms.ends.is_some_and(|end| end < terms.starts) {
        return Err(Denied::Order);
    }
    let mut denied = Denied::Role;
    for own in granted.through().iter().filter(|own| gives(own.role, terms.role)) {
        match within(own, terms, None, today) {
            Ok(()) => return Ok(source(own)),
            Err(reason) => denied = reason,
        }
    }
    Err(denied)
}

/// Whether new terms for an existing delegation lie within what the giver holds today. Days that stay as they were are not
/// given anew.
///
/// # Errors
/// As [`give`], days aside that cannot be: [`Delegation::modify`] looks at those.
pub fn modify(granted: &Granted<Give>, old: &Delegation, terms: &Terms, today: Date) -> Result<(), Denied> {
    let firm = old.above.as_ref().map(|firm| &firm.id);
    let mut denied = Denied::Role;
    for own in
        granted.through().iter().filter(|own| changes(own.role, terms.role) && (own.role.is_administrator() || firm == Some(&own.id)))
    {
        match within(own, terms, Some(old), today) {
            Ok(()) => return Ok(()),
            Err(reason) => denied = reason,
        }
    }
    Err(denied)
}

fn source(own: &Delegation) -> Source {
    if own.role.is_firm() { Source::Firm(own.id.clone()) } else { Source::Company }
}

/// Which role gives which: administrators make users, administrators and firms; a firm makes its collaborators; nobody else
/// gives, and an Administrateur Entreprise comes by the fund's letters only.
const fn gives(from: Role, to: Role) -> bool {
    match (from, to) {
        (Role::AdministrateurEntreprise | Role::Administrateur, Role::Administrateur | Role::Utilisateur | Role::Cabinet)
        | (Role::Cabinet, Role::Collaborateur) => true,
        (Role::AdministrateurEntreprise | Role::Administrateur, Role::AdministrateurEntreprise | Role::Collaborateur)
        | (Role::Cabinet, Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur | Role::Cabinet)
        | (
            Role::Utilisateur | Role::Collaborateur,
            Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur | Role::Cabinet | Role::Collaborateur,
        ) => false,
    }
}

/// Which role changes which: as giving, and administrators the days of an Administrateur Entreprise.
const fn changes(from: Role, to: Role) -> bool {
    gives(from, to) || (from.is_administrator() && matches!(to, Role::AdministrateurEntreprise))
}

/// Nobody gives more than they hold today (T51, S142, S148).
fn within(own: &Delegation, terms: &Terms, old: Option<&Delegation>, today: Date) -> Result<(), Denied> {
    let (held, given) = (own.effective(today).unwrap_or(Rights::NONE), terms.held());
    if given.colleges.is_empty() {
        return Err(Denied::NoCollege);
    }
    if given.is_nothing() {
        return Err(Denied::NoRight);
    }
    if !held.colleges.covers(given.colleges) {
        return Err(Denied::Colleges);
    }
    if let Some(function) = Function::ALL.into_iter().find(|function| given.mode(*function) > held.mode(*function)) {
        return Err(Denied::Function(function));
    }
    if terms.starts < own.starts && old.is_none_or(|old| old.starts != terms.starts) {
        return Err(Denied::Starts);
    }
    if own.ends.is_some_and(|last| terms.ends.is_none_or(|end| last < end)) && old.is_none_or(|old| old.ends != terms.ends) {
        return Err(Denied::Ends);
    }
    Ok(())
}

/// A person as far as giving is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Party<'a> {
    /// Their account, once there is one.
    pub account: Option<&'a AccountId>,
    /// Their address.
    pub email: &'a Email,
}

impl Party<'_> {
    /// Whether two are the same person, as far as can be told: one account, or one mailbox.
    #[must_use]
    pub fn is(&self, other: &Party<'_>) -> bool {
        (self.account.is_some() && self.account == other.account) || self.email.mailbox() == other.email.mailbox()
    }
}

/// Whether somebody may receive at all: not oneself, not whom one has it from, nobody twice on one site. `givers` are those
/// who gave the delegations that are given from; `lines` all that the person has on the site, whoever gave it.
///
/// # Errors
/// `Oneself`, `Giver` (T52), `AlreadyAdministrator` (A35), `AlreadyBeneficiary` (A34).
pub fn receive(to: &Party<'_>, giver: &Party<'_>, givers: &[Party<'_>], lines: &[(Role, Status)]) -> Result<(), Denied> {
    let open = || lines.iter().filter(|(_, status)| status.is_open());
    if to.is(giver) {
        Err(Denied::Oneself)
    } else if givers.iter().any(|above| to.is(above)) {
        Err(Denied::Giver)
    } else if open().any(|(role, _)| role.is_administrator()) {
        Err(Denied::AlreadyAdministrator)
    } else if open().next().is_some() {
        Err(Denied::AlreadyBeneficiary)
    } else {
        Ok(())
    }
}
