//! Passkeys, with a security key in software.

use crate::second_factor::{enter, pending, reason, visit, with_two};
use crate::softkey::SoftKey;
use crate::support::{mails, origin, refusal, with_claire};
use domain::form::Reason;
use domain::identity::factor::{FactorDraft, MOST_PASSKEYS, PasskeyDraft, SecondDraft};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::ports::{FactorChange, MailContent};
use services::testing::Bench;
use services::{Ceremony, Fault, Origin, ShownOnce, SignedIn, Visit};

async fn at_its_address() -> (Bench, Visit) {
    let mut bench = with_claire().await;
    bench.services = bench.services.clone().at("https://espace.exemple.fr", "Caisse d’essai");
    let session = enter(&bench).await;
    (bench, session)
}

fn answered(ceremony: &Ceremony, credential: String) -> PasskeyDraft {
    PasskeyDraft { name: "Téléphone".into(), ceremony: ceremony.id.clone(), credential, ..PasskeyDraft::default() }
}

async fn add(bench: &Bench, session: &Visit, key: &mut SoftKey) -> Result<ShownOnce, Fault> {
    let ceremony = bench.services.passkey_to_add(session).await.unwrap().unwrap();
    let draft = answered(&ceremony, key.create(&ceremony.options));
    bench.services.add_passkey(session, &draft, &origin()).await
}

async fn prove(bench: &Bench, key: &mut SoftKey) -> Result<SignedIn, Fault> {
    let pending = pending(bench, &origin()).await;
    let ceremony = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    bench.services.sign_in_second(&pending, &proof(&ceremony, key.get(&ceremony.options)), &origin()).await
}

fn proof(ceremony: &Ceremony, credential: String) -> SecondDraft {
    SecondDraft { ceremony: ceremony.id.clone(), credential, ..SecondDraft::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_added_proves_its_owner_and_is_removed() {
    let (bench, session) = at_its_address().await;
    let mut key = SoftKey::new(1);
    let ceremony = bench.services.passkey_to_add(&session).await.unwrap().unwrap();
    let options: serde_json::Value = serde_json::from_str(&ceremony.options).unwrap();
    assert_eq!((&options["rp"]["id"], &options["user"]["name"]), (&"espace.exemple.fr".into(), &"claire@exemple.fr".into()));
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    let draft = answered(&ceremony, key.create(&ceremony.options));
    let codes = bench.services.add_passkey(&session, &draft, &origin()).await.unwrap();
    assert_eq!(codes.unwrap().len(), 10, "the first factor brings codes");

    let mut second = SoftKey::new(2);
    assert!(add(&bench, &session, &mut second).await.unwrap().is_none(), "the next one does not");
    for key in [&mut key, &mut second] {
        let signed_in = prove(&bench, key).await.unwrap();
        visit(&bench, &signed_in).await;
    }
    let found = bench.services.second_factors(&session).await.unwrap();
    assert!(found.passkeys.iter().all(|line| line.name == "Téléphone" && line.used.is_some()));
    for (left, line) in found.passkeys.iter().enumerate().rev() {
        let gone = FactorDraft { what: line.key.clone(), ..FactorDraft::default() };
        bench.services.remove_factor(&session, &gone, &origin()).await.unwrap();
        assert_eq!(bench.services.second_factors(&session).await.unwrap().recovery, if left == 0 { 0 } else { 10 });
    }
    enter(&bench).await;
    let mut told: Vec<FactorChange> = mails(&bench)
        .await
        .into_iter()
        .filter_map(|mail| if let MailContent::FactorChanged { change, .. } = mail.content { Some(change) } else { None })
        .collect();
    use FactorChange::{PasskeyAdded, PasskeyRemoved};
    // Written in one second, they leave in any order.
    told.sort_by_key(|change| *change == PasskeyRemoved);
    assert_eq!(told, [PasskeyAdded, PasskeyAdded, PasskeyRemoved, PasskeyRemoved]);
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_a_ceremony_is_answered_once_whoever_else_has_the_answer() {
    let (bench, session) = at_its_address().await;
    // A key without counter: the counter is not what keeps them out.
    let mut key = SoftKey { counts: false, ..SoftKey::new(1) };
    let ceremony = bench.services.passkey_to_add(&session).await.unwrap().unwrap();
    let draft = answered(&ceremony, key.create(&ceremony.options));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (services, session, draft) = (bench.services.clone(), session.clone(), draft.clone());
            tokio::spawn(async move { services.add_passkey(&session, &draft, &origin()).await.is_ok() })
        })
        .collect();
    assert_eq!(successes(tasks).await, 1);
    assert_eq!(bench.services.second_factors(&session).await.unwrap().passkeys.len(), 1);

    let pending = pending(&bench, &origin()).await;
    let ceremony = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    let draft = proof(&ceremony, key.get(&ceremony.options));
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (services, pending, draft) = (bench.services.clone(), pending.clone(), draft.clone());
            tokio::spawn(async move { services.sign_in_second(&pending, &draft, &origin()).await.is_ok() })
        })
        .collect();
    assert_eq!(successes(tasks).await, 1);
}

