//! The journal of a site: every act on rights has its line or does not take place; reads once; names, and what is left of them.

use crate::support::{PASSWORD, enter, enter_as, firm, grid, invitation, join, origin, person, refusal, site, who, with_claire};
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::delegations::journal::{Family, JournalQuery};
use domain::id::{DelegationId, SiteId};
use domain::identity::personal::ErasureDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::date;
use services::testing::Bench;
use services::{Change, Fault, JournalEntry, Visit, Who};

const WORD: &str = "Trois pins verts 9";

async fn claire() -> (Bench, Visit, SiteId) {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    let site = site(&visit);
    (bench, visit, site)
}

async fn lines(bench: &Bench, visit: &Visit, site: &SiteId, query: &JournalQuery) -> Vec<JournalEntry> {
    bench.services.journal(visit, site, query).await.unwrap().entries
}

/// The lines that were added since there were `before` of them, oldest first: what, by whom, about whom, for which firm.
async fn added(bench: &Bench, visit: &Visit, site: &SiteId, before: &mut usize) -> Vec<(String, Who, Who, Option<String>)> {
    let all = lines(bench, visit, site, &JournalQuery::default()).await;
    let new = all.len() - *before;
    *before = all.len();
    // Acts of one moment stand in no order among each other.
    let mut new: Vec<_> = all.into_iter().take(new).map(|entry| (entry.what, entry.by, entry.about, entry.behalf)).collect();
    new.sort_by(|a, b| a.0.cmp(&b.0));
    bench.clock.advance(SignedDuration::from_secs(1));
    new
}

async fn key(bench: &Bench, visit: &Visit, site: &SiteId, email: &str) -> DelegationId {
    let lines = bench.services.beneficiaries(visit, site).await.unwrap();
    lines.into_iter().rev().find(|line| line.email == email).unwrap().key
}

async fn give(bench: &Bench, visit: &Visit, site: &SiteId, who: &BeneficiaryDraft) {
    bench.services.delegate(visit, site, who, &grid("ouvrier,dsn:update"), None, &origin()).await.unwrap();
}

async fn end(bench: &Bench, visit: &Visit, site: &SiteId, key: &DelegationId, act: Act) -> Result<(), Fault> {
    bench.services.end_rights(visit, site, key, act, None, &origin()).await.map(drop)
}

async fn modify(bench: &Bench, visit: &Visit, site: &SiteId, key: &DelegationId) -> Result<(), Fault> {
    let rev = bench.services.beneficiary(visit, site, key).await?.rev;
    let change = Change { key, rev, starts: "2026-11-24", ends: "2026-12-31", rights: &grid("ouvrier,documents:update") };
    bench.services.modify_rights(visit, site, &change, None, &origin()).await.map(drop)
}

fn named(name: &str) -> Who {
    Who::Named(name.to_owned())
}

