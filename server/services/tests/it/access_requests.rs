//! Asking employers for access, from outside.

use crate::portfolio::{SECOND, hire, two_sites};
use crate::support::{again, enter_as, firm, grid, invitation, join, mails, origin, person, refusal, who};
use domain::delegations::policy::{ReadDsn, may};
use domain::portfolio::request::AccessDraft;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::date;
use services::testing::Bench;
use services::{Asked, RequestStatus, Visit};

const FIRST: &str = "00123458200011";
/// SIRETs with a right key that are no site of the fund.
const UNKNOWN: [&str; 2] = ["00123458200037", "00123458200045"];

fn draft(sirets: &str) -> AccessDraft {
    AccessDraft {
        siret: "00123458200052".into(),
        sirets: sirets.into(),
        message: "Bonjour, nous reprenons votre paie.".into(),
        grid: grid("ouvrier,dsn:consultation,documents:update"),
    }
}

/// Somebody of a firm, who has an account because of a client that plays no part here.
async fn accountant(bench: &Bench, giver: &Visit) -> Visit {
    let site = giver.session.actor.delegations[0].site.clone();
    hire(bench, giver, &site, &firm("cabinet@exemple.fr"), "exchanges:consultation").await;
    let visit = join(bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let key =
        bench.services.beneficiaries(giver, &site).await.unwrap().into_iter().find(|line| line.email == "cabinet@exemple.fr").unwrap().key;
    bench.services.end_rights(giver, &site, &key, domain::delegations::acts::Act::Delete, None, &origin()).await.unwrap();
    mails(bench).await;
    again(bench, &visit).await
}

async fn states(bench: &Bench, visit: &Visit) -> Vec<(String, RequestStatus)> {
    let lines = bench.services.own_access_requests(visit).await.unwrap();
    lines.into_iter().map(|line| (line.siret.to_string(), line.status)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn t49_a_siret_the_fund_does_not_know_is_answered_stored_and_shown_as_one_it_knows() {
    let (bench, claire, ..) = two_sites().await;
    let cabinet = accountant(&bench, &claire).await;
    let mut scripts = Vec::new();
    for siret in [FIRST, UNKNOWN[0]] {
        let _ = bench.store().take_scripts();
        let asked = bench.services.ask_access(&cabinet, &draft(siret), &origin()).await.unwrap();
        assert_eq!(asked, Asked { new: 1, known: 0 });
        scripts.push(bench.store().take_scripts());
        assert_eq!(bench.services.ask_access(&cabinet, &draft(siret), &origin()).await.unwrap(), Asked { new: 0, known: 1 });
    }
    assert_eq!(scripts[0].len(), scripts[1].len());
    // What is written says nothing either: the counter alone is another script the second time.
    assert_eq!(scripts[0].last(), scripts[1].last());
    mails(&bench).await;
    let seen = states(&bench, &cabinet).await;
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|(_, status)| *status == RequestStatus::Waiting), "{seen:?}");
    bench.clock.advance(SignedDuration::from_hours(24 * 30));
    let cabinet = enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await;
    assert!(states(&bench, &cabinet).await.iter().all(|(_, status)| *status == RequestStatus::Expired));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_mail_tells_an_employer_of_all_their_sites_and_carries_no_words_of_who_asks() {
    let (bench, claire, first, second) = two_sites().await;
    let cabinet = accountant(&bench, &claire).await;
    let asked = bench.services.ask_access(&cabinet, &draft(&format!("{FIRST}\n{SECOND}\n{}", UNKNOWN[0])), &origin()).await.unwrap();
    assert_eq!(asked, Asked { new: 3, known: 0 });
    let sent = mails(&bench).await;
    assert_eq!(
        sent.iter().map(|mail| (mail.to.as_str(), mail.content.kind())).collect::<Vec<_>>(),
        [("claire@exemple.fr", "access_asked")]
    );
    let text = serde_json::to_string(&sent[0].content).unwrap();
    assert!(text.contains("Martin Sud") && text.contains("Luc Petit") && !text.contains("reprenons"), "{text}");
    for site in [&first, &second] {
        let waiting = bench.services.access_requests(&claire, site).await.unwrap();
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].email.as_str(), waiting[0].message.as_str()), ("cabinet@exemple.fr", "Bonjour, nous reprenons votre paie."));
        assert_eq!(waiting[0].rights.to_string(), "ouvrier,dsn:consultation,documents:update");
        assert_eq!(waiting[0].expires, date(2026, 12, 24));
    }
    // Asked for again meanwhile: no second mail.
    bench.services.ask_access(&cabinet, &draft(FIRST), &origin()).await.unwrap();
    assert!(mails(&bench).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn s111_granted_as_asked_it_is_a_delegation_like_any_other_and_the_accountant_sees_it() {
    let (bench, claire, first, _) = two_sites().await;
    let cabinet = accountant(&bench, &claire).await;
    bench.services.ask_access(&cabinet, &draft(FIRST), &origin()).await.unwrap();
    let waiting = bench.services.access_requests(&claire, &first).await.unwrap().remove(0);
    let request = bench.services.access_request(&claire, &first, &waiting.key).await.unwrap();
    let who = request.who(date(2026, 11, 24));
    assert_eq!((who.kind.as_str(), who.email.as_str(), who.siret.as_str()), ("firm", "cabinet@exemple.fr", "00123458200052"));
    assert!(may(&again(&bench, &cabinet).await.session.actor, ReadDsn, &first, date(2026, 11, 24)).is_err(), "asking opens nothing");
    bench.services.delegate(&claire, &first, &who, &request.draft(), None, &origin()).await.unwrap();
    assert_eq!(states(&bench, &cabinet).await, [(FIRST.to_owned(), RequestStatus::Granted)]);
    assert!(bench.services.access_requests(&claire, &first).await.unwrap().is_empty(), "it waits no more");
    assert_eq!(refusal(bench.services.refuse_access(&claire, &first, &waiting.key, &origin()).await), Refusal::NotFound);
    let link = invitation(&bench, "cabinet@exemple.fr").await;
    bench.services.accept_invitation(&cabinet, &link, &origin()).await.unwrap();
    assert!(may(&again(&bench, &cabinet).await.session.actor, ReadDsn, &first, date(2026, 11, 24)).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn t48_only_those_who_administer_a_site_see_its_requests_and_decide() {
    let (bench, claire, first, second) = two_sites().await;
    let cabinet = accountant(&bench, &claire).await;
    bench.services.ask_access(&cabinet, &draft(FIRST), &origin()).await.unwrap();
    let key = bench.services.access_requests(&claire, &first).await.unwrap().remove(0).key;
    hire(&bench, &claire, &first, &firm("voisin@exemple.fr"), "dsn:update").await;
    let neighbour = join(&bench, "voisin@exemple.fr", "Max", "Noir").await;
    hire(&bench, &claire, &first, &who("paul@exemple.fr"), "dsn:update").await;
    let user = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    for visit in [&neighbour, &user, &cabinet] {
        assert!(bench.services.access_requests(visit, &first).await.unwrap().is_empty());
        assert_eq!(refusal(bench.services.access_request(visit, &first, &key).await), Refusal::NotFound);
        assert_eq!(refusal(bench.services.refuse_access(visit, &first, &key, &origin()).await), Refusal::NotFound);
    }
    // Under another site of one's own the request does not exist.
    assert_eq!(refusal(bench.services.access_request(&claire, &second, &key).await), Refusal::NotFound);
    assert_eq!(refusal(bench.services.refuse_access(&claire, &second, &key, &origin()).await), Refusal::NotFound);
    bench.services.refuse_access(&claire, &first, &key, &origin()).await.unwrap();
    assert_eq!(states(&bench, &cabinet).await, [(FIRST.to_owned(), RequestStatus::Refused)]);
    // Refused is refused for its thirty days.
    assert_eq!(bench.services.ask_access(&cabinet, &draft(FIRST), &origin()).await.unwrap(), Asked { new: 0, known: 1 });
    assert!(bench.services.access_requests(&claire, &first).await.unwrap().is_empty());
    bench.clock.advance(SignedDuration::from_hours(24 * 30));
    let cabinet = enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await;
    assert_eq!(bench.services.ask_access(&cabinet, &draft(FIRST), &origin()).await.unwrap(), Asked { new: 1, known: 0 });
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_bounded_by_account_and_mails_by_site() {
    let (bench, claire, first, _) = two_sites().await;
    // Six people of firms ask for the same site: each is seen, five mails are sent.
    let mut told = 0;
    for number in 0..6 {
        let email = format!("cabinet{number}@exemple.fr");
        hire(&bench, &claire, &first, &firm(&email), "exchanges:consultation").await;
        let link = invitation(&bench, &email).await;
        bench.services.accept_as_new(&link, &person("Luc", "Petit"), &origin()).await.unwrap();
        let visit = enter_as(&bench, &email, "Trois pins verts 9").await;
        bench.services.ask_access(&visit, &draft(SECOND), &origin()).await.unwrap();
        told += mails(&bench).await.iter().filter(|mail| mail.content.kind() == "access_asked").count();
    }
    assert_eq!(told, 5);
    let second = claire.session.actor.delegations.iter().map(|own| &own.site).find(|site| **site != first).unwrap();
    assert_eq!(bench.services.access_requests(&claire, second).await.unwrap().len(), 6);
    // One account: ten forms in a day.
    let visit = enter_as(&bench, "cabinet0@exemple.fr", "Trois pins verts 9").await;
    for _ in 0..9 {
        bench.services.ask_access(&visit, &draft(UNKNOWN[1]), &origin()).await.unwrap();
    }
    assert!(matches!(refusal(bench.services.ask_access(&visit, &draft(FIRST), &origin()).await), Refusal::TooMany { .. }));
}
