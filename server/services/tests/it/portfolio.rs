//! The clients of somebody of an accounting firm, from outside.

use crate::support::{
    PASSWORD, again, enter, enter_as, firm, grid, invitation, join, new_letters, origin, refusal, site, who, with_claire,
};
use domain::delegations::Role;
use domain::delegations::acts::Act;
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::dsn::Severity;
use domain::id::SiteId;
use domain::portfolio::{Client, PortfolioQuery, Selection, Standing};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use jiff::civil::date;
use services::testing::Bench;
use services::{Visit, is_of_firm};

pub const SECOND: &str = "00123458200029";

/// Claire with both of her sites.
pub async fn two_sites() -> (Bench, Visit, SiteId, SiteId) {
    let bench = with_claire().await;
    let first = site(&enter(&bench, PASSWORD).await);
    bench.services.ask_new_letters(&domain::sites::siret::Siret::parse(SECOND).unwrap()).await.unwrap();
    let letters = new_letters(&bench, SECOND).await;
    let opening = bench.services.prove_letters(&letters, &origin()).await.unwrap();
    bench.services.associate(&opening, "claire@exemple.fr").await.unwrap();
    let claire = enter(&bench, PASSWORD).await;
    let second = claire.session.actor.delegations.iter().map(|own| own.site.clone()).find(|site| *site != first).unwrap();
    (bench, claire, first, second)
}

/// Gives a firm rights on a site.
pub async fn hire(bench: &Bench, giver: &Visit, site: &SiteId, draft: &BeneficiaryDraft, rights: &str) {
    bench.services.delegate(giver, site, draft, &grid(rights), None, &origin()).await.unwrap();
}

async fn list(bench: &Bench, visit: &Visit, pairs: &[(&str, &str)]) -> Selection {
    bench.services.portfolio(&again(bench, visit).await, &PortfolioQuery::parse(pairs.iter().copied())).await.unwrap()
}

async fn clients(bench: &Bench, visit: &Visit) -> Vec<Client> {
    list(bench, visit, &[]).await.clients
}

#[tokio::test(flavor = "multi_thread")]
async fn s111_a32_a_firm_s_siret_is_a_label_and_opens_nobody_else_s_clients() {
    let (bench, claire, first, second) = two_sites().await;
    hire(&bench, &claire, &first, &firm("cabinet@exemple.fr"), "dsn:consultation").await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    // The same SIRET beside another address: another person, with clients of their own.
    hire(&bench, &claire, &second, &firm("voisin@exemple.fr"), "dsn:consultation").await;
    let other = join(&bench, "voisin@exemple.fr", "Max", "Noir").await;
    for (visit, expected) in [(&cabinet, &first), (&other, &second)] {
        let found = clients(&bench, visit).await;
        assert_eq!(found.iter().map(|client| &client.site).collect::<Vec<_>>(), [expected]);
        assert_eq!((found[0].holding.role, found[0].gives, found[0].company.as_str()), (Role::Cabinet, true, "Martin Maçonnerie"));
    }
    // A second client of the same person joins the list.
    hire(&bench, &claire, &second, &firm("cabinet@exemple.fr"), "documents:consultation").await;
    let link = invitation(&bench, "cabinet@exemple.fr").await;
    bench.services.accept_invitation(&cabinet, &link, &origin()).await.unwrap();
    let names: Vec<String> = clients(&bench, &cabinet).await.into_iter().map(|client| client.name).collect();
    assert_eq!(names, ["Martin Maçonnerie", "Martin Sud"]);
    // The employer has no clients: what they administer is no firm's.
    assert!(clients(&bench, &claire).await.is_empty() && !is_of_firm(&claire.session.actor));
    assert!(is_of_firm(&again(&bench, &cabinet).await.session.actor));
}

