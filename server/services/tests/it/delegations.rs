//! Giving, accepting, changing and ending rights, from outside.

use crate::support::{
    PASSWORD, again, enter, enter_as, firm, grid, invitation, invite, join, mails, new_letters, origin, person, reason, refusal, secret,
    site, who, with_claire,
};
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::{BeneficiaryDraft, RightsDraft};
use domain::delegations::policy::{Enter, Give, ReadDsn, may};
use domain::delegations::{Role, Status};
use domain::form::Reason;
use domain::id::DelegationId;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::date;
use services::testing::Bench;
use services::{BeneficiaryLine, Change, Visit, Way};

const TODAY: jiff::civil::Date = date(2026, 11, 24);

/// The line of an address in the list.
async fn line(bench: &Bench, visit: &Visit, email: &str) -> BeneficiaryLine {
    let lines = bench.services.beneficiaries(visit, &site(visit)).await.unwrap();
    lines.into_iter().rev().find(|line| line.email == email).unwrap_or_else(|| panic!("no line of {email}"))
}

async fn end(bench: &Bench, visit: &Visit, key: &DelegationId, act: Act) -> Result<(), services::Fault> {
    bench.services.end_rights(visit, &site(visit), key, act, None, &origin()).await.map(drop)
}

async fn claire() -> (Bench, Visit) {
    let bench = with_claire().await;
    let visit = enter(&bench, PASSWORD).await;
    (bench, visit)
}

