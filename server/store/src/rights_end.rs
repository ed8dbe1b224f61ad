//! Rights that come to their end: found ahead of it and after it, and what was said about it noted with the mails that say it.

use crate::accounts::notices_script;
use crate::connect::Store;
use crate::delegation_row::{COLUMNS, DelegationRow};
use crate::outbox::NewMessage;
use crate::row::{at, id, moment, own, vars};
use crate::tx::Error;
use domain::delegations::ending::{REMINDERS, TOLD};
use domain::delegations::{Delegation, Role};
use domain::id::{AccountId, SiteId};
use domain::identity::person::PersonName;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use surrealdb::types::{Datetime, RecordId, SurrealValue};

/// A right about whose end something may be to say.
#[derive(Debug, Clone)]
pub struct Ending {
    /// The right.
    pub delegation: Delegation,
    /// Whose it is.
    pub account: AccountId,
    /// Their address; empty once they were erased.
    pub email: String,
    /// Their name.
    pub name: PersonName,
    /// Name of the site.
    pub site_name: String,
    /// Who gave it; none for the fund's letters.
    pub giver: Option<AccountId>,
    /// When it was given.
    pub created: Timestamp,
    /// Days ahead of the last reminder.
    pub reminded: Option<i64>,
    /// Raised by every change of the right.
    pub rev: i64,
    row: RecordId,
}

/// Somebody who may renew a right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewer {
    /// Their account.
    pub account: AccountId,
    /// Their address.
    pub email: String,
    /// Their prénom.
    pub first: String,
}

#[derive(SurrealValue)]
struct Row {
    account: RecordId,
    email: String,
    first: String,
    last: String,
    site_name: String,
    giver: Option<RecordId>,
    created: Datetime,
    reminded: Option<i64>,
    rev: i64,
}

#[derive(SurrealValue)]
struct RenewerRow {
    account: RecordId,
    email: String,
    first: String,
}

const ABOUT: &str = "account, account.email AS email, account.first AS first, account.last AS last, site.name AS site_name, giver, created,
    reminded, rev";

impl Store {
    /// Up to `most` rights in force or just over, about whose end nothing was said that could be said by now.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_endings(&self, most: usize, today: Date) -> Result<Vec<Ending>, Error> {
        let mut vars = vars! { today: today.to_string(), most: i64::try_from(most).unwrap_or(i64::MAX), told: TOLD };
        let mut windows = vec!["(ends < $today AND (reminded = NONE OR reminded > $told))".to_owned()];
        for (place, ahead) in REMINDERS.into_iter().enumerate() {
            let until = today.checked_add(ahead.days()).map_err(|error| Error::Row(error.to_string()))?;
            vars.insert(format!("until{place}"), until.to_string());
            vars.insert(format!("ahead{place}"), ahead);
            windows.push(format!("(ends <= $until{place} AND (reminded = NONE OR reminded > $ahead{place}))"));
        }
        let condition = format!("state = 'open' AND ends <= $until0 AND ({})", windows.join(" OR "));
        let sql = format!(
            "LET $due = (SELECT VALUE id FROM delegation WHERE {condition} LIMIT $most);
             SELECT {COLUMNS} FROM $due; SELECT {ABOUT} FROM $due;"
        );
        let mut rows = self.read(&sql, vars).await?;
        let (delegations, people) = (rows.take::<DelegationRow>(1)?, rows.take::<Row>(2)?);
        delegations.into_iter().zip(people).map(|(delegation, row)| row.read(delegation)).collect()
    }

    /// Who may renew rights on a site in the company's name, those who are there today; `account` narrows it to one person.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_renewers(&self, site: &SiteId, account: Option<&AccountId>, today: Date) -> Result<Vec<Renewer>, Error> {
        let administrators: Vec<String> =
            Role::ALL.into_iter().filter(|role| role.is_administrator()).map(|role| role.code().to_owned()).collect();
        let vars = vars! {
            site: id("site", site.as_str()),
            person: account.map(|account| id("account", account.as_str())),
            roles: administrators,
            today: today.to_string(),
        };
        self.renewers("role IN $roles AND ($person = NONE OR account = $person)", vars).await
    }

    /// The person of a firm, while the firm's right is in force: who may renew what the firm has handed on.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_firm_person(&self, firm: &Delegation, today: Date) -> Result<Vec<Renewer>, Error> {
        let vars = vars! { site: id("site", firm.site.as_str()), key: firm.id.to_string(), today: today.to_string() };
        self.renewers("key = $key", vars).await
    }

    async fn renewers(&self, condition: &str, vars: surrealdb::types::Variables) -> Result<Vec<Renewer>, Error> {
        let sql = format!(
            "SELECT account, account.email AS email, account.first AS first FROM delegation WHERE site = $site AND state = 'open'
               AND starts <= $today AND (ends = NONE OR ends >= $today) AND account.state IN ['active', 'moving'] AND {condition};"
        );
        let rows = self.read(&sql, vars).await?.take::<RenewerRow>(0)?;
        rows.into_iter().map(|row| Ok(Renewer { account: own(&row.account)?, email: row.email, first: row.first })).collect()
    }

    /// Notes that a reminder is written, with its mails; false when somebody else did so, or the right was changed meanwhile.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn remind_of_end(
        &self,
        ending: &Ending,
        reminded: i64,
        notices: &[(String, NewMessage<'_>)],
        now: Timestamp,
    ) -> Result<bool, Error> {
        self.say(ending, reminded, notices, "", "", now).await
    }

    /// Notes that a right is over, with its mails and its line in the journal, once.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn tell_end(
        &self,
        ending: &Ending,
        notices: &[(String, NewMessage<'_>)],
        audit: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let line = "UPDATE $guard SET rev += 1, admins -= IF $changed[0].role = 'administrateur_entreprise' { 1 } ELSE { 0 };
             CREATE $audit SET at = $now, what = 'delegation.expired', site = $site, about = $key, detail = $changed[0].rights;";
        self.say(ending, TOLD, notices, line, audit, now).await
    }

    async fn say(
        &self,
        ending: &Ending,
        reminded: i64,
        notices: &[(String, NewMessage<'_>)],
        line: &str,
        audit: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let site = ending.delegation.site.as_str();
        let mut vars = vars! {
            delegation: ending.row.clone(),
            reminded: reminded,
            rev: ending.rev,
            site: id("site", site),
            guard: id("guard", site),
            key: ending.delegation.id.to_string(),
            audit: id("audit", audit),
            now: at(now),
        };
        let notices = notices_script(notices, &mut vars);
        let script = format!(
            "LET $changed = (UPDATE $delegation SET reminded = $reminded
               WHERE state = 'open' AND rev = $rev AND (reminded = NONE OR reminded > $reminded));
             IF array::len($changed) = 0 {{ THROW 'done' }};
             {notices}
             {line}"
        );
        match self.write(&script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

impl Row {
    fn read(self, delegation: DelegationRow) -> Result<Ending, Error> {
        let row = delegation.id.clone();
        Ok(Ending {
            delegation: delegation.read()?,
            account: own(&self.account)?,
            email: self.email,
            name: PersonName { first: self.first, last: self.last },
            site_name: self.site_name,
            giver: self.giver.as_ref().map(own).transpose()?,
            created: moment(&self.created),
            reminded: self.reminded,
            rev: self.rev,
            row,
        })
    }
}
