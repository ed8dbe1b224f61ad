//! The journal of a site as its administrators read it, and the lines about what was looked at.

use crate::connect::Store;
use crate::row::{at, id, key, moment, own, vars};
use crate::tx::Error;
use domain::delegations::policy::{Granted, ReadJournal};
use domain::id::{AccountId, DelegationId, SiteId};
use domain::identity::person::PersonName;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue};

/// What lines of the journal are wanted.
#[derive(Debug, Default)]
pub struct JournalAsk<'a> {
    /// These events only; empty for all.
    pub events: &'a [&'static str],
    /// What these people did, or what was done about them; none for everybody.
    pub people: Option<People>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// What follows this line, by moment and id.
    pub after: Option<(Timestamp, &'a str)>,
    /// Most lines.
    pub most: usize,
}

/// People of a site, by account and by what they hold there.
#[derive(Debug, Default)]
pub struct People {
    /// Their accounts.
    pub accounts: Vec<AccountId>,
    /// Their lines of the list.
    pub keys: Vec<DelegationId>,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct JournalRow {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// What, as a code.
    pub what: String,
    /// Who did it; none for time and for the fund.
    pub by: Option<Named>,
    /// Whose rights it is about.
    pub about: Option<DelegationId>,
    /// SIRET of the firm it was done for.
    pub behalf: Option<String>,
    /// The rights it gave, as their text.
    pub rights: Option<String>,
}

/// Somebody who has, had or was offered rights on a site.
#[derive(Debug, Clone)]
pub struct Named {
    /// Their account; none while an invitation waits.
    pub account: Option<AccountId>,
    /// Their name; empty once erased, and while an invitation waits.
    pub name: PersonName,
    /// Their address; empty once erased.
    pub email: String,
}

/// Something that was looked at.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Who looked.
    pub account: &'a AccountId,
    /// Where.
    pub site: &'a SiteId,
    /// What kind, `delegation.viewed`.
    pub what: &'a str,
    /// Whose rights.
    pub about: Option<&'a DelegationId>,
    /// What let them: a firm's gives its SIRET.
    pub through: Option<&'a DelegationId>,
    /// Family of the browser.
    pub agent: &'a str,
    /// Id of the line: the same for what is noted once.
    pub audit: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// What the fund does about a person: the row names whom it is about, so that they find it in their own activity.
const OF_FUND: [&str; 3] = ["exchange.read", "exchange.exported", "exchange.answered"];

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    at: Datetime,
    what: String,
    account: Option<RecordId>,
    first: Option<String>,
    last: Option<String>,
    email: Option<String>,
    about: Option<String>,
    behalf: Option<String>,
    detail: Option<String>,
}

#[derive(SurrealValue)]
struct NamedRow {
    key: String,
    account: Option<RecordId>,
    first: Option<String>,
    last: Option<String>,
    email: Option<String>,
}

fn named(account: Option<&RecordId>, first: Option<String>, last: Option<String>, email: Option<String>) -> Result<Named, Error> {
    Ok(Named {
        account: account.map(own).transpose()?,
        name: PersonName { first: first.unwrap_or_default(), last: last.unwrap_or_default() },
        email: email.unwrap_or_default(),
    })
}

impl Row {
    fn read(self) -> Result<JournalRow, Error> {
        let by = match &self.account {
            // The row is about the person who wrote, and was not their doing.
            Some(_) if OF_FUND.contains(&self.what.as_str()) => None,
            Some(account) => Some(named(Some(account), self.first, self.last, self.email)?),
            None => None,
        };
        Ok(JournalRow {
            id: key(&self.id)?.to_owned(),
            at: moment(&self.at),
            by,
            about: self.about.and_then(|key| key.parse().ok()),
            behalf: self.behalf,
            rights: self.detail.filter(|_| self.what.starts_with("delegation.")),
            what: self.what,
        })
    }
}

