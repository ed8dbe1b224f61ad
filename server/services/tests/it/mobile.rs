//! A mobile and its certification (S31–S34, A13), and what SMS may cost.

use crate::support::{PASSWORD, enter, from, origin, reason, refusal, with_claire};
use domain::form::Reason;
use domain::identity::account::ContactDraft;
use domain::identity::phone::Phone;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::testing::{Bench, MemoryMailbox};
use services::{Alarm, Rules, Watch};

fn contact(mobile: &str, current: &str) -> ContactDraft {
    ContactDraft {
        first: "Claire".into(),
        last: "Martin".into(),
        mobile: mobile.into(),
        current: current.into(),
        ..ContactDraft::default()
    }
}

/// The code of the newest SMS.
async fn sms(bench: &Bench) -> Option<(String, String)> {
    let mailbox = MemoryMailbox::default();
    while bench.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
    let sms = mailbox.texted.into_inner().unwrap().pop()?;
    Some((sms.to, sms.code?))
}

#[tokio::test(flavor = "multi_thread")]
async fn s32_s33_a13_a_mobile_is_certified_by_its_code_and_another_one_is_not() {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    let number = Phone::parse("06 12 34 56 78").unwrap();
    bench.services.send_sms_code(&visit, &number, &origin()).await.unwrap();
    let (to, code) = sms(&bench).await.unwrap();
    assert_eq!(to, "+33612345678");
    let other = Phone::parse("06 99 99 99 99").unwrap();
    assert_eq!(
        reason(bench.services.certify_mobile(&visit, &other, &code, &origin()).await, "sms"),
        Some(Reason::WrongCode),
        "T12: not for another number"
    );
    bench.services.certify_mobile(&visit, &number, &code, &origin()).await.unwrap();
    assert!(bench.services.profile(&visit).await.unwrap().is_certified);
    assert_eq!(reason(bench.services.certify_mobile(&visit, &number, &code, &origin()).await, "sms"), Some(Reason::WrongCode), "once");
    bench.services.change_contact(&visit, &contact("06 12 34 56 78", ""), &origin()).await.unwrap();
    assert!(bench.services.profile(&visit).await.unwrap().is_certified, "the same number stays certified");
    bench.services.change_contact(&visit, &contact("06 99 99 99 99", ""), &origin()).await.unwrap();
    assert!(!bench.services.profile(&visit).await.unwrap().is_certified, "another one is not");
    assert_eq!(bench.services.text_certified("Bonjour").await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn t12_five_tries_ten_minutes_five_codes_a_day() {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    let number = Phone::parse("0612345678").unwrap();
    bench.services.send_sms_code(&visit, &number, &origin()).await.unwrap();
    let (_, code) = sms(&bench).await.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    // Six at once: five are looked at, and then even the right one is void.
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (services, visit, number) = (bench.services.clone(), visit.clone(), number.clone());
            tokio::spawn(async move { services.certify_mobile(&visit, &number, wrong, &origin()).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(reason(task.await.unwrap(), "sms"), Some(Reason::WrongCode));
    }
    assert_eq!(reason(bench.services.certify_mobile(&visit, &number, &code, &origin()).await, "sms"), Some(Reason::WrongCode));
    assert!(matches!(refusal(bench.services.send_sms_code(&visit, &number, &origin()).await), Refusal::TooMany { .. }), "within a minute");
    bench.clock.advance(SignedDuration::from_secs(61));
    bench.services.send_sms_code(&visit, &number, &origin()).await.unwrap();
    let (_, newer) = sms(&bench).await.unwrap();
    bench.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(reason(bench.services.certify_mobile(&visit, &number, &newer, &origin()).await, "sms"), Some(Reason::WrongCode), "too late");
    let mut sent = 2;
    for _ in 0..10 {
        bench.clock.advance(SignedDuration::from_secs(61));
        sent += usize::from(bench.services.send_sms_code(&visit, &number, &origin()).await.is_ok());
    }
    assert_eq!(sent, 5, "a day's budget");
}

#[tokio::test(flavor = "multi_thread")]
async fn t64_beyond_the_day_s_number_no_code_leaves_and_an_alarm_does_once() {
    let bench = with_claire().await;
    let services = bench.services.clone().with_rules(Rules { sms_per_day: 3, ..Rules::default() });
    let visit = enter(&bench, PASSWORD).await;
    let watcher = [domain::identity::email::Email::parse("exploitation@exemple.fr").unwrap()];
    let mut sent = 0;
    for number in 0..6 {
        assert_eq!(services.raise_alarms(&watcher).await.unwrap().len(), usize::from(number == 3), "at the third, once");
        bench.clock.advance(SignedDuration::from_secs(61));
        let phone = Phone::parse(&format!("06 12 34 56 {number}0")).unwrap();
        sent += usize::from(services.send_sms_code(&visit, &phone, &from(&format!("192.0.2.{number}"))).await.is_ok());
    }
    assert_eq!(sent, 3);
    let mailbox = MemoryMailbox::default();
    while services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
    let mails = mailbox.sent.into_inner().unwrap();
    assert_eq!(mails.iter().filter(|mail| mail.to == "exploitation@exemple.fr").count(), 1);
    bench.clock.advance(SignedDuration::from_hours(25));
    assert!(services.raise_alarms(&watcher).await.unwrap().is_empty(), "a new day");
    let visit = enter(&bench, PASSWORD).await;
    services.send_sms_code(&visit, &Phone::parse("0612345678").unwrap(), &origin()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn g3_guesses_over_many_accounts_are_bounded_by_address_and_raise_one_alarm() {
    let bench = with_claire().await;
    let services = bench.services.clone().with_rules(Rules { alarming_guesses: 40, ..Rules::default() });
    let other = services.clone();
    assert!(services.raise_alarms(&[]).await.unwrap().is_empty(), "Claire's own logins are no guesses");
    let mut looked_at = 0;
    for number in 0..130 {
        let draft = domain::identity::sign_in::SignInDraft {
            email: format!("personne{number}@exemple.fr"),
            password: "faux Mot 99".into(),
            next: String::new(),
        };
        match refusal(services.sign_in(&draft, &from("203.0.113.5")).await) {
            Refusal::WrongCredentials => looked_at += 1,
            Refusal::TooMany { .. } => {}
            unexpected => panic!("{unexpected:?}"),
        }
    }
    assert_eq!(looked_at, 100, "one address, one hour");
    let (first, second) = tokio::join!(services.raise_alarms(&[]), other.raise_alarms(&[]));
    let raised: Vec<Alarm> = first.unwrap().into_iter().chain(second.unwrap()).collect();
    assert_eq!(raised, [Alarm { watch: Watch::Guesses, number: 100 }], "whichever instance looks first");
    bench.clock.advance(SignedDuration::from_mins(16));
    assert!(services.raise_alarms(&[]).await.unwrap().is_empty(), "they are over");
}
