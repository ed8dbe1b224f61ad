//! Tiles that follow what somebody uses on a site (S82, S83, A24).

use super::Service;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most tiles that follow, beside the two that stay.
pub const MOST: usize = 6;
/// Days after which a day of use counts half.
const HALF: f64 = 30.0;
/// What counts less than this is forgotten.
const LEAST: f64 = 0.05;

/// What somebody used on a site, and the tiles they were shown last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Habits {
    /// Days of use of each service, by its name in addresses, as they count on `counted`.
    scores: BTreeMap<String, f64>,
    /// The day the scores are of.
    counted: String,
    /// What was used on that day already: a service counts once a day, however often it is opened.
    today: Vec<String>,
    /// The tiles of the day `since`.
    shown: Vec<String>,
    /// The day they were chosen: they stay for that day.
    since: String,
}

/// Services with a tile of their own that stays, or that stand elsewhere on the page.
const fn stays(service: Service) -> bool {
    matches!(service, Service::Documents | Service::Questions | Service::Contact)
}

impl Habits {
    /// Notes that a service is used. Whether that changes anything: only its first use on a day does.
    pub fn note(&mut self, service: Service, today: Date) -> bool {
        let name = service.slug();
        if stays(service) {
            return false;
        }
        // Where that changes anything, it is another day, and nothing was used on it yet.
        self.age(today);
        if self.today.iter().any(|one| one == name) {
            return false;
        }
        *self.scores.entry(name.to_owned()).or_default() += 1.0;
        self.today.push(name.to_owned());
        true
    }

    /// The tiles of today among those that may be opened: the most used first, then the usual ones. Chosen once a day, so that nothing
    /// moves under a finger; whoever loses a right loses its tile at once, and the usual tile of one that was gained stands at the end.
    /// Says whether something was chosen anew.
    pub fn tiles(&mut self, may_open: impl Fn(Service) -> bool, usual: &[Service], today: Date) -> (Vec<Service>, bool) {
        let mut is_new = self.since != today.to_string();
        if is_new {
            self.age(today);
            let used = self.scores().into_iter().map(|(name, _)| name);
            let mut chosen: Vec<String> = Vec::new();
            for name in used.chain(usual.iter().map(|service| service.slug())) {
                if service(name).is_some_and(&may_open) && !chosen.iter().any(|one| one == name) && chosen.len() < MOST {
                    chosen.push(name.to_owned());
                }
            }
            self.shown = chosen;
            self.since = today.to_string();
        }
        let mut tiles: Vec<Service> = self.shown.iter().filter_map(|name| service(name)).filter(|one| may_open(*one)).collect();
        for one in usual {
            if tiles.len() < MOST && !tiles.contains(one) && service(one.slug()).is_some_and(&may_open) {
                self.shown.push(one.slug().to_owned());
                tiles.push(*one);
                is_new = true;
            }
        }
        // Rights that were lost and came back within the day.
        tiles.truncate(MOST);
        (tiles, is_new)
    }

    /// Days of use of each service, by its name in addresses, the most used first, as they count on [`Habits::counted`].
    #[must_use]
    pub fn scores(&self) -> Vec<(&str, f64)> {
        let mut used: Vec<(&str, f64)> = self.scores.iter().map(|(name, score)| (name.as_str(), *score)).collect();
        used.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
        used
    }

    /// The day the scores are of; none while nothing was used.
    #[must_use]
    pub fn counted(&self) -> Option<Date> {
        self.counted.parse().ok()
    }

    /// What was used on that day, by its name in addresses.
    #[must_use]
    pub fn used(&self) -> &[String] {
        &self.today
    }

    /// The tiles that were shown last, by their names in addresses, and their day; none while no home was opened.
    #[must_use]
    pub fn shown(&self) -> Option<(Date, &[String])> {
        Some((self.since.parse().ok()?, self.shown.as_slice()))
    }

    /// Brings the scores to a day. A clock that went back changes nothing.
    fn age(&mut self, today: Date) {
        let days = self.counted.parse::<Date>().map_or(0, |counted| (today - counted).get_days());
        if days < 0 {
            return;
        }
        if days > 0 {
            let share = 0.5_f64.powf(f64::from(days) / HALF);
            self.scores.values_mut().for_each(|score| *score *= share);
            self.scores.retain(|_, score| *score >= LEAST);
        }
        if self.counted != today.to_string() {
            self.today.clear();
            self.counted = today.to_string();
        }
    }
}

