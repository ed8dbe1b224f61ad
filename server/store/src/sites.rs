//! Declaring sites: one, or the list a person chooses from.

use crate::connect::Store;
use crate::row::{id, own, vars};
use crate::tx::Error;
use domain::delegations::policy::{Enter, Granted, ReadDsn};
use domain::dsn::{Alert, AlertSummary};
use domain::id::SiteId;
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use surrealdb::types::{Array, RecordId, SurrealValue, Value};

/// A site as its pages show it.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Name of the site, or of the company when it has none of its own.
    pub name: String,
    /// Its SIRET.
    pub siret: Siret,
    /// Identifiant CIBTP.
    pub identifiant: String,
    /// Ville.
    pub city: String,
}

/// One line of the list of sites. Alerts are there only where the reader may see them (A17).
#[derive(Debug, Clone)]
pub struct SiteRow {
    /// The site.
    pub site: Site,
    /// Name of the member company.
    pub company: String,
    /// What the icon shows; the caller drops it without the right.
    pub alerts: AlertSummary,
}

/// What the opening of an account needs of the site the letters prove.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The site.
    pub site: Site,
    /// Name of the member company.
    pub company: String,
    /// Prénom of the holder, as the fund knows it (S21).
    pub first: String,
    /// Nom of the holder.
    pub last: String,
}

/// A site and its company, without anything about its alerts.
#[derive(SurrealValue)]
pub(crate) struct BasicRow {
    id: RecordId,
    name: String,
    siret: String,
    identifiant: String,
    city: String,
    company: String,
}

/// The columns of [`BasicRow`].
pub(crate) const BASICS: &str = "id, name, siret, identifiant, city, adherent.raison_sociale AS company";

impl BasicRow {
    /// The site, and the company's name.
    pub(crate) fn read(self) -> Result<(Site, String), Error> {
        let siret = Siret::parse(&self.siret).map_err(|_| Error::Row("site with a wrong SIRET".into()))?;
        Ok((Site { id: own(&self.id)?, name: self.name, siret, identifiant: self.identifiant, city: self.city }, self.company))
    }
}

#[derive(SurrealValue)]
pub(crate) struct Row {
    pub(crate) id: RecordId,
    pub(crate) name: String,
    pub(crate) siret: String,
    pub(crate) identifiant: String,
    pub(crate) city: String,
    pub(crate) company: String,
    alerts: i64,
    alert_messages: Vec<String>,
    holder_first: String,
    holder_last: String,
}

/// The columns of [`Row`]; `adherent.raison_sociale` follows one link by record id.
pub(crate) const COLUMNS: &str =
    "id, name, siret, identifiant, city, adherent.raison_sociale AS company, alerts, alert_messages, holder_first, holder_last";

impl Row {
    pub(crate) fn site(&self) -> Result<Site, Error> {
        Ok(Site {
            id: own(&self.id)?,
            name: self.name.clone(),
            siret: Siret::parse(&self.siret).map_err(|_| Error::Row("site with a wrong SIRET".into()))?,
            identifiant: self.identifiant.clone(),
            city: self.city.clone(),
        })
    }

    fn read(self) -> Result<SiteRow, Error> {
        Ok(SiteRow {
            site: self.site()?,
            company: self.company,
            alerts: AlertSummary { count: u32::try_from(self.alerts).unwrap_or(0), messages: self.alert_messages },
        })
    }
}

#[derive(SurrealValue)]
struct AlertRow {
    period: String,
    severity: String,
    code: String,
    message: String,
}

impl Store {
    /// The site one stands in.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_site(&self, granted: &Granted<Enter>) -> Result<Option<SiteRow>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM $site;");
        self.read(&sql, vars! { site: id("site", granted.site().as_str()) }).await?.one::<Row>(0)?.map(Row::read).transpose()
    }

    /// The sites of a list, in no order. Reads by record id, whatever their number.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_sites(&self, granted: &[Granted<Enter>]) -> Result<Vec<SiteRow>, Error> {
        let ids: Vec<RecordId> = granted.iter().map(|granted| id("site", granted.site().as_str())).collect();
        let sql = format!("SELECT {COLUMNS} FROM $sites;");
        self.read(&sql, vars! { sites: ids }).await?.take::<Row>(0)?.into_iter().map(Row::read).collect()
    }

    /// What the fund says about a site's DSN, newest month first, gravest first within a month.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_alerts(&self, granted: &Granted<ReadDsn>) -> Result<Vec<Alert>, Error> {
        let rows: Vec<AlertRow> = self
            .read(
                "SELECT period, severity, code, message FROM dsn_alert:[$site, NONE]..=[$site, ..];",
                vars! { site: id("site", granted.site().as_str()) },
            )
            .await?
            .take(0)?;
        let mut alerts = rows
            .into_iter()
            .map(|row| {
                Ok(Alert {
                    period: row.period.parse().map_err(|()| Error::Row("alert with a wrong period".into()))?,
                    severity: row.severity.parse().map_err(|()| Error::Row("alert with a wrong severity".into()))?,
                    code: row.code,
                    message: row.message,
                })
            })
            .collect::<Result<Vec<Alert>, Error>>()?;
        alerts.sort_by(|a, b| (b.period, a.severity, &a.code, &a.message).cmp(&(a.period, b.severity, &b.code, &b.message)));
        Ok(alerts)
    }

    /// The site with this identifiant, if its SIRET is this one: two of the three values of step 1/2 (S13). Used before
    /// anybody is logged in; what it returns is shown only once the code fits too.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_site_by_letters(&self, identifiant: &str, siret: &Siret) -> Result<Option<SiteId>, Error> {
        #[derive(SurrealValue)]
        struct Pair {
            id: RecordId,
            siret: String,
        }
        let found = self
            .read("SELECT id, siret FROM (SELECT VALUE site FROM ONLY $claim);", vars! { claim: id("identifiant_claim", identifiant) })
            .await?
            .one::<Pair>(0)?;
        found.filter(|pair| pair.siret == siret.as_str()).map(|pair| own(&pair.id)).transpose()
    }

    /// The site whose letters were just proven, with its holder's name (S21).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_holder(&self, site: &SiteId) -> Result<Option<Holder>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM $site;");
        self.read(&sql, vars! { site: id("site", site.as_str()) })
            .await?
            .one::<Row>(0)?
            .map(|row| Ok(Holder { site: row.site()?, company: row.company.clone(), first: row.holder_first, last: row.holder_last }))
            .transpose()
    }
}

/// `dsn_alert:[site, period, n]`.
pub(crate) fn alert_id(site: &RecordId, period: &str, number: usize) -> RecordId {
    RecordId::new(
        "dsn_alert",
        Array::from(vec![
            Value::RecordId(site.clone()),
            Value::String(period.to_owned()),
            Value::from_int(i64::try_from(number).unwrap_or(i64::MAX)),
        ]),
    )
}

#[derive(SurrealValue)]
pub(crate) struct PostRow {
    pub(crate) id: RecordId,
    pub(crate) name: String,
    pub(crate) siret: String,
    pub(crate) identifiant: String,
    pub(crate) holder_first: String,
    pub(crate) holder_last: String,
    pub(crate) street: String,
    pub(crate) complement: String,
    pub(crate) postcode: String,
    pub(crate) city: String,
}

impl PostRow {
    pub(crate) fn address(&self) -> Address {
        Address {
            street: self.street.clone(),
            complement: self.complement.clone(),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
        }
    }
}
