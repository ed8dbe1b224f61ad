//! Who does what with whose rights.

use super::*;
use crate::delegations::Denied;
use crate::delegations::acts::{Act, Line, acts, end, is_last, modify};
use crate::form::Reason;
use crate::refusal::Refusal;

const USER: &[Act] = &[Act::View, Act::Modify, Act::Close];

fn boss() -> Granted<Give> {
    giver(&[delegation(1, Role::Administrateur, Rights::FULL)])
}

fn firm() -> Delegation {
    delegation(7, Role::Cabinet, some())
}

fn line(delegation: &Delegation) -> Line<'_> {
    Line { delegation, is_own: false, administrators: &[] }
}

#[test]
fn s113_s114_three_actions_on_users_two_on_firms() {
    for role in [Role::AdministrateurEntreprise, Role::Administrateur, Role::Utilisateur] {
        assert_eq!(acts(&boss(), &line(&delegation(2, role, some())), TODAY), USER, "{role:?}");
    }
    assert_eq!(acts(&boss(), &line(&firm()), TODAY), [Act::View, Act::Delete]);
    assert_eq!(acts(&boss(), &line(&under(&firm(), 8, some())), TODAY), [Act::View, Act::Close], "A42");
    for state in [State::Closed, State::Withdrawn] {
        let over = Delegation { state, ..delegation(2, Role::Utilisateur, some()) };
        assert_eq!(acts(&boss(), &line(&over), TODAY), [Act::View], "{state:?}");
    }
    let invited = Delegation { state: State::Invited, ..delegation(2, Role::Utilisateur, some()) };
    assert_eq!(acts(&boss(), &line(&invited), TODAY), USER);
}

#[test]
fn a42_a_firm_sees_and_changes_its_own_collaborators_only() {
    let granted = giver(&[firm()]);
    assert_eq!(acts(&granted, &line(&under(&firm(), 8, some())), TODAY), USER);
    for strange in [
        under(&delegation(6, Role::Cabinet, some()), 8, some()),
        delegation(2, Role::Utilisateur, some()),
        delegation(2, Role::AdministrateurEntreprise, some()),
        firm(),
        Delegation { site: elsewhere(), ..under(&firm(), 8, some()) },
    ] {
        assert!(acts(&granted, &line(&strange), TODAY).is_empty(), "{strange:?}");
        assert_eq!(end(&granted, &line(&strange), Act::Close, TODAY), Err(Denied::Act));
        assert_eq!(end(&granted, &line(&strange), Act::Delete, TODAY), Err(Denied::Act));
    }
    let stray = Delegation { site: elsewhere(), ..delegation(2, Role::Utilisateur, some()) };
    assert!(acts(&boss(), &line(&stray), TODAY).is_empty(), "another site");
}

#[test]
fn what_claims_to_hang_on_an_administrator_is_only_ended() {
    let odd = Delegation { above: Some(Box::new(delegation(1, Role::Administrateur, Rights::FULL))), ..under(&firm(), 8, some()) };
    assert!(!acts(&boss(), &line(&odd), TODAY).contains(&Act::Modify));
}

#[test]
fn t54_what_is_not_offered_is_not_done() {
    let cabinet = terms(Role::Cabinet, some());
    assert_eq!(modify(&boss(), &line(&firm()), &cabinet, TODAY), Err(Denied::Act));
    assert_eq!(end(&boss(), &line(&firm()), Act::Close, TODAY), Err(Denied::Act));
    assert_eq!(end(&boss(), &line(&delegation(2, Role::Utilisateur, some())), Act::Delete, TODAY), Err(Denied::Act));
    for look in [Act::View, Act::Modify] {
        assert_eq!(end(&boss(), &line(&delegation(2, Role::Utilisateur, some())), look, TODAY), Err(Denied::Act), "{look:?}");
    }
    assert_eq!(firm().modify(&cabinet, TODAY), Err(Denied::Act), "nor by the line itself");
    assert_eq!(firm().close(), Err(Denied::Act));
    assert_eq!(delegation(2, Role::Utilisateur, some()).delete(), Err(Denied::Act));
    assert_eq!(Refusal::from(Denied::Act).status(), 404);
}

