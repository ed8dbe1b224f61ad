//! Messages to the fund that were sent, and its answers.

use crate::account_life::{Acting, STILL};
use crate::accounts::notices_script;
use crate::connect::Store;
use crate::contact_drafts::{ContactFile, DraftOf, FILE, UNSENT, files};
use crate::outbox::NewMessage;
use crate::row::{id, moment, vars};
use crate::tx::{Error, Rows};
use domain::contact::{ExchangeState, Reference};
use domain::id::{AccountId, ExchangeId, FileId, SiteId};
use jiff::Timestamp;
use surrealdb::types::{Array, Datetime, RecordId, SurrealValue, Value, Variables};

/// A message to be sent.
#[derive(Debug)]
pub struct NewExchange<'a> {
    /// The draft it is made of, whose number it keeps.
    pub of: DraftOf<'a>,
    /// What people call it on the phone.
    pub reference: &'a Reference,
    /// Who writes.
    pub author: &'a str,
    /// Their address.
    pub email: &'a str,
    /// Their phone number.
    pub phone: Option<&'a str>,
    /// Objet.
    pub subject: &'a str,
    /// Message.
    pub message: &'a str,
    /// Local path of the page they came from.
    pub page: Option<&'a str>,
    /// Version of the text they consented to.
    pub consent: &'a str,
    /// The copy to the writer and the mail to the fund: both are the writer's, whatever address they went to, when they are erased.
    pub notices: [(String, NewMessage<'a>); 2],
}

/// How sending ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sending {
    /// It was sent.
    Yes,
    /// It had been sent before, or the reference is taken: look which.
    There,
    /// The number belongs to somebody else's draft.
    Gone,
    /// The session had ended, or the account was not active any more.
    Ended,
    /// The files of the draft are not those the mails tell of: one came or went meanwhile.
    Moved,
}

/// An exchange without its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRow {
    /// Its number.
    pub number: ExchangeId,
    /// Its site.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// The site's SIRET.
    pub siret: String,
    /// Who wrote.
    pub account: AccountId,
    /// What people call it on the phone.
    pub reference: Reference,
    /// How far it has come.
    pub state: ExchangeState,
    /// Who wrote, as the account said then.
    pub author: String,
    /// Their address then; empty once they were erased.
    pub email: String,
    /// Their phone number then.
    pub phone: Option<String>,
    /// Objet.
    pub subject: String,
    /// Message.
    pub message: String,
    /// Local path of the page they came from.
    pub page: Option<String>,
    /// Version of the text they consented to.
    pub consent: String,
    /// How many files went with it.
    pub files: usize,
    /// When it was sent.
    pub sent: Timestamp,
    /// When the fund first opened it.
    pub read: Option<Timestamp>,
}

/// An answer of the fund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// Its number.
    pub number: String,
    /// Who answers.
    pub by: String,
    /// What.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// An exchange whole.
pub type WholeExchange = (ExchangeRow, Vec<ContactFile>, Vec<AnswerRow>);

#[derive(SurrealValue)]
pub(crate) struct Row {
    number: String,
    site: RecordId,
    site_name: String,
    siret: String,
    account: RecordId,
    reference: String,
    state: String,
    author: String,
    email: String,
    phone: Option<String>,
    subject: String,
    message: String,
    page: Option<String>,
    consent: String,
    files: i64,
    sent: Datetime,
    read: Option<Datetime>,
}

#[derive(SurrealValue)]
struct AnswerLine {
    number: String,
    by: String,
    text: String,
    at: Datetime,
}

pub(crate) const COLUMNS: &str =
    "number, site, site.name AS site_name, site.siret AS siret, account, reference, state, author, email, phone, subject,
    message, page, consent, files, sent, read";

/// `exchange:[site, number]`.
pub(crate) fn exchange_id(site: &SiteId, number: &ExchangeId) -> RecordId {
    let parts = vec![Value::RecordId(id("site", site.as_str())), Value::String(number.to_string())];
    RecordId::new("exchange", Array::from(parts))
}

impl Row {
    pub(crate) fn read(self) -> Result<ExchangeRow, Error> {
        let wrong = |what: &str| Error::Row(format!("exchange with a wrong {what}"));
        Ok(ExchangeRow {
            number: self.number.parse().map_err(|_| wrong("number"))?,
            site: crate::row::own(&self.site)?,
            site_name: self.site_name,
            siret: self.siret,
            account: crate::row::own(&self.account)?,
            reference: self.reference.parse().map_err(|_| wrong("reference"))?,
            state: self.state.parse().map_err(|_| wrong("state"))?,
            author: self.author,
            email: self.email,
            phone: self.phone,
            subject: self.subject,
            message: self.message,
            page: self.page,
            consent: self.consent,
            files: usize::try_from(self.files).unwrap_or(0),
            sent: moment(&self.sent),
            read: self.read.as_ref().map(moment),
        })
    }
}