fn row(what: &str, by: &str, about: &str) -> (String, Who, Who, Option<String>) {
    (what.to_owned(), named(by), named(about), None)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_act_on_rights_is_without_its_line() {
    let (bench, claire, site) = claire().await;
    let mut seen = 0;
    let opened = added(&bench, &claire, &site, &mut seen).await;
    assert!(opened.iter().any(|line| line.0 == "account.opened"), "{opened:?}");
    let paul = "Paul Girard";

    give(&bench, &claire, &site, &who("paul@exemple.fr")).await;
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [row("delegation.invited", "Claire Martin", "paul@exemple.fr")]);
    let of_paul = key(&bench, &claire, &site, "paul@exemple.fr").await;
    bench.clock.advance(SignedDuration::from_mins(2));
    bench.services.resend_invitation(&claire, &site, &of_paul, &origin()).await.unwrap();
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [row("delegation.invited_again", "Claire Martin", "paul@exemple.fr")]);
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [row("delegation.accepted", paul, paul)]);
    modify(&bench, &claire, &site, &of_paul).await.unwrap();
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [row("delegation.modified", "Claire Martin", paul)]);
    let rev = bench.services.beneficiary(&claire, &site, &of_paul).await.unwrap().rev;
    bench.services.prolong_rights(&claire, &site, (&of_paul, rev), "2027-01-31", None, &origin()).await.unwrap();
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [row("delegation.modified", "Claire Martin", paul)]);
    end(&bench, &claire, &site, &of_paul, Act::Close).await.unwrap();
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [row("delegation.closed", "Claire Martin", paul)]);

    give(&bench, &claire, &site, &who("ali@exemple.fr")).await;
    let of_ali = key(&bench, &claire, &site, "ali@exemple.fr").await;
    end(&bench, &claire, &site, &of_ali, Act::Close).await.unwrap();
    let taken_back = added(&bench, &claire, &site, &mut seen).await;
    let whats: Vec<&str> = taken_back.iter().map(|line| line.0.as_str()).collect();
    assert_eq!(whats, ["delegation.invited", "delegation.withdrawn"]);
    assert!(taken_back.iter().all(|line| matches!(line.2, Who::Gone(_))), "who never came is not named: {taken_back:?}");

    give(&bench, &claire, &site, &firm("cabinet@exemple.fr")).await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    added(&bench, &claire, &site, &mut seen).await;
    give(&bench, &cabinet, &site, &who("nina@exemple.fr")).await;
    let handed_on = added(&bench, &claire, &site, &mut seen).await;
    let siret = Some("00123458200037".to_owned());
    assert_eq!(handed_on, [("delegation.invited".to_owned(), named("Luc Petit"), named("nina@exemple.fr"), siret)], "on whose behalf");
    join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    added(&bench, &claire, &site, &mut seen).await;
    let of_firm = key(&bench, &claire, &site, "cabinet@exemple.fr").await;
    end(&bench, &claire, &site, &of_firm, Act::Delete).await.unwrap();
    let cascade =
        [row("delegation.closed_with_firm", "Claire Martin", "Nina Roy"), row("delegation.deleted", "Claire Martin", "Luc Petit")];
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, cascade);

    give(&bench, &claire, &site, &who("zoe@exemple.fr")).await;
    let zoe = join(&bench, "zoe@exemple.fr", "Zoé", "Blanc").await;
    added(&bench, &claire, &site, &mut seen).await;
    let draft = ErasureDraft { current: WORD.into(), understood: "on".into(), ..ErasureDraft::default() };
    bench.services.erase_personal_data(&zoe, &draft, &origin()).await.unwrap();
    let erased = added(&bench, &claire, &site, &mut seen).await;
    let [(what, Who::Erased(by), Who::Erased(about), None)] = erased.as_slice() else { panic!("{erased:?}") };
    assert_eq!((what.as_str(), by), ("delegation.erased", about));
    let all = lines(&bench, &claire, &site, &JournalQuery::default()).await;
    assert!(!format!("{all:?}").contains("Blanc"), "a pseudonym in every line");
}

