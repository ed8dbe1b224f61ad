//! The list of beneficiaries (S108, S115–S124, A26–A30): one page of it, and all of it as it is exported. In the order of names a page
//! costs the same however long the list is; any other order, and bounds of days, look at what matches as long as it is not too much (D19).

use crate::beneficiaries::BeneficiaryLine;
use crate::delegations::Ground;
use crate::{Fault, Services, Visit};
use domain::delegations::acts::{Line, acts};
use domain::delegations::list::{Column, Cursor, ListQuery, Place};
use domain::delegations::policy::{Give, Granted};
use domain::delegations::{Delegation, Rights, Role, Status};
use domain::id::{AccountId, SiteId};
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::VecDeque;
use store::{Days, ListedLine, Part};

/// Most lines that are put in another order than that of names, or searched by days (D19).
pub const MOST: usize = 10_000;
/// Lines an export reads at once.
const BATCH: usize = 1000;
/// What the places in addresses are sealed for: they hold names, which stand in no address.
const SEAL: &str = "liste";

/// A page of the list.
#[derive(Debug, Clone)]
pub struct BeneficiaryList {
    /// Its lines, in order.
    pub lines: Vec<BeneficiaryLine>,
    /// How many pass the filters; none when they are too many to be put in this order or searched by days.
    pub matches: Option<usize>,
    /// How many this person may see, whatever the filters.
    pub total: usize,
    /// How many each status has among the roles chosen, bounds of days aside.
    pub statuses: Vec<(Status, usize)>,
    /// Roles that may be in this list.
    pub roles: &'static [Role],
    /// The page before; none on the first.
    pub before: Option<Cursor>,
    /// The page after; none on the last.
    pub after: Option<Cursor>,
}

/// Where a line stands in an order: what the column says, as text that compares, then its place among names.
type Spot = (String, String);

/// A stretch of the list.
#[derive(Default)]
struct Stretch {
    lines: Vec<ListedLine>,
    has_before: bool,
    has_after: bool,
}

/// What a person sees of a list, through its filters.
struct Reading {
    granted: Granted<Give>,
    account: AccountId,
    today: Date,
    counted: Vec<(Part, usize)>,
    chosen: Vec<Part>,
    /// Lines in the parts chosen, days aside.
    candidates: usize,
}

/// The whole of what a list shows, batch by batch.
pub struct ListExport {
    services: Services,
    reading: Reading,
    is_descending: bool,
    rest: Rest,
}

/// What of an export is still to be read.
enum Rest {
    /// By names: from a place on.
    From(Option<String>),
    /// In another order: all of it.
    Held(VecDeque<ListedLine>),
}

impl Services {
    /// One page of the list this person may see on a site: the company's gifts for an administrator, what a firm handed on for the firm.
    ///
    /// # Errors
    /// `NotFound` for somebody who neither administers the site nor gives on it.
    pub async fn beneficiary_list(&self, visit: &Visit, site: &SiteId, query: &ListQuery) -> Result<BeneficiaryList, Fault> {
        let reading = self.reading(visit, site, query).await?;
        let (found, matches) = if is_by_name(query) {
            (self.stretch(&reading, query).await?, Some(reading.candidates))
        } else {
            match self.in_order(&reading, query).await? {
                Some(all) => (cut(&all, query, self.spot(&query.place).as_ref()), Some(all.len())),
                None => (Stretch::default(), None),
            }
        };
        let mark = |line: Option<&ListedLine>| line.map(|line| self.cursor(query, line)).transpose();
        let statuses = Status::ALL
            .into_iter()
            .map(|status| (status, reading.count(|part| part.status == status && query.roles().contains(&part.role))));
        Ok(BeneficiaryList {
            before: if found.has_before { mark(found.lines.first())? } else { None },
            after: if found.has_after { mark(found.lines.last())? } else { None },
            lines: found.lines.into_iter().map(|line| reading.shown(line)).collect(),
            matches,
            total: reading.count(|_| true),
            statuses: statuses.collect(),
            roles: if reading.granted.role().is_administrator() { &Role::ALL[..4] } else { &Role::ALL[4..] },
        })
    }

