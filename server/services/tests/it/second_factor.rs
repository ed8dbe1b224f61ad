//! Second factors: codes of an application, recovery codes, trusted browsers, and who may be without.

use crate::support::{from, login, mails, origin, refusal, secret, with_claire};
use domain::form::Reason;
use domain::identity::account::{PasswordDraft, ResetDraft};
use domain::identity::factor::{AppDraft, FactorDraft, SecondDraft};
use domain::identity::recovery_code::RecoveryCode;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use services::ports::{Clock, FactorChange, MailContent};
use services::testing::Bench;
use services::{APPLICATION, Device, Entered, Fault, Origin, Pending, Purpose, Rules, Scope, SecondFactor, SignedIn, Visit};
use totp_rs::{Algorithm, Builder, Secret, Totp};

const PASSWORD: &str = "grue Tour 12";

/// What Claire's phone shows.
pub struct Phone(Totp);

impl Phone {
    fn scanning(shown: &str) -> Self {
        let secret = Secret::try_from_base32(shown.replace(' ', "")).unwrap();
        let bytes = secret.as_bytes().to_vec();
        assert_eq!(bytes.len(), 20, "160 bits");
        Self(
            Builder::new()
                .with_algorithm(Algorithm::SHA1)
                .with_digits(6)
                .with_step_duration(30)
                .with_skew(0)
                .with_secret(bytes)
                .with_account_name("x")
                .build()
                .unwrap(),
        )
    }

    /// The code `steps` steps from now.
    pub fn shows(&self, bench: &Bench, steps: i64) -> String {
        self.0.generate(u64::try_from(bench.clock.now().as_second() + 30 * steps).unwrap()).to_string()
    }
}

pub async fn enter(bench: &Bench) -> Visit {
    match bench.services.sign_in(&login(PASSWORD), &origin()).await.unwrap() {
        Entered::In(signed_in) => visit(bench, &signed_in).await,
        Entered::Second(_) => panic!("a second step"),
    }
}

pub async fn visit(bench: &Bench, signed_in: &SignedIn) -> Visit {
    bench.services.visit(&signed_in.session.0, Scope::All).await.unwrap().unwrap()
}

pub async fn pending(bench: &Bench, origin: &Origin) -> Pending {
    match bench.services.sign_in(&login(PASSWORD), origin).await.unwrap() {
        Entered::Second(pending) => pending,
        Entered::In(_) => panic!("no second step"),
    }
}

/// Adds an application to Claire's account.
async fn enrol(bench: &Bench, visit: &Visit) -> (Phone, Vec<RecoveryCode>) {
    bench.services.start_app(visit, &FactorDraft::default(), &origin()).await.unwrap();
    let phone = Phone::scanning(&bench.services.app_to_confirm(visit).await.unwrap().unwrap().secret);
    let draft = AppDraft { code: phone.shows(bench, 0), ..AppDraft::default() };
    let codes = bench.services.confirm_app(visit, &draft, &origin()).await.unwrap().0.expect("the first factor brings codes");
    (phone, codes)
}

pub async fn with_phone() -> (Bench, Visit, Phone, Vec<RecoveryCode>) {
    let bench = with_claire().await;
    let visit = enter(&bench).await;
    let (phone, codes) = enrol(&bench, &visit).await;
    mails(&bench).await;
    (bench, visit, phone, codes)
}

pub fn app(code: &str) -> SecondDraft {
    SecondDraft { code: code.into(), ..SecondDraft::default() }
}

fn recovery(code: &RecoveryCode) -> SecondDraft {
    SecondDraft { recovery: code.grouped(), ..SecondDraft::default() }
}

async fn second(bench: &Bench, draft: &SecondDraft) -> Result<SignedIn, Fault> {
    let pending = pending(bench, &origin()).await;
    bench.services.sign_in_second(&pending, draft, &origin()).await
}

pub fn reason(outcome: Result<impl std::fmt::Debug, Fault>, field: &str) -> Option<Reason> {
    match refusal(outcome) {
        Refusal::Invalid(fields) => fields.reason(field),
        other => panic!("a field was expected: {other:?}"),
    }
}

