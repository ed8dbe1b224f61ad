//! The two steps of the form.

use super::*;
use crate::delegations::Colleges;
use crate::delegations::beneficiary::{Beneficiary, BeneficiaryDraft, Kind, RightsDraft, Wanted, optional_date, parse_date};
use crate::form::Reason;
use proptest::prelude::*;

fn step_one() -> BeneficiaryDraft {
    BeneficiaryDraft { email: "nadia@demo.example".into(), ..BeneficiaryDraft::blank(TODAY) }
}

#[test]
fn s126_s129_the_first_step_of_a_person() {
    let beneficiary = step_one().parse(TODAY).unwrap();
    assert_eq!((beneficiary.starts, beneficiary.ends), (TODAY, None), "S128");
    assert_eq!((beneficiary.kind.clone(), beneficiary.email.as_str()), (Kind::User, "nadia@demo.example"));
    assert_eq!(beneficiary.role(Role::AdministrateurEntreprise), Role::Utilisateur);
    assert_eq!(beneficiary.role(Role::Cabinet), Role::Collaborateur);
    let errors = BeneficiaryDraft::default().parse(TODAY).unwrap_err();
    let kept = step_one().kept();
    assert_eq!((kept.typed("kind"), kept.typed("email"), kept.typed("ends")), ("user", "nadia@demo.example", ""), "shown again");
    let fields: Vec<_> = errors.errors.iter().map(|(field, reason)| (field.as_str(), *reason)).collect();
    assert_eq!(fields, [("kind", Reason::Choose), ("email", Reason::Missing), ("starts", Reason::Missing)]);
}

#[test]
fn a32_a_firm_has_a_siret_and_a_person_none() {
    let firm = |siret: &str| BeneficiaryDraft { kind: "firm".into(), siret: siret.into(), ..step_one() }.parse(TODAY);
    let beneficiary = firm("001 234 582 00011").unwrap();
    assert!(matches!(&beneficiary.kind, Kind::Firm(siret) if siret.as_str() == "00123458200011"));
    assert_eq!((beneficiary.role(Role::Administrateur), beneficiary.role(Role::Cabinet)), (Role::Cabinet, Role::Cabinet));
    assert_eq!(firm("").unwrap_err().reason("siret"), Some(Reason::Missing));
    assert_eq!(firm("00123458200012").unwrap_err().reason("siret"), Some(Reason::SiretKey));
    let left = BeneficiaryDraft { siret: "12".into(), ..step_one() }.parse(TODAY);
    assert_eq!(left.unwrap().kind, Kind::User, "typed before the choice was changed");
}

#[test]
fn a36_a37_first_and_last_day() {
    let days = |starts: &str, ends: &str| BeneficiaryDraft { starts: starts.into(), ends: ends.into(), ..step_one() }.parse(TODAY);
    let read = |draft: Result<Beneficiary, _>| draft.map(|one| (one.starts, one.ends));
    assert_eq!(read(days("2026-06-15", "2026-06-15")), Ok((TODAY, Some(TODAY))));
    assert_eq!(read(days("16/06/2026", "31/12/2026")), Ok((date(2026, 6, 16), Some(date(2026, 12, 31)))));
    assert_eq!(days("14/06/2026", "").unwrap_err().reason("starts"), Some(Reason::Past));
    assert_eq!(days("2026-06-16", "2026-06-15").unwrap_err().reason("ends"), Some(Reason::EndBeforeStart));
    assert_eq!(days("demain", "jamais").unwrap_err().errors.len(), 2);
    assert_eq!(days("demain", "jamais").unwrap_err().typed("ends"), "jamais");
}

#[test]
fn dates_as_browsers_send_and_people_type_them() {
    for typed in ["2026-03-01", "01/03/2026", " 1/3/2026 ", "2026-3-1"] {
        assert_eq!(parse_date(typed), Ok(date(2026, 3, 1)), "{typed:?}");
    }
    for wrong in [
        "2026-02-29",
        "31/04/2026",
        "1/3/26",
        "01-03-2026",
        "2026/03/01",
        "2026-03",
        "2026-03-01-01",
        "1999-12-31",
        "2200-01-01",
        "02026-03-01",
        "+026-03-01",
        "2026-+3-01",
        "2026-003-01",
        "2026-00-10",
        "2026-10-00",
        "01/03/2026/",
        "aujourd’hui",
        "2026-03-01T00:00",
    ] {
        assert_eq!(parse_date(wrong), Err(Reason::Date), "{wrong:?}");
    }
    assert_eq!(parse_date("2000-01-01"), Ok(date(2000, 1, 1)));
    assert_eq!(parse_date("31/12/2199"), Ok(date(2199, 12, 31)));
    assert_eq!((parse_date(" "), optional_date(" "), optional_date("x")), (Err(Reason::Missing), Ok(None), Err(Reason::Date)));
}

fn grid(colleges: &[&str], rights: &[(&str, &str)]) -> RightsDraft {
    RightsDraft {
        administrator: String::new(),
        colleges: colleges.iter().map(|code| (*code).to_owned()).collect(),
        rights: rights.iter().map(|(function, mode)| ((*function).to_owned(), (*mode).to_owned())).collect(),
    }
}

