//! The functions of the rights grid, and how far a right on one reaches.

use super::UnknownCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A service of the portal that rights are given for, one row each in the rights grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// Informations légales.
    LegalInformation,
    /// Suivi DSN.
    Dsn,
    /// Cotisations et relevés de compte.
    Contributions,
    /// Coordonnées bancaires.
    BankDetails,
    /// Salariés : embauche, sortie.
    Employees,
    /// Planning des absences et demandes de congés.
    Absences,
    /// Arrêts intempéries.
    WeatherStoppages,
    /// Remboursements.
    Refunds,
    /// Documents.
    Documents,
    /// Échanges avec la caisse.
    Exchanges,
}

impl Function {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// All of them, in the order of the grid.
    pub const ALL: [Self; 10] = [
        Self::LegalInformation,
        Self::Dsn,
        Self::Contributions,
        Self::BankDetails,
        Self::Employees,
        Self::Absences,
        Self::WeatherStoppages,
        Self::Refunds,
        Self::Documents,
        Self::Exchanges,
    ];

    /// Its name in forms and in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LegalInformation => "legal_information",
            Self::Dsn => "dsn",
            Self::Contributions => "contributions",
            Self::BankDetails => "bank_details",
            Self::Employees => "employees",
            Self::Absences => "absences",
            Self::WeatherStoppages => "weather_stoppages",
            Self::Refunds => "refunds",
            Self::Documents => "documents",
            Self::Exchanges => "exchanges",
        }
    }

    /// Its place in [`Function::ALL`].
    pub(super) const fn place(self) -> usize {
        self as usize
    }
}

impl FromStr for Function {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|function| function.code() == code).ok_or(UnknownCode)
    }
}

/// How far a function reaches. Ordered: updating implies reading (A38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// En consultation.
    Consultation,
    /// En mise à jour.
    Update,
}

impl Mode {
    /// Both, the lesser first.
    pub const ALL: [Self; 2] = [Self::Consultation, Self::Update];

    /// Its name in forms and in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consultation => "consultation",
            Self::Update => "update",
        }
    }
}

impl FromStr for Mode {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|mode| mode.code() == code).ok_or(UnknownCode)
    }
}
