//! A firm hands on to one collaborator on several clients at once, and ends them together (S112, A42): each site its own decision and its own
//! transaction, one mail for all, and a report of what was done where.

use crate::delegations::{INVITATION, ROUNDS, settled};
use crate::mails::MailContent;
use crate::secrets::fingerprint;
use crate::throttle::Counter;
use crate::{BeneficiaryLine, Fault, Givable, Origin, Services, SessionKey, Visit};
use domain::actor::Actor;
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::delegations::policy::{Give, Granted, may};
use domain::delegations::{Delegation, Rights, Role};
use domain::form::Reason;
use domain::id::{DelegationId, MessageId, SiteId};
use domain::identity::password::Password;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{InvitationLink, NewInvitation, Ruled, Ruling, Site};

/// Most clients of one form.
pub const MOST_CLIENTS: usize = 50;

/// What became of one client of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Done.
    Done,
    /// The person has rights there already, or an invitation that waits.
    Already,
    /// More than the firm holds there, or for longer.
    Beyond,
    /// The firm has no right there (any more), or the line is over.
    Gone,
    /// Somebody else changed it meanwhile.
    Changed,
    /// Too much happened at once: to be tried again.
    Busy,
}

/// What a form did on each client, in the order they were chosen.
pub type Report = Vec<(SiteId, Outcome)>;

/// Somebody the firm has handed rights on to.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Their address.
    pub email: String,
    /// Name, or the address of somebody who has none yet.
    pub title: String,
    /// What they hold, by client.
    pub lines: Vec<HandedLine>,
}

/// What a colleague holds on one client.
#[derive(Debug, Clone)]
pub struct HandedLine {
    /// The client.
    pub site: Site,
    /// The line, as its own page has it.
    pub line: BeneficiaryLine,
    /// What was handed on.
    pub rights: Rights,
}

