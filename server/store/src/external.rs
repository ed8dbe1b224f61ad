//! Logins at another identity provider: the keyed hash of issuer and subject is the record id, and nothing else finds one. A mail
//! address never does.

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::accounts::{Account, Row};
use crate::connect::Store;
use crate::row::{at, id, key, moment, vars};
use crate::tokens::NewLink;
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue, Variables};

/// Logins of other providers one account may have.
const MOST: i64 = 10;

/// A login at another provider, to be linked to an account.
#[derive(Debug)]
pub struct NewExternal<'a> {
    /// Keyed hash of issuer and subject.
    pub key: &'a str,
    /// The provider.
    pub issuer: &'a str,
    /// The mail that says so, with its « ce n’était pas moi ».
    pub notice: NewLink<'a>,
}

/// How linking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// It leads to this account now.
    Yes,
    /// It leads to another account, or this one has too many.
    Taken,
    /// The account or the session is not what it was when the request began.
    Ended,
}

/// A login at another provider, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalLogin {
    /// Its key.
    pub key: String,
    /// The provider.
    pub issuer: String,
    /// Since when.
    pub created: Timestamp,
}

/// The statements that link, or throw why not. What a closed account held is free again.
const LINK: &str = "LET $holder = (SELECT VALUE account FROM ONLY $external);
    IF $holder = $account { THROW 'already' };
    IF $holder != NONE AND $holder.state != NONE AND $holder.state != 'closed' { THROW 'taken' };
    IF count((SELECT VALUE id FROM external_login WHERE account = $account)) >= $most { THROW 'taken' };
    UPSERT $external SET account = $account, issuer = $issuer, created = $now;
    CREATE $audit SET at = $now, what = 'external.linked', account = $account, agent = $agent;
";

impl NewExternal<'_> {
    fn bind(&self, vars: &mut Variables) {
        vars.insert("external", id("external_login", self.key));
        vars.insert("issuer", self.issuer.to_owned());
        vars.insert("most", MOST);
        self.notice.bind("one", vars);
    }
}

fn linked<T>(result: Result<T, Error>) -> Result<Linked, Error> {
    match result {
        Ok(_) => Ok(Linked::Yes),
        Err(Error::Refused(word)) if word == "already" => Ok(Linked::Yes),
        Err(Error::Refused(word)) if word == "taken" => Ok(Linked::Taken),
        Err(Error::Refused(_)) => Ok(Linked::Ended),
        Err(other) => Err(other),
    }
}

impl Store {
    /// The account a login at another provider leads to.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_account_by_external(&self, key: &str) -> Result<Option<Account>, Error> {
        self.read("SELECT * FROM (SELECT VALUE account FROM ONLY $external);", vars! { external: id("external_login", key) })
            .await?
            .one::<Row>(0)?
            .map(Row::read)
            .transpose()
    }

    /// Links a login to an account whose password was just given, outside any session. The account must be what it was then.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn link_external(
        &self,
        account: &AccountId,
        epoch: i64,
        new: &NewExternal<'_>,
        audit: &str,
        agent: &str,
        now: Timestamp,
    ) -> Result<Linked, Error> {
        let mut vars = vars! {
            account: id("account", account.as_str()),
            epoch: epoch,
            audit: id("audit", audit),
            agent: agent.to_owned(),
            now: at(now),
        };
        new.bind(&mut vars);
        let script = format!(
            "LET $a = (SELECT * FROM ONLY $account);
             IF $a = NONE OR $a.state != 'active' OR $a.epoch != $epoch {{ THROW 'ended' }};
             {LINK}{}",
            new.notice.script("one")
        );
        linked(self.write(&script, vars).await)
    }

    /// Links a login to the account of a session.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn link_own_external(&self, acting: Acting<'_>, new: &NewExternal<'_>) -> Result<Linked, Error> {
        let mut vars = acting.vars();
        new.bind(&mut vars);
        linked(self.write(&format!("{STILL}{LINK}{}", new.notice.script("one")), vars).await)
    }

    /// Takes a login away from the account of a session.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] when the account has no such login.
    pub async fn unlink_external(&self, acting: Acting<'_>, key: &str, notice: &NewLink<'_>) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        vars.insert("external", id("external_login", key));
        notice.bind("one", &mut vars);
        let script = format!(
            "{STILL}LET $gone = (DELETE $external WHERE account = $account RETURN BEFORE);
             IF array::len($gone) = 0 {{ THROW 'gone' }};
             {}
             CREATE $audit SET at = $now, what = 'external.unlinked', account = $account, agent = $agent;",
            notice.script("one")
        );
        changed(self.write(&script, vars).await)
    }

    /// The logins of an account, oldest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_externals(&self, account: &AccountId) -> Result<Vec<ExternalLogin>, Error> {
        #[derive(SurrealValue)]
        struct Line {
            id: RecordId,
            issuer: String,
            created: Datetime,
        }
        let rows: Vec<Line> = self
            .read(
                "SELECT id, issuer, created FROM external_login WHERE account = $account ORDER BY created;",
                vars! { account: id("account", account.as_str()) },
            )
            .await?
            .take(0)?;
        rows.into_iter()
            .map(|row| Ok(ExternalLogin { key: key(&row.id)?.to_owned(), issuer: row.issuer, created: moment(&row.created) }))
            .collect()
    }

    /// Notes that a return from a provider was looked at. False the second time: whoever replays it learns nothing.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn spend_return(&self, key: &str, expires: Timestamp) -> Result<bool, Error> {
        let vars = vars! { challenge: id("challenge", key), expires: at(expires) };
        match self.write("CREATE $challenge SET kind = 'provider', state = '', expires = $expires;", vars).await {
            Ok(_) => Ok(true),
            Err(Error::Exists) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::Address;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_closed_account_held_is_free_again() {
        let store = Store::open(&Address::Memory, None).await.unwrap();
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        store.migrate(now).await.unwrap();
        let script = "CREATE account:old SET email = 'a', first = 'A', last = 'A', password = 'x', state = $state, created = $now;
            CREATE external_login:k SET account = account:old, issuer = 'i', created = $now;
            CREATE account:new SET email = 'b', first = 'B', last = 'B', password = 'x', state = 'active', created = $now;";
        store.write(script, vars! { now: at(now), state: "active".to_owned() }).await.unwrap();
        let claim = async || {
            let vars = vars! {
                account: id("account", "new"), external: id("external_login", "k"), issuer: "i".to_owned(), most: MOST,
                audit: id("audit", "a"), agent: String::new(), now: at(now),
            };
            linked(store.write(LINK, vars).await).unwrap()
        };
        assert_eq!(claim().await, Linked::Taken);
        store.write("UPDATE account:old SET state = 'closed';", vars! {}).await.unwrap();
        assert_eq!(claim().await, Linked::Yes);
    }
}