    /// Everything the list shows, all its pages, to be read batch by batch; none when it is too much for this order.
    ///
    /// # Errors
    /// Those of [`Services::beneficiary_list`].
    pub async fn export_list(&self, visit: &Visit, site: &SiteId, query: &ListQuery) -> Result<Option<ListExport>, Fault> {
        let reading = self.reading(visit, site, query).await?;
        let rest = if is_by_name(query) {
            Rest::From(None)
        } else {
            match self.in_order(&reading, query).await? {
                Some(all) => Rest::Held(all.into()),
                None => return Ok(None),
            }
        };
        Ok(Some(ListExport { services: self.clone(), reading, is_descending: query.sort.is_descending, rest }))
    }

    /// Brings the lists of all sites up to what was changed, and to the day; says how many lines were made again.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn settle_lists(&self) -> Result<usize, Fault> {
        Ok(self.store.settle_lines(None, self.clock.today()).await?)
    }

    async fn reading(&self, visit: &Visit, site: &SiteId, query: &ListQuery) -> Result<Reading, Fault> {
        let Ground { granted, today, .. } = self.ground(visit, site).await?;
        self.store.settle_lines(Some(site), today).await?;
        let counted = self.store.count_lines(&granted).await?;
        let chosen = counted.iter().filter(|(part, _)| query.roles().contains(&part.role) && query.statuses().contains(&part.status));
        let (chosen, counts): (Vec<Part>, Vec<usize>) = chosen.cloned().unzip();
        let account = visit.session.actor.account.clone();
        Ok(Reading { granted, account, today, counted, chosen, candidates: counts.into_iter().sum() })
    }

    /// A page in the order of names. A place behind which nothing is left any more leads to the end it lies at.
    async fn stretch(&self, reading: &Reading, query: &ListQuery) -> Result<Stretch, Fault> {
        let size = usize::from(query.size());
        let spot = self.spot(&query.place).map(|(_, place)| place);
        let (is_back, from) = match (&query.place, spot) {
            (Place::After(_), Some(place)) => (false, Some(place)),
            (Place::Before(_), Some(place)) => (true, Some(place)),
            (Place::Last, _) => (true, None),
            (Place::First | Place::After(_) | Place::Before(_), _) => (false, None),
        };
        let is_backwards = is_back != query.sort.is_descending;
        let mut lines = self.store.list_lines(&reading.granted, &reading.chosen, from.as_deref(), is_backwards, size + 1).await?;
        if lines.is_empty() && !is_back && from.is_some() {
            return Box::pin(self.stretch(reading, &query.at(Place::Last))).await;
        }
        let has_more = lines.len() > size;
        if matches!(query.place, Place::Before(_)) && !has_more && from.is_some() {
            // Less than a page is left before it: the first page, whole.
            return Box::pin(self.stretch(reading, &query.at(Place::First))).await;
        }
        lines.truncate(size);
        if is_back {
            lines.reverse();
        }
        let has_other = from.is_some();
        Ok(Stretch { lines, has_before: if is_back { has_more } else { has_other }, has_after: if is_back { has_other } else { has_more } })
    }

    /// Everything that matches, in order; none when it is too much.
    async fn in_order(&self, reading: &Reading, query: &ListQuery) -> Result<Option<Vec<ListedLine>>, Fault> {
        let days = Days { from: query.from, until: query.until, without_end: query.without_end };
        if reading.candidates > MOST && !has_days(query) {
            return Ok(None);
        }
        let mut all = Vec::new();
        for part in &reading.chosen {
            let left = MOST + 1 - all.len();
            all.extend(self.store.match_lines(&reading.granted, std::slice::from_ref(part), days, left).await?);
            if all.len() > MOST {
                return Ok(None);
            }
        }
        let mut all: Vec<(Spot, ListedLine)> = all.into_iter().map(|line| (spot_of(query, &line), line)).collect();
        all.sort_by(|(a, _), (b, _)| compare(query, a, b));
        Ok(Some(all.into_iter().map(|(_, line)| line).collect()))
    }

    fn spot(&self, place: &Place) -> Option<Spot> {
        match place {
            Place::After(cursor) | Place::Before(cursor) => self.key.unseal(SEAL, cursor.as_str()),
            Place::First | Place::Last => None,
        }
    }

    fn cursor(&self, query: &ListQuery, line: &ListedLine) -> Result<Cursor, Fault> {
        let sealed = self.key.seal(SEAL, &spot_of(query, line), &*self.dice)?;
        Cursor::parse(&sealed).ok_or_else(|| Fault::Broken("a place that fits no address".into()))
    }
}

