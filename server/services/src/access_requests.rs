//! Asking employers for access: the accountant types SIRETs, those who administer the sites decide. Nothing the accountant sees or can
//! measure depends on whether the fund knows a SIRET: the same rows are written, and a job looks at them later.

use crate::account::settled;
use crate::links::Notices;
use crate::mails::{Ask, MailContent};
use crate::secrets::fingerprint;
use crate::throttle::Counter;
use crate::{Fault, Origin, Services, Visit};
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft, Wanted};
use domain::delegations::policy::{ManageDelegations, may};
use domain::delegations::{Rights, Role};
use domain::id::{AccessRequestId, AccountId, MessageId, SiteId};
use domain::portfolio::request::AccessDraft;
use domain::refusal::Refusal;
use domain::sites::siret::Siret;
use jiff::SignedDuration;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::{AccessRequest, AccessState, Asking, Changed, NewAccessRequests};

/// Life of a request.
const REQUEST: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Most requests of one account that wait at the same time.
const WAITING: usize = 500;
/// How long somebody waits who has too many of them.
const FULL: u32 = 86_400;

/// What became of a form with several SIRETs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Requests that were written.
    pub new: usize,
    /// Sites that had been asked for before.
    pub known: usize,
}

/// Where a request stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestStatus {
    /// Nobody has decided: the same for a SIRET the fund does not know.
    Waiting,
    /// The person was invited.
    Granted,
    /// It was refused.
    Refused,
    /// Nobody decided in time.
    Expired,
}

/// A request, for whoever made it.
#[derive(Debug, Clone)]
pub struct OwnRequestLine {
    /// SIRET, as it was asked for.
    pub siret: Siret,
    /// Where it stands.
    pub status: RequestStatus,
    /// When it was made.
    pub created: Date,
    /// When it expires.
    pub expires: Date,
    /// When it was decided.
    pub decided: Option<Date>,
}

/// A request, for those who decide.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// Its id.
    pub key: AccessRequestId,
    /// Who asks.
    pub who: String,
    /// Their address.
    pub email: String,
    /// SIRET of the firm, as they typed it.
    pub firm: Siret,
    /// The rights asked for.
    pub rights: Rights,
    /// Their words.
    pub message: String,
    /// When it was made.
    pub created: Date,
    /// When it expires.
    pub expires: Date,
}

impl RequestLine {
    /// Step 1 of the delegation that answers the request, from this day on. The mail address is the one the request came from.
    #[must_use]
    pub fn who(&self, today: Date) -> BeneficiaryDraft {
        BeneficiaryDraft {
            kind: "firm".to_owned(),
            email: self.email.clone(),
            siret: self.firm.to_string(),
            starts: today.to_string(),
            ends: String::new(),
        }
    }

    /// Step 2, filled in with what was asked for.
    #[must_use]
    pub fn draft(&self) -> RightsDraft {
        RightsDraft::of(&Wanted { role: Role::Cabinet, rights: self.rights })
    }
}

impl Services {
    /// Asks for rights on several sites at once.
    ///
    /// # Errors
    /// `Invalid` by field; `TooMany` after too many forms in a day or with too many requests that wait; `SignedOut`.
    pub async fn ask_access(&self, visit: &Visit, draft: &AccessDraft, origin: &Origin) -> Result<Asked, Fault> {
        let wanted = draft.parse()?;
        self.reserve(Counter::AccessRequests, visit.session.actor.account.as_str()).await?;
        let sites: Vec<(AccessRequestId, Siret)> =
            wanted.sites.iter().map(|siret| Ok((self.fresh()?, siret.clone()))).collect::<Result<_, Fault>>()?;
        let ask = Ask::Access {
            account: visit.session.actor.account.to_string(),
            sirets: wanted.sites.iter().map(ToString::to_string).collect(),
            keys: sites.iter().map(|(key, _)| key.to_string()).collect(),
        };
        let (id, key, audit): (MessageId, _, _) = (self.fresh()?, fingerprint(&visit.key.0), self.ulid());
        let new = NewAccessRequests {
            sites: &sites,
            firm: &wanted.firm,
            rights: &wanted.rights,
            message: &wanted.message,
            expires: self.clock.now() + REQUEST,
            most: WAITING,
            demand: ask.message(&id)?,
        };
        match self.store.ask_access(self.acting(visit, &key, &audit, origin), new).await? {
            Asking::Written(new) => Ok(Asked { new, known: sites.len().saturating_sub(new) }),
            Asking::Full => Err(Refusal::TooMany { retry_after: FULL }.into()),
            Asking::Ended => Err(Refusal::SignedOut.into()),
        }
    }