#[tokio::test(flavor = "multi_thread")]
async fn t61_an_act_on_rights_whose_line_cannot_be_written_does_not_take_place() {
    let (bench, claire, site) = claire().await;
    give(&bench, &claire, &site, &who("paul@exemple.fr")).await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    give(&bench, &claire, &site, &who("omar@exemple.fr")).await;
    let link = invitation(&bench, "omar@exemple.fr").await;
    give(&bench, &claire, &site, &firm("cabinet@exemple.fr")).await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    give(&bench, &cabinet, &site, &who("nina@exemple.fr")).await;
    join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    let (of_paul, of_omar) = (key(&bench, &claire, &site, "paul@exemple.fr").await, key(&bench, &claire, &site, "omar@exemple.fr").await);
    let of_firm = key(&bench, &claire, &site, "cabinet@exemple.fr").await;
    bench.clock.advance(SignedDuration::from_mins(2));

    let state = async || {
        let dump = bench.store().dump().await.unwrap();
        let rights = ["delegation ", "invitation ", "token ", "outbox ", "account ", "audit ", "notification "];
        let mut kept: Vec<String> =
            dump.lines().filter(|line| rights.iter().any(|table| line.starts_with(table))).map(str::to_owned).collect();
        kept.sort();
        kept
    };
    let before = state().await;
    let broken = |what: &str, outcome: Result<(), Fault>| assert!(matches!(outcome, Err(Fault::Broken(_))), "{what}: {outcome:?}");
    bench.store().break_scripts(Some("CREATE $audit"));
    let (services, rights) = (&bench.services, grid("ouvrier,dsn:update"));
    broken("invite", services.delegate(&claire, &site, &who("lou@exemple.fr"), &rights, None, &origin()).await.map(drop));
    broken("send again", services.resend_invitation(&claire, &site, &of_omar, &origin()).await);
    broken("accept", services.accept_as_new(&link, &person("Omar", "Bey"), &origin()).await);
    broken("modify", modify(&bench, &claire, &site, &of_paul).await);
    broken("close", end(&bench, &claire, &site, &of_paul, Act::Close).await);
    broken("take back", end(&bench, &claire, &site, &of_omar, Act::Close).await);
    broken("delete", end(&bench, &claire, &site, &of_firm, Act::Delete).await);
    broken("view", services.note_viewed(&claire, &site, &of_paul, &origin()).await);
    broken("read the DSN", services.note_dsn(&paul, &site, &origin()).await);
    bench.store().break_scripts(Some("delegation.closed_with_firm"));
    broken("cascade", end(&bench, &claire, &site, &of_firm, Act::Delete).await);
    bench.store().break_scripts(Some("delegation.erased"));
    let draft = ErasureDraft { current: WORD.into(), understood: "on".into(), ..ErasureDraft::default() };
    broken("erase", services.erase_personal_data(&paul, &draft, &origin()).await);
    bench.store().break_scripts(None);
    assert_eq!(state().await, before, "nothing was half done");
    modify(&bench, &claire, &site, &of_paul).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn t61_rights_that_ended_are_told_with_their_line_or_not_at_all() {
    let (bench, claire, site) = claire().await;
    give(&bench, &claire, &site, &BeneficiaryDraft { ends: "2026-11-24".into(), ..who("paul@exemple.fr") }).await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    crate::support::mails(&bench).await;
    bench.clock.advance(SignedDuration::from_hours(24));
    bench.store().break_scripts(Some("CREATE $audit"));
    assert!(bench.services.remind_ends().await.is_err());
    bench.store().break_scripts(None);
    assert_eq!(crate::support::mails(&bench).await, []);
    assert_eq!(bench.services.remind_ends().await.unwrap(), 1);
    assert_eq!(bench.services.remind_ends().await.unwrap(), 0);
    assert_eq!(crate::support::mails(&bench).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_looked_at_is_noted_once_a_person_thing_and_hour_and_by_nobody_but_those_it_concerns() {
    let (bench, claire, site) = claire().await;
    give(&bench, &claire, &site, &who("paul@exemple.fr")).await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    let of_paul = key(&bench, &claire, &site, "paul@exemple.fr").await;
    let mut seen = 0;
    added(&bench, &claire, &site, &mut seen).await;
    for _ in 0..3 {
        bench.services.note_viewed(&claire, &site, &of_paul, &origin()).await.unwrap();
        bench.services.note_exported(&claire, &site, &origin()).await.unwrap();
        bench.services.note_dsn(&paul, &site, &origin()).await.unwrap();
        bench.services.note_dsn(&claire, &site, &origin()).await.unwrap();
        bench.services.export_journal(&claire, &site, &JournalQuery::default(), &origin()).await.unwrap();
    }
    let about_nobody = |what: &str, by: &str| (what.to_owned(), named(by), Who::Nobody, None);
    let once = [
        about_nobody("delegation.exported", "Claire Martin"),
        row("delegation.viewed", "Claire Martin", "Paul Girard"),
        about_nobody("dsn.viewed", "Paul Girard"),
        about_nobody("journal.exported", "Claire Martin"),
    ];
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, once);
    bench.clock.advance(SignedDuration::from_hours(1));
    let (claire, paul) = (enter(&bench, PASSWORD).await, enter_as(&bench, "paul@exemple.fr", WORD).await);
    bench.services.note_viewed(&claire, &site, &of_paul, &origin()).await.unwrap();
    bench.services.note_dsn(&paul, &site, &origin()).await.unwrap();
    let later = added(&bench, &claire, &site, &mut seen).await;
    assert_eq!(later, [row("delegation.viewed", "Claire Martin", "Paul Girard")], "the DSN once a day");
    bench.clock.advance(SignedDuration::from_hours(24));
    let (claire, paul) = (enter(&bench, PASSWORD).await, enter_as(&bench, "paul@exemple.fr", WORD).await);
    bench.services.note_dsn(&paul, &site, &origin()).await.unwrap();
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, [about_nobody("dsn.viewed", "Paul Girard")]);
    // T48: whoever does not administer the site neither reads nor takes the journal, and leaves no line by trying.
    assert_eq!(refusal(bench.services.journal(&paul, &site, &JournalQuery::default()).await), Refusal::NotFound);
    assert_eq!(refusal(bench.services.export_journal(&paul, &site, &JournalQuery::default(), &origin()).await), Refusal::NotFound);
    assert_eq!(refusal(bench.services.note_viewed(&paul, &site, &of_paul, &origin()).await), Refusal::NotFound);
    assert_eq!(added(&bench, &claire, &site, &mut seen).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_by_kind_person_and_day_and_pages_lose_and_repeat_nothing() {
    let (bench, claire, site) = claire().await;
    give(&bench, &claire, &site, &who("paul@exemple.fr")).await;
    join(&bench, "paul@exemple.fr", "Élodie", "Girard").await;
    bench.clock.advance(SignedDuration::from_hours(24));
    let claire = enter(&bench, PASSWORD).await;
    modify(&bench, &claire, &site, &key(&bench, &claire, &site, "paul@exemple.fr").await).await.unwrap();
    let whats = async |query: JournalQuery| {
        let mut whats: Vec<String> = lines(&bench, &claire, &site, &query).await.into_iter().map(|entry| entry.what).collect();
        whats.sort();
        whats
    };
    let family = |family| JournalQuery { family: Some(family), ..JournalQuery::default() };
    assert_eq!(whats(family(Family::Changes)).await, ["delegation.modified"]);
    assert_eq!(whats(family(Family::Invitations)).await, ["delegation.accepted", "delegation.invited"]);
    assert_eq!(whats(family(Family::Ends)).await, [""; 0]);
    let person = |text: &str| JournalQuery { person: text.into(), ..JournalQuery::default() };
    let of_paul = ["delegation.accepted", "delegation.invited", "delegation.modified"];
    for text in ["elodie", "ÉLODIE GIR", "girard é", "paul@exemple"] {
        assert_eq!(whats(person(text)).await, of_paul, "{text}");
    }
    assert_eq!(whats(person("personne")).await, [""; 0]);
    let days = |from, until| JournalQuery { from, until, ..JournalQuery::default() };
    let (first, second) = (date(2026, 11, 24), date(2026, 11, 25));
    assert_eq!(whats(days(Some(second), None)).await, ["delegation.modified"]);
    assert!(!whats(days(None, Some(first))).await.contains(&"delegation.modified".to_owned()));
    assert_eq!(whats(days(Some(first), Some(first))).await, whats(days(None, Some(first))).await);

    // Many lines of one moment, over several pages.
    let moment = "d'2026-11-25T09:00:00Z'";
    let script: String = (0..130)
        .map(|number| {
            format!("CREATE audit:⟨plante{number:03}⟩ SET at = {moment}, what = 'delegation.viewed', site = site:⟨{site}⟩, about = NONE;")
        })
        .collect();
    bench.store().plant(&script).await.unwrap();
    let mut query = family(Family::Reads);
    let (mut marks, mut number) = (Vec::new(), 0);
    loop {
        let page = bench.services.journal(&claire, &site, &query).await.unwrap();
        number += page.entries.len();
        let Some(mark) = page.older else { break };
        assert!(!marks.contains(&mark));
        marks.push(mark.clone());
        query.after = Some(mark);
    }
    assert_eq!((number, marks.len()), (130, 2));
    let all = bench.services.export_journal(&claire, &site, &family(Family::Reads), &origin()).await.unwrap();
    assert_eq!(all.len(), 131, "and the line about the export itself");
}
