//! The end of rights: said ahead of it, and on the day after, once; prolonged in one step.

use crate::support::{PASSWORD, enter, enter_as, firm, grid, invitation, join, mails, origin, reason, refusal, site, who, with_claire};
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::delegations::journal::JournalQuery;
use domain::delegations::policy::{Enter, may};
use domain::form::Reason;
use domain::id::{DelegationId, SiteId};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use services::ports::{Clock, MailContent};
use services::testing::Bench;
use services::{Change, Visit};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WORD: &str = "Trois pins verts 9";

async fn claire() -> (Bench, Visit, SiteId) {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    let site = site(&visit);
    (bench, visit, site)
}

async fn give(bench: &Bench, visit: &Visit, site: &SiteId, who: BeneficiaryDraft, rights: &RightsDraft) {
    bench.services.delegate(visit, site, &who, rights, None, &origin()).await.unwrap();
}

fn until(who: BeneficiaryDraft, ends: &str) -> BeneficiaryDraft {
    BeneficiaryDraft { ends: ends.into(), ..who }
}

async fn key(bench: &Bench, visit: &Visit, site: &SiteId, email: &str) -> DelegationId {
    let lines = bench.services.beneficiaries(visit, site).await.unwrap();
    lines.into_iter().find(|line| line.email == email).unwrap().key
}