fn service(name: &str) -> Option<Service> {
    Service::ALL.into_iter().find(|service| service.slug() == name && !stays(*service))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;

    const MONDAY: Date = date(2026, 11, 23);
    const USUAL: [Service; 3] = [Service::Dsn, Service::Staff, Service::AccessRights];

    fn all(_: Service) -> bool {
        true
    }

    #[test]
    fn s83_a24_tiles_follow_use_and_stay_still_within_a_day() {
        let mut habits = Habits::default();
        assert_eq!(habits.tiles(all, &USUAL, MONDAY), (USUAL.to_vec(), true), "nothing is known yet");
        assert!(habits.note(Service::Refunds, MONDAY));
        assert!(!habits.note(Service::Refunds, MONDAY), "once a day");
        assert!(!habits.note(Service::Contact, MONDAY), "what stays has no score");
        assert_eq!(habits.tiles(all, &USUAL, MONDAY), (USUAL.to_vec(), false), "still today");
        let tuesday = MONDAY.tomorrow().unwrap();
        habits.note(Service::AccessRights, tuesday);
        let (tiles, _) = habits.tiles(all, &USUAL, tuesday);
        assert_eq!(tiles, [Service::AccessRights, Service::Refunds, Service::Dsn, Service::Staff], "yesterday's day counts a little less");
        let mut third = habits.clone();
        for _ in 0..40 {
            third.note(Service::Staff, tuesday);
        }
        assert_eq!(third.tiles(all, &USUAL, tuesday).0, tiles);
    }

    #[test]
    fn a_day_of_use_counts_half_after_a_month_and_is_forgotten_in_the_end() {
        let mut habits = Habits::default();
        habits.note(Service::Refunds, MONDAY);
        habits.note(Service::Absences, MONDAY.saturating_add(1.day()));
        habits.note(Service::Refunds, MONDAY.saturating_add(40.days()));
        let (tiles, _) = habits.tiles(all, &[], MONDAY.saturating_add(41.days()));
        assert_eq!(tiles, [Service::Refunds, Service::Absences]);
        assert_eq!(habits.tiles(all, &[], MONDAY.saturating_add(400.days())).0, []);
    }

    #[test]
    fn d10_a_tile_never_leads_to_a_page_that_is_refused() {
        let mut habits = Habits::default();
        habits.note(Service::Refunds, MONDAY);
        habits.tiles(all, &USUAL, MONDAY);
        let without = |service| service != Service::Staff && service != Service::Refunds;
        assert_eq!(habits.tiles(without, &USUAL, MONDAY).0, [Service::Dsn, Service::AccessRights], "lost within the day");
        let tomorrow = MONDAY.tomorrow().unwrap();
        assert_eq!(habits.tiles(without, &USUAL, tomorrow).0, [Service::Dsn, Service::AccessRights]);
    }

    #[test]
    fn a_tile_of_a_right_gained_within_the_day_stands_at_the_end_at_once() {
        let mut habits = Habits::default();
        assert_eq!(habits.tiles(|_| false, &[], MONDAY), (vec![], true), "no right yet");
        assert_eq!(habits.tiles(|_| false, &[], MONDAY), (vec![], false));
        assert_eq!(habits.tiles(all, &USUAL[1..2], MONDAY), (vec![Service::Staff], true));
        let all_three = vec![Service::Staff, Service::Dsn, Service::AccessRights];
        assert_eq!(habits.tiles(all, &USUAL, MONDAY), (all_three.clone(), true), "what was there does not move");
        assert_eq!(habits.tiles(all, &USUAL, MONDAY), (all_three, false));
        // Six that are lost make room; when they come back, they stand where they stood, and there are still six.
        let mut full = Habits::default();
        for service in Service::ALL {
            full.note(service, MONDAY);
        }
        let (six, _) = full.tiles(all, &[], MONDAY);
        let lost = six.clone();
        let others = full.tiles(|service| !lost.contains(&service), &Service::ALL, MONDAY).0;
        assert!(!others.is_empty() && others.len() <= MOST && others.iter().all(|service| !stays(*service)), "{others:?}");
        assert_eq!(full.tiles(all, &Service::ALL, MONDAY), (six, false));
    }

    #[test]
    fn six_at_most_and_back_and_forth_as_text() {
        let mut habits = Habits::default();
        for service in Service::ALL {
            habits.note(service, MONDAY);
        }
        assert_eq!(habits.tiles(all, &USUAL, MONDAY).0.len(), MOST);
        let text = serde_json::to_string(&habits).unwrap();
        assert_eq!(serde_json::from_str::<Habits>(&text).unwrap(), habits);
        // A clock that goes back an hour over midnight changes nothing, and what was used is not counted a second time.
        let before = habits.clone();
        let sunday = MONDAY.yesterday().unwrap();
        assert!(!habits.note(Service::Dsn, sunday) && !habits.note(Service::Dsn, MONDAY));
        assert_eq!(habits, before);
        let mut one = Habits::default();
        one.note(Service::Refunds, MONDAY);
        assert!(one.note(Service::Dsn, sunday) && !one.note(Service::Dsn, sunday), "the day before counts with the day that was known");
        assert_eq!((one.counted(), one.used()), (Some(MONDAY), &["remboursements".to_owned(), "suivi-dsn".to_owned()][..]));
    }
}
