//! What outcomes say to people.

mod exchanges;
mod letters;

pub(super) use exchanges::{names, whole};

use super::data::Erased;
use super::demo::DemoReport;
use super::intention::{Cleared, Migrated, Outcome};
use domain::text::count;
use services::alerts::AlertsReport;
use services::members::MembersReport;
use services::{Opinions, PersonalData};
use std::fmt::Write;

/// Most refused lines shown; all are in the JSON.
const SHOWN: usize = 20;

/// An outcome in French.
pub(super) fn text(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Migrated(migrated) => self::migrated(migrated),
        Outcome::Members(report) => members(report),
        Outcome::Alerts(report) => alerts(report),
        Outcome::Letters(report) => letters::made(report),
        Outcome::Texted(texted) => {
            format!("Message mis en attente pour {}.", count(texted.mobiles, "mobile certifié", "mobiles certifiés"))
        }
        Outcome::Desk(told) => letters::told(told),
        Outcome::Exchanges(told) => exchanges::told(told),
        Outcome::Opinions(all) => opinions(all),
        Outcome::Cleared(report) => cleared(*report).to_owned(),
        Outcome::Demo(report) => demo(report),
        Outcome::Person(data) => person(data),
        Outcome::Erased(erased) => self::erased(erased),
    }
}

fn migrated(migrated: &Migrated) -> String {
    let names = migrated.scripts.join(", ");
    if !migrated.foreign.is_empty() {
        format!("Cette base vient d’une autre version du programme ({}). Rien n’a été modifié.", migrated.foreign.join(", "))
    } else if migrated.scripts.is_empty() {
        "Le schéma est à jour.".to_owned()
    } else if migrated.applied {
        format!("Schéma mis à jour : {names}.")
    } else {
        format!("À appliquer : {names}. Rien n’a été modifié.")
    }
}

fn members(report: &MembersReport) -> String {
    let done =
        format!("{} et {}", count(report.new, "site créé", "sites créés"), count(report.updated, "site mis à jour", "sites mis à jour"));
    with_refused(report.written, &done, &report.refused.iter().map(|error| (error.line, error.reason.as_str())).collect::<Vec<_>>())
}

fn alerts(report: &AlertsReport) -> String {
    let done =
        format!("{} pour {}", count(report.alerts, "alerte enregistrée", "alertes enregistrées"), count(report.sites, "site", "sites"));
    with_refused(report.written, &done, &report.refused.iter().map(|error| (error.line, error.reason.as_str())).collect::<Vec<_>>())
}

fn person(data: &PersonalData) -> String {
    let lines = data.sections.iter().map(|section| section.lines.len()).sum();
    format!("{} de {}.", count(lines, "ligne", "lignes"), count(data.sections.len(), "rubrique", "rubriques"))
}

fn erased(erased: &Erased) -> String {
    let mut text = String::new();
    for site in &erased.sites {
        let after = if site.is_last { " : n’aura plus d’administrateur, ses deux courriers seront refaits" } else { "" };
        let _ = writeln!(text, "  {} (SIRET {}){after}", site.name, site.siret);
    }
    let sites = if text.is_empty() { String::new() } else { format!("Droits fermés :\n{text}") };
    if erased.done {
        format!("{sites}Les données de cette personne sont effacées, et un dernier courriel le lui dit.")
    } else {
        format!("{sites}Rien n’a été effacé : ajoutez --oui pour effacer définitivement.")
    }
}

fn with_refused(written: bool, done: &str, refused: &[(u64, &str)]) -> String {
    let mut text = String::new();
    for (line, reason) in refused.iter().take(SHOWN) {
        let _ = writeln!(text, "Ligne {line} : {reason}");
    }
    if refused.len() > SHOWN {
        let _ = writeln!(text, "… et {} de plus (toutes avec --json)", count(refused.len() - SHOWN, "ligne refusée", "lignes refusées"));
    }
    let refusals = count(refused.len(), "ligne refusée", "lignes refusées");
    let end = match (written, refused.is_empty()) {
        (true, true) => format!("Import terminé : {done}."),
        (true, false) => format!("Import partiel : {done}, {refusals}."),
        (false, true) => "Le fichier ne contient aucune ligne : rien à faire.".to_owned(),
        (false, false) => format!("Rien n’a été écrit : {refusals}. Corrigez le fichier, ou ajoutez --partiel."),
    };
    text + &end
}

fn opinions(all: &[Opinions]) -> String {
    if all.is_empty() {
        return "Personne n’a encore donné son avis.".to_owned();
    }
    let lines = all.iter().map(|one| format!("{:>6} {:>6}  {}", one.yes, one.no, one.question));
    std::iter::once("   Oui    Non  Question".to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

const fn cleared(report: Cleared) -> &'static str {
    if report.cleared {
        "Double authentification retirée ; tous les appareils de la personne sont déconnectés, et un mail l’en avertit."
    } else {
        "Aucun compte avec une double authentification n’a cette adresse. Rien n’a été modifié."
    }
}

/// The table of people, and what can be tried.
pub(super) fn demo(report: &DemoReport) -> String {
    let mut text = String::new();
    if report.loaded {
        let _ = writeln!(
            text,
            "Démonstration chargée : {}, {}, alertes DSN sur {}.",
            count(report.companies, "entreprise", "entreprises"),
            count(report.sites, "site", "sites"),
            count(report.sites_with_alerts, "site", "sites")
        );
    } else {
        let _ = writeln!(text, "La démonstration est déjà chargée.");
    }
    let _ = writeln!(text, "\nPersonnes (mot de passe pour toutes : {})", report.password);
    for person in &report.people {
        let _ = writeln!(text, "  {:<14} {:<28} {}", person.name, person.email, person.note);
    }
    let _ = writeln!(text, "\nCourriers pour ouvrir un compte{}", if report.loaded { "" } else { " (s’ils n’ont pas déjà servi)" });
    for letter in &report.letters {
        let _ = writeln!(text, "  {:<28} identifiant {}  SIRET {}  code {}", letter.company, letter.identifiant, letter.siret, letter.code);
    }
    text.push_str(
        "\nCes codes ne sont affichés que pour la démonstration : ailleurs, ils n’existent que sur le papier.\n\
         « espace courriers generer » écrit les courriers des autres sites.",
    );
    text
}
