//! What a person changes on their own account: address, password, contact. Each change asks for a recent password.

use crate::links::{Draft, LINK, Notices, UNDO, alive, one_field};
use crate::mails::MailContent;
use crate::secrets::{fingerprint, random_secret};
use crate::{Fault, Origin, Services, SessionKey, Visit, password};
use domain::form::Reason;
use domain::identity::account::{ContactDraft, EmailDraft, PasswordDraft, ResetDraft};
use domain::identity::password::Password;
use domain::identity::person::PersonName;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use store::{Account, Acting, Changed, Purpose};

/// How long a password given lasts for what needs it again.
const RECENT: SignedDuration = SignedDuration::from_mins(15);

/// What the tab « Connexion et contact » shows (S98).
#[derive(Debug, Clone)]
pub struct Profile {
    /// The login.
    pub email: String,
    /// Name.
    pub name: PersonName,
    /// Landline, E.164; empty when there is none.
    pub phone: String,
    /// Mobile, likewise.
    pub mobile: String,
    /// Whether that mobile is certified (S33).
    pub is_certified: bool,
    /// When the address was last certified, and until when that holds.
    pub email_certified: Option<(Date, Date)>,
    /// When the password was last changed.
    pub password_changed: Option<DateTime>,
    /// When the account was opened.
    pub opened: Date,
}

/// A session whose secret changed on the way: for the cookie.
pub type Renewed = Option<SessionKey>;

impl Services {
    /// The account of a visit.
    pub(crate) async fn own_account(&self, visit: &Visit) -> Result<Account, Fault> {
        self.store.find_account(&visit.session.actor.account).await?.ok_or_else(|| Refusal::SignedOut.into())
    }

