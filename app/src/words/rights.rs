//! Who holds rights on a site.

use super::grid::college;
use domain::delegations::{Rights, Role, Status};
use domain::text::{count, date};
use jiff::civil::Date;

/// Where a line stands (A27).
#[must_use]
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::EnAttente => "En attente d’activation",
        Status::AVenir => "À venir",
        Status::Actif => "Actif",
        Status::Expire => "Expiré",
        Status::Ferme => "Fermé",
    }
}

/// « jusqu’au 31 décembre 2026 inclus »; « sans fin ».
#[must_use]
pub fn until(ends: Option<Date>) -> String {
    ends.map_or_else(|| "sans fin".to_owned(), |end| format!("jusqu’au {} inclus", date(end)))
}

/// Several colleges in one phrase.
#[must_use]
pub fn colleges(rights: &Rights) -> String {
    rights.colleges.iter().map(college).collect::<Vec<_>>().join(", ")
}

/// What closing, deleting or taking back entails (A31).
#[must_use]
pub fn consequence(role: Role, is_invitation: bool, hanging: usize) -> String {
    match (is_invitation, role) {
        (true, _) => "L’invitation ne pourra plus être acceptée. Vous pourrez en envoyer une autre.".into(),
        (false, Role::Cabinet) if hanging > 0 => format!(
            "Le cabinet perd l’accès à ce site dès maintenant, avec {} à qui il a transmis des droits. Tous en sont avertis par mail.",
            count(hanging, "collaborateur", "collaborateurs")
        ),
        (false, Role::Cabinet) => "Le cabinet perd l’accès à ce site dès maintenant. Il en est averti par mail.".into(),
        (false, _) => {
            "Cette personne perd l’accès à ce site dès maintenant, même si elle est connectée. Elle en est avertie par mail. La ligne reste dans la liste\u{202f}: cochez le statut «\u{a0}Fermé\u{a0}» dans les filtres pour la revoir.".into()
        }
    }
}

/// Fields of step 1.
pub const WHO: [(&str, &str); 5] = [
    ("kind", "Bénéficiaire"),
    ("email", "Adresse mail de votre interlocuteur"),
    ("siret", "SIRET du cabinet"),
    ("starts", "Date d’effet"),
    ("ends", "Date de fin"),
];

/// What the summary of errors calls the fields of the grid.
pub const GRID: [(&str, &str); 6] = [
    ("administrator", "Administrateur"),
    ("colleges", "Collèges"),
    ("rights", "Droits d’accès"),
    ("starts", "Date d’effet"),
    ("ends", "Date de fin"),
    ("current", "Votre mot de passe actuel"),
];
