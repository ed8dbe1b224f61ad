//! G6, T47: who may open which page of which site, for every role, right, college and time, against a model written here, which knows
//! nothing of the portal's code. A page that is missing from the table fails the test.

use crate::portal::{Browser, Portal, settings};
use crate::rights::{join, site};
use app::routes::Page;
use http::StatusCode;
use jiff::SignedDuration;
use server::config::Settings;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What a page below `/site/{site}` takes: anything, a function, to be able to give, to administer.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Presence,
    Reading(&'static str),
    Giving,
    Administering,
}
use Takes::{Administering, Giving, Presence, Reading};

const PAGES: &[(&str, Takes)] = &[
    ("", Presence),
    ("informations-legales", Reading("legal_information")),
    ("suivi-dsn", Reading("dsn")),
    ("cotisations", Reading("contributions")),
    ("salaries", Reading("employees")),
    ("absences", Reading("absences")),
    ("intemperies", Reading("weather_stoppages")),
    ("remboursements", Reading("refunds")),
    ("documents", Reading("documents")),
    ("documents-recherche", Reading("documents")),
    ("contact", Presence),
    ("contact/echanges", Presence),
    ("questions", Presence),
    ("compte", Presence),
    ("droits", Giving),
    ("aide", Presence),
    ("nouveautes", Presence),
    ("tutoriel", Presence),
    ("droits/delegation", Giving),
    ("droits/delegation/droits", Giving),
    ("droits/journal", Administering),
    ("compte/mail", Presence),
    ("compte/notifications", Presence),
    ("compte/mot-de-passe", Presence),
    ("compte/contact", Presence),
    ("compte/securite", Presence),
    ("compte/securite/application", Presence),
    ("compte/securite/cle-d-acces", Presence),
    ("compte/securite/codes-de-secours", Presence),
    ("compte/securite/retrait", Presence),
    ("compte/donnees", Presence),
    ("compte/donnees/lecture", Presence),
    ("compte/effacement", Presence),
];

const FUNCTIONS: [&str; 10] = [
    "legal_information",
    "dsn",
    "contributions",
    "bank_details",
    "employees",
    "absences",
    "weather_stoppages",
    "refunds",
    "documents",
    "exchanges",
];

/// What somebody is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Stranger,
    Nobody,
    CompanyAdministrator,
    Administrator,
    User,
    Firm,
    Collaborator,
    Withdrawn,
    UnderEndedFirm,
}
use Kind::{Administrator, Collaborator, CompanyAdministrator, Firm, Nobody, Stranger, UnderEndedFirm, User, Withdrawn};

/// When their right is in force, seen from the day the pages are asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum When {
    NotYet,
    Now,
    Over,
}
use When::{NotYet, Now, Over};

/// One holder, and what they were given: a mode for all functions, or `exchanges` alone.
struct Holder {
    kind: Kind,
    mode: &'static str,
    college: &'static str,
    when: When,
    browser: Browser,
}

/// The model: whether a page opens.
fn opens(holder: &Holder, takes: Takes) -> bool {
    let holds = match holder.kind {
        Stranger | Nobody | Withdrawn | UnderEndedFirm => return false,
        CompanyAdministrator => return true,
        Administrator => return holder.when == Now,
        User | Firm | Collaborator => holder.when == Now,
    };
    holds
        && match takes {
            Presence => true,
            Giving => holder.kind == Firm,
            Administering => false,
            Reading(function) => holder.mode != "none" || function == "exchanges",
        }
}

/// The days of a right that is `when` two days after it is given.
fn days(when: When) -> (&'static str, &'static str) {
    match when {
        NotYet => ("2026-12-10", "2026-12-31"),
        Now => ("2026-11-24", "2026-12-31"),
        Over => ("2026-11-24", "2026-11-25"),
    }
}

async fn give(giver: &mut Browser, site: &str, email: &str, kind: Kind, mode: &str, college: &str, when: When) {
    let (starts, ends) = days(when);
    let is_firm = if kind == Firm { "firm" } else { "user" };
    let who = [
        ("draft[site]", site),
        ("draft[who][kind]", is_firm),
        ("draft[who][email]", email),
        ("draft[who][siret]", "00123458200037"),
        ("draft[who][starts]", starts),
        ("draft[who][ends]", ends),
    ];
    let first = giver.post("/api/delegation/check_beneficiary", &who).await;
    assert!(first.location().ends_with("/droits/delegation/droits"), "{email}: {}", giver.get(&first.location()).await.body);
    let names: Vec<String> = FUNCTIONS.iter().map(|function| format!("draft[grid][rights][{function}]")).collect();
    let colleges: &[&str] = if college == "tous" { &["ouvrier", "etam", "cadre"] } else { &[college] };
    let mut form = vec![("draft[site]", site)];
    form.extend(colleges.iter().map(|college| ("draft[grid][colleges][]", *college)));
    for (name, function) in names.iter().zip(FUNCTIONS) {
        let chosen = match mode {
            "none" if function == "exchanges" => "consultation",
            other => other,
        };
        form.push((name, chosen));
    }
    if kind == Administrator {
        form.push(("draft[grid][administrator]", "on"));
    }
    let list = giver.submit("/api/delegation/delegate", &form).await;
    assert!(list.has("est envoyée"), "{email}: {}", list.body);
}