/// Runs the job each day up to `last`, on two instances at once, and says what left: day, recipient, kind, page.
async fn run_until(bench: &Bench, last: Date) -> Vec<(Date, String, &'static str, String)> {
    let other = bench.another().await;
    let mut said = Vec::new();
    while bench.clock.today() < last {
        bench.clock.advance(DAY);
        let (one, two) = tokio::join!(bench.services.remind_ends(), other.remind_ends());
        one.unwrap();
        two.unwrap();
        bench.services.remind_ends().await.unwrap();
        for mail in mails(bench).await {
            said.push((bench.clock.today(), mail.to.clone(), mail.content.kind(), mail.path.unwrap_or_default()));
        }
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_is_said_thirty_seven_and_one_days_ahead_and_once_when_it_is_over() {
    let (bench, claire, site) = claire().await;
    give(&bench, &claire, &site, until(who("paul@exemple.fr"), "2027-01-31"), &grid("dsn:update")).await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    let key = key(&bench, &claire, &site, "paul@exemple.fr").await;
    mails(&bench).await;
    let said = run_until(&bench, date(2027, 2, 5)).await;
    let line = format!("/site/{site}/droits/{key}");
    let wanted: Vec<_> = [
        (date(2027, 1, 1), "rights_ending", format!("{line}/modification")),
        (date(2027, 1, 24), "rights_ending", format!("{line}/modification")),
        (date(2027, 1, 30), "rights_ending", format!("{line}/modification")),
        (date(2027, 2, 1), "rights_expired", line),
    ]
    .into_iter()
    .flat_map(|(day, kind, page)| {
        [(day, "claire@exemple.fr".to_owned(), kind, page), (day, "paul@exemple.fr".to_owned(), kind, String::new())]
    })
    .collect();
    let mut found = said;
    found.sort();
    assert_eq!(found, wanted);

    let claire = enter(&bench, PASSWORD).await;
    let journal = bench.services.journal(&claire, &site, &JournalQuery::default()).await.unwrap();
    let expired: Vec<_> = journal.entries.iter().filter(|entry| entry.what == "delegation.expired").collect();
    assert_eq!(expired.len(), 1, "one line, whoever ran");
    assert_eq!((expired[0].line.as_ref(), expired[0].at.date()), (Some(&key), date(2027, 2, 1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_renew_is_told_the_firm_for_its_own_and_the_administrators_when_the_giver_is_none_any_more() {
    let (bench, claire, site) = claire().await;
    let administrator = RightsDraft { administrator: "on".into(), ..grid("") };
    give(&bench, &claire, &site, who("zoe@exemple.fr"), &administrator).await;
    let zoe = join(&bench, "zoe@exemple.fr", "Zoé", "Blanc").await;
    give(&bench, &zoe, &site, until(who("paul@exemple.fr"), "2027-01-31"), &grid("dsn:update")).await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    give(&bench, &claire, &site, firm("cabinet@exemple.fr"), &grid("dsn:update")).await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    give(&bench, &cabinet, &site, until(who("nina@exemple.fr"), "2027-01-31"), &grid("dsn:update")).await;
    join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    mails(&bench).await;
    let of_zoe = key(&bench, &claire, &site, "zoe@exemple.fr").await;

    let to = |said: &[(Date, String, &str, String)]| {
        let mut to: Vec<String> = said.iter().map(|line| line.1.clone()).collect();
        to.sort();
        to
    };
    let first = run_until(&bench, date(2027, 1, 1)).await;
    assert_eq!(to(&first), ["cabinet@exemple.fr", "nina@exemple.fr", "paul@exemple.fr", "zoe@exemple.fr"]);
    let claire = enter(&bench, PASSWORD).await;
    bench.services.end_rights(&claire, &site, &of_zoe, Act::Close, None, &origin()).await.unwrap();
    mails(&bench).await;
    let second = run_until(&bench, date(2027, 1, 24)).await;
    assert_eq!(to(&second), ["cabinet@exemple.fr", "claire@exemple.fr", "nina@exemple.fr", "paul@exemple.fr"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn prolonging_is_one_step_proposes_the_same_length_and_begins_the_reminders_again() {
    let (bench, claire, site) = claire().await;
    give(&bench, &claire, &site, until(who("paul@exemple.fr"), "2026-12-23"), &grid("dsn:update")).await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    let key = key(&bench, &claire, &site, "paul@exemple.fr").await;
    mails(&bench).await;
    assert_eq!(run_until(&bench, date(2026, 12, 20)).await.len(), 2, "given within the thirty days: seven days ahead only");
    let claire = enter(&bench, PASSWORD).await;
    let page = bench.services.beneficiary(&claire, &site, &key).await.unwrap();
    assert_eq!(page.proposed(None), Some(date(2027, 1, 23)), "a month follows a month");
    assert_eq!(page.proposed(Some(date(2027, 1, 10))), Some(date(2027, 1, 10)), "within what the giver has");

    let prolong = async |rev: i64, ends: &str| bench.services.prolong_rights(&claire, &site, (&key, rev), ends, None, &origin()).await;
    assert_eq!(reason(prolong(page.rev, " ").await, "ends"), Some(Reason::Missing));
    assert_eq!(reason(prolong(page.rev, "2026-11-30").await, "ends"), Some(Reason::EndBeforeStart));
    assert_eq!(refusal(prolong(page.rev + 1, "2027-01-23").await), Refusal::Conflict, "T45");
    prolong(page.rev, "2027-01-23").await.unwrap();
    let after = bench.services.beneficiary(&claire, &site, &key).await.unwrap();
    assert_eq!((after.line.ends, after.rights, after.line.starts), (Some(date(2027, 1, 23)), page.rights, page.line.starts));
    mails(&bench).await;
    let said: Vec<_> = run_until(&bench, date(2027, 1, 24)).await.into_iter().map(|line| (line.0, line.2)).collect();
    let wanted = [
        (date(2026, 12, 24), "rights_ending"),
        (date(2027, 1, 16), "rights_ending"),
        (date(2027, 1, 22), "rights_ending"),
        (date(2027, 1, 24), "rights_expired"),
    ];
    assert_eq!(said, wanted.into_iter().flat_map(|one| [one, one]).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn t55_a_form_opened_before_the_end_is_not_saved_after_it() {
    let (bench, claire, site) = claire().await;
    let administrator = RightsDraft { administrator: "on".into(), ..grid("") };
    give(&bench, &claire, &site, until(who("zoe@exemple.fr"), "2026-11-24"), &administrator).await;
    join(&bench, "zoe@exemple.fr", "Zoé", "Blanc").await;
    give(&bench, &claire, &site, who("paul@exemple.fr"), &grid("dsn:update")).await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    give(&bench, &claire, &site, who("omar@exemple.fr"), &grid("dsn:update")).await;
    invitation(&bench, "omar@exemple.fr").await;
    let key = key(&bench, &claire, &site, "paul@exemple.fr").await;
    // 23:50 in Paris.
    bench.clock.advance(SignedDuration::from_mins(12 * 60 + 50));
    let zoe = enter_as(&bench, "zoe@exemple.fr", WORD).await;
    let rev = bench.services.beneficiary(&zoe, &site, &key).await.unwrap().rev;
    let (first, second) = (grid("documents:update"), grid("refunds:update"));
    let save = async |rev: i64, rights: &RightsDraft| {
        let change = Change { key: &key, rev, starts: "2026-11-24", ends: "", rights };
        bench.services.modify_rights(&zoe, &site, &change, None, &origin()).await
    };
    bench.clock.advance(SignedDuration::from_secs(9 * 60 + 59));
    save(rev, &first).await.unwrap();
    bench.clock.advance(SignedDuration::from_secs(1));
    assert_eq!(refusal(save(rev + 1, &second).await), Refusal::NotFound);
    let late = bench.services.delegate(&zoe, &site, &who("lou@exemple.fr"), &first, None, &origin()).await;
    assert_eq!(refusal(late), Refusal::NotFound);
    assert_eq!(refusal(bench.services.end_rights(&zoe, &site, &key, Act::Close, None, &origin()).await), Refusal::NotFound);
    assert_eq!(refusal(bench.services.resend_invitation(&zoe, &site, &key, &origin()).await), Refusal::NotFound);
    assert!(bench.services.journal(&zoe, &site, &JournalQuery::default()).await.is_err());
    assert!(may(&zoe.session.actor, Enter, &site, bench.clock.today()).is_err());
    let claire = enter(&bench, PASSWORD).await;
    let held = bench.services.beneficiary(&claire, &site, &key).await.unwrap().rights;
    assert_eq!(held.to_string(), "ouvrier,etam,cadre,documents:update", "nothing was saved after the end");
}

#[tokio::test(flavor = "multi_thread")]
async fn t60_a_new_delegation_and_a_new_administrator_are_told_once_without_any_secret_in_the_row() {
    let (bench, claire, site) = claire().await;
    mails(&bench).await;
    give(&bench, &claire, &site, who("paul@exemple.fr"), &grid("dsn:update")).await;
    let payloads = bench.store().dump().await.unwrap();
    let told = mails(&bench).await;
    let [mail] = told.as_slice() else { panic!("one mail: {told:?}") };
    assert_eq!((mail.to.as_str(), mail.content.kind()), ("paul@exemple.fr", "invitation"), "to the person, and to nobody else");
    let link = mail.path.clone().unwrap().rsplit('/').next().unwrap().to_owned();
    assert!(!payloads.contains(&link), "the secret stands nowhere");
    bench.services.accept_as_new(&link, &crate::support::person("Paul", "Girard"), &origin()).await.unwrap();
    mails(&bench).await;

    // Somebody is made administrator: by an invitation, then by a change of rights.
    let administrator = RightsDraft { administrator: "on".into(), ..grid("") };
    give(&bench, &claire, &site, who("zoe@exemple.fr"), &administrator).await;
    let link = invitation(&bench, "zoe@exemple.fr").await;
    bench.services.accept_as_new(&link, &crate::support::person("Zoé", "Blanc"), &origin()).await.unwrap();
    let told = mails(&bench).await;
    let [mail] = told.as_slice() else { panic!("one mail: {told:?}") };
    let wanted = MailContent::AdministratorAdded {
        first: "Claire".into(),
        who: "Zoé Blanc".into(),
        site: "Martin Maçonnerie".into(),
        by: "Claire Martin".into(),
    };
    assert_eq!((mail.to.as_str(), &mail.content), ("claire@exemple.fr", &wanted));
    let key = key(&bench, &claire, &site, "paul@exemple.fr").await;
    let rev = bench.services.beneficiary(&claire, &site, &key).await.unwrap().rev;
    let change = Change { key: &key, rev, starts: "2026-11-24", ends: "", rights: &administrator };
    bench.services.modify_rights(&claire, &site, &change, None, &origin()).await.unwrap();
    let mut told: Vec<_> = mails(&bench).await.iter().map(|mail| (mail.to.clone(), mail.content.kind())).collect();
    told.sort();
    let wanted =
        [("claire@exemple.fr", "administrator_added"), ("paul@exemple.fr", "rights_modified"), ("zoe@exemple.fr", "administrator_added")];
    assert_eq!(told, wanted.map(|(to, kind)| (to.to_owned(), kind)));
}
