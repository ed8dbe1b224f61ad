//! Rights and the hour of Paris: to the second, on the days the clocks change, on 29 February, whatever the clock does.

use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft, Wanted};
use domain::delegations::policy::{Enter, may};
use domain::delegations::{Delegation, Rights, Role, State};
use domain::identity::opening::AccountDraft;
use domain::identity::sign_in::SignInDraft;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use services::ports::{Clock, Dice};
use services::testing::{Bench, FastHasher, MemoryMailbox, MemoryPost, SeededDice};
use services::{Origin, Rules, Scope, ServerKey, Services, Visit};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock in Paris that is put where the test wants it, backwards too.
struct ParisClock(AtomicI64, TimeZone);

impl ParisClock {
    fn at(second: i64) -> Self {
        Self(AtomicI64::new(second), TimeZone::get("Europe/Paris").unwrap())
    }

    fn put(&self, second: i64) {
        self.0.store(second, Ordering::SeqCst);
    }
}

impl Clock for ParisClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn paris(&self, moment: Timestamp) -> DateTime {
        self.1.to_datetime(moment)
    }
}

/// The second a day begins in Paris, by the rule itself: two hours before UTC from the last Sunday of March to the last Sunday of
/// October, both at 01:00 UTC, one hour otherwise.
fn begins(day: Date) -> i64 {
    let last_sunday = |month: i8| {
        let last = date(day.year(), month, 31);
        last.checked_sub(jiff::Span::new().days(i64::from(last.weekday().to_sunday_zero_offset()))).unwrap()
    };
    let is_summer = last_sunday(3) < day && day <= last_sunday(10);
    let days = i64::from(date(1970, 1, 1).until(day).unwrap().get_days());
    days * 86_400 - if is_summer { 7_200 } else { 3_600 }
}

fn delegation(starts: Date, ends: Option<Date>) -> Delegation {
    Delegation {
        id: "01JD3V9X7ZK4M2N8P6Q5R4S301".parse().unwrap(),
        site: "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap(),
        role: Role::Utilisateur,
        state: State::Open,
        starts,
        ends,
        rights: Rights::FULL,
        above: None,
    }
}

#[test]
fn g21_no_right_is_early_or_late_in_five_thousand_cases() {
    let clock = ParisClock::at(0);
    let dice = SeededDice::default();
    let roll = |most: i64| {
        let mut bytes = [0; 8];
        dice.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % u64::try_from(most).unwrap()) as i64
    };
    let special = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 2, 29), date(2026, 12, 31)];
    let mut live = 0;
    for case in 0..5_000 {
        let day = if case % 2 == 0 {
            special[usize::try_from(roll(6)).unwrap()]
        } else {
            date(2026, 1, 1).checked_add(jiff::Span::new().days(roll(1_500))).unwrap()
        };
        let around = |days: i64| day.checked_add(jiff::Span::new().days(days)).unwrap();
        let (starts, ends) = (around(roll(3) - 2), (roll(4) > 0).then(|| around(roll(3))));
        let right = delegation(starts, ends);
        let edge = begins(around(roll(4) - 1));
        let second = edge + [-1, 0, 1, roll(7_200) - 3_600][usize::try_from(roll(4)).unwrap()];
        let expected = begins(starts) <= second && ends.is_none_or(|end| second < begins(end.tomorrow().unwrap()));
        clock.put(second);
        assert_eq!(right.is_live(clock.today()), expected, "{starts}..={ends:?} at {}", clock.now());
        live += usize::from(expected);
    }
    assert!((1_000..4_500).contains(&live), "both answers are looked at: {live}");
}

struct Portal {
    services: Services,
    clock: Arc<ParisClock>,
    bench: Bench,
}

const PASSWORD: &str = "grue Tour 12";

fn origin() -> Origin {
    Origin { address: "192.0.2.7".parse().unwrap(), agent: "Chrome, Linux".into(), device: None, session: None }
}

impl Portal {
    /// A portal whose clock is in Paris, at ten on 24 November 2026.
    async fn new() -> Self {
        let bench = Bench::new().await;
        let clock = Arc::new(ParisClock::at(begins(date(2026, 11, 24)) + 36_000));
        let rules = Rules { certification: SignedDuration::from_hours(24 * 3_000), ..Rules::default() };
        let services = Services::new(
            bench.store().clone(),
            clock.clone(),
            Arc::new(SeededDice::default()),
            Arc::new(FastHasher::default()),
            Arc::new(ServerKey::new([7; 32])),
        );
        Self { services: services.with_rules(rules), clock, bench }
    }

