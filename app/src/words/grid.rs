//! The grid of rights.

use domain::delegations::{College, Function, Mode};

/// Name of a function, one row of the grid.
#[must_use]
pub const fn function(function: Function) -> &'static str {
    match function {
        Function::LegalInformation => "Informations légales",
        Function::Dsn => "Suivi DSN",
        Function::Contributions => "Cotisations et relevés de compte",
        Function::BankDetails => "Coordonnées bancaires",
        Function::Employees => "Salariés\u{202f}: embauches et sorties",
        Function::Absences => "Planning des absences et demandes de congés",
        Function::WeatherStoppages => "Arrêts intempéries",
        Function::Refunds => "Remboursements",
        Function::Documents => "Documents",
        Function::Exchanges => "Échanges avec la caisse",
    }
}

/// Name of a column of the grid (S138).
#[must_use]
pub const fn mode(mode: Option<Mode>) -> &'static str {
    match mode {
        Some(Mode::Consultation) => "En consultation",
        Some(Mode::Update) => "En mise à jour",
        None => "Aucun droit d’accès",
    }
}

/// Name of a college (S133).
#[must_use]
pub const fn college(college: College) -> &'static str {
    match college {
        College::Ouvrier => "Ouvrier",
        College::Etam => "ETAM",
        College::Cadre => "Cadre",
    }
}

/// Beside the box (S132, S143–S145).
pub const ADMINISTRATOR_HINT: &str =
    "Tous les droits, pour tous les collèges, et la gestion des droits d’accès. Les choix ci-dessous ne s’appliquent alors pas.";

/// The row that chooses a whole column (S137).
pub const ALL_FUNCTIONS: &str = "Toutes les fonctions";
/// What applies that choice in a browser without script.
pub const APPLY: &str = "Appliquer à toutes les fonctions";

/// Over the preview of the beneficiary's menu.
pub const PREVIEW: &str = "Les entrées du menu qui lui seront ouvertes. Les autres n’apparaîtront pas.";
/// The same when nothing is given yet.
pub const PREVIEW_EMPTY: &str = "Aucune entrée du menu ne lui serait ouverte\u{202f}: accordez-lui au moins un droit.";

/// The functions as the menu groups them.
pub const GROUPS: [(&str, &[Function]); 4] = [
    ("Mon entreprise", &[Function::LegalInformation, Function::Dsn, Function::Contributions, Function::BankDetails]),
    ("Mes salariés", &[Function::Employees, Function::Absences]),
    ("Intempéries", &[Function::WeatherStoppages, Function::Refunds]),
    ("Documents et échanges", &[Function::Documents, Function::Exchanges]),
];
