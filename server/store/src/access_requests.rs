//! Requests for access: written alike whether the fund knows the SIRET or not, shown to those who administer the site, decided once.

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::outbox::NewMessage;
use crate::row::{at, id, moment, vars};
use crate::tx::Error;
use domain::delegations::Rights;
use domain::delegations::policy::{Granted, ManageDelegations};
use domain::id::{AccessRequestId, AccountId};
use domain::identity::person::PersonName;
use domain::sites::siret::Siret;
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{Array, Datetime, RecordId, SurrealValue, Value};

/// Requests to be: the same rights and words for several sites.
#[derive(Debug)]
pub struct NewAccessRequests<'a> {
    /// Each site's SIRET, with the id of its request.
    pub sites: &'a [(AccessRequestId, Siret)],
    /// SIRET of the firm.
    pub firm: &'a Siret,
    /// The rights.
    pub rights: &'a Rights,
    /// The words.
    pub message: &'a str,
    /// When they expire.
    pub expires: Timestamp,
    /// Most requests of one account that wait at the same time.
    pub most: usize,
    /// What looks at them later, out of sight.
    pub demand: NewMessage<'a>,
}

/// How asking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// So many requests were written; the others had been made before and still stand.
    Written(usize),
    /// Too many of this account wait.
    Full,
    /// The session had ended, or the account was not active any more.
    Ended,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessState {
    /// Nobody has decided.
    Waiting,
    /// The person was invited.
    Granted,
    /// It was refused.
    Refused,
}

/// A request as whoever made it sees it.
#[derive(Debug, Clone)]
pub struct OwnAccessRequest {
    /// SIRET of the site, as it was asked for; whether the fund knows it is not said.
    pub siret: Siret,
    /// Where it stands.
    pub state: AccessState,
    /// When it was made.
    pub created: Timestamp,
    /// When it expires, or has expired.
    pub expires: Timestamp,
    /// When it was decided.
    pub decided: Option<Timestamp>,
}

/// A request as those who administer the site see it.
#[derive(Debug, Clone)]
pub struct AccessRequest {
    /// Its id.
    pub key: AccessRequestId,
    /// Who asks.
    pub name: PersonName,
    /// Their address.
    pub email: String,
    /// SIRET of the firm, as they typed it.
    pub firm: Siret,
    /// The rights asked for.
    pub rights: Rights,
    /// Their words.
    pub message: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it expires.
    pub expires: Timestamp,
}

/// Somebody who administers a site that was asked for.
#[derive(Debug, Clone)]
pub struct AskedSite {
    /// The site's id, for what is counted by it.
    pub id: domain::id::SiteId,
    /// Its name.
    pub name: String,
    /// Address and first name of those who administer it.
    pub people: Vec<(String, String)>,
}

#[derive(SurrealValue)]
struct OwnRow {
    siret: String,
    state: String,
    created: Datetime,
    expires: Datetime,
    decided: Option<Datetime>,
}

#[derive(SurrealValue)]
struct Row {
    key: String,
    first: String,
    last: String,
    email: String,
    firm: String,
    rights: String,
    message: String,
    created: Datetime,
    expires: Datetime,
}

#[derive(SurrealValue)]
struct PersonRow {
    email: String,
    first: String,
}

#[derive(SurrealValue)]
struct AskedRow {
    id: RecordId,
    name: String,
    people: Vec<PersonRow>,
}

const COLUMNS: &str = "key, account.first AS first, account.last AS last, account.email AS email, firm, rights, message, created, expires";

fn wrong(what: &str) -> Error {
    Error::Row(format!("request with a wrong {what}"))
}

fn siret(text: &str) -> Result<Siret, Error> {
    Siret::parse(text).map_err(|_| wrong("SIRET"))
}

