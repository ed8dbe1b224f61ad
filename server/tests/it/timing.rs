//! What clocks say of known and unknown, with the real hash. The long version (`make timing`) states a figure; the short one that
//! the answers are the same, so that the measure always runs.

use crate::portal::{Portal, settings};
use jiff::SignedDuration;
use std::time::Instant;

/// How often a sample of `a` is above one of `b`: 0.5 when nothing tells them apart.
fn auc(a: &[f64], b: &[f64]) -> f64 {
    let above: f64 = a
        .iter()
        .map(|x| b.iter().map(|y| if x > y { 1.0 } else { f64::from(u8::from((x - y).abs() < f64::EPSILON)) / 2.0 }).sum::<f64>())
        .sum();
    let share = above / (a.len() as f64 * b.len() as f64);
    share.max(1.0 - share)
}

#[tokio::test(flavor = "multi_thread")]
async fn g4_t09_known_unknown_and_sleeping_logins_take_the_same_time() {
    let long = std::env::var_os("ESPACE_LONG").is_some();
    let samples = if long { 2_000 } else { 12 };
    let portal = Portal::hashing(settings()).await;
    let letters = portal.letters().await;
    portal.owner(&letters[0], "claire@exemple.fr").await;
    portal.browser().open_account(&letters[1], "endormi@exemple.fr").await;
    let logins = ["claire@exemple.fr", "absent@exemple.fr", "endormi@exemple.fr"];
    let mut times = vec![Vec::new(); logins.len()];
    let mut statuses = std::collections::BTreeSet::new();
    for round in 0..samples {
        // One try a quarter: the counters stay out of the way.
        portal.clock.advance(SignedDuration::from_hours(1));
        for turn in 0..logins.len() {
            let which = (turn + round) % logins.len();
            // The dam against floods runs on the real clock: twenty forms a second and address.
            tokio::time::sleep(std::time::Duration::from_millis(if long { 51 } else { 0 })).await;
            let mut browser = portal.browser();
            let start = Instant::now();
            let answer = browser.sign_in(logins[which], "faux mot 12").await;
            times[which].push(start.elapsed().as_secs_f64());
            let page = browser.get(&answer.location()).await;
            statuses.insert((answer.status, answer.location(), page.status));
        }
    }
    assert_eq!(statuses.len(), 1, "one answer for all: {statuses:?}");
    if long {
        for (name, other) in [("unknown", 1), ("sleeping", 2)] {
            let share = auc(&times[0], &times[other]);
            println!("known against {name}: AUC {share:.3} over 2 x {samples}");
            assert!(share <= 0.55, "{name}: {share}");
        }
    }
}
