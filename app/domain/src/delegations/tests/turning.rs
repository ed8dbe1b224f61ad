//! A status that is kept stays true until the day it says, and is another one from then on.

use super::*;
use crate::delegations::Status;
use jiff::ToSpan;
use proptest::prelude::*;

fn near(days: i32) -> Date {
    TODAY.checked_add(days.days()).unwrap()
}

#[test]
fn a27_the_days_on_which_a_status_turns() {
    let right = |starts, ends| Delegation { starts, ends, ..delegation(1, Role::Utilisateur, some()) };
    assert_eq!(right(near(-3), None).turns(true, TODAY), None);
    assert_eq!(right(near(0), Some(near(2))).turns(true, TODAY), Some(near(3)), "the last day is included");
    assert_eq!(right(near(4), Some(near(9))).turns(true, TODAY), Some(near(4)));
    assert_eq!(right(near(4), Some(near(9))).turns(false, TODAY), Some(near(10)), "waiting for its account until it is over");
    assert_eq!(right(near(-9), Some(near(-1))).turns(true, TODAY), None);
    let closed = Delegation { state: State::Closed, ..right(near(4), Some(near(9))) };
    assert_eq!(closed.turns(true, TODAY), None);
    let firm = Delegation { ends: Some(near(5)), ..delegation(2, Role::Cabinet, some()) };
    assert_eq!(under(&firm, 3, some()).turns(true, TODAY), Some(near(6)), "what hangs on a firm ends with it");
}

proptest! {
    #[test]
    fn a27_between_two_turns_nothing_changes(
        starts in -20..20i32, ends in prop::option::of(-20..20i32), firm in prop::option::of((-20..20i32, prop::option::of(-20..20i32))),
        state in prop::sample::select(State::ALL.to_vec()), has_activated: bool, ahead in 1..40i32
    ) {
        let mut one = delegation(1, if firm.is_some() { Role::Collaborateur } else { Role::Utilisateur }, some());
        (one.starts, one.ends, one.state) = (near(starts), ends.map(near), state);
        one.above = firm.map(|(starts, ends)| {
            Box::new(Delegation { starts: near(starts), ends: ends.map(near), ..delegation(2, Role::Cabinet, some()) })
        });
        let status: Status = one.status(has_activated, TODAY);
        let later = near(ahead);
        if let Some(day) = one.turns(has_activated, TODAY) {
            prop_assert!(TODAY < day && one.status(has_activated, day) != status);
            prop_assert!(day <= later || one.status(has_activated, later) == status);
        } else {
            prop_assert_eq!(one.status(has_activated, later), status);
        }
    }
}
