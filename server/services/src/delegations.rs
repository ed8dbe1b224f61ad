//! Giving rights, changing them, ending them (S110–S148). Everything is decided on what is held at one moment; the transaction fails as
//! moved when somebody changed rights on the site since, and it is decided again.

use crate::links::Notices;
use crate::mails::MailContent;
use crate::secrets::fingerprint;
use crate::throttle::Counter;
use crate::{Fault, Origin, Services, SessionKey, Visit};
use domain::actor::Actor;
use domain::delegations::acts::{self, Act, Line};
use domain::delegations::beneficiary::{BeneficiaryDraft, Kind, RightsDraft};
use domain::delegations::giving::{self, Party, Source, Terms};
use domain::delegations::policy::{Enter, Give, Granted, may};
use domain::delegations::{Delegation, Role, State};
use domain::id::{DelegationId, SiteId};
use domain::identity::email::Email;
use domain::identity::password::Password;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::Date;
use store::{Beneficiary, InvitationLink, NewInvitation, Ruled, Ruling};

/// Life of an invitation's link (A9).
pub(crate) const INVITATION: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Most times a change is decided again because rights of the site moved meanwhile.
pub(crate) const ROUNDS: usize = 8;

/// What a change of rights is decided on.
pub(crate) struct Ground {
    pub(crate) granted: Granted<Give>,
    pub(crate) rev: i64,
    pub(crate) today: Date,
    pub(crate) site_name: String,
}

/// What a person gives again or changes, as the form wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// The line.
    pub key: &'a DelegationId,
    /// Its revision when the page was drawn (T45).
    pub rev: i64,
    /// First day, as typed.
    pub starts: &'a str,
    /// Last day, as typed.
    pub ends: &'a str,
    /// The grid.
    pub rights: &'a RightsDraft,
}

impl Services {
    /// What somebody may give on a site, and the state of its rights.
    pub(crate) async fn ground(&self, visit: &Visit, site: &SiteId) -> Result<Ground, Fault> {
        let today = self.clock.today();
        let holdings = self.store.find_holdings(&visit.session.actor.account, site).await?;
        let actor = Actor { delegations: holdings.delegations, ..visit.session.actor.clone() };
        let granted = may(&actor, Give, site, today)?;
        let site_name = self.store.find_site_name(&may(&actor, Enter, site, today)?).await?.ok_or(Refusal::NotFound)?;
        Ok(Ground { granted, rev: holdings.rev, today, site_name })
    }

    /// Step 1 (S126–S130, A32, A34–A37): whom, from when, until when. Looks at everything that can be said before the rights are chosen.
    ///
    /// # Errors
    /// `Invalid` by field, `NotFound` for somebody who gives nothing here.
    pub async fn check_beneficiary(&self, visit: &Visit, site: &SiteId, draft: &BeneficiaryDraft) -> Result<(), Fault> {
        let ground = self.ground(visit, site).await?;
        let new = draft.parse(ground.today)?;
        self.may_receive(visit, &ground, &new.email).await.map_err(|fault| kept(fault, draft))?;
        let role = new.role(ground.granted.role());
        // The dates alone, with the least there is to give out of what is held.
        let rights =
            ground.granted.through().iter().find_map(|own| own.effective(ground.today)).unwrap_or(domain::delegations::Rights::NONE);
        let terms = Terms { role, rights, starts: new.starts, ends: new.ends };
        match giving::give(&ground.granted, &terms, ground.today) {
            Ok(_) => Ok(()),
            Err(denied) => Err(kept(Refusal::from(denied).into(), draft)),
        }
    }

