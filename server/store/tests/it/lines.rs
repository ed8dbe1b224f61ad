//! The list of beneficiaries as the store keeps it: it follows rights, names and accounts, whoever settles it and however often.

use crate::accounts::race;
use crate::support::{Folder, fresh, memory, now, open, open_account, site_with_code, ulid};
use domain::actor::Actor;
use domain::delegations::policy::{Give, Granted, may};
use domain::delegations::{Delegation, Rights, Role, State, Status};
use domain::id::{AccountId, SiteId};
use domain::identity::person::PersonName;
use jiff::civil::{Date, date};
use store::{Acting, Changed, Days, Erasing, ErasureReason, ListedLine, Part, SessionStart, Store};

const TODAY: Date = date(2026, 11, 24);

/// What an administrator of a site may do there.
fn granted(site: &SiteId) -> Granted<Give> {
    let own = Delegation {
        id: fresh(),
        site: site.clone(),
        role: Role::Administrateur,
        state: State::Open,
        starts: TODAY,
        ends: None,
        rights: Rights::FULL,
        above: None,
    };
    may(&Actor { account: fresh(), name: PersonName::default(), delegations: vec![own] }, Give, site, TODAY).unwrap()
}

/// Every line of the company's list, settled.
async fn all(store: &Store, site: &SiteId, today: Date) -> Vec<ListedLine> {
    store.settle_lines(Some(site), today).await.unwrap();
    let granted = granted(site);
    let parts = Part::seen(&granted);
    let lines = store.list_lines(&granted, &parts, None, false, 1000).await.unwrap();
    let counted = store.count_lines(&granted).await.unwrap();
    for part in parts {
        let of_part = lines.iter().filter(|line| line.part == part).count();
        let count = counted.iter().find(|(counted, _)| *counted == part).map_or(0, |(_, n)| *n);
        assert_eq!(count, of_part, "{part:?}");
    }
    lines
}

fn said(lines: &[ListedLine]) -> Vec<(String, Status)> {
    lines.iter().map(|line| (line.name.full(), line.part.status)).collect()
}

async fn session(store: &Store, account: &AccountId, key: &str) {
    let start = SessionStart {
        key,
        account,
        epoch: 0,
        agent: "test",
        authenticated: now(),
        provider: None,
        replaces: None,
        notice: None,
        audit: &ulid(),
        now: now(),
    };
    assert!(store.open_session(start).await.unwrap());
}

async fn rename(store: &Store, account: &AccountId, last: &str) -> Changed {
    let audit = ulid();
    let acting = Acting { account, session: "s", audit: &audit, agent: "test", now: now() };
    store.change_contact(acting, "Claire", last, None, None).await.unwrap()
}

/// A site with Claire's account, activated, a session `s`.
async fn with_claire(store: &Store) -> (SiteId, AccountId) {
    let site = site_with_code(store, "code").await;
    let (_, account) = open_account(store, &site, "code", "claire@exemple.fr", "activation").await.unwrap();
    store.activate("activation", &ulid(), now()).await.unwrap();
    session(store, &account, "s").await;
    (site, account)
}

#[tokio::test(flavor = "multi_thread")]
async fn s108_a27_a_line_follows_the_account_and_the_name_it_is_of() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    assert_eq!(all(&store, &site, TODAY).await, []);
    let (_, account) = open_account(&store, &site, "code", "claire@exemple.fr", "activation").await.unwrap();
    assert_eq!(said(&all(&store, &site, TODAY).await), [("Claire Martin".to_owned(), Status::EnAttente)]);
    store.activate("activation", &ulid(), now()).await.unwrap();
    assert_eq!(said(&all(&store, &site, TODAY).await), [("Claire Martin".to_owned(), Status::Actif)]);
    session(&store, &account, "s").await;
    assert_eq!(rename(&store, &account, "Zidi").await, Changed::Yes);
    let lines = all(&store, &site, TODAY).await;
    assert_eq!(said(&lines), [("Claire Zidi".to_owned(), Status::Actif)]);
    assert_eq!((lines[0].account.as_ref(), lines[0].email.as_str()), (Some(&account), "claire@exemple.fr"));
    assert_eq!(store.settle_lines(Some(&site), TODAY).await.unwrap(), 0, "twice does nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a27_a_line_moves_on_the_day_it_is_due_and_no_earlier() {
    let store = memory().await;
    let (site, _) = with_claire(&store).await;
    store
        .plant(&format!(
            "UPDATE delegation SET starts = '2026-11-26', ends = '2026-11-30' WHERE site = site:⟨{site}⟩;
             FOR $one IN (SELECT id, site, key FROM delegation) {{
               UPSERT type::record('line_due', $one.key) SET site = $one.site, target = $one.id, mark = 'x' }};"
        ))
        .await
        .unwrap();
    for (day, status) in
        [(24, Status::AVenir), (25, Status::AVenir), (26, Status::Actif), (30, Status::Actif), (31, Status::Expire), (32, Status::Expire)]
    {
        let today = date(2026, 11, 1).checked_add(jiff::ToSpan::days(day - 1)).unwrap();
        assert_eq!(said(&all(&store, &site, today).await)[0].1, status, "{today}");
    }
    assert_eq!(store.settle_lines(None, date(2027, 6, 1)).await.unwrap(), 0, "nothing is left to turn");
}

