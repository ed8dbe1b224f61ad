//! Logging in (S48–S57): neutral refusals, tries counted before the password is looked at, known browsers let through.

use crate::password::normalized_attempt;
use crate::secrets::{fingerprint, random_secret};
use crate::throttle::{Counter, network};
use crate::{Fault, Services, SessionKey};
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use store::{AccountState, SessionStart};

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
}

/// A login that worked.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Secret of the new session, for the cookie.
    pub session: SessionKey,
    /// The browser, known from now on.
    pub device: Device,
}

impl Services {
    /// Logs in.
    ///
    /// # Errors
    /// `Invalid`, `TooMany` (before anything is looked at), `WrongCredentials` (never says what was wrong), `NotActivated` (the
    /// password was right), `Busy`.
    pub async fn sign_in(&self, draft: &SignInDraft, origin: &Origin) -> Result<SignedIn, Fault> {
        let attempt = draft.parse()?;
        let login = self.key.email_key(attempt.email.as_str());
        let device = origin.device.as_ref().filter(|device| device.login == login);
        self.reserve(Counter::Address, &network(origin.address)).await?;
        let (counter, login_or_device) = match device {
            Some(device) => (Counter::Device, device.id.clone()),
            None => (Counter::Account, login.clone()),
        };
        self.reserve(counter, &login_or_device).await?;

        let account = self.store.find_account_by_email(&login).await?;
        let hash = account.as_ref().filter(|account| account.state != AccountState::Closed).map(|account| account.password.as_str());
        let fits = self.hasher.verify(&normalized_attempt(&attempt.password), hash).await?;
        let Some(account) = account.filter(|account| fits && account.state != AccountState::Closed) else {
            return Err(Refusal::WrongCredentials.into());
        };
        // A right password clears the account's own counters, never those of the address on the network.
        self.forgive(counter, &login_or_device).await?;
        if account.state == AccountState::Pending {
            return Err(Refusal::NotActivated.into());
        }

        let session = random_secret(&*self.dice);
        let replaces = origin.session.as_deref().map(fingerprint);
        self.store
            .open_session(SessionStart {
                key: &fingerprint(&session),
                account: &account.id,
                epoch: account.epoch,
                agent: &origin.agent,
                replaces: replaces.as_deref(),
                audit: &self.ulid(),
                now: self.clock.now(),
            })
            .await?;
        let device = device.cloned().unwrap_or_else(|| Device { login, id: random_secret(&*self.dice) });
        Ok(SignedIn { session: SessionKey(session), device })
    }
}