async fn successes(tasks: Vec<tokio::task::JoinHandle<bool>>) -> usize {
    let mut done = 0;
    for task in tasks {
        done += usize::from(task.await.unwrap());
    }
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ceremony_belongs_to_one_account_one_purpose_and_five_minutes() {
    let (bench, session) = at_its_address().await;
    let mut key = SoftKey::new(1);
    let late = bench.services.passkey_to_add(&session).await.unwrap().unwrap();
    bench.clock.advance(SignedDuration::from_mins(5));
    let draft = answered(&late, key.create(&late.options));
    assert_eq!(reason(bench.services.add_passkey(&session, &draft, &origin()).await, "passkey"), Some(Reason::WrongPasskey));
    add(&bench, &session, &mut key).await.unwrap();

    // The state of one ceremony does not serve another, and that of adding does not serve to log in.
    let pending = pending(&bench, &origin()).await;
    let first = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    let other = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    let adding = bench.services.passkey_to_add(&session).await.unwrap().unwrap();
    for wrong in [
        proof(&other, key.get(&first.options)),
        proof(&adding, key.get(&first.options)),
        proof(&Ceremony { id: "inconnue".into(), options: String::new() }, key.get(&first.options)),
        proof(&first, "{}".into()),
    ] {
        let outcome = bench.services.sign_in_second(&pending, &wrong, &origin()).await;
        assert_eq!(reason(outcome, "passkey"), Some(Reason::WrongPasskey));
    }
    let again = proof(&first, key.get(&first.options));
    let outcome = bench.services.sign_in_second(&pending, &again, &origin()).await;
    assert_eq!(reason(outcome, "passkey"), Some(Reason::WrongPasskey), "a wrong answer uses it up");
    prove(&bench, &mut key).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_of_other_pages_of_copies_and_without_verification_prove_nothing() {
    let (bench, session) = at_its_address().await;
    let mut key = SoftKey::new(1);
    let mut phished = SoftKey { origin: "https://espace.exemple.fr.evil.example".into(), ..SoftKey::new(3) };
    assert_eq!(reason(add(&bench, &session, &mut phished).await, "passkey"), Some(Reason::WrongPasskey));
    add(&bench, &session, &mut key).await.unwrap();

    let mut phished = SoftKey { origin: "https://espace.exemple.fr.evil.example".into(), ..key.clone() };
    assert_eq!(reason(prove(&bench, &mut phished).await, "passkey"), Some(Reason::WrongPasskey));
    let mut unverified = SoftKey { flags: 0x01, ..key.clone() };
    assert_eq!(reason(prove(&bench, &mut unverified).await, "passkey"), Some(Reason::WrongPasskey));
    let mut copy = key.clone();
    prove(&bench, &mut key).await.unwrap();
    assert_eq!(reason(prove(&bench, &mut copy).await, "passkey"), Some(Reason::WrongPasskey), "its counter lags behind");
    prove(&bench, &mut key).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_ceremonies_begun_together_do_not_let_a_lagging_counter_in() {
    let (bench, session) = at_its_address().await;
    let mut key = SoftKey::new(1);
    add(&bench, &session, &mut key).await.unwrap();
    let mut copy = key.clone();
    let pending = pending(&bench, &origin()).await;
    let mine = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    let theirs = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    bench.services.sign_in_second(&pending, &proof(&mine, key.get(&mine.options)), &origin()).await.unwrap();
    let outcome = bench.services.sign_in_second(&pending, &proof(&theirs, copy.get(&theirs.options)), &origin()).await;
    assert_eq!(reason(outcome, "passkey"), Some(Reason::WrongPasskey));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_removed_meanwhile_proves_nothing_and_guesses_of_codes_do_not_lock_passkeys_out() {
    let (bench, session) = at_its_address().await;
    let (mut kept, mut lost) = (SoftKey::new(1), SoftKey::new(2));
    add(&bench, &session, &mut kept).await.unwrap();
    bench.clock.advance(SignedDuration::from_secs(1));
    add(&bench, &session, &mut lost).await.unwrap();
    let pending = pending(&bench, &origin()).await;
    let ceremony = bench.services.second_step(&pending).await.unwrap().ceremony.unwrap();
    let line = bench.services.second_factors(&session).await.unwrap().passkeys.pop().unwrap();
    bench.services.remove_factor(&session, &FactorDraft { what: line.key, ..FactorDraft::default() }, &origin()).await.unwrap();
    let outcome = bench.services.sign_in_second(&pending, &proof(&ceremony, lost.get(&ceremony.options)), &origin()).await;
    assert_eq!(reason(outcome, "passkey"), Some(Reason::WrongPasskey));
    for _ in 0..30 {
        let guess = SecondDraft { code: "123456".into(), ..SecondDraft::default() };
        let _ = bench.services.sign_in_second(&pending, &guess, &Origin { device: None, ..origin() }).await;
    }
    prove(&bench, &mut kept).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_has_ten_passkeys_at_most() {
    let (bench, session) = at_its_address().await;
    for seed in 1..=MOST_PASSKEYS {
        add(&bench, &session, &mut SoftKey::new(u8::try_from(seed).unwrap())).await.unwrap();
    }
    assert!(bench.services.passkey_to_add(&session).await.unwrap().is_none());
    assert!(!bench.services.second_factors(&session).await.unwrap().can_add_passkey);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_passkey_is_one_account_s() {
    let (mut bench, claire, paul) = with_two().await;
    bench.services = bench.services.clone().at("https://espace.exemple.fr", "Caisse d’essai");
    add(&bench, &claire, &mut SoftKey::new(1)).await.unwrap();
    assert_eq!(reason(add(&bench, &claire, &mut SoftKey::new(1)).await, "passkey"), Some(Reason::WrongPasskey), "not twice");
    assert_eq!(refusal(add(&bench, &paul, &mut SoftKey::new(1)).await), Refusal::Conflict, "nor for somebody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_address_has_no_name_there_are_no_passkeys() {
    let (mut bench, session) = at_its_address().await;
    for address in ["https://192.0.2.1", "http://[2001:db8::1]:3000"] {
        bench.services = bench.services.clone().at(address, "Caisse");
        assert!(bench.services.passkey_to_add(&session).await.unwrap().is_none(), "{address}");
        assert!(!bench.services.second_factors(&session).await.unwrap().can_add_passkey);
    }
    bench.services = bench.services.clone().at("http://localhost:3000", "Caisse");
    assert!(bench.services.passkey_to_add(&session).await.unwrap().is_some());
}
