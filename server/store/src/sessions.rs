//! Sessions: the cookie's SHA-256 is the record id. One read gives session, account and the delegations a request needs.

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::delegation_row::{COLUMNS, DelegationRow};
use crate::kept::{FEWEST, Stamp};
use crate::row::{at, id, moment, own, vars};
use crate::second::Entry;
use crate::tokens::NewLink;
use crate::tx::Error;
use domain::actor::Actor;
use domain::delegations::Delegation;
use domain::id::{AccountId, SiteId};
use domain::identity::person::PersonName;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue, Variables};

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
    /// When the password was last given: long ago, for somebody whom an identity provider let in.
    pub authenticated: Timestamp,
    /// What that provider said, sealed.
    pub provider: Option<&'a str>,
    /// Key of a session this one replaces.
    pub replaces: Option<&'a str>,
    /// The mail about a browser that was not known yet.
    pub notice: Option<NewLink<'a>>,
    /// Id of the audit row.
    pub audit: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// One line of the list of devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// SHA-256 of its cookie: tells which one is this browser's.
    pub key: String,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// Family of the browser.
    pub agent: String,
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What, as a code.
    pub what: String,
    /// From which kind of browser; empty when not known.
    pub agent: String,
    /// Name of the site it was about.
    pub site: Option<String>,
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
    /// Epoch of the account.
    pub epoch: i64,
    /// Where the writes stood before this was read: what is made of it is as old.
    pub stamp: Option<Stamp>,
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

/// Those of all rights of a person that a request needs.
fn within(all: &[Delegation], scope: Scope<'_>) -> Vec<Delegation> {
    match scope {
        Scope::All => all.to_vec(),
        Scope::Site(site) => all.iter().filter(|one| one.site == *site).cloned().collect(),
        Scope::Person => Vec::new(),
    }
}

