//! The colleges of employees, and sets of them.

use super::UnknownCode;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The three colleges of employees a right may be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum College {
    /// Ouvriers.
    Ouvrier,
    /// Employés, techniciens, agents de maîtrise.
    Etam,
    /// Cadres.
    Cadre,
}

impl College {
    /// All three, in the order of the form (S133).
    pub const ALL: [Self; 3] = [Self::Ouvrier, Self::Etam, Self::Cadre];

    /// Its name in forms and in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ouvrier => "ouvrier",
            Self::Etam => "etam",
            Self::Cadre => "cadre",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl FromStr for College {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|college| college.code() == code).ok_or(UnknownCode)
    }
}

/// A set of colleges. Filters data about persons; pages about the site as a whole ignore it (D18).
/// As text: the codes in order with commas, `ouvrier,etam`; empty for none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colleges(u8);

impl Colleges {
    /// None of the three.
    pub const NONE: Self = Self(0);
    /// All three.
    pub const ALL: Self = Self(College::Ouvrier.bit() | College::Etam.bit() | College::Cadre.bit());

    /// Whether a college is in the set.
    #[must_use]
    pub const fn contains(self, college: College) -> bool {
        self.0 & college.bit() != 0
    }

    /// Those in both sets.
    #[must_use]
    pub const fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every college of the other set is in this one.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The colleges in it, in order.
    pub fn iter(self) -> impl Iterator<Item = College> {
        College::ALL.into_iter().filter(move |college| self.contains(*college))
    }
}

impl FromIterator<College> for Colleges {
    fn from_iter<I: IntoIterator<Item = College>>(colleges: I) -> Self {
        colleges.into_iter().fold(Self::NONE, |set, college| Self(set.0 | college.bit()))
    }
}

impl From<College> for Colleges {
    fn from(college: College) -> Self {
        Self(college.bit())
    }
}

impl FromStr for Colleges {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        if text.is_empty() { Ok(Self::NONE) } else { text.split(',').map(str::parse::<College>).collect() }
    }
}

impl TryFrom<String> for Colleges {
    type Error = UnknownCode;
    fn try_from(text: String) -> Result<Self, UnknownCode> {
        text.parse()
    }
}

impl From<Colleges> for String {
    fn from(colleges: Colleges) -> Self {
        colleges.to_string()
    }
}

impl fmt::Display for Colleges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iter().map(College::code).collect::<Vec<_>>().join(","))
    }
}

impl fmt::Debug for Colleges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Colleges({self})")
    }
}
