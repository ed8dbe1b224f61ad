//! The fund's side, until its desk exists: what came in, reading it, answering, taking it out.

use super::exchanges::files_of;
use super::upload::{Upload, UploadProblem};
use super::{ExchangeAnswer, StoredFile};
use crate::links::Notices;
use crate::mails::MailContent;
use crate::ports::{FileBytes, Files};
use crate::{Fault, Services};
use domain::actor::Actor;
use domain::contact::{Budget, ContactDraft, ExchangeState, FileRefusal, Reference};
use domain::delegations::policy::{Enter, may};
use domain::form::Reason;
use futures_util::StreamExt;
use jiff::civil::DateTime;
use serde::Serialize;
pub use store::Seen;
use store::{Account, Answering, ContactFile, ExchangeRow, NewAnswer};

/// An exchange in the fund's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundLine {
    /// What people call it on the phone.
    pub reference: Reference,
    /// Objet.
    pub subject: String,
    /// How far it has come.
    pub state: ExchangeState,
    /// Name of the site.
    pub site: String,
    /// Its SIRET.
    pub siret: String,
    /// Who wrote.
    pub author: String,
    /// When, as clocks in Paris showed it.
    #[serde(serialize_with = "super::iso")]
    pub sent: DateTime,
    /// How many files went with it.
    pub files: usize,
}

/// An exchange, as the fund reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundExchange {
    /// What the list says of it.
    pub line: FundLine,
    /// The writer's address, as it was when they wrote; empty once they were erased.
    pub email: String,
    /// Their phone number, likewise.
    pub phone: Option<String>,
    /// Local path of the page they came from.
    pub page: Option<String>,
    /// Version of the text they consented to when they sent it (S155).
    pub consent: String,
    /// The message; lines divided by `\n`.
    pub message: String,
    /// Its files.
    pub files: Vec<StoredFile>,
    /// Answers so far, the oldest first.
    pub answers: Vec<ExchangeAnswer>,
}

/// An answer to be.
#[derive(Debug, Clone, Copy)]
pub struct FundAnswer<'a> {
    /// Who answers, as people are shown it; at most 80 characters.
    pub by: &'a str,
    /// What.
    pub text: &'a str,
}

/// An answer that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FundAnswered {
    /// Of which exchange.
    pub reference: Reference,
    /// How many files went with it.
    pub files: usize,
    /// Whether a mail tells the writer: not when they were erased, or have no right on the site any more and could not read it.
    pub told: bool,
}

/// Why an answer was not written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerProblem {
    /// No exchange has this reference.
    Unknown,
    /// The last answer of the exchange says the same, by the same: it was written, and whoever asked did not hear of it.
    Twice,
    /// The text, or who answers, is empty or too long.
    Text(Reason),
    /// A file does not go with it.
    File {
        /// Its name.
        name: String,
        /// Why.
        refusal: FileRefusal,
    },
}

/// Most exchanges of a list.
const LISTED: usize = 500;
/// Most characters of who answers.
pub const BY: usize = 80;

