//! What somebody of an accounting firm has handed on, over all clients.

use crate::accounts::delegation_id;
use crate::connect::Store;
use crate::delegation_row::COLUMNS;
use crate::delegations::{Beneficiary, GIVER, INVITED, PERSON, found};
use crate::row::{id, vars};
use crate::sites::{BASICS, BasicRow, Site};
use crate::tx::Error;
use domain::delegations::policy::{Give, Granted};
use domain::id::{AccountId, SiteId};
use std::collections::HashMap;
use surrealdb::types::RecordId;

/// One line that hangs on a delegation of the firm.
#[derive(Debug, Clone)]
pub struct HandedOn {
    /// The line.
    pub line: Beneficiary,
    /// The client.
    pub site: Site,
}

impl Store {
    /// Everything that hangs on the delegations of a firm's person, accepted or not, in no order. One round trip whatever their number.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_handed_on(&self, account: &AccountId, granted: &[Granted<Give>]) -> Result<Vec<HandedOn>, Error> {
        let account = id("account", account.as_str());
        let own: Vec<RecordId> = granted
            .iter()
            .flat_map(|granted| granted.through().iter().filter(|own| own.role.is_firm()))
            .map(|own| delegation_id(&account, &id("site", own.site.as_str()), own.id.as_str()))
            .collect();
        let sites: Vec<RecordId> = granted.iter().map(|granted| id("site", granted.site().as_str())).collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM delegation WHERE above IN $own; SELECT {PERSON}, {GIVER} FROM delegation WHERE above IN $own;
             SELECT {COLUMNS} FROM invitation WHERE above IN $own; SELECT {INVITED}, {GIVER} FROM invitation WHERE above IN $own;
             SELECT {BASICS} FROM $sites;"
        );
        let mut rows = self.read(&sql, vars! { own: own, sites: sites }).await?;
        let lines = found(&mut rows)?;
        let sites: HashMap<SiteId, Site> = rows
            .take::<BasicRow>(4)?
            .into_iter()
            .map(|row| row.read().map(|(site, _)| (site.id.clone(), site)))
            .collect::<Result<_, _>>()?;
        Ok(lines.into_iter().filter_map(|line| sites.get(&line.delegation.site).cloned().map(|site| HandedOn { line, site })).collect())
    }
}
