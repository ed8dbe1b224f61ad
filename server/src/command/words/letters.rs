//! What `espace courriers` says to people.

use super::SHOWN;
use crate::command::letter_desk::Told;
use domain::id::LetterId;
use domain::identity::letter::LetterStatus;
use domain::sites::siret::Siret;
use domain::text::count;
use services::letter_desk::{
    BatchLine, BatchesReport, Hindrance, LettersList, PostedReport, ReprintReport, SuspendedReport, VoidedReport, WantedReport,
};
use services::letters::LettersReport;
use std::fmt::Write;

pub(super) fn made(report: &LettersReport) -> String {
    let mut text = match report.made {
        0 => "Aucun site n’attend de courriers.".to_owned(),
        made => format!("{} dans le lot {}.", count(made, "paire de courriers écrite", "paires de courriers écrites"), report.batch),
    };
    for (siret, reason) in report.unprintable.iter().take(SHOWN) {
        let _ = write!(
            text,
            "\nSIRET {siret} : courriers impossibles ({reason}). Corrigez son nom ou son adresse, puis importez-le à nouveau."
        );
    }
    if report.finished > 0 {
        let _ = write!(
            text,
            "\n{} d’un passage interrompu.",
            count(report.finished, "paire terminée ou retirée", "paires terminées ou retirées")
        );
    }
    text
}

/// What was done about letters that were made.
pub(super) fn told(told: &Told) -> String {
    match told {
        Told::Batches(report) => batches(report),
        Told::List(list) => self::list(list),
        Told::Posted(report) => posted(report),
        Told::Voided(report) => voided(report),
        Told::Reprint(report) => reprint(report),
        Told::Wanted(report) => wanted(report),
        Told::Suspended(report) => suspended(report),
    }
}

/// A status in one word.
fn word(status: LetterStatus) -> &'static str {
    match status {
        LetterStatus::Printed => "imprimé",
        LetterStatus::Posted => "posté",
        LetterStatus::Used => "utilisé",
        LetterStatus::Expired => "expiré",
        LetterStatus::Blocked => "bloqué",
        LetterStatus::Void => "annulé",
    }
}

