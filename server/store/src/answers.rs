//! The fund's side of exchanges: what came in, what it opened, its answers.

use crate::accounts::notices_script;
use crate::connect::Store;
use crate::contact_drafts::{ContactFile, files};
use crate::exchanges::{COLUMNS, ExchangeRow, Row, WholeExchange, answers, exchange_id, of_number};
use crate::outbox::NewMessage;
use crate::row::{at, id, vars};
use crate::tx::Error;
use domain::contact::{ExchangeState, Reference};
use domain::id::{ExchangeId, SiteId};
use jiff::Timestamp;
use std::fmt::Write;
use surrealdb::types::{Array, RecordId, Value};

/// What the fund did with an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Opened it.
    Opened,
    /// Took it out of the portal, files and all.
    TakenOut,
}

/// How writing an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// It is written.
    Yes,
    /// There is no such exchange any more.
    Gone,
    /// The last answer says the same, by the same.
    Twice,
}

/// An answer to be.
#[derive(Debug)]
pub struct NewAnswer<'a> {
    /// The exchange.
    pub exchange: (&'a SiteId, &'a ExchangeId),
    /// Its number.
    pub number: &'a str,
    /// Who answers.
    pub by: &'a str,
    /// What.
    pub text: &'a str,
    /// Its files, whose bytes lie in the store.
    pub files: &'a [ContactFile],
    /// Mails, each to its recipient.
    pub notices: &'a [(String, NewMessage<'a>)],
    /// Id of the audit row.
    pub audit: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// Exchanges of all sites, or those in `$state`. One statement each, or neither would find its index. Nothing is
/// put in order for it; but this engine walks an index that it reads backwards to its end, whatever the limit.
fn all(state: Option<ExchangeState>) -> String {
    let only = if state.is_some() { "WHERE state = $state" } else { "" };
    format!("SELECT {COLUMNS} FROM exchange {only} ORDER BY sent DESC LIMIT $most")
}

impl Store {
    /// Exchanges of all sites, the newest first; in one state, when asked for.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_all_exchanges(&self, state: Option<ExchangeState>, most: usize) -> Result<Vec<ExchangeRow>, Error> {
        let vars = vars! {
            state: state.map(|state| state.code().to_owned()),
            most: i64::try_from(most).unwrap_or(i64::MAX),
        };
        let sql = format!("{};", all(state));
        self.read(&sql, vars).await?.take::<Row>(0)?.into_iter().map(Row::read).collect()
    }

    /// An exchange by its reference, whole.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_exchange_by_reference(&self, reference: &Reference) -> Result<Option<WholeExchange>, Error> {
        let sql = format!(
            "LET $number = (SELECT VALUE number FROM exchange WHERE reference = $reference)[0];
             SELECT {COLUMNS} FROM exchange WHERE reference = $reference;{}",
            of_number()
        );
        let mut rows = self.read(&sql, vars! { reference: reference.to_string() }).await?;
        let Some(row) = rows.one::<Row>(1)? else { return Ok(None) };
        Ok(Some((row.read()?, files(&mut rows, 2)?, answers(&mut rows, 3)?)))
    }

    /// Notes that the fund has opened an exchange, or taken it out; opened the first time, it is read.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn note_exchange(&self, exchange: (&SiteId, &ExchangeId), seen: Seen, audit: &str, now: Timestamp) -> Result<(), Error> {
        let (what, mark) = match seen {
            Seen::Opened => ("exchange.read", "UPDATE $exchange SET state = 'read', read = $now WHERE state = 'sent';"),
            Seen::TakenOut => ("exchange.exported", ""),
        };
        let vars = vars! {
            site: id("site", exchange.0.as_str()),
            exchange: exchange_id(exchange.0, exchange.1),
            audit: id("audit", audit),
            what: what.to_owned(),
            now: at(now),
        };
        let script = format!(
            "{mark}LET $e = (SELECT account, reference FROM ONLY $exchange);
             CREATE $audit SET at = $now, what = $what, account = $e.account, site = $site, detail = $e.reference;"
        );
        self.write_apart(&script, vars).await.map(drop)
    }

    /// Writes an answer with its files and mails; not after one that says the same.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn answer_exchange(&self, new: &NewAnswer<'_>) -> Result<Answering, Error> {
        let (site, exchange) = new.exchange;
        let answer = vec![Value::String(exchange.to_string()), Value::String(new.number.to_owned())];
        let mut vars = vars! {
            site: id("site", site.as_str()),
            exchange: exchange_id(site, exchange),
            number: exchange.to_string(),
            answer: RecordId::new("exchange_answer", Array::from(answer)),
            answer_number: new.number.to_owned(),
            by: new.by.to_owned(),
            text: new.text.to_owned(),
            audit: id("audit", new.audit),
            now: at(new.now),
        };
        let mut script = String::new();
        for (place, file) in new.files.iter().enumerate() {
            for (name, value) in crate::contact_drafts::file_vars(file) {
                vars.insert(format!("{name}{place}"), value);
            }
            let _ = write!(
                script,
                "CREATE $file{place} SET exchange = $number, answer = $answer_number, name = $name{place}, kind = $kind{place},
                   bytes = $bytes{place}, sha256 = $sha256{place}, state = 'kept', touched = $now;\n"
            );
        }
        let notices = notices_script(new.notices, &mut vars);
        let whose = if new.notices.is_empty() { "" } else { "UPDATE $notice0_mail SET account = $e.account;" };
        let script = format!(
            "LET $e = (UPDATE $exchange SET state = 'answered', read = read ?? $now, answered = $now)[0];
             IF $e = NONE {{ THROW 'gone' }};
             LET $last = (SELECT by, text, at FROM exchange_answer:[$number, NONE]..=[$number, ..] ORDER BY at DESC LIMIT 1)[0];
             IF $last.by = $by AND $last.text = $text {{ THROW 'twice' }};
             CREATE $answer SET number = $answer_number, account = $e.account, by = $by, text = $text, at = $now;
             {script}{notices}
             {whose}
             CREATE $audit SET at = $now, what = 'exchange.answered', account = $e.account, site = $site, detail = $e.reference;"
        );
        match self.write_apart(&script, vars).await {
            Ok(_) => Ok(Answering::Yes),
            Err(Error::Refused(word)) => Ok(if word == "twice" { Answering::Twice } else { Answering::Gone }),
            Err(other) => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_fund_s_list_comes_in_the_order_of_an_index() {
        let store = Store::fresh("2026-11-24T10:00:00Z".parse().unwrap()).await.unwrap();
        for state in [None, Some(ExchangeState::Sent)] {
            let vars = vars! { state: state.map(|state| state.code().to_owned()), most: 10 };
            let plan = store.read(&format!("EXPLAIN {};", all(state)), vars).await.unwrap().text(0).unwrap();
            assert!(plan.contains("IndexScan") && !plan.contains("TableScan") && !plan.contains("Sort"), "{plan}");
        }
    }
}
