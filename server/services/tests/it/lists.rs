//! The list of beneficiaries from outside: what it shows to whom, in which order, and that it agrees with the rights it is made from.

use crate::support::{PASSWORD, again, enter, firm, grid, invite, join, origin, refusal, site, who, with_claire};
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::delegations::list::{Column, ListQuery, Place, SIZES};
use domain::delegations::{Role, Status};
use domain::id::DelegationId;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::date;
use services::testing::Bench;
use services::{BeneficiaryLine, BeneficiaryList, LIST_MOST, Visit};

const TODAY: jiff::civil::Date = date(2026, 11, 24);

fn query(text: &str) -> ListQuery {
    ListQuery::parse(text.split('&').filter_map(|pair| pair.split_once('=')))
}

async fn page(bench: &Bench, visit: &Visit, query: &ListQuery) -> BeneficiaryList {
    bench.services.beneficiary_list(visit, &site(visit), query).await.unwrap()
}

/// Every line, page by page, from the first page on; each page is the one before the next.
async fn walk(bench: &Bench, visit: &Visit, query: &ListQuery) -> Vec<BeneficiaryLine> {
    let (mut all, mut place) = (Vec::new(), Place::First);
    loop {
        let shown = page(bench, visit, &query.at(place)).await;
        assert_eq!(shown.before.is_some(), !all.is_empty());
        if let Some(before) = shown.before.clone() {
            let previous = page(bench, visit, &query.at(Place::Before(before))).await;
            assert!(all.ends_with(&previous.lines), "{:?}", titles(&previous.lines));
        }
        all.extend(shown.lines);
        match shown.after {
            Some(after) => place = Place::After(after),
            None => break,
        }
    }
    let last = page(bench, visit, &query.at(Place::Last)).await;
    assert!(all.ends_with(&last.lines) && last.after.is_none(), "{:?}", titles(&last.lines));
    assert_eq!(last.lines.len(), all.len().min(usize::from(query.size())));
    all
}

fn titles(lines: &[BeneficiaryLine]) -> Vec<String> {
    lines.iter().map(BeneficiaryLine::title).collect()
}

async fn claire() -> (Bench, Visit) {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    (bench, visit)
}

/// Claire and so many others.
async fn crowd(many: usize) -> (Bench, Visit) {
    let (bench, visit) = claire().await;
    bench.store().load_lines(&site(&visit), many, TODAY).await.unwrap();
    (bench, visit)
}

