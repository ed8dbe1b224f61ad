//! A firm hands on over several clients at once, from outside.

use crate::portfolio::{hire, two_sites};
use crate::support::{again, enter_as, firm, grid, invitation, join, mails, origin, person, refusal, secret, who};
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::delegations::policy::{Enter, ReadDsn, may};
use domain::delegations::{Role, Status};
use domain::id::SiteId;
use domain::identity::password::Password;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::date;
use services::testing::Bench;
use services::{Outcome, Visit};

const TODAY: jiff::civil::Date = date(2026, 11, 24);

/// A firm on two sites: DSN and documents on the first, DSN to be read until the end of the year on the second.
async fn cabinet() -> (Bench, Visit, Visit, SiteId, SiteId) {
    let (bench, claire, first, second) = two_sites().await;
    hire(&bench, &claire, &first, &firm("cabinet@exemple.fr"), "dsn:update,documents:update").await;
    let visit = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let until = BeneficiaryDraft { ends: "2026-12-31".into(), ..firm("cabinet@exemple.fr") };
    hire(&bench, &claire, &second, &until, "ouvrier,dsn:consultation").await;
    let link = invitation(&bench, "cabinet@exemple.fr").await;
    bench.services.accept_invitation(&visit, &link, &origin()).await.unwrap();
    mails(&bench).await;
    let visit = again(&bench, &visit).await;
    (bench, claire, visit, first, second)
}

fn nina() -> BeneficiaryDraft {
    BeneficiaryDraft { ends: "2026-12-15".into(), ..who("nina@exemple.fr") }
}