    async fn mails(&self) -> Vec<services::ports::OutgoingMail> {
        let mailbox = MemoryMailbox::default();
        while self.services.deliver_due(mailbox.outlets()).await.unwrap() > 0 {}
        mailbox.sent.into_inner().unwrap()
    }

    async fn link(&self) -> String {
        self.mails().await.iter().rev().find_map(|mail| mail.path.clone()).unwrap().rsplit('/').next().unwrap().to_owned()
    }

    async fn claire(&self) {
        let members = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
            A100;Martin Maçonnerie;00123458200011;6901234B;;Claire;Martin;1 rue des Grues;;69003;Lyon\n";
        self.services.import_members(members.as_bytes(), false, &|_, _| ()).await.unwrap();
        let post = MemoryPost::default();
        self.services.make_letters(&post, &|_, _| ()).await.unwrap();
        let (_, siret, identifiant, code) = post.letters.lock().unwrap()[0].clone();
        let letters = domain::identity::opening::LettersDraft { identifiant, siret, code: code.grouped() };
        let opening = self.services.prove_letters(&letters, &origin()).await.unwrap();
        let draft = AccountDraft { site: opening.site.to_string(), ..person("claire@exemple.fr", "Claire") };
        self.services.open_account(&opening, &draft).await.unwrap();
        let link = self.link().await;
        self.services.activate(&link).await.unwrap();
    }

    async fn enter(&self, email: &str) -> Visit {
        let draft = SignInDraft { email: email.into(), password: PASSWORD.into(), next: String::new() };
        let session = self.services.sign_in(&draft, &origin()).await.unwrap().signed_in().unwrap().session.0;
        self.services.visit(&session, Scope::All).await.unwrap().unwrap()
    }
}

fn person(email: &str, first: &str) -> AccountDraft {
    AccountDraft {
        email: email.into(),
        email_confirmation: email.into(),
        password: PASSWORD.into(),
        password_confirmation: PASSWORD.into(),
        first: first.into(),
        last: "Martin".into(),
        ..AccountDraft::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g21_t55_the_last_second_of_a_right_is_the_last_of_its_day_in_paris() {
    let portal = Portal::new().await;
    portal.claire().await;
    let rights = RightsDraft::of(&Wanted { role: Role::Utilisateur, rights: Rights::FULL });
    // Both days the clocks change and the days before, 29 February, New Year's Eve.
    let lasts = [
        date(2026, 12, 31),
        date(2027, 3, 27),
        date(2027, 3, 28),
        date(2027, 10, 30),
        date(2027, 10, 31),
        date(2028, 2, 28),
        date(2028, 2, 29),
    ];
    let claire = portal.enter("claire@exemple.fr").await;
    let site = claire.session.actor.delegations[0].site.clone();
    for (number, last) in lasts.iter().enumerate() {
        let who = BeneficiaryDraft {
            kind: "user".into(),
            email: format!("p{number}@exemple.fr"),
            starts: portal.clock.today().to_string(),
            ends: last.to_string(),
            ..BeneficiaryDraft::default()
        };
        portal.services.delegate(&claire, &site, &who, &rights, None, &origin()).await.unwrap();
        let link = portal.link().await;
        portal.services.accept_as_new(&link, &person("", "Paul"), &origin()).await.unwrap();
    }
    for (number, last) in lasts.iter().enumerate() {
        let over = begins(last.tomorrow().unwrap());
        portal.clock.put(over - 600);
        let paul = portal.enter(&format!("p{number}@exemple.fr")).await;
        // Forward to the end and past it, an hour back, and forward again: rights follow the hour alone.
        for (second, is_live) in
            [(over - 2, true), (over - 1, true), (over, false), (over + 1, false), (over - 3_600, true), (over - 1, true), (over, false)]
        {
            portal.clock.put(second);
            let now = portal.services.visit(&paul.key.0, Scope::Site(&site)).await.unwrap().expect("a live session");
            let enters = may(&now.session.actor, Enter, &site, portal.clock.today()).is_ok();
            let reads = portal.services.dsn_alerts(&now.session.actor, &site).await.is_ok();
            // A page opened before: what was loaded then is asked with.
            let stale = portal.services.dsn_alerts(&paul.session.actor, &site).await.is_ok();
            assert_eq!((enters, reads, stale), (is_live, is_live, is_live), "{last} at {}", portal.clock.now());
        }
    }
    assert!(portal.bench.store().count_rows("delegation").await.unwrap() >= 8);
}
