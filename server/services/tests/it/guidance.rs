//! What the portal's help remembers, from outside.

use crate::support::{PASSWORD, enter, enter_as, invite, join, site, visit, with_claire};
use domain::home::Service;
use jiff::SignedDuration;
use services::Guided;

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test(flavor = "multi_thread")]
async fn s82_s83_tiles_follow_a_person_on_a_site_from_the_next_day_on() {
    let bench = with_claire().await;
    let claire = enter(&bench, PASSWORD).await;
    let site = site(&claire);
    invite(&bench, &claire, "paul@exemple.fr", "documents:consultation").await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    let usual = bench.services.learned_tiles(&claire, &site).await.unwrap();
    assert_eq!(usual[0], Service::Dsn);
    for _ in 0..3 {
        bench.services.note_use(&claire, &site, Service::Refunds).await.unwrap();
    }
    assert_eq!(bench.services.learned_tiles(&claire, &site).await.unwrap(), usual, "nothing moves today");
    bench.clock.advance(DAY);
    let claire = enter(&bench, PASSWORD).await;
    assert_eq!(bench.services.learned_tiles(&claire, &site).await.unwrap()[0], Service::Refunds);
    // Somebody else's are their own, and what they may not open is never among them.
    bench.services.note_use(&paul, &site, Service::Refunds).await.unwrap();
    bench.clock.advance(DAY);
    let paul = enter_as(&bench, "paul@exemple.fr", "Trois pins verts 9").await;
    assert!(!bench.services.learned_tiles(&paul, &site).await.unwrap().contains(&Service::Refunds));
}

#[tokio::test(flavor = "multi_thread")]
async fn s83_uses_noted_at_the_same_moment_are_all_counted_and_leave_the_choice_of_the_day() {
    // None of them is among the usual ones: a use that was lost shows.
    const USES: [Service; 4] = [Service::LegalInformation, Service::Refunds, Service::DocumentSearch, Service::Profile];
    let bench = with_claire().await;
    let claire = enter(&bench, PASSWORD).await;
    let (place, other) = (site(&claire), bench.another().await);
    let uses: Vec<_> = USES
        .into_iter()
        .enumerate()
        .map(|(number, service)| {
            let services = if number % 2 == 0 { bench.services.clone() } else { other.clone() };
            let (claire, place) = (claire.clone(), place.clone());
            tokio::spawn(async move { services.note_use(&claire, &place, service).await })
        })
        .collect();
    let chosen = bench.services.learned_tiles(&claire, &place).await.unwrap();
    for one in uses {
        one.await.unwrap().unwrap();
    }
    assert_eq!(bench.services.learned_tiles(&claire, &place).await.unwrap(), chosen, "what is chosen today stays");
    bench.clock.advance(DAY);
    let claire = enter(&bench, PASSWORD).await;
    let tiles = bench.services.learned_tiles(&claire, &place).await.unwrap();
    assert!(USES.iter().all(|service| tiles[..USES.len()].contains(service)), "{tiles:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s94_s95_what_was_read_and_taken_is_a_person_s_own_and_goes_with_them() {
    let bench = with_claire().await;
    let claire = enter(&bench, PASSWORD).await;
    let tours = ["accueil", "accueil", "droits"].map(Guided::Tour);
    for what in [Guided::News("a"), Guided::Announced("b"), Guided::Folded(true)].into_iter().chain(tours) {
        bench.services.remember(&claire, what).await.unwrap();
    }
    let again = visit(&bench, &claire.key.0).await.unwrap();
    let known = bench.services.home(&again.session.actor, &site(&again)).await.unwrap().guidance;
    assert_eq!((known.news.as_deref(), known.tours, known.folded), (Some("a"), vec!["accueil".to_owned(), "droits".to_owned()], true));
    assert_eq!(known.announced.as_deref(), Some("b"), "what was put away is not what was read");
    assert_eq!(bench.services.guidance(&claire).await.unwrap().announced, known.announced);
    bench.services.remember(&claire, Guided::Folded(false)).await.unwrap();
    assert!(!bench.services.home(&again.session.actor, &site(&again)).await.unwrap().guidance.folded);
}

#[tokio::test(flavor = "multi_thread")]
async fn s92_opinions_are_counted_without_names() {
    let bench = with_claire().await;
    for helped in [true, false, false] {
        bench.services.note_opinion("courrier-non-recu", helped).await.unwrap();
    }
    bench.services.note_opinion("se-connecter", true).await.unwrap();
    let said: Vec<_> = bench.services.opinions().await.unwrap().into_iter().map(|one| (one.question, one.yes, one.no)).collect();
    assert_eq!(said, [("courrier-non-recu".to_owned(), 1, 2), ("se-connecter".to_owned(), 1, 0)]);
}