#[test]
fn a31_ending_closes_what_was_accepted_and_withdraws_what_was_not() {
    for (state, after) in [
        (State::Open, Ok(State::Closed)),
        (State::Invited, Ok(State::Withdrawn)),
        (State::Closed, Err(Denied::State)),
        (State::Withdrawn, Err(Denied::State)),
    ] {
        let user = Delegation { state, ..delegation(2, Role::Utilisateur, some()) };
        assert_eq!(end(&boss(), &line(&user), Act::Close, TODAY).map(|one| one.state), after, "{state:?}");
        let firm = Delegation { state, ..firm() };
        assert_eq!(end(&boss(), &line(&firm), Act::Delete, TODAY).map(|one| one.state), after, "{state:?}");
    }
    let mut closed = Delegation { state: State::Closed, ..delegation(2, Role::Utilisateur, some()) };
    assert_eq!((closed.close(), closed.accept()), (Err(Denied::State), Err(Denied::State)));
    let mut invited = Delegation { state: State::Invited, ..delegation(2, Role::Utilisateur, some()) };
    assert_eq!((invited.accept(), invited.state, invited.accept()), (Ok(()), State::Open, Err(Denied::State)));
}

#[test]
fn a41_nobody_ends_or_changes_their_own() {
    let own = delegation(1, Role::Administrateur, Rights::FULL);
    let line = Line { is_own: true, ..line(&own) };
    assert_eq!(acts(&boss(), &line, TODAY), [Act::View]);
    assert_eq!(end(&boss(), &line, Act::Close, TODAY), Err(Denied::Own));
    assert_eq!(modify(&boss(), &line, &terms(Role::Administrateur, Rights::FULL), TODAY), Err(Denied::Own));
    assert_eq!(Refusal::from(Denied::Own), Refusal::OwnRights);
}

#[test]
fn a41_a_site_keeps_an_administrateur_entreprise() {
    let keeper = |number| delegation(number, Role::AdministrateurEntreprise, Rights::FULL);
    let ending = |number| Delegation { ends: Some(date(2026, 12, 31)), ..keeper(number) };
    let future = |number| Delegation { starts: date(2026, 6, 16), ..keeper(number) };
    let closed = |number| Delegation { state: State::Closed, ..keeper(number) };
    for (one, others, last) in [
        (keeper(2), vec![], true),
        (keeper(2), vec![keeper(2)], true),
        (keeper(2), vec![keeper(2), keeper(3)], false),
        (keeper(2), vec![ending(3)], true),
        (keeper(2), vec![future(3)], true),
        (keeper(2), vec![closed(3)], true),
        (keeper(2), vec![Delegation { role: Role::Administrateur, ..keeper(3) }], true),
        (keeper(2), vec![Delegation { site: elsewhere(), ..keeper(3) }], true),
        (ending(2), vec![ending(2)], true),
        (ending(2), vec![ending(2), ending(3)], false),
        (ending(2), vec![keeper(3)], false),
        (closed(2), vec![], false),
        (future(2), vec![], false),
        (delegation(2, Role::Administrateur, Rights::FULL), vec![], false),
    ] {
        assert_eq!(is_last(&others, &one, TODAY), last, "{one:?} among {others:?}");
    }
}

#[test]
fn a41_the_last_one_is_neither_closed_nor_given_an_end() {
    let last = Delegation { ends: Some(date(2026, 12, 31)), ..delegation(2, Role::AdministrateurEntreprise, Rights::FULL) };
    let try_end = |one: &Delegation, ends| {
        let terms = Terms { starts: one.starts, ends, ..terms(one.role, Rights::FULL) };
        modify(&boss(), &line(one), &terms, TODAY).map(|changed| changed.ends)
    };
    assert_eq!(end(&boss(), &line(&last), Act::Close, TODAY), Err(Denied::LastAdministrator));
    assert_eq!(try_end(&last, Some(date(2026, 12, 30))), Err(Denied::LastAdministrator));
    for later in [Some(date(2026, 12, 31)), Some(date(2027, 1, 1)), None] {
        assert_eq!(try_end(&last, later), Ok(later));
    }
    let lasting = Delegation { ends: None, ..last };
    assert_eq!(try_end(&lasting, Some(date(2099, 1, 1))), Err(Denied::LastAdministrator));
    assert_eq!(try_end(&lasting, None), Ok(None));
    let other = [delegation(3, Role::AdministrateurEntreprise, Rights::FULL)];
    let line = Line { administrators: &other, ..line(&lasting) };
    assert_eq!(end(&boss(), &line, Act::Close, TODAY).map(|one| one.state), Ok(State::Closed));
    assert_eq!(Refusal::from(Denied::LastAdministrator), Refusal::LastAdministrator);
}

