//! Nobody ever holds more than whoever gave it to them holds now (G7): random histories of one site, each step also done by a
//! small model that knows nothing of the code under test.

#[rustfmt::skip]
mod model;

use domain::actor::Actor;
use domain::delegations::acts::{self, Act, Line};
use domain::delegations::giving::{self, Source, Terms};
use domain::delegations::policy::{Enter, Give, Granted, may};
use domain::delegations::{College, Delegation, Effective, Function, Mode, Rights, Role, State};
use domain::id::SiteId;
use domain::identity::person::PersonName;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use model::Model;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::cell::RefCell;

/// People of a history: the first opened the site with its letters, the second is a firm that has everything.
const PEOPLE: usize = 6;

/// What a step asks for. Lines are counted from the newest, round and round. Of the people, 1 and 2 are made firms and 3 and 4
/// their collaborators where a step is `likely`; otherwise anything may be tried.
#[derive(Debug, Clone)]
enum Step {
    Give {
        by: usize,
        to: usize,
        likely: bool,
        what: Gift,
    },
    Modify {
        by: usize,
        line: usize,
        likely: bool,
        what: Gift,
    },
    End {
        by: usize,
        line: usize,
        likely: bool,
        delete: bool,
    },
    Accept {
        line: usize,
    },
    /// Clocks go back as well.
    Jump {
        days: i64,
    },
}

/// Terms, as numbers that the code and the model each read in their own way.
#[derive(Debug, Clone, Copy)]
struct Gift {
    role: usize,
    colleges: u8,
    /// Two bits a function: 0 and 1 none, 2 consultation, 3 update.
    modes: u32,
    /// Days from today.
    starts: i64,
    /// Days after the first.
    lasts: Option<i64>,
}

const EVERY_MODE: u32 = 0xf_ffff;