    /// What the tab « Connexion et contact » shows (S98).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn profile(&self, visit: &Visit) -> Result<Profile, Fault> {
        let account = self.own_account(visit).await?;
        let day = |moment| self.clock.paris(moment).date();
        Ok(Profile {
            name: account.name(),
            phone: account.phone.unwrap_or_default(),
            mobile: account.mobile.unwrap_or_default(),
            is_certified: account.mobile_certified.is_some(),
            email_certified: account.certified.map(|at| (day(at), day(at + self.rules.certification))),
            password_changed: account.password_changed.map(|at| self.clock.paris(at)),
            opened: day(account.created),
            email: account.email,
        })
    }

    /// Whether the password has to be given again before something that needs it.
    #[must_use]
    pub fn needs_password(&self, visit: &Visit) -> bool {
        self.clock.now().duration_since(visit.session.authenticated) > RECENT
    }

    /// Checks the password of a logged-in person, with the counters of the login (T03).
    pub(crate) async fn check_own_password(&self, account: &Account, typed: &Password, origin: &Origin) -> Result<(), Fault> {
        let login = self.key.email_key(&account.email);
        match self.check_password(&login, typed, origin).await {
            Err(Fault::Refused(Refusal::WrongCredentials)) => Err(one_field("current", Reason::WrongPassword)),
            other => other.map(drop),
        }
    }

    /// Makes sure that the password was given recently: with the one typed, or by the session. A password typed gives the
    /// session a new secret.
    ///
    /// # Errors
    /// `StepUp` when it has to be given and was not; `Invalid` on `current` when it is wrong; `TooMany`.
    pub(crate) async fn confirm(&self, visit: &Visit, typed: Option<&Password>, origin: &Origin) -> Result<(Account, Renewed), Fault> {
        let account = self.own_account(visit).await?;
        let Some(typed) = typed else {
            return if self.needs_password(visit) { Err(Refusal::StepUp.into()) } else { Ok((account, None)) };
        };
        self.check_own_password(&account, typed, origin).await?;
        let session = random_secret(&*self.dice);
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        settled(self.store.renew_session(self.acting(visit, &key, &audit, origin), &fingerprint(&session)).await?)?;
        Ok((account, Some(SessionKey(session))))
    }

    pub(crate) fn acting<'a>(&self, visit: &'a Visit, session: &'a str, audit: &'a str, origin: &'a Origin) -> Acting<'a> {
        Acting { account: &visit.session.actor.account, session, audit, agent: &origin.agent, now: self.clock.now() }
    }

    /// Changes the password (S100): every other session ends, this one gets a new secret, and a mail says so.
    ///
    /// # Errors
    /// `Invalid` by field, `TooMany`, `SignedOut` when the session ended meanwhile.
    pub async fn change_password(&self, visit: &Visit, draft: &PasswordDraft, origin: &Origin) -> Result<SessionKey, Fault> {
        let (current, new) = draft.parse()?;
        let account = self.own_account(visit).await?;
        self.check_own_password(&account, &current, origin).await?;
        if current.reveal() == new.reveal() {
            return Err(one_field("password", Reason::Unchanged));
        }
        let hash = self.new_password_hash(&account, &new).await?;
        let session = random_secret(&*self.dice);
        let notice = self.password_notice(&account, origin)?;
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        let changed =
            self.store.change_password(self.acting(visit, &key, &audit, origin), &hash, &fingerprint(&session), &notice.link()?).await?;
        settled(changed)?;
        Ok(SessionKey(session))
    }

    /// Chooses a new password with a link (S70): every session ends, nobody is logged in by it.
    ///
    /// # Errors
    /// `DeadLink`, or `Invalid` by field, and the link stays good.
    pub async fn reset_password(&self, secret: &str, draft: &ResetDraft, origin: &Origin) -> Result<(), Fault> {
        let token = fingerprint(secret);
        let now = self.clock.now();
        let account = self.store.find_account_by_link(&token, Purpose::Reset, now).await?.ok_or(Refusal::DeadLink)?;
        let new = draft.parse()?;
        let hash = self.new_password_hash(&account, &new).await?;
        let notice = self.password_notice(&account, origin)?;
        alive(&self.store.reset_password(&token, &hash, &notice.link()?, &self.ulid(), now).await?)
    }

    fn password_notice(&self, account: &Account, origin: &Origin) -> Result<Draft, Fault> {
        let agent = origin.agent.clone();
        self.draft_alarm(account, |first, at, until| MailContent::PasswordChanged { first, at, agent, until })
    }

    /// Checks a new password against the person's own words, and hashes it.
    async fn new_password_hash(&self, account: &Account, new: &Password) -> Result<String, Fault> {
        let wrong = |reason| one_field("password", reason);
        let new = password::normalized(new.reveal()).map_err(wrong)?;
        let mut words = password::own_words(&account.email, &account.first, &account.last);
        words.extend(self.store.list_own_words(&account.id).await?);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        password::check(&new, &words).map_err(wrong)?;
        self.hasher.hash(&new).await
    }

    /// Starts a change of address (S99, S102–S104): the account sleeps until the link sent to the new address is used.
    ///
    /// # Errors
    /// `Invalid` by field, `StepUp`, `TooMany`, `SignedOut`. An address that belongs to somebody else is no error: its owner is
    /// warned, and the answer is the same (T16).
    pub async fn change_email(&self, visit: &Visit, draft: &EmailDraft, origin: &Origin) -> Result<(), Fault> {
        let (new, typed) = draft.parse()?;
        let account = self.own_account(visit).await?;
        if new.as_str() == account.email {
            return Err(one_field("email", Reason::Unchanged));
        }
        if let Some(typed) = &typed {
            self.check_own_password(&account, typed, origin).await?;
        } else if self.needs_password(visit) {
            return Err(Refusal::StepUp.into());
        }
        let now = self.clock.now();
        let owner = self.account_by_email(new.as_str()).await?;
        let first = account.first.clone();
        let confirm = match owner {
            None => Some(self.draft_link(
                new.as_str(),
                new.as_str(),
                MailContent::EmailConfirm { first: first.clone(), until: (now + LINK).as_second() },
            )?),
            Some(_) => None,
        };
        let revert = self.draft_link(
            &account.email,
            &account.email,
            MailContent::EmailMoving { first, new_email: masked(new.as_str()), until: (now + UNDO).as_second() },
        )?;
        let taken = match owner {
            Some(owner) => Notices::one(&owner.email, self.fresh()?, MailContent::EmailTaken { first: owner.first.clone() }),
            None => Notices::default(),
        };
        let confirm = confirm.as_ref().map(Draft::link).transpose()?;
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        let changed = self
            .store
            .start_email_change(
                self.acting(visit, &key, &audit, origin),
                new.as_str(),
                confirm.as_ref(),
                &revert.link()?,
                &taken.messages()?,
            )
            .await?;
        settled(changed)
    }

    /// Uses the link sent to the new address: it becomes the login (S104).
    ///
    /// # Errors
    /// `DeadLink`.
    pub async fn finish_email_change(&self, secret: &str) -> Result<(), Fault> {
        let (token, now) = (fingerprint(secret), self.clock.now());
        let account = self.store.find_account_by_link(&token, Purpose::EmailChange, now).await?.ok_or(Refusal::DeadLink)?;
        let new = account.pending_email.as_deref().ok_or(Refusal::DeadLink)?;
        let (new_key, old_key) = (self.key.email_key(new), self.key.email_key(&account.email));
        alive(&self.store.finish_email_change(&token, &new_key, &old_key, now + UNDO, &self.ulid(), now).await?)
    }

    /// Uses the link sent to the old address: the change is taken back (T16).
    ///
    /// # Errors
    /// `DeadLink`.
    pub async fn revert_email(&self, secret: &str) -> Result<(), Fault> {
        let (token, now) = (fingerprint(secret), self.clock.now());
        let (account, target) = self.store.find_revert(&token, now).await?.ok_or(Refusal::DeadLink)?;
        let (old_key, current_key) = (self.key.email_key(&target), self.key.email_key(&account.email));
        alive(&self.store.revert_email(&token, &old_key, &current_key, &self.ulid(), now).await?)
    }

    /// Changes name and phone numbers (S105, S106).
    ///
    /// # Errors
    /// `Invalid` by field, `StepUp`, `TooMany`, `SignedOut`.
    pub async fn change_contact(&self, visit: &Visit, draft: &ContactDraft, origin: &Origin) -> Result<Renewed, Fault> {
        let contact = draft.parse()?;
        let (_, renewed) = self.confirm(visit, contact.current.as_ref(), origin).await?;
        let key = renewed.as_ref().unwrap_or(&visit.key);
        let (key, audit) = (fingerprint(&key.0), self.ulid());
        let changed = self
            .store
            .change_contact(
                self.acting(visit, &key, &audit, origin),
                &contact.name.first,
                &contact.name.last,
                contact.phone.as_ref().map(domain::identity::phone::Phone::as_str),
                contact.mobile.as_ref().map(domain::identity::phone::Phone::as_str),
            )
            .await?;
        settled(changed)?;
        Ok(renewed)
    }
}

/// What a change that did not take place says.
pub(crate) fn settled(changed: Changed) -> Result<(), Fault> {
    match changed {
        Changed::Yes => Ok(()),
        Changed::Ended => Err(Refusal::SignedOut.into()),
        Changed::Gone => Err(Refusal::Conflict.into()),
    }
}

/// `c***@exemple.fr`: enough to recognise one's own address.
#[must_use]
pub fn masked(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    format!("{}***@{domain}", local.chars().next().unwrap_or('*'))
}
