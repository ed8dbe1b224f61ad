//! Second factors of an account: an application that shows codes, passkeys, recovery codes. Each change is one transaction with its
//! mail; since each of them issues a link, two changes of one account always conflict.

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::row::{at, id, key, moment, vars};
use crate::tokens::NewLink;
use crate::tx::Error;
use domain::id::AccountId;
use domain::identity::factor::MOST_PASSKEYS;
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{Array, Datetime, RecordId, SurrealValue, Value, Variables};

/// What an account has beside its password.
#[derive(Debug, Clone, Default)]
pub struct Factors {
    /// The application that shows codes, confirmed or on its way.
    pub app: Option<AppFactor>,
    /// Passkeys, the oldest first.
    pub passkeys: Vec<StoredPasskey>,
    /// How many recovery codes are left.
    pub recovery: usize,
}

impl Factors {
    /// The application, once its first code was right.
    #[must_use]
    pub fn confirmed_app(&self) -> Option<&AppFactor> {
        self.app.as_ref().filter(|app| app.confirmed.is_some())
    }

    /// Whether the password alone does not let anybody in.
    #[must_use]
    pub fn any(&self) -> bool {
        self.confirmed_app().is_some() || !self.passkeys.is_empty()
    }
}

/// An application that shows codes.
#[derive(Debug, Clone)]
pub struct AppFactor {
    /// Its secret, sealed with the server key.
    pub secret: String,
    /// When the secret was made.
    pub created: Timestamp,
    /// When its first code was right.
    pub confirmed: Option<Timestamp>,
}

/// A passkey.
#[derive(Debug, Clone)]
pub struct StoredPasskey {
    /// SHA-256 of the credential's id.
    pub key: String,
    /// The name the person gave it.
    pub name: String,
    /// JSON of the credential: its public key and counter.
    pub credential: String,
    /// When it was added.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

/// A passkey to be.
#[derive(Debug, Clone, Copy)]
pub struct NewPasskey<'a> {
    /// SHA-256 of the credential's id.
    pub key: &'a str,
    /// The name the person gives it.
    pub name: &'a str,
    /// JSON of the credential.
    pub credential: &'a str,
}

/// How adding a factor ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enrolled {
    /// It is the account's first: the recovery codes are the new ones.
    First,
    /// It stands beside others: the recovery codes stay what they were.
    Another,
    /// The session had ended, or the account was not active any more.
    Ended,
    /// It was added, replaced or removed meanwhile, or there are too many.
    Gone,
}

#[derive(SurrealValue)]
struct AppRow {
    secret: String,
    created: Datetime,
    confirmed: Option<Datetime>,
}

#[derive(SurrealValue)]
struct PasskeyRow {
    id: RecordId,
    name: String,
    credential: String,
    created: Datetime,
    used: Option<Datetime>,
}

/// What the account has, before a change: `$has_app`, `$passkeys`.
const KNOWN: &str = "LET $has_app = (SELECT VALUE confirmed FROM ONLY $app) != NONE;
    LET $passkeys = (SELECT VALUE id FROM passkey WHERE account = $account);
";

/// Replaces the recovery codes.
const RENEW: &str = "DELETE recovery_code:[$account, NONE]..=[$account, ..];
    FOR $code IN $codes { CREATE $code SET account = $account, created = $now }";

