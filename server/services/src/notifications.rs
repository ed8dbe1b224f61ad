//! How somebody wants mails about rights, site by site. Security mails ask nobody.

use crate::account::settled;
use crate::secrets::fingerprint;
use crate::{Fault, Origin, Services, Visit};
use domain::actor::Actor;
use domain::delegations::policy::{Enter, may};
use domain::id::SiteId;
use domain::text::fold;
use std::collections::HashMap;

/// How often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Rhythm {
    /// Each mail at once; those of the same minutes together.
    #[default]
    Once,
    /// One a day.
    Daily,
    /// None but the security ones.
    Never,
}

impl Rhythm {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Once, Self::Daily, Self::Never];

    /// Its name in the database and in forms; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Daily => "daily",
            Self::Never => "never",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }
}

/// A site with what was chosen for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRhythm {
    /// The site.
    pub site: SiteId,
    /// Its name.
    pub name: String,
    /// Its SIRET, as people read it.
    pub siret: String,
    /// What was chosen.
    pub rhythm: Rhythm,
}

impl Services {
    /// The sites of a person, by name, with what they chose for each.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn notifications(&self, visit: &Visit) -> Result<Vec<SiteRhythm>, Fault> {
        let actor = self.whole_actor(visit).await?;
        let account = &actor.account;
        let chosen: HashMap<SiteId, String> = self.store.list_notifications(account).await?.into_iter().collect();
        let today = self.clock.today();
        let mut sites: Vec<SiteId> = actor.delegations.iter().map(|own| own.site.clone()).collect();
        sites.sort();
        sites.dedup();
        let granted: Vec<_> = sites.iter().filter_map(|site| may(&actor, Enter, site, today).ok()).collect();
        let mut all: Vec<SiteRhythm> = self
            .store
            .list_sites(&granted)
            .await?
            .into_iter()
            .map(|row| SiteRhythm {
                rhythm: chosen.get(&row.site.id).and_then(|code| Rhythm::parse(code)).unwrap_or_default(),
                site: row.site.id,
                name: row.site.name,
                siret: row.site.siret.grouped(),
            })
            .collect();
        all.sort_by_key(|line| (fold(&line.name), line.siret.clone()));
        Ok(all)
    }

    /// Keeps what a person chose: site and code of the rhythm, as the form sends them. Sites they have no right on, and what is no
    /// rhythm, are left out.
    ///
    /// # Errors
    /// `SignedOut` when the session ended meanwhile.
    pub async fn save_notifications<'a>(
        &self,
        visit: &Visit,
        typed: impl IntoIterator<Item = (&'a str, &'a str)>,
        origin: &Origin,
    ) -> Result<(), Fault> {
        let wanted: HashMap<&str, &str> = typed.into_iter().collect();
        let choices: Vec<(SiteId, &'static str)> = self
            .notifications(visit)
            .await?
            .into_iter()
            .filter_map(|line| {
                let rhythm = Rhythm::parse(wanted.get(line.site.as_str())?)?;
                (rhythm != line.rhythm).then(|| (line.site, rhythm.code()))
            })
            .collect();
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        settled(self.store.save_notifications(self.acting(visit, &key, &audit, origin), &choices).await?)
    }

    /// A person with all of their delegations, whatever the request has loaded.
    async fn whole_actor(&self, visit: &Visit) -> Result<Actor, Fault> {
        let whole = self.visit(&visit.key.0, store::Scope::All).await?;
        Ok(whole.ok_or(domain::refusal::Refusal::SignedOut)?.session.actor)
    }
}
