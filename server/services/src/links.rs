//! Links: what issues them, what asks for them, what they do.

use crate::mails::{Ask, MailContent};
use crate::secrets::fingerprint;
use crate::throttle::{Counter, network};
use crate::{Fault, Origin, Services};
use domain::form::{Collector, Reason};
use domain::id::MessageId;
use domain::identity::email::Email;
use domain::identity::identifiant::Identifiant;
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use store::{Account, AccountState, Consumed, NewLink, Purpose};

/// Life of an activation link and of the link to a new address (A9).
pub(crate) const LINK: SignedDuration = SignedDuration::from_hours(72);
/// Life of a link to a new password (A9).
pub(crate) const RESET: SignedDuration = SignedDuration::from_hours(1);
/// Life of the links that take something back.
pub(crate) const UNDO: SignedDuration = SignedDuration::from_hours(24 * 7);

/// A mail with its link before it is written: everything [`NewLink`] borrows.
#[derive(Debug)]
pub(crate) struct Draft {
    id: MessageId,
    token: String,
    content: MailContent,
    purpose: Purpose,
    recipient: String,
    target: String,
    expires: Timestamp,
}

impl Draft {
    pub(crate) fn link(&self) -> Result<NewLink<'_>, Fault> {
        Ok(NewLink {
            purpose: self.purpose,
            recipient: &self.recipient,
            target: &self.target,
            token: &self.token,
            expires: self.expires,
            mail: self.content.message(&self.id)?,
        })
    }
}

impl Services {
    /// Drafts a mail whose link is bound to `target`.
    pub(crate) fn draft_link(&self, recipient: &str, target: &str, content: MailContent) -> Result<Draft, Fault> {
        let id: MessageId = self.fresh()?;
        let purpose = content.purpose().ok_or_else(|| Fault::Broken("a mail without a link".into()))?;
        let until = content.until().and_then(|until| Timestamp::from_second(until).ok());
        Ok(Draft {
            token: fingerprint(&self.key.link_secret(id.as_str())),
            id,
            content,
            purpose,
            recipient: recipient.to_owned(),
            target: target.to_owned(),
            expires: until.ok_or_else(|| Fault::Broken("a link without an end".into()))?,
        })
    }

    /// Drafts the mail about something that just happened to an account, with its « ce n’était pas moi ».
    pub(crate) fn draft_alarm(&self, account: &Account, event: impl FnOnce(String, i64, i64) -> MailContent) -> Result<Draft, Fault> {
        let now = self.clock.now();
        let content = event(account.first.clone(), now.as_second(), (now + UNDO).as_second());
        self.draft_link(&account.email, &account.email, content)
    }

