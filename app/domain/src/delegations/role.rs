//! What a person is on a site.

use super::UnknownCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What a person is on a site (A26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Opened the site with the fund's letters: every right on every function (S109).
    AdministrateurEntreprise,
    /// Was made administrator by another: the same rights (S132, S143–S145).
    Administrateur,
    /// A person of the organisation with chosen rights (S110).
    Utilisateur,
    /// An accounting firm with chosen rights (S111).
    Cabinet,
    /// Somebody of an accounting firm, with part of what the firm received (S112).
    Collaborateur,
}

impl Role {
    /// All of them; where a person is several things on a site, the first of them counts.
    pub const ALL: [Self; 5] =
        [Self::AdministrateurEntreprise, Self::Administrateur, Self::Cabinet, Self::Utilisateur, Self::Collaborateur];

    /// Its name in forms, in addresses and in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AdministrateurEntreprise => "administrateur_entreprise",
            Self::Administrateur => "administrateur",
            Self::Utilisateur => "utilisateur",
            Self::Cabinet => "cabinet",
            Self::Collaborateur => "collaborateur",
        }
    }

    /// Whether it holds every right and gives them in the company's name.
    #[must_use]
    pub const fn is_administrator(self) -> bool {
        match self {
            Self::AdministrateurEntreprise | Self::Administrateur => true,
            Self::Utilisateur | Self::Cabinet | Self::Collaborateur => false,
        }
    }

    /// Whether it is an accounting firm, which hands part of its rights on.
    #[must_use]
    pub const fn is_firm(self) -> bool {
        match self {
            Self::Cabinet => true,
            Self::AdministrateurEntreprise | Self::Administrateur | Self::Utilisateur | Self::Collaborateur => false,
        }
    }
}

impl FromStr for Role {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|role| role.code() == code).ok_or(UnknownCode)
    }
}
