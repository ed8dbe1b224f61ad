//! What becomes of letters once they are made: listed, posted, taken back.

use crate::connect::Store;
use crate::row::{at, id, moment, own, vars};
use crate::tx::Error;
use domain::id::{LetterId, SiteId};
use domain::identity::letter::{CodeState, LetterState};
use domain::sites::siret::Siret;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue};

/// A pair of letters with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id, printed on both letters.
    pub id: LetterId,
    /// Name of its batch.
    pub batch: String,
    /// SIRET of its site.
    pub siret: Siret,
    /// Name of its site.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// Where the paper is.
    pub state: LetterState,
    /// When it was marked as posted; stays when it is taken back later.
    pub posted: Option<Timestamp>,
    /// What its code is good for.
    pub code: CodeState,
    /// Until when.
    pub expires: Timestamp,
    /// Wrong tries counted against its code.
    pub tries: i64,
}

/// Which letters are asked for.
#[derive(Debug, Clone, Copy)]
pub enum LetterScope<'a> {
    /// One pair.
    One(&'a LetterId),
    /// Those of a batch.
    Batch(&'a str),
    /// Those of a site.
    Site(&'a SiteId),
}

/// How many pairs of a batch are in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchCount {
    /// Name of the batch.
    pub batch: String,
    /// Where the paper is.
    pub state: LetterState,
    /// What the codes are good for.
    pub code: CodeState,
    /// Whether they have expired.
    pub has_expired: bool,
    /// How many.
    pub number: usize,
}

/// One line of what happened about the letters of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterEvent {
    /// When.
    pub at: Timestamp,
    /// What, as a code: `letter.made`.
    pub what: String,
    /// What was noted with it: a batch, a reason.
    pub detail: String,
}

/// How the taking back of a pair ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voided {
    /// Its code opens nothing any more.
    Yes,
    /// It had been taken back before.
    Already,
    /// Its code has opened an account: there is nothing left to take back.
    Used,
    /// There is no such pair.
    Unknown,
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    batch: String,
    siret: String,
    name: String,
    created: Datetime,
    state: String,
    posted: Option<Datetime>,
    code: String,
    expires: Datetime,
    tries: i64,
}

impl Row {
    fn read(self) -> Result<Letter, Error> {
        Ok(Letter {
            id: own(&self.id)?,
            batch: self.batch,
            siret: Siret::parse(&self.siret).map_err(|_| Error::Row("site with a wrong SIRET".into()))?,
            name: self.name,
            created: moment(&self.created),
            state: letter_state(&self.state)?,
            posted: self.posted.as_ref().map(moment),
            code: code_state(&self.code)?,
            expires: moment(&self.expires),
            tries: self.tries,
        })
    }
}

fn letter_state(name: &str) -> Result<LetterState, Error> {
    LetterState::read(name).ok_or_else(|| Error::Row(format!("letter in an unknown state: {name}")))
}

fn code_state(name: &str) -> Result<CodeState, Error> {
    CodeState::read(name).ok_or_else(|| Error::Row(format!("letter code in an unknown state: {name}")))
}

