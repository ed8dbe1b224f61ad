//! Step 2: the box « Administrateur », the colleges, one mode a function (S132–S145).

use super::super::{College, Colleges, Function, Mode, Rights, Role};
use crate::form::{Collector, FieldErrors, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Value of the third column, « Aucun droit d’accès ».
const NO_RIGHT: &str = "none";

/// Step 2 as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RightsDraft {
    /// The box « Administrateur »: anything typed in it is ticked.
    pub administrator: String,
    /// Codes of the ticked colleges.
    pub colleges: Vec<String>,
    /// By code of the function: code of the mode, or `none`. A function that is not there has none.
    pub rights: BTreeMap<String, String>,
}

/// Step 2 with every value in its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// What the person shall be.
    pub role: Role,
    /// What they shall hold.
    pub rights: Rights,
}

impl RightsDraft {
    /// The empty form: all colleges ticked (S134), no right chosen (S136).
    #[must_use]
    pub fn blank() -> Self {
        Self::of(&Wanted { role: Role::Utilisateur, rights: Rights::within(Colleges::ALL) })
    }

    /// The form filled in: to change rights, or to give the same again (A33).
    #[must_use]
    pub fn of(wanted: &Wanted) -> Self {
        let choice = |function| wanted.rights.mode(function).map_or(NO_RIGHT, Mode::code);
        Self {
            administrator: if wanted.role.is_administrator() { "on".to_owned() } else { String::new() },
            colleges: wanted.rights.colleges.iter().map(|college| college.code().to_owned()).collect(),
            rights: Function::ALL.into_iter().map(|function| (function.code().to_owned(), choice(function).to_owned())).collect(),
        }
    }

    /// The form as it was typed, from what [`RightsDraft::parse`] kept of it.
    #[must_use]
    pub fn restore(kept: &FieldErrors) -> Self {
        Self {
            administrator: kept.typed("administrator").to_owned(),
            colleges: kept.typed("colleges").split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            rights: Function::ALL
                .into_iter()
                .map(|function| (function.code().to_owned(), kept.typed(&field(function)).to_owned()))
                .collect(),
        }
    }

    /// What was typed, to be shown again by [`RightsDraft::restore`]: codes only, whatever was sent.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        let ticked = if self.is_administrator() { "on" } else { "" };
        form.field("administrator", ticked, |_| Ok(()));
        let colleges: Colleges = College::ALL.into_iter().filter(|college| self.has(*college)).collect();
        form.field("colleges", &colleges.to_string(), |_| Ok(()));
        for function in Function::ALL {
            form.field(&field(function), self.mode(function).map_or(NO_RIGHT, Mode::code), |_| Ok(()));
        }
        form.into_errors()
    }

    /// Whether the box « Administrateur » is ticked.
    #[must_use]
    pub const fn is_administrator(&self) -> bool {
        !self.administrator.is_empty()
    }

    /// What is chosen for a function; none for no right, and for what is no mode.
    #[must_use]
    pub fn mode(&self, function: Function) -> Option<Mode> {
        self.rights.get(function.code())?.parse().ok()
    }

    /// Whether a college is ticked.
    #[must_use]
    pub fn has(&self, college: College) -> bool {
        self.colleges.iter().any(|code| code == college.code())
    }

    /// Parses step 2 for somebody who shall be `role` without the box: user, firm or collaborator; whom the box is offered for,
    /// it makes Administrateur with every right, whatever else was sent (S143–S145). An Administrateur Entreprise stays what they
    /// are.
    ///
    /// # Errors
    /// The reasons by field: `administrator` (`NotHeld`: the box is no firm's nor its collaborators'), `colleges` (`NoCollege`, S135; `Choose`),
    /// `rights[code]` (`Choose`), `rights` (`NoRight`, A38; `Choose` for a function that does not exist).
    pub fn parse(&self, role: Role) -> Result<Wanted, FieldErrors> {
        let mut form = Collector::new();
        let role = form.field("administrator", &self.administrator, |typed| match (typed.is_empty(), role) {
            (false, Role::Utilisateur | Role::Administrateur) => Ok(Role::Administrateur),
            (false, Role::Cabinet | Role::Collaborateur) => Err(Reason::NotHeld),
            (true, Role::Utilisateur | Role::Administrateur) => Ok(Role::Utilisateur),
            (_, Role::AdministrateurEntreprise) | (true, Role::Cabinet | Role::Collaborateur) => Ok(role),
        });
        if let Some(role) = role.filter(|role| role.is_administrator()) {
            return Ok(Wanted { role, rights: Rights::FULL });
        }
        let rights = self.rights(&mut form);
        form.finish(role.zip(rights).map(|(role, rights)| Wanted { role, rights }))
    }

    fn rights(&self, form: &mut Collector) -> Option<Rights> {
        let colleges = form.field("colleges", &self.colleges.join(","), |typed| match typed.parse::<Colleges>() {
            Ok(none) if none.is_empty() => Err(Reason::NoCollege),
            Ok(colleges) => Ok(colleges),
            Err(_) => Err(Reason::Choose),
        });
        let mut rights = Rights::within(colleges.unwrap_or(Colleges::ALL));
        for function in Function::ALL {
            let typed = self.rights.get(function.code()).map_or("", String::as_str);
            rights.set(function, form.field(&field(function), typed, mode).flatten());
        }
        if self.rights.keys().any(|code| code.parse::<Function>().is_err()) {
            form.refuse("rights", Reason::Choose);
        } else if rights.is_nothing() {
            form.refuse("rights", Reason::NoRight);
        }
        colleges.map(|_| rights)
    }
}

/// Name of the radio buttons of a function.
fn field(function: Function) -> String {
    format!("rights[{}]", function.code())
}

fn mode(typed: &str) -> Result<Option<Mode>, Reason> {
    match typed {
        "" | NO_RIGHT => Ok(None),
        code => code.parse().map(Some).map_err(|_| Reason::Choose),
    }
}
