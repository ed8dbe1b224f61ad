//! A person's own data: taken out, erased, ended by time.

use crate::support::{account, from, login, mails, new_letters, origin, refusal, secret, with_letters};
use domain::form::Reason;
use domain::identity::account::{ContactDraft, EmailDraft};
use domain::identity::opening::AccountDraft;
use domain::identity::personal::ErasureDraft;
use domain::identity::phone::Phone;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::ports::MailContent;
use services::testing::{Bench, MemoryMailbox};
use services::{Fault, Origin, PersonalData, Purpose, Scope, Visit};

const PASSWORD: &str = "grue Tour 12";
const SIRET: &str = "00123458200011";
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Values of Zéphyrine’s that nothing else in the database looks like.
const FIRST_MAIL: &str = "zephyrine.q@canari.example";
const SECOND_MAIL: &str = "quatrevaux@autre-canari.example";
const CANARIES: [&str; 8] =
    ["Zéphyrine", "Quatrevaux", FIRST_MAIL, SECOND_MAIL, "+33472001122", "+33698765432", "+33612121212", "Canari OS"];

fn canary_origin() -> Origin {
    Origin { agent: "Firefox, Canari OS".into(), ..origin() }
}

fn sign_in(mail: &str, password: &str) -> SignInDraft {
    SignInDraft { email: mail.into(), password: password.into(), next: String::new() }
}

async fn enter(bench: &Bench, mail: &str, origin: &Origin) -> Visit {
    let session = bench.services.sign_in(&sign_in(mail, PASSWORD), origin).await.unwrap().signed_in().unwrap().session.0;
    bench.services.visit(&session, Scope::All).await.unwrap().unwrap()
}

async fn open(bench: &Bench, letters: &domain::identity::opening::LettersDraft, mail: &str, first: &str, last: &str) {
    let opening = bench.services.prove_letters(letters, &canary_origin()).await.unwrap();
    let draft = AccountDraft {
        email: mail.into(),
        email_confirmation: mail.into(),
        first: first.into(),
        last: last.into(),
        phone: "04 72 00 11 22".into(),
        mobile: "06 98 76 54 32".into(),
        ..account(&opening)
    };
    bench.services.open_account(&opening, &draft).await.unwrap();
    let activation = mails(bench).await.iter().rev().find(|sent| sent.to == mail).and_then(secret).unwrap();
    bench.services.activate(&activation).await.unwrap();
}

/// Zéphyrine, with two sites and years of life: another mobile, another address, sessions, codes, demands, a wrong password.
async fn with_zephyrine() -> (Bench, Visit) {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    open(&bench, &letters[0], FIRST_MAIL, "Zéphyrine", "Quatrevaux").await;
    let second = bench.services.prove_letters(&letters[1], &canary_origin()).await.unwrap();
    bench.services.associate(&second, FIRST_MAIL).await.unwrap();

    let visit = enter(&bench, FIRST_MAIL, &canary_origin()).await;
    let number = Phone::parse("06 98 76 54 32").unwrap();
    bench.services.send_sms_code(&visit, &number, &canary_origin()).await.unwrap();
    let mailbox = MemoryMailbox::default();
    bench.services.deliver_due(mailbox.outlets()).await.unwrap();
    let code = mailbox.texted.lock().unwrap()[0].code.clone().unwrap();
    bench.services.certify_mobile(&visit, &number, &code, &canary_origin()).await.unwrap();
    bench.clock.advance(SignedDuration::from_mins(2));
    bench.services.send_sms_code(&visit, &Phone::parse("06 12 12 12 12").unwrap(), &canary_origin()).await.unwrap();
    let contact = ContactDraft {
        first: "Zéphyrine".into(),
        last: "Quatrevaux".into(),
        phone: "04 72 00 11 22".into(),
        mobile: "06 98 76 54 32".into(),
        ..ContactDraft::default()
    };
    bench.services.change_contact(&visit, &contact, &canary_origin()).await.unwrap();
    let change = EmailDraft { email: SECOND_MAIL.into(), email_confirmation: SECOND_MAIL.into(), ..EmailDraft::default() };
    bench.services.change_email(&visit, &change, &canary_origin()).await.unwrap();
    let sent = mails(&bench).await;
    let confirm = sent.iter().find(|mail| mail.content.purpose() == Some(Purpose::EmailChange)).and_then(secret).unwrap();
    bench.services.finish_email_change(&confirm).await.unwrap();

    bench.clock.advance(DAY);
    let _ = bench.services.sign_in(&sign_in(SECOND_MAIL, "Mauvais mot 77"), &canary_origin()).await;
    bench.services.ask_reset(SECOND_MAIL, &canary_origin()).await.unwrap();
    bench.services.resend_certification(FIRST_MAIL, &canary_origin()).await.unwrap();
    enter(&bench, SECOND_MAIL, &from("198.51.100.4")).await;
    let visit = enter(&bench, SECOND_MAIL, &canary_origin()).await;
    (bench, visit)
}

