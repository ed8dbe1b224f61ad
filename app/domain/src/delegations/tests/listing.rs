//! The list's address and order.

use super::*;
use crate::delegations::Status;
use crate::delegations::list::{Column, Cursor, ListQuery, Place, SIZES, Sort};
use crate::delegations::sort_key::{MOST, sort_key};
use crate::identity::email::Email;
use proptest::prelude::*;

fn read(query: &str) -> ListQuery {
    ListQuery::parse(query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))))
}

#[test]
fn s115_s116_s122_by_default_open_lines_by_name_five_a_page() {
    let query = read("");
    assert_eq!(query, ListQuery::default());
    assert_eq!((query.roles(), query.statuses()), (&Role::ALL[..], &Status::OPEN[..]));
    assert_eq!((query.sort, query.size(), &query.place), (Sort { column: Column::Name, is_descending: false }, 5, &Place::First));
    assert_eq!(query.to_query(), "");
}

#[test]
fn s118_s124_everything_stands_in_the_address() {
    let address =
        "role=cabinet&role=utilisateur&statut=actif&statut=ferme&effet=2026-01-01&fin=2026-12-31&sans_fin=1&tri=-fin&lignes=20&apres=x-1";
    let query = read(address);
    assert_eq!((query.roles(), query.statuses()), (&[Role::Cabinet, Role::Utilisateur][..], &[Status::Actif, Status::Ferme][..]));
    assert_eq!((query.from, query.until, query.without_end), (Some(date(2026, 1, 1)), Some(date(2026, 12, 31)), true));
    assert_eq!((query.sort, query.size()), (Sort { column: Column::Ends, is_descending: true }, 20));
    assert_eq!(query.place, Place::After(Cursor::parse("x-1").unwrap()));
    assert_eq!(query.to_query(), address);
    assert_eq!(read("avant=y").place, Place::Before(Cursor::parse("y").unwrap()));
    assert_eq!((read("page=derniere").place, read("page=derniere").to_query().as_str()), (Place::Last, "page=derniere"));
    assert_eq!(Cursor::parse("y").unwrap().as_str(), "y");
}

#[test]
fn the_address_is_the_shortest_that_says_the_same() {
    for (long, short) in [
        ("role=utilisateur&role=cabinet&role=cabinet", "role=cabinet&role=utilisateur"),
        ("role=administrateur_entreprise&role=administrateur&role=utilisateur&role=cabinet&role=collaborateur", ""),
        ("statut=actif&statut=en_attente&statut=a_venir", ""),
        ("statut=ferme&statut=expire&statut=actif&statut=en_attente&statut=a_venir", "statut=tous"),
        ("statut=tous", "statut=tous"),
        ("effet=&fin=&sans_fin=1&tri=nom&lignes=5&apres=", ""),
        ("effet=31/12/2026", "effet=2026-12-31"),
        ("fin=2026-12-31&sans_fin=", "fin=2026-12-31"),
        ("lignes=10&tri=-nom", "tri=-nom&lignes=10"),
    ] {
        assert_eq!(read(long).to_query(), short, "{long}");
    }
}

#[test]
fn junk_falls_back_to_the_defaults() {
    let long = "a".repeat(401);
    for junk in [
        "role=chef",
        "statut=Actif",
        "statut=",
        "effet=hier",
        "fin=2026-02-30",
        "tri=mail",
        "tri=--nom",
        "tri=-",
        "lignes=7",
        "lignes=-5",
        "lignes=99999999",
        "apres=%2e",
        "apres=a b",
        "avant=é",
        "page=2",
        "x=y",
        "=",
        "&&",
    ] {
        assert_eq!(read(junk), ListQuery::default(), "{junk}");
    }
    assert_eq!(read(&format!("apres={long}")).place, Place::First);
    assert!(Cursor::parse(&long[1..]).is_some());
}

#[test]
fn s117_s123_another_order_or_size_begins_at_the_first_page() {
    let query = read("role=cabinet&apres=x");
    assert_eq!(query.sorted(Column::Name).to_query(), "role=cabinet&tri=-nom");
    assert_eq!(query.sorted(Column::Name).sorted(Column::Name).to_query(), "role=cabinet");
    assert_eq!(query.sorted(Column::Ends).to_query(), "role=cabinet&tri=fin");
    assert_eq!(query.sorted(Column::Ends).sorted(Column::Starts).to_query(), "role=cabinet&tri=effet");
    for size in SIZES {
        assert_eq!(query.sized(size).size(), size);
    }
    assert_eq!((query.sized(50).to_query().as_str(), query.sized(6).to_query().as_str()), ("role=cabinet&lignes=50", "role=cabinet"));
    assert_eq!(query.at(Place::Last).to_query(), "role=cabinet&page=derniere");
}

#[test]
fn a27_each_filter_can_be_taken_away() {
    let query = read("role=cabinet&role=utilisateur&statut=actif&statut=ferme&apres=x");
    assert_eq!(query.without_role(Role::Cabinet).to_query(), "role=utilisateur&statut=actif&statut=ferme");
    assert_eq!(query.without_status(Status::Ferme).to_query(), "role=cabinet&role=utilisateur&statut=actif");
    assert_eq!(read("role=cabinet").without_role(Role::Cabinet), ListQuery::default());
    assert_eq!(read("statut=ferme").without_status(Status::Ferme), ListQuery::default());
    assert_eq!(read("").without_status(Status::AVenir).statuses(), [Status::Actif, Status::EnAttente]);
}

