//! Taking in the fund's DSN alerts: a file replaces everything for each (SIRET, period) it names (D17).

use crate::connect::Store;
use crate::row::{at, id, vars};
use crate::sites::alert_id;
use crate::tx::Error;
use domain::dsn::{Alert, AlertSummary, DsnState, Period};
use domain::sites::siret::Siret;
use jiff::Timestamp;
use surrealdb::types::{RecordId, SurrealValue};

/// Everything a file says about one site: per month, its alerts; a month without alerts is cleared.
#[derive(Debug, Clone)]
pub struct AlertLine {
    /// The site.
    pub siret: Siret,
    /// Months named by the file, with their alerts.
    pub periods: Vec<(Period, Vec<Alert>)>,
}

/// What became of one site's part of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertReport {
    /// Replaced.
    Stored,
    /// The fund's members do not include this SIRET.
    UnknownSite,
}

#[derive(SurrealValue)]
struct Row {
    period: String,
    severity: String,
    code: String,
    message: String,
}

#[derive(SurrealValue)]
struct NewRow {
    id: RecordId,
    site: RecordId,
    period: String,
    severity: String,
    code: String,
    message: String,
}

impl Store {
    /// Which of these SIRETs are sites of the fund.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn known_sirets(&self, sirets: &[Siret]) -> Result<Vec<String>, Error> {
        let claims: Vec<RecordId> = sirets.iter().map(|siret| id("siret_claim", siret.as_str())).collect();
        let rows: Vec<RecordId> = self.read("SELECT VALUE id FROM $claims;", vars! { claims: claims }).await?.take(0)?;
        rows.iter().map(|id| crate::row::key(id).map(str::to_owned)).collect()
    }

    /// Replaces the alerts of the months named, and the summary kept on the site, in one transaction.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn replace_alerts(&self, line: &AlertLine, now: Timestamp) -> Result<AlertReport, Error> {
        let claim = id("siret_claim", line.siret.as_str());
        let mut claimed =
            self.read("SELECT VALUE site FROM $claim; SELECT VALUE site.dsn_month FROM $claim;", vars! { claim: claim }).await?;
        let Some(site) = claimed.one::<RecordId>(0)? else { return Ok(AlertReport::UnknownSite) };
        let spoken_of: Option<Period> = claimed.one::<String>(1)?.and_then(|month| month.parse().ok());
        let named: Vec<String> = line.periods.iter().map(|(period, _)| period.to_string()).collect();
        let kept: Vec<Row> = self
            .read(
                "SELECT period, severity, code, message FROM dsn_alert:[$site, NONE]..=[$site, ..] WHERE period NOT IN $named;",
                vars! { site: site.clone(), named: named.clone() },
            )
            .await?
            .take(0)?;
        let mut all: Vec<Alert> = kept
            .into_iter()
            .filter_map(|row| {
                Some(Alert { period: row.period.parse().ok()?, severity: row.severity.parse().ok()?, code: row.code, message: row.message })
            })
            .collect();
        let mut rows = Vec::new();
        for (period, alerts) in &line.periods {
            for (number, alert) in alerts.iter().enumerate() {
                rows.push(NewRow {
                    id: alert_id(&site, &period.to_string(), number),
                    site: site.clone(),
                    period: period.to_string(),
                    severity: alert.severity.key().to_owned(),
                    code: alert.code.clone(),
                    message: alert.message.clone(),
                });
                all.push(alert.clone());
            }
        }
        let summary = AlertSummary::of(&all);
        let state = DsnState::of(&all, line.periods.iter().map(|(period, _)| *period).chain(spoken_of));
        let counts: Vec<i64> = state.of_month.0.into_iter().chain(state.all.0).map(i64::from).collect();
        // The write on the site makes two imports of the same site conflict, so the summary is never of another file.
        self.write(
            "UPDATE $site SET alerts = $count, alert_messages = $messages, dsn_month = $month, dsn_counts = $counts;
             DELETE dsn_alert:[$site, NONE]..=[$site, ..] WHERE period IN $named;
             INSERT INTO dsn_alert $rows;
             CREATE $audit SET at = $now, what = 'dsn.alerts_replaced', site = $site;",
            vars! {
                site: site.clone(),
                count: i64::from(summary.count),
                messages: summary.messages,
                month: state.month.map(|month| month.to_string()),
                counts: counts,
                named: named,
                rows: rows,
                audit: id("audit", &ulid::Ulid::new().to_string()),
                now: at(now),
            },
        )
        .await?;
        Ok(AlertReport::Stored)
    }
}
