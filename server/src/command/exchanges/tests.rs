use super::*;
use crate::command::{Cli, Input, Intention, Verb};
use crate::world::testing::Folder;
use async_trait::async_trait;
use bytes::Bytes;
use clap::Parser;
use domain::contact::{Kind, MOST_FILES};
use domain::id::FileId;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use services::Fault;
use services::contact::{ExchangeAnswer, StoredFile};
use services::ports::{Deposit, FileBytes, Vault};
use sha2::{Digest, Sha256};
use std::os::unix::fs::PermissionsExt;

fn order(words: &[&str]) -> Option<(Intention, Option<Input>)> {
    match Cli::try_parse_from(["espace", "echanges"].iter().chain(words)).ok()?.verb {
        Verb::Echanges { action } => action.order().ok(),
        _ => None,
    }
}

fn reply(words: &[&str]) -> Reply {
    let Some((Intention::Exchanges(Exchanges::Answer { .. }), Some(Input::Text(text)))) = order(words) else { panic!("{words:?}") };
    serde_json::from_str(&text).unwrap()
}

#[test]
fn orders_are_what_was_typed() {
    let exchanges = |words: &[&str]| order(words).map(|(intention, _)| intention);
    let state = Some(ExchangeState::Answered);
    assert_eq!(exchanges(&["lister", "--etat", "repondu"]), Some(Intention::Exchanges(Exchanges::List { state })));
    assert_eq!(exchanges(&["lister"]), Some(Intention::Exchanges(Exchanges::List { state: None })));
    let reference: Reference = "ABCD-2345".parse().unwrap();
    assert_eq!(exchanges(&["lire", " abcd 2345"]), Some(Intention::Exchanges(Exchanges::Read { reference: reference.clone() })));
    let folder = std::env::current_dir().unwrap().join("x");
    assert_eq!(exchanges(&["exporter", "ABCD-2345", "x"]), Some(Intention::Exchanges(Exchanges::Export { reference, folder })));
}

#[test]
fn an_answer_travels_beside_its_order_with_paths_another_process_finds() {
    let words = ["repondre", "ABCD-2345", "--par", " Paul  Girard ", "--texte", "Bonjour,\n\nvoici.", "--fichier", "a.pdf"];
    let Reply { by, text, files } = reply(&words);
    assert_eq!((by.as_str(), text.as_str()), ("Paul Girard", "Bonjour,\n\nvoici."));
    assert_eq!(files, [std::env::current_dir().unwrap().join("a.pdf")]);
    let (intention, _) = order(&words).unwrap();
    assert!(!format!("{intention:?}").contains("Bonjour") && !format!("{intention:?}").contains("Girard"), "the log has it");

    let folder = Folder::new();
    let path = folder.path().join("reponse.txt");
    std::fs::write(&path, "\u{feff}Bonjour").unwrap();
    let from = ["repondre", "ABCD-2345", "--par", "Paul", "--texte-fichier", path.to_str().unwrap()];
    assert_eq!(reply(&from).text, "Bonjour");
    std::fs::write(&path, b"\xe9t\xe9").unwrap();
    assert!(order(&from).is_none(), "not UTF-8");
}

#[test]
fn what_is_asked_wrongly_is_refused_before_anything_is_opened() {
    for wrong in [
        &["lister", "--etat", "perdu"][..],
        &["lire", "ABCD-234O"],
        &["lire", "../../etc"],
        &["exporter", "ABCD-2345"],
        &["repondre", "ABCD-2345", "--par", "Paul"],
        &["repondre", "ABCD-2345", "--texte", "x"],
        &["repondre", "ABCD-2345", "--par", " ", "--texte", "x"],
        &["repondre", "ABCD-2345", "--par", "Paul", "--texte", "x", "--texte-fichier", "y"],
        &["repondre", "ABCD-2345", "--par", "Paul", "--texte-fichier", "/nulle/part"],
    ] {
        assert!(order(wrong).is_none(), "{wrong:?}");
    }
}

