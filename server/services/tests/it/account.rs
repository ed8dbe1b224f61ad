//! The life of an account: passwords, addresses, contact, devices, certification.

use crate::support::{PASSWORD, enter, from, login, mails, origin, reason, refusal, secret, visit, with_claire};
use domain::form::Reason;
use domain::identity::account::{EmailDraft, PasswordDraft, ResetDraft};
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::ports::{MailContent, OutgoingMail};
use services::testing::Bench;
use services::{Fault, Origin, Purpose};
use std::sync::atomic::Ordering;

const NEW: &str = "sable Chaud 27";

fn email(new: &str, current: &str) -> EmailDraft {
    EmailDraft { email: new.into(), email_confirmation: new.into(), current: current.into(), ..EmailDraft::default() }
}

fn reset(password: &str) -> ResetDraft {
    ResetDraft { password: password.into(), password_confirmation: password.into() }
}

fn change(current: &str, new: &str) -> PasswordDraft {
    PasswordDraft { current: current.into(), password: new.into(), password_confirmation: new.into(), ..PasswordDraft::default() }
}

fn of(mails: &[OutgoingMail], purpose: Purpose) -> String {
    mails.iter().rev().find(|mail| mail.content.purpose() == Some(purpose)).and_then(secret).expect("a mail with this link")
}

async fn asked_reset(bench: &Bench) -> String {
    bench.clock.advance(SignedDuration::from_mins(2));
    bench.services.ask_reset("claire@exemple.fr", &origin()).await.unwrap();
    of(&mails(bench).await, Purpose::Reset)
}