impl Store {
    /// What an account has beside its password.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_factors(&self, account: &AccountId) -> Result<Factors, Error> {
        let mut rows = self
            .read(
                "SELECT secret, created, confirmed FROM $app;
                 SELECT id, name, credential, created, used FROM passkey WHERE account = $account ORDER BY created, id;
                 RETURN count((SELECT VALUE id FROM recovery_code:[$account, NONE]..=[$account, ..]));",
                vars! { app: id("totp", account.as_str()), account: id("account", account.as_str()) },
            )
            .await?;
        let app = rows.one::<AppRow>(0)?.map(|row| AppFactor {
            secret: row.secret,
            created: moment(&row.created),
            confirmed: row.confirmed.as_ref().map(moment),
        });
        let passkeys = rows
            .take::<PasskeyRow>(1)?
            .into_iter()
            .map(|row| {
                Ok(StoredPasskey {
                    key: key(&row.id)?.to_owned(),
                    name: row.name,
                    credential: row.credential,
                    created: moment(&row.created),
                    used: row.used.as_ref().map(moment),
                })
            })
            .collect::<Result<_, Error>>()?;
        let recovery = rows.one::<u64>(2)?.unwrap_or(0);
        Ok(Factors { app, passkeys, recovery: usize::try_from(recovery).unwrap_or(usize::MAX) })
    }

    /// Whether somebody administers a site on this day and has no second factor.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn lacks_factor_as_administrator(&self, account: &AccountId, today: Date) -> Result<bool, Error> {
        let script = format!(
            "{KNOWN}
             LET $sites = (SELECT VALUE id FROM delegation:[$account, NONE]..=[$account, ..] WHERE state = 'open'
               AND role IN ['administrateur_entreprise', 'administrateur'] AND starts <= $today AND (ends = NONE OR ends >= $today) LIMIT 1);
             RETURN !$has_app AND array::len($passkeys) = 0 AND array::len($sites) > 0;"
        );
        let vars = vars! {
            app: id("totp", account.as_str()),
            account: id("account", account.as_str()),
            today: today.to_string(),
        };
        Ok(self.read(&script, vars).await?.one::<bool>(3)?.unwrap_or(true))
    }

    /// Keeps the secret of an application to be; one that was not confirmed yet is replaced.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] when the account has an application already.
    pub async fn start_app(&self, acting: Acting<'_>, secret: &str) -> Result<Changed, Error> {
        let mut vars = with_app(acting);
        vars.insert("secret", secret.to_owned());
        changed(
            self.write(
                &format!(
                    "{STILL}{KNOWN}
                     IF $has_app {{ THROW 'gone' }};
                     UPSERT $app SET account = $account, secret = $secret, created = $now, confirmed = NONE, last_step = 0;"
                ),
                vars,
            )
            .await,
        )
    }

    /// Confirms an application by the `step` of its first code, which is thereby used.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn confirm_app(
        &self,
        acting: Acting<'_>,
        secret: &str,
        step: i64,
        codes: &[String],
        notice: &NewLink<'_>,
    ) -> Result<Enrolled, Error> {
        let mut vars = with_app(acting);
        vars.insert("secret", secret.to_owned());
        vars.insert("step", step);
        let add = "LET $done = (UPDATE $app SET confirmed = $now, last_step = $step WHERE secret = $secret AND confirmed = NONE);
             IF array::len($done) = 0 { THROW 'gone' };";
        self.enrol(acting.account, vars, add, codes, notice, "factor.app_added").await
    }

    /// Adds a passkey; one that any account has already is not added twice.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn add_passkey(
        &self,
        acting: Acting<'_>,
        new: NewPasskey<'_>,
        codes: &[String],
        notice: &NewLink<'_>,
    ) -> Result<Enrolled, Error> {
        let mut vars = with_app(acting);
        vars.insert("passkey", id("passkey", new.key));
        vars.insert("name", new.name.to_owned());
        vars.insert("credential", new.credential.to_owned());
        vars.insert("most", i64::try_from(MOST_PASSKEYS).unwrap_or(i64::MAX));
        let add = "IF array::len($passkeys) >= $most { THROW 'gone' };
             CREATE $passkey SET account = $account, name = $name, credential = $credential, created = $now;";
        self.enrol(acting.account, vars, add, codes, notice, "factor.passkey_added").await
    }

    async fn enrol(
        &self,
        account: &AccountId,
        mut vars: Variables,
        add: &str,
        codes: &[String],
        notice: &NewLink<'_>,
        what: &str,
    ) -> Result<Enrolled, Error> {
        #[derive(SurrealValue)]
        struct Done {
            first: bool,
        }
        vars.insert("codes", recovery_ids(account, codes));
        vars.insert("what", what.to_owned());
        notice.bind("one", &mut vars);
        let script = format!(
            "{STILL}{KNOWN}{add}
             LET $first = !$has_app AND array::len($passkeys) = 0;
             IF $first {{ {RENEW} }};
             {}
             CREATE $audit SET at = $now, what = $what, account = $account, agent = $agent;
             RETURN {{ first: $first }};",
            notice.script("one")
        );
        match self.write(&script, vars).await {
            Ok(mut rows) => Ok(match rows.last::<Done>()? {
                Some(Done { first: true }) => Enrolled::First,
                _ => Enrolled::Another,
            }),
            Err(error) => Ok(match changed::<()>(Err(error))? {
                Changed::Ended => Enrolled::Ended,
                Changed::Gone | Changed::Yes => Enrolled::Gone,
            }),
        }
    }

    /// Removes the application; with the last factor the recovery codes go, too.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] when there is none.
    pub async fn remove_app(&self, acting: Acting<'_>, notice: &NewLink<'_>) -> Result<Changed, Error> {
        let remove = "IF !$has_app { THROW 'gone' };
             DELETE $app;
             LET $left = array::len($passkeys);";
        self.remove(with_app(acting), remove, notice, "factor.app_removed").await
    }

    /// Removes a passkey; with the last factor the recovery codes go, too.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] when the account has no such passkey.
    pub async fn remove_passkey(&self, acting: Acting<'_>, passkey: &str, notice: &NewLink<'_>) -> Result<Changed, Error> {
        let mut vars = with_app(acting);
        vars.insert("passkey", id("passkey", passkey));
        let remove = "LET $gone = (DELETE $passkey WHERE account = $account RETURN BEFORE);
             IF array::len($gone) = 0 { THROW 'gone' };
             LET $left = array::len($passkeys) - 1 + (IF $has_app { 1 } ELSE { 0 });";
        self.remove(vars, remove, notice, "factor.passkey_removed").await
    }

    async fn remove(&self, mut vars: Variables, remove: &str, notice: &NewLink<'_>, what: &str) -> Result<Changed, Error> {
        vars.insert("what", what.to_owned());
        notice.bind("one", &mut vars);
        let script = format!(
            "{STILL}{KNOWN}{remove}
             IF $left = 0 {{ DELETE recovery_code:[$account, NONE]..=[$account, ..] }};
             {}
             CREATE $audit SET at = $now, what = $what, account = $account, agent = $agent;",
            notice.script("one")
        );
        changed(self.write(&script, vars).await)
    }

    /// Replaces the recovery codes.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] when the account has no second factor.
    pub async fn renew_recovery(&self, acting: Acting<'_>, codes: &[String], notice: &NewLink<'_>) -> Result<Changed, Error> {
        let mut vars = with_app(acting);
        vars.insert("codes", recovery_ids(acting.account, codes));
        notice.bind("one", &mut vars);
        let script = format!(
            "{STILL}{KNOWN}
             IF !$has_app AND array::len($passkeys) = 0 {{ THROW 'gone' }};
             {RENEW};
             {}
             CREATE $audit SET at = $now, what = 'factor.recovery_renewed', account = $account, agent = $agent;",
            notice.script("one")
        );
        changed(self.write(&script, vars).await)
    }

    /// Removes every second factor of an account, at the fund's own hand: sessions and trusted browsers end with them. False when
    /// there was nothing to remove.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn clear_factors(
        &self,
        account: &AccountId,
        reason: &str,
        notice: &NewLink<'_>,
        audit: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut vars = vars! {
            account: id("account", account.as_str()),
            app: id("totp", account.as_str()),
            reason: reason.to_owned(),
            audit: id("audit", audit),
            now: at(now),
        };
        notice.bind("one", &mut vars);
        let script = format!(
            "{KNOWN}
             IF !$has_app AND array::len($passkeys) = 0 {{ THROW 'gone' }};
             DELETE $app;
             DELETE passkey WHERE account = $account;
             DELETE recovery_code:[$account, NONE]..=[$account, ..];
             UPDATE $account SET epoch += 1;
             DELETE session WHERE account = $account;
             {}
             CREATE $audit SET at = $now, what = 'factor.cleared', account = $account, detail = $reason;",
            notice.script("one")
        );
        match self.write(&script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

fn with_app(acting: Acting<'_>) -> Variables {
    let mut vars = acting.vars();
    vars.insert("app", id("totp", acting.account.as_str()));
    vars
}

fn recovery_ids(account: &AccountId, hashes: &[String]) -> Vec<RecordId> {
    hashes.iter().map(|hash| recovery_id(account, hash)).collect()
}

/// `recovery_code:[account, hash]`.
pub(crate) fn recovery_id(account: &AccountId, hash: &str) -> RecordId {
    RecordId::new("recovery_code", Array::from(vec![Value::RecordId(id("account", account.as_str())), Value::String(hash.to_owned())]))
}
