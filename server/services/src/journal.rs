//! The journal of a site: who saw or changed what, for whom, on whose behalf. Acts write their lines themselves, in their own
//! transaction; what was looked at is noted here, before it is shown.

use crate::secrets::fingerprint;
use crate::{Fault, Origin, Services, Visit};
use domain::actor::Actor;
use domain::delegations::Rights;
use domain::delegations::journal::{JournalQuery, Mark};
use domain::delegations::policy::{Granted, ReadDsn, ReadJournal, may};
use domain::id::{DelegationId, SiteId};
use domain::text::fold;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use store::{JournalAsk, JournalRow, Named, People, Reading};

/// Lines of a page.
const PAGE: usize = 50;
/// Lines read together for a file.
const BATCH: usize = 1_000;
/// Most lines of a file.
const FILE: usize = 20_000;

/// Somebody in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Nobody: time, or the fund.
    Nobody,
    /// Somebody with a name, or with an address alone.
    Named(String),
    /// Somebody who was erased: the end of their number.
    Erased(String),
    /// Somebody who was offered rights and never had any: the end of the offer's number.
    Gone(String),
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct JournalEntry {
    /// When, as clocks in Paris show it.
    pub at: DateTime,
    /// What, as a code.
    pub what: String,
    /// Who did it.
    pub by: Who,
    /// Whose rights it is about; nobody for what is about no one's.
    pub about: Who,
    /// The line of the list it is about, while there is one.
    pub line: Option<DelegationId>,
    /// SIRET of the firm it was done for.
    pub behalf: Option<String>,
    /// The rights it gave.
    pub rights: Option<Rights>,
}

/// A page of the journal.
#[derive(Debug, Clone)]
pub struct Journal {
    /// Its lines, newest first.
    pub entries: Vec<JournalEntry>,
    /// What the next page follows; none on the last.
    pub older: Option<Mark>,
}

impl Services {
    /// A page of the journal of a site.
    ///
    /// # Errors
    /// `NotFound` for whoever does not administer the site.
    pub async fn journal(&self, visit: &Visit, site: &SiteId, query: &JournalQuery) -> Result<Journal, Fault> {
        let granted = self.journal_of(visit, site).await?;
        let mut rows = self.journal_rows(&granted, query, PAGE + 1).await?;
        let has_more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let older = rows.last().filter(|_| has_more).map(mark);
        Ok(Journal { entries: self.entries(&granted, rows).await?, older })
    }

    /// All lines that were asked for, for a file; the export itself is noted first.
    ///
    /// # Errors
    /// As [`Services::journal`].
    pub async fn export_journal(
        &self,
        visit: &Visit,
        site: &SiteId,
        query: &JournalQuery,
        origin: &Origin,
    ) -> Result<Vec<JournalEntry>, Fault> {
        let granted = self.journal_of(visit, site).await?;
        self.note(visit, site, ("journal.exported", None), granted.through().first().map(|own| &own.id), &self.hour(), origin).await?;
        let (mut query, mut all) = (query.clone(), Vec::new());
        loop {
            let rows = self.journal_rows(&granted, &query, BATCH).await?;
            query.after = rows.last().map(mark);
            let is_last = rows.len() < BATCH;
            all.extend(self.entries(&granted, rows).await?);
            if is_last || all.len() >= FILE {
                return Ok(all);
            }
        }
    }

    async fn journal_of(&self, visit: &Visit, site: &SiteId) -> Result<Granted<ReadJournal>, Fault> {
        let holdings = self.store.find_holdings(&visit.session.actor.account, site).await?;
        let actor = Actor { delegations: holdings.delegations, ..visit.session.actor.clone() };
        Ok(may(&actor, ReadJournal, site, self.clock.today())?)
    }

    async fn journal_rows(&self, granted: &Granted<ReadJournal>, query: &JournalQuery, most: usize) -> Result<Vec<JournalRow>, Fault> {
        let after = query.after.as_ref().and_then(|mark| Some((Timestamp::from_millisecond(mark.at).ok()?, mark.id.as_str())));
        let ask = JournalAsk {
            events: query.family.map_or(&[], |family| family.events()),
            people: if query.person.is_empty() { None } else { Some(self.sought(granted, &query.person).await?) },
            from: query.from.and_then(|day| self.midnight(day)),
            until: query.until.and_then(|day| self.midnight(day.tomorrow().ok()?)),
            after,
            most,
        };
        Ok(self.store.list_journal(granted, ask).await?)
    }

