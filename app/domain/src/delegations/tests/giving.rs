//! What may be given out of what one holds, and to whom.

use super::*;
use crate::delegations::giving::{Party, Source, give, modify, receive};
use crate::delegations::{Denied, Status};
use crate::id::AccountId;
use crate::identity::email::Email;

fn firm() -> Delegation {
    Delegation { ends: Some(date(2026, 12, 31)), ..delegation(7, Role::Cabinet, some()) }
}

fn part(rights: Rights) -> Terms {
    Terms { ends: Some(date(2026, 9, 30)), ..terms(Role::Collaborateur, rights) }
}

#[test]
fn s110_s111_administrators_give_in_the_companys_name() {
    for role in [Role::AdministrateurEntreprise, Role::Administrateur] {
        let granted = giver(&[delegation(1, role, Rights::NONE)]);
        for given in [Role::Administrateur, Role::Utilisateur, Role::Cabinet] {
            assert_eq!(give(&granted, &terms(given, some()), TODAY), Ok(Source::Company), "{role:?} {given:?}");
        }
        for never in [Role::AdministrateurEntreprise, Role::Collaborateur] {
            assert_eq!(give(&granted, &terms(never, some()), TODAY), Err(Denied::Role), "{role:?} {never:?}");
        }
    }
}

#[test]
fn s148_t51_a_firm_gives_part_of_what_it_holds_and_no_more() {
    let granted = giver(&[firm()]);
    let source = Ok(Source::Firm(id(7)));
    assert_eq!(give(&granted, &part(some()), TODAY), source, "all of it");
    assert_eq!(give(&granted, &part(Rights::within(College::Etam.into()).with(Function::Dsn, Mode::Consultation)), TODAY), source);
    let more = [
        (part(some().for_colleges(College::Cadre.into())), Denied::Colleges),
        (part(some().with(Function::Refunds, Mode::Consultation)), Denied::Function(Function::Refunds)),
        (part(some().with(Function::Documents, Mode::Update)), Denied::Function(Function::Documents)),
        (Terms { ends: Some(date(2027, 1, 1)), ..part(some()) }, Denied::Ends),
        (Terms { ends: None, ..part(some()) }, Denied::Ends),
        (part(Rights::NONE), Denied::NoCollege),
        (part(Rights::within(College::Etam.into())), Denied::NoRight),
    ];
    for (terms, denied) in more {
        assert_eq!(give(&granted, &terms, TODAY), Err(denied), "{terms:?}");
    }
    assert_eq!(give(&granted, &Terms { ends: Some(date(2026, 12, 31)), ..part(some()) }, TODAY), source, "as long as its own");
}

#[test]
fn t52_a42_a_firm_makes_collaborators_and_nobody_else() {
    let granted = giver(&[firm()]);
    for role in [Role::AdministrateurEntreprise, Role::Administrateur, Role::Utilisateur, Role::Cabinet] {
        assert_eq!(give(&granted, &Terms { role, ..part(some()) }, TODAY), Err(Denied::Role), "{role:?}");
    }
    let third = actor(&[under(&firm(), 8, some()), delegation(9, Role::Utilisateur, some())]);
    assert!(may(&third, Give, &site(), TODAY).is_err(), "no third level, and users give nothing");
}

#[test]
fn t51_an_administrator_gives_no_longer_than_they_have_it_themselves() {
    let granted = giver(&[Delegation { ends: Some(date(2026, 12, 31)), ..delegation(1, Role::Administrateur, Rights::FULL) }]);
    let until = |ends| give(&granted, &Terms { ends, ..terms(Role::Administrateur, Rights::NONE) }, TODAY);
    assert_eq!(until(Some(date(2026, 12, 31))), Ok(Source::Company));
    assert_eq!(until(Some(date(2027, 1, 1))), Err(Denied::Ends));
    assert_eq!(until(None), Err(Denied::Ends));
}

#[test]
fn a36_a37_days_that_cannot_be() {
    let granted = giver(&[delegation(1, Role::Administrateur, Rights::FULL)]);
    let days = |starts, ends| give(&granted, &Terms { starts, ends, ..terms(Role::Utilisateur, some()) }, TODAY);
    assert_eq!(days(date(2026, 6, 14), None), Err(Denied::Past));
    assert_eq!(days(date(2026, 6, 16), Some(TODAY)), Err(Denied::Order));
    assert_eq!(days(TODAY, Some(TODAY)), Ok(Source::Company));
    assert_eq!(days(date(2027, 1, 1), Some(date(2027, 1, 1))), Ok(Source::Company));
}

