//! The two steps of giving rights, as typed (S125–S145): who shall have them and when, then which.

mod rights_draft;

pub use rights_draft::{RightsDraft, Wanted};

use super::Role;
use crate::form::{Collector, FieldErrors, Reason};
use crate::identity::email::Email;
use crate::sites::siret::Siret;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Step 1 as typed (S126–S129, A32).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BeneficiaryDraft {
    /// `user` or `firm`.
    pub kind: String,
    /// Mail of the beneficiary.
    pub email: String,
    /// SIRET, of a firm only.
    pub siret: String,
    /// First day: `2026-11-24` or `24/11/2026`.
    pub starts: String,
    /// Last day, the same way; may stay empty.
    pub ends: String,
}

/// Whom rights are given to (A32).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A person: of the organisation when an administrator gives, of the firm when a firm does.
    User,
    /// An accounting firm; its SIRET brings all its clients together.
    Firm(Siret),
}

/// Step 1 with every value in its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beneficiary {
    /// Person or firm.
    pub kind: Kind,
    /// Their address.
    pub email: Email,
    /// First day.
    pub starts: Date,
    /// Last day, included; none means without end.
    pub ends: Option<Date>,
}

impl Beneficiary {
    /// What the beneficiary shall be, before the box « Administrateur ». Whether the giver may give that, [`super::giving::give`]
    /// decides.
    #[must_use]
    pub const fn role(&self, giver: Role) -> Role {
        match (&self.kind, giver.is_firm()) {
            (Kind::Firm(_), _) => Role::Cabinet,
            (Kind::User, true) => Role::Collaborateur,
            (Kind::User, false) => Role::Utilisateur,
        }
    }
}

impl BeneficiaryDraft {
    /// The empty form: a person, from today on (S128).
    #[must_use]
    pub fn blank(today: Date) -> Self {
        Self { kind: "user".to_owned(), starts: today.to_string(), ..Self::default() }
    }

    /// What was typed, to be shown again.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        for (name, typed) in
            [("kind", &self.kind), ("email", &self.email), ("siret", &self.siret), ("starts", &self.starts), ("ends", &self.ends)]
        {
            form.field(name, typed, |_| Ok(()));
        }
        form.into_errors()
    }

    /// Parses step 1. `today` is the day in Europe/Paris.
    ///
    /// # Errors
    /// The reasons by field: `kind`, `email`, `siret` (of a firm), `starts` (`Past` before today, A36), `ends` (`EndBeforeStart`, A37).
    pub fn parse(&self, today: Date) -> Result<Beneficiary, FieldErrors> {
        let mut form = Collector::new();
        // In the order of the page, which is that of the summary of errors.
        let is_firm = form.field("kind", &self.kind, |typed| match typed {
            "user" => Ok(false),
            "firm" => Ok(true),
            _ => Err(Reason::Choose),
        });
        let email = form.field("email", &self.email, Email::parse);
        let kind = match is_firm {
            Some(true) => form.field("siret", &self.siret, Siret::parse).map(Kind::Firm),
            // What was typed before the choice was changed is no error.
            Some(false) | None => is_firm.map(|_| Kind::User),
        };
        let starts = form.field("starts", &self.starts, |typed| match parse_date(typed)? {
            day if day < today => Err(Reason::Past),
            day => Ok(day),
        });
        let ends = form.field("ends", &self.ends, optional_date);
        if let (Some(starts), Some(Some(ends))) = (starts, ends)
            && ends < starts
        {
            form.refuse("ends", Reason::EndBeforeStart);
        }
        let value = (|| Some(Beneficiary { kind: kind?, email: email?, starts: starts?, ends: ends? }))();
        form.finish(value)
    }
}

/// A day as a browser's date field sends it (`2026-11-24`) or as people in France type it (`24/11/2026`), of the years 2000
/// to 2199: a year typed with two digits or one too many is an error, not an antique.
///
/// # Errors
/// `Missing` when empty, otherwise `Date`.
pub fn parse_date(typed: &str) -> Result<Date, Reason> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Reason::Missing);
    }
    let (mut parts, is_iso) = if text.contains('/') { (text.split('/'), false) } else { (text.split('-'), true) };
    let (Some(first), Some(month), Some(last), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(Reason::Date);
    };
    let (year, day) = if is_iso { (first, last) } else { (last, first) };
    let year = number(year, 4..=4)?;
    if !(2000..2200).contains(&year) {
        return Err(Reason::Date);
    }
    let small = |digits| number(digits, 1..=2).and_then(|number| i8::try_from(number).map_err(|_| Reason::Date));
    Date::new(year, small(month)?, small(day)?).map_err(|_| Reason::Date)
}

/// The same, where the field may stay empty.
///
/// # Errors
/// `Date`.
pub fn optional_date(typed: &str) -> Result<Option<Date>, Reason> {
    if typed.trim().is_empty() { Ok(None) } else { parse_date(typed).map(Some) }
}

fn number(digits: &str, long: std::ops::RangeInclusive<usize>) -> Result<i16, Reason> {
    if long.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits.parse().map_err(|_| Reason::Date)
    } else {
        Err(Reason::Date)
    }
}
