use super::request::{AccessDraft, MOST, read_sirets};
use super::*;
use crate::delegations::beneficiary::RightsDraft;
use crate::delegations::{Colleges, Delegation, Function, Mode, Rights, Role, State};
use crate::dsn::{DsnState, Severity, Tally};
use crate::form::Reason;
use crate::sites::siret::Siret;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);
const SITE: &str = "01JD3V9X7ZK4M2N8P6Q5R4S3T2";

/// An invented SIRET with a right key.
fn siret(number: usize) -> Siret {
    (0..10).find_map(|key| Siret::parse(&format!("001{number:010}{key}")).ok()).unwrap()
}

fn held(role: Role, starts: Date, ends: Option<Date>, above: Option<Delegation>) -> Delegation {
    let rights = Rights::within(Colleges::ALL).with(Function::Dsn, Mode::Consultation);
    Delegation {
        id: SITE.parse().unwrap(),
        site: SITE.parse().unwrap(),
        role,
        state: State::Open,
        starts,
        ends,
        rights,
        above: above.map(Box::new),
    }
}

fn client(number: usize, name: &str, dsn: Option<Tally>) -> Client {
    let holding = Holding { role: Role::Cabinet, standing: Standing::Live, starts: TODAY, ends: None };
    let dsn = dsn.map(|tally| DsnState { month: "2026-10".parse().ok(), of_month: tally, all: tally });
    Client {
        site: SITE.parse().unwrap(),
        name: name.into(),
        company: format!("SARL {name}"),
        siret: siret(number),
        city: "Orléans".into(),
        holding,
        dsn,
        gives: true,
        is_favourite: number.is_multiple_of(2),
    }
}

fn names(clients: &[Client], pairs: &[(&str, &str)]) -> Vec<String> {
    choose(clients, &PortfolioQuery::parse(pairs.iter().copied()), TODAY).into_iter().map(|client| client.name.clone()).collect()
}

#[test]
fn s148_what_counts_is_the_firm_s_right_in_force_and_it_ends_with_the_firm_s_own() {
    let firm = held(Role::Cabinet, date(2026, 1, 1), Some(date(2026, 12, 1)), None);
    let hand = |ends| held(Role::Collaborateur, date(2026, 2, 1), ends, Some(firm.clone()));
    for (ends, expected) in
        [(None, date(2026, 12, 1)), (Some(date(2026, 11, 30)), date(2026, 11, 30)), (Some(date(2027, 1, 1)), date(2026, 12, 1))]
    {
        let holding = Holding::of([&hand(ends)], TODAY).unwrap();
        assert_eq!((holding.standing, holding.ends, holding.is_ending(TODAY)), (Standing::Live, Some(expected), true));
    }
    let own = held(Role::Utilisateur, date(2026, 1, 1), None, None);
    assert_eq!(Holding::of([&own], TODAY), None, "no firm’s right");
    assert_eq!(Holding::of([&own, &hand(None), &firm], TODAY).unwrap().role, Role::Cabinet);
}

#[test]
fn s111_a_client_stays_named_thirty_days_after_the_end_and_goes_at_once_when_somebody_ended_it() {
    let standing = |starts, ends| Holding::of([&held(Role::Cabinet, starts, ends, None)], TODAY).map(|holding| holding.standing);
    let start = date(2026, 1, 1);
    assert_eq!(standing(start, None), Some(Standing::Live));
    assert_eq!(standing(start, Some(TODAY)), Some(Standing::Live), "the last day is included");
    assert_eq!(standing(start, Some(date(2026, 10, 25))), Some(Standing::Over));
    assert_eq!(standing(start, Some(date(2026, 10, 24))), None);
    assert_eq!(standing(date(2026, 11, 25), None), Some(Standing::Future));
    let closed = Delegation { state: State::Closed, ..held(Role::Cabinet, start, None, None) };
    assert_eq!(Holding::of([&closed], TODAY), None);
    let again = held(Role::Cabinet, start, Some(date(2026, 12, 24)), None);
    let before = held(Role::Cabinet, start, Some(date(2026, 11, 1)), None);
    let holding = Holding::of([&before, &again, &closed], TODAY).unwrap();
    assert!(holding.standing == Standing::Live && holding.is_ending(TODAY), "thirty days ahead");
    let later = held(Role::Cabinet, start, Some(date(2026, 12, 25)), None);
    assert!(!Holding::of([&later], TODAY).unwrap().is_ending(TODAY));
}

#[test]
fn accents_spaces_and_the_grouping_of_digits_are_forgiven() {
    let clients = || vec![client(1, "Été", None), client(2, "Zinc", None), client(3, "Atelier d’Orge", None)];
    assert_eq!(names(&clients(), &[("recherche", " ETE ")]), ["Été"]);
    assert_eq!(names(&clients(), &[("recherche", "orleans zinc")]), ["Zinc"]);
    let digits = siret(2).grouped().replace('\u{a0}', " ");
    assert_eq!(names(&clients(), &[("recherche", digits.as_str())]), ["Zinc"]);
    assert_eq!(names(&clients(), &[("recherche", "d'orge")]), ["Atelier d’Orge"]);
    assert!(names(&clients(), &[("recherche", "absent")]).is_empty());
    assert_eq!(names(&clients(), &[("favoris", "1")]), ["Zinc"]);
    assert_eq!(names(&clients(), &[]), ["Atelier d’Orge", "Été", "Zinc"]);
}