impl OwnRow {
    fn read(self) -> Result<OwnAccessRequest, Error> {
        Ok(OwnAccessRequest {
            siret: siret(&self.siret)?,
            state: match self.state.as_str() {
                "waiting" => AccessState::Waiting,
                "granted" => AccessState::Granted,
                "refused" => AccessState::Refused,
                _ => return Err(wrong("state")),
            },
            created: moment(&self.created),
            expires: moment(&self.expires),
            decided: self.decided.as_ref().map(moment),
        })
    }
}

impl Row {
    fn read(self) -> Result<AccessRequest, Error> {
        Ok(AccessRequest {
            key: self.key.parse().map_err(|_| wrong("key"))?,
            name: PersonName { first: self.first, last: self.last },
            email: self.email,
            firm: siret(&self.firm)?,
            rights: self.rights.parse().map_err(|_| wrong("right"))?,
            message: self.message,
            created: moment(&self.created),
            expires: moment(&self.expires),
        })
    }
}

impl Store {
    /// Writes requests. A site that was asked for before, and whose request has not expired, keeps the one it has, whatever was decided.
    ///
    /// # Errors
    /// Those of the engine; every refusal is an [`Asking`].
    pub async fn ask_access(&self, acting: Acting<'_>, new: NewAccessRequests<'_>) -> Result<Asking, Error> {
        let mut vars = acting.vars();
        let account = id("account", acting.account.as_str());
        vars.insert("requests", new.sites.iter().map(|(_, siret)| request_id(&account, siret)).collect::<Vec<RecordId>>());
        vars.insert("keys", new.sites.iter().map(|(key, _)| key.to_string()).collect::<Vec<String>>());
        vars.insert("sirets", new.sites.iter().map(|(_, siret)| siret.to_string()).collect::<Vec<String>>());
        vars.insert("firm", new.firm.to_string());
        vars.insert("rights", new.rights.to_string());
        vars.insert("message", new.message.to_owned());
        vars.insert("expires", at(new.expires));
        vars.insert("most", i64::try_from(new.most).unwrap_or(i64::MAX));
        new.demand.bind("demand", "", &mut vars);
        let script = format!(
            "{STILL}LET $standing = (SELECT VALUE id FROM $requests WHERE expires > $now);
             LET $waiting = (SELECT VALUE id FROM access_request:[$account, NONE]..=[$account, ..] WHERE state = 'waiting' AND expires > $now);
             IF array::len($waiting) + array::len($requests) - array::len($standing) > $most {{ THROW 'full' }};
             FOR $place IN 0..array::len($requests) {{
               LET $one = $requests[$place];
               IF $one NOT IN $standing {{
                 UPSERT $one CONTENT {{ key: $keys[$place], account: $account, siret: $sirets[$place], firm: $firm, rights: $rights,
                   message: $message, state: 'waiting', created: $now, expires: $expires }};
               }};
             }};
             {}
             CREATE $audit SET at = $now, what = 'access.asked', account = $account, agent = $agent;
             RETURN array::len($requests) - array::len($standing);",
            new.demand.script("demand")
        );
        match self.write(&script, vars).await {
            Ok(rows) => Ok(Asking::Written(written(rows)?)),
            Err(Error::Refused(word)) if word == "full" => Ok(Asking::Full),
            Err(Error::Refused(_)) => Ok(Asking::Ended),
            Err(other) => Err(other),
        }
    }