impl Store {
    /// Records a login: the new session, the end of the one it replaces, the mail about an unknown browser, the audit row. False
    /// when the account changed since its password was looked at: nobody is logged in then (T19).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn open_session(&self, start: SessionStart<'_>) -> Result<bool, Error> {
        Ok(self.enter(start, "", Variables::new()).await? == Entry::Opened)
    }

    /// The same after `proof`, a statement that throws `proof` when it finds nothing to use up; `vars` are its own.
    pub(crate) async fn enter(&self, start: SessionStart<'_>, proof: &str, mut vars: Variables) -> Result<Entry, Error> {
        vars.insert("replaces", start.replaces.map(|key| id("session", key)));
        vars.insert("sid", id("session", start.key));
        vars.insert("account", id("account", start.account.as_str()));
        vars.insert("epoch", start.epoch);
        vars.insert("authenticated", at(start.authenticated));
        vars.insert("provider", start.provider.map(str::to_owned));
        vars.insert("agent", start.agent.chars().take(200).collect::<String>());
        vars.insert("audit", id("audit", start.audit));
        vars.insert("now", at(start.now));
        let notice = start.notice.map_or_else(String::new, |notice| {
            notice.bind("one", &mut vars);
            notice.script("one")
        });
        let script = format!(
            "IF $replaces != NONE {{ DELETE $replaces }};
             LET $changed = (UPDATE $account SET last_login = $now WHERE state = 'active' AND epoch = $epoch);
             IF array::len($changed) = 0 {{ THROW 'ended' }};
             {proof}
             CREATE $sid SET account = $account, epoch = $epoch, created = $now, seen = $now, authenticated = $authenticated, agent = $agent,
               provider = $provider;
             {notice}
             CREATE $audit SET at = $now, what = 'session.opened', account = $account, agent = $agent;"
        );
        let done = if proof.is_empty() { self.write_apart(&script, vars).await } else { self.write(&script, vars).await };
        match done {
            Ok(_) => Ok(Entry::Opened),
            Err(Error::Refused(word)) if word == "proof" => Ok(Entry::Used),
            Err(Error::Refused(_)) => Ok(Entry::Ended),
            Err(other) => Err(other),
        }
    }

    /// The live sessions of an account, the latest used first (the list of devices).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_sessions(
        &self,
        account: &AccountId,
        epoch: i64,
        idle_since: Timestamp,
        born_after: Timestamp,
    ) -> Result<Vec<OpenSession>, Error> {
        #[derive(SurrealValue)]
        struct Line {
            id: RecordId,
            created: Datetime,
            seen: Datetime,
            agent: String,
        }
        let rows: Vec<Line> = self
            .read(
                "SELECT id, created, seen, agent FROM session WHERE account = $account AND epoch = $epoch AND seen > $idle AND created > $born
                 ORDER BY seen DESC;",
                vars! { account: id("account", account.as_str()), epoch: epoch, idle: at(idle_since), born: at(born_after) },
            )
            .await?
            .take(0)?;
        rows.into_iter()
            .map(|row| {
                Ok(OpenSession {
                    key: crate::row::key(&row.id)?.to_owned(),
                    created: moment(&row.created),
                    seen: moment(&row.seen),
                    agent: row.agent,
                })
            })
            .collect()
    }

    /// Ends every session of the account but the one this is asked from.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn close_other_sessions(&self, acting: Acting<'_>) -> Result<Changed, Error> {
        changed(
            self.write(
                &format!(
                    "{STILL}DELETE session WHERE account = $account AND id != $sid;
                     CREATE $audit SET at = $now, what = 'session.closed_others', account = $account, agent = $agent;"
                ),
                acting.vars(),
            )
            .await,
        )
    }

    /// What happened to an account, newest first: the journal its owner reads.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_events(&self, account: &AccountId, most: usize) -> Result<Vec<Event>, Error> {
        #[derive(SurrealValue)]
        struct Line {
            at: Datetime,
            what: String,
            agent: Option<String>,
            site: Option<String>,
        }
        let rows: Vec<Line> = self
            .read(
                "SELECT at, what, agent, site.name AS site FROM audit WHERE account = $account ORDER BY at DESC LIMIT $most;",
                vars! { account: id("account", account.as_str()), most: i64::try_from(most).unwrap_or(i64::MAX) },
            )
            .await?
            .take(0)?;
        Ok(rows
            .into_iter()
            .map(|row| Event { at: moment(&row.at), what: row.what, agent: row.agent.unwrap_or_default(), site: row.site })
            .collect())
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
        // Ranges over record ids: `[account, site, …]` sorts all delegations of an account together, by site. The engine reads a range to its
        // end, whatever the limit: of somebody with thousands they are kept.
        const ALL: &str = "FROM delegation:[$s.account, NONE]..=[$s.account, ..]";
        // Before anything is read: what is written meanwhile makes it old.
        let stamp = self.stamp();
        let kept = stamp.and_then(|stamp| self.rights.find(key, &stamp));
        let delegations = match scope {
            _ if kept.is_some() => "[]".to_owned(),
            Scope::Site(_) => format!("SELECT {COLUMNS} FROM delegation:[$s.account, $site, NONE]..=[$s.account, $site, ..]"),
            Scope::All => format!("SELECT {COLUMNS} {ALL}"),
            Scope::Person => "[]".to_owned(),
        };
        let sites = if kept.is_some() { "[]".to_owned() } else { format!("SELECT VALUE site {ALL}") };
        let sql = format!(
            "LET $s = (SELECT * FROM ONLY $sid WHERE seen > $idle AND created > $born);
             RETURN IF $s != NONE {{ {{ session: $s, account: (SELECT * FROM ONLY $s.account), delegations: ({delegations}), sites: ({sites}) }} }};"
        );
        let mut vars = vars! { sid: id("session", key), idle: at(idle_since), born: at(born_after) };
        if let Scope::Site(site) = scope {
            vars.insert("site", id("site", site.as_str()));
        }
        let Some(found) = self.read(&sql, vars).await?.one::<Found>(1)? else { return Ok(None) };
        if found.account.state != "active" || found.account.epoch != found.session.epoch {
            return Ok(None);
        }
        let account: AccountId = own(&found.session.account)?;
        let (delegations, has_other_sites) = if let Some(all) = kept {
            (within(&all, scope), all.iter().any(|one| one.site != all[0].site))
        } else {
            let read: Vec<Delegation> = found.delegations.into_iter().map(DelegationRow::read).collect::<Result<_, _>>()?;
            if let Some(stamp) = stamp.filter(|_| found.sites.len() >= FEWEST) {
                let all = if matches!(scope, Scope::All) { read.clone() } else { self.list_rights(&account).await? };
                self.rights.keep(key.to_owned(), stamp, all);
            }
            (read, found.sites.iter().any(|site| *site != found.sites[0]))
        };
        Ok(Some(Session {
            actor: Actor { account, name: PersonName { first: found.account.first, last: found.account.last }, delegations },
            stamp,
            email: found.account.email,
            has_other_sites,
            created: moment(&found.session.created),
            seen: moment(&found.session.seen),
            authenticated: moment(&found.session.authenticated),
            epoch: found.session.epoch,
        }))
    }

    /// Every right of somebody.
    async fn list_rights(&self, account: &AccountId) -> Result<Vec<Delegation>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM delegation:[$account, NONE]..=[$account, ..];");
        let rows = self.read(&sql, vars! { account: id("account", account.as_str()) }).await?.take::<DelegationRow>(0)?;
        rows.into_iter().map(DelegationRow::read).collect()
    }

    /// Notes that a session was used. Losing this race to another tab is fine.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn touch_session(&self, key: &str, now: Timestamp) -> Result<(), Error> {
        match self.write_apart("UPDATE $sid SET seen = $now;", vars! { sid: id("session", key), now: at(now) }).await {
            Err(Error::Conflict) => Ok(()),
            other => other.map(drop),
        }
    }

    /// Ends a session, and returns what an identity provider said when it was opened, still sealed.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn close_session(&self, key: &str, audit: &str, now: Timestamp) -> Result<Option<String>, Error> {
        #[derive(SurrealValue)]
        struct Gone {
            provider: Option<String>,
        }
        let gone = self
            .write_apart(
                "LET $gone = (DELETE $sid RETURN BEFORE);
                 IF array::len($gone) > 0 { CREATE $audit SET at = $now, what = 'session.closed', account = $gone[0].account };
                 RETURN { provider: $gone[0].provider };",
                vars! { sid: id("session", key), audit: id("audit", audit), now: at(now) },
            )
            .await?
            .last::<Gone>()?;
        Ok(gone.and_then(|gone| gone.provider))
    }
}
