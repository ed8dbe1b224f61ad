//! Rights on a site: what can be given (functions, colleges, modes), who holds it, and the one policy that decides.

pub mod policy;

use crate::id::{DelegationId, SiteId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A service of the portal that rights are given for, one row each in the rights grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
}

/// How far a function reaches. Ordered: updating implies reading (A38).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mode {
    /// En consultation.
    Consultation,
    /// En mise à jour.
    Update,
}

/// The three colleges of employees a right may be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum College {
    /// Ouvriers.
    Ouvrier,
    /// Employés, techniciens, agents de maîtrise.
    Etam,
    /// Cadres.
    Cadre,
}

/// What a person is on a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Opened the site with the fund's letters: every right on every function (S109).
    AdministrateurEntreprise,
}

/// Where a delegation stands, whatever its dates say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In force within its dates.
    Open,
    /// Ended by somebody.
    Closed,
}

/// One right of one person on one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegation {
    /// Its id.
    pub id: DelegationId,
    /// The site it opens.
    pub site: SiteId,
    /// What the person is there.
    pub role: Role,
    /// Open or ended.
    pub state: State,
    /// First day, Europe/Paris.
    pub starts: Date,
    /// Last day, included (A37); none means without end.
    pub ends: Option<Date>,
}

impl Delegation {
    /// Whether it is in force on a day (Europe/Paris).
    #[must_use]
    pub fn is_live(&self, today: Date) -> bool {
        self.state == State::Open && self.starts <= today && self.ends.is_none_or(|end| today <= end)
    }

    /// The mode it gives on a function, if any.
    #[must_use]
    pub const fn mode(&self, function: Function) -> Option<Mode> {
        match (self.role, function) {
            (
                Role::AdministrateurEntreprise,
                Function::LegalInformation
                | Function::Dsn
                | Function::Contributions
                | Function::BankDetails
                | Function::Employees
                | Function::Absences
                | Function::WeatherStoppages
                | Function::Refunds
                | Function::Documents
                | Function::Exchanges,
            ) => Some(Mode::Update),
        }
    }
}
