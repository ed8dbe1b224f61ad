//! Logging in (S48–S57): neutral refusals, tries counted before the password is looked at, known browsers let through.

use crate::mails::MailContent;
use crate::password::normalized_attempt;
use crate::secrets::{fingerprint, random_secret};
use crate::throttle::{Counter, network};
use crate::{Entered, Fault, Services, SessionKey};
use domain::identity::password::Password;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use store::{Account, AccountState, Entry, SecondProof, SessionStart};

/// Where a request comes from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// Address of the client, proxies already looked through.
    pub address: IpAddr,
    /// Family of the browser, `Chromium`.
    pub agent: String,
    /// What the browser's device cookie says, its seal checked.
    pub device: Option<Device>,
    /// Cookie of a session the browser already has: it ends with the login.
    pub session: Option<String>,
}

/// A browser that has logged in before: its tries are counted apart, so that strangers who guess cannot lock the owner out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Keyed hash of the login it has used.
    pub login: String,
    /// Random id of the browser.
    pub id: String,
    /// Set by whoever does not want to be asked for a second factor on it for a while.
    #[serde(default)]
    pub trust: Option<Trust>,
    /// Whether the offer of a second factor was put away on it.
    #[serde(default)]
    pub declined: bool,
}

/// Until when a browser is not asked for a second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// Epoch of the account then: whatever ends all its sessions ends the trust.
    pub epoch: i64,
    /// Unix seconds.
    pub until: i64,
}

impl Trust {
    pub(crate) fn holds(&self, epoch: i64, now: Timestamp) -> bool {
        self.epoch == epoch && now.as_second() < self.until
    }
}

/// A login that worked.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Secret of the new session, for the cookie.
    pub session: SessionKey,
    /// The browser, known from now on.
    pub device: Device,
}

/// How somebody has proven who they are.
pub(crate) enum Proof {
    /// By their password, a moment ago.
    Password,
    /// By another identity provider, and what it said, sealed. The password is still asked for wherever a recent one is needed.
    Provider(Option<String>),
}

impl Services {
    /// Logs in; or, when the account has a second factor and this browser is not trusted, leads to the second step.
    ///
    /// # Errors
    /// `Invalid`, `TooMany` (before anything is looked at), `WrongCredentials` (never says what was wrong), `Busy`; with the right
    /// password only: `NotActivated`, `Moving`, `Uncertified`.
    pub async fn sign_in(&self, draft: &SignInDraft, origin: &Origin) -> Result<Entered, Fault> {
        let attempt = draft.parse()?;
        let login = self.key.email_key(attempt.email.as_str());
        let account = self.check_password(&login, &attempt.password, origin).await?;
        self.may_enter(&account)?;
        self.enter(&account, login, Proof::Password, &draft.next, origin).await
    }

    /// Whether an account lets its owner in: activated, not between two addresses, its address certified.
    pub(crate) fn may_enter(&self, account: &Account) -> Result<(), Refusal> {
        match account.state {
            AccountState::Pending => return Err(Refusal::NotActivated),
            AccountState::Moving => return Err(Refusal::Moving),
            AccountState::Active | AccountState::Closed => {}
        }
        if account.certified.is_some_and(|at| self.clock.now() < at + self.rules.certification) {
            Ok(())
        } else {
            Err(Refusal::Uncertified)
        }
    }

    /// Whose login this is, if the password fits. Tries are counted before anything is looked at, on one set of counters whatever
    /// form they come from (T03).
    ///
    /// # Errors
    /// `TooMany`, `WrongCredentials`, `Busy`.
    pub(crate) async fn check_password(&self, login: &str, typed: &Password, origin: &Origin) -> Result<Account, Fault> {
        let device = known(origin, login);
        self.reserve(Counter::Address, &network(origin.address)).await?;
        let (counter, key) = match device {
            Some(device) => (Counter::Device, device.id.as_str()),
            None => (Counter::Account, login),
        };
        self.reserve(counter, key).await?;
        let account = self.store.find_account_by_email(login).await?;
        let hash = account.as_ref().filter(|account| account.state != AccountState::Closed).map(|account| account.password.as_str());
        let fits = self.hasher.verify(&normalized_attempt(typed), hash).await?;
        let Some(account) = account.filter(|account| fits && account.state != AccountState::Closed) else {
            return Err(Refusal::WrongCredentials.into());
        };
        // A right password clears the account's own counters, never those of the address on the network.
        self.forgive(counter, key).await?;
        Ok(account)
    }

    /// Lets somebody in who has proven who they are; or leads to the second step, when the account has a second factor and this
    /// browser is not trusted, however the first one was proven.
    pub(crate) async fn enter(
        &self,
        account: &Account,
        login: String,
        proof: Proof,
        next: &str,
        origin: &Origin,
    ) -> Result<Entered, Fault> {
        if let Some(pending) = self.second_for(account, &login, &proof, next, origin).await? {
            return Ok(Entered::Second(pending));
        }
        match self.open(account, login, &proof, origin, None).await? {
            (Entry::Opened, signed_in) => Ok(Entered::In(signed_in)),
            (Entry::Ended | Entry::Used, _) => Err(Refusal::WrongCredentials.into()),
        }
    }

    /// Opens a session for somebody who has proven who they are, and uses `second` up with it. A browser that was not known is told
    /// about by mail (T60), except at the very first login.
    pub(crate) async fn open(
        &self,
        account: &Account,
        login: String,
        proof: &Proof,
        origin: &Origin,
        second: Option<&SecondProof<'_>>,
    ) -> Result<(Entry, SignedIn), Fault> {
        let session = random_secret(&*self.dice);
        let replaces = origin.session.as_deref().map(fingerprint);
        let device = known(origin, &login).cloned();
        let notice = match (&device, account.last_login) {
            (None, Some(_)) => {
                let agent = origin.agent.clone();
                Some(self.draft_alarm(account, |first, at, until| MailContent::NewDevice { first, at, agent, until })?)
            }
            _ => None,
        };
        let now = self.clock.now();
        let (authenticated, provider) = match proof {
            Proof::Password => (now, None),
            Proof::Provider(token) => (Timestamp::UNIX_EPOCH, token.as_deref()),
        };
        let (key, audit) = (fingerprint(&session), self.ulid());
        let start = SessionStart {
            key: &key,
            account: &account.id,
            epoch: account.epoch,
            agent: &origin.agent,
            authenticated,
            provider,
            replaces: replaces.as_deref(),
            notice: notice.as_ref().map(crate::links::Draft::link).transpose()?,
            audit: &audit,
            now,
        };
        let entry = match second {
            Some(proof) => self.store.open_second_session(start, proof).await?,
            None if self.store.open_session(start).await? => Entry::Opened,
            None => Entry::Ended,
        };
        let device = device.unwrap_or_else(|| Device { login, id: random_secret(&*self.dice), trust: None, declined: false });
        Ok((entry, SignedIn { session: SessionKey(session), device }))
    }
}

/// The browser's device cookie, when it is for this login.
pub(crate) fn known<'a>(origin: &'a Origin, login: &str) -> Option<&'a Device> {
    origin.device.as_ref().filter(|device| device.login == login)
}
