//! What the fund's staff does with letters once they are made: look them up, say that they were posted, take one back, print one
//! again, ask for new ones.

use crate::ports::Post;
use crate::{Fault, Services};
use domain::id::LetterId;
use domain::identity::letter::{LetterState, LetterStatus};
use domain::sites::siret::Siret;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use store::{Desired, Letter, LetterScope, Voided};

/// Lines of a site's history shown.
const EVENTS: usize = 50;

/// What stood in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hindrance {
    /// There is no such batch, pair or site.
    Unknown,
    /// An interrupted run has left some of it: making letters finishes it.
    Unfinished,
    /// The pair is in this state.
    Is(LetterStatus),
    /// Its files are no longer in the spool.
    Missing,
    /// The fund has suspended the letters of the site.
    Suspended,
}

/// The batches there are, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BatchesReport {
    /// One line each.
    pub batches: Vec<BatchLine>,
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BatchLine {
    /// Its name.
    pub batch: String,
    /// Its pairs.
    pub pairs: usize,
    /// How many have each status; statuses nobody has are left out.
    pub statuses: BTreeMap<LetterStatus, usize>,
}

/// Pairs of letters, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LettersList {
    /// The batch or the SIRET that was asked for.
    pub what: String,
    /// One line each.
    pub letters: Vec<LetterLine>,
    /// What happened about the letters of the site asked for, the newest first.
    pub events: Vec<EventLine>,
    /// Why the list is empty, if it was asked for what is not there.
    pub hindrance: Option<Hindrance>,
}

/// One pair of letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterLine {
    /// Its id: the reference on both letters.
    pub id: LetterId,
    /// Its batch.
    pub batch: String,
    /// SIRET of its site.
    pub siret: String,
    /// Name of its site.
    pub name: String,
    /// Where it stands.
    pub status: LetterStatus,
    /// When it was made, in Paris.
    #[serde(serialize_with = "iso")]
    pub made: Date,
    /// When it was marked as posted.
    #[serde(serialize_with = "iso_perhaps")]
    pub posted: Option<Date>,
    /// Last day of its code.
    #[serde(serialize_with = "iso")]
    pub valid_until: Date,
    /// Wrong tries counted against its code.
    pub tries: i64,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventLine {
    /// When, in Paris.
    #[serde(serialize_with = "iso")]
    pub at: DateTime,
    /// What, as a code: `letter.made`.
    pub what: String,
    /// A batch, a pair and a reason.
    pub detail: String,
}

/// What marking as posted did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PostedReport {
    /// The batch, or the pair.
    pub what: String,
    /// Pairs marked now.
    pub marked: usize,
    /// Pairs that were marked before.
    pub already: usize,
    /// Why nothing was done.
    pub hindrance: Option<Hindrance>,
}

/// What taking a pair back did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoidedReport {
    /// The pair.
    pub id: LetterId,
    /// SIRET of its site.
    pub siret: String,
    /// Whether it had been taken back before.
    pub already: bool,
    /// Why nothing was done.
    pub hindrance: Option<Hindrance>,
}

/// Where a pair can be printed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReprintReport {
    /// The pair.
    pub id: LetterId,
    /// SIRET of its site.
    pub siret: String,
    /// Its two files; they are never put in one envelope.
    pub files: Vec<String>,
    /// Why it cannot.
    pub hindrance: Option<Hindrance>,
}

/// What asking for new letters did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WantedReport {
    /// The site.
    pub siret: Siret,
    /// Why nothing was done.
    pub hindrance: Option<Hindrance>,
}

/// Whether the letters of a site are suspended now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuspendedReport {
    /// The site.
    pub siret: Siret,
    /// Whether none is made for it.
    pub suspended: bool,
    /// Why nothing was done.
    pub hindrance: Option<Hindrance>,
}

