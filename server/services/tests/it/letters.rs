//! What becomes of letters and their codes, from the demand to the account.

use crate::support::{MEMBERS, account, from, mails, origin, refusal};
use domain::id::LetterId;
use domain::identity::letter::LetterStatus;
use domain::identity::opening::{AccountDraft, LettersDraft};
use domain::refusal::Refusal;
use domain::sites::siret::Siret;
use jiff::SignedDuration;
use services::letter_desk::Hindrance;
use services::testing::{Bench, MemoryMailbox, MemoryPost};
use std::sync::atomic::Ordering;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn siret() -> Siret {
    Siret::parse("00123458200011").unwrap()
}

/// Two sites with letters in `post`; the name of their batch.
async fn made(bench: &Bench, post: &MemoryPost) -> String {
    bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
    let report = bench.services.make_letters(post, &|_, _| ()).await.unwrap();
    assert_eq!(report.made, 2);
    report.batch
}

/// What the newest letters of the first site say, and their reference.
fn newest(post: &MemoryPost) -> (LetterId, LettersDraft) {
    let letters = post.letters.lock().unwrap();
    let (id, siret, identifiant, code) = letters.iter().rev().find(|letter| letter.1 == siret().as_str()).unwrap();
    (id.clone(), LettersDraft { identifiant: identifiant.clone(), siret: siret.clone(), code: code.grouped() })
}

/// Where the pairs of the first site stand, the oldest first.
async fn statuses(bench: &Bench) -> Vec<LetterStatus> {
    bench.services.list_site_letters(&siret()).await.unwrap().letters.iter().map(|letter| letter.status).collect()
}

