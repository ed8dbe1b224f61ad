//! The list of beneficiaries and what is exported of it.

use domain::delegations::list::Column;
use domain::text::count;

/// Name of a column.
#[must_use]
pub const fn column(column: Column) -> &'static str {
    match column {
        Column::Name => "Nom et prénom",
        Column::Role => "Rôle",
        Column::Status => "Statut",
        Column::Starts => "Date d’effet",
        Column::Ends => "Date de fin",
    }
}

/// An order, as the menu of orders has it.
#[must_use]
pub const fn order(column: Column, is_descending: bool) -> &'static str {
    match (column, is_descending) {
        (Column::Name, false) => "Nom, de A à Z",
        (Column::Name, true) => "Nom, de Z à A",
        (Column::Role, false) => "Rôle",
        (Column::Role, true) => "Rôle, ordre inverse",
        (Column::Status, false) => "Statut",
        (Column::Status, true) => "Statut, ordre inverse",
        (Column::Starts, false) => "Date d’effet, la plus ancienne d’abord",
        (Column::Starts, true) => "Date d’effet, la plus récente d’abord",
        (Column::Ends, false) => "Date de fin, la plus proche d’abord",
        (Column::Ends, true) => "Date de fin, la plus lointaine d’abord",
    }
}

/// « 9 bénéficiaires sur 12 », or « 12 bénéficiaires » when nothing is left out.
#[must_use]
pub fn found(matches: usize, total: usize) -> String {
    let all = count(matches, "bénéficiaire", "bénéficiaires");
    if matches == total { all } else { format!("{all} sur {}", domain::text::grouped(total)) }
}

/// « 5 lignes affichées sur 9 ».
#[must_use]
pub fn shown(lines: usize, matches: usize) -> String {
    format!("{} sur {}", count(lines, "ligne affichée", "lignes affichées"), domain::text::grouped(matches))
}

/// What stands in the place of the name of somebody who was erased.
pub const ERASED: &str = "Compte effacé";
/// A right without last day.
pub const ENDLESS: &str = "Sans fin";
/// The list of a firm that has handed nothing on yet.
pub const NOBODY: &str = "Vous n’avez encore donné de droits à personne sur ce site.";
/// Nothing passes the filters.
pub const NOTHING: &str = "Aucun bénéficiaire ne correspond à ces filtres.";

/// More lines match than are put in an order other than that of names.
#[must_use]
pub fn too_many(most: usize) -> String {
    format!(
        "Plus de {} lignes correspondent\u{202f}: c’est trop pour les trier ainsi. Choisissez un rôle, un statut ou des dates, ou triez par nom.",
        domain::text::grouped(most)
    )
}

/// The head of an exported file.
pub const EXPORTED: [&str; 7] = ["Nom", "Prénom", "Adresse mail", "Rôle", "Statut", "Date d’effet", "Date de fin"];
/// The sheet of an exported file.
pub const SHEET: &str = "Bénéficiaires";