#[tokio::test(flavor = "multi_thread")]
async fn a17_t49_alerts_are_there_only_with_the_right_on_them() {
    let (bench, claire, first, second) = two_sites().await;
    hire(&bench, &claire, &first, &firm("cabinet@exemple.fr"), "dsn:consultation").await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    hire(&bench, &claire, &second, &firm("cabinet@exemple.fr"), "documents:consultation").await;
    let link = invitation(&bench, "cabinet@exemple.fr").await;
    bench.services.accept_invitation(&cabinet, &link, &origin()).await.unwrap();
    let file = "siret;periode;gravite;code;message\n00123458200011;2026-09;bloquant;C1;a\n00123458200011;2026-10;anomalie;C2;b\n00123458200011;2026-10;information;C3;c\n00123458200029;2026-10;bloquant;C1;secret\n";
    bench.services.import_alerts(file.as_bytes(), false, &|_, _| ()).await.unwrap();
    let found = clients(&bench, &cabinet).await;
    let seen = found[0].dsn.unwrap();
    assert_eq!(seen.month, "2026-10".parse().ok());
    assert_eq!(seen.of_month.present().collect::<Vec<_>>(), [(Severity::Anomalie, 1), (Severity::Information, 1)]);
    assert_eq!((seen.all.count(Severity::Bloquant), seen.all.count(Severity::Anomalie)), (1, 1));
    assert_eq!(found[1].dsn, None, "no right on Suivi DSN");
    // Neither a filter nor the order tells of them.
    assert_eq!(list(&bench, &cabinet, &[("gravite", "bloquant")]).await.found, 1);
    let order: Vec<SiteId> = list(&bench, &cabinet, &[("tri", "alertes")]).await.clients.into_iter().map(|client| client.site).collect();
    assert_eq!(order, [first, second]);
    // The month goes on when the fund finds nothing in it.
    let clean = "siret;periode;gravite;code;message\n00123458200011;2026-11;;;\n";
    bench.services.import_alerts(clean.as_bytes(), false, &|_, _| ()).await.unwrap();
    let seen = clients(&bench, &cabinet).await[0].dsn.unwrap();
    assert_eq!((seen.month, seen.of_month.present().count()), ("2026-11".parse().ok(), 0));
    // An older month that comes again changes nothing about which is the newest.
    let older = "siret;periode;gravite;code;message\n00123458200011;2026-09;;;\n";
    bench.services.import_alerts(older.as_bytes(), false, &|_, _| ()).await.unwrap();
    let seen = clients(&bench, &cabinet).await[0].dsn.unwrap();
    assert_eq!((seen.month, seen.all.count(Severity::Bloquant)), ("2026-11".parse().ok(), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn s112_s146_s147_s148_a_collaborator_s_clients_are_those_handed_on_for_as_long_as_the_firm_s() {
    let (bench, claire, first, second) = two_sites().await;
    let until = BeneficiaryDraft { ends: "2026-12-15".into(), ..firm("cabinet@exemple.fr") };
    hire(&bench, &claire, &first, &until, "ouvrier,dsn:consultation,documents:update").await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    hire(&bench, &claire, &second, &firm("cabinet@exemple.fr"), "dsn:update").await;
    let link = invitation(&bench, "cabinet@exemple.fr").await;
    bench.services.accept_invitation(&cabinet, &link, &origin()).await.unwrap();
    let cabinet = again(&bench, &cabinet).await;
    let nina = BeneficiaryDraft { ends: "2026-12-01".into(), ..who("nina@exemple.fr") };
    hire(&bench, &cabinet, &first, &nina, "ouvrier,documents:consultation").await;
    let nina = join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    let hers = clients(&bench, &nina).await;
    assert_eq!(hers.iter().map(|client| &client.site).collect::<Vec<_>>(), [&first], "not the other client of the firm");
    assert_eq!((hers[0].holding.role, hers[0].gives, hers[0].dsn), (Role::Collaborateur, false, None), "S146, S147: documents only");
    assert_eq!(hers[0].holding.ends, Some(date(2026, 12, 1)));
    assert!(hers[0].holding.is_ending(date(2026, 11, 24)));
    let ends: Vec<_> = list(&bench, &cabinet, &[("fin", "1")]).await.clients.into_iter().map(|client| client.holding.ends).collect();
    assert_eq!(ends, [Some(date(2026, 12, 15))], "the firm’s own end is within thirty days, the other has none");
}

#[tokio::test(flavor = "multi_thread")]
async fn t53_what_the_employer_ends_leaves_list_file_and_marks_at_the_next_request() {
    let (bench, claire, first, _) = two_sites().await;
    hire(&bench, &claire, &first, &firm("cabinet@exemple.fr"), "dsn:consultation").await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    hire(&bench, &cabinet, &first, &who("nina@exemple.fr"), "dsn:consultation").await;
    let nina = join(&bench, "nina@exemple.fr", "Nina", "Roy").await;
    for visit in [&cabinet, &nina] {
        bench.services.set_favourite(visit, &first, true, &origin()).await.unwrap();
        assert_eq!(list(&bench, visit, &[("favoris", "1")]).await.found, 1);
    }
    let lines = bench.services.beneficiaries(&claire, &first).await.unwrap();
    let key = &lines.iter().find(|line| line.role == Role::Cabinet).unwrap().key;
    bench.services.end_rights(&claire, &first, key, Act::Delete, None, &origin()).await.unwrap();
    for visit in [&cabinet, &nina] {
        let now = again(&bench, visit).await;
        assert_eq!(list(&bench, visit, &[("favoris", "1")]).await.total, 0);
        assert!(bench.services.portfolio_file(&now, &PortfolioQuery::default()).await.unwrap().is_empty());
        let marked = bench.services.set_favourite(&now, &first, true, &origin()).await;
        assert_eq!(refusal(marked), Refusal::NotFound);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s130_a_client_that_ran_out_stays_named_for_thirty_days_and_says_nothing_more() {
    let (bench, claire, first, second) = two_sites().await;
    let short = BeneficiaryDraft { ends: "2026-11-30".into(), ..firm("cabinet@exemple.fr") };
    hire(&bench, &claire, &first, &short, "dsn:consultation").await;
    join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let later = BeneficiaryDraft { starts: "2026-12-10".into(), ..firm("cabinet@exemple.fr") };
    hire(&bench, &claire, &second, &later, "dsn:consultation").await;
    let link = invitation(&bench, "cabinet@exemple.fr").await;
    let cabinet = enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await;
    bench.services.accept_invitation(&cabinet, &link, &origin()).await.unwrap();
    let shown = |found: Vec<Client>| {
        found.into_iter().map(|client| (client.name, client.holding.standing, client.dsn.is_some())).collect::<Vec<_>>()
    };
    let (sud, own) = ("Martin Sud".to_owned(), "Martin Maçonnerie".to_owned());
    assert_eq!(shown(clients(&bench, &cabinet).await), [(own.clone(), Standing::Live, true), (sud.clone(), Standing::Future, false)]);
    bench.clock.advance(SignedDuration::from_hours(24 * 7));
    let cabinet = enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await;
    assert_eq!(shown(clients(&bench, &cabinet).await), [(own, Standing::Over, false), (sud.clone(), Standing::Future, false)]);
    bench.clock.advance(SignedDuration::from_hours(24 * 30));
    let cabinet = enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await;
    assert_eq!(shown(clients(&bench, &cabinet).await), [(sud, Standing::Live, true)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_is_one_s_own_and_only_for_one_s_clients() {
    let (bench, claire, first, second) = two_sites().await;
    hire(&bench, &claire, &first, &firm("cabinet@exemple.fr"), "dsn:consultation").await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let mark = async |site: &SiteId, on| bench.services.set_favourite(&cabinet, site, on, &origin()).await;
    let missing: SiteId = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
    for site in [&second, &missing] {
        assert_eq!(refusal(mark(site, true).await), Refusal::NotFound, "another’s site and one that does not exist are the same");
    }
    assert_eq!(refusal(bench.services.set_favourite(&claire, &first, true, &origin()).await), Refusal::NotFound, "no firm’s right");
    for (on, found) in [(true, 1), (true, 1), (false, 0), (false, 0)] {
        mark(&first, on).await.unwrap();
        assert_eq!(list(&bench, &cabinet, &[("favoris", "1")]).await.found, found);
    }
    assert_eq!(bench.store().count_rows("favourite").await.unwrap(), 0);
}

/// A person of a firm with so many clients, each with alerts: planted, since opening them one by one would take hours.
async fn with_clients(number: usize) -> (Bench, Visit) {
    let (bench, claire, first, _) = two_sites().await;
    hire(&bench, &claire, &first, &firm("cabinet@exemple.fr"), "dsn:consultation").await;
    let cabinet = join(&bench, "cabinet@exemple.fr", "Luc", "Petit").await;
    let account = cabinet.session.actor.account.to_string();
    let made: Vec<usize> = (1..number).collect();
    for chunk in made.chunks(500) {
        let script: String = chunk.iter().map(|place| planted(&account, *place)).collect();
        bench.store().plant(&script).await.unwrap();
    }
    let cabinet = again(&bench, &cabinet).await;
    (bench, cabinet)
}

fn planted(account: &str, place: usize) -> String {
    let siret = (0..10).map(|key| format!("001{place:010}{key}")).find(|text| domain::sites::siret::Siret::parse(text).is_ok()).unwrap();
    let (site, company, right) =
        (format!("01JD3V9X7ZK4M2N8P6Q5{place:06}"), format!("01JD3V9X7ZK4M2N8P6Q6{place:06}"), format!("01JD3V9X7ZK4M2N8P6Q7{place:06}"));
    format!(
        "CREATE adherent:⟨{company}⟩ SET numero = 'P{place}', raison_sociale = 'Entreprise {place}';
         CREATE site:⟨{site}⟩ SET adherent = adherent:⟨{company}⟩, siret = '{siret}', identifiant = 'P{place}', name = 'Chantier {place}',
           holder_first = '', holder_last = '', street = '', complement = '', postcode = '', city = 'Lyon', created = time::now(),
           letters = 'done', alerts = 2, alert_messages = ['a', 'b'], dsn_month = '2026-10', dsn_counts = [{}, 1, 0, 0, 1, 2, 0, 3];
         CREATE delegation:[account:⟨{account}⟩, site:⟨{site}⟩, '{right}'] SET account = account:⟨{account}⟩, site = site:⟨{site}⟩,
           role = 'cabinet', origin = 'given', state = 'open', starts = '2026-01-01', rights = 'ouvrier,etam,cadre,dsn:consultation',
           key = '{right}', created = time::now();\n",
        place % 3
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn w4_a_page_of_clients_is_one_round_trip_whatever_their_number() {
    let (bench, cabinet) = with_clients(120).await;
    assert!(bench.services.lands_on_portfolio(&cabinet.session.actor));
    let _ = bench.store().take_scripts();
    let found = bench.services.portfolio(&cabinet, &PortfolioQuery::parse([("tri", "alertes"), ("page", "2")])).await.unwrap();
    assert_eq!(bench.store().take_scripts().len(), 1);
    assert_eq!((found.total, found.last, found.page, found.clients.len()), (120, 3, 2, 50));
    assert_eq!(list(&bench, &cabinet, &[("recherche", "entreprise 117")]).await.clients[0].name, "Chantier 117");
}

#[tokio::test(flavor = "multi_thread")]
async fn t18_w4_what_is_kept_of_many_clients_is_read_again_after_every_write() {
    let (bench, cabinet) = with_clients(60).await;
    let claire = enter(&bench, PASSWORD).await;
    let first = site(&claire);
    let named = async |name: &str| list(&bench, &cabinet, &[("recherche", name)]).await.clients.into_iter().next();
    let reads = async || {
        let _ = bench.store().take_scripts();
        assert_eq!(list(&bench, &cabinet, &[]).await.total, 60);
        bench.store().take_scripts().len()
    };
    bench.store().plant("UPDATE site SET city = 'Bron' WHERE name = 'Chantier 9';").await.unwrap();
    assert_eq!((reads().await, reads().await), (2, 1), "session and sites; then the session alone");
    // A page of one site needs no more than the rights there.
    let one = bench.services.visit(&cabinet.key.0, store::Scope::Site(&first)).await.unwrap().unwrap();
    assert_eq!((one.session.actor.delegations.len(), one.session.has_other_sites), (1, true));
    bench.store().plant("UPDATE site SET city = 'Bron' WHERE name = 'Chantier 9';").await.unwrap();
    let read = bench.services.visit(&cabinet.key.0, store::Scope::Site(&first)).await.unwrap().unwrap();
    assert_eq!((read.session.actor.delegations.len(), read.session.has_other_sites), (1, true), "read or kept");
    // Logins of others and their counters make nothing old.
    let _ = reads().await;
    enter(&bench, PASSWORD).await;
    assert_eq!(reads().await, 1);
    // A mark, the alerts of a site, its name: each is there at the next request.
    bench.services.set_favourite(&cabinet, &first, true, &origin()).await.unwrap();
    assert_eq!(list(&bench, &cabinet, &[("favoris", "1")]).await.found, 1);
    let file = "siret;periode;gravite;code;message\n00123458200011;2026-11;bloquant;C1;a\n";
    bench.services.import_alerts(file.as_bytes(), false, &|_, _| ()).await.unwrap();
    assert_eq!(named("martin").await.unwrap().dsn.unwrap().all.count(Severity::Bloquant), 1);
    bench.store().plant("UPDATE site SET name = 'Neuf' WHERE siret = '00123458200011';").await.unwrap();
    assert!(named("neuf").await.is_some());
    // The employer withdraws the right: its line is gone at once. The day a right ends is enough too.
    let lines = bench.services.beneficiaries(&claire, &first).await.unwrap();
    let key = &lines.iter().find(|line| line.role == Role::Cabinet).unwrap().key;
    bench.services.end_rights(&claire, &first, key, Act::Delete, None, &origin()).await.unwrap();
    assert_eq!((list(&bench, &cabinet, &[]).await.total, named("neuf").await), (59, None));
    bench.store().plant("UPDATE delegation SET ends = '2026-11-24' WHERE site.name = 'Chantier 7';").await.unwrap();
    assert!(named("chantier 7").await.is_some_and(|client| client.holding.standing == Standing::Live));
    bench.clock.advance(SignedDuration::from_hours(24));
    let (bench, cabinet) = (&bench, enter_as(&bench, "cabinet@exemple.fr", "Trois pins verts 9").await);
    let found = list(bench, &cabinet, &[("recherche", "chantier 7")]).await.clients;
    assert!(found.iter().all(|client| client.name != "Chantier 7" || client.holding.standing == Standing::Over), "over on the next day");
}

/// Prints milliseconds a page, session included; a figure, not a test.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn figure_milliseconds_of_a_page_with_10_1000_and_5000_clients() {
    for number in [10, 1_000, 5_000] {
        let (bench, cabinet) = with_clients(number).await;
        for (what, pairs) in [
            ("first page", vec![]),
            ("search", vec![("recherche", "chantier 9")]),
            ("by alerts, last page", vec![("tri", "alertes"), ("page", "100")]),
        ] {
            let (mut session, mut page) = (Vec::new(), Vec::new());
            for _ in 0..5 {
                let began = std::time::Instant::now();
                let visit = again(&bench, &cabinet).await;
                session.push(began.elapsed().as_micros());
                let began = std::time::Instant::now();
                bench.services.portfolio(&visit, &PortfolioQuery::parse(pairs.iter().copied())).await.unwrap();
                page.push(began.elapsed().as_micros());
            }
            session.sort_unstable();
            page.sort_unstable();
            println!("{number} clients, {what}: session {} µs, page {} µs (medians of 5)", session[2], page[2]);
        }
    }
}