fn batches(report: &BatchesReport) -> String {
    if report.batches.is_empty() {
        return "Aucun courrier n’a encore été fait : « espace courriers generer ».".to_owned();
    }
    let line = |batch: &BatchLine| {
        let statuses: Vec<String> = batch.statuses.iter().map(|(status, number)| format!("{} {number}", word(*status))).collect();
        format!("{}  {} : {}", batch.batch, count(batch.pairs, "paire", "paires"), statuses.join(", "))
    };
    report.batches.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn list(list: &LettersList) -> String {
    if list.hindrance.is_some() {
        return format!("Aucun lot ni site « {} ».", list.what);
    }
    let mut text = if list.letters.is_empty() {
        "Ce site n’a pas encore eu de courriers.".to_owned()
    } else {
        format!("{:<26}  {:<14}  État     Fait        Posté       Valable     Faux  {:<19}  Nom", "Référence", "SIRET", "Lot")
    };
    for letter in &list.letters {
        let posted = letter.posted.map_or_else(|| "—".to_owned(), |date| date.to_string());
        let _ = write!(
            text,
            "\n{}  {}  {:<7}  {}  {posted:<10}  {}  {:>4}  {:<19}  {}",
            letter.id,
            letter.siret,
            word(letter.status),
            letter.made,
            letter.valid_until,
            letter.tries,
            letter.batch,
            letter.name
        );
    }
    for (number, event) in list.events.iter().enumerate() {
        let what = match event.what.as_str() {
            "letter.made" => "courriers faits",
            "letter.asked" => "demandés sur le portail",
            "letter.wanted" => "redemandés par la caisse",
            "letter.refused" => "informations refusées à l’ouverture",
            "letter.posted" => "postés",
            "letter.voided" => "annulés",
            "letter.suspended" => "suspendus",
            "letter.resumed" => "suspension levée",
            "letter.asked_in_vain" => "demandés en vain : ils sont suspendus",
            other => other,
        };
        let title = if number == 0 { "\n\nHistorique" } else { "" };
        let line = format!("{}  {what} {}", event.at.strftime("%Y-%m-%d %H:%M"), event.detail);
        let _ = write!(text, "{title}\n  {}", line.trim_end());
    }
    text
}

fn posted(report: &PostedReport) -> String {
    let what = &report.what;
    match report.hindrance {
        Some(Hindrance::Unfinished) => format!(
            "« {what} » n’est pas complet : un passage interrompu a laissé des courriers. Lancez « espace courriers generer », \
             imprimez-les, puis recommencez."
        ),
        Some(Hindrance::Is(status)) => format!("« {what} » est {} : rien n’a été noté.", word(status)),
        Some(Hindrance::Unknown | Hindrance::Missing | Hindrance::Suspended) => format!("Aucun lot ni courrier « {what} »."),
        None if report.marked == 0 => format!("« {what} » était déjà posté."),
        None => format!(
            "{} : les codes n’existent plus que sur le papier.",
            count(report.marked, "paire de courriers notée postée", "paires de courriers notées postées")
        ),
    }
}

fn voided(report: &VoidedReport) -> String {
    let VoidedReport { id, siret, already, hindrance } = report;
    match hindrance {
        Some(Hindrance::Is(_)) => format!("Le code de la paire {id} a déjà servi : il n’y a plus rien à annuler."),
        Some(_) => unknown(id),
        None if *already => format!("La paire {id} était déjà annulée."),
        None => {
            format!("La paire {id} est annulée : son code n’ouvre plus rien. « espace courriers redemander {siret} » en demande une autre.")
        }
    }
}

fn reprint(report: &ReprintReport) -> String {
    let ReprintReport { id, siret, files, hindrance } = report;
    let reason = match hindrance {
        None => return format!("À imprimer à nouveau, et à mettre dans deux enveloppes :\n  {}", files.join("\n  ")),
        Some(Hindrance::Unknown | Hindrance::Suspended) => return unknown(id),
        Some(Hindrance::Unfinished) => {
            return format!("La paire {id} n’est pas encore dans son lot : lancez d’abord « espace courriers generer ».");
        }
        Some(Hindrance::Missing) => "ses fichiers ne sont plus dans le dossier des courriers".to_owned(),
        Some(Hindrance::Is(LetterStatus::Posted)) => "elle est postée, et son code n’existe plus que sur le papier".to_owned(),
        Some(Hindrance::Is(status)) => format!("son code est {}", word(*status)),
    };
    format!("La paire {id} ne se réimprime pas : {reason}. « espace courriers redemander {siret} » en demande une autre.")
}

fn wanted(report: &WantedReport) -> String {
    match report.hindrance {
        Some(Hindrance::Suspended) => format!(
            "Les courriers du site {} sont suspendus : rien n’a été demandé. « espace courriers reprendre {0} » y met fin.",
            report.siret
        ),
        Some(_) => no_site(&report.siret),
        None => format!(
            "Le site {} attend de nouveaux courriers : « espace courriers generer » les fera. Ceux qui sont en route restent bons.",
            report.siret
        ),
    }
}

fn suspended(report: &SuspendedReport) -> String {
    let SuspendedReport { siret, suspended, hindrance } = report;
    match (hindrance, suspended) {
        (Some(_), _) => no_site(siret),
        (None, true) => format!("Les courriers du site {siret} sont suspendus. Ceux qui sont en route restent bons."),
        (None, false) => format!("Le site {siret} peut à nouveau demander des courriers."),
    }
}

fn no_site(siret: &Siret) -> String {
    format!("Aucun site n’a le SIRET {siret}.")
}

fn unknown(id: &LetterId) -> String {
    format!("Aucune paire de courriers n’a la référence {id}.")
}
