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
        if stays(service) || (self.counted == today.to_string() && self.today.iter().any(|one| one == name)) {
            return false;
        }
        self.age(today);
        *self.scores.entry(name.to_owned()).or_default() += 1.0;
        self.today.push(name.to_owned());
        true
    }

    /// The tiles of today among those that may be opened: the most used first, then the usual ones. Chosen once a day, so that nothing
    /// moves under a finger; whoever loses a right loses its tile at once. Says whether something was chosen anew.
    pub fn tiles(&mut self, may_open: impl Fn(Service) -> bool, usual: &[Service], today: Date) -> (Vec<Service>, bool) {
        let is_new = self.since != today.to_string();
        if is_new {
            self.age(today);
            let mut used: Vec<(&String, f64)> = self.scores.iter().map(|(name, score)| (name, *score)).collect();
            used.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
            let used = used.into_iter().map(|(name, _)| name.as_str());
            let mut chosen: Vec<String> = Vec::new();
            for name in used.chain(usual.iter().map(|service| service.slug())) {
                if service(name).is_some_and(&may_open) && !chosen.iter().any(|one| one == name) && chosen.len() < MOST {
                    chosen.push(name.to_owned());
                }
            }
            self.shown = chosen;
            self.since = today.to_string();
        }
        (self.shown.iter().filter_map(|name| service(name)).filter(|service| may_open(*service)).collect(), is_new)
    }

    /// Brings the scores to a day. A clock that went back changes nothing.
    fn age(&mut self, today: Date) {
        let days = self.counted.parse::<Date>().map_or(0, |counted| (today - counted).get_days());
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
    fn six_at_most_and_back_and_forth_as_text() {
        let mut habits = Habits::default();
        for service in Service::ALL {
            habits.note(service, MONDAY);
        }
        assert_eq!(habits.tiles(all, &USUAL, MONDAY).0.len(), MOST);
        let text = serde_json::to_string(&habits).unwrap();
        assert_eq!(serde_json::from_str::<Habits>(&text).unwrap(), habits);
        // A clock that goes back an hour over midnight takes nothing away.
        let before = habits.scores.clone();
        habits.note(Service::Dsn, MONDAY.yesterday().unwrap());
        assert!(habits.scores.iter().all(|(name, score)| *score >= before[name]));
    }
}