async fn sign(bench: &Bench, address: &str, password: &str) -> Result<(), Fault> {
    let draft = SignInDraft { email: address.into(), password: password.into(), next: String::new() };
    bench.services.sign_in(&draft, &from("203.0.113.9")).await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn s70_t18_a_reset_ends_every_session_and_serves_once() {
    let bench = with_claire().await;
    let before = enter(&bench, PASSWORD).await;
    let link = asked_reset(&bench).await;
    assert_eq!(reason(bench.services.reset_password(&link, &reset("court"), &origin()).await, "password"), Some(Reason::TooShort));
    assert_eq!(reason(bench.services.reset_password(&link, &reset("Martin 2026!"), &origin()).await, "password"), Some(Reason::Personal));
    bench.services.reset_password(&link, &reset(NEW), &origin()).await.unwrap();
    assert!(visit(&bench, &before.key.0).await.is_none(), "older sessions are dead at once");
    assert_eq!(refusal(sign(&bench, "claire@exemple.fr", PASSWORD).await), Refusal::WrongCredentials);
    sign(&bench, "claire@exemple.fr", NEW).await.unwrap();
    assert_eq!(refusal(bench.services.reset_password(&link, &reset(PASSWORD), &origin()).await), Refusal::DeadLink);
    let told = mails(&bench).await;
    assert!(told.iter().any(|mail| matches!(mail.content, MailContent::PasswordChanged { .. })), "T60");
}

#[tokio::test(flavor = "multi_thread")]
async fn t06_reset_links_die_at_their_hour_and_by_a_newer_one() {
    let bench = with_claire().await;
    let first = asked_reset(&bench).await;
    let second = asked_reset(&bench).await;
    assert_eq!(refusal(bench.services.reset_password(&first, &reset(NEW), &origin()).await), Refusal::DeadLink, "newest only");
    bench.clock.advance(SignedDuration::from_secs(3599));
    assert!(bench.services.is_link_live(Purpose::Reset, &second).await.unwrap(), "a second before its end");
    bench.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(refusal(bench.services.reset_password(&second, &reset(NEW), &origin()).await), Refusal::DeadLink, "at its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn t04_without_a_link_or_with_another_account_s_nothing_changes() {
    let bench = with_claire().await;
    for forged in ["", "x", &"A".repeat(43)] {
        assert_eq!(refusal(bench.services.reset_password(forged, &reset(NEW), &origin()).await), Refusal::DeadLink);
    }
    sign(&bench, "claire@exemple.fr", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn t05_one_mail_at_most_and_only_to_the_stored_address() {
    let bench = with_claire().await;
    for (number, typed) in [
        "claire@exemple.fr,b@y.fr",
        "claire@exemple.fr\nbcc:b@y.fr",
        "claıre@exemple.fr",
        "\u{ff43}laire@exemple.fr",
        "claire@ex\u{e9}mple.fr",
        "claire@exemple.fr ; b@y.fr",
    ]
    .iter()
    .enumerate()
    {
        let _ = bench.services.ask_reset(typed, &from(&format!("198.51.100.{number}"))).await;
        let sent = mails(&bench).await;
        assert!(sent.iter().all(|mail| mail.to == "claire@exemple.fr") && sent.len() <= 1, "{typed:?}: {sent:?}");
        assert!(sent.is_empty(), "look-alikes match nothing: {typed:?}");
    }
    bench.services.ask_reset(" CLAIRE@Exemple.FR ", &origin()).await.unwrap();
    assert_eq!(mails(&bench).await.into_iter().map(|mail| mail.to).collect::<Vec<_>>(), ["claire@exemple.fr"]);
}

/// Every purpose of a link, each at every place that consumes one: only the diagonal works.
#[tokio::test(flavor = "multi_thread")]
async fn t06_g5_each_link_opens_its_own_door_only() {
    for row in Purpose::ALL {
        for column in Purpose::ALL {
            let (bench, link) = with_link(row).await;
            let outcome = match column {
                Purpose::Activation => bench.services.activate(&link).await,
                Purpose::EmailChange => bench.services.finish_email_change(&link).await,
                Purpose::Revert => bench.services.revert_email(&link).await,
                Purpose::Certification => bench.services.certify_email(&link).await,
                Purpose::Reset => bench.services.reset_password(&link, &reset(NEW), &origin()).await,
                Purpose::Alarm => bench.services.sound_alarm(&link).await,
                Purpose::Invitation => bench.services.accept_as_new(&link, &crate::support::person("Paul", "Girard"), &origin()).await,
            };
            if row == column {
                outcome.unwrap_or_else(|fault| panic!("{row:?} opens its own door: {fault}"));
            } else {
                assert_eq!(refusal(outcome), Refusal::DeadLink, "{row:?} at the door of {column:?}");
            }
        }
    }
}

/// A portal in which a link of this purpose was just sent.
async fn with_link(purpose: Purpose) -> (Bench, String) {
    if purpose == Purpose::Activation {
        let bench = Bench::new().await;
        let letters = crate::support::with_letters(&bench).await;
        let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
        bench.services.open_account(&opening, &crate::support::account(&opening)).await.unwrap();
        let link = of(&mails(&bench).await, purpose);
        return (bench, link);
    }
    let bench = with_claire().await;
    match purpose {
        Purpose::EmailChange | Purpose::Revert => {
            let visit = enter(&bench, PASSWORD).await;
            bench.services.change_email(&visit, &email("neuve@exemple.fr", ""), &origin()).await.unwrap();
        }
        Purpose::Certification => bench.services.resend_certification("claire@exemple.fr", &origin()).await.unwrap(),
        Purpose::Reset => bench.services.ask_reset("claire@exemple.fr", &origin()).await.unwrap(),
        Purpose::Alarm => {
            let visit = enter(&bench, PASSWORD).await;
            bench.services.change_password(&visit, &change(PASSWORD, "autre Mot 34"), &origin()).await.unwrap();
        }
        Purpose::Invitation => {
            let visit = enter(&bench, PASSWORD).await;
            crate::support::invite(&bench, &visit, "paul@exemple.fr", "dsn:consultation").await;
        }
        Purpose::Activation => {}
    }
    let link = of(&mails(&bench).await, purpose);
    (bench, link)
}

#[tokio::test(flavor = "multi_thread")]
async fn s103_s104_t16_a_new_address_sleeps_until_confirmed_and_the_old_one_takes_it_back() {
    let bench = with_claire().await;
    let visit_before = enter(&bench, PASSWORD).await;
    bench.clock.advance(SignedDuration::from_mins(16));
    assert_eq!(
        refusal(bench.services.change_email(&visit_before, &email("neuve@exemple.fr", ""), &origin()).await),
        Refusal::StepUp,
        "a password given sixteen minutes ago is too old"
    );
    assert_eq!(
        reason(bench.services.change_email(&visit_before, &email("neuve@exemple.fr", "faux"), &origin()).await, "current"),
        Some(Reason::WrongPassword)
    );
    assert_eq!(
        reason(bench.services.change_email(&visit_before, &email("Claire@Exemple.fr", PASSWORD), &origin()).await, "email"),
        Some(Reason::Unchanged),
        "the same address in another case"
    );
    bench.services.change_email(&visit_before, &email("neuve@exemple.fr", PASSWORD), &origin()).await.unwrap();
    assert!(visit(&bench, &visit_before.key.0).await.is_none());
    assert_eq!(refusal(sign(&bench, "claire@exemple.fr", PASSWORD).await), Refusal::Moving, "S103");
    assert_eq!(refusal(sign(&bench, "neuve@exemple.fr", PASSWORD).await), Refusal::WrongCredentials);
    let sent = mails(&bench).await;
    let to = |purpose| sent.iter().find(|mail| mail.content.purpose() == Some(purpose)).map(|mail| mail.to.clone());
    assert_eq!(to(Purpose::EmailChange).as_deref(), Some("neuve@exemple.fr"));
    assert_eq!(to(Purpose::Revert).as_deref(), Some("claire@exemple.fr"));
    let (confirm, revert) = (of(&sent, Purpose::EmailChange), of(&sent, Purpose::Revert));
    bench.services.finish_email_change(&confirm).await.unwrap();
    sign(&bench, "neuve@exemple.fr", PASSWORD).await.unwrap();
    assert_eq!(refusal(sign(&bench, "claire@exemple.fr", PASSWORD).await), Refusal::WrongCredentials, "S104");
    let thief = bench
        .services
        .sign_in(&SignInDraft { email: "neuve@exemple.fr".into(), password: PASSWORD.into(), next: String::new() }, &from("203.0.113.1"))
        .await
        .unwrap()
        .signed_in()
        .unwrap();
    bench.services.revert_email(&revert).await.unwrap();
    assert!(visit(&bench, &thief.session.0).await.is_none(), "every session ends");
    sign(&bench, "claire@exemple.fr", PASSWORD).await.unwrap();
    assert_eq!(refusal(sign(&bench, "neuve@exemple.fr", PASSWORD).await), Refusal::WrongCredentials);
    assert_eq!(refusal(bench.services.finish_email_change(&confirm).await), Refusal::DeadLink);
}

#[tokio::test(flavor = "multi_thread")]
async fn t16_a_change_taken_back_before_it_was_confirmed_voids_the_new_link() {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    bench.services.change_email(&visit, &email("neuve@exemple.fr", ""), &origin()).await.unwrap();
    let sent = mails(&bench).await;
    bench.services.revert_email(&of(&sent, Purpose::Revert)).await.unwrap();
    assert_eq!(refusal(bench.services.finish_email_change(&of(&sent, Purpose::EmailChange)).await), Refusal::DeadLink);
    sign(&bench, "claire@exemple.fr", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn t16_somebody_else_s_address_gives_the_same_answer_and_warns_its_owner() {
    let (bench, _paul) = with_two().await;
    let visit = enter(&bench, PASSWORD).await;
    bench.services.change_email(&visit, &email("paul@exemple.fr", ""), &origin()).await.unwrap();
    let sent = mails(&bench).await;
    assert!(sent.iter().any(|mail| mail.to == "paul@exemple.fr" && matches!(mail.content, MailContent::EmailTaken { .. })));
    assert!(sent.iter().all(|mail| mail.content.purpose() != Some(Purpose::EmailChange)), "no link to it");
    sign(&bench, "paul@exemple.fr", PASSWORD).await.unwrap();
    bench.services.revert_email(&of(&sent, Purpose::Revert)).await.unwrap();
    sign(&bench, "claire@exemple.fr", PASSWORD).await.unwrap();
}

/// Claire and Paul, each with a site.
async fn with_two() -> (Bench, domain::identity::opening::LettersDraft) {
    let bench = Bench::new().await;
    let letters = crate::support::with_letters(&bench).await;
    for (letter, address, first) in [(&letters[0], "claire@exemple.fr", "Claire"), (&letters[1], "paul@exemple.fr", "Paul")] {
        let opening = bench.services.prove_letters(letter, &origin()).await.unwrap();
        let draft = domain::identity::opening::AccountDraft {
            email: address.into(),
            email_confirmation: address.into(),
            first: first.into(),
            ..crate::support::account(&opening)
        };
        bench.services.open_account(&opening, &draft).await.unwrap();
        let link = of(&mails(&bench).await, Purpose::Activation);
        bench.services.activate(&link).await.unwrap();
    }
    (bench, letters[1].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn t41_the_address_confirmed_is_the_one_in_the_link() {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    bench.services.change_email(&visit, &email("a-moi@exemple.fr", ""), &origin()).await.unwrap();
    let first = of(&mails(&bench).await, Purpose::EmailChange);
    bench.services.resend_activation("claire@exemple.fr", &from("192.0.2.99")).await.unwrap();
    let newer = of(&mails(&bench).await, Purpose::EmailChange);
    assert_eq!(refusal(bench.services.finish_email_change(&first).await), Refusal::DeadLink, "newest only");
    bench.services.finish_email_change(&newer).await.unwrap();
    sign(&bench, "a-moi@exemple.fr", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn s100_t18_a_new_password_ends_the_other_sessions_and_renews_this_one() {
    let bench = with_claire().await;
    let (this, other) = (enter(&bench, PASSWORD).await, enter(&bench, PASSWORD).await);
    let wrong = bench.services.change_password(&this, &change("faux mot", NEW), &origin()).await;
    assert_eq!(reason(wrong, "current"), Some(Reason::WrongPassword));
    let same = bench.services.change_password(&this, &change(PASSWORD, PASSWORD), &origin()).await;
    assert_eq!(reason(same, "password"), Some(Reason::Unchanged));
    let renewed = bench.services.change_password(&this, &change(PASSWORD, NEW), &origin()).await.unwrap();
    assert!(visit(&bench, &renewed.0).await.is_some(), "this browser stays logged in");
    assert!(visit(&bench, &this.key.0).await.is_none(), "T17: under a new secret");
    assert!(visit(&bench, &other.key.0).await.is_none());
    let stale = bench.services.change_password(&other, &change(NEW, PASSWORD), &origin()).await;
    assert_eq!(refusal(stale), Refusal::SignedOut, "T19: a form begun before does nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn t03_one_set_of_counters_for_every_form_that_takes_the_password() {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    let before = bench.hasher.verified.load(Ordering::SeqCst);
    for number in 0..30 {
        let stranger = from(&format!("198.51.100.{number}"));
        let _ = match number % 3 {
            0 => bench.services.change_password(&visit, &change("faux", NEW), &stranger).await.map(drop),
            1 => bench.services.change_email(&visit, &email("x@exemple.fr", "faux"), &stranger).await,
            _ => bench.services.sign_in(&login("faux"), &stranger).await.map(drop),
        };
    }
    let tried = bench.hasher.verified.load(Ordering::SeqCst) - before;
    assert!(tried <= 5, "{tried} guesses over three forms");
    assert!(matches!(refusal(bench.services.sign_in(&login(PASSWORD), &from("198.51.100.99")).await), Refusal::TooMany { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_t63_the_address_is_certified_again_with_reminders_and_never_a_silent_loss() {
    let bench = with_claire().await;
    let day = |days: i64| SignedDuration::from_hours(24 * days);
    let remind = async || {
        bench.services.remind_certifications().await.unwrap();
        // Twice at once changes nothing.
        bench.services.remind_certifications().await.unwrap();
        mails(&bench).await.into_iter().filter(|mail| matches!(mail.content, MailContent::CertificationSoon { .. })).collect::<Vec<_>>()
    };
    bench.clock.advance(day(167));
    assert!(remind().await.is_empty());
    bench.clock.advance(day(2));
    let first = remind().await;
    assert_eq!(first.len(), 1, "fifteen days ahead");
    assert!(remind().await.is_empty(), "once");
    bench.clock.advance(day(12));
    assert_eq!(remind().await.len(), 1, "three days ahead");
    let running = enter(&bench, PASSWORD).await;
    bench.clock.advance(SignedDuration::from_mins(20));
    assert!(visit(&bench, &running.key.0).await.is_some());
    bench.clock.advance(day(3));
    assert_eq!(refusal(sign(&bench, "claire@exemple.fr", PASSWORD).await), Refusal::Uncertified, "the due date leads to the certify page");
    assert_eq!(
        refusal(sign(&bench, "claire@exemple.fr", "faux mot").await),
        Refusal::WrongCredentials,
        "only whoever has the password learns it"
    );
    assert_eq!(refusal(bench.services.certify_email(&secret(&first[0]).unwrap()).await), Refusal::DeadLink, "an older reminder's link");
    bench.clock.advance(SignedDuration::from_mins(2));
    bench.services.resend_certification("claire@exemple.fr", &origin()).await.unwrap();
    let link = of(&mails(&bench).await, Purpose::Certification);
    bench.services.certify_email(&link).await.unwrap();
    sign(&bench, "claire@exemple.fr", PASSWORD).await.unwrap();
    bench.clock.advance(day(169));
    assert_eq!(remind().await.len(), 1, "the next period has its own reminders");
}

#[tokio::test(flavor = "multi_thread")]
async fn t60_an_unknown_browser_is_told_about_once_and_a_known_one_is_not() {
    let bench = with_claire().await;
    let told = async || mails(&bench).await.into_iter().filter(|mail| matches!(mail.content, MailContent::NewDevice { .. })).count();
    let device = bench.services.sign_in(&login(PASSWORD), &origin()).await.unwrap().signed_in().unwrap().device;
    assert_eq!(told().await, 0, "the first login of all");
    bench.services.sign_in(&login(PASSWORD), &Origin { device: Some(device), ..origin() }).await.unwrap();
    assert_eq!(told().await, 0, "a known browser");
    bench.services.sign_in(&login(PASSWORD), &origin()).await.unwrap();
    let mail = mails(&bench).await.pop().unwrap();
    assert!(matches!(mail.content, MailContent::NewDevice { .. }));
    let session = enter(&bench, PASSWORD).await;
    bench.services.sound_alarm(&secret(&mail).unwrap()).await.unwrap();
    assert!(visit(&bench, &session.key.0).await.is_none(), "« ce n’était pas moi » ends every session");
    assert_eq!(refusal(bench.services.sound_alarm(&secret(&mail).unwrap()).await), Refusal::DeadLink, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a7_a22_those_who_administer_a_site_are_told_of_new_letters_and_of_a_new_administrator() {
    let bench = with_claire().await;
    bench.services.ask_letters("6901234b", &origin()).await.unwrap();
    let sent = mails(&bench).await;
    assert_eq!(sent.len(), 1);
    assert!(matches!(&sent[0].content, MailContent::LettersAsked { site, .. } if site == "Martin Maçonnerie"), "{sent:?}");
    let post = services::testing::MemoryPost::default();
    bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    let letters = post.letters.lock().unwrap().clone();
    let (_, siret, identifiant, code) = letters.iter().find(|(_, siret, ..)| siret == "00123458200011").unwrap();
    let draft = domain::identity::opening::LettersDraft { identifiant: identifiant.clone(), siret: siret.clone(), code: code.grouped() };
    let opening = bench.services.prove_letters(&draft, &origin()).await.unwrap();
    let account = domain::identity::opening::AccountDraft {
        email: "associee@exemple.fr".into(),
        email_confirmation: "associee@exemple.fr".into(),
        ..crate::support::account(&opening)
    };
    bench.services.open_account(&opening, &account).await.unwrap();
    let sent = mails(&bench).await;
    assert!(
        sent.iter().any(|mail| mail.to == "claire@exemple.fr" && matches!(mail.content, MailContent::NewAdministrator { .. })),
        "{sent:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s38_s45_a_further_site_joins_the_account_and_its_letters_serve_once() {
    let bench = Bench::new().await;
    let letters = crate::support::with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &crate::support::account(&opening)).await.unwrap();
    bench.services.activate(&of(&mails(&bench).await, Purpose::Activation)).await.unwrap();
    let further = bench.services.prove_letters(&letters[1], &origin()).await.unwrap();
    let draft = |site: &str, password: &str| domain::identity::account::AssociateDraft {
        site: site.into(),
        email: "claire@exemple.fr".into(),
        password: password.into(),
    };
    let other_tab = draft(opening.site.as_str(), PASSWORD);
    assert_eq!(refusal(bench.services.associate_with_password(&further, &other_tab, &origin()).await), Refusal::FlowLost, "T15");
    let wrong = draft(further.site.as_str(), "faux mot");
    assert_eq!(refusal(bench.services.associate_with_password(&further, &wrong, &origin()).await), Refusal::WrongCredentials);
    let right = draft(further.site.as_str(), PASSWORD);
    bench.services.associate_with_password(&further, &right, &origin()).await.unwrap();
    let visit = enter(&bench, PASSWORD).await;
    assert_eq!(bench.services.my_sites(&visit.session.actor, "").await.unwrap().len(), 2);
    assert_eq!(refusal(bench.services.associate_with_password(&further, &right, &origin()).await), Refusal::FlowLost, "the code is used");
    assert_eq!(refusal(bench.services.prove_letters(&letters[1], &origin()).await), Refusal::WrongLetter);
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_listed_this_one_first_and_the_others_are_ended() {
    let bench = with_claire().await;
    bench.clock.advance(SignedDuration::from_mins(2));
    let (other, this) = (enter(&bench, PASSWORD).await, enter(&bench, PASSWORD).await);
    let devices = bench.services.devices(&this).await.unwrap();
    assert_eq!(devices.sessions.iter().map(|line| line.is_this).collect::<Vec<_>>(), [true, false]);
    assert_eq!(devices.events.first().map(|event| event.what.as_str()), Some("session.opened"));
    assert!(devices.events.iter().any(|event| event.what == "account.opened" && event.site.as_deref() == Some("Martin Maçonnerie")));
    bench.services.close_other_sessions(&this, &origin()).await.unwrap();
    assert!(visit(&bench, &other.key.0).await.is_none());
    assert_eq!(bench.services.devices(&this).await.unwrap().sessions.len(), 1);
    assert_eq!(refusal(bench.services.close_other_sessions(&other, &origin()).await), Refusal::SignedOut);
}