#[test]
fn a28_bounds_are_included_and_no_end_passes_with_its_box_only() {
    let shows = |query: &str, starts, ends| read(query).shows(Role::Cabinet, Status::Actif, starts, ends);
    let (day, next) = (date(2026, 6, 15), date(2026, 6, 16));
    assert!(shows("", day, None) && shows("", day, Some(day)));
    assert!(shows("effet=2026-06-15", day, None) && !shows("effet=2026-06-16", day, None));
    assert!(shows("fin=2026-06-15", day, Some(day)) && !shows("fin=2026-06-15", day, Some(next)));
    assert!(!shows("fin=2026-06-15", day, None) && shows("fin=2026-06-15&sans_fin=1", day, None));
    assert!(!shows("fin=2026-06-15&sans_fin=1", day, Some(next)));
    assert!(!shows("role=utilisateur", day, None) && shows("role=utilisateur&role=cabinet", day, None));
    assert!(!shows("statut=ferme", day, None) && !read("").shows(Role::Cabinet, Status::Expire, day, None));
}

fn key(last: &str, first: &str) -> String {
    let name = PersonName { first: first.to_owned(), last: last.to_owned() };
    sort_key(&name, &Email::parse("a.zorro@demo.example").unwrap())
}

#[test]
fn s116_names_in_french_order() {
    let order = [
        ("Aït Ali", "Zoé"),
        ("Cote", "Zoé"),
        ("Côte", "Anne"),
        ("Coté", "Anne"),
        ("Côté", "Anne"),
        ("D’Ormesson", "Jean"),
        ("Dormoy", "Ève"),
        ("Le Goff", "Anne"),
        ("Lefèvre", "Jean"),
        ("Le Fèvre", "Jean-Marc"),
        ("Lefevre", "Jeanne"),
        ("Martin", "Zoé"),
        ("Martinez", "Anne"),
        ("Œuvrard", "Anne"),
        ("Zidi", ""),
    ];
    let mut sorted = order;
    sorted.sort_by_key(|(last, first)| key(last, first));
    let expected = [
        ("Aït Ali", "Zoé"),
        ("Côte", "Anne"),
        ("Coté", "Anne"),
        ("Côté", "Anne"),
        ("Cote", "Zoé"),
        ("D’Ormesson", "Jean"),
        ("Dormoy", "Ève"),
        ("Lefèvre", "Jean"),
        ("Le Fèvre", "Jean-Marc"),
        ("Lefevre", "Jeanne"),
        ("Le Goff", "Anne"),
        ("Martin", "Zoé"),
        ("Martinez", "Anne"),
        ("Œuvrard", "Anne"),
        ("Zidi", ""),
    ];
    assert_eq!(sorted, expected);
}

#[test]
fn accents_count_last_and_from_the_end() {
    for rising in [
        ["cote", "côte", "coté", "côté"],
        ["ete", "eté", "etè", "etê"],
        ["elève", "élève", "elèvé", "élèvé"],
        ["garca", "garça", "garçá", "garçà"],
    ] {
        for pair in rising.windows(2) {
            assert!(key(pair[0], "") < key(pair[1], ""), "{pair:?}");
            assert!(key("x", pair[0]) < key("x", pair[1]), "{pair:?}");
        }
    }
    for (one, other) in
        [("Jean-Marc", "jean marc"), ("d’Arc", "D'ARC"), ("e\u{301}te\u{302}", "étê"), ("garc\u{327}on", "garçon"), ("ETE\u{308}", "etë")]
    {
        assert_eq!(key(one, ""), key(other, ""), "{one}");
    }
    assert!(key("oeuf", "") < key("œuf", "") && key("œuf", "") < key("oeufs", ""));
    assert!(key("n", "") < key("ñ", "") && key("ñ", "") < key("na", ""));
}

#[test]
fn a30_whoever_has_no_name_comes_after_names_by_address() {
    let nobody = |email: &str| sort_key(&PersonName::default(), &Email::parse(email).unwrap());
    assert!(key("Zzz", "Zzz") < nobody("a@demo.example"));
    assert!(nobody("a@demo.example") < nobody("b@demo.example"));
    assert_eq!(key("-", "’"), nobody("a.zorro@demo.example"), "no letter is no name");
    assert!(key("", "Anne") < nobody("a@demo.example"));
}

#[test]
fn a_key_is_bounded_and_ends_between_two_characters() {
    let long = "Œ".repeat(80);
    assert!(key(&long, &long).len() <= MOST && key(&"é".repeat(80), &"ж".repeat(80)).len() <= MOST);
    let mail = Email::parse(&format!("{}@{}.example", "a".repeat(64), "b".repeat(63))).unwrap();
    assert_eq!(sort_key(&PersonName::default(), &mail).len(), MOST);
    let exact = key(&"a".repeat(50), "b");
    assert!(exact.starts_with(&format!("0{} b ", "a".repeat(50))));
    assert_eq!(key(&"a".repeat(51), "b"), exact);
}

proptest! {
    #[test]
    fn no_address_is_refused_and_each_canonical_one_reads_back(
        pairs in proptest::collection::vec(("role|statut|effet|fin|sans_fin|tri|lignes|apres|avant|page|.{0,3}",
            "cabinet|utilisateur|actif|ferme|tous|2026-0[1-9]-1[0-9]|1|-?(nom|role|statut|effet|fin)|5|10|20|50|derniere|[a-z]{1,9}|.{0,6}"), 0..12)
    ) {
        let query = ListQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let address = query.to_query();
        prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic() && !b"%+#?".contains(&byte)));
        prop_assert_eq!(read(&address), query);
    }

    #[test]
    fn any_two_names_have_keys_within_bounds(last in ".{0,80}", first in ".{0,80}") {
        prop_assert!(key(&last, &first).len() <= MOST);
    }
}
