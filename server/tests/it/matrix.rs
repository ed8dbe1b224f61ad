//! G6, T47: who may open which page of which site, for every role, right, college and time, against a model written here, which knows
//! nothing of the portal's code. A page that is missing from the table fails the test.

use crate::portal::{Browser, PASSWORD, Portal};
use crate::rights::{join, site};
use app::routes::Page;
use http::StatusCode;
use jiff::SignedDuration;

/// What a page below `/site/{site}` takes: anything, a function, or to be able to give.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Presence,
    Reading(&'static str),
    Giving,
}
use Takes::{Giving, Presence, Reading};

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
    ("questions", Presence),
    ("compte", Presence),
    ("droits", Giving),
    ("aide", Presence),
    ("nouveautes", Presence),
    ("tutoriel", Presence),
    ("droits/delegation", Giving),
    ("droits/delegation/droits", Giving),
    ("compte/mail", Presence),
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
    let mut form = vec![("draft[site]", site), ("draft[grid][colleges][]", college)];
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
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, home) = portal.owner(&letters[0], "claire@exemple.fr").await;
    let (rival, other) = portal.owner(&letters[1], "rival@exemple.fr").await;
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

    let mut holders = Vec::new();
    // One firm hands on to every collaborator, one that is ended to the others.
    give(&mut claire, &id, "cabinet@exemple.fr", Firm, "update", "ouvrier", Now).await;
    let mut firm = join(&portal, "cabinet@exemple.fr", "Luc", "Petit").await;
    give(&mut claire, &id, "ancien@exemple.fr", Firm, "update", "ouvrier", Now).await;
    let mut former = join(&portal, "ancien@exemple.fr", "Rémi", "Vidal").await;
    let mut number = 0;
    for kind in [Administrator, User, Firm, Collaborator, Withdrawn, UnderEndedFirm] {
        for mode in ["none", "consultation", "update"] {
            for college in ["ouvrier", "etam", "cadre"] {
                for when in [NotYet, Now, Over] {
                    let is_below = matches!(kind, Collaborator | UnderEndedFirm);
                    // A firm hands on what it holds: one college here.
                    if is_below && college != "ouvrier" {
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
                    let browser = join(&portal, &email, "Prénom", "Nom").await;
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
    for (email, holder) in &mut holders {
        holder.browser.sign_in(email, PASSWORD).await;
    }
    claire.sign_in("claire@exemple.fr", PASSWORD).await;
    let mut rival = rival;
    rival.sign_in("rival@exemple.fr", PASSWORD).await;
    for (kind, browser) in [(CompanyAdministrator, claire), (Nobody, rival), (Stranger, portal.browser())] {
        holders.push((String::new(), Holder { kind, mode: "update", college: "ouvrier", when: Now, browser }));
    }
    let (mut cells, mut differences) = (0, Vec::new());
    for (_, holder) in &mut holders {
        for (object, is_own) in [(&home, true), (&other, false), (&missing, false)] {
            for (path, takes) in PAGES {
                let address = if path.is_empty() { object.clone() } else { format!("{object}/{path}") };
                let answer = holder.browser.get(&address).await;
                let is_theirs = holder.kind == Nobody && object == &other;
                let expected = match holder.kind {
                    Stranger => StatusCode::SEE_OTHER,
                    _ if is_theirs || is_own && opens(holder, *takes) => StatusCode::OK,
                    _ => StatusCode::NOT_FOUND,
                };
                // Step 2 leads to step 1, and what needs the password asks for it first: both are ways in.
                let is_way_in = answer.status == StatusCode::SEE_OTHER && answer.location().starts_with(object.as_str());
                let seen = if is_way_in { StatusCode::OK } else { answer.status };
                cells += 1;
                if seen != expected {
                    let who = format!("{:?} {} {} {:?}", holder.kind, holder.mode, holder.college, holder.when);
                    differences.push(format!("{who} {path:?} own={is_own}: {seen} instead of {expected}"));
                }
            }
        }
    }
    println!("{cells} cells, {} differences", differences.len());
    assert!(differences.is_empty(), "{} of {cells}:\n{}", differences.len(), differences[..differences.len().min(20)].join("\n"));
    assert!(cells >= 10_000, "{cells}");
}