    /// The requests the person has made, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn own_access_requests(&self, visit: &Visit) -> Result<Vec<OwnRequestLine>, Fault> {
        let (now, day) = (self.clock.now(), |at| self.clock.paris(at).date());
        let found = self.store.list_own_access_requests(&visit.session.actor.account).await?;
        Ok(found
            .into_iter()
            .map(|line| OwnRequestLine {
                status: match line.state {
                    AccessState::Waiting if line.expires <= now => RequestStatus::Expired,
                    AccessState::Waiting => RequestStatus::Waiting,
                    AccessState::Granted => RequestStatus::Granted,
                    AccessState::Refused => RequestStatus::Refused,
                },
                created: day(line.created),
                expires: day(line.expires),
                decided: line.decided.map(day),
                siret: line.siret,
            })
            .collect())
    }

    /// The requests that wait on a site; none for whoever does not administer it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn access_requests(&self, visit: &Visit, site: &SiteId) -> Result<Vec<RequestLine>, Fault> {
        let Ok(granted) = may(&visit.session.actor, ManageDelegations, site, self.clock.today()) else { return Ok(Vec::new()) };
        let found = self.store.list_access_requests(&granted, self.clock.now()).await?;
        Ok(found.into_iter().map(|request| self.request_line(request)).collect())
    }

    /// One of them.
    ///
    /// # Errors
    /// `NotFound` when it does not wait (any more) on this site, or the person does not administer it.
    pub async fn access_request(&self, visit: &Visit, site: &SiteId, key: &AccessRequestId) -> Result<RequestLine, Fault> {
        let today = self.clock.today();
        let holdings = self.store.find_holdings(&visit.session.actor.account, site).await?;
        let actor = domain::actor::Actor { delegations: holdings.delegations, ..visit.session.actor.clone() };
        let granted = may(&actor, ManageDelegations, site, today)?;
        let mut found = self.store.list_access_requests(&granted, self.clock.now()).await?;
        let place = found.iter().position(|request| request.key == *key).ok_or(Refusal::NotFound)?;
        Ok(self.request_line(found.swap_remove(place)))
    }

    /// Refuses a request.
    ///
    /// # Errors
    /// `NotFound` when it does not wait (any more) on this site, or the person does not administer it; `SignedOut`.
    pub async fn refuse_access(&self, visit: &Visit, site: &SiteId, key: &AccessRequestId, origin: &Origin) -> Result<(), Fault> {
        let holdings = self.store.find_holdings(&visit.session.actor.account, site).await?;
        let actor = domain::actor::Actor { delegations: holdings.delegations, ..visit.session.actor.clone() };
        let granted = may(&actor, ManageDelegations, site, self.clock.today())?;
        let (session, audit) = (fingerprint(&visit.key.0), self.ulid());
        match self.store.refuse_access(self.acting(visit, &session, &audit, origin), &granted, key).await? {
            Changed::Gone => Err(Refusal::NotFound.into()),
            other => settled(other),
        }
    }

    fn request_line(&self, request: AccessRequest) -> RequestLine {
        let day = |at| self.clock.paris(at).date();
        RequestLine {
            who: request.name.full(),
            created: day(request.created),
            expires: day(request.expires),
            key: request.key,
            email: request.email,
            firm: request.firm,
            rights: request.rights,
            message: request.message,
        }
    }

    /// Tells those who administer the sites that were asked for: one mail a person, whatever the number of their sites. The words of who
    /// asks are on the page, never in a mail of the fund's.
    pub(crate) async fn answer_access(&self, account: &str, sirets: &[String], keys: Vec<String>) -> Result<(), Fault> {
        let Ok(account) = account.parse::<AccountId>() else { return Ok(()) };
        let Some(asker) = self.store.find_account(&account).await? else { return Ok(()) };
        let sirets: Vec<Siret> = sirets.iter().filter_map(|siret| Siret::parse(siret).ok()).collect();
        let today = self.clock.today();
        let mut people: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
        for site in self.store.list_asked_sites(&account, &sirets, keys, today, self.clock.now()).await? {
            match self.reserve(Counter::AccessMails, site.id.as_str()).await {
                // Enough mails about this site today: the request is on its pages all the same.
                Err(Fault::Refused(Refusal::TooMany { .. })) => continue,
                other => other?,
            }
            for (email, first) in site.people {
                people.entry(email).or_insert_with(|| (first, Vec::new())).1.push(site.name.clone());
            }
        }
        let mut notices = Notices::default();
        for (email, (first, mut sites)) in people {
            sites.sort_by_key(|name| domain::text::fold(name));
            notices.add(&email, self.fresh()?, MailContent::AccessAsked { first, who: asker.name().full(), sites });
        }
        Ok(self.store.post_messages(&notices.messages()?, self.clock.now()).await?)
    }
}
