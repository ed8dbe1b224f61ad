//! The activation link (S26–S28): one button, one use; a new one on demand.

use crate::opening::{LINK, activation_mail};
use crate::secrets::fingerprint;
use crate::throttle::{Counter, network};
use crate::{Fault, Origin, Services};
use domain::form::Collector;
use domain::id::MessageId;
use domain::identity::email::Email;
use domain::refusal::Refusal;
use store::{AccountState, Consumed, Purpose};

impl Services {
    /// Whether the secret of a link would still activate something; for the page with the button. Consumes nothing (A10).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_activation_live(&self, secret: &str) -> Result<bool, Fault> {
        Ok(self.store.is_link_live(&fingerprint(secret), Purpose::Activation, self.clock.now()).await?)
    }

    /// Uses an activation link: the account becomes active and its address is certified (S27, S28).
    ///
    /// # Errors
    /// `DeadLink` for a link that is unknown, used, expired or replaced.
    pub async fn activate(&self, secret: &str) -> Result<(), Fault> {
        match self.store.activate(&fingerprint(secret), &self.ulid(), self.clock.now()).await? {
            Consumed::Yes(_) => Ok(()),
            Consumed::Dead => Err(Refusal::DeadLink.into()),
        }
    }

    /// Writes a new activation mail if an account with this address waits for one. The answer never tells.
    ///
    /// # Errors
    /// `Invalid` when it is no address, `TooMany` when one was asked for a moment ago, for whatever address.
    pub async fn resend_activation(&self, typed: &str, origin: &Origin) -> Result<(), Fault> {
        let mut form = Collector::new();
        let email = form.field("email", typed, Email::parse);
        let email = form.finish(email)?;
        let login = self.key.email_key(email.as_str());
        self.reserve(Counter::MailAddress, &network(origin.address)).await?;
        self.reserve(Counter::Mail, &login).await?;
        let account = self.store.find_account_by_email(&login).await?.filter(|account| account.state == AccountState::Pending);
        if let Some(account) = account {
            let message: MessageId = self.fresh()?;
            let now = self.clock.now();
            let mail = activation_mail(&message, &account.first, now)?;
            let secret = fingerprint(&self.key.link_secret(message.as_str()));
            self.store.resend_activation(&account.id, mail, &secret, now + LINK, now).await?;
        }
        Ok(())
    }
}