fn iso<S: Serializer>(value: &impl std::fmt::Display, out: S) -> Result<S::Ok, S::Error> {
    out.collect_str(value)
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over as it is")]
fn iso_perhaps<S: Serializer>(value: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    value.map(|date| date.to_string()).serialize(out)
}

impl Services {
    /// The batches there are, with how many of their pairs stand where.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn list_batches(&self) -> Result<BatchesReport, Fault> {
        let mut batches: Vec<BatchLine> = Vec::new();
        for count in self.store.count_letters(self.clock.now()).await? {
            let line = match batches.last_mut() {
                Some(line) if line.batch == count.batch => line,
                _ => {
                    batches.push(BatchLine { batch: count.batch, pairs: 0, statuses: BTreeMap::new() });
                    batches.last_mut().ok_or_else(|| Fault::Broken("a line just added is gone".into()))?
                }
            };
            line.pairs += count.number;
            *line.statuses.entry(LetterStatus::of(count.state, count.code, count.has_expired)).or_default() += count.number;
        }
        Ok(BatchesReport { batches })
    }

    /// The pairs of a batch.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn list_batch(&self, batch: &str) -> Result<LettersList, Fault> {
        let letters = self.store.list_letters(LetterScope::Batch(batch)).await?;
        let hindrance = letters.is_empty().then_some(Hindrance::Unknown);
        Ok(LettersList { what: batch.to_owned(), letters: self.lines(letters), events: Vec::new(), hindrance })
    }

    /// The pairs of a site, and what happened about them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn list_site_letters(&self, siret: &Siret) -> Result<LettersList, Fault> {
        let what = siret.to_string();
        let Some(site) = self.store.find_site_by_siret(siret).await? else {
            return Ok(LettersList { what, hindrance: Some(Hindrance::Unknown), ..LettersList::default() });
        };
        let letters = self.store.list_letters(LetterScope::Site(&site)).await?;
        let events = self.store.list_letter_events(&site, EVENTS).await?;
        let events =
            events.into_iter().map(|event| EventLine { at: self.clock.paris(event.at), what: event.what, detail: event.detail }).collect();
        Ok(LettersList { what, letters: self.lines(letters), events, hindrance: None })
    }

    /// Notes that a whole batch was posted: from then on its codes exist on paper only.
    ///
    /// # Errors
    /// Those of the disk and of the database; doing it again completes it.
    pub async fn post_batch(&self, post: &dyn Post, batch: &str) -> Result<PostedReport, Fault> {
        let mut report = PostedReport { what: batch.to_owned(), ..PostedReport::default() };
        let letters = self.store.list_letters(LetterScope::Batch(batch)).await?;
        if letters.is_empty() {
            report.hindrance = Some(Hindrance::Unknown);
            return Ok(report);
        }
        // Whoever printed the folder has not printed what is not in it yet.
        let drafts = post.drafts().await?;
        if letters.iter().any(|letter| letter.state == LetterState::Printed && drafts.contains(&letter.id)) {
            report.hindrance = Some(Hindrance::Unfinished);
            return Ok(report);
        }
        report.already = letters.iter().filter(|letter| letter.state == LetterState::Posted).count();
        report.marked = self.store.mark_batch_posted(batch, &self.ulid(), self.clock.now()).await?;
        for letter in letters.iter().filter(|letter| letter.state != LetterState::Void) {
            post.settle(&letter.id, batch).await?;
        }
        Ok(report)
    }

    /// Notes that one pair was posted.
    ///
    /// # Errors
    /// Those of the disk and of the database; doing it again completes it.
    pub async fn post_letter(&self, post: &dyn Post, id: &LetterId) -> Result<PostedReport, Fault> {
        let mut report = PostedReport { what: id.to_string(), ..PostedReport::default() };
        let letter = self.store.find_letter(id).await?;
        report.hindrance = match &letter {
            None => Some(Hindrance::Unknown),
            Some(letter) if letter.state == LetterState::Void => Some(Hindrance::Is(LetterStatus::Void)),
            Some(letter) if letter.state == LetterState::Printed && post.drafts().await?.contains(id) => Some(Hindrance::Unfinished),
            Some(_) => None,
        };
        let (Some(letter), None) = (letter, report.hindrance) else { return Ok(report) };
        report.marked = usize::from(self.store.mark_letter_posted(id, &self.ulid(), self.clock.now()).await?);
        report.already = 1 - report.marked;
        post.settle(id, &letter.batch).await?;
        Ok(report)
    }

    /// Takes a pair back: its code opens nothing any more, and its files are removed. The reason is kept.
    ///
    /// # Errors
    /// Those of the disk and of the database; doing it again completes it.
    pub async fn void_letter(&self, post: &dyn Post, id: &LetterId, reason: &str) -> Result<VoidedReport, Fault> {
        let mut report = VoidedReport { id: id.clone(), siret: String::new(), already: false, hindrance: None };
        match self.store.void_letter(id, reason, &self.ulid(), self.clock.now()).await? {
            Voided::Yes => {}
            Voided::Already => report.already = true,
            Voided::Used => report.hindrance = Some(Hindrance::Is(LetterStatus::Used)),
            Voided::Unknown => report.hindrance = Some(Hindrance::Unknown),
        }
        let Some(letter) = self.store.find_letter(id).await? else { return Ok(report) };
        report.siret = letter.siret.to_string();
        if report.hindrance.is_none() {
            post.withdraw(id, &letter.batch, letter.posted.is_some()).await?;
        }
        Ok(report)
    }

    /// Where a pair can be printed again: what was spooled is printed again until it is posted, then only new letters help (D16).
    ///
    /// # Errors
    /// Those of the disk and of the database.
    pub async fn reprint_letter(&self, post: &dyn Post, id: &LetterId) -> Result<ReprintReport, Fault> {
        let mut report = ReprintReport { id: id.clone(), siret: String::new(), files: Vec::new(), hindrance: Some(Hindrance::Unknown) };
        let Some(letter) = self.store.find_letter(id).await? else { return Ok(report) };
        report.siret = letter.siret.to_string();
        let status = status(&letter, self.clock.now());
        report.hindrance = if status != LetterStatus::Printed {
            Some(Hindrance::Is(status))
        } else if post.drafts().await?.contains(id) {
            Some(Hindrance::Unfinished)
        } else {
            report.files = post.spooled(id, &letter.batch).await?;
            report.files.is_empty().then_some(Hindrance::Missing)
        };
        Ok(report)
    }

    /// Puts a site back in line for letters: those it had were lost. What is on its way stays good (A1).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn ask_new_letters(&self, siret: &Siret) -> Result<WantedReport, Fault> {
        let hindrance = match self.store.want_letters(siret, &self.ulid(), self.clock.now()).await? {
            Desired::Yes => None,
            Desired::Unknown => Some(Hindrance::Unknown),
            Desired::Suspended => Some(Hindrance::Suspended),
        };
        Ok(WantedReport { siret: siret.clone(), hindrance })
    }

    /// Suspends the letters of a site, whoever asks for them (A22). The reason is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn suspend_letters(&self, siret: &Siret, reason: &str) -> Result<SuspendedReport, Fault> {
        self.set_suspended(siret, Some(reason)).await
    }

    /// Lets a site ask for letters again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn resume_letters(&self, siret: &Siret) -> Result<SuspendedReport, Fault> {
        self.set_suspended(siret, None).await
    }

    async fn set_suspended(&self, siret: &Siret, reason: Option<&str>) -> Result<SuspendedReport, Fault> {
        let is_known = self.store.suspend_letters(siret, reason, &self.ulid(), self.clock.now()).await?;
        Ok(SuspendedReport { siret: siret.clone(), suspended: reason.is_some(), hindrance: (!is_known).then_some(Hindrance::Unknown) })
    }

    fn lines(&self, letters: Vec<Letter>) -> Vec<LetterLine> {
        let now = self.clock.now();
        let day = |moment| self.clock.paris(moment).date();
        let line = |letter: Letter| LetterLine {
            status: status(&letter, now),
            made: day(letter.created),
            posted: letter.posted.map(day),
            valid_until: day(letter.expires),
            siret: letter.siret.to_string(),
            id: letter.id,
            batch: letter.batch,
            name: letter.name,
            tries: letter.tries,
        };
        letters.into_iter().map(line).collect()
    }
}

fn status(letter: &Letter, now: Timestamp) -> LetterStatus {
    LetterStatus::of(letter.state, letter.code, letter.expires <= now)
}
