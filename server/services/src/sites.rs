//! What a logged-in person sees of their sites: the list, the home of one, its DSN follow-up.

use crate::{Fault, Services};
use domain::actor::Actor;
use domain::delegations::policy::{Enter, ReadDsn, may};
use domain::delegations::{Delegation, Role};
use domain::dsn::{Alert, AlertSummary};
use domain::home::{Entry, Service, is_open, menu};
use domain::id::SiteId;
use domain::refusal::Refusal;
use domain::text::fold;
use std::collections::{BTreeMap, HashMap};
use store::{Guidance, Site, SiteRow};

/// One line of the list of sites (S54, S58, A15).
#[derive(Debug, Clone)]
pub struct SiteLine {
    /// The site.
    pub site: Site,
    /// Name of the member company.
    pub company: String,
    /// What the person is there.
    pub role: Role,
    /// Alerts, for whoever may read the DSN follow-up; none otherwise (A17).
    pub alerts: Option<AlertSummary>,
}

/// What every page inside a site's space shows around its content.
#[derive(Debug, Clone)]
pub struct HomeModel {
    /// The site.
    pub site: Site,
    /// Name of the member company.
    pub company: String,
    /// Alerts, for whoever may read them.
    pub alerts: Option<AlertSummary>,
    /// The menu this person has here.
    pub menu: Vec<(Entry, Vec<Service>)>,
    /// What the person has read of the portal's help.
    pub guidance: Guidance,
}

impl Services {
    /// Every site the person may enter today, by name; `search` keeps those whose name, company, SIRET or city has the words.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn my_sites(&self, actor: &Actor, search: &str) -> Result<Vec<SiteLine>, Fault> {
        let today = self.clock.today();
        // Each site is asked about with its own delegations alone: of thousands, none is looked at thousands of times.
        let (mut granted, mut known) = (Vec::new(), HashMap::new());
        for there in by_site(actor) {
            let Some(site) = there.delegations.first().map(|delegation| delegation.site.clone()) else { continue };
            if let Ok(enter) = may(&there, Enter, &site, today) {
                known.insert(site.clone(), (enter.role(), may(&there, ReadDsn, &site, today).is_ok()));
                granted.push(enter);
            }
        }
        if granted.is_empty() {
            return Ok(Vec::new());
        }
        let words: Vec<String> = fold(search).split_whitespace().map(str::to_owned).collect();
        let mut lines: Vec<(String, SiteLine)> = self
            .store
            .list_sites(&granted)
            .await?
            .into_iter()
            .filter(|row| matches_all(row, &words))
            .filter_map(|row| {
                let (role, reads) = *known.get(&row.site.id)?;
                let alerts = reads.then_some(row.alerts);
                Some((fold(&row.site.name), SiteLine { site: row.site, company: row.company, role, alerts }))
            })
            .collect();
        lines.sort_by(|(a, x), (b, y)| (a, &x.site.siret).cmp(&(b, &y.site.siret)));
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// The delegations that have ended: what a person with no site left is told (A16).
    #[must_use]
    pub fn ended(&self, actor: &Actor) -> Vec<Delegation> {
        let today = self.clock.today();
        actor.delegations.iter().filter(|delegation| !delegation.is_live(today)).cloned().collect()
    }

    /// The frame of a site's space: name, alerts, menu, tiles.
    ///
    /// # Errors
    /// `NotFound` for a site outside the person's perimeter, as for one that does not exist.
    pub async fn home(&self, actor: &Actor, site: &SiteId) -> Result<HomeModel, Fault> {
        let today = self.clock.today();
        let granted = may(actor, Enter, site, today)?;
        let (row, guidance) = tokio::try_join!(self.store.find_site(&granted), self.store.find_guidance(&actor.account))?;
        let row = row.ok_or(Refusal::NotFound)?;
        Ok(HomeModel {
            alerts: may(actor, ReadDsn, site, today).is_ok().then_some(row.alerts),
            menu: menu(actor, site, today),
            guidance,
            company: row.company,
            site: row.site,
        })
    }

    /// The DSN follow-up of a site (S64).
    ///
    /// # Errors
    /// `NotFound` without the right: the entry is hidden and its address answers the same (D10).
    pub async fn dsn_alerts(&self, actor: &Actor, site: &SiteId) -> Result<Vec<Alert>, Fault> {
        let granted = may(actor, ReadDsn, site, self.clock.today())?;
        Ok(self.store.list_alerts(&granted).await?)
    }

    /// Whether a service's page may be opened by this person on this site.
    ///
    /// # Errors
    /// `NotFound` when not.
    pub fn may_open(&self, actor: &Actor, site: &SiteId, service: Service) -> Result<(), Refusal> {
        if is_open(service, actor, site, self.clock.today()) { Ok(()) } else { Err(Refusal::NotFound) }
    }
}

/// The same person once a site, with the delegations of that site alone.
pub(crate) fn by_site(actor: &Actor) -> Vec<Actor> {
    let mut sites: BTreeMap<&SiteId, Vec<Delegation>> = BTreeMap::new();
    for delegation in &actor.delegations {
        sites.entry(&delegation.site).or_default().push(delegation.clone());
    }
    sites.into_values().map(|delegations| Actor { account: actor.account.clone(), name: actor.name.clone(), delegations }).collect()
}

fn matches_all(row: &SiteRow, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = fold(&format!("{} {} {} {}", row.site.name, row.company, row.site.siret, row.site.city));
    let digits = words.concat();
    words.iter().all(|word| text.contains(word))
        || (digits.bytes().all(|b| b.is_ascii_digit()) && row.site.siret.as_str().contains(&digits))
}
