//! The portal's own help: what somebody has read of it, what they use, whether answers helped.

use crate::{Fault, Services, Visit};
use domain::delegations::policy::{Enter, may};
use domain::home::habits::Habits;
use domain::home::{Service, is_open, tiles};
use domain::id::SiteId;
use domain::refusal::Refusal;
use store::{Guidance, Guided, Opinions};

/// Pages whose tours are remembered; more than the portal has.
const TOURS: usize = 100;
/// Most times a use is noted anew when others were noted meanwhile. Each try that fails is one of them that succeeded, and nobody opens
/// more pages at the same moment.
const TRIES: usize = 8;

/// What was saved of somebody's habits; none when it cannot be read any more: nothing depends on it.
#[must_use]
pub fn saved_habits(saved: &str) -> Option<Habits> {
    serde_json::from_str(saved).ok()
}

impl Services {
    /// What somebody has read of the portal's help, where no page of a site shows it.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn guidance(&self, visit: &Visit) -> Result<Guidance, Fault> {
        Ok(self.store.find_guidance(&visit.session.actor.account).await?)
    }

    /// Remembers that somebody read the news, put an announcement away, took a tour, folded the sidebar.
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

    /// The tiles of a site's home: what this person uses there, as far as they may open it (S82, S83, A24). The home is kept from nobody
    /// because the choice could not be.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter.
    pub async fn learned_tiles(&self, visit: &Visit, site: &SiteId) -> Result<Vec<Service>, Fault> {
        let (actor, today) = (&visit.session.actor, self.clock.today());
        may(actor, Enter, site, today)?;
        let usual = tiles(actor, site, today);
        let mut chosen = Vec::new();
        for _ in 0..TRIES {
            let (mut habits, found) = self.habits(visit, site).await?;
            let (tiles, is_new) = habits.tiles(|service| is_open(service, actor, site, today), &usual, today);
            chosen = tiles;
            if !is_new {
                break;
            }
            match self.save_habits(visit, site, found, &habits).await {
                Ok(true) => break,
                // Something was noted meanwhile: the choice is made of that, too.
                Ok(false) => {}
                Err(fault) => {
                    tracing::warn!(%site, %fault, "tiles not kept");
                    break;
                }
            }
        }
        Ok(chosen)
    }

    /// Notes that somebody opens a service: once a day.
    ///
    /// # Errors
    /// `Busy` when too much is noted at the same moment.
    pub async fn note_use(&self, visit: &Visit, site: &SiteId, service: Service) -> Result<(), Fault> {
        let today = self.clock.today();
        if !is_open(service, &visit.session.actor, site, today) {
            return Ok(());
        }
        for _ in 0..TRIES {
            let (mut habits, found) = self.habits(visit, site).await?;
            if !habits.note(service, today) || self.save_habits(visit, site, found, &habits).await? {
                return Ok(());
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    /// Somebody's habits on a site, and the text they were saved as.
    async fn habits(&self, visit: &Visit, site: &SiteId) -> Result<(Habits, Option<String>), Fault> {
        let found = self.store.find_habit(&visit.session.actor.account, site).await?;
        Ok((found.as_deref().and_then(saved_habits).unwrap_or_default(), found))
    }

    /// Saves them over what was found. Whether that was still there.
    async fn save_habits(&self, visit: &Visit, site: &SiteId, found: Option<String>, habits: &Habits) -> Result<bool, Fault> {
        let uses = serde_json::to_string(habits).map_err(|error| Fault::Broken(format!("habits: {error}")))?;
        Ok(self.store.save_habit(&visit.session.actor.account, site, found, uses, self.clock.now()).await?)
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
