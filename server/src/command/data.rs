//! `espace donnees`: what the fund's staff does when a person writes to them about their data, and the registry of personal fields.

use super::TEMPLATE;
use super::intention::{Answer, Intention};
use super::output::{Output, say};
use super::relay;
use super::stop::Stop;
use crate::config::Loaded;
use clap::Subcommand;
use domain::form::{FieldErrors, Reason};
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use services::{Fault, PersonalData, Services, SiteLeft};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

#[derive(Debug, Subcommand)]
pub(super) enum Data {
    /// Écrit dans un fichier tout ce que le portail sait d’une personne
    #[command(
        alias = "export",
        help_template = TEMPLATE,
        after_help = "Le fichier est en JSON, lisible par vous seul ; un fichier qui existe n’est pas remplacé. L’export est noté au \
                      journal de la personne.\n\nExemple :\n  espace donnees exporter claire@exemple.fr --vers claire.json"
    )]
    Exporter {
        /// Adresse mail du compte
        #[arg(value_name = "MAIL")]
        mail: String,
        /// Fichier à écrire
        #[arg(long, alias = "to", value_name = "FICHIER.json", value_hint = clap::ValueHint::FilePath)]
        vers: PathBuf,
    },
    /// Efface une personne, ou dit ce que cela ferait
    #[command(
        alias = "erase",
        help_template = TEMPLATE,
        after_help = "Le compte est fermé, ses droits aussi ; un site qui perd son dernier administrateur attend de nouveaux courriers.\n\
                      Le motif reste au journal et ne nomme pas la personne.\n\nExemples :\n  \
                      espace donnees effacer claire@exemple.fr --motif \"courrier du 3 mars\"\n  \
                      espace donnees effacer claire@exemple.fr --motif \"courrier du 3 mars\" --oui"
    )]
    Effacer {
        /// Adresse mail du compte
        #[arg(value_name = "MAIL")]
        mail: String,
        /// Pourquoi, sans nommer personne
        #[arg(long, alias = "reason", value_name = "MOTIF")]
        motif: String,
        /// Efface pour de bon
        #[arg(long, alias = "yes")]
        oui: bool,
    },
    /// Montre le registre des données personnelles : chaque champ, sa durée, son effacement
    #[command(alias = "register", help_template = TEMPLATE, after_help = "Exemple :\n  espace donnees registre > docs/donnees-personnelles.md")]
    Registre,
}

/// Who is to be erased, and why.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Demand {
    mail: String,
    motive: String,
}

/// What an erasure did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Whether it was done.
    pub done: bool,
    /// The sites the person had a right on.
    #[serde(serialize_with = "sites")]
    pub sites: Vec<SiteLeft>,
}

fn sites<S: serde::Serializer>(sites: &[SiteLeft], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(sites.iter().map(|site| serde_json::json!({ "name": site.name, "siret": site.siret, "is_last": site.is_last })))
}

/// Does one of them.
///
/// # Errors
/// A file that cannot be written, an address nobody has.
pub(super) async fn run(loaded: Loaded, action: Data, output: &Output) -> Result<u8, Stop> {
    match action {
        Data::Registre => {
            say(store::register().trim_end());
            Ok(0)
        }
        Data::Exporter { mail, vers } => {
            // Opened first: what was taken out for nothing would stand in the journal.
            let mut file = create(&vers)?;
            let answer = match relay::run(loaded, Intention::ExportPerson, mail.into_bytes(), output).await {
                Ok(answer) => answer,
                Err(stop) => {
                    // Nothing was written into it.
                    let _ = std::fs::remove_file(&vers);
                    return Err(stop);
                }
            };
            let text = serde_json::to_string_pretty(&answer.json).map_err(|error| Stop::Failed(error.to_string()))?;
            file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| unwritable(&vers, &error))?;
            let text = format!("{} : {}", vers.display(), answer.text);
            output.answer(&Answer { json: serde_json::json!({ "file": vers, "sections": sections(&answer) }), text, done: true });
            Ok(0)
        }
        Data::Effacer { mail, motif, oui } => {
            let demand = serde_json::to_vec(&Demand { mail, motive: motif }).map_err(|error| Stop::Failed(error.to_string()))?;
            let answer = relay::run(loaded, Intention::ErasePerson { sure: oui }, demand, output).await?;
            output.answer(&answer);
            Ok(u8::from(!answer.done))
        }
    }
}

fn sections(answer: &Answer) -> usize {
    answer.json["sections"].as_array().map_or(0, Vec::len)
}

/// A file that only this user reads, and that was not there before.
fn create(path: &Path) -> Result<std::fs::File, Stop> {
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Usage(format!("Le fichier {} ne s’écrit pas : {error}.", path.display()))
}

/// Everything that is keyed to whoever has this address.
///
/// # Errors
/// [`Stop`] with a sentence.
pub(super) async fn export(services: &Services, address: &[u8]) -> Result<PersonalData, Stop> {
    services.export_person(&String::from_utf8_lossy(address)).await.map_err(stop)
}

/// Erases whoever a [`Demand`] names, or only says what that would do.
///
/// # Errors
/// [`Stop`] with a sentence.
pub(super) async fn erase(services: &Services, demand: &[u8], sure: bool) -> Result<Erased, Stop> {
    let demand: Demand = serde_json::from_slice(demand).map_err(|error| Stop::Failed(format!("Demande illisible ({error}).")))?;
    let sites = services.person_consequences(&demand.mail).await.map_err(stop)?.sites;
    if sure {
        services.erase_person(&demand.mail, &demand.motive).await.map_err(stop)?;
    }
    Ok(Erased { done: sure, sites })
}

fn stop(fault: Fault) -> Stop {
    match fault {
        Fault::Refused(Refusal::NotFound) => Stop::Failed("Aucun compte n’a cette adresse.".into()),
        Fault::Refused(Refusal::Invalid(fields)) => Stop::Failed(wrong(&fields).into()),
        other => other.into(),
    }
}

fn wrong(fields: &FieldErrors) -> &'static str {
    match fields.reason("motive") {
        None => "Ce n’est pas une adresse mail.",
        Some(Reason::Personal) => "Le motif ne doit pas nommer la personne : il reste au journal. Rien n’a été effacé.",
        Some(_) => "Un motif compte de 1 à 200 caractères. Rien n’a été effacé.",
    }
}

#[cfg(test)]
mod tests;
