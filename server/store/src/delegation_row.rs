//! A delegation as the database has it, and as the rules read it.

use crate::row::own;
use crate::tx::Error;
use domain::delegations::{Delegation, Rights, Role, State};
use domain::id::{DelegationId, SiteId};
use jiff::civil::Date;
use surrealdb::types::{RecordId, RecordIdKey, SurrealValue, Value};

/// A row of `delegation`, without the one it hangs on.
#[derive(SurrealValue)]
pub(crate) struct Own {
    id: RecordId,
    site: RecordId,
    role: String,
    state: String,
    starts: String,
    ends: Option<String>,
    rights: Option<String>,
}

/// The columns of [`DelegationRow`] beside those of the table: the firm's delegation that a collaborator's hangs on, as it is now.
pub(crate) const COLUMNS: &str = "*, (IF above = NONE { NONE } ELSE { above.* }) AS firm";

/// A row of `delegation` with the one it hangs on.
#[derive(SurrealValue)]
pub(crate) struct DelegationRow {
    pub(crate) id: RecordId,
    site: RecordId,
    role: String,
    state: String,
    starts: String,
    ends: Option<String>,
    rights: Option<String>,
    firm: Option<Own>,
}

impl Own {
    pub(crate) fn read(self) -> Result<Delegation, Error> {
        let id = ulid(&self.id)?;
        Parts { site: &self.site, role: &self.role, starts: &self.starts, ends: self.ends.as_deref(), rights: self.rights.as_deref() }.read(
            id,
            state(&self.state)?,
            None,
        )
    }
}

impl DelegationRow {
    pub(crate) fn read(self) -> Result<Delegation, Error> {
        let id = ulid(&self.id)?;
        let above = self.firm.map(Own::read).transpose()?.map(Box::new);
        Parts { site: &self.site, role: &self.role, starts: &self.starts, ends: self.ends.as_deref(), rights: self.rights.as_deref() }.read(
            id,
            state(&self.state)?,
            above,
        )
    }
}

/// What delegations and invitations have in common.
pub(crate) struct Parts<'a> {
    pub(crate) site: &'a RecordId,
    pub(crate) role: &'a str,
    pub(crate) starts: &'a str,
    pub(crate) ends: Option<&'a str>,
    pub(crate) rights: Option<&'a str>,
}

impl Parts<'_> {
    pub(crate) fn read(&self, id: DelegationId, state: State, above: Option<Box<Delegation>>) -> Result<Delegation, Error> {
        let date = |text: &str| text.parse::<Date>().map_err(|_| wrong("date"));
        let role: Role = self.role.parse().map_err(|_| wrong("role"))?;
        Ok(Delegation {
            id,
            site: own::<SiteId>(self.site)?,
            role,
            state,
            starts: date(self.starts)?,
            ends: self.ends.map(date).transpose()?,
            // Administrators hold everything, whatever stands there.
            rights: match self.rights {
                _ if role.is_administrator() => Rights::FULL,
                Some(rights) => rights.parse().map_err(|_| wrong("right"))?,
                None => Rights::NONE,
            },
            above,
        })
    }
}

fn state(code: &str) -> Result<State, Error> {
    code.parse().map_err(|_| wrong("state"))
}

fn wrong(what: &str) -> Error {
    Error::Row(format!("delegation with a wrong {what}"))
}

/// The last part of `delegation:[account, site, ulid]`.
pub(crate) fn ulid(id: &RecordId) -> Result<DelegationId, Error> {
    match &id.key {
        RecordIdKey::Array(parts) => match parts.iter().last() {
            Some(Value::String(ulid)) => ulid.parse().map_err(|_| wrong("id")),
            _ => Err(wrong("id")),
        },
        _ => Err(wrong("id")),
    }
}