#[test]
fn s113_a_user_is_changed_and_becomes_administrator_and_back() {
    let user = delegation(2, Role::Utilisateur, some());
    let wanted = Terms { starts: user.starts, ends: Some(TODAY), ..terms(Role::Administrateur, Rights::FULL) };
    let changed = modify(&boss(), &line(&user), &wanted, TODAY).unwrap();
    let expected = Delegation { role: Role::Administrateur, rights: Rights::FULL, ends: Some(TODAY), ..user.clone() };
    assert_eq!(changed, expected);
    let back = Terms { role: Role::Utilisateur, rights: some(), ends: None, ..wanted };
    assert_eq!(modify(&boss(), &line(&changed), &back, TODAY), Ok(user.clone()));
    for never in [Role::AdministrateurEntreprise, Role::Cabinet, Role::Collaborateur] {
        assert!(modify(&boss(), &line(&user), &Terms { role: never, ..back }, TODAY).is_err(), "{never:?}");
        assert_eq!(user.clone().modify(&Terms { role: never, ..back }, TODAY), Err(Denied::Act), "{never:?}");
    }
    let entreprise = delegation(3, Role::AdministrateurEntreprise, Rights::FULL);
    assert!(modify(&boss(), &line(&entreprise), &back, TODAY).is_err(), "whoever holds the letters is not demoted");
    assert_eq!(entreprise.clone().modify(&back, TODAY), Err(Denied::Act));
    let own = under(&firm(), 8, some());
    let less = Terms { role: Role::Collaborateur, rights: some().for_colleges(College::Etam.into()), starts: own.starts, ends: None };
    let less_of_it = Delegation { rights: less.rights, ..own.clone() };
    assert_eq!(modify(&giver(&[firm()]), &line(&own), &less, TODAY), Ok(less_of_it));
    assert_eq!(modify(&boss(), &line(&own), &less, TODAY), Err(Denied::Act), "the employer ends it, the firm changes it");
}

#[test]
fn a36_a37_days_of_a_change() {
    let begun = delegation(2, Role::Utilisateur, some());
    let future = Delegation { starts: date(2026, 7, 1), ..begun.clone() };
    let from_today = Delegation { starts: TODAY, ..begun.clone() };
    let days = |one: &Delegation, starts, ends| one.clone().modify(&Terms { starts, ends, ..terms(Role::Utilisateur, some()) }, TODAY);
    assert_eq!(days(&begun, begun.starts, Some(TODAY)), Ok(()));
    assert_eq!(days(&begun, begun.starts, Some(date(2026, 6, 14))), Err(Denied::Order));
    assert_eq!(days(&begun, TODAY, None), Err(Denied::Past), "it has begun");
    assert_eq!(days(&from_today, date(2026, 6, 16), None), Err(Denied::Past), "it has begun");
    assert_eq!(days(&future, TODAY, None), Ok(()));
    assert_eq!(days(&future, date(2026, 6, 14), None), Err(Denied::Past));
    assert_eq!(days(&future, date(2026, 7, 2), Some(date(2026, 7, 1))), Err(Denied::Order));
    assert_eq!(days(&future, date(2026, 7, 2), Some(date(2026, 7, 2))), Ok(()));
    let expired = Delegation { ends: Some(date(2026, 6, 14)), ..begun.clone() };
    assert_eq!(days(&expired, expired.starts, None), Err(Denied::State));
    let last_day = Delegation { ends: Some(TODAY), ..begun.clone() };
    assert_eq!(days(&last_day, last_day.starts, None), Ok(()));
    for state in [State::Closed, State::Withdrawn] {
        assert_eq!(days(&Delegation { state, ..begun.clone() }, begun.starts, None), Err(Denied::State), "{state:?}");
    }
}

#[test]
fn t51_t52_denials_answer_422_at_their_field() {
    for (denied, field, reason) in [
        (Denied::Role, "administrator", Reason::NotHeld),
        (Denied::Colleges, "colleges", Reason::NotHeld),
        (Denied::Function(Function::BankDetails), "rights[bank_details]", Reason::NotHeld),
        (Denied::Starts, "starts", Reason::BeforeHeld),
        (Denied::Ends, "ends", Reason::AfterHeld),
        (Denied::NoCollege, "colleges", Reason::NoCollege),
        (Denied::NoRight, "rights", Reason::NoRight),
        (Denied::Past, "starts", Reason::Past),
        (Denied::Order, "ends", Reason::EndBeforeStart),
        (Denied::Oneself, "email", Reason::Oneself),
        (Denied::Giver, "email", Reason::Giver),
        (Denied::AlreadyBeneficiary, "email", Reason::AlreadyBeneficiary),
        (Denied::AlreadyAdministrator, "email", Reason::AlreadyAdministrator),
    ] {
        let refusal = Refusal::from(denied);
        assert_eq!(refusal.status(), 422);
        assert!(matches!(&refusal, Refusal::Invalid(fields) if fields.reason(field) == Some(reason)), "{refusal:?}");
    }
    for denied in [Denied::Own, Denied::LastAdministrator, Denied::State] {
        assert_eq!((denied.field(), Refusal::from(denied).status()), (None, 409));
    }
}