    /// Whoever has this in their name or address, whatever accents and case.
    async fn sought(&self, granted: &Granted<ReadJournal>, person: &str) -> Result<People, Fault> {
        let wanted = fold(person);
        let mut people = People::default();
        for (key, named) in self.store.list_named(granted, None).await? {
            let texts = [named.name.full(), format!("{} {}", named.name.last, named.name.first), named.email.clone()];
            if texts.iter().any(|text| fold(text).contains(&wanted)) {
                people.accounts.extend(named.account);
                people.keys.push(key);
            }
        }
        Ok(people)
    }

    async fn entries(&self, granted: &Granted<ReadJournal>, rows: Vec<JournalRow>) -> Result<Vec<JournalEntry>, Fault> {
        let mut keys: Vec<DelegationId> = rows.iter().filter_map(|row| row.about.clone()).collect();
        keys.sort();
        keys.dedup();
        let known: HashMap<DelegationId, Named> = self.store.list_named(granted, Some(&keys)).await?.into_iter().collect();
        let entry = |row: JournalRow| JournalEntry {
            at: self.clock.paris(row.at),
            by: row.by.as_ref().map_or(Who::Nobody, who),
            about: match &row.about {
                Some(key) => known.get(key).map_or_else(|| Who::Gone(tail(key.as_str())), who),
                None => Who::Nobody,
            },
            line: row.about.filter(|key| known.contains_key(key)),
            behalf: row.behalf,
            rights: row.rights.and_then(|rights| rights.parse().ok()),
            what: row.what,
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    /// The moment a day begins in Paris, whose offset is whole hours.
    fn midnight(&self, day: Date) -> Option<Timestamp> {
        let utc = jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
        (-3..=1).map(|hours| utc + SignedDuration::from_hours(hours)).find(|moment| self.clock.paris(*moment).date() >= day)
    }

    /// Notes that the page of a beneficiary is opened: once a person, line and hour.
    ///
    /// # Errors
    /// Those of the database: what cannot be noted is not shown.
    pub async fn note_viewed(&self, visit: &Visit, site: &SiteId, key: &DelegationId, origin: &Origin) -> Result<(), Fault> {
        let ground = self.ground(visit, site).await?;
        let through = ground.granted.through().first().map(|own| &own.id);
        self.note(visit, site, ("delegation.viewed", Some(key)), through, &self.hour(), origin).await
    }

    /// Notes that the list of beneficiaries is taken away: once a person and hour.
    ///
    /// # Errors
    /// As [`Services::note_viewed`].
    pub async fn note_exported(&self, visit: &Visit, site: &SiteId, origin: &Origin) -> Result<(), Fault> {
        let ground = self.ground(visit, site).await?;
        let through = ground.granted.through().first().map(|own| &own.id);
        self.note(visit, site, ("delegation.exported", None), through, &self.hour(), origin).await
    }

    /// Notes that somebody who does not administer the site reads its Suivi DSN: once a person and day.
    ///
    /// # Errors
    /// As [`Services::note_viewed`]; `NotFound` without the right.
    pub async fn note_dsn(&self, visit: &Visit, site: &SiteId, origin: &Origin) -> Result<(), Fault> {
        let today = self.clock.today();
        let granted = may(&visit.session.actor, ReadDsn, site, today)?;
        if granted.role().is_administrator() {
            return Ok(());
        }
        let through = granted.through().first().map(|own| &own.id);
        self.note(visit, site, ("dsn.viewed", None), through, &today.to_string(), origin).await
    }

    /// One line in the journal for a person, thing and span of time.
    async fn note(
        &self,
        visit: &Visit,
        site: &SiteId,
        (what, about): (&str, Option<&DelegationId>),
        through: Option<&DelegationId>,
        span: &str,
        origin: &Origin,
    ) -> Result<(), Fault> {
        let account = &visit.session.actor.account;
        let line = fingerprint(&format!("{what}/{account}/{site}/{}/{span}", about.map(DelegationId::as_str).unwrap_or_default()));
        let audit = line.get(..32).unwrap_or(&line);
        let (agent, now) = (origin.agent.as_str(), self.clock.now());
        Ok(self.store.note_reading(Reading { account, site, what, about, through, agent, audit, now }).await?)
    }

    fn hour(&self) -> String {
        (self.clock.now().as_second() / 3600).to_string()
    }
}

fn mark(row: &JournalRow) -> Mark {
    Mark { at: row.at.as_millisecond(), id: row.id.clone() }
}

fn who(named: &Named) -> Who {
    let name = named.name.full();
    if !name.trim().is_empty() {
        Who::Named(name)
    } else if !named.email.is_empty() {
        Who::Named(named.email.clone())
    } else {
        Who::Erased(named.account.as_ref().map(|account| tail(account.as_str())).unwrap_or_default())
    }
}

/// The end of a number: enough to tell two apart on a page.
fn tail(number: &str) -> String {
    number.get(number.len().saturating_sub(6)..).unwrap_or(number).to_owned()
}