#[test]
fn of_several_delegations_one_must_cover_the_gift_by_itself() {
    let other = Rights::within(College::Cadre.into()).with(Function::Refunds, Mode::Update);
    let granted = giver(&[firm(), delegation(8, Role::Cabinet, other)]);
    assert_eq!(give(&granted, &part(other), TODAY), Ok(Source::Firm(id(8))));
    assert_eq!(give(&granted, &part(some()), TODAY), Ok(Source::Firm(id(7))));
    assert!(give(&granted, &part(some().with(Function::Refunds, Mode::Update)), TODAY).is_err());
    let both = giver(&[firm(), delegation(1, Role::Administrateur, Rights::FULL)]);
    assert_eq!(give(&both, &terms(Role::Utilisateur, Rights::FULL), TODAY), Ok(Source::Company));
    assert_eq!(give(&both, &part(some()), TODAY), Ok(Source::Firm(id(7))));
}

#[test]
fn t51_new_terms_stay_within_what_the_changer_holds() {
    let granted = giver(&[firm()]);
    let old = Delegation { starts: date(2026, 2, 1), ends: Some(date(2026, 8, 31)), ..under(&firm(), 8, some()) };
    let kept = Terms { role: Role::Collaborateur, rights: some(), starts: old.starts, ends: old.ends };
    assert_eq!(modify(&granted, &old, &kept, TODAY), Ok(()));
    assert_eq!(modify(&granted, &old, &Terms { ends: Some(date(2026, 12, 31)), ..kept }, TODAY), Ok(()));
    assert_eq!(modify(&granted, &old, &Terms { ends: None, ..kept }, TODAY), Err(Denied::Ends));
    assert_eq!(modify(&granted, &old, &Terms { starts: date(2026, 1, 9), ..kept }, TODAY), Err(Denied::Starts));
    assert_eq!(modify(&granted, &old, &Terms { rights: Rights::FULL, ..kept }, TODAY), Err(Denied::Colleges));
    assert_eq!(modify(&granted, &old, &Terms { role: Role::Administrateur, ..kept }, TODAY), Err(Denied::Role));
    assert_eq!(modify(&granted, &old, &Terms { role: Role::AdministrateurEntreprise, ..kept }, TODAY), Err(Denied::Role));
    assert_eq!(modify(&granted, &old, &Terms { starts: firm().starts, ..kept }, TODAY), Ok(()), "from its own first day");
    let boss = giver(&[delegation(1, Role::Administrateur, Rights::FULL)]);
    assert_eq!(modify(&boss, &old, &kept, TODAY), Err(Denied::Role), "the firm's affair");
    let elses = under(&delegation(6, Role::Cabinet, some()), 8, some());
    assert_eq!(modify(&granted, &elses, &kept, TODAY), Err(Denied::Role), "hangs on another firm");
}

#[test]
fn days_that_stay_are_not_given_anew() {
    let granted = giver(&[Delegation {
        starts: date(2026, 6, 1),
        ends: Some(date(2026, 12, 31)),
        ..delegation(1, Role::Administrateur, Rights::FULL)
    }]);
    let old = delegation(2, Role::Utilisateur, some());
    let kept = Terms { role: Role::Utilisateur, rights: Rights::FULL, starts: old.starts, ends: None };
    assert_eq!(modify(&granted, &old, &kept, TODAY), Ok(()));
    let ended = Delegation { ends: Some(date(2026, 8, 1)), ..old };
    assert_eq!(modify(&granted, &ended, &kept, TODAY), Err(Denied::Ends));
}

#[test]
fn t52_a34_a35_who_may_not_receive() {
    let account = |last: char| format!("01JD3V9X7ZK4M2N8P6Q5R4S3T{last}").parse::<AccountId>().unwrap();
    let mail = |text: &str| Email::parse(text).unwrap();
    let (me, boss, known) = (mail("claire.martin@demo.example"), mail("paul@demo.example"), account('1'));
    let giver = Party { account: Some(&known), email: &me };
    let givers = [Party { account: None, email: &boss }];
    let to = |text: &str, account: Option<&AccountId>, lines: &[(Role, Status)]| {
        receive(&Party { account, email: &mail(text) }, &giver, &givers, lines)
    };
    assert_eq!(to("nadia@demo.example", Some(&account('2')), &[]), Ok(()));
    assert_eq!(to("clairemartin@demo.example", None, &[]), Ok(()));
    for alias in ["claire.martin@demo.example", "claire.martin+chantier@demo.example"] {
        assert_eq!(to(alias, None, &[]), Err(Denied::Oneself), "{alias}");
    }
    assert_eq!(to("autre@demo.example", Some(&known), &[]), Err(Denied::Oneself), "the account under another address");
    assert_eq!(to("paul+cabinet@demo.example", None, &[]), Err(Denied::Giver));
    let nadia = |lines: &[(Role, Status)]| to("nadia@demo.example", None, lines);
    for open in Status::OPEN {
        assert_eq!(nadia(&[(Role::Cabinet, open)]), Err(Denied::AlreadyBeneficiary), "{open:?}");
        assert_eq!(nadia(&[(Role::Utilisateur, open), (Role::Administrateur, open)]), Err(Denied::AlreadyAdministrator), "{open:?}");
    }
    assert_eq!(nadia(&[(Role::Administrateur, Status::Ferme), (Role::Utilisateur, Status::Expire)]), Ok(()), "A31: given anew");
}
