//! Sessions: the cookie's SHA-256 is the record id. One read gives session, account and the delegations a request needs.

use crate::connect::Store;
use crate::row::{at, id, moment, own, vars};
use crate::tx::Error;
use domain::actor::Actor;
use domain::delegations::{Delegation, Role, State};
use domain::id::{AccountId, SiteId};
use domain::identity::person::PersonName;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, RecordIdKey, SurrealValue, Value};

/// A session to be recorded at login.
#[derive(Debug)]
pub struct SessionStart<'a> {
    /// SHA-256 of the cookie.
    pub key: &'a str,
    /// Whose it is.
    pub account: &'a AccountId,
    /// Epoch of the account it was opened under.
    pub epoch: i64,
    /// Family of the browser, for the list of devices.
    pub agent: &'a str,
    /// Key of a session this one replaces.
    pub replaces: Option<&'a str>,
    /// Id of the audit row.
    pub audit: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// A live session with its actor.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who is asking, with the delegations asked for.
    pub actor: Actor,
    /// Their login.
    pub email: String,
    /// Whether the account opens more than one site, as far as the request needs to know (S87).
    pub has_other_sites: bool,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to the minute.
    pub seen: Timestamp,
    /// When the password was last given.
    pub authenticated: Timestamp,
}

#[derive(SurrealValue)]
struct SessionRow {
    account: RecordId,
    epoch: i64,
    created: Datetime,
    seen: Datetime,
    authenticated: Datetime,
}

#[derive(SurrealValue)]
struct AccountRow {
    email: String,
    first: String,
    last: String,
    state: String,
    epoch: i64,
}

#[derive(SurrealValue)]
pub(crate) struct DelegationRow {
    id: RecordId,
    site: RecordId,
    role: String,
    state: String,
    starts: String,
    ends: Option<String>,
}

impl DelegationRow {
    pub(crate) fn read(self) -> Result<Delegation, Error> {
        let wrong = |what: &str| Error::Row(format!("delegation with a wrong {what}"));
        let RecordIdKey::Array(parts) = &self.id.key else { return Err(wrong("id")) };
        let ulid = match parts.iter().last() {
            Some(Value::String(ulid)) => ulid.parse().map_err(|_| wrong("id"))?,
            _ => return Err(wrong("id")),
        };
        Ok(Delegation {
            id: ulid,
            site: own(&self.site)?,
            role: match self.role.as_str() {
                "administrateur_entreprise" => Role::AdministrateurEntreprise,
                _ => return Err(wrong("role")),
            },
            state: if self.state == "open" { State::Open } else { State::Closed },
            starts: self.starts.parse().map_err(|_| wrong("date"))?,
            ends: self.ends.map(|end| end.parse().map_err(|_| wrong("date"))).transpose()?,
        })
    }
}

#[derive(SurrealValue)]
struct Found {
    session: SessionRow,
    account: AccountRow,
    delegations: Vec<DelegationRow>,
    sites: Vec<RecordId>,
}

/// Which delegations a request needs.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// Those of the site in the URL.
    Site(&'a SiteId),
    /// All of them: the list of sites.
    All,
    /// None: a page that only needs to know who it is.
    Person,
}

impl Store {
    /// Records a login: the new session, the end of the one it replaces, the audit row.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn open_session(&self, start: SessionStart<'_>) -> Result<(), Error> {
        self.write(
            "IF $replaces != NONE { DELETE $replaces };
             CREATE $sid SET account = $account, epoch = $epoch, created = $now, seen = $now, authenticated = $now, agent = $agent;
             CREATE $audit SET at = $now, what = 'session.opened', account = $account;",
            vars! {
                replaces: start.replaces.map(|key| id("session", key)),
                sid: id("session", start.key),
                account: id("account", start.account.as_str()),
                epoch: start.epoch,
                agent: start.agent.chars().take(200).collect::<String>(),
                audit: id("audit", start.audit),
                now: at(start.now),
            },
        )
        .await
        .map(drop)
    }

    /// The live session behind a cookie: not idle since `idle_since`, not older than `born_after`, its account active and at
    /// the same epoch. One round trip.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_session(
        &self,
        key: &str,
        scope: Scope<'_>,
        idle_since: Timestamp,
        born_after: Timestamp,
    ) -> Result<Option<Session>, Error> {
        // Ranges over record ids: `[account, site, …]` sorts all delegations of an account together, by site.
        let delegations = match scope {
            Scope::Site(_) => "SELECT * FROM delegation:[$s.account, $site, NONE]..=[$s.account, $site, ..]",
            Scope::All => "SELECT * FROM delegation:[$s.account, NONE]..=[$s.account, ..]",
            Scope::Person => "[]",
        };
        let sql = format!(
            "LET $s = (SELECT * FROM ONLY $sid WHERE seen > $idle AND created > $born);
             RETURN IF $s != NONE {{ {{ session: $s, account: (SELECT * FROM ONLY $s.account), delegations: ({delegations}),
               sites: (SELECT VALUE site FROM delegation:[$s.account, NONE]..=[$s.account, ..] LIMIT 2) }} }};"
        );
        let mut vars = vars! { sid: id("session", key), idle: at(idle_since), born: at(born_after) };
        if let Scope::Site(site) = scope {
            vars.insert("site", id("site", site.as_str()));
        }
        let Some(found) = self.read(&sql, vars).await?.one::<Found>(1)? else { return Ok(None) };
        if found.account.state != "active" || found.account.epoch != found.session.epoch {
            return Ok(None);
        }
        Ok(Some(Session {
            actor: Actor {
                account: own(&found.session.account)?,
                name: PersonName { first: found.account.first, last: found.account.last },
                delegations: found.delegations.into_iter().map(DelegationRow::read).collect::<Result<_, _>>()?,
            },
            email: found.account.email,
            has_other_sites: found.sites.len() > 1,
            created: moment(&found.session.created),
            seen: moment(&found.session.seen),
            authenticated: moment(&found.session.authenticated),
        }))
    }

    /// Notes that a session was used. Losing this race to another tab is fine.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn touch_session(&self, key: &str, now: Timestamp) -> Result<(), Error> {
        match self.write("UPDATE $sid SET seen = $now;", vars! { sid: id("session", key), now: at(now) }).await {
            Err(Error::Conflict) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn close_session(&self, key: &str, audit: &str, now: Timestamp) -> Result<(), Error> {
        self.write(
            "LET $gone = (DELETE $sid RETURN BEFORE);
             IF array::len($gone) > 0 { CREATE $audit SET at = $now, what = 'session.closed', account = $gone[0].account };",
            vars! { sid: id("session", key), audit: id("audit", audit), now: at(now) },
        )
        .await
        .map(drop)
    }

    /// Removes sessions, links and counters whose time is over. Safe to run anywhere, any number of times.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn sweep(&self, idle_since: Timestamp, now: Timestamp) -> Result<(), Error> {
        let day_ago = now.checked_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
        self.write(
            "DELETE session WHERE seen <= $idle; DELETE token WHERE expires <= $day_ago; DELETE throttle WHERE expires <= $now;",
            vars! { idle: at(idle_since), day_ago: at(day_ago), now: at(now) },
        )
        .await
        .map(drop)
    }
}