#[test]
fn s134_s136_the_form_begins_with_all_colleges_and_no_right() {
    let blank = RightsDraft::blank();
    assert!(College::ALL.into_iter().all(|college| blank.has(college)));
    assert!(Function::ALL.into_iter().all(|function| blank.mode(function).is_none()));
    assert!(!blank.is_administrator());
    assert_eq!(blank.parse(Role::Utilisateur).unwrap_err().reason("rights"), Some(Reason::NoRight), "A38");
}

#[test]
fn s135_s139_colleges_and_each_function_by_itself() {
    let draft = grid(&["ouvrier", "etam"], &[("dsn", "update"), ("documents", "consultation"), ("refunds", "none")]);
    for role in [Role::Utilisateur, Role::Cabinet, Role::Collaborateur] {
        assert_eq!(draft.parse(role), Ok(Wanted { role, rights: some() }), "{role:?}");
    }
    assert_eq!((draft.mode(Function::Dsn), draft.mode(Function::Refunds), draft.has(College::Cadre)), (Some(Mode::Update), None, false));
    let errors = grid(&[], &[("dsn", "update")]).parse(Role::Utilisateur).unwrap_err();
    assert_eq!((errors.reason("colleges"), errors.reason("rights")), (Some(Reason::NoCollege), None));
    let errors = grid(&[], &[]).parse(Role::Utilisateur).unwrap_err();
    assert_eq!((errors.reason("colleges"), errors.reason("rights")), (Some(Reason::NoCollege), Some(Reason::NoRight)));
}

#[test]
fn t51_fields_that_no_page_has_are_refused() {
    let reason = |draft: RightsDraft, field: &str| draft.parse(Role::Utilisateur).unwrap_err().reason(field);
    assert_eq!(reason(grid(&["tous"], &[("dsn", "update")]), "colleges"), Some(Reason::Choose));
    assert_eq!(reason(grid(&["etam"], &[("dsn", "owner")]), "rights[dsn]"), Some(Reason::Choose));
    assert_eq!(reason(grid(&["etam"], &[("dsn", "update"), ("everything", "update")]), "rights"), Some(Reason::Choose));
}

#[test]
fn s143_s144_s145_the_box_gives_everything_whatever_else_is_sent() {
    for (draft, role) in [(grid(&[], &[]), Role::Utilisateur), (grid(&["x"], &[("dsn", "none")]), Role::Administrateur)] {
        let ticked = RightsDraft { administrator: "on".into(), ..draft };
        assert_eq!(ticked.parse(role), Ok(Wanted { role: Role::Administrateur, rights: Rights::FULL }));
        for other in [Role::Cabinet, Role::Collaborateur] {
            assert_eq!(ticked.parse(other).unwrap_err().reason("administrator"), Some(Reason::NotHeld), "T51 {other:?}");
        }
        let entreprise = Wanted { role: Role::AdministrateurEntreprise, rights: Rights::FULL };
        assert_eq!(ticked.parse(Role::AdministrateurEntreprise), Ok(entreprise));
    }
    let unticked = RightsDraft { administrator: String::new(), ..RightsDraft::of(&Wanted { role: Role::Utilisateur, rights: some() }) };
    assert_eq!(unticked.parse(Role::Administrateur).map(|wanted| wanted.role), Ok(Role::Utilisateur), "un-ticked");
    assert_eq!(unticked.parse(Role::AdministrateurEntreprise).map(|wanted| wanted.rights), Ok(Rights::FULL));
}

#[test]
fn a33_the_form_can_be_filled_in_and_comes_back_as_typed() {
    for wanted in [Wanted { role: Role::Cabinet, rights: some() }, Wanted { role: Role::Collaborateur, rights: Rights::FULL }] {
        assert_eq!(RightsDraft::of(&wanted).parse(wanted.role), Ok(wanted));
    }
    assert!(RightsDraft::of(&Wanted { role: Role::Administrateur, rights: Rights::FULL }).is_administrator());
    let typed = RightsDraft { colleges: vec![], ..RightsDraft::of(&Wanted { role: Role::Utilisateur, rights: Rights::FULL }) };
    assert_eq!(RightsDraft::restore(&typed.parse(Role::Utilisateur).unwrap_err()), typed, "however much was chosen");
    let wrong = RightsDraft { rights: [("dsn".to_owned(), "x".to_owned())].into(), ..RightsDraft::blank() };
    let back = RightsDraft::restore(&wrong.parse(Role::Utilisateur).unwrap_err());
    assert_eq!((back.colleges, back.rights.len()), (RightsDraft::blank().colleges, Function::COUNT));
    let ticked = RightsDraft { administrator: "on".into(), ..RightsDraft::blank() };
    assert!(RightsDraft::restore(&ticked.parse(Role::Cabinet).unwrap_err()).is_administrator());
    assert_eq!(Rights::within(Colleges::ALL).colleges.to_string(), RightsDraft::blank().colleges.join(","));
}

proptest! {
    #[test]
    fn no_date_typed_ever_panics(typed in "[0-9/ -]{0,12}|.*") {
        let _ = parse_date(&typed);
    }
}

#[test]
fn what_was_ticked_is_shown_again() {
    let draft = RightsDraft::of(&Wanted { role: Role::Utilisateur, rights: "cadre,dsn:update".parse().unwrap() });
    let kept = draft.kept();
    assert_eq!((kept.typed("administrator"), kept.typed("colleges")), ("", "cadre"));
    assert_eq!(RightsDraft::restore(&kept).kept().typed, kept.typed);
    assert!(kept.typed.iter().any(|(_, typed)| typed == "update"), "{kept:?}");
}
