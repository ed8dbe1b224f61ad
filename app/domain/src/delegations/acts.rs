//! Who may do what with whose rights: the actions of a line of the list (S113, S114), and ending and changing them.
#![deny(clippy::wildcard_enum_match_arm)]

use super::giving::{self, Terms};
use super::policy::{Give, Granted};
use super::{Delegation, Denied, Role};
use jiff::civil::Date;

/// What a line of the list offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Visualisation.
    View,
    /// Modification.
    Modify,
    /// Fermeture: the rights end now, the line stays (A31).
    Close,
    /// Suppression of a firm: its rights end now, and all that hangs on them (A31).
    Delete,
}

/// A line of the list, as far as acting on it is concerned.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The delegation.
    pub delegation: &'a Delegation,
    /// Whether it is of the person who is asking.
    pub is_own: bool,
    /// Every Administrateur Entreprise of the site, this one among them or not: those whose account is activated.
    pub administrators: &'a [Delegation],
}

/// What this person may do with a line today; nothing means that the line does not exist for them. Users: view, modify, close;
/// firms: view and delete, never modify (S113, S114). The employer sees and ends a firm's collaborators too, and the firm
/// treats its own as the employer does users (A42). What is over, and what is one's own, is only looked at.
#[must_use]
pub fn acts(granted: &Granted<Give>, line: &Line<'_>, today: Date) -> &'static [Act] {
    let reach = reach(granted, line.delegation);
    match reach {
        [] => reach,
        // Whether its account is activated makes no difference between open and over.
        _ if line.is_own || !line.delegation.status(true, today).is_open() => &[Act::View],
        _ => reach,
    }
}

fn reach(granted: &Granted<Give>, line: &Delegation) -> &'static [Act] {
    let hangs_on = |own: &Delegation| own.role.is_firm() && line.above.as_ref().is_some_and(|firm| firm.id == own.id);
    if line.site != *granted.site() {
        return &[];
    }
    if granted.through().iter().any(hangs_on) {
        return &[Act::View, Act::Modify, Act::Close];
    }
    if !granted.through().iter().any(|own| own.role.is_administrator()) {
        return &[];
    }
    match line.role {
        Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur => &[Act::View, Act::Modify, Act::Close],
        Role::Cabinet => &[Act::View, Act::Delete],
        Role::Collaborateur => &[Act::View, Act::Close],
    }
}

/// The line after it was closed or deleted, whichever its role knows.
///
/// # Errors
/// `Act` when this person may not do that with it (T54); `Own` and `LastAdministrator` (A41); `State` when it is over.
pub fn end(granted: &Granted<Give>, line: &Line<'_>, act: Act, today: Date) -> Result<Delegation, Denied> {
    let mut ended = line.delegation.clone();
    permit(granted, line, act, today)?;
    if is_last(line.administrators, line.delegation, today) {
        return Err(Denied::LastAdministrator);
    }
    match act {
        Act::Close => ended.close()?,
        Act::Delete => ended.delete()?,
        Act::View | Act::Modify => return Err(Denied::Act),
    }
    Ok(ended)
}

/// The line after it was changed.
///
/// # Errors
/// `Act` when this person may not (S114, T54); `Own`; `LastAdministrator` when the last one would get an end, or an earlier one
/// (A41); what [`giving::modify`] and [`Delegation::modify`] deny.
pub fn modify(granted: &Granted<Give>, line: &Line<'_>, terms: &Terms, today: Date) -> Result<Delegation, Denied> {
    let mut changed = line.delegation.clone();
    permit(granted, line, Act::Modify, today)?;
    let ends_earlier = terms.ends.is_some_and(|end| changed.ends.is_none_or(|last| end < last));
    if ends_earlier && is_last(line.administrators, line.delegation, today) {
        return Err(Denied::LastAdministrator);
    }
    giving::modify(granted, &changed, terms, today)?;
    changed.modify(terms, today)?;
    Ok(changed)
}

fn permit(granted: &Granted<Give>, line: &Line<'_>, act: Act, today: Date) -> Result<(), Denied> {
    let reach = reach(granted, line.delegation);
    if !reach.contains(&act) {
        Err(Denied::Act)
    } else if line.is_own {
        Err(Denied::Own)
    } else if !acts(granted, line, today).contains(&act) {
        Err(Denied::State)
    } else {
        Ok(())
    }
}

/// Whether ending this one would leave the site without a lasting administrator (A41): it is an Administrateur Entreprise in
/// force, no other in force is without end, and it is itself, or there is no other.
#[must_use]
pub fn is_last(administrators: &[Delegation], one: &Delegation, today: Date) -> bool {
    let is_live = |delegation: &Delegation| match delegation.role {
        Role::AdministrateurEntreprise => delegation.is_live(today),
        Role::Administrateur | Role::Utilisateur | Role::Cabinet | Role::Collaborateur => false,
    };
    let others = || administrators.iter().filter(|other| other.id != one.id && other.site == one.site && is_live(other));
    is_live(one) && !others().any(|other| other.ends.is_none()) && (one.ends.is_none() || others().next().is_none())
}
