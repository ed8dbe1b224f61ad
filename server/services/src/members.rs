//! Taking in the members file: every line checked first, nothing written unless all are right (or the caller wants the rest).

use crate::csv_file::{CsvFile, LineError};
use crate::{Fault, Services};
use domain::identity::identifiant::Identifiant;
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use std::collections::HashSet;
use store::{MemberLine, MemberOutcome};

/// Columns of the members file; the last three may be empty.
pub const COLUMNS: [&str; 11] = [
    "numero_adherent",
    "raison_sociale",
    "siret",
    "identifiant",
    "nom_site",
    "prenom",
    "nom",
    "adresse",
    "complement",
    "code_postal",
    "ville",
];

/// Lines written per transaction: bounds memory and the work lost to a conflict.
const BATCH: usize = 250;

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct MembersReport {
    /// Sites that are new.
    pub new: usize,
    /// Sites that were there and were brought up to date.
    pub updated: usize,
    /// Lines refused, with their reasons.
    pub refused: Vec<LineError>,
    /// Whether anything was written.
    pub written: bool,
}

/// Reads the file's lines: those that are right in themselves, and the reasons for the others.
fn parse(bytes: &[u8]) -> (Vec<(u64, MemberLine)>, Vec<LineError>) {
    let file = match CsvFile::open(bytes, &COLUMNS) {
        Ok(file) => file,
        Err(error) => return (Vec::new(), vec![error]),
    };
    let (mut lines, mut refused) = (Vec::new(), Vec::new());
    let (mut sirets, mut identifiants) = (HashSet::new(), HashSet::new());
    file.lines(|line| {
        let line = match line {
            Ok(line) => line,
            Err(error) => return refused.push(error),
        };
        let mut wrong = |reason: &str| refused.push(LineError { line: line.number, reason: reason.to_owned() });
        let siret = match Siret::parse(&line.get("siret")) {
            Ok(siret) => siret,
            Err(domain::form::Reason::SiretKey) => return wrong("SIRET dont la clé est fausse"),
            Err(_) => return wrong("SIRET : 14 chiffres attendus"),
        };
        let Ok(identifiant) = Identifiant::parse(&line.get("identifiant")) else {
            return wrong("identifiant CIBTP : 6 à 20 lettres et chiffres attendus");
        };
        let (numero, company) = (line.get("numero_adherent"), line.get("raison_sociale"));
        if numero.is_empty() || company.is_empty() {
            return wrong("numéro d’adhérent ou raison sociale absent");
        }
        if [&numero, &company].iter().any(|text| text.chars().count() > 120) {
            return wrong("numéro d’adhérent ou raison sociale de plus de 120 caractères");
        }
        if !sirets.insert(siret.clone()) {
            return wrong("SIRET déjà présent plus haut dans le fichier");
        }
        if !identifiants.insert(identifiant.clone()) {
            return wrong("identifiant CIBTP déjà présent plus haut dans le fichier");
        }
        let address = Address {
            street: line.get("adresse"),
            complement: line.get("complement"),
            postcode: line.get("code_postal"),
            city: line.get("ville"),
        };
        if !address.is_postable() {
            return wrong("adresse postale incomplète : les courriers n’arriveraient pas");
        }
        let name = line.get("nom_site");
        lines.push((
            line.number,
            MemberLine {
                name: if name.is_empty() { company.clone() } else { name },
                numero,
                company,
                siret,
                identifiant,
                first: line.get("prenom"),
                last: line.get("nom"),
                address,
            },
        ));
    });
    (lines, refused)
}

impl Services {
    /// Imports a members file. All or nothing unless `partial`; `progress` hears lines done of all lines.
    ///
    /// Every line is checked, against the file and against the database, before the first one is written. Writing goes in
    /// batches: an import that is interrupted is completed by running it again.
    ///
    /// # Errors
    /// Those of the database; refused lines are in the report.
    pub async fn import_members(
        &self,
        bytes: &[u8],
        partial: bool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<MembersReport, Fault> {
        let (lines, refused) = parse(bytes);
        let mut report = MembersReport { refused, ..MembersReport::default() };
        let mut checked = Vec::with_capacity(lines.len());
        for batch in lines.chunks(BATCH) {
            let only: Vec<MemberLine> = batch.iter().map(|(_, line)| line.clone()).collect();
            for ((number, line), outcome) in batch.iter().zip(self.store.check_members(&only).await?) {
                let wrong = |reason: &str| LineError { line: *number, reason: reason.to_owned() };
                match outcome {
                    MemberOutcome::New => report.new += 1,
                    MemberOutcome::Known(_) => report.updated += 1,
                    MemberOutcome::IdentifiantTaken => {
                        report.refused.push(wrong("identifiant CIBTP déjà attribué à un autre SIRET"));
                        continue;
                    }
                    MemberOutcome::IdentifiantChanged => {
                        report.refused.push(wrong("ce SIRET a déjà un autre identifiant CIBTP"));
                        continue;
                    }
                }
                checked.push((line.clone(), outcome));
            }
        }
        drop(lines);
        report.refused.sort_by_key(|error| error.line);
        if !report.refused.is_empty() && !partial {
            (report.new, report.updated) = (0, 0);
            return Ok(report);
        }
        let total = checked.len();
        for (index, batch) in checked.chunks(BATCH).enumerate() {
            self.store.save_members(batch, &|| self.ulid(), self.clock.now()).await?;
            progress((index * BATCH + batch.len()).min(total), total);
        }
        report.written = total > 0;
        Ok(report)
    }
}
