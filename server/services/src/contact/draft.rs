//! The form and its draft: what was typed and chosen is kept until it is sent, or for a day.

use super::{ContactBlock, ContactForm, StoredFile, Typed, Unsent};
use crate::throttle::Counter;
use crate::{Fault, Services, Visit};
use domain::actor::Actor;
use domain::delegations::policy::{Enter, Granted, may};
use domain::id::{ExchangeId, FileId, SiteId};
use domain::refusal::Refusal;
use store::{ContactFile, DraftOf, DraftTexts, Drafted};

/// Drafts of one person that are kept at the same time: they weigh up to 40 Mo each.
const MOST_DRAFTS: usize = 20;

impl StoredFile {
    pub(super) fn of(row: ContactFile) -> Self {
        Self { id: row.id, name: row.name, kind: row.kind, bytes: row.bytes, sha256: row.sha256 }
    }
}

/// How many files a draft has, and how many bytes they weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// Files.
    pub files: usize,
    /// Bytes of all of them.
    pub bytes: u64,
}

/// A change to a draft, for whoever asked for it.
pub(super) fn weighed(drafted: Drafted) -> Result<Weight, Fault> {
    match drafted {
        Drafted::Yes(files, bytes) => Ok(Weight { files, bytes }),
        Drafted::Gone => Err(Refusal::NotFound.into()),
        Drafted::Sent => Err(Refusal::FlowLost.into()),
        Drafted::TooMany | Drafted::TooLarge | Drafted::Moved => Err(Refusal::Conflict.into()),
    }
}

/// Removes the bytes of a file that no row knows any more.
async fn remove(files: &crate::ports::Files, file: &FileId) {
    if let Err(fault) = files.vault.remove(file).await {
        // Nobody finds it any more; it is collected later.
        tracing::warn!(%file, %fault, "file not removed");
    }
}

/// Objet and message as far as they are kept; browsers end lines in two ways.
fn cut(subject: &str, message: &str) -> (String, String) {
    let first = |text: &str, most: usize| text.replace("\r\n", "\n").chars().take(most).collect();
    (first(subject, 4 * domain::contact::SUBJECT), first(message, 4 * domain::contact::MESSAGE))
}

impl Services {
    /// The form for this site: a draft of this person's as it was left, or a new one. A number that is nobody's, or somebody else's,
    /// begins anew.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter.
    pub async fn contact_form(&self, visit: &Visit, site: &SiteId, draft: Option<&str>) -> Result<ContactForm, Fault> {
        let granted = self.entering(visit, site).await?;
        let account = self.own_account(visit).await?;
        let row = self.store.find_site(&granted).await?.ok_or(Refusal::NotFound)?;
        let block = ContactBlock {
            name: account.name().full(),
            email: account.email,
            phone: account.phone,
            mobile: account.mobile,
            site: row.site.name,
            siret: row.site.siret.grouped(),
        };
        let number = draft.and_then(|text| text.parse::<ExchangeId>().ok());
        let left = match &number {
            Some(number) => self.store.find_draft(DraftOf { number, account: &visit.session.actor.account, site }).await?,
            None => None,
        };
        let (draft, unsent) = match (number, &left) {
            (Some(number), Some(_)) => (number, None),
            _ => (self.fresh()?, self.store.find_unsent(&visit.session.actor.account, site).await?),
        };
        let unsent =
            unsent.map(|row| Unsent { number: row.number, subject: row.subject, files: row.files, touched: self.in_paris(row.touched) });
        let left = left.unwrap_or_default();
        let refused = left.refused.and_then(|said| serde_json::from_str(&said).ok()).unwrap_or_default();
        let files = left.files.into_iter().map(StoredFile::of).collect();
        Ok(ContactForm { draft, block, subject: left.subject, message: left.message, files, refused, unsent })
    }

    /// Keeps what was typed, and which files were refused. Texts longer than any that is sent are cut: nobody loses what can be sent.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter or for somebody else's draft, `FlowLost` when it was sent meanwhile, `Conflict` when another page
    /// has written into it, `TooMany` drafts begun within a day.
    pub async fn keep_draft(&self, visit: &Visit, site: &SiteId, number: &ExchangeId, typed: Typed<'_>) -> Result<Weight, Fault> {
        self.entering(visit, site).await?;
        let _turn = self.drafts.turn(number.as_str()).await;
        let (of, now) = (DraftOf { number, account: &visit.session.actor.account, site }, self.clock.now());
        self.open_draft(of).await?;
        let refused = match typed.refused {
            None => None,
            Some([]) => Some(None),
            Some(refused) => Some(Some(serde_json::to_string(refused).map_err(|error| Fault::Broken(format!("refused files: {error}")))?)),
        };
        let (subject, message) = cut(typed.subject, typed.message);
        let writer = typed.writer.map(|(writer, [subject, message])| (writer.chars().take(40).collect::<String>(), cut(subject, message)));
        let texts = DraftTexts {
            subject: &subject,
            message: &message,
            writer: writer.as_ref().map(|(writer, (subject, message))| (writer.as_str(), [subject.as_str(), message.as_str()])),
            refused: refused.as_ref().map(Option::as_deref),
        };
        weighed(self.store.save_draft(of, texts, now).await?)
    }

    /// Deletes a draft and its files, at once. One that is not there, or somebody else's, stays as it is.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter.
    pub async fn discard_draft(&self, files: &crate::ports::Files, visit: &Visit, site: &SiteId, number: &ExchangeId) -> Result<(), Fault> {
        self.entering(visit, site).await?;
        let _turn = self.drafts.turn(number.as_str()).await;
        for file in self.store.discard_draft(DraftOf { number, account: &visit.session.actor.account, site }).await? {
            remove(files, &file).await;
        }
        Ok(())
    }

    /// Takes a file from a draft; its bytes go at once.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter, for somebody else's draft, and for a file that is not there.
    pub async fn drop_draft_file(
        &self,
        files: &crate::ports::Files,
        visit: &Visit,
        site: &SiteId,
        number: &ExchangeId,
        file: &FileId,
    ) -> Result<Weight, Fault> {
        self.entering(visit, site).await?;
        let of = DraftOf { number, account: &visit.session.actor.account, site };
        let weight = weighed(self.store.drop_file(of, file, self.clock.now()).await?)?;
        remove(files, file).await;
        Ok(weight)
    }

    /// Begins a draft, or finds the one that was begun.
    pub(super) async fn open_draft(&self, of: DraftOf<'_>) -> Result<Weight, Fault> {
        if let Some(draft) = self.store.find_draft(of).await? {
            // Sent meanwhile or spent meanwhile: whatever is written into it asks again.
            return Ok(Weight { files: draft.files.len(), bytes: draft.files.iter().map(|file| file.bytes).sum() });
        }
        self.reserve(Counter::Drafts, of.account.as_str()).await?;
        weighed(self.store.open_draft(of, MOST_DRAFTS, self.clock.now()).await?)
    }

    /// Proof that the person has any right on this site today: the contact form is everybody's there (S149). Looked up anew: a form's
    /// request has loaded no rights.
    pub(super) async fn entering(&self, visit: &Visit, site: &SiteId) -> Result<Granted<Enter>, Fault> {
        Ok(may(&self.actor_on(visit, site).await?, Enter, site, self.clock.today())?)
    }

    /// Whoever asks, with their rights on this site.
    pub(super) async fn actor_on(&self, visit: &Visit, site: &SiteId) -> Result<Actor, Fault> {
        let holdings = self.store.find_holdings(&visit.session.actor.account, site).await?;
        Ok(Actor { delegations: holdings.delegations, ..visit.session.actor.clone() })
    }
}