    /// The requests somebody has made, newest first, expired ones among them for as long as they are kept.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_own_access_requests(&self, account: &AccountId) -> Result<Vec<OwnAccessRequest>, Error> {
        let sql = "SELECT siret, state, created, expires, decided FROM access_request:[$account, NONE]..=[$account, ..]
                   ORDER BY created DESC, siret;";
        let rows = self.read(sql, vars! { account: id("account", account.as_str()) }).await?.take::<OwnRow>(0)?;
        rows.into_iter().map(OwnRow::read).collect()
    }

    /// The requests that wait for a site's administrators, oldest first, fifty at most.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_access_requests(&self, granted: &Granted<ManageDelegations>, now: Timestamp) -> Result<Vec<AccessRequest>, Error> {
        let sql = format!(
            "LET $siret = (SELECT VALUE siret FROM ONLY $site);
             SELECT {COLUMNS} FROM access_request WHERE siret = $siret AND state = 'waiting' AND expires > $now AND account.state = 'active'
               ORDER BY created, key LIMIT 50;"
        );
        let vars = vars! { site: id("site", granted.site().as_str()), now: at(now) };
        self.read(&sql, vars).await?.take::<Row>(1)?.into_iter().map(Row::read).collect()
    }

    /// Refuses a request. [`Changed::Gone`] when it was decided, has expired, or is of another site.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn refuse_access(
        &self,
        acting: Acting<'_>,
        granted: &Granted<ManageDelegations>,
        key: &AccessRequestId,
    ) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        vars.insert("site", id("site", granted.site().as_str()));
        vars.insert("key", key.to_string());
        let script = format!(
            "{STILL}LET $siret = (SELECT VALUE siret FROM ONLY $site);
             LET $refused = (UPDATE access_request SET state = 'refused', decided = $now
               WHERE siret = $siret AND key = $key AND state = 'waiting' AND expires > $now RETURN VALUE id);
             IF array::len($refused) = 0 {{ THROW 'gone' }};
             CREATE $audit SET at = $now, what = 'access.refused', account = $account, site = $site, agent = $agent;"
        );
        changed(self.write(&script, vars).await)
    }

    /// The sites among these SIRETs that somebody asked for with requests of these keys that wait, and those who administer them on this
    /// day. For the job alone: what it finds is never shown to who asked.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_asked_sites(
        &self,
        account: &AccountId,
        sirets: &[Siret],
        keys: Vec<String>,
        today: Date,
        now: Timestamp,
    ) -> Result<Vec<AskedSite>, Error> {
        let account = id("account", account.as_str());
        let vars = vars! {
            requests: sirets.iter().map(|siret| request_id(&account, siret)).collect::<Vec<RecordId>>(),
            keys: keys,
            today: today.to_string(),
            now: at(now),
        };
        let sql = "LET $claims = (SELECT VALUE type::record('siret_claim', siret) FROM $requests
               WHERE state = 'waiting' AND key IN $keys AND expires > $now AND account.state = 'active');
             LET $sites = (SELECT VALUE site FROM $claims);
             SELECT id, name, (SELECT account.email AS email, account.first AS first FROM delegation WHERE site = $parent.id
               AND state = 'open' AND role IN ['administrateur_entreprise', 'administrateur'] AND starts <= $today
               AND (ends = NONE OR ends >= $today) AND account.state = 'active') AS people FROM $sites;";
        let rows = self.read(sql, vars).await?.take::<AskedRow>(2)?;
        rows.into_iter()
            .map(|row| {
                let people = row.people.into_iter().map(|person| (person.email, person.first)).collect();
                Ok(AskedSite { id: crate::row::own(&row.id)?, name: row.name, people })
            })
            .collect()
    }
}

fn written(mut rows: crate::tx::Rows) -> Result<usize, Error> {
    Ok(rows.last::<i64>()?.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
}

/// `access_request:[account, siret]`.
fn request_id(account: &RecordId, siret: &Siret) -> RecordId {
    RecordId::new("access_request", Array::from(vec![Value::RecordId(account.clone()), Value::String(siret.to_string())]))
}

/// Part of the script of an invitation: whoever is invited to a site has what they asked for there, whoever invites them. `$claim` is that
/// of the invited address.
pub(crate) const ANSWERED: &str = "LET $asker = (SELECT VALUE account FROM ONLY $claim WHERE until = NONE);
    IF $asker != NONE {
      UPDATE type::record('access_request', [$asker, $site.siret]) SET state = 'granted', decided = $now
        WHERE state = 'waiting' AND expires > $now;
    };
";
