//! G21: instances on one database whose clocks differ by half a minute, as two machines' do.

use crate::support::{PASSWORD, enter, enter_as, join, login, mails, origin, refusal, secret, site, visit, who, with_claire};
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::identity::account::ResetDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::testing::{Bench, MemoryMailbox};
use std::sync::atomic::Ordering;

const SKEW: SignedDuration = SignedDuration::from_secs(30);

/// Claire's portal on two instances.
async fn two() -> (Bench, Bench) {
    let late = with_claire().await;
    let early = late.ahead(SKEW).await;
    (late, early)
}

fn move_both(both: &(Bench, Bench), by: SignedDuration) {
    both.0.clock.advance(by);
    both.1.clock.advance(by);
}

#[tokio::test(flavor = "multi_thread")]
async fn g21_a_session_of_either_instance_lives_on_both_and_ends_on_both() {
    let both = two().await;
    for (here, there) in [(&both.0, &both.1), (&both.1, &both.0)] {
        let session = enter(here, PASSWORD).await.key.0;
        for minutes in [1, 14, 29] {
            move_both(&both, SignedDuration::from_mins(minutes));
            assert!(visit(there, &session).await.is_some() && visit(here, &session).await.is_some(), "used within half an hour");
        }
        move_both(&both, SignedDuration::from_mins(31));
        assert!(visit(here, &session).await.is_none() && visit(there, &session).await.is_none(), "idle for longer");
        // Logged out on one, it is over on the other, whose clock says it was used a moment ago.
        let session = enter(here, PASSWORD).await.key.0;
        there.services.sign_out(&session).await.unwrap();
        assert!(visit(here, &session).await.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g21_g1_a_guesser_who_goes_from_one_to_the_other_gains_nothing() {
    let both = two().await;
    let before = both.0.hasher.verified.load(Ordering::SeqCst);
    let mut seconds = 0;
    while seconds < 900 {
        for bench in [&both.0, &both.1] {
            assert!(bench.services.sign_in(&login("faux mot 12"), &origin()).await.is_err());
        }
        move_both(&both, SignedDuration::from_secs(5));
        seconds += 5;
    }
    let looked = both.0.hasher.verified.load(Ordering::SeqCst) - before;
    assert!((5..=10).contains(&looked), "{looked} looked at in a quarter of an hour");
}

#[tokio::test(flavor = "multi_thread")]
async fn g21_t06_a_link_serves_once_and_not_past_its_hour_by_the_clock_that_is_ahead() {
    let both = two().await;
    let ask = async |bench: &Bench| {
        move_both(&both, SignedDuration::from_mins(2));
        bench.services.ask_reset("claire@exemple.fr", &origin()).await.unwrap();
        mails(bench).await.iter().rev().find_map(secret).expect("a link")
    };
    let reset = |password: &str| ResetDraft { password: password.into(), password_confirmation: password.into() };
    // Issued by either, used on the other, once.
    for (here, there, password) in [(&both.0, &both.1, "Trois pins verts 9"), (&both.1, &both.0, "Quatre pins bleus 8")] {
        let link = ask(here).await;
        there.services.reset_password(&link, &reset(password), &origin()).await.unwrap();
        assert_eq!(refusal(here.services.reset_password(&link, &reset(PASSWORD), &origin()).await), Refusal::DeadLink);
    }
    // Both say that it is over once its hour has come on the instance that is behind.
    let link = ask(&both.0).await;
    move_both(&both, SignedDuration::from_hours(24));
    for bench in [&both.0, &both.1] {
        assert_eq!(refusal(bench.services.reset_password(&link, &reset(PASSWORD), &origin()).await), Refusal::DeadLink);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g21_a_right_ends_on_each_instance_within_the_skew() {
    let both = two().await;
    let claire = enter(&both.0, PASSWORD).await;
    let there = site(&claire);
    let until = BeneficiaryDraft { ends: "2026-11-24".into(), ..who("paul@exemple.fr") };
    both.0.services.delegate(&claire, &there, &until, &crate::support::grid("dsn:update"), None, &origin()).await.unwrap();
    join(&both.0, "paul@exemple.fr", "Paul", "Girard").await;
    // From 24 November, 11:00 in Paris, to fifteen seconds before midnight on one and a quarter of a minute past it on the other.
    move_both(&both, SignedDuration::from_secs(13 * 3600 - 15));
    let paul = enter_as(&both.0, "paul@exemple.fr", "Trois pins verts 9").await.key.0;
    let reads = async |bench: &Bench| {
        let paul = visit(bench, &paul).await.unwrap();
        bench.services.note_dsn(&paul, &there, &origin()).await.is_ok()
    };
    assert_eq!((reads(&both.0).await, reads(&both.1).await), (true, false), "each by its own clock");
    move_both(&both, SKEW);
    assert_eq!((reads(&both.0).await, reads(&both.1).await), (false, false));
}

#[tokio::test(flavor = "multi_thread")]
async fn g21_g19_a_message_leased_by_one_is_not_sent_by_the_other() {
    let both = two().await;
    move_both(&both, SignedDuration::from_mins(2));
    both.0.services.ask_reset("claire@exemple.fr", &origin()).await.unwrap();
    both.0.services.deliver_due(MemoryMailbox::default().outlets()).await.unwrap();
    let mailbox = MemoryMailbox::default();
    let (one, other) = tokio::join!(both.0.services.deliver_due(mailbox.outlets()), both.1.services.deliver_due(mailbox.outlets()));
    assert_eq!((one.unwrap() + other.unwrap(), mailbox.sent.into_inner().unwrap().len()), (1, 1));
}