fn draft(password: &str, understood: &str) -> ErasureDraft {
    ErasureDraft { current: password.into(), understood: understood.into(), ..ErasureDraft::default() }
}

async fn erase(bench: &Bench, visit: &Visit) {
    bench.services.erase_personal_data(visit, &draft(PASSWORD, "on"), &canary_origin()).await.unwrap();
}

/// Values of Zéphyrine’s that are somewhere in the database, in lines other than `except`.
async fn residue(bench: &Bench, except: &str) -> Vec<String> {
    let dump = bench.store().dump().await.unwrap();
    let lines = dump.lines().filter(|line| except.is_empty() || !line.contains(except));
    lines.filter(|line| CANARIES.iter().any(|canary| line.contains(canary))).map(str::to_owned).collect()
}

fn json(data: &PersonalData) -> String {
    serde_json::to_string(data).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn g26_a_person_takes_away_all_that_is_theirs_and_no_secret() {
    let (bench, visit) = with_zephyrine().await;
    let data = json(&bench.services.export_personal_data(&visit, &canary_origin()).await.unwrap());
    for canary in CANARIES {
        assert!(data.contains(canary), "{canary}: {data}");
    }
    for there in ["Martin Maçonnerie (SIRET 00123458200011)", "Martin Sud", "email_moving", "session.opened", "mobile.certified"] {
        assert!(data.contains(there), "{there}: {data}");
    }
    // FastHasher's hash of the password is its SHA-256: neither it nor a cookie nor a link is in it.
    let hash = bench.store().dump().await.unwrap();
    let hash = hash.split("\"password\": String(\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(hash.len() > 40 && !data.contains(hash), "the hash of the password");
    assert!(!data.contains("Claire"), "the holder the fund knows is somebody else");
    assert!(json(&bench.services.export_personal_data(&visit, &origin()).await.unwrap()).contains("data.exported"), "noted in the journal");

    bench.clock.advance(SignedDuration::from_mins(16));
    let visit = bench.services.visit(&visit.key.0, Scope::All).await.unwrap().unwrap();
    assert_eq!(
        refusal(bench.services.export_personal_data(&visit, &origin()).await),
        Refusal::StepUp,
        "the password was given too long ago"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn t70_after_an_erasure_nothing_of_the_person_is_left_and_no_old_right_comes_back() {
    let (bench, visit) = with_zephyrine().await;
    let before = residue(&bench, "").await.join("\n");
    assert!(CANARIES.iter().all(|canary| before.contains(canary)), "the canaries are there to begin with");
    erase(&bench, &visit).await;

    // Everything but the last mail, which waits; once it has left, it goes too.
    assert_eq!(residue(&bench, "erased").await, Vec::<String>::new());
    let sent = mails(&bench).await;
    assert_eq!(sent.iter().map(|mail| (mail.to.as_str(), mail.content.kind())).collect::<Vec<_>>(), [(SECOND_MAIL, "erased")]);
    bench.clock.advance(SignedDuration::from_mins(10));
    bench.services.purge().await.unwrap();
    assert_eq!(residue(&bench, "").await, Vec::<String>::new());

    // The way in is that of an unknown address, sessions are dead, nothing can be asked for.
    for mail in [SECOND_MAIL, FIRST_MAIL, "inconnue@exemple.fr"] {
        assert_eq!(refusal(bench.services.sign_in(&sign_in(mail, PASSWORD), &from("203.0.113.5")).await), Refusal::WrongCredentials);
    }
    assert!(bench.services.visit(&visit.key.0, Scope::All).await.unwrap().is_none());
    assert_eq!(refusal(bench.services.export_personal_data(&visit, &origin()).await), Refusal::SignedOut);
    bench.clock.advance(DAY);
    bench.services.ask_reset(SECOND_MAIL, &origin()).await.unwrap();
    assert!(mails(&bench).await.is_empty());
    assert_eq!(refusal(bench.services.export_person(SECOND_MAIL).await), Refusal::NotFound);

    // Both companies can open again, with new letters; the same address gets the one site of its letters and nothing of before.
    let letters = new_letters(&bench, SIRET).await;
    open(&bench, &letters, SECOND_MAIL, "Zéphyrine", "Quatrevaux").await;
    let again = enter(&bench, SECOND_MAIL, &origin()).await;
    assert_eq!(again.session.actor.delegations.len(), 1, "no old right revives");
    assert!(bench.services.visit(&visit.key.0, Scope::All).await.unwrap().is_none(), "no old session either");
    let data = bench.services.export_personal_data(&again, &origin()).await.unwrap();
    assert!(
        !json(&data).contains("data.exported\",\"value\":\"Martin Sud") && !json(&data).contains("email.changed"),
        "nor the old journal"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_needs_the_password_and_the_box_and_counts_its_tries() {
    let (bench, visit) = with_zephyrine().await;
    let reason = |outcome: Result<(), Fault>, field: &str| match refusal(outcome) {
        Refusal::Invalid(fields) => fields.reason(field),
        other => panic!("{other:?}"),
    };
    let services = &bench.services;
    assert_eq!(reason(services.erase_personal_data(&visit, &draft(PASSWORD, ""), &origin()).await, "understood"), Some(Reason::Unticked));
    assert_eq!(reason(services.erase_personal_data(&visit, &draft("", "on"), &origin()).await, "current"), Some(Reason::Missing));
    let wrong = services.erase_personal_data(&visit, &draft("Mauvais mot 77", "on"), &origin()).await;
    assert_eq!(reason(wrong, "current"), Some(Reason::WrongPassword));
    let mut refused = 0;
    for _ in 0..12 {
        if matches!(refusal(services.erase_personal_data(&visit, &draft("Mauvais mot 77", "on"), &origin()).await), Refusal::TooMany { .. })
        {
            refused += 1;
        }
    }
    assert!(refused > 0, "T03");
    assert!(services.visit(&visit.key.0, Scope::All).await.unwrap().is_some(), "and nothing is erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_is_told_and_the_company_can_open_again() {
    let (bench, visit) = with_zephyrine().await;
    let last =
        |consequences: services::Consequences| consequences.sites.into_iter().map(|site| (site.name, site.is_last)).collect::<Vec<_>>();
    let both = [("Martin Maçonnerie".to_owned(), true), ("Martin Sud".to_owned(), true)];
    assert_eq!(last(bench.services.erasure_consequences(&visit).await.unwrap()), both);

    // A second administrator of one of them.
    bench.services.ask_letters("6901234B", &origin()).await.unwrap();
    mails(&bench).await;
    let letters = new_letters(&bench, SIRET).await;
    open(&bench, &letters, "paul@exemple.fr", "Paul", "Roux").await;
    let one = [("Martin Maçonnerie".to_owned(), false), ("Martin Sud".to_owned(), true)];
    assert_eq!(last(bench.services.erasure_consequences(&visit).await.unwrap()), one);
    erase(&bench, &visit).await;
    let dump = bench.store().dump().await.unwrap();
    let site = |siret: &str| dump.lines().find(|line| line.starts_with("site ") && line.contains(siret)).unwrap().to_owned();
    assert!(site(SIRET).contains("\"letters\": String(\"done\")"), "Paul is there");
    assert!(site("00123458200029").contains("\"letters\": String(\"wanted\")"), "nobody is");
    let admins = |line: &str| line.split("\"admins\": Number(Int(").nth(1).unwrap().split(')').next().unwrap().parse::<i64>().unwrap();
    let mut counts: Vec<i64> = dump.lines().filter(|line| line.starts_with("guard ")).map(admins).collect();
    counts.sort_unstable();
    assert_eq!(counts, [0, 1], "the guards count who is left");
    enter(&bench, "paul@exemple.fr", &origin()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fund_erases_for_a_motive_that_names_nobody() {
    let (bench, _) = with_zephyrine().await;
    assert!(json(&bench.services.export_person(SECOND_MAIL).await.unwrap()).contains("Quatrevaux"));
    for (motive, reason) in [
        ("", Reason::Missing),
        ("lettre de ZÉPHYRINE du 3 mars", Reason::Personal),
        ("Mme quatrevaux a écrit", Reason::Personal),
        (&"x".repeat(201), Reason::TooLong),
    ] {
        match refusal(bench.services.erase_person(SECOND_MAIL, motive).await) {
            Refusal::Invalid(fields) => assert_eq!(fields.reason("motive"), Some(reason), "{motive}"),
            other => panic!("{other:?}"),
        }
    }
    bench.services.erase_person(SECOND_MAIL, "demande reçue par courrier le 3 mars").await.unwrap();
    assert_eq!(residue(&bench, "erased").await, Vec::<String>::new());
    assert!(bench.store().dump().await.unwrap().contains("demande reçue par courrier le 3 mars"));
    assert_eq!(refusal(bench.services.erase_person(SECOND_MAIL, "encore").await), Refusal::NotFound);
    assert_eq!(refusal(bench.services.export_person("personne@exemple.fr").await), Refusal::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn g26_thirteen_months_and_more_later_only_what_has_no_age_is_left() {
    let (bench, _) = with_zephyrine().await;
    // Somebody who never activates: the second site stands in line again.
    bench.services.ask_letters("6901234B", &origin()).await.unwrap();
    mails(&bench).await;
    let letters = new_letters(&bench, SIRET).await;
    let opening = bench.services.prove_letters(&letters, &origin()).await.unwrap();
    bench.services.open_account(&opening, &account(&opening)).await.unwrap();
    let count = |table: &'static str| async { bench.store().count_rows(table).await.unwrap() };
    let aged = ["session", "token", "throttle", "sms_code", "outbox", "audit", "challenge", "letter_code"];
    for table in aged.iter().filter(|table| **table != "challenge") {
        assert!(count(table).await > 0, "{table} has rows to begin with");
    }
    bench.clock.advance(DAY * 89);
    bench.services.purge().await.unwrap();
    assert_eq!(refusal(bench.services.sign_in(&login(PASSWORD), &origin()).await), Refusal::NotActivated, "for 90 days");
    bench.clock.advance(DAY);
    let purged = bench.services.purge().await.unwrap();
    assert!(purged.iter().any(|line| line.table == "account" && line.rows == 1), "{purged:?}");
    assert_eq!(refusal(bench.services.sign_in(&login(PASSWORD), &origin()).await), Refusal::WrongCredentials, "then no more");

    bench.clock.advance(DAY * 366);
    bench.services.purge().await.unwrap();
    for table in aged {
        assert_eq!(count(table).await, 0, "{table}");
    }
    assert_eq!((count("account").await, count("delegation").await), (2, 3), "accounts and rights have no age, one is empty");
    assert_eq!(count("email_claim").await, 1, "the address that was left is free again, so is the one never activated");
    assert!(bench.services.purge().await.unwrap().is_empty(), "safe to run twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_nothing_is_written_for_somebody_who_is_erased_meanwhile() {
    let (bench, visit) = with_zephyrine().await;
    erase(&bench, &visit).await;
    let before = bench.store().count_rows("outbox").await.unwrap();
    // Requests that had read the session before.
    bench.clock.advance(SignedDuration::from_mins(2));
    bench.services.send_sms_code(&visit, &Phone::parse("06 98 76 54 32").unwrap(), &from("203.0.113.8")).await.unwrap();
    assert_eq!(refusal(bench.services.close_other_sessions(&visit, &canary_origin()).await), Refusal::SignedOut);
    assert_eq!(bench.store().count_rows("outbox").await.unwrap(), before);
    assert_eq!(residue(&bench, "erased").await, Vec::<String>::new());
    let last = mails(&bench).await;
    assert!(last.iter().all(|mail| matches!(mail.content, MailContent::Erased { .. })), "{last:?}");
}
