//! A further site for a person who has an account: the same two letters, no second account.

use crate::{Fault, Opening, Services};
use domain::id::DelegationId;
use domain::identity::email::Email;
use domain::refusal::Refusal;
use store::{Attached, NewSite};

impl Services {
    /// Makes the person with this login an administrator of the site that [`Services::prove_letters`] proved, and uses its code
    /// up. The caller knows that the person at the keyboard is the one with this login: a session, or the fund itself.
    ///
    /// # Errors
    /// `FlowLost` when the visit is over or its code went meanwhile; `NotFound` when no active account has this login;
    /// `Conflict` when the person administers the site already, and the code then stays live.
    pub async fn associate(&self, opening: &Opening, email: &str) -> Result<(), Fault> {
        let now = self.clock.now();
        if now.as_second() >= opening.until {
            return Err(Refusal::FlowLost.into());
        }
        let email = Email::parse(email).map_err(|_| Refusal::NotFound)?;
        let account = self.store.find_account_by_email(&self.key.email_key(email.as_str())).await?.ok_or(Refusal::NotFound)?;
        let delegation: DelegationId = self.fresh()?;
        let attached = self
            .store
            .attach_site(NewSite {
                account: &account.id,
                site: &opening.site,
                code: &opening.code,
                delegation: &delegation,
                audit: &self.ulid(),
                today: self.clock.today(),
                now,
            })
            .await?;
        match attached {
            Attached::Yes => Ok(()),
            Attached::Already => Err(Refusal::Conflict.into()),
            Attached::NoAccount => Err(Refusal::NotFound.into()),
            Attached::CodeGone => Err(Refusal::FlowLost.into()),
        }
    }
}
