//! The journal's page and its file, « Prolonger » and the tab « Notifications », through the router.

use crate::portal::{Browser, Portal};
use crate::rights::{grid, join, site, who};
use domain::identity::opening::LettersDraft;
use http::{StatusCode, header};
use jiff::SignedDuration;

/// Claire's browser, Paul's, and the path of the site: Paul reads the DSN there until the end of the year.
async fn claire_and_paul(portal: &Portal, letters: &LettersDraft) -> (Browser, Browser, String) {
    let (mut claire, home) = portal.owner(letters, "claire@exemple.fr").await;
    let id = site(&home).to_owned();
    let mut first = who(&id, "paul@exemple.fr");
    first.push(("draft[who][ends]", "2026-12-31"));
    claire.post("/api/delegation/check_beneficiary", &first).await;
    claire.post("/api/delegation/delegate", &grid(&id, &[("draft[grid][rights][dsn]", "consultation")])).await;
    let paul = join(portal, "paul@exemple.fr", "Paul", "Girard").await;
    (claire, paul, home)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_says_who_did_what_and_is_taken_away_as_a_file() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, mut paul, home) = claire_and_paul(&portal, &letters[0]).await;
    portal.clock.advance(SignedDuration::from_mins(1));
    paul.get(&format!("{home}/suivi-dsn")).await;
    let page = claire.get(&format!("{home}/droits/journal")).await;
    assert_eq!(page.status, StatusCode::OK);
    for text in ["Invitation envoyée", "Invitation acceptée", "Suivi DSN consulté", "Claire Martin", "Suivi DSN (consultation)"] {
        assert!(page.has(text), "{text}: {}", page.body);
    }
    assert!(page.body.find("Suivi DSN consulté") < page.body.find("Invitation envoyée"), "newest first");
    let narrowed = claire.get(&format!("{home}/droits/journal?quoi=consultations&personne=girard")).await;
    assert!(narrowed.has("Suivi DSN consulté") && !narrowed.has("Invitation envoyée</td>"), "{}", narrowed.body);
    let nothing = claire.get(&format!("{home}/droits/journal?personne=personne")).await;
    assert!(nothing.has("Aucune ligne ne correspond"), "{}", nothing.body);

    let file = claire.get(&format!("{home}/droits/journal.csv?quoi=invitations")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment; filename=\"journal-des-droits-"));
    assert_eq!(file.headers[header::CACHE_CONTROL], "no-store, private");
    assert!(file.body.starts_with("\u{feff}Date;Opération;Par;Droits de;Pour le cabinet (SIRET);Droits donnés\r\n"), "{}", file.body);
    assert!(file.has(";Invitation acceptée;Paul Girard;Paul Girard;;\r\n"), "{}", file.body);
    assert_eq!(file.body.lines().count(), 3, "two lines and their heading: {}", file.body);
    assert!(claire.get(&format!("{home}/droits/journal")).await.has("Journal exporté"), "the export is in the journal itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn t48_the_journal_is_the_administrators_and_nobody_else_s() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (_, mut paul, home) = claire_and_paul(&portal, &letters[0]).await;
    let missing = "/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2";
    portal.mails().await;
    let (mut other, _) = portal.owner(&letters[1], "marc@exemple.fr").await;
    for rest in ["/droits/journal", "/droits/journal.csv"] {
        for browser in [&mut paul, &mut other] {
            let (theirs, none) = (browser.get(&format!("{home}{rest}")).await, browser.get(&format!("{missing}{rest}")).await);
            assert_eq!((theirs.status, none.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{rest}");
            assert!(!theirs.has("Invitation"), "{}", theirs.body);
        }
        let stranger = portal.browser().get(&format!("{home}{rest}")).await;
        assert_eq!(stranger.location(), format!("/connexion?suite={home}/droits/journal"));
    }
    assert_eq!(other.get("/site/nulle-part/droits/journal.csv").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn t61_what_cannot_be_noted_is_not_shown() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, mut paul, home) = claire_and_paul(&portal, &letters[0]).await;
    let list = claire.get(&format!("{home}/droits")).await;
    let line = line_of(&list.body, &home);
    portal.services.store().break_scripts(Some("CREATE $audit"));
    for (browser, path) in [(&mut claire, line.clone()), (&mut paul, format!("{home}/suivi-dsn"))] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(!page.has("paul@exemple.fr"), "{path}");
    }
    assert_eq!(claire.get(&format!("{home}/droits/journal.csv")).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    portal.services.store().break_scripts(None);
    assert_eq!(claire.get(&line).await.status, StatusCode::OK);
    assert!(claire.get(&format!("{home}/droits/journal")).await.has("Fiche consultée"));
}

/// The path of Paul's page, by a link of the list.
fn line_of(list: &str, home: &str) -> String {
    let marks: Vec<usize> = list.match_indices(&format!("href=\"{home}/droits/0")).map(|(place, _)| place + 6).collect();
    let paths = marks.iter().map(|place| list[*place..].split('"').next().unwrap().to_owned());
    let whole: Vec<String> = paths.filter(|path| path.matches('/').count() == 4).collect();
    // Paul's line stands before Claire's or after it: hers says « vous ».
    let own = list.find("(vous)").map(|place| list[..place].rfind(&format!("{home}/droits/")).unwrap());
    let own = own.map(|place| list[place..].split('"').next().unwrap().to_owned()).unwrap_or_default();
    whole.into_iter().find(|path| *path != own).expect("Paul's line")
}

#[tokio::test(flavor = "multi_thread")]
async fn prolonging_from_the_page_of_a_beneficiary() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (mut claire, mut paul, home) = claire_and_paul(&portal, &letters[0]).await;
    let list = claire.get(&format!("{home}/droits")).await;
    let line = line_of(&list.body, &home);
    let page = claire.get(&line).await;
    assert!(page.has("Prolonger") && page.has("value=\"2027-02-08\""), "the same length again is proposed: {}", page.body);
    let key = line.rsplit('/').next().unwrap();
    let rev = page.body.split("name=\"draft[rev]\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let post =
        |ends: &'static str| vec![("draft[site]", site(&home)), ("draft[key]", key), ("draft[rev]", rev.as_str()), ("draft[ends]", ends)];
    let refused = claire.submit("/api/delegation/prolong", &post("2026-11-01")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("id=\"ends-erreur\"") && refused.has("value=\"2026-11-01\""), "{}", refused.body);
    let done = claire.submit("/api/delegation/prolong", &post("2027-06-30")).await;
    assert!(done.status == StatusCode::OK && done.has("30\u{a0}juin 2027 inclus"), "{}", done.body);
    assert_eq!(claire.submit("/api/delegation/prolong", &post("2027-07-31")).await.status, StatusCode::CONFLICT, "T45");
    // Nobody prolongs their own, nor with a form that is not theirs (T54).
    assert_eq!(paul.submit("/api/delegation/prolong", &post("2027-12-31")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tab_notifications_keeps_a_choice_a_site() {
    let portal = Portal::new().await;
    let letters = portal.letters().await;
    let (_, mut paul, home) = claire_and_paul(&portal, &letters[0]).await;
    let page = paul.get("/compte/notifications").await;
    assert!(page.has("Martin Maçonnerie") && page.has("Un message par jour"), "{}", page.body);
    let field = format!("draft[rhythms][s{}]", site(&home));
    let saved = paul.submit("/api/account/notifications", &[("draft[site]", ""), (&field, "daily")]).await;
    assert!(saved.status == StatusCode::OK && saved.has("Vos choix sont enregistrés"), "{}", saved.body);
    let is_chosen = |body: &str| body.split("value=\"daily\"").nth(1).unwrap().split('>').next().unwrap().contains("selected");
    assert!(is_chosen(&saved.body), "{}", saved.body);
    let inside = paul.get(&format!("{home}/compte/notifications")).await;
    assert!(is_chosen(&inside.body));
}

/// The codes of events that a source writes: `what = '…'`, and the literals of those that are handed over.
fn events(source: &str) -> Vec<String> {
    let quoted = source.split(['\'', '"']);
    let is_code = |text: &&str| {
        let known = ["delegation.", "journal.", "dsn.", "letter.", "site.associated", "account.opened", "exchange."];
        known.iter().any(|start| text.starts_with(start)) && text.bytes().all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte))
    };
    quoted.filter(is_code).map(str::to_owned).collect()
}

#[test]
fn every_event_of_a_site_is_said_in_words_of_its_own() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
    let mut found = Vec::new();
    for folder in ["store/src", "store/src/personal", "services/src"] {
        for file in std::fs::read_dir(format!("{root}{folder}")).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|end| end == "rs") {
                let source = std::fs::read_to_string(path).unwrap();
                // Line by line: an apostrophe of a comment spoils no other line.
                found.extend(source.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(events));
            }
        }
    }
    found.retain(|code| !code.ends_with('.'));
    found.sort();
    found.dedup();
    assert!(found.len() > 18 && found.contains(&"delegation.expired".to_owned()), "{found:?}");
    for code in &found {
        assert_ne!(app::words::journal::event(code), app::words::journal::OTHER, "{code}");
    }
    for family in domain::delegations::journal::Family::ALL {
        for event in family.events() {
            assert!(found.contains(&(*event).to_owned()), "{event} is written by nobody");
        }
    }
}
