//! What one delegation gives: colleges, and a mode for each function.

use super::{College, Colleges, Function, Mode, UnknownCode};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Colleges, and for each function the mode given, if any.
///
/// As text: college codes, then `function:mode` in the order of the grid, all with commas between them:
/// `ouvrier,etam,dsn:update,documents:consultation`. Empty for [`Rights::NONE`]. The same text stands in the database and
/// in addresses.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rights {
    /// Whose data it reaches (D18).
    pub colleges: Colleges,
    modes: [Option<Mode>; Function::COUNT],
}

impl Rights {
    /// Nothing at all.
    pub const NONE: Self = Self { colleges: Colleges::NONE, modes: [None; Function::COUNT] };
    /// Every function in update, for all colleges (S109, S143, S144).
    pub const FULL: Self = Self { colleges: Colleges::ALL, modes: [Some(Mode::Update); Function::COUNT] };

    /// No function yet, for these colleges.
    #[must_use]
    pub const fn within(colleges: Colleges) -> Self {
        Self { colleges, modes: [None; Function::COUNT] }
    }

    /// The mode given on a function, if any.
    #[must_use]
    pub const fn mode(&self, function: Function) -> Option<Mode> {
        self.modes[function.place()]
    }

    /// Gives or takes a function.
    pub const fn set(&mut self, function: Function, mode: Option<Mode>) {
        self.modes[function.place()] = mode;
    }

    /// The same with a function given in a mode.
    #[must_use]
    pub const fn with(mut self, function: Function, mode: Mode) -> Self {
        self.set(function, Some(mode));
        self
    }

    /// The same functions for other colleges.
    #[must_use]
    pub const fn for_colleges(mut self, colleges: Colleges) -> Self {
        self.colleges = colleges;
        self
    }

    /// What both give: the colleges in both, for each function the lesser mode.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let mut both = Self::within(self.colleges.intersect(other.colleges));
        for function in Function::ALL {
            both.set(function, self.mode(function).min(other.mode(function)));
        }
        both
    }

    /// Whether the other gives nothing that this does not: no college, function or mode more.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.colleges.covers(other.colleges) && Function::ALL.into_iter().all(|function| other.mode(function) <= self.mode(function))
    }

    /// Whether it gives nothing: no function, or nobody's data.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.colleges.is_empty() || self.modes.iter().all(Option::is_none)
    }

    fn read(&mut self, item: &str) -> Result<(), UnknownCode> {
        if let Some((function, mode)) = item.split_once(':') {
            self.set(function.parse()?, Some(mode.parse()?));
        } else {
            self.colleges = self.colleges.union(item.parse::<College>()?.into());
        }
        Ok(())
    }
}

impl FromStr for Rights {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let mut rights = Self::NONE;
        for item in text.split(',').filter(|_| !text.is_empty()) {
            rights.read(item)?;
        }
        Ok(rights)
    }
}

impl TryFrom<String> for Rights {
    type Error = UnknownCode;
    fn try_from(text: String) -> Result<Self, UnknownCode> {
        text.parse()
    }
}

impl From<Rights> for String {
    fn from(rights: Rights) -> Self {
        rights.to_string()
    }
}

impl fmt::Display for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colleges = self.colleges.iter().map(|college| college.code().to_owned());
        let functions =
            Function::ALL.into_iter().filter_map(|function| self.mode(function).map(|mode| format!("{}:{}", function.code(), mode.code())));
        f.write_str(&colleges.chain(functions).collect::<Vec<_>>().join(","))
    }
}

impl fmt::Debug for Rights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rights({self})")
    }
}