#[tokio::test(flavor = "multi_thread")]
async fn g26_whoever_was_erased_has_no_name_in_the_list_at_once_and_a_closed_line_later() {
    let store = memory().await;
    let (site, account) = with_claire(&store).await;
    assert_eq!(all(&store, &site, TODAY).await.len(), 1);
    let erasing = Erasing {
        account: &account,
        reason: ErasureReason::Fund("demande reçue par courrier"),
        mail: None,
        audit: &ulid(),
        today: TODAY,
        now: now(),
    };
    assert_eq!(store.erase_person(erasing).await.unwrap(), Changed::Yes);
    let dump = store.dump().await.unwrap();
    assert!(!dump.contains("Claire Martin") && !dump.lines().any(|row| row.starts_with("line ")), "{dump}");
    let lines = all(&store, &site, TODAY).await;
    assert_eq!(said(&lines), [(String::new(), Status::Ferme)]);
    assert_eq!(lines[0].email, "");
}

/// Names change and lines are settled at once, by sixteen.
async fn races(url: &str, rounds: usize) {
    let store = open(url).await;
    let (site, account) = with_claire(&store).await;
    for round in 0..rounds {
        race(&store, |store, number| {
            let (site, account) = (site.clone(), account.clone());
            async move {
                if number % 4 == 0 {
                    rename(&store, &account, &format!("Nom {round} {number}")).await;
                } else {
                    store.settle_lines((number % 4 != 1).then_some(&site), TODAY).await.unwrap();
                }
            }
        })
        .await;
        let known = store.find_account(&account).await.unwrap().unwrap().name().full();
        assert_eq!(said(&all(&store, &site, TODAY).await), [(known, Status::Actif)], "one line, the newest name");
    }
    assert_eq!((store.count_rows("line").await.unwrap(), store.count_rows("line_due").await.unwrap()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_settlers_and_writers_at_once_leave_one_line_with_the_newest_name_in_memory() {
    races("mem://", 10).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn t40_settlers_and_writers_at_once_leave_one_line_with_the_newest_name_on_disk() {
    let folder = Folder::new();
    let rounds = if std::env::var_os("ESPACE_LONG").is_some() { 200 } else { 5 };
    races(&folder.url(), rounds).await;
}

/// Rows that each step of a plan gave.
fn rows_read(plan: &str) -> Vec<u64> {
    let number =
        |rest: &str| rest.chars().take(24).skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect::<String>();
    plan.split("rows").skip(1).filter_map(|rest| number(rest).parse().ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn d19_a_page_reads_no_more_than_itself_forwards_and_backwards() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    store.load_lines(&site, 500, TODAY).await.unwrap();
    let part = Part { scope: None, role: Role::Utilisateur, status: Status::Actif };
    let granted = granted(&site);
    let many = store.list_lines(&granted, std::slice::from_ref(&part), None, false, 1000).await.unwrap();
    assert!(many.len() > 100, "{}", many.len());
    for (from, is_backwards) in [(None, false), (None, true), (Some(many[60].place.as_str()), false), (Some(many[60].place.as_str()), true)]
    {
        let plan = store.explain_page(&site, &part, from, is_backwards, 6).await.unwrap();
        assert!(plan.contains("IndexScan") && plan.contains(if is_backwards { "line_back" } else { "line_place" }), "{plan}");
        assert!(!plan.contains("Sort") && !plan.contains("TableScan"), "{plan}");
        assert!(rows_read(&plan).iter().all(|rows| *rows <= 6) && !rows_read(&plan).is_empty(), "{plan}");
    }
    let plans = [store.explain_due(Some(&site), TODAY).await.unwrap(), store.explain_due(None, TODAY).await.unwrap()].concat();
    for (plan, index) in plans.iter().zip(["line_due_site", "line_site_turns", "", "line_turns"]) {
        assert!(plan.contains(index) && (index.is_empty() || !plan.contains("TableScan")), "{plan}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn d19_any_page_of_any_size_of_list_takes_the_same_statements() {
    let mut scripts = Vec::new();
    for many in [10, 3000] {
        let store = memory().await;
        let site = site_with_code(&store, "code").await;
        store.load_lines(&site, many, TODAY).await.unwrap();
        let granted = granted(&site);
        let _ = store.take_scripts();
        store.settle_lines(Some(&site), TODAY).await.unwrap();
        let open: Vec<Part> = Part::seen(&granted).into_iter().filter(|part| part.status.is_open()).collect();
        let first = store.list_lines(&granted, &open, None, false, 6).await.unwrap();
        store.list_lines(&granted, &open, Some(&first[3].place), false, 6).await.unwrap();
        store.list_lines(&granted, &open, None, true, 6).await.unwrap();
        scripts.push(store.take_scripts());
    }
    assert_eq!(scripts[0], scripts[1]);
    assert_eq!(scripts[0].len(), 4, "one for what is due, one a page: {:?}", scripts[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s116_d19_pages_forwards_and_backwards_show_each_line_once_in_order() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    store.load_lines(&site, 137, TODAY).await.unwrap();
    let granted = granted(&site);
    let parts = Part::seen(&granted);
    let whole = store.list_lines(&granted, &parts, None, false, 1000).await.unwrap();
    assert!(whole.len() == 137 && whole.windows(2).all(|pair| pair[0].place < pair[1].place));
    for is_backwards in [false, true] {
        let (mut pages, mut from) = (Vec::new(), None::<String>);
        loop {
            let page = store.list_lines(&granted, &parts, from.as_deref(), is_backwards, 10).await.unwrap();
            let Some(last) = page.last() else { break };
            from = Some(last.place.clone());
            pages.extend(page);
        }
        if is_backwards {
            pages.reverse();
        }
        assert_eq!(pages, whole);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a28_bounds_of_days_are_asked_of_the_database_and_no_end_passes_with_its_box() {
    let store = memory().await;
    let site = site_with_code(&store, "code").await;
    store.load_lines(&site, 90, TODAY).await.unwrap();
    let granted = granted(&site);
    let parts = Part::seen(&granted);
    let whole = store.list_lines(&granted, &parts, None, false, 1000).await.unwrap();
    let (from, until) = (Some(date(2026, 10, 20)), Some(date(2026, 12, 10)));
    for days in [
        Days { from, ..Days::default() },
        Days { until, ..Days::default() },
        Days { until, without_end: true, ..Days::default() },
        Days { from, until, without_end: true },
    ] {
        let passes = |line: &&ListedLine| {
            days.from.is_none_or(|day| day <= line.starts)
                && days.until.is_none_or(|day| line.ends.map_or(days.without_end, |end| end <= day))
        };
        let mut expected: Vec<_> = whole.iter().filter(passes).map(|line| line.key.clone()).collect();
        let mut found: Vec<_> = store.match_lines(&granted, &parts, days, 1000).await.unwrap().into_iter().map(|line| line.key).collect();
        expected.sort();
        found.sort();
        assert!(!expected.is_empty() && expected.len() < whole.len(), "{days:?}");
        assert_eq!(found, expected, "{days:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t49_parts_of_a_list_that_was_not_granted_are_empty() {
    let store = memory().await;
    let (site, _) = with_claire(&store).await;
    assert_eq!(all(&store, &site, TODAY).await.len(), 1);
    let mine = Part { scope: None, role: Role::AdministrateurEntreprise, status: Status::Actif };
    let firm = Delegation {
        id: fresh(),
        site: site.clone(),
        role: Role::Cabinet,
        state: State::Open,
        starts: TODAY,
        ends: None,
        rights: "ouvrier,dsn:update".parse().unwrap(),
        above: None,
    };
    let of_firm = may(&Actor { account: fresh(), name: PersonName::default(), delegations: vec![firm] }, Give, &site, TODAY).unwrap();
    assert_eq!(store.list_lines(&granted(&site), std::slice::from_ref(&mine), None, false, 9).await.unwrap().len(), 1);
    assert_eq!(store.list_lines(&of_firm, std::slice::from_ref(&mine), None, false, 9).await.unwrap(), []);
    assert_eq!(store.match_lines(&of_firm, &[mine], Days::default(), 9).await.unwrap(), []);
    assert_eq!(store.count_lines(&of_firm).await.unwrap(), []);
}

/// Milliseconds of one page: what is due, the counts, the lines.
async fn milliseconds(store: &Store, granted: &Granted<Give>, is_last: bool) -> f64 {
    let mut all = Vec::new();
    for _ in 0..30 {
        let start = std::time::Instant::now();
        store.settle_lines(Some(granted.site()), TODAY).await.unwrap();
        let counted = store.count_lines(granted).await.unwrap();
        let open: Vec<Part> = counted.into_iter().map(|(part, _)| part).filter(|part| part.status.is_open()).collect();
        store.list_lines(granted, &open, None, is_last, 6).await.unwrap();
        all.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "figures, not a test: a hundred thousand lines take minutes"]
async fn figures_of_a_page_by_size_of_the_list() {
    for many in [10, 1_000, 100_000] {
        let folder = Folder::new();
        let store = open(&folder.url()).await;
        let site = site_with_code(&store, "code").await;
        let start = std::time::Instant::now();
        store.load_lines(&site, many, TODAY).await.unwrap();
        let loaded = start.elapsed().as_secs_f64();
        let granted = granted(&site);
        let (first, last) = (milliseconds(&store, &granted, false).await, milliseconds(&store, &granted, true).await);
        println!("{many} lines, loaded in {loaded:.1} s: first page {first:.2} ms, last page {last:.2} ms (median of 30)");
    }
}