fn gift() -> impl Strategy<Value = Gift> {
    let few = (any::<u32>(), any::<u32>()).prop_map(|(a, b)| a & b & EVERY_MODE);
    let modes = prop_oneof![any::<u32>().prop_map(|bits| bits & EVERY_MODE), Just(EVERY_MODE), few];
    let lasts = prop_oneof![3 => Just(None), 1 => (-1i64..60).prop_map(Some)];
    let colleges = prop_oneof![Just(7u8), 0u8..8];
    let starts = prop_oneof![6 => Just(0i64), 1 => -1i64..6];
    (0usize..5, colleges, modes, starts, lasts).prop_map(|(role, colleges, modes, starts, lasts)| Gift {
        role,
        colleges,
        modes,
        starts,
        lasts,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let by = || prop_oneof![1 => Just(0), 2 => 0..3usize, 1 => 0..PEOPLE];
    let line = || 0usize..7;
    let likely = || prop::bool::weighted(0.8);
    prop_oneof![
        8 => (by(), 0..PEOPLE, likely(), gift()).prop_map(|(by, to, likely, what)| Step::Give { by, to, likely, what }),
        3 => (by(), line(), likely(), gift()).prop_map(|(by, line, likely, what)| Step::Modify { by, line, likely, what }),
        1 => (by(), line(), likely(), any::<bool>()).prop_map(|(by, line, likely, delete)| Step::End { by, line, likely, delete }),
        6 => (0usize..3).prop_map(|line| Step::Accept { line }),
        1 => (-4i64..20).prop_map(|days| Step::Jump { days }),
    ]
}

/// A step as it is done to these rows: with the index of its line, and where it is likely, with a role that makes sense.
fn settle(step: &Step, rows: &[(usize, Delegation, Option<usize>)]) -> Step {
    let index = |line: usize| rows.len() - 1 - line % rows.len();
    let role_of = |line: usize| ROLES.iter().position(|role| *role == rows[line].1.role).unwrap();
    match step.clone() {
        Step::Give { by: by @ (1 | 2), to: 3.., likely: true, what } => {
            // Two functions, so that it often is part of what the firm has.
            let modes = what.modes & 0xf << (4 * what.role);
            Step::Give { by, to: 3 + by % 2, likely: true, what: Gift { role: 4, modes, ..what } }
        }
        Step::Give { by, to: to @ (1 | 2), likely: true, what } => {
            let modes = if what.role < 3 { EVERY_MODE } else { what.modes };
            Step::Give { by, to, likely: true, what: Gift { role: 3, modes, ..what } }
        }
        Step::Give { by, to, likely: true, what } => Step::Give { by, to, likely: true, what: Gift { role: 1 + what.role % 2, ..what } },
        Step::Modify { by, line, likely, what } => {
            let (line, own) = (index(line), role_of(index(line)));
            let role = if likely && !matches!((own, what.role), (1 | 2, 1 | 2)) { own } else { what.role };
            let by = if likely { rows[line].2.map_or(by, |firm| rows[firm].0) } else { by };
            Step::Modify { by, line, likely, what: Gift { role, ..what } }
        }
        Step::End { by, line, likely, delete } => {
            let line = index(line);
            Step::End { by, line, likely, delete: if likely { role_of(line) == 3 } else { delete } }
        }
        Step::Accept { line } => Step::Accept { line: index(line) },
        other @ (Step::Give { .. } | Step::Jump { .. }) => other,
    }
}

/// The site as a store would keep it: rows, each with its person and the row it hangs on.
struct World {
    today: Date,
    rows: Vec<(usize, Delegation, Option<usize>)>,
}

fn site() -> SiteId {
    "01JD3V9X7ZK4M2N8P6Q5R4S3T4".parse().unwrap()
}

impl World {
    fn new() -> Self {
        let mut world = Self { today: date(2026, 3, 1), rows: Vec::new() };
        for (person, role, rights) in [(0, Role::AdministrateurEntreprise, Rights::NONE), (1, Role::Cabinet, Rights::FULL)] {
            world.add(person, &Terms { role, rights, starts: world.today, ends: None }, State::Open, None);
        }
        world
    }

    fn add(&mut self, person: usize, terms: &Terms, state: State, above: Option<usize>) {
        let id = format!("01JD3V9X7ZK4M2N8P6Q5R4S3{:02}", self.rows.len()).parse().unwrap();
        let Terms { role, rights, starts, ends } = *terms;
        self.rows.push((person, Delegation { id, site: site(), role, state, starts, ends, rights, above: None }, above));
    }

    /// A row as it is read: with the one it hangs on, as that one stands now.
    fn row(&self, index: usize) -> Delegation {
        let (_, row, above) = &self.rows[index];
        Delegation { above: above.map(|firm| Box::new(self.rows[firm].1.clone())), ..row.clone() }
    }

    fn actor(&self, person: usize) -> Actor {
        let own = (0..self.rows.len()).filter(|index| self.rows[*index].0 == person).map(|index| self.row(index));
        Actor {
            account: format!("01JD3V9X7ZK4M2N8P6Q5R4S3T{person}").parse().unwrap(),
            name: PersonName::default(),
            delegations: own.collect(),
        }
    }

    fn may_give(&self, person: usize) -> Option<Granted<Give>> {
        may(&self.actor(person), Give, &site(), self.today).ok()
    }

    fn terms(&self, what: &Gift, role: Role, starts: Date) -> Terms {
        let colleges = College::ALL.into_iter().enumerate().filter(|(bit, _)| what.colleges >> bit & 1 == 1).map(|(_, college)| college);
        let mut rights = Rights::within(colleges.collect());
        for (place, function) in Function::ALL.into_iter().enumerate() {
            rights.set(function, [None, None, Some(Mode::Consultation), Some(Mode::Update)][(what.modes >> (2 * place) & 3) as usize]);
        }
        Terms {
            role,
            rights,
            starts,
            ends: what.lasts.map(|days| self.today.saturating_add(what.starts.days()).saturating_add(days.days())),
        }
    }

    fn give(&mut self, by: usize, to: usize, what: &Gift) -> bool {
        let starts = self.today.saturating_add(what.starts.days());
        let terms = self.terms(what, ROLES[what.role], starts);
        let Some(source) = self.may_give(by).and_then(|granted| giving::give(&granted, &terms, self.today).ok()) else { return false };
        let above = match source {
            Source::Company => None,
            Source::Firm(id) => self.rows.iter().position(|(_, row, _)| row.id == id),
        };
        self.add(to, &terms, State::Invited, above);
        true
    }

    /// Does something with a line; whether it was allowed.
    fn act(&mut self, by: usize, index: usize, act: impl FnOnce(&Granted<Give>, &Line<'_>) -> Option<Delegation>) -> bool {
        let administrators: Vec<Delegation> = self.rows.iter().map(|(_, row, _)| row.clone()).collect();
        let row = self.row(index);
        let line = Line { delegation: &row, is_own: self.rows[index].0 == by, administrators: &administrators };
        let changed = self.may_give(by).and_then(|granted| act(&granted, &line));
        let is_done = changed.is_some();
        if let Some(changed) = changed {
            self.rows[index].1 = Delegation { above: None, ..changed };
        }
        is_done
    }

    fn modify(&mut self, by: usize, index: usize, what: &Gift) -> bool {
        let (today, row) = (self.today, &self.rows[index].1);
        let terms = self.terms(what, ROLES[what.role], row.starts);
        self.act(by, index, |granted, line| acts::modify(granted, line, &terms, today).ok())
    }

    fn end(&mut self, by: usize, index: usize, delete: bool) -> bool {
        let today = self.today;
        self.act(by, index, |granted, line| acts::end(granted, line, if delete { Act::Delete } else { Act::Close }, today).ok())
    }

    /// What somebody holds now: a bit for each function, mode and college; and whether they may enter.
    fn holds(&self, person: usize) -> (u64, bool) {
        let actor = self.actor(person);
        let all = Effective::of(&actor.delegations, &site(), self.today);
        let mut bits = 0;
        for (place, function) in Function::ALL.into_iter().enumerate() {
            for (level, mode) in Mode::ALL.into_iter().enumerate() {
                for (college, one) in College::ALL.into_iter().enumerate() {
                    bits |= u64::from(all.colleges(function, mode).contains(one)) << (place * 6 + level * 3 + college);
                }
            }
        }
        (bits, may(&actor, Enter, &site(), self.today).is_ok())
    }
}

const ROLES: [Role; 5] = [Role::AdministrateurEntreprise, Role::Administrateur, Role::Utilisateur, Role::Cabinet, Role::Collaborateur];

/// How often each kind of step was allowed: gift of the company, of a firm, change, closing, deletion, acceptance, jump.
type Allowed = [u32; 7];

fn kind(step: &Step) -> usize {
    match step {
        Step::Give { what, .. } => usize::from(ROLES[what.role] == Role::Collaborateur),
        Step::Modify { .. } => 2,
        Step::End { delete, .. } => 3 + usize::from(*delete),
        Step::Accept { .. } => 5,
        Step::Jump { .. } => 6,
    }
}

fn run(steps: &[Step], allowed: &RefCell<Allowed>) -> Result<(), TestCaseError> {
    let (mut world, mut model) = (World::new(), Model::new());
    for step in steps {
        let step = &settle(step, &world.rows);
        let (done, expected) = match step {
            Step::Give { by, to, what, .. } => (world.give(*by, *to, what), model.give(*by, *to, what)),
            Step::Modify { by, line, what, .. } => (world.modify(*by, *line, what), model.modify(*by, *line, what)),
            Step::End { by, line, delete, .. } => (world.end(*by, *line, *delete), model.end(*by, *line, *delete)),
            Step::Accept { line } => (world.rows[*line].1.accept().is_ok(), model.accept(*line)),
            Step::Jump { days } => {
                world.today = world.today.saturating_add(days.days());
                model.today += days;
                (true, true)
            }
        };
        prop_assert_eq!(done, expected, "{:?}", step);
        allowed.borrow_mut()[kind(step)] += u32::from(done);
        compare(&world, &model, step)?;
    }
    Ok(())
}

fn compare(world: &World, model: &Model, step: &Step) -> Result<(), TestCaseError> {
    for person in 0..PEOPLE {
        let (bits, enters) = world.holds(person);
        prop_assert_eq!(bits, model.holds(person), "person {} after {:?}", person, step);
        prop_assert_eq!(enters, bits != 0);
    }
    for (index, (_, _, above)) in world.rows.iter().enumerate() {
        if let Some(firm) = above {
            let given = world.row(index).effective(world.today).unwrap_or(Rights::NONE);
            let held = world.row(*firm).effective(world.today).unwrap_or(Rights::NONE);
            prop_assert!(held.covers(&given), "more than its firm: {} {}", given, held);
        }
    }
    Ok(())
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a test runs is no configuration of the portal")]
fn g7_nobody_holds_more_than_their_giver_whatever_happens() {
    let cases = std::env::var("G7_SEQUENCES").ok().and_then(|number| number.parse().ok()).unwrap_or(5_000);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let allowed = RefCell::new(Allowed::default());
    runner.run(&proptest::collection::vec(step(), 10..=40), |steps| run(&steps, &allowed)).unwrap();
    assert!(allowed.borrow().iter().all(|often| *often >= cases / 10), "a kind of step that is never allowed shows nothing: {allowed:?}");
}
