//! The journal of a site.

use super::grid;
use super::rights::colleges;
use domain::delegations::journal::Family;
use domain::delegations::{Function, Mode, Rights};
use services::Who;

/// What happened.
#[must_use]
pub fn event(what: &str) -> &'static str {
    match what {
        "delegation.invited" => "Invitation envoyée",
        "delegation.invited_again" => "Invitation renvoyée",
        "delegation.accepted" => "Invitation acceptée",
        "delegation.withdrawn" => "Invitation retirée",
        "delegation.modified" => "Droits modifiés",
        "delegation.closed" => "Droits fermés",
        "delegation.deleted" => "Délégation du cabinet supprimée",
        "delegation.closed_with_firm" => "Droits fermés avec ceux du cabinet",
        "delegation.erased" => "Droits fermés par l’effacement du compte",
        "delegation.expired" => "Droits arrivés à leur date de fin",
        "delegation.viewed" => "Fiche consultée",
        "delegation.exported" => "Liste des bénéficiaires exportée",
        "journal.exported" => "Journal exporté",
        "dsn.viewed" => "Suivi DSN consulté",
        "dsn.alerts_replaced" => "Alertes DSN mises à jour par la caisse",
        "account.opened" => "Compte ouvert avec les courriers de la caisse",
        "site.associated" => "Site associé à un compte avec les courriers de la caisse",
        "letter.asked" => "Nouveaux courriers demandés",
        "letter.asked_in_vain" => "Nouveaux courriers demandés, sans suite",
        "letter.made" => "Courriers préparés",
        "letter.posted" | "letter.batch_posted" => "Courriers postés",
        "letter.refused" => "Code d’un courrier refusé",
        "letter.voided" => "Courriers annulés",
        "letter.wanted" => "Courriers remis en attente",
        "letter.suspended" => "Envoi des courriers suspendu",
        "letter.resumed" => "Envoi des courriers repris",
        "exchange.sent" => "Message envoyé à la caisse",
        "exchange.read" => "Message ouvert par la caisse",
        "exchange.exported" => "Message et fichiers extraits par la caisse",
        "exchange.answered" => "Réponse de la caisse à un message",
        _ => OTHER,
    }
}

/// What is said of an event that has no words of its own.
pub const OTHER: &str = "Opération sur le site";

/// A kind of event, in the form.
#[must_use]
pub const fn family(family: Family) -> &'static str {
    match family {
        Family::Invitations => "Invitations",
        Family::Changes => "Modifications de droits",
        Family::Ends => "Fins de droits",
        Family::Reads => "Consultations et exports",
        Family::Letters => "Comptes ouverts et courriers de la caisse",
        Family::Exchanges => "Échanges avec la caisse",
    }
}

/// Who acted.
#[must_use]
pub fn by(who: &Who) -> String {
    match who {
        Who::Nobody => "Automatique ou caisse".to_owned(),
        other => person(other),
    }
}

/// Whose rights; empty when it is about nobody's.
#[must_use]
pub fn about(who: &Who) -> String {
    match who {
        Who::Nobody => String::new(),
        other => person(other),
    }
}

fn person(who: &Who) -> String {
    match who {
        Who::Nobody => String::new(),
        Who::Named(name) => name.clone(),
        Who::Erased(number) => format!("Personne effacée n°\u{a0}{number}"),
        Who::Gone(number) => format!("Invitation n°\u{a0}{number}"),
    }
}

/// « Tous les droits », or « Ouvrier, ETAM : Suivi DSN (mise à jour), Documents (consultation) ».
#[must_use]
pub fn rights(rights: &Rights) -> String {
    if *rights == Rights::FULL {
        return "Tous les droits, pour tous les collèges".to_owned();
    }
    let functions: Vec<String> = Function::ALL
        .into_iter()
        .filter_map(|function| Some(format!("{} ({})", grid::function(function), mode(rights.mode(function)?))))
        .collect();
    if functions.is_empty() { String::new() } else { format!("{}\u{202f}: {}", colleges(rights), functions.join(", ")) }
}

const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Consultation => "consultation",
        Mode::Update => "mise à jour",
    }
}

/// Columns of the page and of the file.
pub const COLUMNS: [&str; 6] = ["Date", "Opération", "Par", "Droits de", "Pour le cabinet (SIRET)", "Droits donnés"];
/// Where nothing was found.
pub const EMPTY: &str = "Aucune ligne ne correspond à cette recherche.";
/// Below the heading.
pub const LEAD: &str = "Qui a consulté ou modifié quoi sur ce site, pour qui. Chaque ligne est gardée douze mois.";
