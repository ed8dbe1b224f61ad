//! Taking in the fund's DSN alerts (D17).

use crate::csv_file::{CsvFile, LineError};
use crate::{Fault, Services};
use domain::dsn::{Alert, Period, Severity};
use domain::sites::siret::Siret;
use std::collections::{BTreeMap, HashSet};
use store::{AlertLine, AlertReport};

/// Columns of the alerts file.
pub const COLUMNS: [&str; 5] = ["siret", "periode", "gravite", "code", "message"];

/// Longest message kept, in characters.
const LONGEST: usize = 300;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct AlertsReport {
    /// Sites whose alerts were replaced.
    pub sites: usize,
    /// Alerts stored.
    pub alerts: usize,
    /// Lines refused, with their reasons.
    pub refused: Vec<LineError>,
    /// Whether anything was written.
    pub written: bool,
}

type Months = BTreeMap<Period, Vec<Alert>>;

fn parse(bytes: &[u8]) -> (BTreeMap<Siret, (u64, Months)>, Vec<LineError>) {
    let file = match CsvFile::open(bytes, &COLUMNS) {
        Ok(file) => file,
        Err(error) => return (BTreeMap::new(), vec![error]),
    };
    let (mut sites, mut refused) = (BTreeMap::<Siret, (u64, Months)>::new(), Vec::new());
    file.lines(|line| {
        let line = match line {
            Ok(line) => line,
            Err(error) => return refused.push(error),
        };
        let mut wrong = |reason: &str| refused.push(LineError { line: line.number, reason: reason.to_owned() });
        let Ok(siret) = Siret::parse(&line.get("siret")) else { return wrong("SIRET faux (14 chiffres et clé)") };
        let Ok(period) = line.get("periode").parse::<Period>() else { return wrong("période : AAAA-MM attendu") };
        let severity = match line.get("gravite").to_lowercase().as_str() {
            // A month with an empty severity is cleared.
            "" => None,
            key => match key.parse::<Severity>() {
                Ok(severity) => Some(severity),
                Err(()) => return wrong("gravité : bloquant, anomalie, avertissement ou information attendu (vide pour effacer le mois)"),
            },
        };
        let message = line.get("message");
        if severity.is_some() && message.is_empty() {
            return wrong("message absent");
        }
        if message.chars().count() > LONGEST {
            return wrong("message de plus de 300 caractères");
        }
        let months = &mut sites.entry(siret).or_insert_with(|| (line.number, Months::new())).1;
        let alerts = months.entry(period).or_default();
        if let Some(severity) = severity {
            alerts.push(Alert { period, severity, code: line.get("code"), message });
        }
    });
    (sites, refused)
}

impl Services {
    /// Imports an alerts file: for each (SIRET, period) it names, what was there goes. All or nothing unless `partial`.
    ///
    /// # Errors
    /// Those of the database; refused lines are in the report.
    pub async fn import_alerts(
        &self,
        bytes: &[u8],
        partial: bool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<AlertsReport, Fault> {
        let (mut sites, refused) = parse(bytes);
        let mut report = AlertsReport { refused, ..AlertsReport::default() };
        let sirets: Vec<Siret> = sites.keys().cloned().collect();
        let mut known = HashSet::new();
        for batch in sirets.chunks(500) {
            known.extend(self.store.known_sirets(batch).await?);
        }
        sites.retain(|siret, (line, _)| {
            let is_known = known.contains(siret.as_str());
            if !is_known {
                report.refused.push(LineError { line: *line, reason: format!("SIRET inconnu de la caisse : {siret}") });
            }
            is_known
        });
        report.refused.sort_by_key(|error| error.line);
        if !report.refused.is_empty() && !partial {
            return Ok(report);
        }
        let total = sites.len();
        for (index, (siret, (_, months))) in sites.into_iter().enumerate() {
            let alerts: usize = months.values().map(Vec::len).sum();
            let line = AlertLine { siret, periods: months.into_iter().collect() };
            if self.store.replace_alerts(&line, self.clock.now()).await? == AlertReport::Stored {
                report.sites += 1;
                report.alerts += alerts;
            }
            progress(index + 1, total);
        }
        report.written = total > 0;
        Ok(report)
    }
}
