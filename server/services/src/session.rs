//! Sessions: opened at login, read at every request, ended by hand or by time.

use crate::account::settled;
use crate::secrets::fingerprint;
use crate::{Fault, Origin, Services};
use jiff::SignedDuration;
use jiff::civil::DateTime;
use store::{Scope, Session};

/// Idle sessions end after this long.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Sessions end after this long in any case.
const ABSOLUTE: SignedDuration = SignedDuration::from_hours(10);

/// Lines of the journal a person sees.
const JOURNAL: usize = 50;

/// What the page of devices and traces shows.
#[derive(Debug, Clone)]
pub struct Devices {
    /// Live sessions.
    pub sessions: Vec<DeviceLine>,
    /// What happened, newest first.
    pub events: Vec<JournalLine>,
}

/// A live session.
#[derive(Debug, Clone)]
pub struct DeviceLine {
    /// Whether it is the one that asks.
    pub is_this: bool,
    /// Family of the browser.
    pub agent: String,
    /// Since when.
    pub since: DateTime,
    /// Last use, to the minute.
    pub seen: DateTime,
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct JournalLine {
    /// When.
    pub at: DateTime,
    /// What, as a code; its words are the page's.
    pub what: String,
    /// From which kind of browser; empty when not known.
    pub agent: String,
    /// The site it was about.
    pub site: Option<String>,
}

/// The secret of a session's cookie. Never printed, never stored: the database has its SHA-256.
#[derive(Clone)]
pub struct SessionKey(pub String);

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

/// A request of somebody who is logged in.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Session, person, delegations asked for.
    pub session: Session,
    /// The cookie's secret, to end or replace the session.
    pub key: SessionKey,
}

impl Services {
    /// The visit behind a session cookie, with the delegations `scope` asks for; none when the session is over. Notes the use
    /// at most once a minute.
    ///
    /// # Errors
    /// `Broken` when the database fails: the request is refused then, never let through.
    pub async fn visit(&self, cookie: &str, scope: Scope<'_>) -> Result<Option<Visit>, Fault> {
        let now = self.clock.now();
        let key = fingerprint(cookie);
        let Some(session) = self.store.find_session(&key, scope, now - IDLE, now - ABSOLUTE).await? else { return Ok(None) };
        if now.duration_since(session.seen) >= SignedDuration::from_mins(1) {
            self.store.touch_session(&key, now).await?;
        }
        Ok(Some(Visit { session, key: SessionKey(cookie.to_owned()) }))
    }

    /// Logs out (S86), and returns the token an identity provider wants back to end its own session, when it opened this one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_out(&self, cookie: &str) -> Result<Option<String>, Fault> {
        let sealed = self.store.close_session(&fingerprint(cookie), &self.ulid(), self.clock.now()).await?;
        Ok(sealed.and_then(|sealed| self.provider_token(&sealed)))
    }

    /// The live sessions of the person, this browser's first, and what happened to the account lately (the journal).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn devices(&self, visit: &Visit) -> Result<Devices, Fault> {
        let (now, account) = (self.clock.now(), &visit.session.actor.account);
        let own = fingerprint(&visit.key.0);
        let mut sessions: Vec<DeviceLine> = self
            .store
            .list_sessions(account, visit.session.epoch, now - IDLE, now - ABSOLUTE)
            .await?
            .into_iter()
            .map(|session| DeviceLine {
                is_this: session.key == own,
                agent: session.agent,
                since: self.clock.paris(session.created),
                seen: self.clock.paris(session.seen),
            })
            .collect();
        sessions.sort_by_key(|line| !line.is_this);
        let events = self
            .store
            .list_events(account, JOURNAL)
            .await?
            .into_iter()
            .map(|event| JournalLine { at: self.clock.paris(event.at), what: event.what, agent: event.agent, site: event.site })
            .collect();
        Ok(Devices { sessions, events })
    }

    /// Ends every session of the person but this one.
    ///
    /// # Errors
    /// `SignedOut` when this one has ended.
    pub async fn close_other_sessions(&self, visit: &Visit, origin: &Origin) -> Result<(), Fault> {
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        settled(self.store.close_other_sessions(self.acting(visit, &key, &audit, origin)).await?)
    }

    /// Seconds until the session behind a visit ends if nothing is done; for the warning.
    #[must_use]
    pub fn seconds_left(&self, visit: &Visit) -> i64 {
        let now = self.clock.now();
        // The request that asks has kept it alive.
        (now + IDLE).min(visit.session.created + ABSOLUTE).duration_since(now).as_secs().max(0)
    }
}