/// The list, all statuses, is what the rights give: the same lines, once each.
async fn agrees(bench: &Bench, visit: &Visit) {
    let mut listed = walk(bench, visit, &query("statut=tous&lignes=5")).await;
    let mut held = bench.services.beneficiaries(visit, &site(visit)).await.unwrap();
    for line in &mut held {
        line.is_link_over = false;
    }
    listed.sort_by(|a, b| a.key.cmp(&b.key));
    held.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(listed, held);
    let counted = page(bench, visit, &ListQuery::default()).await;
    assert_eq!(counted.total, held.len());
    for (status, count) in counted.statuses {
        assert_eq!(count, held.iter().filter(|line| line.status == status).count(), "{status:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s108_t53_the_list_agrees_with_the_rights_after_every_change() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    agrees(&bench, &claire).await;
    invite(&bench, &claire, "paul@exemple.fr", "dsn:consultation").await;
    agrees(&bench, &claire).await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    agrees(&bench, &claire).await;
    bench.services.delegate(&claire, &site, &firm("cabinet@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    bench.services.delegate(&cabinet, &site, &who("nina@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    bench.services.delegate(&cabinet, &site, &who("omar@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    agrees(&bench, &claire).await;
    agrees(&bench, &cabinet).await;
    // Taken back, and begun later.
    invite(&bench, &claire, "ali@exemple.fr", "dsn:consultation").await;
    let ali = key(&bench, &claire, "ali@exemple.fr").await;
    bench.services.end_rights(&claire, &site, &ali, Act::Close, None, &origin()).await.unwrap();
    let later = BeneficiaryDraft { starts: "2026-11-26".into(), ends: "2026-11-27".into(), ..who("zoe@exemple.fr") };
    bench.services.delegate(&claire, &site, &later, &grid("dsn:update"), None, &origin()).await.unwrap();
    join(&bench, "zoe@exemple.fr", "Zoé", "Blanc").await;
    agrees(&bench, &claire).await;
    // The firm goes, and all that hangs on it.
    let of_firm = key(&bench, &claire, "cabinet@exemple.fr").await;
    bench.services.end_rights(&claire, &site, &of_firm, Act::Delete, None, &origin()).await.unwrap();
    agrees(&bench, &claire).await;
    assert_eq!(refusal(bench.services.beneficiary_list(&again(&bench, &cabinet).await, &site, &query("")).await), Refusal::NotFound);
    // Days pass; the job alone moves what they move, and finds nothing the second time.
    for _ in 0..5 {
        bench.clock.advance(SignedDuration::from_hours(24));
        bench.services.settle_lists().await.unwrap();
        assert_eq!(bench.services.settle_lists().await.unwrap(), 0);
        let claire = enter(&bench, PASSWORD).await;
        agrees(&bench, &claire).await;
    }
    assert_eq!(refusal(bench.services.beneficiary_list(&paul, &site, &query("")).await), Refusal::NotFound, "a user gives nothing");
}

async fn key(bench: &Bench, visit: &Visit, email: &str) -> DelegationId {
    let shown = page(bench, visit, &query("statut=tous&lignes=50")).await;
    shown.lines.iter().find(|line| line.email == email).unwrap_or_else(|| panic!("no line of {email}")).key.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn s115_s116_s122_a27_by_default_open_lines_by_name_five_a_page_and_the_others_counted() {
    let (bench, visit) = crowd(120).await;
    let shown = page(&bench, &visit, &ListQuery::default()).await;
    assert_eq!(shown.lines.len(), 5);
    assert!(shown.lines.iter().all(|line| line.status.is_open()));
    let all = walk(&bench, &visit, &query("statut=tous")).await;
    let of = |status: Status| all.iter().filter(|line| line.status == status).count();
    assert_eq!((shown.total, all.len()), (121, 121));
    assert_eq!(shown.statuses, Status::ALL.map(|status| (status, of(status))));
    assert!(Status::ALL.iter().all(|status| of(*status) > 0), "{:?}", shown.statuses);
    assert_eq!(shown.matches, Some(Status::OPEN.iter().map(|status| of(*status)).sum()));
    assert_eq!(shown.roles, [Role::AdministrateurEntreprise, Role::Administrateur, Role::Cabinet, Role::Utilisateur], "A26");
}

#[tokio::test(flavor = "multi_thread")]
async fn s118_s119_s123_filters_combine_and_any_size_shows_each_line_once() {
    let (bench, visit) = crowd(120).await;
    let all = walk(&bench, &visit, &query("statut=tous&lignes=50")).await;
    for filter in ["role=cabinet", "role=cabinet&role=administrateur&statut=ferme", "statut=expire&statut=actif", "statut=tous"] {
        for size in SIZES {
            let query = query(filter).sized(size);
            let expected: Vec<_> =
                all.iter().filter(|line| query.roles().contains(&line.role) && query.statuses().contains(&line.status)).cloned().collect();
            assert!(!expected.is_empty());
            assert_eq!(walk(&bench, &visit, &query).await, expected, "{filter} {size}");
            assert_eq!(page(&bench, &visit, &query).await.matches, Some(expected.len()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s117_every_column_sorts_in_both_directions_names_among_equals() {
    let (bench, visit) = crowd(60).await;
    let by_name = walk(&bench, &visit, &query("statut=tous&lignes=20")).await;
    let place = |line: &BeneficiaryLine| by_name.iter().position(|other| other.key == line.key).unwrap();
    for column in Column::ALL {
        for dash in ["", "-"] {
            let sorted = walk(&bench, &visit, &query(&format!("statut=tous&lignes=20&tri={dash}{}", column.code()))).await;
            let mut expected = by_name.clone();
            let rank = |line: &BeneficiaryLine| match column {
                Column::Name => format!("{:05}", place(line)),
                Column::Role => Role::ALL.iter().position(|role| *role == line.role).unwrap().to_string(),
                Column::Status => Status::ALL.iter().position(|status| *status == line.status).unwrap().to_string(),
                Column::Starts => line.starts.to_string(),
                Column::Ends => line.ends.map_or("9999".to_owned(), |end| end.to_string()),
            };
            // Stable: among equals the order of names stays.
            expected.sort_by(|a, b| if dash.is_empty() { rank(a).cmp(&rank(b)) } else { rank(b).cmp(&rank(a)) });
            assert_eq!(titles(&sorted), titles(&expected), "{dash}{column:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s120_s121_a28_bounds_of_days_narrow_what_is_shown_and_counted() {
    let (bench, visit) = crowd(90).await;
    let all = walk(&bench, &visit, &query("statut=tous&lignes=50")).await;
    for filter in ["effet=2026-10-20", "fin=2026-12-10", "fin=2026-12-10&sans_fin=1", "effet=2026-10-20&fin=2026-12-10&role=utilisateur"] {
        let query = query(&format!("statut=tous&lignes=10&{filter}"));
        let expected: Vec<_> = all.iter().filter(|line| query.shows(line.role, line.status, line.starts, line.ends)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len());
        assert_eq!(walk(&bench, &visit, &query).await, expected, "{filter}");
        assert_eq!(page(&bench, &visit, &query).await.matches, Some(expected.len()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a30_whoever_has_not_activated_is_listed_by_address_after_the_names() {
    let (bench, claire) = claire().await;
    invite(&bench, &claire, "aaron@exemple.fr", "dsn:consultation").await;
    invite(&bench, &claire, "paul@exemple.fr", "dsn:consultation").await;
    join(&bench, "paul@exemple.fr", "Paul", "Zidi").await;
    assert_eq!(titles(&page(&bench, &claire, &ListQuery::default()).await.lines), ["Martin Claire", "Zidi Paul", "aaron@exemple.fr"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s113_s114_three_actions_for_a_user_two_for_a_firm_and_one_for_oneself_and_what_is_over() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    invite(&bench, &claire, "paul@exemple.fr", "dsn:consultation").await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    bench.services.delegate(&claire, &site, &firm("cabinet@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    invite(&bench, &claire, "fini@exemple.fr", "dsn:consultation").await;
    join(&bench, "fini@exemple.fr", "Zoé", "Zidi").await;
    let over = key(&bench, &claire, "fini@exemple.fr").await;
    bench.services.end_rights(&claire, &site, &over, Act::Close, None, &origin()).await.unwrap();
    let lines = page(&bench, &claire, &query("statut=tous")).await.lines;
    let acts: Vec<(&str, &[Act])> = lines.iter().map(|line| (line.email.as_str(), line.acts.as_slice())).collect();
    assert_eq!(
        acts,
        [
            ("paul@exemple.fr", &[Act::View, Act::Modify, Act::Close][..]),
            ("claire@exemple.fr", &[Act::View]),
            ("cabinet@exemple.fr", &[Act::View, Act::Delete]),
            ("fini@exemple.fr", &[Act::View]),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn t49_a_firm_counts_and_exports_its_own_and_the_company_nothing_of_it() {
    let (bench, claire) = crowd(30).await;
    let site = site(&claire);
    bench.services.delegate(&claire, &site, &firm("cabinet@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let before = page(&bench, &claire, &query("statut=tous")).await.total;
    bench.services.delegate(&cabinet, &site, &who("nina@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    assert_eq!(page(&bench, &claire, &query("statut=tous")).await.total, before, "what a firm hands on is in its list");
    let own = page(&bench, &cabinet, &query("statut=tous&lignes=50")).await;
    assert_eq!((own.total, own.matches, titles(&own.lines)), (1, Some(1), vec!["nina@exemple.fr".to_owned()]));
    assert_eq!(own.statuses.iter().map(|(_, count)| count).sum::<usize>(), 1);
    assert_eq!(own.roles, [Role::Collaborateur]);
    assert_eq!(export(&bench, &cabinet, &query("statut=tous")).await, own.lines);
    // A place of the company's list leads a firm to no line of it.
    let place = page(&bench, &claire, &ListQuery::default()).await.after.unwrap();
    let shown = page(&bench, &cabinet, &query("statut=tous").at(Place::After(place))).await;
    assert!(shown.lines.iter().all(|line| line.role == Role::Collaborateur));
}

async fn export(bench: &Bench, visit: &Visit, query: &ListQuery) -> Vec<BeneficiaryLine> {
    let mut export = bench.services.export_list(visit, &site(visit), query).await.unwrap().unwrap();
    let mut all = Vec::new();
    loop {
        let batch = export.next_batch().await.unwrap();
        if batch.is_empty() {
            return all;
        }
        all.extend(batch);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t33_the_export_is_what_is_shown_all_its_pages_in_its_order() {
    let (bench, visit) = crowd(1230).await;
    for filter in ["", "statut=tous&tri=-nom", "role=cabinet&statut=tous&tri=fin", "effet=2026-10-20&statut=tous"] {
        let query = query(filter).sized(50);
        let shown = walk(&bench, &visit, &query).await;
        assert_eq!(export(&bench, &visit, &query).await, shown, "{filter}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d19_more_than_ten_thousand_lines_are_shown_by_name_and_otherwise_asked_to_be_narrowed() {
    let (bench, visit) = crowd(200).await;
    // Whether they are too many is told by the counts; so many lines would take this test minutes.
    let users = format!("line_count:⟨{}//utilisateur/actif⟩", site(&visit));
    bench.store().plant(&format!("UPDATE {users} SET n += {LIST_MOST};")).await.unwrap();
    let shown = page(&bench, &visit, &query("statut=tous&page=derniere")).await;
    assert_eq!((shown.matches, shown.total, shown.lines.len()), (Some(LIST_MOST + 201), LIST_MOST + 201, 5));
    let narrow = page(&bench, &visit, &query("statut=tous&tri=fin")).await;
    assert_eq!((narrow.matches, narrow.lines.len(), narrow.total), (None, 0, LIST_MOST + 201));
    assert!(bench.services.export_list(&visit, &site(&visit), &query("statut=tous&tri=fin")).await.unwrap().is_none());
    let narrowed = page(&bench, &visit, &query("statut=tous&tri=fin&effet=2026-12-01")).await;
    assert!(narrowed.matches.is_some_and(|matches| matches > 0 && matches < LIST_MOST) && narrowed.lines.len() == 5);
    assert_eq!(page(&bench, &visit, &query("statut=tous&tri=fin&role=cabinet")).await.lines.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn s124_a_place_whose_line_has_gone_leads_on_and_one_that_is_not_ours_to_the_beginning() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        invite(&bench, &claire, &format!("{name}@exemple.fr"), "dsn:consultation").await;
    }
    let first = page(&bench, &claire, &ListQuery::default()).await;
    assert_eq!(titles(&first.lines), ["Martin Claire", "a@exemple.fr", "b@exemple.fr", "c@exemple.fr", "d@exemple.fr"]);
    let after = first.after.unwrap();
    assert!(!after.as_str().contains("exemple"), "no address stands in an address: {after:?}");
    let gone = first.lines[4].key.clone();
    bench.services.end_rights(&claire, &site, &gone, Act::Close, None, &origin()).await.unwrap();
    let next = page(&bench, &claire, &ListQuery::default().at(Place::After(after))).await;
    assert_eq!(titles(&next.lines), ["e@exemple.fr", "f@exemple.fr", "g@exemple.fr", "h@exemple.fr"]);
    // Back from there: the first page is full again.
    let back = page(&bench, &claire, &ListQuery::default().at(Place::Before(next.before.unwrap()))).await;
    assert_eq!(titles(&back.lines), ["Martin Claire", "a@exemple.fr", "b@exemple.fr", "c@exemple.fr", "e@exemple.fr"]);
    assert!(back.before.is_none() && back.after.is_some());
    let forged = page(&bench, &claire, &query("apres=forge")).await;
    assert!(forged.before.is_none() && forged.lines == back.lines);
}