impl Services {
    /// Who was given what on which client, by name; what is over is left out.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn colleagues(&self, visit: &Visit) -> Result<Vec<Colleague>, Fault> {
        let granted: BTreeMap<SiteId, Granted<Give>> =
            self.giving(&visit.session.actor).into_iter().map(|granted| (granted.site().clone(), granted)).collect();
        let all: Vec<Granted<Give>> = granted.values().cloned().collect();
        let mut by_email: BTreeMap<String, Colleague> = BTreeMap::new();
        for found in self.store.list_handed_on(&visit.session.actor.account, &all).await? {
            let Some(granted) = granted.get(&found.site.id) else { continue };
            let line = self.shown(visit, granted, &found.line, &[]);
            if !line.status.is_open() {
                continue;
            }
            let (email, title) = (line.email.clone(), line.title());
            let colleague = by_email.entry(email.clone()).or_insert_with(|| Colleague { email, title: title.clone(), lines: Vec::new() });
            if !line.last.is_empty() {
                colleague.title = title;
            }
            colleague.lines.push(HandedLine { site: found.site, rights: found.line.delegation.recorded(), line });
        }
        let mut colleagues: Vec<Colleague> = by_email.into_values().collect();
        for colleague in &mut colleagues {
            colleague.lines.sort_by_key(|held| domain::text::fold(&held.site.name));
        }
        colleagues.sort_by_key(|colleague| domain::text::fold(&colleague.title));
        Ok(colleagues)
    }

    /// The most that may be handed on over these clients together: what the firm holds on every one of them, until the earliest end.
    ///
    /// # Errors
    /// `NotFound` when one of them is no client the firm gives on, or there is none.
    pub fn givable_on_all(&self, visit: &Visit, sites: &[SiteId]) -> Result<Givable, Fault> {
        let today = self.clock.today();
        let all = self.giving(&visit.session.actor);
        let mut common: Option<(Rights, Option<jiff::civil::Date>)> = None;
        for site in sites {
            let granted = all.iter().find(|granted| granted.site() == site).ok_or(Refusal::NotFound)?;
            let own = granted.through().iter().find(|own| own.role.is_firm()).ok_or(Refusal::NotFound)?;
            let held = own.effective(today).unwrap_or(Rights::NONE);
            common = Some(match common {
                None => (held, own.ends),
                Some((rights, ends)) => (rights.intersect(&held), [ends, own.ends].into_iter().flatten().min()),
            });
        }
        let (rights, ends) = common.ok_or(Refusal::NotFound)?;
        Ok(Givable { role: Role::Cabinet, rights, ends, today })
    }

    /// Hands the same rights on to one collaborator on several clients. One invitation mail for all of them; nobody has anything before it
    /// is accepted.
    ///
    /// # Errors
    /// `Invalid` by field of either step, `StepUp`, `TooMany`, `NotFound` without any client, `SignedOut`. What fails on one client alone is
    /// in the report.
    pub async fn hand_on(
        &self,
        visit: &Visit,
        sites: &[SiteId],
        who: &BeneficiaryDraft,
        what: &RightsDraft,
        current: Option<&Password>,
        origin: &Origin,
    ) -> Result<(Report, Option<SessionKey>), Fault> {
        let new = who.parse(self.clock.today())?;
        what.parse(new.role(Role::Cabinet))?;
        if sites.is_empty() || sites.len() > MOST_CLIENTS {
            return Err(Refusal::NotFound.into());
        }
        let (account, renewed) = self.confirm(visit, current, origin).await?;
        self.reserve(Counter::Invitations, account.id.as_str()).await?;
        let visit = renewed_visit(visit, renewed.as_ref(), self.clock.now());
        let (batch, mut report, mut given) = (self.ulid(), Report::new(), Vec::new());
        for site in sites {
            match self.offer(&visit, site, who, what, &batch, origin).await {
                Ok((delegation, name)) => {
                    report.push((site.clone(), Outcome::Done));
                    given.push((delegation, name));
                }
                Err(fault) => report.push((site.clone(), outcome(fault)?)),
            }
        }
        if let Some((first, _)) = given.first() {
            let names: Vec<String> = given.iter().map(|(_, name)| name.clone()).collect();
            self.tell(&visit, first, new.email.as_str(), names, &account.name().full(), origin).await?;
        }
        Ok((report, renewed))
    }

    /// One client: decided and written as any delegation, without a mail of its own.
    async fn offer(
        &self,
        visit: &Visit,
        site: &SiteId,
        who: &BeneficiaryDraft,
        what: &RightsDraft,
        batch: &str,
        origin: &Origin,
    ) -> Result<(Delegation, String), Fault> {
        let session = fingerprint(&visit.key.0);
        for _ in 0..ROUNDS {
            let ground = self.ground(visit, site).await?;
            if !ground.granted.role().is_firm() {
                return Err(Refusal::NotFound.into());
            }
            let (delegation, email, siret) = self.decide(visit, &ground, who, what).await?;
            let new = NewInvitation {
                delegation: &delegation,
                email: email.as_str(),
                email_key: &self.key.email_key(email.as_str()),
                siret: siret.as_deref(),
                link: None,
                batch: Some(batch),
                expires: self.clock.now() + INVITATION,
            };
            let (audit, behalf) = (self.ulid(), self.behalf(&ground).await?);
            let acting = self.acting(visit, &session, &audit, origin);
            let ruling = Ruling { acting, site, rev: ground.rev, behalf: behalf.as_deref(), notices: Vec::new() };
            match self.store.invite(ruling, new).await? {
                Ruled::Moved => {}
                other => return settled(other).map(|()| (delegation, ground.site_name)),
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// The one mail, whose link is that of the first invitation and accepts all.
    async fn tell(
        &self,
        visit: &Visit,
        first: &Delegation,
        email: &str,
        sites: Vec<String>,
        by: &str,
        origin: &Origin,
    ) -> Result<(), Fault> {
        let (session, email_key) = (fingerprint(&visit.key.0), self.key.email_key(email));
        let expires = self.clock.now() + INVITATION;
        let content = MailContent::InvitationSeveral {
            by: by.to_owned(),
            role: first.role,
            sites,
            starts: (first.starts > self.clock.today()).then(|| first.starts.to_string()),
            until: expires.as_second(),
        };
        for _ in 0..ROUNDS {
            let ground = self.ground(visit, &first.site).await?;
            let (id, audit): (MessageId, _) = (self.fresh()?, self.ulid());
            let token = fingerprint(&self.key.link_secret(id.as_str()));
            let link = InvitationLink { token: &token, expires, mail: content.message(&id)? };
            let behalf = self.behalf(&ground).await?;
            let acting = self.acting(visit, &session, &audit, origin);
            let ruling = Ruling { acting, site: &first.site, rev: ground.rev, behalf: behalf.as_deref(), notices: Vec::new() };
            match self.store.resend_invitation(ruling, &first.id, email, &email_key, link).await? {
                Ruled::Moved => {}
                other => return settled(other),
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// Ends what a collaborator holds on several clients. The password is asked for once.
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `NotFound` without any line, `SignedOut`. What fails on one client alone is in the report.
    pub async fn end_several(
        &self,
        visit: &Visit,
        lines: &[(SiteId, DelegationId)],
        current: Option<&Password>,
        origin: &Origin,
    ) -> Result<(Report, Option<SessionKey>), Fault> {
        if lines.is_empty() || lines.len() > MOST_CLIENTS {
            return Err(Refusal::NotFound.into());
        }
        let (_, renewed) = self.confirm(visit, current, origin).await?;
        let visit = renewed_visit(visit, renewed.as_ref(), self.clock.now());
        let mut report = Report::new();
        for (site, key) in lines {
            let done = match self.end_rights(&visit, site, key, Act::Close, None, origin).await {
                Ok(_) => Outcome::Done,
                Err(fault) => outcome(fault)?,
            };
            report.push((site.clone(), done));
        }
        Ok((report, renewed))
    }

    /// The sites where this person gives for a firm, each asked about with its own delegations.
    fn giving(&self, actor: &Actor) -> Vec<Granted<Give>> {
        let mut by_site: BTreeMap<&SiteId, Vec<Delegation>> = BTreeMap::new();
        for delegation in &actor.delegations {
            by_site.entry(&delegation.site).or_default().push(delegation.clone());
        }
        by_site
            .into_iter()
            .filter_map(|(site, delegations)| {
                let there = Actor { account: actor.account.clone(), name: actor.name.clone(), delegations };
                may(&there, Give, site, self.clock.today()).ok()
            })
            .filter(|granted| granted.role().is_firm())
            .collect()
    }
}

/// The visit as it goes on after its password was given: under its new secret.
fn renewed_visit(visit: &Visit, renewed: Option<&SessionKey>, now: jiff::Timestamp) -> Visit {
    let mut visit = visit.clone();
    if let Some(key) = renewed {
        visit.key = key.clone();
        visit.session.authenticated = now;
    }
    visit
}

/// What a fault of one client is in the report.
///
/// # Errors
/// What concerns them all: a session that ended, a failure of ours.
fn outcome(fault: Fault) -> Result<Outcome, Fault> {
    match fault {
        Fault::Refused(Refusal::Invalid(fields)) => Ok(match fields.reason("email") {
            Some(Reason::AlreadyBeneficiary | Reason::AlreadyAdministrator | Reason::Giver | Reason::Oneself) => Outcome::Already,
            _ => Outcome::Beyond,
        }),
        Fault::Refused(Refusal::NotFound | Refusal::OwnRights | Refusal::LastAdministrator) => Ok(Outcome::Gone),
        Fault::Refused(Refusal::Conflict) => Ok(Outcome::Changed),
        Fault::Refused(Refusal::Busy { .. }) => Ok(Outcome::Busy),
        other => Err(other),
    }
}
