use crate::support::{from, login, origin, refusal, with_claire};
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::{Origin, Scope};
use std::sync::atomic::Ordering;

#[tokio::test(flavor = "multi_thread")]
async fn g1_t01_ten_tries_reach_the_hasher_in_a_quarter_whatever_the_spelling_and_the_address() {
    let bench = with_claire().await;
    let before = bench.hasher.verified.load(Ordering::SeqCst);
    let spellings = ["claire@exemple.fr", "CLAIRE@EXEMPLE.FR", " claire@exemple.fr ", "Claire@Exemple.Fr"];
    let tasks: Vec<_> = (0..200)
        .map(|number| {
            let services = bench.services.clone();
            let draft = SignInDraft { email: spellings[number % 4].into(), password: format!("faux {number}"), next: String::new() };
            tokio::spawn(async move { services.sign_in(&draft, &from(&format!("198.51.100.{number}"))).await })
        })
        .collect();
    for task in tasks {
        refusal(task.await.unwrap());
    }
    let tried = bench.hasher.verified.load(Ordering::SeqCst) - before;
    assert!((1..=10).contains(&tried), "{tried} guesses reached the hasher");
    assert!(
        matches!(refusal(bench.services.sign_in(&login("grue Tour 12"), &origin()).await), Refusal::TooMany { .. }),
        "even the right one waits"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn t02_the_owner_gets_in_from_a_known_browser_while_strangers_guess() {
    let bench = with_claire().await;
    let known = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().device;
    for number in 0..20 {
        let _ = bench.services.sign_in(&login("faux"), &from(&format!("198.51.100.{number}"))).await;
    }
    let owner = Origin { device: Some(known.clone()), ..origin() };
    bench.services.sign_in(&login("grue Tour 12"), &owner).await.unwrap();
    let other = services::Device { login: "autre".into(), ..known.clone() };
    let stranger = Origin { device: Some(other), ..origin() };
    assert!(
        matches!(refusal(bench.services.sign_in(&login("grue Tour 12"), &stranger).await), Refusal::TooMany { .. }),
        "the cookie of another account"
    );
    // A copied cookie: ten wrong tries lock that cookie alone.
    for _ in 0..11 {
        let _ = bench.services.sign_in(&login("faux"), &owner).await;
    }
    assert!(matches!(refusal(bench.services.sign_in(&login("grue Tour 12"), &owner).await), Refusal::TooMany { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_unknown_and_wrong_are_one_answer() {
    let bench = with_claire().await;
    let unknown = SignInDraft { email: "inconnu@exemple.fr".into(), password: "grue Tour 12".into(), next: String::new() };
    assert_eq!(refusal(bench.services.sign_in(&unknown, &origin()).await), Refusal::WrongCredentials);
    assert_eq!(refusal(bench.services.sign_in(&login("faux"), &origin()).await), Refusal::WrongCredentials);
}

#[tokio::test(flavor = "multi_thread")]
async fn t17_t20_sessions_are_new_at_each_login_end_by_hand_and_by_time() {
    let bench = with_claire().await;
    let visit = |cookie: String| {
        let services = bench.services.clone();
        async move { services.visit(&cookie, Scope::All).await.unwrap() }
    };
    let first = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().session.0;
    let over = Origin { session: Some(first.clone()), ..origin() };
    let second = bench.services.sign_in(&login("grue Tour 12"), &over).await.unwrap().signed_in().unwrap().session.0;
    assert_ne!(first, second);
    assert!(visit(first).await.is_none(), "the former session ends with the login");
    assert!(visit("planté".into()).await.is_none(), "a planted id opens nothing");

    bench.clock.advance(SignedDuration::from_mins(29));
    assert!(visit(second.clone()).await.is_some());
    bench.clock.advance(SignedDuration::from_mins(29));
    assert!(visit(second.clone()).await.is_some(), "use keeps it alive");
    bench.clock.advance(SignedDuration::from_mins(31));
    assert!(visit(second).await.is_none(), "thirty idle minutes end it");

    let third = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().session.0;
    for _ in 0..24 {
        bench.clock.advance(SignedDuration::from_mins(25));
        visit(third.clone()).await;
    }
    assert!(visit(third).await.is_none(), "ten hours end it in any case");

    let fourth = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().session.0;
    bench.services.sign_out(&fourth).await.unwrap();
    assert!(visit(fourth).await.is_none(), "S86");
}

#[tokio::test(flavor = "multi_thread")]
async fn s57_d10_a_person_sees_their_sites_and_no_other() {
    let bench = with_claire().await;
    let session = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().session.0;
    let actor = bench.services.visit(&session, Scope::All).await.unwrap().unwrap().session.actor;
    let sites = bench.services.my_sites(&actor, "").await.unwrap();
    assert_eq!(sites.len(), 1);
    assert_eq!(sites[0].site.siret.as_str(), "00123458200011");
    assert!(bench.services.home(&actor, &sites[0].site.id).await.unwrap().alerts.is_some());
    let foreign = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
    assert_eq!(refusal(bench.services.home(&actor, &foreign).await), Refusal::NotFound);
    assert_eq!(refusal(bench.services.dsn_alerts(&actor, &foreign).await), Refusal::NotFound);
    assert!(bench.services.my_sites(&actor, "valence").await.unwrap().is_empty(), "the search reaches no further");
    assert_eq!(bench.services.my_sites(&actor, "maconnerie LYON").await.unwrap().len(), 1);
    assert_eq!(bench.services.my_sites(&actor, "001 234 582").await.unwrap().len(), 1);
}

/// Sized for every run; `ESPACE_LONG` makes it the whole attack.
fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("ESPACE_LONG").is_some() { long } else { short }
}

#[tokio::test(flavor = "multi_thread")]
async fn g2_the_owner_gets_in_every_time_while_the_account_is_attacked() {
    let bench = with_claire().await;
    let device = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().device;
    let rounds = times(10, 50);
    let mut entered = 0;
    for round in 0..rounds {
        for number in 0..10 {
            let _ = bench.services.sign_in(&login("faux"), &from(&format!("198.51.{round}.{number}"))).await;
        }
        let owner = Origin { device: Some(device.clone()), ..origin() };
        entered += usize::from(bench.services.sign_in(&login("grue Tour 12"), &owner).await.is_ok());
    }
    assert_eq!(entered, rounds);
}

#[tokio::test(flavor = "multi_thread")]
async fn g3_stuffing_many_accounts_is_bounded_by_address() {
    let bench = with_claire().await;
    let (addresses, tries) = (times(2, 20), times(130, 500));
    for address in 0..addresses {
        let before = bench.hasher.verified.load(Ordering::SeqCst);
        for number in 0..tries {
            let draft = SignInDraft { email: format!("p{number}@exemple.fr"), password: "faux".into(), next: String::new() };
            let _ = bench.services.sign_in(&draft, &from(&format!("203.0.113.{address}"))).await;
        }
        let verified = bench.hasher.verified.load(Ordering::SeqCst) - before;
        assert_eq!(verified, 100, "an hour of one address");
    }
}