impl Services {
    /// What came in, the newest first; in one state, when asked for.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn list_for_fund(&self, state: Option<ExchangeState>) -> Result<Vec<FundLine>, Fault> {
        let rows = self.store.list_all_exchanges(state, LISTED).await?;
        Ok(rows.into_iter().map(|row| self.fund_line(&row)).collect())
    }

    /// An exchange, whole. Each time leaves its line in the audit; opened the first time, its writer sees that it was read.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn read_for_fund(&self, reference: &Reference, seen: Seen) -> Result<Option<FundExchange>, Fault> {
        let Some((mut row, files, answers)) = self.store.find_exchange_by_reference(reference).await? else { return Ok(None) };
        self.store.note_exchange((&row.site, &row.number), seen, &self.ulid(), self.clock.now()).await?;
        if seen == Seen::Opened && row.state == ExchangeState::Sent {
            row.state = ExchangeState::Read;
        }
        Ok(Some(FundExchange {
            line: self.fund_line(&row),
            consent: row.consent,
            email: row.email,
            phone: row.phone,
            page: row.page,
            message: row.message,
            files: files_of(&files, None),
            answers: self.exchange_answers(answers, &files),
        }))
    }

    /// Answers: the text and its files, judged as those of everybody, then a mail that says there is an answer.
    ///
    /// # Errors
    /// Those of the database and of the files; nothing is written then.
    pub async fn answer_for_fund(
        &self,
        files: &Files,
        reference: &Reference,
        answer: FundAnswer<'_>,
        attachments: Vec<(String, FileBytes)>,
    ) -> Result<Result<FundAnswered, AnswerProblem>, Fault> {
        let Some((row, ..)) = self.store.find_exchange_by_reference(reference).await? else { return Ok(Err(AnswerProblem::Unknown)) };
        let (by, text) = match (line(answer.by, BY), text(answer.text)) {
            (Ok(by), Ok(text)) => (by, text),
            (Err(reason), _) | (_, Err(reason)) => return Ok(Err(AnswerProblem::Text(reason))),
        };
        let mut stored = Vec::new();
        let taken = self.take_in(files, attachments, &mut stored).await;
        let written = match taken {
            Ok(Ok(())) => self.write_answer(&row, (&by, &text), &stored).await,
            Ok(Err(problem)) => {
                discard(files, &stored).await;
                return Ok(Err(problem));
            }
            Err(fault) => Err(fault),
        };
        match written {
            Ok((Answering::Yes, told)) => Ok(Ok(FundAnswered { reference: reference.clone(), files: stored.len(), told })),
            Ok((other, _)) => {
                discard(files, &stored).await;
                Ok(Err(if other == Answering::Twice { AnswerProblem::Twice } else { AnswerProblem::Unknown }))
            }
            // Whether it was written is not known: what is left over is collected.
            Err(fault) => Err(fault),
        }
    }

    async fn take_in(
        &self,
        files: &Files,
        attachments: Vec<(String, FileBytes)>,
        stored: &mut Vec<ContactFile>,
    ) -> Result<Result<(), AnswerProblem>, Fault> {
        let mut budget = Budget::default();
        for (name, bytes) in attachments {
            let most = budget.left().1;
            let file = match self.take_one(files, &name, bytes, most).await {
                Ok(file) => file,
                Err(UploadProblem::Refused(refusal)) => return Ok(Err(AnswerProblem::File { name, refusal })),
                Err(UploadProblem::Fault(fault)) => return Err(fault),
            };
            let size = file.bytes;
            stored.push(file);
            budget = match budget.admits(size) {
                Ok(budget) => budget,
                Err(refusal) => return Ok(Err(AnswerProblem::File { name, refusal })),
            };
        }
        Ok(Ok(()))
    }

    async fn take_one(&self, files: &Files, name: &str, mut bytes: FileBytes, most: u64) -> Result<ContactFile, UploadProblem> {
        let mut upload = Upload::begin(self.fresh()?, files, name, most).await?;
        while let Some(chunk) = bytes.next().await {
            upload.write(chunk?).await?;
        }
        upload.finish().await
    }

    /// Who wrote, if they can still read here what is answered.
    async fn reader(&self, row: &ExchangeRow) -> Result<Option<Account>, Fault> {
        let Some(account) = self.store.find_account(&row.account).await?.filter(|account| !account.email.is_empty()) else {
            return Ok(None);
        };
        let delegations = self.store.find_holdings(&account.id, &row.site).await?.delegations;
        let actor = Actor { account: account.id.clone(), name: account.name(), delegations };
        Ok(may(&actor, Enter, &row.site, self.clock.today()).is_ok().then_some(account))
    }

    /// Writes an answer; whether its mail leaves.
    async fn write_answer(&self, row: &ExchangeRow, (by, text): (&str, &str), stored: &[ContactFile]) -> Result<(Answering, bool), Fault> {
        let mut notices = Notices::default();
        let reader = self.reader(row).await?;
        let told = reader.is_some();
        if let Some(Account { first, email, .. }) = reader {
            let content = MailContent::ContactAnswered {
                first,
                reference: row.reference.to_string(),
                site: row.site_name.clone(),
                subject: row.subject.clone(),
                files: stored.len(),
                page: super::thread_path(&row.site, &row.number),
            };
            notices.add(&email, self.fresh()?, content);
        }
        let (number, audit) = (self.ulid(), self.ulid());
        let new = NewAnswer {
            exchange: (&row.site, &row.number),
            number: &number,
            by,
            text,
            files: stored,
            notices: &notices.messages()?,
            audit: &audit,
            now: self.clock.now(),
        };
        Ok((self.store.answer_exchange(&new).await?, told))
    }

    fn fund_line(&self, row: &ExchangeRow) -> FundLine {
        FundLine {
            reference: row.reference.clone(),
            subject: row.subject.clone(),
            state: row.state,
            site: row.site_name.clone(),
            siret: row.siret.clone(),
            author: row.author.clone(),
            sent: self.in_paris(row.sent),
            files: row.files,
        }
    }
}

/// Files of an answer that was not written.
async fn discard(files: &Files, stored: &[ContactFile]) {
    for file in stored {
        if let Err(fault) = files.vault.remove(&file.id).await {
            tracing::warn!(file = %file.id, %fault, "file not removed");
        }
    }
}

fn line(typed: &str, most: usize) -> Result<String, Reason> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(Reason::Missing),
        count if count > most => Err(Reason::TooLong),
        _ if line.chars().any(char::is_control) => Err(Reason::Characters),
        _ => Ok(line),
    }
}

/// Judged as the message of a form.
fn text(typed: &str) -> Result<String, Reason> {
    let form = ContactDraft { subject: "-".into(), message: typed.to_owned(), consent: "on".into(), consent_version: String::new() };
    let answer = form.parse("").map_err(|errors| errors.reason("message").unwrap_or(Reason::Missing))?;
    Ok(answer.message)
}
