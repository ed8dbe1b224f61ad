use super::*;
use crate::command::exchanges::Reply;
use crate::command::{Desk, Exchanges, Lost};
use crate::world::testing::{Folder, world};
use std::path::PathBuf;
use std::sync::Mutex;

const MEMBERS: &str = "numero_adherent;raison_sociale;siret;identifiant;nom_site;prenom;nom;adresse;complement;code_postal;ville\n\
    A1;Martin Maçonnerie;00123458200011;69012345;;Claire;Martin;3 rue du Tour;;69001;Lyon\n";

struct Portal {
    folder: Folder,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Portal {
    async fn start() -> Self {
        let folder = Folder::new();
        let world = Arc::new(world(&folder).await);
        let listener = listen(&folder.path().join("espace.sock")).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(serve(world, listener, stopped));
        Self { folder, stop, task }
    }

    async fn ask(&self, intention: Intention, file: &[u8]) -> Result<Option<Answer>, Stop> {
        ask(&self.folder.path().join("espace.sock"), intention, file, &|_, _| {}).await
    }
}

#[tokio::test]
async fn d1_a_command_beside_a_running_portal_is_done_by_it() {
    let portal = Portal::start().await;
    let heard = Mutex::new(Vec::new());
    let path = portal.folder.path().join("espace.sock");
    let import = Intention::ImportMembers { partial: false };
    let answer =
        ask(&path, import.clone(), MEMBERS.as_bytes(), &|done, total| heard.lock().unwrap().push((done, total))).await.unwrap().unwrap();
    assert!(answer.done && answer.json["new"] == 1, "{answer:?}");
    assert_eq!(heard.into_inner().unwrap(), [(1, 1)]);
    let again = portal.ask(import, MEMBERS.as_bytes()).await.unwrap().unwrap();
    assert_eq!((&again.json["new"], &again.json["updated"]), (&0.into(), &1.into()));
}

#[tokio::test]
async fn a_refused_file_is_an_answer_that_was_not_done() {
    let portal = Portal::start().await;
    let wrong = MEMBERS.replace("00123458200011", "00123458200012");
    let answer = portal.ask(Intention::ImportMembers { partial: false }, wrong.as_bytes()).await.unwrap().unwrap();
    assert!(!answer.done);
    assert!(answer.text.contains("Ligne 2 : SIRET dont la clé est fausse"), "{}", answer.text);
}

#[tokio::test]
async fn letters_are_reported_and_their_codes_stay_on_paper() {
    let portal = Portal::start().await;
    portal.ask(Intention::ImportMembers { partial: false }, MEMBERS.as_bytes()).await.unwrap();
    let answer = portal.ask(Intention::MakeLetters, b"").await.unwrap().unwrap();
    assert_eq!(answer.json["made"], 1);
    let batch = portal.folder.path().join("courriers").join(answer.json["batch"].as_str().unwrap());
    assert_eq!(std::fs::read_dir(batch.join("code")).unwrap().count(), 1);
    let keys: Vec<&String> = answer.json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["batch", "finished", "made", "unprintable"]);
}

#[tokio::test]
async fn a_client_that_leaves_does_not_stop_the_work_or_the_portal() {
    let portal = Portal::start().await;
    let mut stream = UnixStream::connect(portal.folder.path().join("espace.sock")).await.unwrap();
    let request =
        Request { version: env!("CARGO_PKG_VERSION").into(), intention: Intention::ImportMembers { partial: false }, bytes: MEMBERS.len() };
    send(&mut stream, &request).await.unwrap();
    stream.write_all(MEMBERS.as_bytes()).await.unwrap();
    drop(stream);
    let again = portal.ask(Intention::ImportMembers { partial: false }, MEMBERS.as_bytes()).await.unwrap().unwrap();
    assert_eq!(again.json["updated"], 1, "the first import was written");
}