/// How often something happened about the first site's letters.
async fn happened(bench: &Bench, what: &str) -> usize {
    bench.services.list_site_letters(&siret()).await.unwrap().events.iter().filter(|event| event.what == what).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn d16_a_pair_is_printed_again_until_it_is_posted_and_then_only_a_new_one_helps() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    let batch = made(&bench, &post).await;
    let (id, letters) = newest(&post);
    let report = bench.services.reprint_letter(&post, &id).await.unwrap();
    assert_eq!((report.files.len(), report.hindrance), (2, None));
    assert_eq!(statuses(&bench).await, [LetterStatus::Printed]);

    let report = bench.services.post_batch(&post, &batch).await.unwrap();
    assert_eq!((report.marked, report.already, report.hindrance), (2, 0, None));
    assert!(post.settled.lock().unwrap().contains(&id), "its code is on paper only");
    let again = bench.services.post_batch(&post, &batch).await.unwrap();
    assert_eq!((again.marked, again.already, again.hindrance), (0, 2, None), "twice is once");
    let report = bench.services.reprint_letter(&post, &id).await.unwrap();
    assert_eq!((report.files.len(), report.hindrance), (0, Some(Hindrance::Is(LetterStatus::Posted))));
    assert_eq!(statuses(&bench).await, [LetterStatus::Posted]);

    bench.clock.advance(DAY);
    assert_eq!(bench.services.ask_new_letters(&siret()).await.unwrap().hindrance, None);
    assert_eq!(bench.services.make_letters(&post, &|_, _| ()).await.unwrap().made, 1);
    assert_eq!(statuses(&bench).await, [LetterStatus::Posted, LetterStatus::Printed]);
    bench.services.prove_letters(&letters, &origin()).await.unwrap();
    let opening = bench.services.prove_letters(&newest(&post).1, &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    assert_eq!(statuses(&bench).await, [LetterStatus::Void, LetterStatus::Used], "using one voids the other (A1)");
    let batches = bench.services.list_batches().await.unwrap().batches;
    let total: usize = batches.iter().map(|batch| batch.pairs).sum();
    assert_eq!((total, batches.iter().map(|batch| batch.statuses.values().sum::<usize>()).sum()), (3, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_taken_back_opens_nothing_even_for_whoever_is_between_the_two_steps() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    let (id, letters) = newest(&post);
    let opening = bench.services.prove_letters(&letters, &origin()).await.unwrap();
    let report = bench.services.void_letter(&post, &id, "adresse fausse").await.unwrap();
    assert_eq!((report.already, report.hindrance, report.siret.as_str()), (false, None, siret().as_str()));
    assert!(bench.services.void_letter(&post, &id, "encore").await.unwrap().already);
    assert_eq!(refusal(bench.services.open_account(&opening, &account(&opening)).await), Refusal::FlowLost);
    assert_eq!(refusal(bench.services.prove_letters(&letters, &origin()).await), Refusal::WrongLetter, "the neutral answer");
    assert_eq!(statuses(&bench).await, [LetterStatus::Void]);
    assert_eq!(bench.services.reprint_letter(&post, &id).await.unwrap().hindrance, Some(Hindrance::Is(LetterStatus::Void)));
    assert_eq!(bench.services.post_letter(&post, &id).await.unwrap().hindrance, Some(Hindrance::Is(LetterStatus::Void)));
    let events = bench.services.list_site_letters(&siret()).await.unwrap().events;
    assert!(events.iter().any(|event| event.what == "letter.voided" && event.detail == format!("{id} adresse fausse")), "{events:?}");
    assert_eq!(happened(&bench, "letter.voided").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_and_changes_nothing() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    let (unknown, nobody) = ("01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(), Siret::parse("35600000000048").unwrap());
    let services = &bench.services;
    let hindrances = [
        services.post_batch(&post, "hier").await.unwrap().hindrance,
        services.post_letter(&post, &unknown).await.unwrap().hindrance,
        services.void_letter(&post, &unknown, "?").await.unwrap().hindrance,
        services.reprint_letter(&post, &unknown).await.unwrap().hindrance,
        services.ask_new_letters(&nobody).await.unwrap().hindrance,
        services.list_site_letters(&nobody).await.unwrap().hindrance,
        services.list_batch("hier").await.unwrap().hindrance,
    ];
    assert_eq!(hindrances, [Some(Hindrance::Unknown); 7]);
    let (id, letters) = newest(&post);
    let opening = services.prove_letters(&letters, &origin()).await.unwrap();
    services.open_account(&opening, &account(&opening)).await.unwrap();
    assert_eq!(services.void_letter(&post, &id, "tard").await.unwrap().hindrance, Some(Hindrance::Is(LetterStatus::Used)));
    assert!(post.withdrawn.lock().unwrap().is_empty() && post.settled.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_broke_off_is_finished_before_its_batch_can_be_posted() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
    post.down.store(true, Ordering::SeqCst);
    assert!(bench.services.make_letters(&post, &|_, _| ()).await.is_err());
    let id = post.letters.lock().unwrap()[0].0.clone();
    let batch = bench.services.list_batches().await.unwrap().batches[0].batch.clone();
    assert_eq!(bench.services.post_batch(&post, &batch).await.unwrap().hindrance, Some(Hindrance::Unfinished));
    assert_eq!(bench.services.post_letter(&post, &id).await.unwrap().hindrance, Some(Hindrance::Unfinished));
    assert_eq!(bench.services.reprint_letter(&post, &id).await.unwrap().hindrance, Some(Hindrance::Unfinished));
    post.down.store(false, Ordering::SeqCst);
    bench.clock.advance(DAY);
    let report = bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    assert_eq!((report.made, report.finished), (1, 1));
    assert!(post.kept.lock().unwrap().contains(&(id, batch.clone())), "in the batch the database knows");
    assert_eq!(bench.services.post_batch(&post, &batch).await.unwrap().marked, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_was_taken_back_is_never_put_into_a_batch() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    bench.services.import_members(MEMBERS.as_bytes(), false, &|_, _| ()).await.unwrap();
    post.down.store(true, Ordering::SeqCst);
    assert!(bench.services.make_letters(&post, &|_, _| ()).await.is_err());
    let id = post.letters.lock().unwrap()[0].0.clone();
    // The command died after the database and before the disk: the draft is still there.
    bench.services.void_letter(&MemoryPost::default(), &id, "adresse fausse").await.unwrap();
    post.down.store(false, Ordering::SeqCst);
    bench.services.make_letters(&post, &|_, _| ()).await.unwrap();
    assert!(!post.kept.lock().unwrap().iter().any(|kept| kept.0 == id));
    assert_eq!(*post.withdrawn.lock().unwrap(), [(id, false)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_print_service_takes_is_posted_at_once() {
    let bench = Bench::new().await;
    let post = MemoryPost { hands_over: true, ..MemoryPost::default() };
    made(&bench, &post).await;
    assert_eq!(statuses(&bench).await, [LetterStatus::Posted]);
    assert_eq!(post.settled.lock().unwrap().len(), 2);
    assert_eq!(happened(&bench, "letter.posted").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn t11_guesses_from_everywhere_kill_the_letter_and_stop_at_the_budget_of_the_identifiant() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    let right = newest(&post).1;
    let instances = [bench.services.clone(), bench.another().await];
    let tasks: Vec<_> = (0..50)
        .map(|address| {
            let (services, right) = (instances[address % 2].clone(), right.clone());
            tokio::spawn(async move {
                let mut answers = Vec::new();
                for number in 0..20 {
                    let guess = LettersDraft { code: format!("{:012}", address * 20 + number), ..right.clone() };
                    answers.push(refusal(services.prove_letters(&guess, &from(&format!("198.51.100.{address}"))).await));
                }
                answers
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.extend(task.await.unwrap());
    }
    assert_eq!(answers.len(), 1000);
    assert_eq!(answers.iter().filter(|answer| **answer == Refusal::WrongLetter).count(), 25, "so many were looked at");
    assert!(answers.iter().all(|answer| matches!(answer, Refusal::WrongLetter | Refusal::TooMany { .. } | Refusal::Busy { .. })));
    bench.clock.advance(DAY + SignedDuration::from_secs(1));
    let neutral = refusal(bench.services.prove_letters(&right, &from("203.0.113.9")).await);
    assert_eq!(neutral, Refusal::WrongLetter, "the right code, the same answer");
    assert_eq!(statuses(&bench).await, [LetterStatus::Blocked]);
    let list = bench.services.list_site_letters(&siret()).await.unwrap();
    assert_eq!(list.letters[0].tries, 10, "the tenth killed it");
    assert_eq!(happened(&bench, "letter.refused").await, 26, "the fund's staff sees each of them (A3)");
}

#[tokio::test(flavor = "multi_thread")]
async fn t14_a_thousand_demands_are_one_letter_a_week_to_the_address_the_fund_knows() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    let pending = newest(&post).1;
    let instances = [bench.services.clone(), bench.another().await];
    let demand = async |count: usize, identifiant: fn(usize) -> String| {
        let tasks: Vec<_> = (0..count)
            .map(|number| {
                let services = instances[number % 2].clone();
                let address = format!("10.{}.{}.7", number / 250, number % 250);
                tokio::spawn(async move { services.ask_letters(&identifiant(number), &from(&address)).await })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        // The demands are looked at by both instances at once.
        let looks = instances.iter().cloned().map(|services| {
            tokio::spawn(async move {
                let mailbox = MemoryMailbox::default();
                while services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
            })
        });
        for look in looks.collect::<Vec<_>>() {
            look.await.unwrap();
        }
        bench.services.make_letters(&post, &|_, _| ()).await.unwrap().made
    };

    assert_eq!(demand(1000, |_| "6901234B".into()).await, 1);
    assert_eq!(demand(100, |number| format!("{number:06}ZZ")).await, 0, "nobody has these");
    assert_eq!(happened(&bench, "letter.asked").await, 1);
    bench.services.prove_letters(&pending, &origin()).await.expect("what is on its way stays good");

    bench.clock.advance(DAY * 7 - SignedDuration::from_mins(1));
    assert_eq!(demand(5, |_| "6901234B".into()).await, 0, "within the week");
    bench.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(demand(5, |_| "6901234B".into()).await, 1, "a week later");
    let letters = post.letters.lock().unwrap();
    let addresses = post.addresses.lock().unwrap();
    let sent: Vec<_> = letters.iter().zip(addresses.iter()).filter(|(letter, _)| letter.1 == siret().as_str()).collect();
    assert_eq!(sent.len(), 3, "the first one, and two that were asked for");
    assert!(sent.iter().all(|(_, address)| **address == ["1 rue des Grues", "69003 LYON"]), "{addresses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_one_code_opens_one_account_of_sixteen_on_two_instances() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    let opening = bench.services.prove_letters(&newest(&post).1, &origin()).await.unwrap();
    let instances = [bench.services.clone(), bench.another().await];
    let barrier = std::sync::Arc::new(tokio::sync::Barrier::new(16));
    let tasks: Vec<_> = (0..16)
        .map(|number| {
            let (services, opening, barrier) = (instances[number % 2].clone(), opening.clone(), barrier.clone());
            let email = format!("p{number}@exemple.fr");
            let draft = AccountDraft { email: email.clone(), email_confirmation: email, ..account(&opening) };
            tokio::spawn(async move {
                barrier.wait().await;
                services.open_account(&opening, &draft).await
            })
        })
        .collect();
    let (mut opened, mut lost) = (0, 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => opened += 1,
            Err(services::Fault::Refused(Refusal::FlowLost | Refusal::Busy { .. })) => lost += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((opened, lost), (1, 15));
    assert_eq!(mails(&bench).await.len(), 1, "one activation mail");
    assert_eq!(statuses(&bench).await, [LetterStatus::Used]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_code_expires_after_ninety_days_and_the_list_says_so() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    bench.clock.advance(DAY * 90 - SignedDuration::from_secs(1));
    bench.services.prove_letters(&newest(&post).1, &origin()).await.unwrap();
    bench.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(refusal(bench.services.prove_letters(&newest(&post).1, &origin()).await), Refusal::WrongLetter);
    assert_eq!(statuses(&bench).await, [LetterStatus::Expired]);
    assert_eq!(bench.services.reprint_letter(&post, &newest(&post).0).await.unwrap().hindrance, Some(Hindrance::Is(LetterStatus::Expired)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a22_t14_the_fund_suspends_the_letters_of_a_site_whoever_asks() {
    let bench = Bench::new().await;
    let post = MemoryPost::default();
    made(&bench, &post).await;
    let (_, letters) = newest(&post);
    let opening = bench.services.prove_letters(&letters, &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    mails(&bench).await;
    assert_eq!(bench.services.suspend_letters(&siret(), "adresse contestée").await.unwrap().hindrance, None);
    bench.services.ask_letters("6901234B", &origin()).await.unwrap();
    assert!(mails(&bench).await.is_empty(), "nobody is told of letters that do not leave");
    assert_eq!(bench.services.ask_new_letters(&siret()).await.unwrap().hindrance, Some(Hindrance::Suspended));
    assert_eq!(bench.services.make_letters(&post, &|_, _| ()).await.unwrap().made, 0);
    assert_eq!((happened(&bench, "letter.suspended").await, happened(&bench, "letter.asked_in_vain").await), (1, 1));

    assert_eq!(bench.services.resume_letters(&siret()).await.unwrap().hindrance, None);
    bench.clock.advance(DAY * 8);
    bench.services.ask_letters("6901234B", &origin()).await.unwrap();
    mails(&bench).await;
    assert_eq!(bench.services.make_letters(&post, &|_, _| ()).await.unwrap().made, 1);
    assert_eq!(
        bench.services.suspend_letters(&Siret::parse("35600000000048").unwrap(), "?").await.unwrap().hindrance,
        Some(Hindrance::Unknown)
    );
}
