//! A further site for a person who has an account (S38–S46): the same two letters, no second account.

use crate::mails::MailContent;
use crate::{Fault, Opening, Origin, Services};
use domain::id::DelegationId;
use domain::identity::account::AssociateDraft;
use domain::identity::email::Email;
use domain::refusal::Refusal;
use store::{Account, AccountState, Attached, NewSite};

impl Services {
    /// Step 2/2 (S42–S45): whoever knows login and password becomes an administrator of the site that
    /// [`Services::prove_letters`] proved, and its code is used up. Nobody is logged in by it (S46).
    ///
    /// # Errors
    /// `Invalid` by field; `FlowLost` when the visit is over, was for another site than the page shows, or its code went
    /// meanwhile; `WrongCredentials`, `TooMany`: the counters are those of the login (T03); `NotActivated`, `Moving`;
    /// `AlreadyAssociated`, and the code then stays live.
    pub async fn associate_with_password(&self, opening: &Opening, draft: &AssociateDraft, origin: &Origin) -> Result<(), Fault> {
        self.still_open(opening)?;
        if draft.site != opening.site.as_str() {
            return Err(Refusal::FlowLost.into());
        }
        let (email, password) = draft.parse()?;
        let account = self.check_password(&self.key.email_key(email.as_str()), &password, origin).await?;
        match account.state {
            AccountState::Pending => return Err(Refusal::NotActivated.into()),
            AccountState::Moving => return Err(Refusal::Moving.into()),
            AccountState::Active | AccountState::Closed => {}
        }
        self.attach(opening, &account).await
    }

    /// The same for the demonstration and the fund's own commands, which need no password.
    ///
    /// # Errors
    /// As above; `NotFound` when no active account has this login.
    pub async fn associate(&self, opening: &Opening, email: &str) -> Result<(), Fault> {
        self.still_open(opening)?;
        let email = Email::parse(email).map_err(|_| Refusal::NotFound)?;
        let account = self.account_by_email(email.as_str()).await?.ok_or(Refusal::NotFound)?;
        self.attach(opening, &account).await
    }

    async fn attach(&self, opening: &Opening, account: &Account) -> Result<(), Fault> {
        let delegation: DelegationId = self.fresh()?;
        let site = self.store.find_holder(&opening.site).await?.ok_or(Refusal::FlowLost)?.site.name;
        let notices = self.notices(&opening.site, |first| MailContent::NewAdministrator { first, site: site.clone() }).await?;
        let attached = self
            .store
            .attach_site(NewSite {
                account: &account.id,
                site: &opening.site,
                code: &opening.code,
                delegation: &delegation,
                audit: &self.ulid(),
                notices: notices.messages()?,
                today: self.clock.today(),
                now: self.clock.now(),
            })
            .await?;
        match attached {
            Attached::Yes => Ok(()),
            Attached::Already => Err(Refusal::AlreadyAssociated.into()),
            Attached::NoAccount => Err(Refusal::NotFound.into()),
            Attached::CodeGone => Err(Refusal::FlowLost.into()),
        }
    }
}
