//! Sessions: opened at login, read at every request, ended by hand or by time.

use crate::secrets::fingerprint;
use crate::{Fault, Services};
use jiff::SignedDuration;
use store::{Scope, Session};

/// Idle sessions end after this long.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Sessions end after this long in any case.
const ABSOLUTE: SignedDuration = SignedDuration::from_hours(10);
/// How long before the end of a session the page warns.
pub const WARNING: SignedDuration = SignedDuration::from_mins(2);

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

    /// Logs out (S86).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sign_out(&self, cookie: &str) -> Result<(), Fault> {
        Ok(self.store.close_session(&fingerprint(cookie), &self.ulid(), self.clock.now()).await?)
    }

    /// Removes what time has ended; run by a job.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sweep(&self) -> Result<(), Fault> {
        let now = self.clock.now();
        Ok(self.store.sweep(now - IDLE, now).await?)
    }
}
