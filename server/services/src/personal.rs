//! A person's own data: taken out, erased, ended by time. What is whose, and what becomes of it, the store's registry says.

use crate::account::settled;
use crate::links::one_field;
use crate::mails::MailContent;
use crate::secrets::fingerprint;
use crate::{Fault, Origin, Renewed, Services, Visit};
use domain::form::Reason;
use domain::id::MessageId;
use domain::identity::email::Email;
use domain::identity::personal::{DataDraft, ErasureDraft};
use domain::refusal::Refusal;
use domain::text::fold;
use jiff::civil::DateTime;
use serde::Serialize;
use store::{Account, AccountState, Changed, Erasing, ErasureReason, Purged, Section, SiteLeft};

/// People erased by one run of the job: what is left waits for the next one.
const PEOPLE: usize = 50;
/// Longest motive of an erasure, in characters.
const MOTIVE: usize = 200;
/// Shorter names are found in too many words to be looked for in a motive.
const NAME: usize = 3;

/// Everything that is keyed to a person: the archive they can take away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonalData {
    /// Version of this form.
    pub format: u8,
    /// When it was made, as clocks in Paris show it.
    #[serde(serialize_with = "civil")]
    pub made: DateTime,
    /// By subject; only those that hold something.
    pub sections: Vec<Section>,
}

fn civil<S: serde::Serializer>(time: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(time)
}

/// What an erasure does to others: for the page that asks whether it is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Sites the person has a right on.
    pub sites: Vec<SiteLeft>,
}

impl Services {
    /// Everything that is keyed to a person (right of access and portability), noted in their journal.
    ///
    /// # Errors
    /// `StepUp` when the password was given too long ago, `SignedOut` when the session ended meanwhile.
    pub async fn export_personal_data(&self, visit: &Visit, origin: &Origin) -> Result<PersonalData, Fault> {
        if self.needs_password(visit) {
            return Err(Refusal::StepUp.into());
        }
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        settled(self.store.note_export(self.acting(visit, &key, &audit, origin)).await?)?;
        self.personal_data(&visit.session.actor.account).await
    }

    /// Makes sure that the password was given recently, before a person sees their data.
    ///
    /// # Errors
    /// `StepUp` when it has to be given and was not, `Invalid` on `current` when it is wrong, `TooMany`.
    pub async fn confirm_for_data(&self, visit: &Visit, draft: &DataDraft, origin: &Origin) -> Result<Renewed, Fault> {
        let typed = draft.parse()?;
        Ok(self.confirm(visit, typed.as_ref(), origin).await?.1)
    }

    /// The same for the fund, by address.
    ///
    /// # Errors
    /// `Invalid` when it is no address, `NotFound` when nobody has it.
    pub async fn export_person(&self, address: &str) -> Result<PersonalData, Fault> {
        let account = self.person(address).await?;
        self.store.note_export_by_fund(&account.id, &self.ulid(), self.clock.now()).await?;
        self.personal_data(&account.id).await
    }

    async fn personal_data(&self, account: &domain::id::AccountId) -> Result<PersonalData, Fault> {
        let now = self.clock.now();
        Ok(PersonalData { format: 1, made: self.clock.paris(now), sections: self.store.export_person(account, now).await? })
    }

    /// Whoever has this address, whatever state their account is in.
    async fn person(&self, address: &str) -> Result<Account, Fault> {
        let address = Email::parse(address).map_err(|reason| one_field("email", reason))?;
        let account = self.account_by_email(address.as_str()).await?;
        account.filter(|account| account.state != AccountState::Closed).ok_or_else(|| Refusal::NotFound.into())
    }

    /// What erasing their data would do to the sites of a person.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn erasure_consequences(&self, visit: &Visit) -> Result<Consequences, Fault> {
        let account = &visit.session.actor.account;
        Ok(Consequences { sites: self.store.list_sites_left(account, self.clock.today()).await? })
    }

    /// The same for the fund, by address.
    ///
    /// # Errors
    /// As [`Services::export_person`].
    pub async fn person_consequences(&self, address: &str) -> Result<Consequences, Fault> {
        let account = self.person(address).await?;
        Ok(Consequences { sites: self.store.list_sites_left(&account.id, self.clock.today()).await? })
    }

    /// Erases the data of a person who asks for it (T70). A last mail goes to the address that is forgotten.
    ///
    /// # Errors
    /// `Invalid` by field, `TooMany`, `SignedOut`.
    pub async fn erase_personal_data(&self, visit: &Visit, draft: &ErasureDraft, origin: &Origin) -> Result<(), Fault> {
        let typed = draft.parse()?;
        let account = self.own_account(visit).await?;
        self.check_own_password(&account, &typed, origin).await?;
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        settled(self.erase(&account, ErasureReason::Asked(self.acting(visit, &key, &audit, origin)), &audit).await?)
    }

    /// Erases a person whose demand reached the fund another way. The motive stays in the journal: it names nobody.
    ///
    /// # Errors
    /// As [`Services::export_person`], and `Invalid` on `motive` when it is empty, too long, or names the person.
    pub async fn erase_person(&self, address: &str, motive: &str) -> Result<(), Fault> {
        let account = self.person(address).await?;
        let motive = motive.trim();
        check_motive(motive, &account).map_err(|reason| one_field("motive", reason))?;
        settled(self.erase(&account, ErasureReason::Fund(motive), &self.ulid()).await?)
    }

    async fn erase(&self, account: &Account, reason: ErasureReason<'_>, audit: &str) -> Result<Changed, Fault> {
        let (id, last): (MessageId, _) = (self.fresh()?, MailContent::Erased { first: account.first.clone() });
        let mail = match reason {
            ErasureReason::Asked(_) | ErasureReason::Fund(_) => Some(last.message(&id)?),
            // Nobody has ever shown that this address is theirs.
            ErasureReason::NeverActivated(_) => None,
        };
        let erasing = Erasing { account: &account.id, reason, mail, audit, today: self.clock.today(), now: self.clock.now() };
        Ok(self.store.erase_person(erasing).await?)
    }

    /// Ends what time has ended, as the registry says: rows, and people who never activated their account. Run by a job, safe to
    /// run twice.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn purge(&self) -> Result<Vec<Purged>, Fault> {
        let now = self.clock.now();
        let mut purged = self.store.purge(now).await?;
        let mut people = 0;
        for (id, before) in self.store.list_people_over(PEOPLE, now).await? {
            let Some(account) = self.store.find_account(&id).await? else { continue };
            if self.erase(&account, ErasureReason::NeverActivated(before), &self.ulid()).await? == Changed::Yes {
                people += 1;
            }
        }
        if people > 0 {
            purged.push(Purged { table: "account", which: "comptes jamais activés", rows: people });
        }
        Ok(purged)
    }
}

fn check_motive(motive: &str, account: &Account) -> Result<(), Reason> {
    let folded = fold(motive);
    let local = account.email.split('@').next().unwrap_or_default();
    let names = [&account.first, &account.last, local, &account.email].map(fold);
    if motive.is_empty() {
        Err(Reason::Missing)
    } else if motive.chars().count() > MOTIVE {
        Err(Reason::TooLong)
    } else if names.iter().any(|name| name.chars().count() >= NAME && folded.contains(name.as_str())) {
        Err(Reason::Personal)
    } else {
        Ok(())
    }
}
