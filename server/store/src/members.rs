//! Taking in the fund's members: companies, sites, holders, addresses.

use crate::connect::Store;
use crate::row::{at, id, own, vars};
use crate::tx::Error;
use domain::id::{AdherentId, SiteId};
use domain::identity::identifiant::Identifiant;
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue};

/// One line of the members file.
#[derive(Debug, Clone)]
pub struct MemberLine {
    /// The fund's number of the company.
    pub numero: String,
    /// Raison sociale of the company.
    pub company: String,
    /// The site's SIRET.
    pub siret: Siret,
    /// The site's identifiant CIBTP.
    pub identifiant: Identifiant,
    /// Name of the site; the company's when it has none.
    pub name: String,
    /// Prénom of the holder.
    pub first: String,
    /// Nom of the holder.
    pub last: String,
    /// Where its post goes.
    pub address: Address,
}

/// What a line would do to the database as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MemberOutcome {
    /// A new site, with this id when it is written.
    New,
    /// A site that is already there.
    Known(SiteId),
    /// The identifiant belongs to another SIRET.
    IdentifiantTaken,
    /// The SIRET has another identifiant: letters in the post would no longer fit.
    IdentifiantChanged,
}

#[derive(SurrealValue)]
struct Claim {
    id: RecordId,
    site: RecordId,
}

#[derive(SurrealValue)]
struct AdherentClaim {
    id: RecordId,
    adherent: RecordId,
}

#[derive(SurrealValue)]
struct AdherentRow {
    id: RecordId,
    numero: String,
    raison_sociale: String,
}

#[derive(SurrealValue)]
struct SiteRow {
    id: RecordId,
    adherent: RecordId,
    siret: String,
    identifiant: String,
    name: String,
    holder_first: String,
    holder_last: String,
    street: String,
    complement: String,
    postcode: String,
    city: String,
    created: Datetime,
    letters: String,
}

#[derive(SurrealValue)]
struct GuardRow {
    id: RecordId,
}

