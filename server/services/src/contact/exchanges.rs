//! What was sent, and what the fund answered: for whoever wrote, and for those whose rights include « Échanges avec la caisse ».

use super::{Exchange, ExchangeAnswer, ExchangeLine, ExchangeList, LIST_PAGE, StoredFile};
use crate::ports::{FileBytes, Files};
use crate::{Fault, Services, Visit};
use domain::actor::Actor;
use domain::delegations::policy::{Enter, ReadExchanges, may};
use domain::id::{ExchangeId, FileId, SiteId};
use domain::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::DateTime;
use store::{AnswerRow, ContactFile, ExchangeRow, WholeExchange};

impl Services {
    /// The exchanges of a site, the newest first: all of them for those who may, their own for everybody else.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter.
    pub async fn list_exchanges(&self, visit: &Visit, site: &SiteId, page: usize) -> Result<ExchangeList, Fault> {
        let actor = self.actor_on(visit, site).await?;
        may(&actor, Enter, site, self.clock.today())?;
        let sees_all = self.sees_all(&actor, site);
        let whose = (!sees_all).then_some(&actor.account);
        let page = page.clamp(1, 100_000);
        let (rows, total) = self.store.list_exchanges(site, whose, ((page - 1) * LIST_PAGE, LIST_PAGE)).await?;
        let lines = rows.into_iter().map(|row| self.exchange_line(&actor, row)).collect();
        Ok(ExchangeList { lines, total, page, sees_all })
    }

    /// An exchange with its answers.
    ///
    /// # Errors
    /// `NotFound` when it is neither the person's own nor theirs to read.
    pub async fn read_exchange(&self, visit: &Visit, site: &SiteId, id: &ExchangeId) -> Result<Exchange, Fault> {
        let (actor, (row, files, answers)) = self.readable(visit, site, id).await?;
        let answers = self.exchange_answers(answers, &files);
        let (message, read) = (row.message.clone(), row.read.map(|at| self.in_paris(at)));
        Ok(Exchange { files: files_of(&files, None), line: self.exchange_line(&actor, row), message, read, answers })
    }

    /// A file of an exchange, for whoever may read it.
    ///
    /// # Errors
    /// `NotFound` for whoever may not read it, `Broken` when its bytes are gone.
    pub async fn open_exchange_file(
        &self,
        files: &Files,
        visit: &Visit,
        (site, id): (&SiteId, &ExchangeId),
        file: &FileId,
    ) -> Result<(StoredFile, FileBytes), Fault> {
        let (_, (_, known, _)) = self.readable(visit, site, id).await?;
        let known: ContactFile = known.into_iter().find(|known| known.id == *file).ok_or(Refusal::NotFound)?;
        let bytes = files.vault.open(file).await?.ok_or_else(|| Fault::Broken(format!("the bytes of file {file} are gone")))?;
        Ok((StoredFile::of(known), bytes))
    }

    async fn readable(&self, visit: &Visit, site: &SiteId, id: &ExchangeId) -> Result<(Actor, WholeExchange), Fault> {
        let actor = self.actor_on(visit, site).await?;
        may(&actor, Enter, site, self.clock.today())?;
        let whole = self.store.find_exchange(site, id).await?.ok_or(Refusal::NotFound)?;
        if whole.0.account != actor.account && !self.sees_all(&actor, site) {
            return Err(Refusal::NotFound.into());
        }
        Ok((actor, whole))
    }

    fn sees_all(&self, actor: &Actor, site: &SiteId) -> bool {
        may(actor, ReadExchanges, site, self.clock.today()).is_ok()
    }

    fn exchange_line(&self, actor: &Actor, row: ExchangeRow) -> ExchangeLine {
        ExchangeLine {
            id: row.number,
            reference: row.reference,
            subject: row.subject,
            state: row.state,
            author: row.author,
            is_own: row.account == actor.account,
            sent: self.in_paris(row.sent),
            files: row.files,
        }
    }

    /// Answers with their files, which are told apart by the answer they go with.
    pub(super) fn exchange_answers(&self, answers: Vec<AnswerRow>, files: &[ContactFile]) -> Vec<ExchangeAnswer> {
        let answers = answers.into_iter();
        answers
            .map(|answer| ExchangeAnswer {
                at: self.in_paris(answer.at),
                files: files_of(files, Some(&answer.number)),
                by: answer.by,
                text: answer.text,
            })
            .collect()
    }

    pub(super) fn in_paris(&self, at: Timestamp) -> DateTime {
        self.clock.paris(at)
    }
}

/// The files that go with one answer, or with the message itself.
pub(super) fn files_of(files: &[ContactFile], answer: Option<&str>) -> Vec<StoredFile> {
    files.iter().filter(|file| file.answer.as_deref() == answer).cloned().map(StoredFile::of).collect()
}