    /// Whether the secret of a link would still do something; for the page with the button. Consumes nothing (A10).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn is_link_live(&self, purpose: Purpose, secret: &str) -> Result<bool, Fault> {
        Ok(self.store.find_account_by_link(&fingerprint(secret), purpose, self.clock.now()).await?.is_some())
    }

    /// Uses an activation link: the account becomes active and its address is certified (S27, S28).
    ///
    /// # Errors
    /// `DeadLink` for a link that is unknown, used, expired or replaced.
    pub async fn activate(&self, secret: &str) -> Result<(), Fault> {
        alive(&self.store.activate(&fingerprint(secret), &self.ulid(), self.clock.now()).await?)
    }

    /// Uses a certification link (S30).
    ///
    /// # Errors
    /// `DeadLink`.
    pub async fn certify_email(&self, secret: &str) -> Result<(), Fault> {
        alive(&self.store.certify(&fingerprint(secret), &self.ulid(), self.clock.now()).await?)
    }

    /// « Ce n’était pas moi »: every session of the account ends, everywhere.
    ///
    /// # Errors
    /// `DeadLink`.
    pub async fn sound_alarm(&self, secret: &str) -> Result<(), Fault> {
        alive(&self.store.sound_alarm(&fingerprint(secret), &self.ulid(), self.clock.now()).await?)
    }

    /// Asks for a new link to an account that waits for one: activation, or a new address. The answer never tells.
    ///
    /// # Errors
    /// `Invalid` when it is no address, `TooMany` when one was asked for a moment ago, for whatever address.
    pub async fn resend_activation(&self, typed: &str, origin: &Origin) -> Result<(), Fault> {
        self.ask_mail(typed, origin, |email| Ask::Activation { email }).await
    }

    /// Asks for a new link that certifies an address whose time is over. The answer never tells.
    ///
    /// # Errors
    /// As [`Services::resend_activation`].
    pub async fn resend_certification(&self, typed: &str, origin: &Origin) -> Result<(), Fault> {
        self.ask_mail(typed, origin, |email| Ask::Certification { email }).await
    }

    /// Forgotten password, option 1 (S69, S70): asks for a link. The answer never tells (A21).
    ///
    /// # Errors
    /// As [`Services::resend_activation`].
    pub async fn ask_reset(&self, typed: &str, origin: &Origin) -> Result<(), Fault> {
        self.ask_mail(typed, origin, |email| Ask::Reset { email }).await
    }

    /// Forgotten password, option 2 (S71–S73): asks for a new code by post. The answer never tells (A22).
    ///
    /// # Errors
    /// `Invalid` when it is no identifiant, `TooMany`.
    pub async fn ask_letters(&self, typed: &str, origin: &Origin) -> Result<(), Fault> {
        let mut form = Collector::new();
        let identifiant = form.field("identifiant", typed, Identifiant::parse);
        let identifiant = form.finish(identifiant)?;
        self.reserve(Counter::MailAddress, &network(origin.address)).await?;
        self.ask(&Ask::Letters { identifiant: identifiant.as_str().to_owned() }).await
    }

    async fn ask_mail(&self, typed: &str, origin: &Origin, ask: impl FnOnce(String) -> Ask) -> Result<(), Fault> {
        let mut form = Collector::new();
        let email = form.field("email", typed, Email::parse);
        let email = form.finish(email)?;
        self.reserve(Counter::MailAddress, &network(origin.address)).await?;
        self.reserve(Counter::Mail, &self.key.email_key(email.as_str())).await?;
        self.ask(&ask(email.as_str().to_owned())).await
    }

    async fn ask(&self, ask: &Ask) -> Result<(), Fault> {
        let id: MessageId = self.fresh()?;
        Ok(self.store.post_messages(&[(String::new(), ask.message(&id)?)], self.clock.now()).await?)
    }

    /// Looks at a demand, out of sight of whoever made it.
    pub(crate) async fn answer(&self, ask: Ask) -> Result<(), Fault> {
        match ask {
            Ask::Reset { email } => self.answer_reset(&email).await,
            Ask::Activation { email } => self.answer_activation(&email).await,
            Ask::Certification { email } => self.answer_certification(&email).await,
            Ask::Letters { identifiant } => self.answer_letters(&identifiant).await,
            Ask::Access { account, sirets, keys } => self.answer_access(&account, &sirets, keys).await,
        }
    }

    /// The account whose login is this address.
    pub(crate) async fn account_by_email(&self, email: &str) -> Result<Option<Account>, Fault> {
        Ok(self.store.find_account_by_email(&self.key.email_key(email)).await?)
    }

    async fn answer_reset(&self, email: &str) -> Result<(), Fault> {
        let Some(account) = self.account_by_email(email).await? else { return Ok(()) };
        match account.state {
            // An account that was never activated has a password nobody has used: activating it is what is missing.
            AccountState::Pending => self.answer_activation(email).await,
            AccountState::Active | AccountState::Moving => {
                let until = (self.clock.now() + RESET).as_second();
                let draft = self.draft_link(&account.email, &account.email, MailContent::Reset { first: account.first.clone(), until })?;
                self.issue(&account, &["active", "moving"], &draft, "password.reset_asked").await
            }
            AccountState::Closed => Ok(()),
        }
    }

    async fn answer_activation(&self, email: &str) -> Result<(), Fault> {
        let Some(account) = self.account_by_email(email).await? else { return Ok(()) };
        let until = (self.clock.now() + LINK).as_second();
        let first = account.first.clone();
        match (account.state, &account.pending_email) {
            (AccountState::Pending, _) => {
                let draft = self.draft_link(&account.email, &account.email, MailContent::Activation { first, until })?;
                self.issue(&account, &["pending"], &draft, "account.activation_resent").await
            }
            (AccountState::Moving, Some(new)) if self.account_by_email(new).await?.is_none() => {
                let draft = self.draft_link(new, new, MailContent::EmailConfirm { first, until })?;
                self.issue(&account, &["moving"], &draft, "email.link_resent").await
            }
            (AccountState::Active | AccountState::Moving | AccountState::Closed, _) => Ok(()),
        }
    }

    async fn answer_certification(&self, email: &str) -> Result<(), Fault> {
        let Some(account) = self.account_by_email(email).await?.filter(|account| account.state == AccountState::Active) else {
            return Ok(());
        };
        let until = (self.clock.now() + LINK).as_second();
        let draft = self.draft_link(&account.email, &account.email, MailContent::Certification { first: account.first.clone(), until })?;
        self.issue(&account, &["active"], &draft, "email.certification_asked").await
    }

    async fn issue(&self, account: &Account, states: &[&str], draft: &Draft, what: &str) -> Result<(), Fault> {
        self.store.issue_link(&account.id, states, &draft.link()?, &self.ulid(), what, self.clock.now()).await?;
        Ok(())
    }

    async fn answer_letters(&self, identifiant: &str) -> Result<(), Fault> {
        let Some((site, name)) = self.store.find_site_by_identifiant(identifiant).await? else { return Ok(()) };
        match self.reserve(Counter::Letters, site.as_str()).await {
            // One letter a week: whoever asks again meanwhile gets the same page, and no second letter.
            Err(Fault::Refused(Refusal::TooMany { .. })) => return Ok(()),
            other => other?,
        }
        let notices = self.notices(&site, |first| MailContent::LettersAsked { first, site: name.clone() }).await?;
        Ok(self.store.ask_letters(&site, &notices.messages()?, &self.ulid(), self.clock.now()).await?)
    }

    /// A mail to each person who administers a site.
    pub(crate) async fn notices(&self, site: &domain::id::SiteId, content: impl Fn(String) -> MailContent) -> Result<Notices, Fault> {
        let people = self.store.list_administrators(site, self.clock.today()).await?;
        let mut all = Vec::new();
        for person in people {
            all.push((person.email, self.fresh()?, content(person.first)));
        }
        Ok(Notices(all))
    }
}

/// Mails to several people about one act.
#[derive(Debug, Default)]
pub(crate) struct Notices(Vec<(String, MessageId, MailContent)>);

impl Notices {
    /// One mail to one person.
    pub(crate) fn one(recipient: &str, id: MessageId, content: MailContent) -> Self {
        Self(vec![(recipient.to_owned(), id, content)])
    }

    /// One more.
    pub(crate) fn add(&mut self, recipient: &str, id: MessageId, content: MailContent) {
        self.0.push((recipient.to_owned(), id, content));
    }

    pub(crate) fn messages(&self) -> Result<Vec<(String, store::NewMessage<'_>)>, Fault> {
        self.0.iter().map(|(recipient, id, content)| Ok((recipient.clone(), content.message(id)?))).collect()
    }
}

pub(crate) fn alive(consumed: &Consumed) -> Result<(), Fault> {
    match consumed {
        Consumed::Yes(_) => Ok(()),
        Consumed::Dead => Err(Refusal::DeadLink.into()),
    }
}

/// The reason a field was refused, as the refusal of a whole form.
pub(crate) fn one_field(name: &str, reason: Reason) -> Fault {
    let mut form = Collector::new();
    form.refuse(name, reason);
    form.into_errors().into()
}
