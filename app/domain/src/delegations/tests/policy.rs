//! What is held on a day, and what it allows.

use super::*;
use crate::delegations::policy::{
    Enter, ManageDelegations, Need, ReadBankDetails, ReadDelegations, ReadDsn, ReadJournal, UpdateDocuments, UpdateDsn, meets, reaches,
};
use crate::delegations::{Colleges, Effective};
use crate::refusal::Refusal;

#[test]
fn s109_an_administrator_reaches_every_function_within_the_dates_and_nothing_outside() {
    for role in [Role::AdministrateurEntreprise, Role::Administrateur] {
        let someone = actor(&[Delegation { ends: Some(date(2026, 12, 31)), ..delegation(1, role, Rights::NONE) }]);
        for function in Function::ALL {
            assert!(reaches(&someone, function, &site(), TODAY));
            assert!(!reaches(&someone, function, &elsewhere(), TODAY));
            assert!(meets(&someone, Need::Function(function, Mode::Update), &site(), TODAY));
        }
        for (day, allowed) in [(date(2026, 1, 9), false), (date(2026, 1, 10), true), (date(2026, 12, 31), true), (date(2027, 1, 1), false)]
        {
            assert_eq!(may(&someone, Enter, &site(), day).is_ok(), allowed, "{day}");
            assert_eq!(may(&someone, UpdateDsn, &site(), day).is_ok(), allowed, "{day}");
            assert_eq!(may(&someone, ManageDelegations, &site(), day).is_ok(), allowed, "{day}");
        }
        assert_eq!(may(&someone, Enter, &elsewhere(), TODAY).unwrap_err(), Refusal::NotFound);
    }
}

#[test]
fn t55_the_last_day_counts_whole_and_the_first_too() {
    let firm = Delegation { starts: TODAY, ends: Some(TODAY), ..delegation(1, Role::Cabinet, some()) };
    for one in [firm.clone(), Delegation { starts: date(2026, 1, 1), ..under(&firm, 2, some()) }] {
        assert_eq!(one.effective(TODAY.yesterday().unwrap()), None);
        assert_eq!(one.effective(TODAY), Some(some()));
        assert_eq!(one.effective(TODAY.tomorrow().unwrap()), None);
    }
}

#[test]
fn only_an_open_delegation_gives_anything() {
    for state in State::ALL {
        let one = Delegation { state, ..delegation(1, Role::Administrateur, Rights::FULL) };
        assert_eq!(may(&actor(std::slice::from_ref(&one)), Enter, &site(), TODAY).is_ok(), state == State::Open, "{state:?}");
        let firm = Delegation { role: Role::Cabinet, ..one };
        assert_eq!(under(&firm, 2, some()).effective(TODAY).is_some(), state == State::Open, "{state:?}");
    }
}

#[test]
fn s146_s147_a_firm_reaches_what_was_chosen_in_the_mode_chosen() {
    let firm = actor(&[delegation(1, Role::Cabinet, some())]);
    assert!(may(&firm, UpdateDsn, &site(), TODAY).is_ok());
    assert!(may(&firm, ReadDsn, &site(), TODAY).is_ok(), "A38: updating implies reading");
    assert_eq!(may(&firm, UpdateDocuments, &site(), TODAY).unwrap_err(), Refusal::NotFound);
    assert_eq!(may(&firm, ReadBankDetails, &site(), TODAY).unwrap_err(), Refusal::NotFound, "D10");
    assert_eq!(may(&firm, UpdateDsn, &site(), TODAY).unwrap().colleges(), some().colleges);
    assert!(reaches(&firm, Function::Documents, &site(), TODAY) && !reaches(&firm, Function::Refunds, &site(), TODAY));
}

#[test]
fn s112_a_collaborator_has_what_both_hold_live() {
    let firm = delegation(1, Role::Cabinet, some());
    let wide = Rights::within([College::Etam, College::Cadre].into_iter().collect())
        .with(Function::Dsn, Mode::Consultation)
        .with(Function::Documents, Mode::Update)
        .with(Function::Refunds, Mode::Update);
    let expected =
        Rights::within(College::Etam.into()).with(Function::Dsn, Mode::Consultation).with(Function::Documents, Mode::Consultation);
    assert_eq!(under(&firm, 2, wide).effective(TODAY), Some(expected));
    let disjoint = some().for_colleges(College::Cadre.into());
    assert_eq!(under(&firm, 2, disjoint).effective(TODAY), None, "nothing is left");
    assert!(may(&actor(&[under(&firm, 2, disjoint)]), Enter, &site(), TODAY).is_err());
}