/// The changes that mails spoke of, with whether each can be taken back.
async fn told(bench: &Bench) -> Vec<FactorChange> {
    mails(bench)
        .await
        .iter()
        .filter_map(|mail| match &mail.content {
            MailContent::FactorChanged { change, .. } => {
                assert!(secret(mail).is_some(), "T60: « ce n’était pas moi »");
                Some(*change)
            }
            _ => None,
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_alone_opens_nothing_once_there_is_a_second_factor() {
    let (bench, _, phone, _) = with_phone().await;
    let pending = pending(&bench, &origin()).await;
    let step = bench.services.second_step(&pending).await.unwrap();
    assert!(step.has_app && step.has_recovery && step.ceremony.is_none());
    bench.clock.advance(SignedDuration::from_secs(30));
    let signed_in = bench.services.sign_in_second(&pending, &app(&phone.shows(&bench, 0)), &origin()).await.unwrap();
    assert_eq!(visit(&bench, &signed_in).await.session.email, "claire@exemple.fr");
    let again = second(&bench, &app(&phone.shows(&bench, 1))).await.unwrap();
    assert_ne!(signed_in.session.0, again.session.0, "T17");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_one_step_around_now_and_each_step_once() {
    let (bench, _, phone, _) = with_phone().await;
    let own = phone.shows(&bench, 0);
    assert_eq!(reason(second(&bench, &app(&own)).await, "code"), Some(Reason::WrongAppCode), "the code that confirmed it is used");
    bench.clock.advance(SignedDuration::from_mins(20));
    for (steps, right) in [(-2, false), (2, false), (-1, true), (-1, false), (1, true), (0, false)] {
        let outcome = second(&bench, &app(&phone.shows(&bench, steps))).await;
        match (right, outcome) {
            (true, outcome) => drop(outcome.unwrap_or_else(|fault| panic!("{steps}: {fault}"))),
            (false, outcome) => assert_eq!(reason(outcome, "code"), Some(Reason::WrongAppCode), "{steps}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_of_sixteen_uses_of_one_code_one_gets_in() {
    let (bench, _, phone, codes) = with_phone().await;
    bench.clock.advance(SignedDuration::from_mins(20));
    for draft in [app(&phone.shows(&bench, 0)), recovery(&codes[0])] {
        let pending = pending(&bench, &origin()).await;
        let tasks: Vec<_> = (0..16)
            .map(|number| {
                let (services, pending, draft) = (bench.services.clone(), pending.clone(), draft.clone());
                // Known browsers, each with a counter of its own: the counter is not what keeps them out.
                let device = Device { id: format!("{number}"), ..known(&bench) };
                tokio::spawn(async move {
                    services.sign_in_second(&pending, &draft, &Origin { device: Some(device), ..origin() }).await.is_ok()
                })
            })
            .collect();
        let mut entered = 0;
        for task in tasks {
            entered += usize::from(task.await.unwrap());
        }
        assert_eq!(entered, 1);
    }
    assert_eq!(told(&bench).await, [FactorChange::RecoveryUsed]);
}

/// A browser that Claire has used: its login is the keyed hash of her address.
fn known(bench: &Bench) -> Device {
    let key = bench.services.key().derive("email", b"claire@exemple.fr");
    let login = key.iter().map(|byte| format!("{byte:02x}")).collect();
    Device { login, id: "connu".into(), trust: None, declined: false }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_guesses_five_are_looked_at_and_the_owner_s_browser_still_gets_in() {
    let (bench, _, phone, codes) = with_phone().await;
    bench.clock.advance(SignedDuration::from_mins(20));
    let pending = pending(&bench, &origin()).await;
    let right = phone.shows(&bench, 0);
    let tasks: Vec<_> = (0..1000)
        .map(|number| {
            let (services, pending) = (bench.services.clone(), pending.clone());
            // Of both kinds, from everywhere, and never the right one.
            let draft = if number % 2 == 0 {
                app(&format!("{:06}", (right.parse::<u32>().unwrap() + 1_000 + number) % 1_000_000))
            } else {
                recovery(&RecoveryCode::from_random([u8::try_from(number % 251).unwrap(); 10]))
            };
            tokio::spawn(async move {
                let address = format!("198.51.{}.{}", number / 250, number % 250);
                refusal(services.sign_in_second(&pending, &draft, &from(&address)).await)
            })
        })
        .collect();
    let mut looked = 0;
    for task in tasks {
        match task.await.unwrap() {
            Refusal::Invalid(_) => looked += 1,
            Refusal::TooMany { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(looked, 5);
    for draft in [app(&right), recovery(&codes[0])] {
        let late = bench.services.sign_in_second(&pending, &draft, &origin()).await;
        assert!(matches!(refusal(late), Refusal::TooMany { .. }), "even the right one waits");
    }
    let owner = Origin { device: Some(known(&bench)), ..origin() };
    bench.services.sign_in_second(&pending, &app(&right), &owner).await.expect("G2: a known browser is counted apart");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_another_account_is_no_code_here() {
    let (bench, claire, paul) = with_two().await;
    let (_, codes) = enrol(&bench, &claire).await;
    let (phone, paul_codes) = enrol(&bench, &paul).await;
    bench.clock.advance(SignedDuration::from_mins(20));
    assert_eq!(reason(second(&bench, &app(&phone.shows(&bench, 0))).await, "code"), Some(Reason::WrongAppCode));
    assert_eq!(reason(second(&bench, &recovery(&paul_codes[0])).await, "recovery"), Some(Reason::WrongRecoveryCode));
    second(&bench, &recovery(&codes[0])).await.unwrap();
}

/// Claire and Paul, each with a site of the company.
pub async fn with_two() -> (Bench, Visit, Visit) {
    let bench = Bench::new().await;
    let letters = crate::support::with_letters(&bench).await;
    let mut visits = Vec::new();
    for (letter, email) in letters.iter().zip(["claire@exemple.fr", "paul@exemple.fr"]) {
        let opening = bench.services.prove_letters(letter, &origin()).await.unwrap();
        let draft = crate::support::account(&opening);
        let draft = domain::identity::opening::AccountDraft { email: email.into(), email_confirmation: email.into(), ..draft };
        bench.services.open_account(&opening, &draft).await.unwrap();
        let link = crate::support::links(&bench).await.pop().unwrap();
        bench.services.activate(&link).await.unwrap();
        let login = domain::identity::sign_in::SignInDraft { email: email.into(), ..login(PASSWORD) };
        visits.push(visit(&bench, &bench.services.sign_in(&login, &origin()).await.unwrap().signed_in().unwrap()).await);
    }
    let paul = visits.pop().unwrap();
    (bench, visits.pop().unwrap(), paul)
}

#[tokio::test(flavor = "multi_thread")]
async fn recovery_codes_serve_once_each_and_new_ones_replace_them() {
    let (bench, visit, _, codes) = with_phone().await;
    assert_eq!(codes.len(), 10);
    second(&bench, &recovery(&codes[3])).await.unwrap();
    assert_eq!(told(&bench).await, [FactorChange::RecoveryUsed]);
    assert_eq!(reason(second(&bench, &recovery(&codes[3])).await, "recovery"), Some(Reason::WrongRecoveryCode), "once");
    assert_eq!(bench.services.second_factors(&visit).await.unwrap().recovery, 9);
    let (new, _) = bench.services.renew_recovery(&visit, &FactorDraft::default(), &origin()).await.unwrap();
    assert_eq!(told(&bench).await, [FactorChange::RecoveryRenewed]);
    assert_eq!(reason(second(&bench, &recovery(&codes[4])).await, "recovery"), Some(Reason::WrongRecoveryCode), "replaced");
    second(&bench, &recovery(&new[4])).await.unwrap();
}

fn from_trusted(signed_in: &SignedIn) -> Origin {
    Origin { device: Some(signed_in.device.clone()), ..origin() }
}

async fn trusted(bench: &Bench, phone: &Phone) -> SignedIn {
    bench.clock.advance(SignedDuration::from_mins(2));
    second(bench, &SecondDraft { trust: "oui".into(), ..app(&phone.shows(bench, 0)) }).await.unwrap()
}

async fn is_asked(bench: &Bench, password: &str, origin: &Origin) -> bool {
    matches!(bench.services.sign_in(&login(password), origin).await.unwrap(), Entered::Second(_))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_browser_is_not_asked_for_thirty_days() {
    let (bench, _, phone, codes) = with_phone().await;
    let here = trusted(&bench, &phone).await;
    assert!(!is_asked(&bench, PASSWORD, &from_trusted(&here)).await);
    assert!(is_asked(&bench, PASSWORD, &origin()).await, "no other browser is trusted with it");
    let unticked = second(&bench, &recovery(&codes[0])).await.unwrap();
    assert!(is_asked(&bench, PASSWORD, &from_trusted(&unticked)).await, "only who ticked the box");
    bench.clock.advance(SignedDuration::from_hours(24 * 30) - SignedDuration::from_secs(1));
    assert!(!is_asked(&bench, PASSWORD, &from_trusted(&here)).await);
    bench.clock.advance(SignedDuration::from_secs(1));
    assert!(is_asked(&bench, PASSWORD, &from_trusted(&here)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn trust_ends_with_everything_that_ends_all_sessions() {
    let (bench, _, phone, codes) = with_phone().await;
    let new = "sable Chaud 27";

    let here = trusted(&bench, &phone).await;
    let draft =
        PasswordDraft { current: PASSWORD.into(), password: new.into(), password_confirmation: new.into(), ..PasswordDraft::default() };
    bench.services.change_password(&visit(&bench, &here).await, &draft, &origin()).await.unwrap();
    assert!(is_asked(&bench, new, &from_trusted(&here)).await, "another password");

    bench.clock.advance(SignedDuration::from_mins(2));
    bench.services.ask_reset("claire@exemple.fr", &origin()).await.unwrap();
    let link = mails(&bench).await.iter().rev().find(|mail| mail.content.purpose() == Some(Purpose::Reset)).and_then(secret).unwrap();
    let Entered::Second(before) = bench.services.sign_in(&login(new), &origin()).await.unwrap() else { panic!() };
    let here =
        bench.services.sign_in_second(&before, &SecondDraft { trust: "oui".into(), ..recovery(&codes[0]) }, &origin()).await.unwrap();
    assert!(!is_asked(&bench, new, &from_trusted(&here)).await);
    let alarm = mails(&bench).await.iter().find_map(secret).unwrap();
    bench.services.sound_alarm(&alarm).await.unwrap();
    assert!(is_asked(&bench, new, &from_trusted(&here)).await, "« ce n’était pas moi »");

    let reset = ResetDraft { password: PASSWORD.into(), password_confirmation: PASSWORD.into() };
    assert_eq!(refusal(bench.services.reset_password(&link, &reset, &origin()).await), Refusal::DeadLink, "older than the alarm");
    assert_eq!(
        refusal(bench.services.sign_in_second(&before, &recovery(&codes[1]), &origin()).await),
        Refusal::SecondStepLost,
        "and a login between its two steps ends, too"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn t19_a_login_between_its_steps_ends_with_its_time_and_with_what_changes_the_account() {
    let (bench, session, _, codes) = with_phone().await;
    let late = pending(&bench, &origin()).await;
    bench.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(refusal(bench.services.second_step(&late).await), Refusal::SecondStepLost);
    assert_eq!(refusal(bench.services.sign_in_second(&late, &recovery(&codes[0]), &origin()).await), Refusal::SecondStepLost);
    let overtaken = pending(&bench, &origin()).await;
    let new = "sable Chaud 27";
    let draft =
        PasswordDraft { current: PASSWORD.into(), password: new.into(), password_confirmation: new.into(), ..PasswordDraft::default() };
    bench.services.change_password(&session, &draft, &origin()).await.unwrap();
    assert_eq!(refusal(bench.services.sign_in_second(&overtaken, &recovery(&codes[0]), &origin()).await), Refusal::SecondStepLost);
    // The code was not used up by it.
    let Entered::Second(now) = bench.services.sign_in(&login(new), &origin()).await.unwrap() else { panic!() };
    bench.services.sign_in_second(&now, &recovery(&codes[0]), &origin()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_needs_a_recent_password_and_the_last_factor_takes_the_codes_with_it() {
    let bench = with_claire().await;
    let session = enter(&bench).await;
    bench.clock.advance(SignedDuration::from_mins(16));
    let plain = FactorDraft::default();
    assert_eq!(refusal(bench.services.start_app(&session, &plain, &origin()).await), Refusal::StepUp);
    assert_eq!(refusal(bench.services.start_passkey(&session, &plain, &origin()).await), Refusal::StepUp);
    assert_eq!(refusal(bench.services.renew_recovery(&session, &plain, &origin()).await), Refusal::StepUp);
    assert_eq!(refusal(bench.services.remove_factor(&session, &plain, &origin()).await), Refusal::StepUp);
    let wrong = FactorDraft { current: "faux mot".into(), ..FactorDraft::default() };
    assert_eq!(reason(bench.services.start_app(&session, &wrong, &origin()).await, "current"), Some(Reason::WrongPassword));
    let right = FactorDraft { current: PASSWORD.into(), ..FactorDraft::default() };
    let renewed = bench.services.start_app(&session, &right, &origin()).await.unwrap().expect("T17: a new secret");
    assert_eq!(refusal(bench.services.start_app(&session, &plain, &origin()).await), Refusal::StepUp, "the former session is over");
    let session = bench.services.visit(&renewed.0, Scope::All).await.unwrap().unwrap();

    let shown = bench.services.app_to_confirm(&session).await.unwrap().unwrap();
    assert!(!bench.services.second_factors(&session).await.unwrap().any(), "not confirmed, no factor");
    assert!(!is_asked(&bench, PASSWORD, &origin()).await);
    let phone = Phone::scanning(&shown.secret);
    let mistyped = AppDraft { code: phone.shows(&bench, 5), ..AppDraft::default() };
    assert_eq!(reason(bench.services.confirm_app(&session, &mistyped, &origin()).await, "code"), Some(Reason::WrongAppCode));
    bench.clock.advance(SignedDuration::from_mins(16));
    let stale = AppDraft { code: phone.shows(&bench, 0), ..AppDraft::default() };
    assert_eq!(refusal(bench.services.confirm_app(&session, &stale, &origin()).await), Refusal::StepUp);
    let fresh = AppDraft { current: PASSWORD.into(), ..stale };
    let (codes, renewed) = bench.services.confirm_app(&session, &fresh, &origin()).await.unwrap();
    assert_eq!(codes.unwrap().len(), 10);
    let session = bench.services.visit(&renewed.unwrap().0, Scope::All).await.unwrap().unwrap();
    assert_eq!(refusal(bench.services.start_app(&session, &plain, &origin()).await), Refusal::Conflict, "one application at a time");
    assert_eq!(told(&bench).await, [FactorChange::TotpAdded]);

    let gone = FactorDraft { what: APPLICATION.into(), ..FactorDraft::default() };
    bench.services.remove_factor(&session, &gone, &origin()).await.unwrap();
    assert_eq!(told(&bench).await, [FactorChange::TotpRemoved]);
    let left = bench.services.second_factors(&session).await.unwrap();
    assert!(!left.any() && left.recovery == 0);
    assert!(!is_asked(&bench, PASSWORD, &origin()).await);
    assert_eq!(refusal(bench.services.remove_factor(&session, &gone, &origin()).await), Refusal::Conflict);
    assert_eq!(refusal(bench.services.renew_recovery(&session, &plain, &origin()).await), Refusal::Conflict, "codes of nothing");
    let journal: Vec<String> = bench.services.devices(&session).await.unwrap().events.into_iter().map(|event| event.what).collect();
    assert!(["factor.app_added", "factor.app_removed"].iter().all(|what| journal.iter().any(|event| event == what)), "{journal:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_that_was_not_confirmed_is_replaced_and_forgotten() {
    let bench = with_claire().await;
    let session = enter(&bench).await;
    let mut secrets = Vec::new();
    for _ in 0..2 {
        bench.services.start_app(&session, &FactorDraft::default(), &origin()).await.unwrap();
        secrets.push(bench.services.app_to_confirm(&session).await.unwrap().unwrap().secret);
    }
    assert_ne!(secrets[0], secrets[1]);
    let former = AppDraft { code: Phone::scanning(&secrets[0]).shows(&bench, 0), ..AppDraft::default() };
    assert_eq!(reason(bench.services.confirm_app(&session, &former, &origin()).await, "code"), Some(Reason::WrongAppCode));
    for _ in 0..3 {
        bench.clock.advance(SignedDuration::from_mins(20));
        bench.services.visit(&session.key.0, Scope::Person).await.unwrap();
    }
    assert!(bench.services.app_to_confirm(&session).await.unwrap().is_none(), "an hour later nobody can finish it");
    let latter = AppDraft { code: Phone::scanning(&secrets[1]).shows(&bench, 0), ..AppDraft::default() };
    assert_eq!(refusal(bench.services.confirm_app(&session, &latter, &origin()).await), Refusal::Conflict);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fund_helps_whoever_has_lost_everything() {
    let (bench, session, _, _) = with_phone().await;
    let half = pending(&bench, &origin()).await;
    assert!(!bench.services.clear_factors("inconnu@exemple.fr", "au guichet").await.unwrap());
    assert!(bench.services.clear_factors(" Claire@Exemple.fr ", "au guichet").await.unwrap());
    assert_eq!(told(&bench).await, [FactorChange::Cleared]);
    assert!(bench.services.visit(&session.key.0, Scope::Person).await.unwrap().is_none(), "every session ends");
    assert_eq!(refusal(bench.services.second_step(&half).await), Refusal::SecondStepLost);
    let session = enter(&bench).await;
    let left = bench.services.second_factors(&session).await.unwrap();
    assert!(!left.any() && left.recovery == 0);
    assert!(!bench.services.clear_factors("claire@exemple.fr", "au guichet").await.unwrap(), "nothing left to remove");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fund_may_require_it_of_administrators() {
    let bench = with_claire().await;
    let session = enter(&bench).await;
    assert!(!bench.services.must_enrol(&session).await.unwrap(), "never by default");
    let strict = bench.services.clone().with_rules(Rules { second_factor: SecondFactor::Administrators, ..Rules::default() });
    assert!(strict.must_enrol(&session).await.unwrap());
    enrol(&bench, &session).await;
    assert!(!strict.must_enrol(&session).await.unwrap());
}