    /// Step 2 (S131–S148): gives. The invitation leaves by mail; nobody has anything before it is accepted.
    ///
    /// # Errors
    /// `Invalid` by field of either step, `StepUp`, `TooMany`, `NotFound`, `SignedOut`.
    pub async fn delegate(
        &self,
        visit: &Visit,
        site: &SiteId,
        who: &BeneficiaryDraft,
        what: &RightsDraft,
        current: Option<&Password>,
        origin: &Origin,
    ) -> Result<Option<SessionKey>, Fault> {
        // What can be said without the password is said first: nobody types it twice for a box forgotten.
        let ground = self.ground(visit, site).await?;
        self.decide(visit, &ground, who, what).await?;
        let (account, renewed) = self.confirm(visit, current, origin).await?;
        self.reserve(Counter::Invitations, account.id.as_str()).await?;
        let key = fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0);
        for _ in 0..ROUNDS {
            let ground = self.ground(visit, site).await?;
            let (delegation, email, siret) = self.decide(visit, &ground, who, what).await?;
            let content = self.invitation_mail(&ground, &account.name().full(), &delegation);
            let (id, audit) = (self.fresh()?, self.ulid());
            let token = fingerprint(&self.key.link_secret(domain::id::MessageId::as_str(&id)));
            let new = NewInvitation {
                delegation: &delegation,
                email: email.as_str(),
                email_key: &self.key.email_key(email.as_str()),
                siret: siret.as_deref(),
                link: Some(InvitationLink { token: &token, expires: self.clock.now() + INVITATION, mail: content.message(&id)? }),
                batch: None,
                expires: self.clock.now() + INVITATION,
            };
            let behalf = self.behalf(&ground).await?;
            let acting = self.acting(visit, &key, &audit, origin);
            let ruling = Ruling { acting, site, rev: ground.rev, behalf: behalf.as_deref(), notices: Vec::new() };
            match self.store.invite(ruling, new).await? {
                Ruled::Moved => {}
                other => return settled(other).map(|()| renewed),
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// What both steps make together, looked at as the policy wants it.
    pub(crate) async fn decide(
        &self,
        visit: &Visit,
        ground: &Ground,
        who: &BeneficiaryDraft,
        what: &RightsDraft,
    ) -> Result<(Delegation, Email, Option<String>), Fault> {
        let new = who.parse(ground.today)?;
        let wanted = what.parse(new.role(ground.granted.role()))?;
        let terms = Terms { role: wanted.role, rights: wanted.rights, starts: new.starts, ends: new.ends };
        let source = giving::give(&ground.granted, &terms, ground.today).map_err(|denied| Fault::from(Refusal::from(denied)))?;
        self.may_receive(visit, ground, &new.email).await?;
        let above = match source {
            Source::Company => None,
            Source::Firm(id) => ground.granted.through().iter().find(|own| own.id == id).cloned().map(Box::new),
        };
        let siret = match new.kind {
            Kind::Firm(siret) => Some(siret.to_string()),
            Kind::User => None,
        };
        let delegation = Delegation {
            id: self.fresh()?,
            site: ground.granted.site().clone(),
            role: terms.role,
            state: State::Invited,
            starts: terms.starts,
            ends: terms.ends,
            rights: terms.rights,
            above,
        };
        Ok((delegation, new.email, siret))
    }

    /// Whether this address may receive anything here (A34, A35, T52).
    async fn may_receive(&self, visit: &Visit, ground: &Ground, email: &Email) -> Result<(), Fault> {
        let held = self.store.list_held(ground.granted.site(), &self.key.email_key(email.as_str())).await?;
        let own = Email::parse(&visit.session.email).map_err(|_| Fault::Broken("a login that is no address".into()))?;
        let mut givers = Vec::new();
        for through in ground.granted.through().iter().filter(|own| own.role.is_firm()) {
            let line = self.store.find_beneficiary(&ground.granted, &through.id).await?;
            givers.extend(line.and_then(|line| line.giver).and_then(|giver| Some((giver.account, Email::parse(&giver.email).ok()?))));
        }
        let givers: Vec<Party<'_>> = givers.iter().map(|(account, email)| Party { account: Some(account), email }).collect();
        let to = Party { account: held.account.as_ref(), email };
        let me = Party { account: Some(&visit.session.actor.account), email: &own };
        let lines: Vec<_> =
            held.lines.iter().map(|line| (line.delegation.role, line.delegation.status(line.has_activated, ground.today))).collect();
        giving::receive(&to, &me, &givers, &lines).map_err(|denied| Refusal::from(denied).into())
    }

    /// Gives a user or a collaborator other rights or days (S113).
    ///
    /// # Errors
    /// `Invalid` by field, `StepUp`, `NotFound` for a line this person may not change (T54), `OwnRights`, `LastAdministrator`,
    /// `Conflict` when somebody else changed it since the page was drawn (T45).
    pub async fn modify_rights(
        &self,
        visit: &Visit,
        site: &SiteId,
        change: &Change<'_>,
        current: Option<&Password>,
        origin: &Origin,
    ) -> Result<Option<SessionKey>, Fault> {
        // What can be said without the password is said first: nobody types it for nothing.
        let ground = self.ground(visit, site).await?;
        let (line, administrators) = self.line(&ground, change.key).await?;
        decide_change(visit, &ground, &line, &administrators, change)?;
        let (account, renewed) = self.confirm(visit, current, origin).await?;
        let key = fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0);
        for _ in 0..ROUNDS {
            let ground = self.ground(visit, site).await?;
            let (line, administrators) = self.line(&ground, change.key).await?;
            let changed = decide_change(visit, &ground, &line, &administrators, change)?;
            let notices = self.modified_notices(&ground, &line, &changed, &account.name().full()).await?;
            let (audit, behalf) = (self.ulid(), self.behalf(&ground).await?);
            let acting = self.acting(visit, &key, &audit, origin);
            let ruling = Ruling { acting, site, rev: ground.rev, behalf: behalf.as_deref(), notices: notices.messages()? };
            match self.store.modify_delegation(ruling, &changed, change.rev, ground.today).await? {
                Ruled::Moved => {}
                other => return settled(other).map(|()| renewed),
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// Fermeture of a user, Suppression of a firm with all that hangs on it (A31); an invitation is taken back.
    ///
    /// # Errors
    /// `StepUp`, `NotFound` for a line this person may not end, `OwnRights`, `LastAdministrator` (A41), `Conflict`.
    pub async fn end_rights(
        &self,
        visit: &Visit,
        site: &SiteId,
        key: &DelegationId,
        act: Act,
        current: Option<&Password>,
        origin: &Origin,
    ) -> Result<Option<SessionKey>, Fault> {
        let ground = self.ground(visit, site).await?;
        let (line, administrators) = self.line(&ground, key).await?;
        may_end(visit, &ground, &line, &administrators, act)?;
        let (account, renewed) = self.confirm(visit, current, origin).await?;
        let session = fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0);
        for _ in 0..ROUNDS {
            let ground = self.ground(visit, site).await?;
            let (line, administrators) = self.line(&ground, key).await?;
            may_end(visit, &ground, &line, &administrators, act)?;
            let notices = self.end_notices(&ground, &line, &account.name().full()).await?;
            let (audit, behalf) = (self.ulid(), self.behalf(&ground).await?);
            let acting = self.acting(visit, &session, &audit, origin);
            let ruling = Ruling { acting, site, rev: ground.rev, behalf: behalf.as_deref(), notices: notices.messages()? };
            let what = match (line.delegation.state, act) {
                (State::Invited, _) => "delegation.withdrawn",
                (_, Act::Delete) => "delegation.deleted",
                _ => "delegation.closed",
            };
            match self.store.end_delegation(ruling, &line.delegation, what).await? {
                Ruled::Moved => {}
                other => return settled(other).map(|()| renewed),
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// Who hears that rights have ended: the person; for a firm's, its collaborators; for a collaborator whom the employer ends, the firm.
    async fn end_notices(&self, ground: &Ground, line: &Beneficiary, by: &str) -> Result<Notices, Fault> {
        let mut notices = Notices::default();
        if line.delegation.state != State::Open {
            return Ok(notices);
        }
        let (site, by) = (ground.site_name.clone(), by.to_owned());
        let closed =
            |person: &Beneficiary| MailContent::RightsClosed { first: person.name.first.clone(), site: site.clone(), by: by.clone() };
        if line.delegation.role.is_firm() {
            let content = MailContent::FirmRemoved { first: line.name.first.clone(), site: site.clone(), by: by.clone() };
            notices.add(&line.email, self.fresh()?, content);
            let hanging = self.store.list_beneficiaries(&ground.granted, store::Within::Firm(&line.delegation.id)).await?;
            for person in hanging.iter().filter(|person| person.delegation.state == State::Open) {
                notices.add(&person.email, self.fresh()?, closed(person));
            }
        } else {
            notices.add(&line.email, self.fresh()?, closed(line));
            let of_firm = line.delegation.above.as_ref().filter(|_| ground.granted.role().is_administrator());
            if let Some(firm) = of_firm
                && let Some(firm) = self.store.find_beneficiary(&ground.granted, &firm.id).await?
            {
                let content = MailContent::CollaboratorClosed {
                    first: firm.name.first.clone(),
                    who: line.name.full(),
                    site: site.clone(),
                    by: by.clone(),
                };
                notices.add(&firm.email, self.fresh()?, content);
            }
        }
        Ok(notices)
    }

    /// Sends the invitation of a line again; older links are void.
    ///
    /// # Errors
    /// `NotFound`, `TooMany`, `Conflict` when it was accepted or taken back meanwhile.
    pub async fn resend_invitation(&self, visit: &Visit, site: &SiteId, key: &DelegationId, origin: &Origin) -> Result<(), Fault> {
        let account = self.own_account(visit).await?;
        let ground = self.ground(visit, site).await?;
        let (line, _) = self.line(&ground, key).await?;
        if line.delegation.state != State::Invited {
            return Err(Refusal::Conflict.into());
        }
        let email_key = self.key.email_key(&line.email);
        self.reserve(Counter::Mail, &email_key).await?;
        let session = fingerprint(&visit.key.0);
        for _ in 0..ROUNDS {
            let ground = self.ground(visit, site).await?;
            let (line, _) = self.line(&ground, key).await?;
            if line.delegation.state != State::Invited {
                return Err(Refusal::Conflict.into());
            }
            let content = self.invitation_mail(&ground, &account.name().full(), &line.delegation);
            let (id, audit) = (self.fresh()?, self.ulid());
            let token = fingerprint(&self.key.link_secret(domain::id::MessageId::as_str(&id)));
            let newest = InvitationLink { token: &token, expires: self.clock.now() + INVITATION, mail: content.message(&id)? };
            let behalf = self.behalf(&ground).await?;
            let acting = self.acting(visit, &session, &audit, origin);
            let ruling = Ruling { acting, site, rev: ground.rev, behalf: behalf.as_deref(), notices: Vec::new() };
            match self.store.resend_invitation(ruling, key, &line.email, &email_key, newest).await? {
                Ruled::Moved => {}
                other => return settled(other),
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// A line this person may see, with the site's Administrateurs Entreprise.
    pub(crate) async fn line(&self, ground: &Ground, key: &DelegationId) -> Result<(Beneficiary, Vec<Delegation>), Fault> {
        let line = self.store.find_beneficiary(&ground.granted, key).await?.ok_or(Refusal::NotFound)?;
        let administrators = self.store.list_company_administrators(ground.granted.site()).await?;
        let subject = Line { delegation: &line.delegation, is_own: false, administrators: &administrators };
        if acts::acts(&ground.granted, &subject, ground.today).is_empty() {
            return Err(Refusal::NotFound.into());
        }
        Ok((line, administrators))
    }

    /// On whose behalf somebody of a firm acts: its SIRET.
    pub(crate) async fn behalf(&self, ground: &Ground) -> Result<Option<String>, Fault> {
        if ground.granted.role() != Role::Cabinet {
            return Ok(None);
        }
        let Some(own) = ground.granted.through().first() else { return Ok(None) };
        Ok(self.store.find_beneficiary(&ground.granted, &own.id).await?.and_then(|line| line.siret))
    }

    fn invitation_mail(&self, ground: &Ground, by: &str, delegation: &Delegation) -> MailContent {
        MailContent::Invitation {
            site: ground.site_name.clone(),
            by: by.to_owned(),
            role: delegation.role,
            starts: (delegation.starts > ground.today).then(|| delegation.starts.to_string()),
            until: (self.clock.now() + INVITATION).as_second(),
        }
    }
}

fn decide_change(
    visit: &Visit,
    ground: &Ground,
    line: &Beneficiary,
    administrators: &[Delegation],
    change: &Change<'_>,
) -> Result<Delegation, Fault> {
    let wanted = change.rights.parse(line.delegation.role)?;
    let mut form = domain::form::Collector::new();
    let starts = form.field("starts", change.starts, domain::delegations::beneficiary::parse_date);
    let ends = form.field("ends", change.ends, domain::delegations::beneficiary::optional_date);
    let (starts, ends) = form.finish(starts.zip(ends))?;
    let terms = Terms { role: wanted.role, rights: wanted.rights, starts, ends };
    let is_own = line.account.as_ref() == Some(&visit.session.actor.account);
    let subject = Line { delegation: &line.delegation, is_own, administrators };
    let changed = acts::modify(&ground.granted, &subject, &terms, ground.today).map_err(|denied| Fault::from(Refusal::from(denied)))?;
    // Two stale pages do not overwrite each other (T45).
    if line.rev == change.rev { Ok(changed) } else { Err(Refusal::Conflict.into()) }
}

fn may_end(visit: &Visit, ground: &Ground, line: &Beneficiary, administrators: &[Delegation], act: Act) -> Result<(), Fault> {
    let is_own = line.account.as_ref() == Some(&visit.session.actor.account);
    let subject = Line { delegation: &line.delegation, is_own, administrators };
    acts::end(&ground.granted, &subject, act, ground.today).map(drop).map_err(|denied| Refusal::from(denied).into())
}

/// A refusal found by the server carries what was typed in step 1 back with it.
fn kept(fault: Fault, draft: &BeneficiaryDraft) -> Fault {
    match fault {
        Fault::Refused(Refusal::Invalid(mut fields)) => {
            fields.typed = draft.kept().typed;
            fields.into()
        }
        other => other,
    }
}

pub(crate) fn settled(ruled: Ruled) -> Result<(), Fault> {
    match ruled {
        Ruled::Yes => Ok(()),
        Ruled::Ended => Err(Refusal::SignedOut.into()),
        Ruled::Moved => Err(Refusal::Busy { retry_after: 2 }.into()),
        Ruled::Stale => Err(Refusal::Conflict.into()),
        Ruled::Taken => Err(crate::links::one_field("email", domain::form::Reason::AlreadyBeneficiary)),
    }
}