impl Store {
    /// Pairs of letters, in the order in which they were made.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_letters(&self, scope: LetterScope<'_>) -> Result<Vec<Letter>, Error> {
        let (source, vars) = match scope {
            LetterScope::One(letter) => ("$letter", vars! { letter: id("letter", letter.as_str()) }),
            LetterScope::Batch(batch) => ("letter WHERE batch = $batch", vars! { batch: batch.to_owned() }),
            LetterScope::Site(site) => ("letter WHERE site = $site", vars! { site: id("site", site.as_str()) }),
        };
        // A code is forgotten a year after its end, its letter is not.
        let sql = format!(
            "SELECT id, batch, site.siret AS siret, site.name AS name, created, state, posted, code.state ?? 'void' AS code,
               code.expires ?? created AS expires, code.tries ?? 0 AS tries FROM {source} ORDER BY created, id;"
        );
        self.read(&sql, vars).await?.take::<Row>(0)?.into_iter().map(Row::read).collect()
    }

    /// One pair of letters.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_letter(&self, letter: &LetterId) -> Result<Option<Letter>, Error> {
        Ok(self.list_letters(LetterScope::One(letter)).await?.pop())
    }

    /// How many pairs of each batch are in each state, the newest batch first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_letters(&self, now: Timestamp) -> Result<Vec<BatchCount>, Error> {
        #[derive(SurrealValue)]
        struct Line {
            batch: String,
            state: String,
            code: String,
            late: bool,
            number: u64,
        }
        let rows: Vec<Line> = self
            .read(
                "SELECT batch, state, code, late, count() AS number
                 FROM (SELECT batch, state, code.state ?? 'void' AS code, (code.expires ?? created) <= $now AS late FROM letter)
                 GROUP BY batch, state, code, late ORDER BY batch DESC;",
                vars! { now: at(now) },
            )
            .await?
            .take(0)?;
        rows.into_iter()
            .map(|row| {
                Ok(BatchCount {
                    state: letter_state(&row.state)?,
                    code: code_state(&row.code)?,
                    has_expired: row.late,
                    number: usize::try_from(row.number).unwrap_or(usize::MAX),
                    batch: row.batch,
                })
            })
            .collect()
    }

    /// What happened about the letters of a site, newest first: made, asked for, refused at the door, posted, taken back.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_letter_events(&self, site: &SiteId, most: usize) -> Result<Vec<LetterEvent>, Error> {
        #[derive(SurrealValue)]
        struct Line {
            at: Datetime,
            what: String,
            detail: Option<String>,
        }
        let rows: Vec<Line> = self
            .read(
                "SELECT at, what, detail FROM audit WHERE site = $site AND string::starts_with(what, 'letter.') ORDER BY at DESC LIMIT $most;",
                vars! { site: id("site", site.as_str()), most: i64::try_from(most).unwrap_or(i64::MAX) },
            )
            .await?
            .take(0)?;
        Ok(rows
            .into_iter()
            .map(|row| LetterEvent { at: moment(&row.at), what: row.what, detail: row.detail.unwrap_or_default() })
            .collect())
    }

    /// Marks the printed pairs of a batch as posted, and says how many that were; others stay as they are.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mark_batch_posted(&self, batch: &str, audit: &str, now: Timestamp) -> Result<usize, Error> {
        let changed = self
            .write(
                "LET $changed = (UPDATE letter SET state = 'posted', posted = $now WHERE batch = $batch AND state = 'printed' RETURN VALUE id);
                 IF array::len($changed) > 0 { CREATE $audit SET at = $now, what = 'letter.batch_posted', detail = $batch };
                 RETURN array::len($changed);",
                vars! { batch: batch.to_owned(), audit: id("audit", audit), now: at(now) },
            )
            .await?
            .last::<u64>()?;
        Ok(usize::try_from(changed.unwrap_or(0)).unwrap_or(usize::MAX))
    }

    /// Marks one printed pair as posted; false when it is not there, or not printed any more.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mark_letter_posted(&self, letter: &LetterId, audit: &str, now: Timestamp) -> Result<bool, Error> {
        let changed = self
            .write(
                "LET $changed = (UPDATE $letter SET state = 'posted', posted = $now WHERE state = 'printed' RETURN VALUE site);
                 IF array::len($changed) > 0 { CREATE $audit SET at = $now, what = 'letter.posted', site = $changed[0], detail = $name };
                 RETURN array::len($changed);",
                vars! { letter: id("letter", letter.as_str()), name: letter.to_string(), audit: id("audit", audit), now: at(now) },
            )
            .await?
            .last::<u64>()?;
        Ok(changed == Some(1))
    }

    /// Takes a pair back: its code opens nothing any more. The reason is kept for the fund.
    ///
    /// # Errors
    /// Those of the engine; every refusal is a [`Voided`].
    pub async fn void_letter(&self, letter: &LetterId, reason: &str, audit: &str, now: Timestamp) -> Result<Voided, Error> {
        let voided = self
            .write(
                "LET $pair = (SELECT site, state, code, code.state AS use FROM ONLY $letter);
                 IF $pair = NONE { THROW 'unknown' };
                 IF $pair.state = 'void' { THROW 'already' };
                 IF $pair.use = 'used' { THROW 'used' };
                 UPDATE $letter SET state = 'void';
                 UPDATE $pair.code SET state = 'void' WHERE state = 'live';
                 CREATE $audit SET at = $now, what = 'letter.voided', site = $pair.site, detail = $reason;",
                vars! {
                    letter: id("letter", letter.as_str()),
                    reason: format!("{letter} {reason}"),
                    audit: id("audit", audit),
                    now: at(now),
                },
            )
            .await;
        match voided {
            Ok(_) => Ok(Voided::Yes),
            Err(Error::Refused(word)) if word == "already" => Ok(Voided::Already),
            Err(Error::Refused(word)) if word == "used" => Ok(Voided::Used),
            Err(Error::Refused(_)) => Ok(Voided::Unknown),
            Err(other) => Err(other),
        }
    }
}
