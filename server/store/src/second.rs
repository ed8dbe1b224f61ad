//! The second step of a login: what proves it is used up in the transaction that opens the session. And the ceremonies of passkeys.

use crate::connect::Store;
use crate::factors::recovery_id;
use crate::row::{at, id, vars};
use crate::sessions::SessionStart;
use crate::tokens::NewLink;
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Variables};

/// A second factor that was looked at and found right, if nobody used it meanwhile.
#[derive(Debug)]
pub enum SecondProof<'a> {
    /// A code of the application whose sealed secret this is; its step and the earlier ones are used afterwards.
    App {
        /// The sealed secret.
        secret: &'a str,
        /// The step of the code.
        step: i64,
    },
    /// A passkey; its credential has moved on by this use.
    Passkey {
        /// SHA-256 of the credential's id.
        key: &'a str,
        /// The credential as it was read.
        before: &'a str,
        /// As it is now.
        after: &'a str,
    },
    /// A recovery code, which goes.
    Recovery {
        /// Keyed hash of the code.
        hash: &'a str,
        /// The mail that says so.
        notice: NewLink<'a>,
        /// Id of a second audit row.
        audit: &'a str,
    },
}

impl SecondProof<'_> {
    /// The statements that use the proof up, or throw `proof`.
    fn script(&self, account: &AccountId, vars: &mut Variables) -> String {
        match self {
            Self::App { secret, step } => {
                vars.insert("app", id("totp", account.as_str()));
                vars.insert("secret", (*secret).to_owned());
                vars.insert("step", *step);
                "LET $proof = (UPDATE $app SET last_step = $step WHERE secret = $secret AND confirmed != NONE AND last_step < $step);
                 IF array::len($proof) = 0 { THROW 'proof' };"
                    .to_owned()
            }
            Self::Passkey { key, before, after } => {
                vars.insert("passkey", id("passkey", key));
                vars.insert("before", (*before).to_owned());
                vars.insert("after", (*after).to_owned());
                "LET $proof = (UPDATE $passkey SET credential = $after, used = $now WHERE account = $account AND credential = $before);
                 IF array::len($proof) = 0 { THROW 'proof' };"
                    .to_owned()
            }
            Self::Recovery { hash, notice, audit } => {
                vars.insert("recovery", recovery_id(account, hash));
                vars.insert("recovery_audit", id("audit", audit));
                notice.bind("used", vars);
                format!(
                    "LET $proof = (DELETE $recovery RETURN BEFORE);
                     IF array::len($proof) = 0 {{ THROW 'proof' }};
                     {}
                     CREATE $recovery_audit SET at = $now, what = 'factor.recovery_used', account = $account, agent = $agent;",
                    notice.script("used")
                )
            }
        }
    }
}

/// How opening a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// The session is open.
    Opened,
    /// The account changed since it was looked at.
    Ended,
    /// The second factor was used meanwhile.
    Used,
}

/// What a ceremony is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeremonyKind {
    /// Adding a passkey.
    Register,
    /// Logging in with one.
    SignIn,
}

impl CeremonyKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Register => "passkey.register",
            Self::SignIn => "passkey.sign_in",
        }
    }
}

/// A ceremony to be.
#[derive(Debug)]
pub struct NewCeremony<'a> {
    /// SHA-256 of its secret.
    pub key: &'a str,
    /// Whose it is.
    pub account: &'a AccountId,
    /// What it is for.
    pub kind: CeremonyKind,
    /// Its state, sealed with the server key.
    pub state: &'a str,
    /// When it is over.
    pub expires: Timestamp,
}

/// Most ceremonies that one account has open for one thing: whoever reloads a page leaves the oldest behind.
const MOST: i64 = 50;

impl Store {
    /// Records a login whose second factor was right: the proof is used up and the session opened, or neither (T19).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn open_second_session(&self, start: SessionStart<'_>, proof: &SecondProof<'_>) -> Result<Entry, Error> {
        let mut vars = Variables::new();
        let use_up = proof.script(start.account, &mut vars);
        self.enter(start, &use_up, vars).await
    }

    /// Records a ceremony that begins.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn record_ceremony(&self, new: &NewCeremony<'_>) -> Result<(), Error> {
        let vars = vars! {
            challenge: id("challenge", new.key),
            account: id("account", new.account.as_str()),
            kind: new.kind.key().to_owned(),
            state: new.state.to_owned(),
            expires: at(new.expires),
            most: MOST - 1,
        };
        self.write(
            "LET $open = (SELECT id, expires FROM challenge WHERE account = $account AND kind = $kind ORDER BY expires DESC START $most);
             DELETE $open.id;
             CREATE $challenge SET account = $account, kind = $kind, state = $state, expires = $expires;",
            vars,
        )
        .await
        .map(drop)
    }

    /// Uses a ceremony up and returns its state: of any number of simultaneous answers one gets it.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn take_ceremony(&self, key: &str, account: &AccountId, kind: CeremonyKind, now: Timestamp) -> Result<Option<String>, Error> {
        #[derive(SurrealValue)]
        struct Taken {
            state: String,
        }
        let vars = vars! {
            challenge: id("challenge", key),
            account: id("account", account.as_str()),
            kind: kind.key().to_owned(),
            now: at(now),
        };
        let script = "LET $gone = (DELETE $challenge WHERE account = $account AND kind = $kind AND expires > $now RETURN BEFORE);
             IF array::len($gone) = 0 { THROW 'gone' };
             RETURN { state: $gone[0].state };";
        match self.write(script, vars).await {
            Ok(mut rows) => Ok(rows.last::<Taken>()?.map(|taken| taken.state)),
            Err(Error::Refused(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }
}