#[tokio::test(flavor = "multi_thread")]
async fn s126_s141_what_is_given_waits_for_the_invited_mailbox_and_then_holds() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    invite(&bench, &claire, "Paul@Exemple.fr", "dsn:consultation").await;
    let waiting = line(&bench, &claire, "paul@exemple.fr").await;
    assert_eq!((waiting.status, waiting.role, waiting.title().as_str()), (Status::EnAttente, Role::Utilisateur, "paul@exemple.fr"));
    let link = invitation(&bench, "paul@exemple.fr").await;
    let shown = bench.services.invitation(&link, None).await.unwrap().unwrap();
    assert_eq!((shown.way, shown.email.as_str(), shown.by.as_str()), (Way::Open, "paul@exemple.fr", "Claire Martin"));
    // A45: the address is the invitation's, whatever is sent along.
    let forged = domain::identity::opening::AccountDraft { email: "voleur@exemple.fr".into(), ..person("Paul", "Girard") };
    bench.services.accept_as_new(&link, &forged, &origin()).await.unwrap();
    let told = mails(&bench).await;
    assert!(told.iter().any(|mail| mail.to == "claire@exemple.fr" && mail.content.kind() == "invitation_accepted"), "{told:?}");
    let paul = enter_as(&bench, "paul@exemple.fr", "Trois pins verts 9").await;
    assert!(may(&paul.session.actor, ReadDsn, &site, TODAY).is_ok());
    assert!(may(&paul.session.actor, Give, &site, TODAY).is_err(), "a user gives nothing");
    let holding = line(&bench, &claire, "paul@exemple.fr").await;
    assert_eq!((holding.status, holding.title().as_str()), (Status::Actif, "Girard Paul"));
    assert_eq!(holding.key, waiting.key, "one line, one key");
    assert_eq!(refusal(bench.services.accept_as_new(&link, &person("Paul", "Girard"), &origin()).await), Refusal::DeadLink, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn t50_an_invitation_is_its_address_s_and_nobody_else_s() {
    let (bench, claire) = claire().await;
    invite(&bench, &claire, "paul@exemple.fr", "dsn:consultation").await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    invite(&bench, &claire, "zoe@exemple.fr", "documents:consultation").await;
    let link = invitation(&bench, "zoe@exemple.fr").await;
    let shown = bench.services.invitation(&link, Some(&paul)).await.unwrap().unwrap();
    assert_eq!((shown.way, shown.email.as_str()), (Way::Other, "z***@exemple.fr"));
    assert_eq!(refusal(bench.services.accept_invitation(&paul, &link, &origin()).await), Refusal::NotFound);
    assert_eq!(line(&bench, &claire, "zoe@exemple.fr").await.status, Status::EnAttente, "nothing changed");
    bench.services.accept_as_new(&link, &person("Zoé", "Blanc"), &origin()).await.unwrap();
    let zoe = enter_as(&bench, "zoe@exemple.fr", "Trois pins verts 9").await;
    assert!(may(&zoe.session.actor, Enter, &site(&claire), TODAY).is_ok());

    // After it was taken back, and after its seven days (A9).
    invite(&bench, &claire, "ali@exemple.fr", "dsn:consultation").await;
    let link = invitation(&bench, "ali@exemple.fr").await;
    let waiting = line(&bench, &claire, "ali@exemple.fr").await;
    end(&bench, &claire, &waiting.key, Act::Close).await.unwrap();
    assert_eq!(refusal(bench.services.accept_as_new(&link, &person("Ali", "Noir"), &origin()).await), Refusal::DeadLink);
    invite(&bench, &claire, "ali@exemple.fr", "dsn:consultation").await;
    let link = invitation(&bench, "ali@exemple.fr").await;
    bench.clock.advance(SignedDuration::from_hours(24 * 7));
    assert!(bench.services.invitation(&link, None).await.unwrap().is_none());
    assert_eq!(refusal(bench.services.accept_as_new(&link, &person("Ali", "Noir"), &origin()).await), Refusal::DeadLink);
    let claire = enter(&bench, PASSWORD).await;
    let waiting = line(&bench, &claire, "ali@exemple.fr").await;
    assert!(waiting.is_link_over && waiting.status == Status::EnAttente, "it can be sent again");
    bench.services.resend_invitation(&claire, &site(&claire), &waiting.key, &origin()).await.unwrap();
    let newer = invitation(&bench, "ali@exemple.fr").await;
    assert_eq!(refusal(bench.services.accept_as_new(&link, &person("Ali", "Noir"), &origin()).await), Refusal::DeadLink, "newest only");
    bench.services.accept_as_new(&newer, &person("Ali", "Noir"), &origin()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a34_a35_t52_nobody_twice_nor_oneself_nor_an_administrator() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    let give = async |email: &str| bench.services.delegate(&claire, &site, &who(email), &grid("dsn:consultation"), None, &origin()).await;
    assert_eq!(reason(give("claire@exemple.fr").await, "email"), Some(Reason::Oneself));
    assert_eq!(reason(give("claire+moi@exemple.fr").await, "email"), Some(Reason::Oneself), "an alias of oneself");
    give("paul@exemple.fr").await.unwrap();
    assert_eq!(reason(give("PAUL@exemple.fr").await, "email"), Some(Reason::AlreadyBeneficiary), "pending");
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    assert_eq!(reason(give("paul@exemple.fr").await, "email"), Some(Reason::AlreadyBeneficiary), "in force");
    let tomorrow = BeneficiaryDraft { starts: "2026-11-25".into(), ..who("zoe@exemple.fr") };
    bench
        .services
        .delegate(&claire, &site, &tomorrow, &RightsDraft { administrator: "on".into(), ..grid("") }, None, &origin())
        .await
        .unwrap();
    join(&bench, "zoe@exemple.fr", "Zoé", "Blanc").await;
    assert_eq!(line(&bench, &claire, "zoe@exemple.fr").await.status, Status::AVenir);
    assert_eq!(reason(give("zoe@exemple.fr").await, "email"), Some(Reason::AlreadyAdministrator), "future");
}

#[tokio::test(flavor = "multi_thread")]
async fn t51_a_firm_hands_on_what_it_holds_and_nothing_more() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    let given = BeneficiaryDraft { ends: "2026-12-31".into(), ..firm("cabinet@exemple.fr") };
    bench.services.delegate(&claire, &site, &given, &grid("ouvrier,dsn:consultation,documents:update"), None, &origin()).await.unwrap();
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let within = BeneficiaryDraft { ends: "2026-12-31".into(), ..who("nina@exemple.fr") };
    let give =
        async |who: &BeneficiaryDraft, rights: &RightsDraft| bench.services.delegate(&cabinet, &site, who, rights, None, &origin()).await;
    for (who, rights, field, why) in [
        (within.clone(), grid("ouvrier,dsn:update"), "rights[dsn]", Reason::NotHeld),
        (within.clone(), grid("ouvrier,refunds:consultation"), "rights[refunds]", Reason::NotHeld),
        (within.clone(), grid("ouvrier,cadre,dsn:consultation"), "colleges", Reason::NotHeld),
        (within.clone(), RightsDraft { administrator: "on".into(), ..grid("ouvrier,dsn:consultation") }, "administrator", Reason::NotHeld),
        (BeneficiaryDraft { ends: "2027-01-01".into(), ..within.clone() }, grid("ouvrier,dsn:consultation"), "ends", Reason::AfterHeld),
        (BeneficiaryDraft { ends: String::new(), ..within.clone() }, grid("ouvrier,dsn:consultation"), "ends", Reason::AfterHeld),
        (BeneficiaryDraft { starts: "2026-11-23".into(), ..within.clone() }, grid("ouvrier,dsn:consultation"), "starts", Reason::Past),
        (within.clone(), grid(""), "rights", Reason::NoRight),
        (
            BeneficiaryDraft { email: "claire@exemple.fr".into(), ..within.clone() },
            grid("ouvrier,dsn:consultation"),
            "email",
            Reason::Giver,
        ),
    ] {
        assert_eq!(reason(give(&who, &rights).await, field), Some(why), "{who:?} {rights:?}");
    }
    let another_firm = BeneficiaryDraft { ends: "2026-12-31".into(), ..firm("autre@exemple.fr") };
    assert!(give(&another_firm, &grid("ouvrier,dsn:consultation")).await.is_err(), "no firm below a firm");
    assert_eq!(bench.services.beneficiaries(&cabinet, &site).await.unwrap(), [], "nothing was stored");
    give(&within, &grid("ouvrier,dsn:consultation")).await.unwrap();
    let nina = join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    assert!(may(&nina.session.actor, ReadDsn, &site, TODAY).is_ok());
    assert!(bench.services.givable(&nina, &site).await.is_err(), "no third level (A42)");
    assert!(bench.services.beneficiaries(&nina, &site).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn t53_a31_ending_a_firm_s_delegation_ends_its_collaborators_at_once() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    bench
        .services
        .delegate(&claire, &site, &firm("cabinet@exemple.fr"), &grid("dsn:update,documents:update"), None, &origin())
        .await
        .unwrap();
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    bench.services.delegate(&cabinet, &site, &who("nina@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    let nina = join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    bench.services.delegate(&cabinet, &site, &who("omar@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    let waiting = invitation(&bench, "omar@exemple.fr").await;

    let of_firm = line(&bench, &claire, "cabinet@exemple.fr").await;
    assert_eq!(of_firm.acts, [Act::View, Act::Delete], "S114: no modification");
    assert_eq!(refusal(end(&bench, &claire, &of_firm.key, Act::Close).await), Refusal::NotFound, "T54");
    let page = bench.services.beneficiary(&claire, &site, &of_firm.key).await.unwrap();
    assert_eq!(page.collaborators.len(), 2, "A42: the employer sees them");
    let change = Change { key: &of_firm.key, rev: page.rev, starts: "2026-11-24", ends: "", rights: &grid("dsn:consultation") };
    assert_eq!(refusal(bench.services.modify_rights(&claire, &site, &change, None, &origin()).await), Refusal::NotFound, "T54");

    end(&bench, &claire, &of_firm.key, Act::Delete).await.unwrap();
    for visit in [&cabinet, &nina] {
        assert!(may(&again(&bench, visit).await.session.actor, Enter, &site, TODAY).is_err(), "on the next request");
    }
    let dead = bench.services.accept_as_new(&waiting, &person("Omar", "Bey"), &origin()).await;
    assert_eq!(refusal(dead), Refusal::DeadLink, "what the firm had offered is void");
    let told: Vec<(String, &str)> = mails(&bench).await.iter().map(|mail| (mail.to.clone(), mail.content.kind())).collect();
    assert!(
        told.contains(&("cabinet@exemple.fr".into(), "firm_removed")) && told.contains(&("nina@exemple.fr".into(), "rights_closed")),
        "{told:?}"
    );
    assert_eq!(line(&bench, &claire, "cabinet@exemple.fr").await.status, Status::Ferme, "history is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_the_employer_ends_one_collaborator_and_the_firm_is_told() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    bench.services.delegate(&claire, &site, &firm("cabinet@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    bench.services.delegate(&cabinet, &site, &who("nina@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
    let nina = join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    let hers = line(&bench, &cabinet, "nina@exemple.fr").await;
    end(&bench, &claire, &hers.key, Act::Close).await.unwrap();
    assert!(may(&again(&bench, &nina).await.session.actor, Enter, &site, TODAY).is_err());
    assert!(may(&again(&bench, &cabinet).await.session.actor, Enter, &site, TODAY).is_ok(), "the firm keeps its own");
    let told: Vec<(String, &str)> = mails(&bench).await.iter().map(|mail| (mail.to.clone(), mail.content.kind())).collect();
    assert!(told.contains(&("cabinet@exemple.fr".into(), "collaborator_closed")), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn t45_s113_of_two_stale_pages_the_second_overwrites_nothing() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    invite(&bench, &claire, "paul@exemple.fr", "dsn:consultation").await;
    let paul = join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    let key = line(&bench, &claire, "paul@exemple.fr").await.key;
    let rev = bench.services.beneficiary(&claire, &site, &key).await.unwrap().rev;
    let (documents, refunds) = (grid("documents:update"), grid("refunds:update"));
    let change = |rights| Change { key: &key, rev, starts: "2026-11-24", ends: "2026-12-31", rights };
    bench.services.modify_rights(&claire, &site, &change(&documents), None, &origin()).await.unwrap();
    let second = bench.services.modify_rights(&claire, &site, &change(&refunds), None, &origin()).await;
    assert_eq!(refusal(second), Refusal::Conflict);
    let page = bench.services.beneficiary(&claire, &site, &key).await.unwrap();
    assert_eq!((page.rights.to_string().as_str(), page.line.ends), ("ouvrier,etam,cadre,documents:update", Some(date(2026, 12, 31))));
    assert!(may(&again(&bench, &paul).await.session.actor, ReadDsn, &site, TODAY).is_err(), "lowered in the live session (T18)");
    let told = mails(&bench).await;
    assert!(told.iter().any(|mail| mail.to == "paul@exemple.fr" && mail.content.kind() == "rights_modified"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a41_t42_a_site_is_never_without_administrator() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    let own = line(&bench, &claire, "claire@exemple.fr").await;
    assert!(own.is_own && own.acts == [Act::View]);
    assert_eq!(refusal(end(&bench, &claire, &own.key, Act::Close).await), Refusal::OwnRights);
    // A second Administrateur Entreprise, by the letters; each may close the other, not both at once.
    bench.services.ask_new_letters(&domain::sites::siret::Siret::parse("00123458200011").unwrap()).await.unwrap();
    let letters = new_letters(&bench, "00123458200011").await;
    let opening = bench.services.prove_letters(&letters, &origin()).await.unwrap();
    let draft = domain::identity::opening::AccountDraft {
        email: "marc@exemple.fr".into(),
        email_confirmation: "marc@exemple.fr".into(),
        ..crate::support::account(&opening)
    };
    bench.services.open_account(&opening, &draft).await.unwrap();
    let link = mails(&bench).await.iter().filter(|mail| mail.content.kind() == "activation").find_map(secret).unwrap();
    bench.services.activate(&link).await.unwrap();
    let marc = enter_as(&bench, "marc@exemple.fr", PASSWORD).await;
    let his = line(&bench, &claire, "marc@exemple.fr").await.key;
    let (one, other) = tokio::join!(end(&bench, &claire, &his, Act::Close), end(&bench, &marc, &own.key, Act::Close));
    assert!(one.is_ok() != other.is_ok(), "one of the two: {one:?} {other:?}");
    let left = if one.is_ok() { &claire } else { &marc };
    assert!(may(&again(&bench, left).await.session.actor, Give, &site, TODAY).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn t43_t40_one_address_invited_sixteen_times_at_once_and_accepted_sixteen_times_at_once_is_one_right() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (services, visit, site) = (bench.services.clone(), claire.clone(), site.clone());
            tokio::spawn(async move {
                services.delegate(&visit, &site, &who("paul@exemple.fr"), &grid("dsn:consultation"), None, &origin()).await.is_ok()
            })
        })
        .collect();
    let mut invited = 0;
    for task in tasks {
        invited += usize::from(task.await.unwrap());
    }
    assert_eq!(invited, 1);
    let sent = mails(&bench).await;
    assert_eq!(sent.iter().filter(|mail| mail.content.kind() == "invitation").count(), 1);
    let link = sent.iter().find_map(secret).unwrap();
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let (services, link) = (bench.services.clone(), link.clone());
            tokio::spawn(async move { services.accept_as_new(&link, &person("Paul", "Girard"), &origin()).await.is_ok() })
        })
        .collect();
    let mut accepted = 0;
    for task in tasks {
        accepted += usize::from(task.await.unwrap());
    }
    assert_eq!(accepted, 1);
    let lines = bench.services.beneficiaries(&claire, &site).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.email == "paul@exemple.fr").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn t44_what_is_given_while_the_giver_loses_it_never_exceeds_what_is_left() {
    for _ in 0..8 {
        let (bench, claire) = claire().await;
        let site = site(&claire);
        bench.services.delegate(&claire, &site, &firm("cabinet@exemple.fr"), &grid("dsn:update"), None, &origin()).await.unwrap();
        let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
        let key = line(&bench, &claire, "cabinet@exemple.fr").await.key;
        let (nina, rights, from) = (who("nina@exemple.fr"), grid("dsn:update"), origin());
        let (given, ended) =
            tokio::join!(bench.services.delegate(&cabinet, &site, &nina, &rights, None, &from), end(&bench, &claire, &key, Act::Delete));
        ended.unwrap();
        // Whether the gift came first or not at all, nothing of it can be used.
        if given.is_ok() {
            let sent = mails(&bench).await;
            let link = sent.iter().filter(|mail| mail.to == "nina@exemple.fr").find_map(secret).unwrap();
            assert_eq!(refusal(bench.services.accept_as_new(&link, &person("Nina", "Roy"), &origin()).await), Refusal::DeadLink);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_needs_a_recent_password() {
    let (bench, claire) = claire().await;
    bench.clock.advance(SignedDuration::from_mins(16));
    let given = bench.services.delegate(&claire, &site(&claire), &who("paul@exemple.fr"), &grid("dsn:update"), None, &origin()).await;
    assert_eq!(refusal(given), Refusal::StepUp);
    assert_eq!(bench.services.beneficiaries(&claire, &site(&claire)).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn t08_nothing_tells_the_giver_whether_the_invited_address_has_an_account() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    // Paul has an account, from a site of his own; Zoé has none.
    let letters = new_letters(&bench, "00123458200029").await;
    let opening = bench.services.prove_letters(&letters, &origin()).await.unwrap();
    let draft = domain::identity::opening::AccountDraft {
        site: opening.site.to_string(),
        email: "paul@exemple.fr".into(),
        email_confirmation: "paul@exemple.fr".into(),
        ..crate::support::account(&opening)
    };
    bench.services.open_account(&opening, &draft).await.unwrap();
    let link = mails(&bench).await.iter().filter(|mail| mail.content.kind() == "activation").find_map(secret).unwrap();
    bench.services.activate(&link).await.unwrap();
    for email in ["paul@exemple.fr", "zoe@exemple.fr"] {
        bench.services.check_beneficiary(&claire, &site, &who(email)).await.unwrap();
        invite(&bench, &claire, email, "dsn:consultation").await;
    }
    let mut shown = Vec::new();
    for email in ["paul@exemple.fr", "zoe@exemple.fr"] {
        let line = line(&bench, &claire, email).await;
        let page = bench.services.beneficiary(&claire, &site, &line.key).await.unwrap();
        shown.push(format!("{line:?} {page:?}").replace(email, "x").replace(line.key.as_str(), "k"));
    }
    assert_eq!(shown[0], shown[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn t58_t61_without_the_journal_nothing_is_given_changed_nor_ended() {
    let (bench, claire) = claire().await;
    let site = site(&claire);
    invite(&bench, &claire, "paul@exemple.fr", "dsn:consultation").await;
    join(&bench, "paul@exemple.fr", "Paul", "Girard").await;
    let key = line(&bench, &claire, "paul@exemple.fr").await.key;
    bench.services.store().break_scripts(Some("CREATE $audit"));
    let given = bench.services.delegate(&claire, &site, &who("zoe@exemple.fr"), &grid("dsn:update"), None, &origin()).await;
    assert!(matches!(given, Err(services::Fault::Broken(_))), "{given:?}");
    assert!(end(&bench, &claire, &key, Act::Close).await.is_err());
    bench.services.store().break_scripts(None);
    let lines = bench.services.beneficiaries(&claire, &site).await.unwrap();
    assert!(lines.iter().all(|line| line.email != "zoe@exemple.fr"));
    assert_eq!(line(&bench, &claire, "paul@exemple.fr").await.status, Status::Actif);
}
