//! A site with any number of lines, for tests and figures.

use super::Row;
use crate::connect::Store;
use crate::delegations::Beneficiary;
use crate::row::{id, vars};
use crate::tx::Error;
use domain::delegations::{Delegation, Rights, Role, State};
use domain::id::{DelegationId, SiteId};
use domain::identity::person::PersonName;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;
use surrealdb::types::{RecordId, SurrealValue};

/// Lines of one write.
const BATCH: usize = 1000;
/// Names, each in several spellings.
const LAST: [&str; 8] = ["Lefèvre", "Le Goff", "Aït Ali", "Dormoy", "Côté", "Cote", "Martinez", "Œuvrard"];
const FIRST: [&str; 5] = ["Anne", "Jean-Marc", "Zoé", "Ève", "Karim"];

#[derive(SurrealValue)]
struct Counted {
    id: RecordId,
    n: i64,
}

impl Store {
    /// Gives a site `many` lines of imaginary people beside those it has: names, roles, days and statuses in turn, one in ten closed.
    /// Their accounts and rights are not made: only what the list reads.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn load_lines(&self, site: &SiteId, many: usize, today: Date) -> Result<(), Error> {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for start in (0..many).step_by(BATCH) {
            let rows: Vec<Row> = (start..many.min(start + BATCH)).map(|number| row(site, number, today)).collect::<Result<_, _>>()?;
            for row in &rows {
                *counts.entry(row.part.clone()).or_default() += 1;
            }
            self.write("INSERT INTO line $rows RETURN NONE;", vars! { rows: rows }).await?;
        }
        let counts: Vec<Counted> = counts.into_iter().map(|(part, n)| Counted { id: id("line_count", &part), n }).collect();
        self.write("FOR $count IN $counts { UPSERT $count.id SET n = (n ?? 0) + $count.n };", vars! { counts: counts }).await.map(drop)
    }
}

fn row(site: &SiteId, number: usize, today: Date) -> Result<Row, Error> {
    let wrong = |_| Error::Row("no such line".into());
    let key: DelegationId = format!("{number:026}").parse().map_err(wrong)?;
    let day = |ahead: usize, shift: i32| {
        let days = i32::try_from(ahead % 60).unwrap_or(0) + shift;
        today.checked_add(days.days()).map_err(|_| Error::Row("no such day".into()))
    };
    let role = [Role::Utilisateur, Role::Utilisateur, Role::Administrateur, Role::Cabinet][number % 4];
    let state = if number % 10 == 9 { State::Closed } else { State::Open };
    // One in seven ends, one in nine has not begun.
    let starts = if number % 9 == 8 { day(number, 1)? } else { day(number, -70)? };
    let ends = (number % 7 == 6).then(|| day(number, -30)).transpose()?.filter(|end| *end >= starts);
    let delegation = Delegation { id: key, site: site.clone(), role, state, starts, ends, rights: Rights::NONE, above: None };
    let name = PersonName {
        first: FIRST[number % FIRST.len()].to_owned(),
        last: format!("{} {}", LAST[number % LAST.len()], number.wrapping_mul(7919) % 100_003),
    };
    let found = Beneficiary {
        delegation,
        account: None,
        email: format!("personne.{number}@demo.example"),
        name,
        has_activated: !number.is_multiple_of(11),
        siret: None,
        giver: None,
        created: Timestamp::UNIX_EPOCH,
        ended: None,
        rev: 0,
        link_until: None,
    };
    let target = crate::accounts::delegation_id(
        &id("account", found.delegation.id.as_str()),
        &id("site", site.as_str()),
        found.delegation.id.as_str(),
    );
    Ok(Row::of(&found, target, today))
}
