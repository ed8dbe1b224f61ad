//! The portal's own help: what somebody has read of it, what they use, whether answers helped.

use crate::{Fault, Services, Visit};
use domain::delegations::policy::{Enter, may};
use domain::home::habits::Habits;
use domain::home::{Service, is_open, tiles};
use domain::id::SiteId;
use store::{Guided, Opinions};

/// Pages whose tours are remembered; more than the portal has.
const TOURS: usize = 100;

impl Services {
    /// Remembers that somebody read the news, took a tour, folded the sidebar.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remember(&self, visit: &Visit, what: Guided<'_>) -> Result<(), Fault> {
        let account = &visit.session.actor.account;
        if let Guided::Tour(page) = what {
            let known = self.store.find_guidance(account).await?.tours;
            if known.len() >= TOURS || known.iter().any(|one| one == page) {
                return Ok(());
            }
        }
        Ok(self.store.save_guidance(account, what).await?)
    }

    /// The tiles of a site's home: what this person uses there, as far as they may open it (S82, S83, A24).
    ///
    /// # Errors
    /// `NotFound` outside the perimeter.
    pub async fn learned_tiles(&self, visit: &Visit, site: &SiteId) -> Result<Vec<Service>, Fault> {
        let (actor, today) = (&visit.session.actor, self.clock.today());
        may(actor, Enter, site, today)?;
        let mut habits = self.habits(visit, site).await?;
        let (tiles, is_new) = habits.tiles(|service| is_open(service, actor, site, today), &tiles(actor, site, today), today);
        if is_new {
            self.save_habits(visit, site, &habits).await?;
        }
        Ok(tiles)
    }

    /// Notes that somebody opens a service: once a day.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_use(&self, visit: &Visit, site: &SiteId, service: Service) -> Result<(), Fault> {
        let today = self.clock.today();
        if !is_open(service, &visit.session.actor, site, today) {
            return Ok(());
        }
        let mut habits = self.habits(visit, site).await?;
        if habits.note(service, today) { self.save_habits(visit, site, &habits).await } else { Ok(()) }
    }

    async fn habits(&self, visit: &Visit, site: &SiteId) -> Result<Habits, Fault> {
        let saved = self.store.find_habit(&visit.session.actor.account, site).await?;
        // What cannot be read any more is forgotten: nothing depends on it.
        Ok(saved.and_then(|saved| serde_json::from_str(&saved).ok()).unwrap_or_default())
    }

    async fn save_habits(&self, visit: &Visit, site: &SiteId, habits: &Habits) -> Result<(), Fault> {
        let uses = serde_json::to_string(habits).map_err(|error| Fault::Broken(format!("habits: {error}")))?;
        Ok(self.store.save_habit(&visit.session.actor.account, site, uses, self.clock.now()).await?)
    }

    /// Counts whether an answer of the Questions-Réponses helped. Whose opinion it is, nobody keeps.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_opinion(&self, question: &str, helped: bool) -> Result<(), Fault> {
        Ok(self.store.count_opinion(question, helped).await?)
    }

    /// What people said of the answers, the least helpful first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn opinions(&self) -> Result<Vec<Opinions>, Fault> {
        let mut all = self.store.list_opinions().await?;
        all.sort_by(|a, b| (b.no - b.yes, &a.question).cmp(&(a.no - a.yes, &b.question)));
        Ok(all)
    }
}
