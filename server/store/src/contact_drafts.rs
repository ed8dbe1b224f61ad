//! Drafts of messages to the fund, and the rows of their files.

use crate::connect::Store;
use crate::row::{at, id, moment, own, vars};
use crate::tx::Error;
use domain::contact::{Kind, MOST_BYTES, MOST_FILES};
use domain::id::{AccountId, ExchangeId, FileId, SiteId};
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue, Variables};

/// Whose draft it is: nobody else reads or changes it, and it goes to no other site.
#[derive(Debug, Clone, Copy)]
pub struct DraftOf<'a> {
    /// Its number.
    pub number: &'a ExchangeId,
    /// Who writes.
    pub account: &'a AccountId,
    /// For which site.
    pub site: &'a SiteId,
}

/// A draft, as it was left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactDraftRow {
    /// Objet.
    pub subject: String,
    /// Message.
    pub message: String,
    /// What was said of the files refused last, as it was saved.
    pub refused: Option<String>,
    /// Its files, in the order they came.
    pub files: Vec<ContactFile>,
}

/// A draft that was left with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentRow {
    /// Its number.
    pub number: ExchangeId,
    /// Objet, as typed.
    pub subject: String,
    /// How many files it has.
    pub files: usize,
    /// When it was last touched.
    pub touched: Timestamp,
}

/// A file whose bytes lie under its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactFile {
    /// Its id.
    pub id: FileId,
    /// The answer it goes with; none for those of the message.
    pub answer: Option<String>,
    /// Its name, as it is shown.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What somebody typed.
#[derive(Debug, Clone, Copy)]
pub struct DraftTexts<'a> {
    /// Objet.
    pub subject: &'a str,
    /// Message.
    pub message: &'a str,
    /// Who keeps them on its own, and objet and message as it has them from the server: what another page wrote meanwhile stays. None:
    /// somebody pressed a button, and what they see is what they want.
    pub writer: Option<(&'a str, [&'a str; 2])>,
    /// What is said of the files refused last. None: as it is.
    pub refused: Option<Option<&'a str>>,
}

/// How a change to a draft ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafted {
    /// It was made; so many files of so many bytes are there.
    Yes(usize, u64),
    /// There is no such draft of this person's for this site, or no such file of it.
    Gone,
    /// The exchange was sent meanwhile.
    Sent,
    /// More than twenty files.
    TooMany,
    /// More bytes than go together.
    TooLarge,
    /// Another page has written into it.
    Moved,
}

#[derive(SurrealValue)]
struct DraftRow {
    subject: String,
    message: String,
    refused: Option<String>,
}

#[derive(SurrealValue)]
struct Unsent {
    id: RecordId,
    subject: String,
    files: i64,
    touched: Datetime,
}

#[derive(SurrealValue)]
struct FileRow {
    id: RecordId,
    answer: Option<String>,
    name: String,
    kind: String,
    bytes: i64,
    sha256: String,
}

#[derive(SurrealValue)]
struct CountRow {
    files: i64,
    bytes: i64,
}

pub(crate) const FILE: &str = "id, answer, name, kind, bytes, sha256";

pub(crate) fn files(rows: &mut crate::tx::Rows, index: usize) -> Result<Vec<ContactFile>, Error> {
    rows.take::<FileRow>(index)?.into_iter().map(FileRow::read).collect()
}

impl FileRow {
    fn read(self) -> Result<ContactFile, Error> {
        Ok(ContactFile {
            id: own(&self.id)?,
            answer: self.answer,
            name: self.name,
            kind: Kind::from_extension(&self.kind).ok_or_else(|| Error::Row("file of an unknown kind".into()))?,
            bytes: u64::try_from(self.bytes).unwrap_or(0),
            sha256: self.sha256,
        })
    }
}

impl DraftOf<'_> {
    pub(crate) fn vars(&self) -> Variables {
        vars! {
            draft: id("contact_draft", self.number.as_str()),
            number: self.number.to_string(),
            account: id("account", self.account.as_str()),
            site: id("site", self.site.as_str()),
            exchange: crate::exchanges::exchange_id(self.site, self.number),
        }
    }
}

/// Refuses a number under which something was sent already, for this site or for another one.
pub(crate) const UNSENT: &str = "LET $there = (SELECT VALUE id FROM exchange WHERE number = $number);
    IF array::len($there) > 0 { THROW IF $there[0] = $exchange { 'sent' } ELSE { 'gone' } };
";

/// First statements of every change, after [`UNSENT`]: the draft is this person's for this site.
const OURS: &str = "LET $d = (SELECT account, site, files, bytes FROM ONLY $draft);
    IF $d = NONE OR $d.account != $account OR $d.site != $site { THROW 'gone' };
