//! Codes, texts and the small arithmetic of rights.

use super::*;
use crate::delegations::{Colleges, Status};
use proptest::prelude::*;

#[test]
fn a26_codes_of_roles_states_and_functions_are_stable_and_read_back() {
    let roles = ["administrateur_entreprise", "administrateur", "cabinet", "utilisateur", "collaborateur"];
    assert_eq!(Role::ALL.map(Role::code), roles);
    assert!(roles.iter().zip(Role::ALL).all(|(code, role)| code.parse() == Ok(role)));
    assert!(State::ALL.into_iter().all(|state| state.code().parse() == Ok(state)));
    assert!(Status::ALL.into_iter().all(|status| status.code().parse() == Ok(status)));
    assert!("admin".parse::<Role>().is_err() && "".parse::<State>().is_err() && "Actif".parse::<Status>().is_err());
    assert_eq!(
        Function::ALL.map(Function::code).join(" "),
        "legal_information dsn contributions bank_details employees absences weather_stoppages refunds documents exchanges"
    );
}

#[test]
fn rights_have_one_text_for_the_database_and_for_addresses() {
    assert_eq!(some().to_string(), "ouvrier,etam,dsn:update,documents:consultation");
    assert_eq!("documents:consultation,etam,dsn:update,ouvrier".parse(), Ok(some()));
    assert_eq!((Rights::NONE.to_string().as_str(), "".parse()), ("", Ok(Rights::NONE)));
    for wrong in ["dsn", "dsn:", "dsn:none", "DSN:update", "ouvrier,,etam", "ouvrier:update", ",", "dsn:update ", "tous"] {
        assert!(wrong.parse::<Rights>().is_err(), "{wrong:?}");
    }
    assert_eq!((Colleges::ALL.to_string().as_str(), Colleges::NONE.to_string().as_str()), ("ouvrier,etam,cadre", ""));
    assert_eq!("cadre,ouvrier".parse::<Colleges>().unwrap().to_string(), "ouvrier,cadre");
    assert_eq!("cadre,cadre".parse::<Colleges>(), Ok(College::Cadre.into()), "a set");
    assert!("cadre,".parse::<Colleges>().is_err());
    assert_eq!(format!("{:?} {:?}", Colleges::ALL, Rights::NONE), "Colleges(ouvrier,etam,cadre) Rights()");
}

#[test]
fn rights_travel_as_their_text_and_nothing_else_is_read() {
    assert_eq!(String::from(some()), some().to_string());
    assert_eq!(Rights::try_from(some().to_string()), Ok(some()));
    assert!(Rights::try_from("rien".to_owned()).is_err());
    assert_eq!(Colleges::try_from(String::from(some().colleges)), Ok(some().colleges));
    assert!(Colleges::try_from("rien".to_owned()).is_err());
}

#[test]
fn nothing_is_a_right_without_function_or_without_anybody() {
    assert!(Rights::NONE.is_nothing() && Rights::within(Colleges::ALL).is_nothing());
    assert!(some().for_colleges(Colleges::NONE).is_nothing() && !some().is_nothing() && !Rights::FULL.is_nothing());
}

#[test]
fn a27_status_by_state_dates_and_activation() {
    let (before, after) = (date(2026, 6, 14), date(2026, 6, 16));
    for (state, activated, starts, ends, status) in [
        (State::Open, true, TODAY, Some(TODAY), Status::Actif),
        (State::Open, true, before, None, Status::Actif),
        (State::Open, true, after, None, Status::AVenir),
        (State::Open, false, after, None, Status::EnAttente),
        (State::Open, true, before, Some(before), Status::Expire),
        (State::Open, false, before, Some(before), Status::Expire),
        (State::Invited, true, before, None, Status::EnAttente),
        (State::Invited, true, before, Some(before), Status::Expire),
        (State::Closed, true, before, Some(before), Status::Ferme),
        (State::Closed, true, after, None, Status::Ferme),
        (State::Withdrawn, false, before, None, Status::Ferme),
    ] {
        assert_eq!(Status::of(state, activated, starts, ends, TODAY), status, "{state:?} {activated} {starts} {ends:?}");
    }
    assert_eq!(Status::ALL.into_iter().filter(|status| status.is_open()).collect::<Vec<_>>(), Status::OPEN);
}

#[test]
fn a31_a_collaborators_line_follows_the_firms() {
    let firm = delegation(1, Role::Cabinet, some());
    let status = |firm: Delegation| under(&firm, 2, some()).status(true, TODAY);
    assert_eq!(status(firm.clone()), Status::Actif);
    assert_eq!(status(Delegation { state: State::Closed, ..firm.clone() }), Status::Ferme);
    assert_eq!(status(Delegation { state: State::Invited, ..firm.clone() }), Status::EnAttente);
    assert_eq!(status(Delegation { ends: Some(date(2026, 6, 14)), ..firm.clone() }), Status::Expire);
    assert_eq!(status(Delegation { starts: date(2026, 6, 16), ..firm.clone() }), Status::AVenir);
    let own = under(&firm, 2, some());
    assert_eq!(own.status(false, TODAY), Status::EnAttente);
    assert_eq!(Delegation { state: State::Closed, ..own.clone() }.status(true, TODAY), Status::Ferme);
    let expired = Delegation { ends: Some(date(2026, 6, 14)), ..under(&Delegation { state: State::Closed, ..firm }, 2, some()) };
    assert_eq!(expired.status(true, TODAY), Status::Expire, "it was over before");
    assert_eq!(Delegation { above: None, ..own }.status(true, TODAY), Status::Ferme);
}

fn any_rights() -> impl Strategy<Value = Rights> {
    (0u8..8, proptest::collection::vec(0u8..3, Function::COUNT)).prop_map(|(colleges, modes)| {
        let chosen = College::ALL.into_iter().enumerate().filter(|(bit, _)| colleges >> bit & 1 == 1).map(|(_, college)| college);
        let mut rights = Rights::within(chosen.collect());
        for (function, mode) in Function::ALL.into_iter().zip(modes) {
            rights.set(function, [None, Some(Mode::Consultation), Some(Mode::Update)][usize::from(mode)]);
        }
        rights
    })
}

proptest! {
    #[test]
    fn rights_read_back_from_their_text(rights in any_rights()) {
        prop_assert_eq!(rights.to_string().parse::<Rights>(), Ok(rights));
    }

    #[test]
    fn what_both_hold_is_the_most_that_each_covers(a in any_rights(), b in any_rights(), c in any_rights()) {
        let both = a.intersect(&b);
        prop_assert!(a.covers(&both) && b.covers(&both));
        prop_assert_eq!(a.covers(&c) && b.covers(&c), both.covers(&c));
        prop_assert_eq!(a.covers(&b), a.intersect(&b) == b);
        prop_assert!(Rights::FULL.covers(&a) && a.covers(&Rights::NONE));
    }

    #[test]
    fn sets_of_colleges_behave_as_sets(a in any_rights(), b in any_rights()) {
        let (a, b) = (a.colleges, b.colleges);
        for college in College::ALL {
            prop_assert_eq!(a.union(b).contains(college), a.contains(college) || b.contains(college));
            prop_assert_eq!(a.intersect(b).contains(college), a.contains(college) && b.contains(college));
        }
        prop_assert_eq!(a.iter().collect::<Colleges>(), a);
        prop_assert_eq!(a.covers(b), b.iter().all(|college| a.contains(college)));
        prop_assert_eq!(a.is_empty(), a.iter().next().is_none());
    }
}
