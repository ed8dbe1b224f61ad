//! The clients of somebody who works for an accounting firm: their sites in one read, and those they have marked.

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::row::{id, own, vars};
use crate::sites::{BASICS, BasicRow, Site};
use crate::tx::Error;
use domain::delegations::policy::{Enter, Granted, ReadDsn};
use domain::dsn::{DsnState, Tally};
use domain::id::{AccountId, SiteId};
use surrealdb::types::{Array, RecordId, SurrealValue, Value};

/// A client site.
#[derive(Debug, Clone)]
pub struct ClientRow {
    /// The site.
    pub site: Site,
    /// Name of the member company.
    pub company: String,
    /// What its alerts come to; only where they may be read (A17).
    pub dsn: Option<DsnState>,
}

/// Which sites are read, and how much of each.
#[derive(Debug)]
pub struct ClientSites<'a> {
    /// Where the alerts may be read.
    pub readable: &'a [Granted<ReadDsn>],
    /// Where only the site may be entered.
    pub enterable: &'a [Granted<Enter>],
    /// Where a right of this person has run out or has not begun: named, nothing more.
    pub named: &'a [SiteId],
}

/// The clients of a person, in no order, and the sites they have marked.
#[derive(Debug, Default)]
pub struct Clients {
    /// The sites.
    pub rows: Vec<ClientRow>,
    /// Sites that are marked.
    pub favourites: Vec<SiteId>,
}

#[derive(SurrealValue)]
struct Counted {
    dsn_month: Option<String>,
    dsn_counts: Vec<i64>,
}

impl Counted {
    fn read(self) -> Result<DsnState, Error> {
        let wrong = || Error::Row("site with a wrong month".into());
        let tally = |from: usize| {
            let mut tally = Tally::default();
            for (count, kept) in tally.0.iter_mut().zip(self.dsn_counts.iter().skip(from)) {
                *count = u32::try_from(*kept).unwrap_or(0);
            }
            tally
        };
        let (of_month, all) = (tally(0), tally(Tally::default().0.len()));
        Ok(DsnState { month: self.dsn_month.map(|month| month.parse().map_err(|()| wrong())).transpose()?, of_month, all })
    }
}

impl Store {
    /// The clients of a person. One round trip whatever their number: sites are read by record id, alerts as they were summed up on them.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_clients(&self, account: &AccountId, sites: ClientSites<'_>) -> Result<Clients, Error> {
        let ids = |sites: Vec<&SiteId>| sites.into_iter().map(|site| id("site", site.as_str())).collect::<Vec<RecordId>>();
        let vars = vars! {
            account: id("account", account.as_str()),
            readable: ids(sites.readable.iter().map(Granted::site).collect()),
            enterable: ids(sites.enterable.iter().map(Granted::site).collect()),
            named: ids(sites.named.iter().collect()),
        };
        // Whoever has no row on a site does not learn its name, whatever the caller asks.
        let sql = format!(
            "SELECT {BASICS} FROM $readable; SELECT dsn_month, dsn_counts FROM $readable;
             SELECT {BASICS} FROM $enterable;
             SELECT {BASICS} FROM IF array::len($named) = 0 {{ [] }}
               ELSE {{ array::intersect($named, (SELECT VALUE site FROM delegation:[$account, NONE]..=[$account, ..])) }};
             SELECT VALUE site FROM favourite:[$account, NONE]..=[$account, ..];"
        );
        let mut found = self.read(&sql, vars).await?;
        let mut rows = Vec::with_capacity(sites.readable.len() + sites.enterable.len() + sites.named.len());
        for (row, counted) in found.take::<BasicRow>(0)?.into_iter().zip(found.take::<Counted>(1)?) {
            let (site, company) = row.read()?;
            rows.push(ClientRow { site, company, dsn: Some(counted.read()?) });
        }
        for row in found.take::<BasicRow>(2)?.into_iter().chain(found.take::<BasicRow>(3)?) {
            let (site, company) = row.read()?;
            rows.push(ClientRow { site, company, dsn: None });
        }
        let favourites = found.take::<RecordId>(4)?.iter().map(own).collect::<Result<_, _>>()?;
        Ok(Clients { rows, favourites })
    }

    /// Marks a client, or takes the mark away. [`Changed::Gone`] where the person has no firm's right that nobody ended: the same as for a
    /// site that does not exist.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn set_favourite(&self, acting: Acting<'_>, site: &SiteId, is_marked: bool) -> Result<Changed, Error> {
        let mut vars = acting.vars();
        let (account, site) = (id("account", acting.account.as_str()), id("site", site.as_str()));
        vars.insert("favourite", favourite_id(&account, &site));
        vars.insert("site", site);
        let act = if is_marked { "UPSERT $favourite SET account = $account, site = $site, created = $now;" } else { "DELETE $favourite;" };
        let script = format!(
            "{STILL}LET $held = (SELECT VALUE id FROM delegation:[$account, $site, NONE]..=[$account, $site, ..]
               WHERE state = 'open' AND role IN ['cabinet', 'collaborateur']);
             IF array::len($held) = 0 {{ THROW 'gone' }};
             {act}"
        );
        changed(self.write(&script, vars).await)
    }
}

/// `favourite:[account, site]`.
fn favourite_id(account: &RecordId, site: &RecordId) -> RecordId {
    RecordId::new("favourite", Array::from(vec![Value::RecordId(account.clone()), Value::RecordId(site.clone())]))
}