async fn end(giver: &mut Browser, home: &str, email: &str, is_firm: bool) {
    let list = giver.get(&format!("{home}/droits?lignes=50&statut=tous")).await;
    let row = list.body.split("<tr").find(|row| row.contains(email)).unwrap_or_else(|| panic!("no line of {email}"));
    let key = row.split(&format!("{home}/droits/")).nth(1).unwrap()[..26].to_owned();
    let form = [("draft[site]", site(home)), ("draft[key]", &key), ("draft[firm]", if is_firm { "1" } else { "" })];
    assert!(giver.submit("/api/delegation/end_rights", &form).await.has("ont pris fin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn g6_t47_every_page_opens_for_whom_the_model_says_and_for_nobody_else() {
    // Each person has an address of their own: forms that come too fast from one are turned away.
    let portal = Portal::with(Settings { trusted_proxies: vec!["127.0.0.1".parse().unwrap()], ..settings() }).await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (mut rival, other) = portal.owner(&letters[1], "rival@exemple.fr").await;
    let sibling = portal.sibling().await;
    let missing = "/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2".to_owned();
    let id = site(&home).to_owned();
    // The table has every page the portal has, and no other.
    let real: Vec<String> = Page::of_site(&id.parse().unwrap())
        .iter()
        .map(|page| page.path().trim_start_matches(&home).trim_start_matches('/').to_owned())
        .collect();
    let mut table: Vec<&str> = PAGES.iter().map(|(path, _)| *path).collect();
    for path in &real {
        assert!(table.contains(&path.as_str()), "« {path} » is missing from the table");
    }
    table.retain(|path| !real.iter().any(|page| page == path));
    assert!(table.is_empty(), "no longer pages: {table:?}");

    let long = std::env::var_os("ESPACE_LONG").is_some();
    let mut holders = Vec::new();
    // One firm hands on to every collaborator, one that is ended to the others.
    give(&mut claire, &id, "cabinet@exemple.fr", Firm, "update", "ouvrier", Now).await;
    let mut firm = join(&portal, "cabinet@exemple.fr", "Luc", "Petit").await;
    give(&mut claire, &id, "ancien@exemple.fr", Firm, "update", "ouvrier", Now).await;
    let mut former = join(&portal, "ancien@exemple.fr", "Rémi", "Abel").await;
    let mut number = 0;
    for kind in [Administrator, User, Firm, Collaborator, Withdrawn, UnderEndedFirm] {
        // The mode and the college change nothing for these.
        let is_whole = !long && matches!(kind, Administrator | Withdrawn);
        for mode in ["none", "consultation", "update"].into_iter().filter(|mode| long || *mode == "update" || *mode == "none" && !is_whole)
        {
            for college in ["ouvrier", "etam", "cadre", "tous"] {
                for when in [NotYet, Now, Over] {
                    // A firm hands on what it holds: one college here. No page shows people yet: one college stands for all in the short run.
                    if college != "ouvrier" && (!long || matches!(kind, Collaborator | UnderEndedFirm)) {
                        continue;
                    }
                    number += 1;
                    let email = format!("personne{number}@exemple.fr");
                    let giver = match kind {
                        Collaborator => &mut firm,
                        UnderEndedFirm => &mut former,
                        _ => &mut claire,
                    };
                    let given = if kind == Withdrawn { User } else { kind };
                    give(giver, &id, &email, given, mode, college, when).await;
                    // Whoever's right is ended stands on the first page of the list, by name.
                    let name = if kind == Withdrawn { "Abel" } else { "Nom" };
                    let browser = join(&portal, &email, "Prénom", name).await;
                    if kind == Withdrawn {
                        end(&mut claire, &home, &email, false).await;
                    }
                    holders.push((email, Holder { kind, mode, college, when, browser }));
                }
            }
        }
    }
    end(&mut claire, &home, "ancien@exemple.fr", true).await;
    portal.clock.advance(SignedDuration::from_hours(48));
    for (number, (email, holder)) in holders.iter_mut().enumerate() {
        portal.enter(&mut holder.browser, email, number).await;
        holder.browser.forwarded = Some(format!("203.0.113.{number}"));
    }
    portal.enter(&mut claire, "claire@exemple.fr", 248).await;
    portal.enter(&mut rival, "rival@exemple.fr", 249).await;
    for (kind, browser) in [(CompanyAdministrator, claire), (Nobody, rival), (Stranger, portal.browser())] {
        holders.push((String::new(), Holder { kind, mode: "update", college: "ouvrier", when: Now, browser }));
    }
    let objects = Arc::new([(home, Object::Own), (sibling, Object::Sibling), (other, Object::Foreign), (missing, Object::Missing)]);
    // A few at a time: the whole crowd at once would only show that the portal sheds load.
    let few = Arc::new(Semaphore::new(3));
    let tasks: Vec<_> = holders
        .into_iter()
        .map(|(_, holder)| {
            let (few, objects) = (Arc::clone(&few), Arc::clone(&objects));
            tokio::spawn(async move {
                let _turn = few.acquire_owned().await.unwrap();
                look(holder, objects).await
            })
        })
        .collect();
    let (mut cells, mut differences) = (0, Vec::new());
    for task in tasks {
        let (looked, found) = task.await.unwrap();
        cells += looked;
        differences.extend(found);
    }
    println!("{cells} cells, {} differences", differences.len());
    assert!(differences.is_empty(), "{} of {cells}:\n{}", differences.len(), differences[..differences.len().min(20)].join("\n"));
    assert!(cells >= if long { 20_000 } else { 4_000 }, "{cells}");
}

/// A site, seen from the one the rights are on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Object {
    Own,
    /// Another site of the same company.
    Sibling,
    /// Another company's, which [`Nobody`] administers.
    Foreign,
    Missing,
}

/// What changes rights: refused with 404 to whoever gives nothing on the site.
const CHANGES: [&str; 6] = ["check_beneficiary", "delegate", "modify_rights", "end_rights", "recreate_rights", "resend_invitation"];

/// Every cell of one holder: how many, and those that differ from the model.
async fn look(mut holder: Holder, objects: Arc<[(String, Object); 4]>) -> (usize, Vec<String>) {
    let (mut cells, mut differences) = (0, Vec::new());
    let mut compare = |what: String, seen: StatusCode, expected: StatusCode| {
        cells += 1;
        if seen != expected {
            differences.push(format!("{what}: {seen} instead of {expected}"));
        }
    };
    let who = format!("{:?} {} {} {:?}", holder.kind, holder.mode, holder.college, holder.when);
    for (object, which) in objects.iter() {
        let is_theirs = holder.kind == Nobody && *which == Object::Foreign;
        let may = |holder: &Holder, takes| is_theirs || *which == Object::Own && opens(holder, takes);
        for (path, takes) in PAGES {
            let address = if path.is_empty() { object.clone() } else { format!("{object}/{path}") };
            let answer = holder.browser.get(&address).await;
            let expected = match holder.kind {
                Stranger => StatusCode::SEE_OTHER,
                _ if may(&holder, *takes) => StatusCode::OK,
                _ => StatusCode::NOT_FOUND,
            };
            // Step 2 leads to step 1, and what needs the password asks for it first: both are ways in.
            let is_way_in = answer.status == StatusCode::SEE_OTHER && answer.location().starts_with(object.as_str());
            compare(format!("{who} {path:?} {which:?}"), if is_way_in { StatusCode::OK } else { answer.status }, expected);
        }
        // Whoever may change something would: the forms of those who may not are what is looked at here.
        let changes: &[&str] = if may(&holder, Giving) { &[] } else { &CHANGES };
        for change in changes {
            let form = [("draft[site]", site(object)), ("draft[key]", "01JD3V9X7ZK4M2N8P6Q5R4S3T2"), ("draft[rev]", "0")];
            let answer = holder.browser.call(&format!("/api/delegation/{change}"), &form).await;
            let expected = match (holder.kind, *change) {
                (Stranger, _) => StatusCode::UNAUTHORIZED,
                // Step 1 is asked for first, whoever asks.
                (_, "delegate") => StatusCode::GONE,
                _ => StatusCode::NOT_FOUND,
            };
            compare(format!("{who} {change} {which:?}"), answer.status, expected);
        }
    }
    (cells, differences)
}
