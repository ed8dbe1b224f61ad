use super::*;
use crate::adapters::post_http::PrintService;
use crate::config::{Secret, Settings};
use crate::world::testing::{Folder, settings, world, world_of};
use domain::fund::Fund;
use domain::identity::opening::LettersDraft;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use services::{Fault, Origin, Scope, Services};
use std::sync::Arc;

fn origin() -> Origin {
    Origin { address: std::net::Ipv4Addr::LOCALHOST.into(), agent: String::new(), device: None, session: None }
}

async fn sites_of(services: &Services, email: &str) -> Result<Vec<bool>, Fault> {
    let draft = SignInDraft { email: email.into(), password: PASSWORD.into(), ..SignInDraft::default() };
    let signed = services.sign_in(&draft, &origin()).await?.signed_in().expect("no second factor");
    let visit = services.visit(&signed.session.0, Scope::All).await?.expect("a session");
    let lines = services.my_sites(&visit.session.actor, "").await?;
    Ok(lines.iter().map(|line| line.alerts.as_ref().is_some_and(|alerts| alerts.count > 0)).collect())
}

#[tokio::test]
async fn the_people_of_the_table_find_what_it_says() {
    let folder = Folder::new();
    let world = world(&folder).await;
    let report = load(&world, &|_, _| {}).await.unwrap();
    assert_eq!((report.companies, report.sites), (40, 55));
    for (email, sites, alerts) in
        [("claire.martin@demo.example", 4, 2), ("paul.roux@demo.example", 1, 0), ("nadia.benali@demo.example", 12, 4)]
    {
        let found = sites_of(&world.services, email).await.unwrap();
        assert_eq!((found.len(), found.iter().filter(|has| **has).count()), (sites, alerts), "{email}");
    }
    let found = sites_of(&world.services, "hugo.lenoir@demo.example").await.unwrap();
    assert_eq!(found.len(), 3, "a firm’s collaborator");
    let found = sites_of(&world.services, "jeanne.morel@demo.example").await.unwrap();
    assert_eq!((found.len(), found.iter().filter(|has| **has).count()), (12, 4), "a firm");
    let luc = sites_of(&world.services, "luc.petit@demo.example").await.unwrap_err();
    assert!(matches!(luc, Fault::Refused(Refusal::NotActivated)), "{luc}");
    assert_eq!(world.services.outbox_counts().await.unwrap().waiting, 1, "Luc's mail");
}

#[tokio::test]
async fn the_letters_of_the_table_are_printed_and_open_an_account() {
    let folder = Folder::new();
    let world = world(&folder).await;
    let report = load(&world, &|_, _| {}).await.unwrap();
    assert_eq!(report.letters.len(), 2);
    for letter in &report.letters {
        let draft = LettersDraft { identifiant: letter.identifiant.clone(), siret: letter.siret.clone(), code: letter.code.clone() };
        world.services.prove_letters(&draft, &origin()).await.unwrap();
    }
    let batches: Vec<_> = std::fs::read_dir(world.settings.letters()).unwrap().flatten().map(|entry| entry.path().join("code")).collect();
    let printed: usize = batches.iter().filter_map(|batch| Some(std::fs::read_dir(batch).ok()?.count())).sum();
    assert_eq!(printed, 2, "the letters of people with accounts are not printed");
    let file = std::fs::read(folder.path().join("demo/lettres.json")).unwrap();
    assert_eq!(serde_json::from_slice::<DemoReport>(&file).unwrap(), report);
}

#[tokio::test]
async fn a_second_run_changes_nothing_and_says_the_same() {
    let folder = Folder::new();
    let world = world(&folder).await;
    let first = load(&world, &|_, _| {}).await.unwrap();
    let second = load(&world, &|_, _| {}).await.unwrap();
    assert_eq!(second, DemoReport { loaded: false, ..first });
}

#[tokio::test]
async fn a_real_fund_and_a_database_in_use_are_refused() {
    let folder = Folder::new();
    let mut world = world(&folder).await;
    let csv = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
               A1;Une vraie;73282932000074;69012345;;Anne;B;1 rue A;;69001;Lyon\n";
    world.services.import_members(csv.as_bytes(), false, &|_, _| {}).await.unwrap();
    assert!(load(&world, &|_, _| {}).await.unwrap_err().sentence().contains("d’autres sites"));
    world.fund = Arc::new(Fund { demonstration: false, ..Fund::default() });
    assert!(load(&world, &|_, _| {}).await.unwrap_err().sentence().contains("démonstration"));
}

#[tokio::test]
async fn imaginary_letters_never_reach_a_print_service() {
    let folder = Folder::new();
    // Nobody listens there: whoever tried to send would fail.
    let service = PrintService { url: "http://127.0.0.1:9/lettres".parse().unwrap(), token: Secret::new("jeton".into()) };
    let configured = Settings { print_service: Some(service), ..settings(&folder) };
    let production = world_of(Settings { development: false, ..configured.clone() }).await;
    assert!(load(&production, &|_, _| {}).await.unwrap_err().sentence().contains("service d’impression"));
    let development = world_of(configured).await;
    assert!(load(&development, &|_, _| {}).await.unwrap().loaded, "letters of a development portal lie in its folder");
}