#[test]
fn a42_a_chain_that_cannot_be_gives_nothing() {
    let firm = delegation(1, Role::Cabinet, some());
    let third = under(&firm, 2, some());
    let broken = [
        Delegation { above: None, ..third.clone() },
        Delegation { above: Some(Box::new(Delegation { site: elsewhere(), ..firm.clone() })), ..third.clone() },
        Delegation { above: Some(Box::new(Delegation { role: Role::Administrateur, ..firm.clone() })), ..third.clone() },
        Delegation { above: Some(Box::new(third.clone())), ..third.clone() },
        Delegation { above: Some(Box::new(Delegation { above: Some(Box::new(firm.clone())), ..firm.clone() })), ..third.clone() },
        Delegation { role: Role::Utilisateur, ..third.clone() },
        Delegation { role: Role::Administrateur, ..third.clone() },
        Delegation { role: Role::Cabinet, ..third },
    ];
    for (number, one) in broken.into_iter().enumerate() {
        assert_eq!(one.effective(TODAY), None, "{number}");
        assert!(!one.is_live(TODAY), "{number}");
    }
}

#[test]
fn two_delegations_add_up_without_mixing() {
    let dsn = Rights::within(College::Ouvrier.into()).with(Function::Dsn, Mode::Update);
    let more = Rights::within(College::Cadre.into()).with(Function::Dsn, Mode::Consultation).with(Function::Documents, Mode::Update);
    let both = [delegation(1, Role::Utilisateur, dsn), delegation(2, Role::Cabinet, more)];
    let all = Effective::of(&both, &site(), TODAY);
    assert_eq!(all.colleges(Function::Dsn, Mode::Update), College::Ouvrier.into());
    assert_eq!(all.colleges(Function::Dsn, Mode::Consultation), [College::Ouvrier, College::Cadre].into_iter().collect());
    assert_eq!(all.colleges(Function::Documents, Mode::Update), College::Cadre.into());
    assert_eq!(all.colleges(Function::Refunds, Mode::Consultation), Colleges::NONE);
    assert_eq!(Effective::of(&both, &elsewhere(), TODAY), Effective::default());
    let granted = may(&actor(&both), UpdateDsn, &site(), TODAY).unwrap();
    assert_eq!((granted.colleges(), granted.role(), granted.through()), (College::Ouvrier.into(), Role::Utilisateur, &both[..1]));
    let granted = may(&actor(&both), ReadDsn, &site(), TODAY).unwrap();
    assert_eq!((granted.role(), granted.through().len(), granted.site()), (Role::Cabinet, 2, &site()));
}

#[test]
fn s142_who_administers_and_who_gives() {
    for (role, administers, hands_on) in [
        (Role::AdministrateurEntreprise, true, true),
        (Role::Administrateur, true, true),
        (Role::Cabinet, false, true),
        (Role::Utilisateur, false, false),
        (Role::Collaborateur, false, false),
    ] {
        let one = delegation(1, role, some());
        let one = if role == Role::Collaborateur { under(&delegation(2, Role::Cabinet, some()), 1, some()) } else { one };
        let someone = actor(&[one]);
        assert_eq!(may(&someone, ReadDelegations, &site(), TODAY).is_ok(), administers, "{role:?}");
        assert_eq!(may(&someone, ManageDelegations, &site(), TODAY).is_ok(), administers, "{role:?}");
        assert_eq!(may(&someone, ReadJournal, &site(), TODAY).is_ok(), administers, "{role:?}");
        assert_eq!(may(&someone, Give, &site(), TODAY).is_ok(), hands_on, "{role:?}");
        assert_eq!(meets(&someone, Need::Giving, &site(), TODAY), hands_on, "{role:?}");
        assert!(may(&someone, Enter, &site(), TODAY).is_ok(), "{role:?}");
    }
}

#[test]
fn every_function_has_an_action_that_reads_it_and_one_that_updates_it() {
    use crate::delegations::policy::*;
    fn needs<R: Action, U: Action>() -> [Need; 2] {
        [R::NEEDS, U::NEEDS]
    }
    let actions = [
        needs::<ReadLegalInformation, UpdateLegalInformation>(),
        needs::<ReadDsn, UpdateDsn>(),
        needs::<ReadContributions, UpdateContributions>(),
        needs::<ReadBankDetails, UpdateBankDetails>(),
        needs::<ReadEmployees, UpdateEmployees>(),
        needs::<ReadAbsences, UpdateAbsences>(),
        needs::<ReadWeatherStoppages, UpdateWeatherStoppages>(),
        needs::<ReadRefunds, UpdateRefunds>(),
        needs::<ReadDocuments, UpdateDocuments>(),
        needs::<ReadExchanges, UpdateExchanges>(),
    ];
    for (function, pair) in Function::ALL.into_iter().zip(actions) {
        assert_eq!(pair, Mode::ALL.map(|mode| Need::Function(function, mode)));
    }
}