impl ListExport {
    /// The next lines, up to a thousand; none of them at the end.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn next_batch(&mut self) -> Result<Vec<BeneficiaryLine>, Fault> {
        let lines: Vec<ListedLine> = match &mut self.rest {
            Rest::Held(all) => all.drain(..all.len().min(BATCH)).collect(),
            Rest::From(from) => {
                let (granted, chosen) = (&self.reading.granted, &self.reading.chosen);
                let lines = self.services.store.list_lines(granted, chosen, from.as_deref(), self.is_descending, BATCH).await?;
                *from = lines.last().map(|line| line.place.clone()).or(from.take());
                lines
            }
        };
        Ok(lines.into_iter().map(|line| self.reading.shown(line)).collect())
    }
}

impl Reading {
    fn count(&self, wanted: impl Fn(&Part) -> bool) -> usize {
        self.counted.iter().filter(|(part, _)| wanted(part)).map(|(_, n)| n).sum()
    }

    fn shown(&self, line: ListedLine) -> BeneficiaryLine {
        let scope = line.part.scope.as_ref();
        let above = self.granted.through().iter().find(|own| Some(&own.id) == scope).cloned().map(Box::new);
        let (key, site, role) = (line.key, self.granted.site().clone(), line.part.role);
        // Acting on a line depends on no right in it.
        let delegation =
            Delegation { id: key, site, role, state: line.state, starts: line.starts, ends: line.ends, rights: Rights::NONE, above };
        let is_own = line.account.as_ref() == Some(&self.account);
        let acts = acts(&self.granted, &Line { delegation: &delegation, is_own, administrators: &[] }, self.today).to_vec();
        BeneficiaryLine {
            key: delegation.id,
            first: line.name.first,
            last: line.name.last,
            email: line.email,
            role,
            status: line.part.status,
            starts: line.starts,
            ends: line.ends,
            acts,
            is_own,
            is_link_over: false,
        }
    }
}

fn has_days(query: &ListQuery) -> bool {
    query.from.is_some() || query.until.is_some()
}

fn is_by_name(query: &ListQuery) -> bool {
    query.sort.column == Column::Name && !has_days(query)
}

/// Without end comes after every end.
fn spot_of(query: &ListQuery, line: &ListedLine) -> Spot {
    let rank = |place: Option<usize>| place.map_or_else(String::new, |place| place.to_string());
    let value = match query.sort.column {
        Column::Name => String::new(),
        Column::Role => rank(Role::ALL.iter().position(|role| *role == line.part.role)),
        Column::Status => rank(Status::ALL.iter().position(|status| *status == line.part.status)),
        Column::Starts => line.starts.to_string(),
        Column::Ends => line.ends.map_or_else(|| "~".to_owned(), |end| end.to_string()),
    };
    (value, line.place.clone())
}

/// The column decides in the direction asked for; among equals, names from A, unless names themselves are turned round.
fn compare(query: &ListQuery, a: &Spot, b: &Spot) -> Ordering {
    let turned = |order: Ordering, is_turned: bool| if is_turned { order.reverse() } else { order };
    let is_name = query.sort.column == Column::Name;
    turned(a.0.cmp(&b.0), query.sort.is_descending).then_with(|| turned(a.1.cmp(&b.1), query.sort.is_descending && is_name))
}

/// A page of what was put in order.
fn cut(all: &[ListedLine], query: &ListQuery, spot: Option<&Spot>) -> Stretch {
    let size = usize::from(query.size());
    let upto = |spot: &Spot, or_same: bool| {
        all.partition_point(|line| match compare(query, &spot_of(query, line), spot) {
            Ordering::Less => true,
            Ordering::Equal => or_same,
            Ordering::Greater => false,
        })
    };
    let last = all.len().saturating_sub(size);
    let start = match (&query.place, spot) {
        (Place::After(_), Some(spot)) => match upto(spot, true) {
            start if start >= all.len() => last,
            start => start,
        },
        (Place::Before(_), Some(spot)) => upto(spot, false).saturating_sub(size),
        (Place::Last, _) => last,
        (Place::First | Place::After(_) | Place::Before(_), _) => 0,
    };
    let end = all.len().min(start + size);
    Stretch { lines: all[start..end].to_vec(), has_before: start > 0, has_after: end < all.len() }
}
