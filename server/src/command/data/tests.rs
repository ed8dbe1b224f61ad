use super::*;
use crate::command::{Outcome, demo, perform};
use crate::world::testing::{Folder, world};
use std::os::unix::fs::PermissionsExt;

const CLAIRE: &str = "claire.martin@demo.example";

fn demand(mail: &str, motive: &str) -> Vec<u8> {
    serde_json::to_vec(&Demand { mail: mail.into(), motive: motive.into() }).unwrap()
}

#[tokio::test]
async fn the_staff_takes_out_and_erases_a_person_once_they_mean_it() {
    let folder = Folder::new();
    let world = world(&folder).await;
    demo::load(&world, &|_, _| {}).await.unwrap();
    let order = async |intention, file: Vec<u8>| perform(&world, intention, &file, &|_, _| {}).await;
    let Outcome::Person(data) = order(Intention::ExportPerson, CLAIRE.into()).await.unwrap() else { panic!("no person") };
    let text = serde_json::to_string(&data).unwrap();
    assert!(text.contains("Claire") && text.contains("Martin Maçonnerie") && !text.contains("Nadia"), "{text}");

    let erase = |sure, motive| order(Intention::ErasePerson { sure }, demand(CLAIRE, motive));
    let preview = erase(false, "courrier du 3 mars").await.unwrap().answer();
    assert!(!preview.done && preview.text.contains("--oui") && preview.text.contains("n’aura plus d’administrateur"), "{}", preview.text);
    assert!(order(Intention::ExportPerson, CLAIRE.into()).await.is_ok(), "nothing was erased");
    assert!(erase(true, "courrier de Claire").await.unwrap_err().sentence().contains("ne doit pas nommer"));
    let done = erase(true, "courrier du 3 mars").await.unwrap().answer();
    assert!(done.done && done.json["sites"].as_array().unwrap().len() == 4, "{done:?}");
    for mail in [CLAIRE, "personne@exemple.fr"] {
        assert_eq!(order(Intention::ExportPerson, mail.into()).await.unwrap_err(), Stop::Failed("Aucun compte n’a cette adresse.".into()));
    }
    assert!(order(Intention::ExportPerson, b"rien".to_vec()).await.unwrap_err().sentence().contains("adresse mail"));
}

#[test]
fn the_file_is_for_its_writer_alone_and_replaces_nothing() {
    let folder = Folder::new();
    let path = folder.path().join("claire.json");
    drop(create(&path).unwrap());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(create(&path).unwrap_err().code(), 2);
}