#[test]
fn a17_t49_without_the_right_alerts_neither_filter_nor_order_a_client() {
    let clients = || {
        vec![
            client(1, "b", None),
            client(2, "a", Some(Tally([0, 1, 0, 0]))),
            client(3, "c", Some(Tally([2, 0, 0, 0]))),
            client(4, "d", None),
        ]
    };
    assert_eq!(names(&clients(), &[("tri", "alertes")]), ["c", "a", "b", "d"]);
    assert_eq!(names(&clients(), &[("tri", "-alertes")]), ["a", "c", "b", "d"], "unknown ones stay last");
    assert_eq!(names(&clients(), &[("gravite", "anomalie")]), ["a"]);
    assert_eq!(names(&clients(), &[("gravite", "anomalie"), ("gravite", "bloquant")]), ["a", "c"]);
    assert!(names(&clients(), &[("gravite", "information")]).is_empty());
}

#[test]
fn pages_hold_fifty_and_a_page_beyond_the_last_is_the_last() {
    let clients: Vec<Client> = (0..101).map(|number| client(number, &format!("{number:03}"), None)).collect();
    let page = |text| select(&clients, &PortfolioQuery::parse([("page", text)]), TODAY);
    assert_eq!((page("1").clients.len(), page("1").found, page("1").last), (50, 101, 3));
    assert_eq!((page("9").page, page("9").clients.len()), (3, 1));
    assert_eq!(page("0").page, 1);
    let none = select(&[], &PortfolioQuery::default(), TODAY);
    assert_eq!((none.page, none.last, none.total), (1, 1, 0));
}

proptest! {
    #[test]
    fn an_address_says_what_it_was_read_from(
        search in "[a-zé&=+# %]{0,12}", favourites: bool, ending: bool, gravity in proptest::collection::vec(0usize..4, 0..4),
        role in 0usize..3, column in 0usize..8, descending: bool, page in 1usize..99,
    ) {
        let query = PortfolioQuery {
            search: search.trim().to_owned(),
            favourites,
            severities: Severity::ALL.into_iter().enumerate().filter(|(place, _)| gravity.contains(place)).map(|(_, one)| one).collect(),
            ending,
            role: [None, Some(Role::Cabinet), Some(Role::Collaborateur)][role],
            sort: Sort { column: Column::ALL[column], is_descending: descending },
            page,
        };
        let text = query.to_query();
        let pairs: Vec<(String, String)> = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), decoded(value))
        }).collect();
        prop_assert_eq!(PortfolioQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))), query);
    }

    #[test]
    fn nothing_in_an_address_or_a_file_panics(name in ".{0,20}", value in ".{0,80}") {
        let _ = PortfolioQuery::parse([(name.as_str(), value.as_str()), ("recherche", value.as_str()), ("tri", value.as_str())]).to_query();
        let _ = read_sirets(&value);
    }
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let pair = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn sirets_are_read_from_lines_and_from_files_and_what_is_wrong_is_named() {
    let (a, b) = (siret(1), siret(2));
    let both = vec![a.clone(), b.clone()];
    for text in [
        format!("{a}\r\n{b}\n\n{a}"),
        format!("{} {}", a.grouped(), b.grouped()),
        format!("\u{feff}siret;nom;code postal\n{a};\"Martin\";69003\n\"{b}\";Roux;26000\n"),
        format!("{a},{b}"),
    ] {
        assert_eq!(read_sirets(&text), (both.clone(), vec![]), "{text:?}");
    }
    let (found, wrong) = read_sirets(&format!("{a}\n12345\n00123458200012;{b}\nnom"));
    assert_eq!((found, wrong), (vec![a, b], vec!["12345".to_owned(), format!("00123458200012;{}", siret(2))]));
}

#[test]
fn a_request_says_everything_that_is_wrong_and_keeps_what_was_typed() {
    let grid = RightsDraft {
        colleges: vec!["ouvrier".into()],
        rights: [("dsn".to_owned(), "update".to_owned())].into(),
        ..RightsDraft::default()
    };
    let right = AccessDraft { siret: siret(9).to_string(), sirets: siret(1).to_string(), message: " Bonjour\r\n".into(), grid };
    let wanted = right.parse().unwrap();
    assert_eq!((wanted.sites, wanted.message.as_str()), (vec![siret(1)], "Bonjour"));
    assert_eq!(wanted.rights.mode(Function::Dsn), Some(Mode::Update));
    assert_eq!(AccessDraft::restore(&right.kept()).sirets, right.sirets);

    let many = (0..=MOST).map(|number| siret(number).to_string()).collect::<Vec<_>>().join("\n");
    for (sirets, reason) in [("", Reason::Missing), ("00123458200012", Reason::SiretKey), (many.as_str(), Reason::TooLong)] {
        let errors = AccessDraft { sirets: sirets.into(), ..right.clone() }.parse().unwrap_err();
        assert_eq!(errors.reason("sirets"), Some(reason));
        assert_eq!(errors.typed("sirets"), sirets);
    }
    // A file with other columns is kept as its numbers, what has to be corrected first.
    let lines: Vec<String> = (0..MOST).map(|number| format!("{};Entreprise numéro {number};69003;Lyon", siret(number))).collect();
    let errors = AccessDraft { sirets: format!("{}\n12345;Dupont", lines.join("\n")), ..right.clone() }.parse().unwrap_err();
    let (kept, wrong) = read_sirets(errors.typed("sirets"));
    assert_eq!((errors.reason("sirets"), kept.len(), wrong), (Some(Reason::SiretKey), MOST, vec!["12345;Dupont".to_owned()]));
    let errors = AccessDraft { message: "é".repeat(501), grid: RightsDraft::blank(), ..AccessDraft::default() }.parse().unwrap_err();
    let reasons: Vec<_> = ["siret", "sirets", "message", "rights"].map(|field| errors.reason(field)).to_vec();
    assert_eq!(reasons, [Some(Reason::Missing), Some(Reason::Missing), Some(Reason::TooLong), Some(Reason::NoRight)]);
}
