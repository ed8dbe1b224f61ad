//! One right of one person on one site: what it gives on a day, and how it changes.

use super::giving::Terms;
use super::{Denied, Rights, Role, Status};
use crate::id::{DelegationId, SiteId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a delegation stands, whatever its dates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Given, not accepted yet: gives nothing.
    Invited,
    /// In force within its dates.
    Open,
    /// Ended by somebody.
    Closed,
    /// Taken back before it was accepted.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Open, Self::Closed, Self::Withdrawn];

    /// Its name in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What it becomes when the delegation is ended; none when it is over already.
    const fn ended(self) -> Option<Self> {
        match self {
            Self::Invited => Some(Self::Withdrawn),
            Self::Open => Some(Self::Closed),
            Self::Closed | Self::Withdrawn => None,
        }
    }
}

impl std::str::FromStr for State {
    type Err = super::UnknownCode;
    fn from_str(code: &str) -> Result<Self, super::UnknownCode> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(super::UnknownCode)
    }
}

/// What a delegation hangs on.
enum Chain<'a> {
    /// The company: the chain ends here.
    Company,
    /// A firm's own delegation on the same site, which hangs on nothing itself (A42).
    Firm(&'a Delegation),
    /// What cannot be: gives nothing.
    Broken,
}

/// One right of one person on one site, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// The site it opens.
    pub site: SiteId,
    /// What the person is there.
    pub role: Role,
    /// Where it stands.
    pub state: State,
    /// First day, Europe/Paris.
    pub starts: Date,
    /// Last day, included (A37); none means without end.
    pub ends: Option<Date>,
    /// What was given. Administrators hold everything, whatever stands here.
    pub rights: Rights,
    /// A collaborator's only: the firm's own delegation on the same site that this one came from, as it stands now.
    /// Administrators give in the company's name, so for everybody else the chain ends here.
    pub above: Option<Box<Self>>,
}

impl Delegation {
    /// Whether it is in force on a day (Europe/Paris): for a collaborator, the firm's too.
    #[must_use]
    pub fn is_live(&self, today: Date) -> bool {
        self.is_within(today)
            && match self.chain() {
                Chain::Company => true,
                Chain::Firm(firm) => firm.is_within(today),
                Chain::Broken => false,
            }
    }

    /// What it gives on a day; none when it is not in force or nothing is left of it. A collaborator has what both the own
    /// delegation and the firm's give that day.
    #[must_use]
    pub fn effective(&self, today: Date) -> Option<Rights> {
        if !self.is_live(today) {
            return None;
        }
        let held = match &self.above {
            Some(firm) => self.recorded().intersect(&firm.recorded()),
            None => self.recorded(),
        };
        (!held.is_nothing()).then_some(held)
    }

    /// What it says, its dates and its firm aside: everything for administrators.
    #[must_use]
    pub const fn recorded(&self) -> Rights {
        if self.role.is_administrator() { Rights::FULL } else { self.rights }
    }

    /// Where it stands on a day. `has_activated`: whether its person has an activated account. What a collaborator has is
    /// over when the firm's is, and waits when the firm's waits.
    #[must_use]
    pub fn status(&self, has_activated: bool, today: Date) -> Status {
        let own = Status::of(self.state, has_activated, self.starts, self.ends, today);
        match self.chain() {
            Chain::Firm(firm) if own.is_open() => match Status::of(firm.state, true, firm.starts, firm.ends, today) {
                Status::Actif => own,
                of_firm @ (Status::EnAttente | Status::AVenir | Status::Expire | Status::Ferme) => of_firm,
            },
            Chain::Broken => Status::Ferme,
            Chain::Company | Chain::Firm(_) => own,
        }
    }

    fn chain(&self) -> Chain<'_> {
        match (self.role, &self.above) {
            (Role::Collaborateur, Some(firm)) if firm.role.is_firm() && firm.site == self.site && firm.above.is_none() => Chain::Firm(firm),
            (Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur | Role::Cabinet, None) => Chain::Company,
            (
                Role::Collaborateur | Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur | Role::Cabinet,
                None | Some(_),
            ) => Chain::Broken,
        }
    }

    fn is_within(&self, today: Date) -> bool {
        self.state == State::Open && self.starts <= today && self.ends.is_none_or(|end| today <= end)
    }

    /// The invited person accepts. Whether an invitation whose last day is over may still be accepted is of no consequence:
    /// it gives nothing.
    ///
    /// # Errors
    /// `State` when it is not an invitation any more.
    pub const fn accept(&mut self) -> Result<(), Denied> {
        match self.state {
            State::Invited => {
                self.state = State::Open;
                Ok(())
            }
            State::Open | State::Closed | State::Withdrawn => Err(Denied::State),
        }
    }

    /// Fermeture: anybody's but a firm's ends now (A31). An invitation is withdrawn.
    ///
    /// # Errors
    /// `Act` for a firm's, which is deleted; `State` when it was ended before.
    pub fn close(&mut self) -> Result<(), Denied> {
        if self.role.is_firm() { Err(Denied::Act) } else { self.end() }
    }

    /// Suppression: a firm's ends now, and with it all that hangs on it (A31). An invitation is withdrawn.
    ///
    /// # Errors
    /// `Act` when it is no firm's; `State` when it was ended before.
    pub fn delete(&mut self) -> Result<(), Denied> {
        if self.role.is_firm() { self.end() } else { Err(Denied::Act) }
    }

    fn end(&mut self) -> Result<(), Denied> {
        self.state = self.state.ended().ok_or(Denied::State)?;
        Ok(())
    }

    /// New terms (S113), whose reach [`super::giving::modify`] has looked at.
    ///
    /// # Errors
    /// `Act` for a firm's (S114) and for another kind of role; `State` when it is over; `Past` for a first day that is
    /// changed after it came, or to a day before today; `Order` for a last day before the first or before today.
    pub fn modify(&mut self, terms: &Terms, today: Date) -> Result<(), Denied> {
        if !self.may_become(terms.role) {
            return Err(Denied::Act);
        }
        if self.state.ended().is_none() || self.ends.is_some_and(|end| end < today) {
            return Err(Denied::State);
        }
        if terms.starts != self.starts && (terms.starts < today || self.starts <= today) {
            return Err(Denied::Past);
        }
        if terms.ends.is_some_and(|end| end < terms.starts || end < today) {
            return Err(Denied::Order);
        }
        (self.role, self.rights, self.starts, self.ends) = (terms.role, terms.rights, terms.starts, terms.ends);
        Ok(())
    }

    /// The box « Administrateur » is all that changes a role.
    const fn may_become(&self, role: Role) -> bool {
        match (self.role, role) {
            (Role::AdministrateurEntreprise, Role::AdministrateurEntreprise)
            | (Role::Administrateur | Role::Utilisateur, Role::Administrateur | Role::Utilisateur)
            | (Role::Collaborateur, Role::Collaborateur) => true,
            (Role::AdministrateurEntreprise | Role::Administrateur | Role::Utilisateur | Role::Cabinet | Role::Collaborateur, _) => false,
        }
    }
}
