//! Who holds rights on a site: a line of theirs, and the page of one (S113, S114).

use crate::{Fault, Services, Visit};
use domain::delegations::acts::{Act, Line, acts};
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::delegations::policy::Give;
use domain::delegations::policy::Granted;
use domain::delegations::{Delegation, Rights, Role, Status};
use domain::id::{DelegationId, SiteId};
use jiff::civil::{Date, DateTime};
use store::{Beneficiary, Within};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeneficiaryLine {
    /// Its key, for addresses.
    pub key: DelegationId,
    /// Prénom.
    pub first: String,
    /// Nom.
    pub last: String,
    /// Address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Where it stands today.
    pub status: Status,
    /// First day.
    pub starts: Date,
    /// Last day.
    pub ends: Option<Date>,
    /// What may be done with it.
    pub acts: Vec<Act>,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Whether the link of a waiting invitation is over: it has to be sent again. Known on the page of one only.
    pub is_link_over: bool,
}

impl BeneficiaryLine {
    /// Nom et prénom, or the address of somebody who has no name yet (A30).
    #[must_use]
    pub fn title(&self) -> String {
        let name = format!("{} {}", self.last, self.first);
        if name.trim().is_empty() { self.email.clone() } else { name.trim().to_owned() }
    }
}

/// The page of one beneficiary.
#[derive(Debug, Clone)]
pub struct BeneficiaryPage {
    /// The line.
    pub line: BeneficiaryLine,
    /// What they hold as it was given.
    pub rights: Rights,
    /// SIRET of the firm.
    pub siret: Option<String>,
    /// Who gave it; empty for the fund's letters.
    pub by: String,
    /// When it was given.
    pub created: DateTime,
    /// When somebody ended it.
    pub ended: Option<DateTime>,
    /// Until when the link of a waiting invitation serves.
    pub link_until: Option<DateTime>,
    /// Its revision, for the form that changes it.
    pub rev: i64,
    /// What a firm has handed on, by name.
    pub collaborators: Vec<BeneficiaryLine>,
}

/// What somebody may give out of what they hold: the bounds of the form.
#[derive(Debug, Clone)]
pub struct Givable {
    /// What the giver is.
    pub role: Role,
    /// The most that may be given.
    pub rights: Rights,
    /// The latest last day; none for no bound.
    pub ends: Option<Date>,
    /// Today.
    pub today: Date,
}

impl Services {
    /// Everybody this person may see the rights of, on a site, in no order, read from the rights themselves: what the list has to agree
    /// with.
    ///
    /// # Errors
    /// `NotFound` for somebody who neither administers the site nor gives on it.
    #[cfg(any(test, feature = "testing"))]
    pub async fn beneficiaries(&self, visit: &Visit, site: &SiteId) -> Result<Vec<BeneficiaryLine>, Fault> {
        let ground = self.ground(visit, site).await?;
        let administrators = self.store.list_company_administrators(site).await?;
        let mut found = Vec::new();
        if ground.granted.role().is_administrator() {
            found = self.store.list_beneficiaries(&ground.granted, Within::Company).await?;
        } else {
            for own in ground.granted.through().iter().filter(|own| own.role.is_firm()) {
                found.extend(self.store.list_beneficiaries(&ground.granted, Within::Firm(&own.id)).await?);
            }
        }
        Ok(found.iter().map(|line| self.shown(visit, &ground.granted, line, &administrators)).collect())
    }

    /// The page of one (S113, S114).
    ///
    /// # Errors
    /// `NotFound` for a line this person may not see.
    pub async fn beneficiary(&self, visit: &Visit, site: &SiteId, key: &DelegationId) -> Result<BeneficiaryPage, Fault> {
        let ground = self.ground(visit, site).await?;
        let (found, administrators) = self.line(&ground, key).await?;
        let mut collaborators = Vec::new();
        if found.delegation.role.is_firm() {
            let hanging = self.store.list_beneficiaries(&ground.granted, Within::Firm(key)).await?;
            collaborators = hanging.iter().map(|line| self.shown(visit, &ground.granted, line, &administrators)).collect();
            collaborators.sort_by_key(|line| domain::text::fold(&line.title()));
        }
        Ok(BeneficiaryPage {
            line: self.shown(visit, &ground.granted, &found, &administrators),
            rights: found.delegation.recorded(),
            siret: found.siret,
            by: found.giver.map(|giver| giver.name.full()).unwrap_or_default(),
            created: self.clock.paris(found.created),
            ended: found.ended.map(|at| self.clock.paris(at)),
            link_until: found.link_until.map(|at| self.clock.paris(at)),
            rev: found.rev,
            collaborators,
        })
    }

    /// What this person may give on a site.
    ///
    /// # Errors
    /// `NotFound` for somebody who gives nothing there.
    pub async fn givable(&self, visit: &Visit, site: &SiteId) -> Result<Givable, Fault> {
        let ground = self.ground(visit, site).await?;
        let own: Option<&Delegation> = ground.granted.through().iter().find(|own| own.role == ground.granted.role());
        Ok(Givable {
            role: ground.granted.role(),
            rights: own.and_then(|own| own.effective(ground.today)).unwrap_or(Rights::NONE),
            ends: own.and_then(|own| own.ends),
            today: ground.today,
        })
    }

    pub(crate) fn shown(
        &self,
        visit: &Visit,
        granted: &Granted<Give>,
        found: &Beneficiary,
        administrators: &[Delegation],
    ) -> BeneficiaryLine {
        let today = self.clock.today();
        let is_own = found.account.as_ref() == Some(&visit.session.actor.account);
        let subject = Line { delegation: &found.delegation, is_own, administrators };
        BeneficiaryLine {
            key: found.delegation.id.clone(),
            first: found.name.first.clone(),
            last: found.name.last.clone(),
            email: found.email.clone(),
            role: found.delegation.role,
            status: found.delegation.status(found.has_activated, today),
            starts: found.delegation.starts,
            ends: found.delegation.ends,
            acts: acts(granted, &subject, today).to_vec(),
            is_own,
            is_link_over: found.link_until.is_some_and(|until| until <= self.clock.now()),
        }
    }
}

impl BeneficiaryPage {
    /// Step 1 filled in for the same person or firm, from today on: to give again what was ended.
    #[must_use]
    pub fn again(&self, today: Date) -> BeneficiaryDraft {
        BeneficiaryDraft {
            kind: if self.line.role.is_firm() { "firm" } else { "user" }.to_owned(),
            email: self.line.email.clone(),
            siret: self.siret.clone().unwrap_or_default(),
            starts: self.line.starts.max(today).to_string(),
            ends: self.line.ends.filter(|end| *end >= today).map(|end| end.to_string()).unwrap_or_default(),
        }
    }

    /// The grid as it stands, for the form that changes it or gives the same again (A33).
    #[must_use]
    pub fn draft(&self) -> RightsDraft {
        RightsDraft::of(&domain::delegations::beneficiary::Wanted { role: self.line.role, rights: self.rights })
    }
}
