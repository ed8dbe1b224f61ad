//! Logging in through another identity provider. It is recognised by issuer and subject, never by a mail address: whoever can make a
//! provider say somebody else's address gets nothing. What the provider said was verified before it comes here.

use crate::links::Draft;
use crate::mails::{FactorChange, MailContent};
use crate::secrets::fingerprint;
use crate::sign_in::Proof;
use crate::throttle::{Counter, network};
use crate::{Entered, Fault, Origin, Renewed, Services, Visit};
use domain::identity::password::Password;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::{Account, AccountState, Changed, Linked, NewExternal};

/// How long a return from a provider is remembered: as long as it could be replayed.
const RETURN: SignedDuration = SignedDuration::from_mins(15);
/// Purpose under which the provider's token is sealed.
const TOKEN: &str = "provider-token";

/// Somebody as another identity provider knows them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    /// The provider.
    pub issuer: String,
    /// Whom it means: its own word for the person, which never changes.
    pub subject: String,
    /// The token it wants back to end its own session.
    pub token: Option<String>,
}

impl std::fmt::Debug for External {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("External").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// What somebody proven by a provider finds here.
#[derive(Debug, Clone)]
pub enum Arrival {
    /// Their account: they are logged in, or asked for their second factor.
    Known(Entered),
    /// Nothing yet: they say once which account is theirs, with its password.
    Unknown,
}

/// A login of another provider, on the page of its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalLine {
    /// Names it in a form.
    pub id: String,
    /// The provider.
    pub issuer: String,
    /// Since when.
    pub since: Date,
}

impl Services {
    /// Counts a return from a provider before anything is asked of it, and lets each be looked at once.
    ///
    /// # Errors
    /// `TooMany`, `ProviderFailed` for a return that was looked at already.
    pub async fn admit_return(&self, state: &str, origin: &Origin) -> Result<(), Fault> {
        self.reserve(Counter::Address, &network(origin.address)).await?;
        let first = self.store.spend_return(&fingerprint(state), self.clock.now() + RETURN).await?;
        if first { Ok(()) } else { Err(Refusal::ProviderFailed.into()) }
    }

    /// Logs somebody in whom a provider has proven.
    ///
    /// # Errors
    /// `NotActivated`, `Moving`, `Uncertified`, as with a password.
    pub async fn sign_in_external(&self, external: &External, next: &str, origin: &Origin) -> Result<Arrival, Fault> {
        let key = self.external_key(external);
        let account = self.store.find_account_by_external(&key).await?;
        let Some(account) = account.filter(|account| account.state != AccountState::Closed) else { return Ok(Arrival::Unknown) };
        self.may_enter(&account)?;
        self.enter_external(&account, external, next, origin).await.map(Arrival::Known)
    }

    /// Links a login to the account whose mail and password are given, and logs in. Once: from then on the provider is enough.
    ///
    /// # Errors
    /// Those of [`Services::sign_in`], with the same counters; `ExternalTaken`.
    pub async fn link_external(&self, external: &External, draft: &SignInDraft, next: &str, origin: &Origin) -> Result<Entered, Fault> {
        let attempt = draft.parse()?;
        let login = self.key.email_key(attempt.email.as_str());
        let account = self.check_password(&login, &attempt.password, origin).await?;
        self.may_enter(&account)?;
        let notice = self.external_notice(&account, FactorChange::ExternalAdded, origin)?;
        let new = NewExternal { key: &self.external_key(external), issuer: &external.issuer, notice: notice.link()? };
        let (audit, now) = (self.ulid(), self.clock.now());
        match self.store.link_external(&account.id, account.epoch, &new, &audit, &origin.agent, now).await? {
            Linked::Yes => self.enter_external(&account, external, next, origin).await,
            Linked::Taken => Err(Refusal::ExternalTaken.into()),
            Linked::Ended => Err(Refusal::WrongCredentials.into()),
        }
    }

    /// Links a login to the account of somebody who is logged in.
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `TooMany`, `SignedOut`, `ExternalTaken`.
    pub async fn link_own_external(
        &self,
        external: &External,
        visit: &Visit,
        typed: Option<&Password>,
        origin: &Origin,
    ) -> Result<Renewed, Fault> {
        let (account, renewed) = self.confirm(visit, typed, origin).await?;
        let notice = self.external_notice(&account, FactorChange::ExternalAdded, origin)?;
        let new = NewExternal { key: &self.external_key(external), issuer: &external.issuer, notice: notice.link()? };
        let (key, audit) = (fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0), self.ulid());
        match self.store.link_own_external(self.acting(visit, &key, &audit, origin), &new).await? {
            Linked::Yes => Ok(renewed),
            Linked::Taken => Err(Refusal::ExternalTaken.into()),
            Linked::Ended => Err(Refusal::SignedOut.into()),
        }
    }

    /// The logins of other providers that lead to the account of a visit.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn external_logins(&self, visit: &Visit) -> Result<Vec<ExternalLine>, Fault> {
        let logins = self.store.list_externals(&visit.session.actor.account).await?;
        Ok(logins
            .into_iter()
            .map(|login| ExternalLine { id: login.key, issuer: login.issuer, since: self.clock.paris(login.created).date() })
            .collect())
    }

    /// Whether a login leads to the account of a visit already.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_own_external(&self, external: &External, visit: &Visit) -> Result<bool, Fault> {
        let account = self.store.find_account_by_external(&self.external_key(external)).await?;
        Ok(account.is_some_and(|account| account.id == visit.session.actor.account))
    }

    /// Takes a login away (« Dissocier »).
    ///
    /// # Errors
    /// `StepUp`, `Invalid` on `current`, `TooMany`, `SignedOut`; `Conflict` when it was gone already.
    pub async fn unlink_external(&self, visit: &Visit, id: &str, typed: Option<&Password>, origin: &Origin) -> Result<Renewed, Fault> {
        let (account, renewed) = self.confirm(visit, typed, origin).await?;
        let notice = self.external_notice(&account, FactorChange::ExternalRemoved, origin)?;
        let (key, audit) = (fingerprint(&renewed.as_ref().unwrap_or(&visit.key).0), self.ulid());
        match self.store.unlink_external(self.acting(visit, &key, &audit, origin), id, &notice.link()?).await? {
            Changed::Yes => Ok(renewed),
            Changed::Ended => Err(Refusal::SignedOut.into()),
            Changed::Gone => Err(Refusal::Conflict.into()),
        }
    }

    /// The provider's token of a session, unsealed.
    pub(crate) fn provider_token(&self, sealed: &str) -> Option<String> {
        self.key.unseal(TOKEN, sealed)
    }

    async fn enter_external(&self, account: &Account, external: &External, next: &str, origin: &Origin) -> Result<Entered, Fault> {
        let token = external.token.as_ref().map(|token| self.key.seal(TOKEN, token, &*self.dice)).transpose()?;
        self.enter(account, self.key.email_key(&account.email), Proof::Provider(token), next, origin).await
    }

    fn external_key(&self, external: &External) -> String {
        self.key.external_key(&external.issuer, &external.subject)
    }

    fn external_notice(&self, account: &Account, change: FactorChange, origin: &Origin) -> Result<Draft, Fault> {
        let agent = origin.agent.clone();
        self.draft_alarm(account, |first, at, until| MailContent::FactorChanged { first, change, at, agent, until })
    }
}