impl Store {
    /// What each line would do; nothing is written.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn check_members(&self, lines: &[MemberLine]) -> Result<Vec<MemberOutcome>, Error> {
        let sirets: Vec<RecordId> = lines.iter().map(|line| id("siret_claim", line.siret.as_str())).collect();
        let identifiants: Vec<RecordId> = lines.iter().map(|line| id("identifiant_claim", line.identifiant.as_str())).collect();
        let mut rows = self
            .read("SELECT id, site FROM $sirets; SELECT id, site FROM $identifiants;", vars! { sirets: sirets, identifiants: identifiants })
            .await?;
        let by = |claims: Vec<Claim>| -> Result<std::collections::HashMap<String, RecordId>, Error> {
            claims.into_iter().map(|claim| Ok((crate::row::key(&claim.id)?.to_owned(), claim.site))).collect()
        };
        let by_siret = by(rows.take(0)?)?;
        let by_identifiant = by(rows.take(1)?)?;
        lines
            .iter()
            .map(|line| {
                Ok(match (by_siret.get(line.siret.as_str()), by_identifiant.get(line.identifiant.as_str())) {
                    (None, None) => MemberOutcome::New,
                    (Some(site), Some(same)) if site == same => MemberOutcome::Known(own(site)?),
                    (Some(_), None) => MemberOutcome::IdentifiantChanged,
                    (_, Some(_)) => MemberOutcome::IdentifiantTaken,
                })
            })
            .collect()
    }

    /// Writes lines that were checked, new and known ones, in one transaction. `new_id` makes ids for what is new.
    /// Sites that have never had letters and can receive them are marked as wanting some.
    ///
    /// # Errors
    /// [`Error::Exists`] when somebody else brought in the same site meanwhile; nothing is written then.
    pub async fn save_members(
        &self,
        lines: &[(MemberLine, MemberOutcome)],
        new_id: &(dyn Fn() -> String + Sync),
        now: Timestamp,
    ) -> Result<(), Error> {
        let numeros: Vec<RecordId> = lines.iter().map(|(line, _)| id("adherent_claim", &line.numero)).collect();
        let claims: Vec<AdherentClaim> = self.read("SELECT id, adherent FROM $claims;", vars! { claims: numeros }).await?.take(0)?;
        let mut adherents: std::collections::HashMap<String, RecordId> =
            claims.into_iter().map(|claim| Ok((crate::row::key(&claim.id)?.to_owned(), claim.adherent))).collect::<Result<_, Error>>()?;
        let (mut new_adherents, mut new_adherent_claims, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
        let (mut sites, mut sirets, mut identifiants, mut guards, mut updates) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (line, outcome) in lines {
            let adherent = if let Some(known) = adherents.get(&line.numero) {
                renamed.push(AdherentRow { id: known.clone(), numero: line.numero.clone(), raison_sociale: line.company.clone() });
                known.clone()
            } else {
                let fresh: AdherentId = new_id().parse().map_err(|_| Error::Row("id".into()))?;
                let fresh = id("adherent", fresh.as_str());
                new_adherents.push(AdherentRow { id: fresh.clone(), numero: line.numero.clone(), raison_sociale: line.company.clone() });
                new_adherent_claims.push(AdherentClaim { id: id("adherent_claim", &line.numero), adherent: fresh.clone() });
                adherents.insert(line.numero.clone(), fresh.clone());
                fresh
            };
            let key = match outcome {
                MemberOutcome::Known(site) => site.as_str().to_owned(),
                MemberOutcome::New => new_id(),
                MemberOutcome::IdentifiantTaken | MemberOutcome::IdentifiantChanged => continue,
            };
            let site = id("site", &key);
            let row = SiteRow {
                id: site.clone(),
                adherent,
                siret: line.siret.as_str().to_owned(),
                identifiant: line.identifiant.as_str().to_owned(),
                name: line.name.clone(),
                holder_first: line.first.clone(),
                holder_last: line.last.clone(),
                street: line.address.street.clone(),
                complement: line.address.complement.clone(),
                postcode: line.address.postcode.clone(),
                city: line.address.city.clone(),
                created: at(now),
                letters: "wanted".to_owned(),
            };
            if *outcome == MemberOutcome::New {
                sirets.push(Claim { id: id("siret_claim", line.siret.as_str()), site: site.clone() });
                identifiants.push(Claim { id: id("identifiant_claim", line.identifiant.as_str()), site: site.clone() });
                guards.push(GuardRow { id: id("guard", &key) });
                sites.push(row);
            } else {
                updates.push(row);
            }
        }
        self.write(
            "FOR $row IN $renamed { UPDATE $row.id SET raison_sociale = $row.raison_sociale };
             INSERT INTO adherent $new_adherents; INSERT INTO adherent_claim $new_adherent_claims;
             INSERT INTO siret_claim $sirets; INSERT INTO identifiant_claim $identifiants; INSERT INTO guard $guards;
             INSERT INTO site $sites;
             FOR $row IN $updates {
               UPDATE $row.id SET adherent = $row.adherent, name = $row.name, holder_first = $row.holder_first, holder_last = $row.holder_last,
                 street = $row.street, complement = $row.complement, postcode = $row.postcode, city = $row.city
             };
             CREATE $audit SET at = $now, what = 'members.imported', detail = $detail;",
            vars! {
                renamed: renamed,
                new_adherents: new_adherents,
                new_adherent_claims: new_adherent_claims,
                sirets: sirets,
                identifiants: identifiants,
                guards: guards,
                detail: format!("{} new, {} updated", sites.len(), updates.len()),
                sites: sites,
                updates: updates,
                audit: id("audit", &new_id()),
                now: at(now),
            },
        )
        .await
        .map(drop)
    }

    /// How many sites the fund has; for reports.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_sites(&self) -> Result<u64, Error> {
        Ok(self.read("RETURN count((SELECT VALUE id FROM site));", vars! {}).await?.one::<u64>(0)?.unwrap_or(0))
    }
}