#[tokio::test]
async fn attached_files_are_read_to_their_end_and_only_files_are() {
    let folder = Folder::new();
    let path = folder.path().join("relevé.pdf");
    let bytes: Vec<u8> = (0..200_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    std::fs::write(&path, &bytes).unwrap();
    let mut opened = attach::open(std::slice::from_ref(&path)).await.unwrap();
    let (name, stream) = opened.remove(0);
    let chunks: Vec<Bytes> = stream.try_collect().await.unwrap();
    assert_eq!(name, "relevé.pdf");
    assert!(chunks.len() > 1 && chunks.iter().flatten().eq(&bytes));

    for wrong in [folder.path().to_owned(), folder.path().join("rien.pdf"), "/".into(), "/dev/null".into()] {
        let shown = wrong.display().to_string();
        let stop = attach::open(&[wrong]).await.err().unwrap();
        assert!(stop.code() == 2 && stop.sentence().contains(&shown), "{stop:?}");
    }
    assert_eq!(attach::open(&vec![path; 500]).await.unwrap().len(), MOST_FILES + 1, "enough to be refused");
}

/// A vault of these files, each with what it gives.
struct Shelf(Vec<(FileId, Vec<u8>)>);

#[async_trait]
impl Vault for Shelf {
    async fn begin(&self, _: &FileId) -> Result<Box<dyn Deposit>, Fault> {
        Err(Fault::Broken("read only".into()))
    }
    async fn open(&self, id: &FileId) -> Result<Option<FileBytes>, Fault> {
        let found = self.0.iter().find(|(known, _)| known == id);
        Ok(found.map(|(_, bytes)| {
            let mut chunks: Vec<Result<Bytes, Fault>> = bytes.chunks(3).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
            if bytes.is_empty() {
                chunks.push(Err(Fault::Broken("disk".into())));
            }
            let stream: FileBytes = Box::pin(futures_util::stream::iter(chunks));
            stream
        }))
    }
    async fn remove(&self, _: &FileId) -> Result<(), Fault> {
        Ok(())
    }
    async fn older(&self, _: Timestamp, _: Option<&FileId>, _: usize) -> Result<Vec<FileId>, Fault> {
        Ok(Vec::new())
    }
}

/// An exchange with these files, the last of which goes with an answer, and the vault they lie in.
fn exchange(names: &[&str]) -> (FundExchange, Shelf) {
    let at = jiff::civil::datetime(2026, 11, 24, 11, 5, 0, 0);
    let mut shelf = Shelf(Vec::new());
    let mut files = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let id: FileId = format!("01JD3V9X7ZK4M2N8P6Q5R4S{number:03}").parse().unwrap();
        let bytes = format!("bytes of {number}").into_bytes();
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        files.push(StoredFile { id: id.clone(), name: (*name).to_owned(), kind: Kind::Pdf, bytes: bytes.len() as u64, sha256 });
        shelf.0.push((id, bytes));
    }
    let last = files.pop().into_iter().collect();
    let line = FundLine {
        reference: "ABCD-2345".parse().unwrap(),
        subject: "Attestation".into(),
        state: ExchangeState::Answered,
        site: "Martin Maçonnerie".into(),
        siret: "00123458200011".into(),
        author: "Claire Martin".into(),
        sent: at,
        files: files.len(),
    };
    let exchange = FundExchange {
        line,
        email: "claire@exemple.fr".into(),
        phone: None,
        page: None,
        consent: "1".into(),
        message: "Bonjour".into(),
        files,
        answers: vec![ExchangeAnswer { at, by: "Paul".into(), text: "Voici.".into(), files: last }],
    };
    (exchange, shelf)
}

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn an_exchange_is_written_into_a_folder_of_its_own_for_this_user_alone() {
    let folder = Folder::new();
    let long = format!("{}.pdf", "é".repeat(146));
    let (exchange, shelf) = exchange(&["a.pdf", "A.PDF", "message.txt", "../../evil.pdf", long.as_str(), "sans", "sans", "a.pdf"]);
    let into = folder.path().join("echanges");
    let exported = export::write(&shelf, &exchange, &into, &|_, _| {}).await.unwrap();
    let target = into.join("ABCD-2345");
    assert_eq!((&exported.folder, mode(&target)), (&target, 0o700));
    let short = format!("{}.pdf", "é".repeat(118));
    let wanted = ["a.pdf", "A (2).PDF", "message (2).txt", "evil.pdf", short.as_str(), "sans", "sans (2)", "a (3).pdf"];
    assert_eq!(exported.files, wanted);
    for (number, name) in wanted.iter().enumerate() {
        assert_eq!(std::fs::read_to_string(target.join(name)).unwrap(), format!("bytes of {number}"), "{name}");
        assert_eq!(mode(&target.join(name)), 0o600);
    }
    let page = std::fs::read_to_string(target.join("message.txt")).unwrap();
    assert!(page.contains("Objet : Attestation") && page.contains("  Bonjour") && page.contains("  a (3).pdf ("), "{page}");
    let data: serde_json::Value = serde_json::from_slice(&std::fs::read(target.join("echange.json")).unwrap()).unwrap();
    assert_eq!((&data["line"]["reference"], &data["message"]), (&"ABCD-2345".into(), &"Bonjour".into()));
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 2 + wanted.len());

    let again = export::write(&shelf, &exchange, &into, &|_, _| {}).await.unwrap_err();
    assert!(again.code() == 2 && again.sentence().contains("existe déjà"), "{again:?}");
    assert!(target.join("a.pdf").is_file(), "what was there stays");
}

#[tokio::test]
async fn a_file_that_is_not_what_was_stored_is_named_and_nothing_is_left() {
    let folder = Folder::new();
    let hurt: [fn(&mut Shelf); 4] =
        [|shelf| drop(shelf.0.remove(1)), |shelf| shelf.0[1].1[0] ^= 1, |shelf| shelf.0[1].1.truncate(4), |shelf| shelf.0[1].1.clear()];
    for (hurt, word) in hurt.into_iter().zip(["manque", "n’est plus", "n’est plus", "jusqu’au bout"]) {
        let (exchange, mut shelf) = exchange(&["a.pdf", "b.pdf", "c.pdf"]);
        hurt(&mut shelf);
        let stop = export::write(&shelf, &exchange, folder.path(), &|_, _| {}).await.unwrap_err();
        assert!(stop.code() == 1 && stop.sentence().contains("« b.pdf »") && stop.sentence().contains(word), "{stop:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{stop:?}");
    }
}