";

fn drafted(result: Result<crate::tx::Rows, Error>) -> Result<Drafted, Error> {
    match result {
        Ok(mut rows) => {
            let row = rows.last::<CountRow>()?.ok_or_else(|| Error::Row("no draft".into()))?;
            Ok(Drafted::Yes(usize::try_from(row.files).unwrap_or(0), u64::try_from(row.bytes).unwrap_or(0)))
        }
        Err(Error::Refused(word)) => match word.as_str() {
            "sent" => Ok(Drafted::Sent),
            "too_many" => Ok(Drafted::TooMany),
            "too_large" => Ok(Drafted::TooLarge),
            "moved" => Ok(Drafted::Moved),
            _ => Ok(Drafted::Gone),
        },
        Err(other) => Err(other),
    }
}

impl Store {
    /// A draft with its files; none when there is none of this person's for this site.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_draft(&self, of: DraftOf<'_>) -> Result<Option<ContactDraftRow>, Error> {
        let sql = format!(
            "SELECT subject, message, refused FROM $draft WHERE account = $account AND site = $site;
             SELECT {FILE} FROM contact_file WHERE exchange = $number AND state = 'draft' AND account = $account ORDER BY id;"
        );
        let mut rows = self.read(&sql, of.vars()).await?;
        let Some(row) = rows.one::<DraftRow>(0)? else { return Ok(None) };
        Ok(Some(ContactDraftRow { subject: row.subject, message: row.message, refused: row.refused, files: files(&mut rows, 1)? }))
    }

    /// The newest draft of a person for a site that holds anything.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_unsent(&self, account: &AccountId, site: &SiteId) -> Result<Option<UnsentRow>, Error> {
        let sql = "SELECT id, subject, files, touched FROM contact_draft WHERE account = $account AND site = $site
               AND (files > 0 OR subject != '' OR message != '') ORDER BY touched DESC LIMIT 1;";
        let vars = vars! { account: id("account", account.as_str()), site: id("site", site.as_str()) };
        let Some(row) = self.read(sql, vars).await?.one::<Unsent>(0)? else { return Ok(None) };
        let files = usize::try_from(row.files).unwrap_or(0);
        Ok(Some(UnsentRow { number: own(&row.id)?, subject: row.subject, files, touched: moment(&row.touched) }))
    }

    /// Begins a draft when there is none, without what is left of one of its number that time has ended. Of a person's drafts the `most` newest stay: nobody is kept from writing by what they left.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn open_draft(&self, of: DraftOf<'_>, most: usize, now: Timestamp) -> Result<Drafted, Error> {
        let mut vars = of.vars();
        vars.insert("most", i64::try_from(most).unwrap_or(i64::MAX));
        vars.insert("now", at(now));
        let script = format!(
            "{UNSENT}LET $d = (SELECT account, site FROM ONLY $draft);
             IF $d != NONE AND ($d.account != $account OR $d.site != $site) {{ THROW 'gone' }};
             LET $all = (SELECT id, touched FROM contact_draft WHERE account = $account ORDER BY touched DESC);
             LET $others = IF $d = NONE {{ array::slice($all.id, $most - 1) }} ELSE {{ [] }};
             LET $gone = $others.map(|$one| record::id($one)).concat(IF $d = NONE {{ [$number] }} ELSE {{ [] }});
             LET $found = (SELECT VALUE id FROM contact_file WHERE exchange IN $gone AND state = 'draft');
             DELETE $found;
             DELETE $others;
             IF $d = NONE {{ CREATE $draft SET account = $account, site = $site, touched = $now }};
             RETURN (SELECT files, bytes FROM ONLY $draft);"
        );
        drafted(self.write_apart(&script, vars).await)
    }

    /// Keeps what was typed, and what is to be said of files that were refused.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn save_draft(&self, of: DraftOf<'_>, texts: DraftTexts<'_>, now: Timestamp) -> Result<Drafted, Error> {
        let mut vars = of.vars();
        vars.insert("subject", texts.subject.to_owned());
        vars.insert("message", texts.message.to_owned());
        vars.insert("now", at(now));
        let mut refused = "";
        if let Some(said) = texts.refused {
            vars.insert("refused", said.map(str::to_owned));
            refused = ", refused = $refused";
        }
        let mut unmoved = "";
        vars.insert("writer", texts.writer.map(|(writer, _)| writer.to_owned()));
        if let Some((_, before)) = texts.writer {
            vars.insert("before", before.map(str::to_owned).to_vec());
            // What it wrote itself is no obstacle: it may not have heard that it did.
            unmoved = "LET $t = (SELECT VALUE [subject, message] FROM ONLY $draft);
             IF $t NOT IN [['', ''], $before, [$subject, $message]] AND (SELECT VALUE writer FROM ONLY $draft) != $writer { THROW 'moved' };";
        }
        let script = format!(
            "{UNSENT}{OURS}{unmoved}UPDATE $draft SET subject = $subject, message = $message, writer = $writer, touched = $now{refused};
             UPDATE contact_file SET touched = $now WHERE exchange = $number AND state = 'draft' AND touched < $now - 1m;
             RETURN (SELECT files, bytes FROM ONLY $draft);"
        );
        drafted(self.write_apart(&script, vars).await)
    }

    /// Notes a file whose bytes lie in the store, if it still fits: files may come in at the same moment.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn add_file(&self, of: DraftOf<'_>, file: &ContactFile, now: Timestamp) -> Result<Drafted, Error> {
        let mut vars = of.vars();
        vars.extend(file_vars(file));
        vars.insert("most_files", i64::try_from(MOST_FILES).unwrap_or(i64::MAX));
        vars.insert("most_bytes", i64::try_from(MOST_BYTES).unwrap_or(i64::MAX));
        vars.insert("now", at(now));
        let script = format!(
            "{UNSENT}{OURS}IF $d.files >= $most_files {{ THROW 'too_many' }};
             IF $d.bytes + $bytes > $most_bytes {{ THROW 'too_large' }};
             UPDATE $draft SET files += 1, bytes += $bytes, touched = $now;
             UPDATE contact_file SET touched = $now WHERE exchange = $number AND state = 'draft' AND touched < $now - 1m;
             CREATE $file SET exchange = $number, account = $account, name = $name, kind = $kind, bytes = $bytes, sha256 = $sha256,
               state = 'draft', touched = $now;
             RETURN (SELECT files, bytes FROM ONLY $draft);"
        );
        drafted(self.write_apart(&script, vars).await)
    }

    /// Takes a file from a draft.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn drop_file(&self, of: DraftOf<'_>, file: &FileId, now: Timestamp) -> Result<Drafted, Error> {
        let mut vars = of.vars();
        vars.insert("file", id("contact_file", file.as_str()));
        vars.insert("now", at(now));
        let script = format!(
            "{UNSENT}{OURS}LET $f = (SELECT exchange, state, bytes FROM ONLY $file);
             IF $f = NONE OR $f.exchange != $number OR $f.state != 'draft' {{ THROW 'gone' }};
             UPDATE $draft SET files -= 1, bytes -= $f.bytes, refused = NONE, touched = $now;
             DELETE $file;
             UPDATE contact_file SET touched = $now WHERE exchange = $number AND state = 'draft' AND touched < $now - 1m;
             RETURN (SELECT files, bytes FROM ONLY $draft);"
        );
        drafted(self.write_apart(&script, vars).await)
    }

    /// Deletes a draft with the rows of its files; which they were.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn discard_draft(&self, of: DraftOf<'_>) -> Result<Vec<FileId>, Error> {
        let script = "LET $others = (SELECT VALUE id FROM $draft WHERE account = $account AND site = $site);
             LET $found = IF array::len($others) = 0 { [] } ELSE { (SELECT VALUE id FROM contact_file WHERE exchange = $number AND state = 'draft') };
             DELETE $found;
             DELETE $others;
             RETURN $found;";
        let gone = self.write_apart(script, of.vars()).await?.take::<RecordId>(4)?;
        gone.iter().map(own).collect()
    }

    /// Some files the database knows, the oldest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn some_files(&self, most: usize) -> Result<Vec<FileId>, Error> {
        let vars = vars! { most: i64::try_from(most).unwrap_or(i64::MAX) };
        let some = self.read("SELECT VALUE id FROM contact_file LIMIT $most;", vars).await?.take::<RecordId>(0)?;
        some.iter().map(own).collect()
    }

    /// Those of some files that the database knows.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn known_files(&self, files: &[FileId]) -> Result<Vec<FileId>, Error> {
        let ids: Vec<RecordId> = files.iter().map(|file| id("contact_file", file.as_str())).collect();
        let known = self.read("SELECT VALUE id FROM $ids;", vars! { ids: ids }).await?.take::<RecordId>(0)?;
        known.iter().map(own).collect()
    }
}

pub(crate) fn file_vars(file: &ContactFile) -> Variables {
    vars! {
        file: id("contact_file", file.id.as_str()),
        name: file.name.clone(),
        kind: file.kind.code().to_owned(),
        bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        sha256: file.sha256.clone(),
    }
}
