use crate::support::{account, from, links, login, origin, refusal, with_letters};
use domain::form::Reason;
use domain::identity::opening::{AccountDraft, LettersDraft};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::testing::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn s13_s27_letters_open_an_account_that_its_link_activates() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    let holder = bench.services.proven_site(&opening).await.unwrap().0;
    assert_eq!((holder.first.as_str(), holder.last.as_str()), ("Claire", "Martin"), "S21");
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    assert_eq!(refusal(bench.services.sign_in(&login("grue Tour 12"), &origin()).await), Refusal::NotActivated, "S27");
    let link = links(&bench).await.pop().unwrap();
    assert!(bench.services.is_link_live(services::Purpose::Activation, &link).await.unwrap());
    assert!(bench.services.is_link_live(services::Purpose::Activation, &link).await.unwrap(), "A10: looking consumes nothing");
    bench.services.activate(&link).await.unwrap();
    assert_eq!(refusal(bench.services.activate(&link).await), Refusal::DeadLink);
    bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a3_any_wrong_value_gets_the_same_answer() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let right = letters[0].clone();
    for wrong in [
        LettersDraft { code: "0000 0000 0000".into(), ..right.clone() },
        LettersDraft { siret: letters[1].siret.clone(), ..right.clone() },
        LettersDraft { identifiant: letters[1].identifiant.clone(), ..right.clone() },
        LettersDraft { identifiant: "INCONNU1".into(), ..right.clone() },
        LettersDraft { code: letters[1].code.clone(), ..right.clone() },
    ] {
        assert_eq!(refusal(bench.services.prove_letters(&wrong, &origin()).await), Refusal::WrongLetter, "{wrong:?}");
    }
    bench.services.prove_letters(&right, &origin()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn t11_guessing_a_code_is_bounded_by_letter_and_by_identifiant() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let mut answers = Vec::new();
    for number in 0..40 {
        let guess = LettersDraft { code: format!("{number:012}"), ..letters[0].clone() };
        answers.push(refusal(bench.services.prove_letters(&guess, &from(&format!("198.51.100.{number}"))).await));
    }
    assert_eq!(answers.iter().filter(|answer| **answer == Refusal::WrongLetter).count(), 25);
    assert!(answers[25..].iter().all(|answer| matches!(answer, Refusal::TooMany { .. })));
    bench.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(refusal(bench.services.prove_letters(&letters[0], &origin()).await), Refusal::WrongLetter, "the letter is dead");
}

#[tokio::test(flavor = "multi_thread")]
async fn t15_step_two_belongs_to_the_site_of_step_one_and_to_its_time() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let one = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    let two = bench.services.prove_letters(&letters[1], &origin()).await.unwrap();
    assert_eq!(refusal(bench.services.open_account(&two, &account(&one)).await), Refusal::FlowLost, "the page of another tab");
    bench.services.open_account(&one, &account(&one)).await.unwrap();
    let again = AccountDraft { email: "paul@exemple.fr".into(), email_confirmation: "paul@exemple.fr".into(), ..account(&one) };
    assert_eq!(refusal(bench.services.open_account(&one, &again).await), Refusal::FlowLost, "the code went meanwhile");
    assert_eq!(refusal(bench.services.open_account(&two, &account(&two)).await), Refusal::MailTaken, "A6");
    bench.clock.advance(SignedDuration::from_mins(31));
    assert_eq!(refusal(bench.services.open_account(&two, &account(&two)).await), Refusal::FlowLost, "too late");
    assert_eq!(refusal(bench.services.proven_site(&two).await), Refusal::FlowLost);
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_passwords_are_checked_on_the_server_with_the_words_around_the_person() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    for (password, reason) in [
        ("Password1", Reason::Guessable),
        ("Azerty123", Reason::Guessable),
        ("Soleil2026!", Reason::Guessable),
        ("Cibtp2026", Reason::Personal),
        ("Maconnerie 7", Reason::Personal),
        ("Claire.69003", Reason::Personal),
        ("exemple A 12", Reason::Personal),
        ("x6901234B!", Reason::Personal),
        ("court1!", Reason::TooShort),
        ("tout en petit", Reason::TooPlain),
    ] {
        let draft = AccountDraft { password: password.into(), password_confirmation: password.into(), ..account(&opening) };
        match refusal(bench.services.open_account(&opening, &draft).await) {
            Refusal::Invalid(fields) => {
                assert_eq!(fields.reason("password"), Some(reason), "{password}");
                assert!(!format!("{fields:?}").contains(password), "passwords never come back");
                assert_eq!(fields.typed("email"), "claire@exemple.fr", "the rest does");
            }
            other => panic!("{password}: {other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_link_lives_three_days_and_a_new_one_replaces_it() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let first = links(&bench).await.pop().unwrap();
    bench.clock.advance(SignedDuration::from_hours(72));
    assert_eq!(refusal(bench.services.activate(&first).await), Refusal::DeadLink);
    bench.services.resend_activation(" CLAIRE@exemple.fr", &origin()).await.unwrap();
    bench.services.resend_activation("inconnu@exemple.fr", &origin()).await.unwrap();
    let sent = links(&bench).await;
    assert_eq!(sent.len(), 1, "nothing leaves for an unknown address");
    assert!(matches!(refusal(bench.services.resend_activation("claire@exemple.fr", &origin()).await), Refusal::TooMany { .. }));
    bench.services.activate(&sent[0]).await.unwrap();
    assert_eq!(refusal(bench.services.activate(&first).await), Refusal::DeadLink);
}