impl NewExchange<'_> {
    fn vars(&self, vars: &mut Variables) {
        vars.insert("reference", self.reference.to_string());
        vars.insert("author", self.author.to_owned());
        vars.insert("email", self.email.to_owned());
        vars.insert("phone", self.phone.map(str::to_owned));
        vars.insert("subject", self.subject.to_owned());
        vars.insert("message", self.message.to_owned());
        vars.insert("page", self.page.map(str::to_owned));
        vars.insert("consent", self.consent.to_owned());
    }
}

impl Store {
    /// Sends a draft: it becomes an exchange of the same number, with the files named in `files`, and its mails are written. Whole or
    /// not at all, and once whatever is pressed twice.
    ///
    /// # Errors
    /// Those of the engine; every refusal is a [`Sending`].
    pub async fn send_exchange(&self, acting: Acting<'_>, new: &NewExchange<'_>, files: &[FileId]) -> Result<Sending, Error> {
        let mut vars = acting.vars();
        vars.extend(new.of.vars());
        new.vars(&mut vars);
        vars.insert("these", files.iter().map(|file| id("contact_file", file.as_str())).collect::<Vec<RecordId>>());
        vars.insert("count", i64::try_from(files.len()).unwrap_or(i64::MAX));
        let notices = notices_script(&new.notices, &mut vars);
        let script = format!(
            "{STILL}{UNSENT}LET $d = (SELECT account, site FROM ONLY $draft);
             IF $d != NONE AND ($d.account != $account OR $d.site != $site) {{ THROW 'gone' }};
             LET $found = (SELECT VALUE id FROM contact_file WHERE exchange = $number AND state = 'draft' AND account = $account);
             IF array::sort($found) != array::sort($these) {{ THROW 'moved' }};
             CREATE $exchange SET account = $account, site = $site, number = $number, reference = $reference, state = 'sent',
               author = $author, email = $email, phone = $phone, subject = $subject, message = $message, page = $page,
               consent = $consent, files = $count, sent = $now;
             UPDATE $found SET state = 'kept', touched = $now;
             DELETE $draft;
             {notices}
             UPDATE $notice0_mail SET account = $account;
             UPDATE $notice1_mail SET account = $account;
             CREATE $audit SET at = $now, what = 'exchange.sent', account = $account, site = $site, detail = $reference, agent = $agent;"
        );
        match self.write_apart(&script, vars).await {
            Ok(_) => Ok(Sending::Yes),
            Err(Error::Exists) => Ok(Sending::There),
            Err(Error::Refused(word)) => Ok(match word.as_str() {
                "ended" => Sending::Ended,
                "sent" => Sending::There,
                "moved" => Sending::Moved,
                _ => Sending::Gone,
            }),
            Err(other) => Err(other),
        }
    }

    /// Exchanges of a site, the newest first, and how many there are; of one person only, when `account` says whose.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_exchanges(
        &self,
        site: &SiteId,
        account: Option<&AccountId>,
        (start, most): (usize, usize),
    ) -> Result<(Vec<ExchangeRow>, usize), Error> {
        let mut vars = vars! {
            site: id("site", site.as_str()),
            start: i64::try_from(start).unwrap_or(i64::MAX),
            most: i64::try_from(most).unwrap_or(i64::MAX),
        };
        let whose = match account {
            Some(account) => {
                vars.insert("account", id("account", account.as_str()));
                "WHERE account = $account"
            }
            None => "",
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM exchange:[$site, NONE]..=[$site, ..] {whose} ORDER BY sent DESC, number DESC LIMIT $most START $start;
             RETURN array::len((SELECT VALUE number FROM exchange:[$site, NONE]..=[$site, ..] {whose}));"
        );
        let mut rows = self.read(&sql, vars).await?;
        let lines = rows.take::<Row>(0)?.into_iter().map(Row::read).collect::<Result<_, _>>()?;
        Ok((lines, usize::try_from(rows.one::<i64>(1)?.unwrap_or(0)).unwrap_or(0)))
    }

    /// An exchange of a site, whole.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_exchange(&self, site: &SiteId, number: &ExchangeId) -> Result<Option<WholeExchange>, Error> {
        let vars = vars! { exchange: exchange_id(site, number), number: number.to_string() };
        let rows = self.read(&format!("SELECT {COLUMNS} FROM $exchange;{}", of_number()), vars).await?;
        whole(rows)
    }
}

/// What belongs to the exchange numbered `$number`: its files, then its answers.
pub(crate) fn of_number() -> String {
    format!(
        "SELECT {FILE} FROM contact_file WHERE exchange = $number AND state = 'kept' ORDER BY id;
         SELECT number, by, text, at FROM exchange_answer:[$number, NONE]..=[$number, ..] ORDER BY at, number;"
    )
}

fn whole(mut rows: Rows) -> Result<Option<WholeExchange>, Error> {
    let Some(row) = rows.one::<Row>(0)? else { return Ok(None) };
    Ok(Some((row.read()?, files(&mut rows, 1)?, answers(&mut rows, 2)?)))
}

pub(crate) fn answers(rows: &mut Rows, index: usize) -> Result<Vec<AnswerRow>, Error> {
    let lines = rows.take::<AnswerLine>(index)?;
    Ok(lines.into_iter().map(|line| AnswerRow { number: line.number, by: line.by, text: line.text, at: moment(&line.at) }).collect())
}