#[tokio::test]
async fn nonsense_other_versions_and_files_too_large_are_refused() {
    let portal = Portal::start().await;
    for (line, word) in [
        ("bonjour\n".to_owned(), "illisible"),
        ("x".repeat(LINE + 1), "illisible"),
        (r#"{"version":"0.0.0","intention":"demo","bytes":0}"#.to_owned() + "\n", "0.0.0"),
        (format!(r#"{{"version":"{}","intention":"demo","bytes":{}}}{}"#, env!("CARGO_PKG_VERSION"), MOST + 1, "\n"), "trop grand"),
    ] {
        let mut stream = UnixStream::connect(portal.folder.path().join("espace.sock")).await.unwrap();
        stream.write_all(line.as_bytes()).await.unwrap();
        let mut reply = String::new();
        BufReader::new(stream).read_line(&mut reply).await.unwrap();
        assert!(reply.contains(word), "{reply}");
    }
}

#[tokio::test]
async fn a_stale_socket_is_replaced_and_a_living_one_is_not() {
    let portal = Portal::start().await;
    let path = portal.folder.path().join("espace.sock");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(listen(&path).await.unwrap_err().sentence().contains("répond déjà"));
    portal.stop.send(true).unwrap();
    portal.task.await.unwrap();
    assert!(path.exists(), "the file stays, nobody answers");
    assert_eq!(ask(&path, Intention::MakeLetters, b"", &|_, _| {}).await, Ok(None));
    assert!(listen(&path).await.is_ok());
}

#[tokio::test]
async fn d1_letters_are_looked_after_beside_a_running_portal() {
    let portal = Portal::start().await;
    portal.ask(Intention::ImportMembers { partial: false }, MEMBERS.as_bytes()).await.unwrap();
    let made = portal.ask(Intention::MakeLetters, b"").await.unwrap().unwrap();
    let batch = made.json["batch"].as_str().unwrap().to_owned();
    let desk = async |desk| portal.ask(Intention::Desk(desk), b"").await.unwrap().unwrap();

    let batches = desk(Desk::ListBatches).await;
    assert_eq!(batches.json["batches"][0]["statuses"]["printed"], 1);
    assert!(batches.text.contains("imprimé 1"), "{}", batches.text);
    let siret = domain::sites::siret::Siret::parse("00123458200011").unwrap();
    let list = desk(Desk::ListSite { siret: siret.clone() }).await;
    let letter: domain::id::LetterId = list.json["letters"][0]["id"].as_str().unwrap().parse().unwrap();
    assert!(list.text.contains("imprimé") && list.text.contains("courriers faits"), "{}", list.text);

    let again = desk(Desk::Reprint { letter: letter.clone() }).await;
    let files: Vec<PathBuf> = again.json["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap().into()).collect();
    assert!(again.done && files.len() == 2 && files.iter().all(|file| file.is_file()), "{again:?}");
    let posted = desk(Desk::PostBatch { batch: batch.clone() }).await;
    assert_eq!((posted.done, &posted.json["marked"]), (true, &1.into()));
    assert!(files[0].is_file() && !files[1].exists(), "the file of the code is gone");
    let refused = desk(Desk::Reprint { letter: letter.clone() }).await;
    assert!(!refused.done && refused.text.contains("espace courriers redemander 00123458200011"), "{}", refused.text);

    let voided = desk(Desk::Void { letter: letter.clone(), reason: "volé".into() }).await;
    assert!(voided.done && !files[0].exists(), "{}", voided.text);
    let list = desk(Desk::ListBatch { batch }).await;
    assert_eq!(list.json["letters"][0]["status"], "void");
    assert!(list.json["letters"][0]["posted"].as_str().unwrap().len() == 10);
    let wanted = desk(Desk::Want { siret }).await;
    assert!(wanted.done);
    assert_eq!(portal.ask(Intention::MakeLetters, b"").await.unwrap().unwrap().json["made"], 1);
    let unknown = desk(Desk::PostBatch { batch: "hier".into() }).await;
    assert!(!unknown.done && unknown.text.contains("« hier »"), "{}", unknown.text);
}

#[tokio::test]
async fn whoever_has_no_second_factor_has_none_to_remove() {
    let portal = Portal::start().await;
    let lost = serde_json::to_vec(&Lost { mail: "claire@exemple.fr".into(), motif: "au guichet".into() }).unwrap();
    let answer = portal.ask(Intention::ClearFactors, &lost).await.unwrap().unwrap();
    assert!(!answer.done && answer.json["cleared"] == false);
    assert!(answer.text.contains("Rien n’a été modifié"), "{}", answer.text);
    assert!(portal.ask(Intention::ClearFactors, b"claire").await.is_err(), "no order");
}

#[tokio::test]
async fn d1_exchanges_are_looked_after_beside_a_running_portal() {
    let portal = Portal::start().await;
    let list = portal.ask(Intention::Exchanges(Exchanges::List { state: None }), b"").await.unwrap().unwrap();
    assert_eq!((list.done, &list.json, list.text.as_str()), (true, &serde_json::json!([]), "Aucun message."));
    let reference: domain::contact::Reference = "ABCD-2345".parse().unwrap();
    let folder = portal.folder.path().join("exports");
    let file = portal.folder.path().join("a.txt");
    std::fs::write(&file, "Bonjour").unwrap();
    let reply = Reply { by: "Paul".into(), text: "Bonjour".into(), files: vec![file.clone()] };
    let reply = serde_json::to_vec(&reply).unwrap();
    for order in [
        Exchanges::Read { reference: reference.clone() },
        Exchanges::Export { reference: reference.clone(), folder: folder.clone() },
        Exchanges::Answer { reference: reference.clone() },
    ] {
        let answer = portal.ask(Intention::Exchanges(order), &reply).await.unwrap().unwrap();
        assert!(!answer.done && answer.json["problem"] == "unknown", "{answer:?}");
        assert_eq!(answer.text, "Aucun message n’a la référence ABCD-2345.");
    }
    assert!(!folder.exists());
    std::fs::remove_file(&file).unwrap();
    let order = Intention::Exchanges(Exchanges::Answer { reference });
    let refused = portal.ask(order.clone(), &reply).await.unwrap_err();
    assert!(refused.code() == 2 && refused.sentence().contains("a.txt"), "{refused:?}");
    assert!(portal.ask(order, b"Bonjour").await.is_err(), "no answer");
}