impl Store {
    /// Lines of a site's journal, newest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_journal(&self, granted: &Granted<ReadJournal>, ask: JournalAsk<'_>) -> Result<Vec<JournalRow>, Error> {
        let mut vars = vars! { site: id("site", granted.site().as_str()), most: i64::try_from(ask.most).unwrap_or(i64::MAX) };
        let mut conditions = vec!["site = $site"];
        if let Some(from) = ask.from {
            vars.insert("from", at(from));
            conditions.push("at >= $from");
        }
        if let Some(until) = ask.until {
            vars.insert("until", at(until));
            conditions.push("at < $until");
        }
        if let Some((moment, line)) = ask.after {
            vars.insert("after", at(moment));
            vars.insert("line", id("audit", line));
            conditions.push("at <= $after AND (at < $after OR id < $line)");
        }
        if !ask.events.is_empty() {
            vars.insert("events", ask.events.iter().map(|event| (*event).to_owned()).collect::<Vec<String>>());
            conditions.push("what IN $events");
        }
        if let Some(people) = ask.people {
            vars.insert("accounts", people.accounts.iter().map(|account| id("account", account.as_str())).collect::<Vec<RecordId>>());
            vars.insert("keys", people.keys.iter().map(ToString::to_string).collect::<Vec<String>>());
            conditions.push("(account IN $accounts OR about IN $keys)");
        }
        let sql = format!(
            "SELECT id, at, what, account, account.first AS first, account.last AS last, account.email AS email, about, behalf, detail
               FROM audit WHERE {} ORDER BY at DESC, id DESC LIMIT $most;",
            conditions.join(" AND ")
        );
        self.read(&sql, vars).await?.take::<Row>(0)?.into_iter().map(Row::read).collect()
    }

    /// Who these lines of the list are, by their keys; with none, everybody who has, had or was offered rights on the site.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_named(
        &self,
        granted: &Granted<ReadJournal>,
        keys: Option<&[DelegationId]>,
    ) -> Result<Vec<(DelegationId, Named)>, Error> {
        let mut vars = vars! { site: id("site", granted.site().as_str()) };
        let mut narrow = "";
        if let Some(keys) = keys {
            vars.insert("keys", keys.iter().map(ToString::to_string).collect::<Vec<String>>());
            narrow = " AND key IN $keys";
        }
        let sql = format!(
            "SELECT key, account, account.first AS first, account.last AS last, account.email AS email FROM delegation
               WHERE site = $site{narrow};
             SELECT key, NONE AS account, NONE AS first, NONE AS last, email FROM invitation WHERE site = $site{narrow};"
        );
        let mut rows = self.read(&sql, vars).await?;
        let all = rows.take::<NamedRow>(0)?.into_iter().chain(rows.take::<NamedRow>(1)?);
        all.map(|row| {
            let key = row.key.parse().map_err(|_| Error::Row("delegation with a wrong key".into()))?;
            Ok((key, named(row.account.as_ref(), row.first, row.last, row.email)?))
        })
        .collect()
    }

    /// Notes that something was looked at, unless the same line is there already.
    ///
    /// # Errors
    /// Those of the engine: what cannot be noted is not to be shown.
    pub async fn note_reading(&self, reading: Reading<'_>) -> Result<(), Error> {
        let vars = vars! {
            audit: id("audit", reading.audit),
            account: id("account", reading.account.as_str()),
            site: id("site", reading.site.as_str()),
            what: reading.what.to_owned(),
            about: reading.about.map(ToString::to_string),
            through: reading.through.map(ToString::to_string),
            agent: reading.agent.to_owned(),
            now: at(reading.now),
        };
        let script = "IF !record::exists($audit) {
               LET $firm = (SELECT VALUE siret ?? above.siret FROM delegation WHERE key = $through AND site = $site)[0];
               CREATE $audit SET at = $now, what = $what, account = $account, site = $site, about = $about, behalf = $firm, agent = $agent;
             };";
        match self.write_apart(script, vars).await {
            Ok(_) | Err(Error::Exists) => Ok(()),
            Err(other) => Err(other),
        }
    }
}