#[tokio::test(flavor = "multi_thread")]
async fn s112_one_mail_and_one_acceptance_give_what_each_client_s_own_decision_allowed() {
    let (bench, claire, cabinet, first, second) = cabinet().await;
    let both = [first.clone(), second.clone()];
    let most = bench.services.givable_on_all(&cabinet, &both).unwrap();
    assert_eq!(
        (most.rights.to_string().as_str(), most.ends),
        ("ouvrier,dsn:consultation", Some(date(2026, 12, 31))),
        "S148: the intersection"
    );
    let (report, _) = bench.services.hand_on(&cabinet, &both, &nina(), &grid("ouvrier,dsn:consultation"), None, &origin()).await.unwrap();
    assert_eq!(report, [(first.clone(), Outcome::Done), (second.clone(), Outcome::Done)]);
    let sent = mails(&bench).await;
    assert_eq!(
        sent.iter().map(|mail| (mail.to.as_str(), mail.content.kind())).collect::<Vec<_>>(),
        [("nina@exemple.fr", "invitation_several")]
    );
    let link = secret(&sent[0]).unwrap();
    let shown = bench.services.invitation(&link, None).await.unwrap().unwrap();
    assert_eq!((shown.others, shown.role), (1, Role::Collaborateur));
    bench.services.accept_as_new(&link, &person("Nina", "Roy"), &origin()).await.unwrap();
    let nina = enter_as(&bench, "nina@exemple.fr", "Trois pins verts 9").await;
    for site in &both {
        assert!(may(&nina.session.actor, ReadDsn, site, TODAY).is_ok());
    }
    assert_eq!(refusal(bench.services.accept_as_new(&link, &person("Nina", "Roy"), &origin()).await), Refusal::DeadLink, "once");
    // Everybody sees it: the firm by person, the employer by site.
    let colleagues = bench.services.colleagues(&cabinet).await.unwrap();
    assert_eq!((colleagues.len(), colleagues[0].title.as_str(), colleagues[0].lines.len()), (1, "Roy Nina", 2));
    assert_eq!(colleagues[0].lines[0].line.status, Status::Actif);
    for site in &both {
        let of_firm =
            bench.services.beneficiaries(&claire, site).await.unwrap().into_iter().find(|line| line.role == Role::Cabinet).unwrap();
        assert_eq!(bench.services.beneficiary(&claire, site, &of_firm.key).await.unwrap().collaborators.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t51_s148_what_exceeds_one_client_is_refused_there_and_given_elsewhere() {
    let (bench, claire, cabinet, first, second) = cabinet().await;
    let missing: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
    let all = [first.clone(), second.clone(), missing.clone()];
    assert_eq!(bench.services.givable_on_all(&cabinet, &all).map(drop).map_err(|_| ()), Err(()));
    assert!(bench.services.givable_on_all(&claire, &all[..1]).is_err(), "an administrator gives in the company’s name, elsewhere");
    let hand =
        async |who: &BeneficiaryDraft, rights| bench.services.hand_on(&cabinet, &all, who, &grid(rights), None, &origin()).await.unwrap().0;
    let outcomes = |report: services::Report| report.into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>();
    assert_eq!(outcomes(hand(&nina(), "ouvrier,documents:update").await), [Outcome::Done, Outcome::Beyond, Outcome::Gone]);
    assert_eq!(outcomes(hand(&nina(), "ouvrier,dsn:consultation").await), [Outcome::Already, Outcome::Done, Outcome::Gone]);
    let endless = who("omar@exemple.fr");
    assert_eq!(
        outcomes(hand(&endless, "ouvrier,dsn:consultation").await),
        [Outcome::Done, Outcome::Beyond, Outcome::Gone],
        "A36, T51: longer than the firm’s"
    );
    assert_eq!(outcomes(hand(&nina(), "ouvrier,dsn:consultation").await), [Outcome::Already, Outcome::Already, Outcome::Gone]);
    let sent = mails(&bench).await;
    assert_eq!(sent.iter().filter(|mail| mail.content.kind() == "invitation_several").count(), 3, "nothing done, no mail");
    // Two batches: each link accepts its own.
    let links: Vec<String> = sent.iter().filter(|mail| mail.to == "nina@exemple.fr").filter_map(secret).collect();
    bench.services.accept_as_new(&links[0], &person("Nina", "Roy"), &origin()).await.unwrap();
    let visit = enter_as(&bench, "nina@exemple.fr", "Trois pins verts 9").await;
    assert!(may(&visit.session.actor, Enter, &first, TODAY).is_ok() && may(&visit.session.actor, Enter, &second, TODAY).is_err());
    bench.services.accept_invitation(&visit, &links[1], &origin()).await.unwrap();
    assert!(may(&again(&bench, &visit).await.session.actor, ReadDsn, &second, TODAY).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_t53_ending_several_is_felt_at_the_next_request_and_asks_for_the_password_once() {
    let (bench, _, cabinet, first, second) = cabinet().await;
    let both = [first.clone(), second.clone()];
    bench.services.hand_on(&cabinet, &both, &nina(), &grid("ouvrier,dsn:consultation"), None, &origin()).await.unwrap();
    let link = secret(&mails(&bench).await[0]).unwrap();
    bench.services.accept_as_new(&link, &person("Nina", "Roy"), &origin()).await.unwrap();
    let nina = enter_as(&bench, "nina@exemple.fr", "Trois pins verts 9").await;
    let colleagues = bench.services.colleagues(&cabinet).await.unwrap();
    let lines: Vec<_> = colleagues[0].lines.iter().map(|held| (held.site.id.clone(), held.line.key.clone())).collect();
    // T54: of another's lines nothing is ended; nothing at all without a recent password.
    let hers = bench.services.end_several(&nina, &lines, None, &origin()).await.unwrap().0;
    assert!(hers.iter().all(|(_, outcome)| *outcome == Outcome::Gone), "{hers:?}");
    bench.clock.advance(SignedDuration::from_mins(16));
    assert_eq!(refusal(bench.services.end_several(&cabinet, &lines, None, &origin()).await), Refusal::StepUp);
    let password = Password::attempt("Trois pins verts 9").unwrap();
    let (report, renewed) = bench.services.end_several(&cabinet, &lines, Some(&password), &origin()).await.unwrap();
    assert!(report.iter().all(|(_, outcome)| *outcome == Outcome::Done) && renewed.is_some(), "{report:?}");
    for site in &both {
        assert!(may(&again(&bench, &nina).await.session.actor, Enter, site, TODAY).is_err());
    }
    let cabinet = enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await;
    assert!(bench.services.colleagues(&cabinet).await.unwrap().is_empty());
}
