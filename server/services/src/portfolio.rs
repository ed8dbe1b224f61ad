//! The clients of somebody who works for an accounting firm (S111, S112, A32): every site where they are Cabinet or Collaborateur.

use crate::account::settled;
use crate::secrets::fingerprint;
use crate::{Fault, Origin, Services, Visit};
use domain::actor::Actor;
use domain::delegations::Role;
use domain::delegations::policy::{Enter, Give, Granted, ReadDsn, may};
use domain::id::SiteId;
use domain::portfolio::{Client, Holding, PortfolioQuery, Selection, Standing, choose, select};
use domain::refusal::Refusal;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::{Changed, ClientRow, ClientSites};

/// From this many sites on, somebody of a firm lands on the list of clients instead of the list of sites.
const LANDING: usize = 11;

/// What somebody holds on one site, as far as the list of clients needs to know.
struct Held {
    holding: Holding,
    gives: bool,
}

/// The sites of a person, by how much of each may be read.
#[derive(Default)]
struct Sites {
    held: HashMap<SiteId, Held>,
    readable: Vec<Granted<ReadDsn>>,
    enterable: Vec<Granted<Enter>>,
    named: Vec<SiteId>,
}

impl Services {
    /// One page of the person's clients.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn portfolio(&self, visit: &Visit, query: &PortfolioQuery) -> Result<Selection, Fault> {
        Ok(select(&self.clients(visit).await?, query, self.clock.today()))
    }

    /// All clients a query asks for, whatever its page: what is exported.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn portfolio_file(&self, visit: &Visit, query: &PortfolioQuery) -> Result<Vec<Client>, Fault> {
        Ok(choose(&self.clients(visit).await?, query, self.clock.today()).into_iter().cloned().collect())
    }

    /// Whether somebody lands on the list of clients: at least one right of a firm that counts, and more sites than a list without search
    /// holds.
    #[must_use]
    pub fn lands_on_portfolio(&self, actor: &Actor) -> bool {
        let sites: HashSet<&SiteId> = actor.delegations.iter().map(|delegation| &delegation.site).collect();
        sites.len() >= LANDING && Holding::of(&actor.delegations, self.clock.today()).is_some()
    }

    /// Marks a client, or takes the mark away.
    ///
    /// # Errors
    /// `NotFound` for a site where the person has nothing of a firm; `SignedOut`.
    pub async fn set_favourite(&self, visit: &Visit, site: &SiteId, is_marked: bool, origin: &Origin) -> Result<(), Fault> {
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        match self.store.set_favourite(self.acting(visit, &key, &audit, origin), site, is_marked).await? {
            Changed::Gone => Err(Refusal::NotFound.into()),
            other => settled(other),
        }
    }

    /// All clients of a person, in no order. Kept as long as what they were made of: the rights the visit was read with, and the day.
    async fn clients(&self, visit: &Visit) -> Result<Arc<Vec<Client>>, Fault> {
        let (account, today) = (&visit.session.actor.account, self.clock.today());
        let state = visit.session.stamp.map(|stamp| (stamp, today));
        if let Some(kept) = state.as_ref().and_then(|state| self.clients.find(account, state)) {
            return Ok(kept);
        }
        let sites = sites(&visit.session.actor, today);
        let asked = ClientSites { readable: &sites.readable, enterable: &sites.enterable, named: &sites.named };
        let found = self.store.list_clients(account, asked).await?;
        let favourites: HashSet<SiteId> = found.favourites.into_iter().collect();
        let clients = found.rows.into_iter().filter_map(|row| client(row, &sites.held, &favourites)).collect();
        Ok(match state {
            Some(state) => self.clients.keep(account.clone(), state, clients),
            None => Arc::new(clients),
        })
    }
}

fn client(row: ClientRow, held: &HashMap<SiteId, Held>, favourites: &HashSet<SiteId>) -> Option<Client> {
    let own = held.get(&row.site.id)?;
    Some(Client {
        is_favourite: favourites.contains(&row.site.id),
        holding: own.holding,
        gives: own.gives,
        dsn: row.dsn,
        name: row.site.name,
        company: row.company,
        siret: row.site.siret,
        city: row.site.city,
        site: row.site.id,
    })
}

/// Asks the policy about each site with the delegations of that site alone: thousands of clients cost thousands of small questions.
fn sites(actor: &Actor, today: Date) -> Sites {
    let mut sites = Sites::default();
    for there in crate::sites::by_site(actor) {
        let Some(site) = there.delegations.first().map(|own| &own.site) else { continue };
        let Some(holding) = Holding::of(&there.delegations, today) else { continue };
        let gives = may(&there, Give, site, today).is_ok();
        match (holding.standing, may(&there, ReadDsn, site, today), may(&there, Enter, site, today)) {
            (Standing::Live, Ok(granted), _) => sites.readable.push(granted),
            (Standing::Live, Err(_), Ok(granted)) => sites.enterable.push(granted),
            (Standing::Live, Err(_), Err(_)) => continue,
            (Standing::Future | Standing::Over, _, _) => sites.named.push(site.clone()),
        }
        sites.held.insert(site.clone(), Held { holding, gives });
    }
    sites
}

/// Whether somebody is of a firm on the sites that were loaded: their menu leads to the list of clients then.
#[must_use]
pub fn is_of_firm(actor: &Actor) -> bool {
    actor.delegations.iter().any(|delegation| matches!(delegation.role, Role::Cabinet | Role::Collaborateur))
}
