//! Accepting an invitation (S141, A9, A45): bound to the address it was sent to, whoever holds the link.

use crate::administrators::Added;
use crate::links::{Notices, one_field};
use crate::mails::MailContent;
use crate::secrets::fingerprint;
use crate::{Fault, Origin, Services, Visit, masked, password};
use domain::delegations::Role;
use domain::id::{AccountId, SiteId};
use domain::identity::opening::AccountDraft;
use domain::identity::phone::Phone;
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::{Accepted, Invitation, NewPerson};

/// What a followed invitation shows.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Name of the site.
    pub site: String,
    /// What they shall be there.
    pub role: Role,
    /// Who gives.
    pub by: String,
    /// First day, when it has not come.
    pub starts: Option<Date>,
    /// Last day.
    pub ends: Option<Date>,
    /// The address it is for: whole for its owner and for whoever has no account yet, masked for anybody else.
    pub email: String,
    /// How it goes on.
    pub way: Way,
    /// How many other sites it is for.
    pub others: usize,
}

/// How somebody who follows an invitation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They are logged in as the person it is for: one button.
    Accept,
    /// The person it is for has an account: to be logged in to.
    SignIn,
    /// Somebody else is logged in: nothing they do here changes anything (T50).
    Other,
    /// No account has this address yet: one is made on the way (A45).
    Open,
}

/// The site an accepted invitation is for.
#[derive(Debug, Clone)]
pub struct Entrance {
    /// The site.
    pub id: SiteId,
    /// Whether it may be entered today.
    pub is_open: bool,
}

impl Services {
    /// What a followed link shows; none when it is dead. Consumes nothing (A10).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn invitation(&self, secret: &str, visit: Option<&Visit>) -> Result<Option<Invited>, Fault> {
        let Some(found) = self.store.find_invitation(&fingerprint(secret), self.clock.now()).await? else { return Ok(None) };
        let has_account = self.account_by_email(&found.email).await?.is_some();
        let way = match visit {
            Some(visit) if visit.session.email == found.email => Way::Accept,
            Some(_) => Way::Other,
            None if has_account => Way::SignIn,
            None => Way::Open,
        };
        let day = |text: &str| text.parse::<Date>().map_err(|_| Fault::Broken("an invitation with a wrong day".into()));
        let (starts, ends) = (day(&found.starts)?, found.ends.as_deref().map(day).transpose()?);
        Ok(Some(Invited {
            email: match way {
                Way::Accept | Way::Open => found.email.clone(),
                Way::SignIn | Way::Other => masked(&found.email),
            },
            by: found.giver.full(),
            starts: (starts > self.clock.today()).then_some(starts),
            ends,
            site: found.site_name,
            role: found.role,
            others: found.others,
            way,
        }))
    }

    /// A logged-in person accepts.
    ///
    /// # Errors
    /// `DeadLink`; `NotFound` when it is for somebody else: nothing was changed (T50); `SignedOut`.
    pub async fn accept_invitation(&self, visit: &Visit, secret: &str, origin: &Origin) -> Result<Entrance, Fault> {
        let token = fingerprint(secret);
        let found = self.store.find_invitation(&token, self.clock.now()).await?.ok_or(Refusal::DeadLink)?;
        let notices = self.accepted_notices(&found, &visit.session.actor.name.full()).await?;
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        let acting = self.acting(visit, &key, &audit, origin);
        done(self.store.accept_invitation(acting, &token, &self.clock.today().to_string(), &notices.messages()?).await?)?;
        let day: Date = found.starts.parse().map_err(|_| Fault::Broken("an invitation with a wrong day".into()))?;
        Ok(Entrance { id: found.site, is_open: day <= self.clock.today() })
    }

    /// Somebody without account accepts, and has one afterwards, activated: the link has certified its address. Nobody is logged in by
    /// it.
    ///
    /// # Errors
    /// `DeadLink`, `Invalid` by field.
    pub async fn accept_as_new(&self, secret: &str, draft: &AccountDraft, origin: &Origin) -> Result<(), Fault> {
        let token = fingerprint(secret);
        let found = self.store.find_invitation(&token, self.clock.now()).await?.ok_or(Refusal::DeadLink)?;
        // The address is the invitation's, whatever the form says (A45, T50).
        let draft = AccountDraft { email: found.email.clone(), email_confirmation: found.email.clone(), ..draft.clone() };
        let new = draft.parse()?;
        let password = password::normalized(new.password.reveal()).map_err(|reason| draft.refused("password", reason))?;
        let own = password::own_words(&found.email, &new.name.first, &new.name.last);
        let words: Vec<&str> = own.iter().map(String::as_str).chain([found.site_name.as_str()]).collect();
        password::check(&password, &words).map_err(|reason| draft.refused("password", reason))?;
        let hash = self.hasher.hash(&password).await?;
        let account: AccountId = self.fresh()?;
        let notices = self.accepted_notices(&found, &new.name.full()).await?;
        let audit = self.ulid();
        let person = NewPerson {
            id: &account,
            email_key: &self.key.email_key(&found.email),
            first: &new.name.first,
            last: &new.name.last,
            phone: new.phone.as_ref().map(Phone::as_str),
            mobile: new.mobile.as_ref().map(Phone::as_str),
            password: &hash,
            audit: &audit,
            agent: &origin.agent,
        };
        let today = self.clock.today().to_string();
        let accepted = self.store.accept_as_new(person, &token, &today, &notices.messages()?, self.clock.now()).await?;
        done(accepted)
    }

    async fn accepted_notices(&self, found: &Invitation, who: &str) -> Result<Notices, Fault> {
        let mut notices = Notices::default();
        if found.role.is_administrator() {
            // The giver is among them.
            let by = found.giver.full();
            let added = Added { site: &found.site, site_name: &found.site_name, who, email: &found.email, by: &by };
            self.add_administrator_notices(&mut notices, &added).await?;
        } else if !found.giver_email.is_empty() {
            let (first, site) = (found.giver.first.clone(), found.site_name.clone());
            let content = MailContent::InvitationAccepted { first, who: who.to_owned(), site };
            notices.add(&found.giver_email, self.fresh()?, content);
        }
        Ok(notices)
    }
}

fn done(accepted: Accepted) -> Result<(), Fault> {
    match accepted {
        Accepted::Yes => Ok(()),
        Accepted::Dead => Err(Refusal::DeadLink.into()),
        Accepted::Other => Err(Refusal::NotFound.into()),
        Accepted::Ended => Err(Refusal::SignedOut.into()),
        Accepted::HasAccount => Err(one_field("email", domain::form::Reason::AlreadyBeneficiary)),
    }
}
