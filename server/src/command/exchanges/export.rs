//! An exchange as a folder: what was written, in two forms, and the files, each compared with what was stored.

use crate::command::stop::Stop;
use crate::command::words;
use crate::world::make_folder;
use domain::contact::{Reference, display_name};
use futures_util::TryStreamExt;
use serde::Serialize;
use services::contact::{FundExchange, StoredFile};
use services::ports::Vault;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fmt::{Display, Write as _};
use std::io::ErrorKind;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

/// The exchange for people.
const PAGE: &str = "message.txt";
/// The exchange for programs.
const DATA: &str = "echange.json";
/// Most bytes of a name: file systems take 255, and a number may have to be added.
const LONGEST: usize = 240;
/// Most bytes of an extension that is kept when a name is cut.
const EXTENSION: usize = 20;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Of which exchange.
    pub reference: Reference,
    /// The folder that was made.
    pub folder: PathBuf,
    /// The files of the exchange in it, under the names they were written under.
    pub files: Vec<String>,
}

/// Writes the exchange into a folder of its own, which is made and is for this user alone.
///
/// # Errors
/// [`Stop`]: a folder that is there already or cannot be written; a file that is missing or not what was stored. Nothing is left then.
pub(super) async fn write(
    vault: &dyn Vault,
    exchange: &FundExchange,
    folder: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Exported, Stop> {
    let reference = exchange.line.reference.clone();
    let target = folder.join(reference.as_str());
    make(folder, &target)?;
    match fill(vault, exchange, &target, progress).await {
        Ok(files) => Ok(Exported { reference, folder: target, files }),
        Err(stop) => {
            // Half an exchange would pass for a whole one.
            if let Err(error) = tokio::fs::remove_dir_all(&target).await {
                tracing::warn!(%error, "the folder of a broken export stays");
            }
            Err(stop)
        }
    }
}

fn make(folder: &Path, target: &Path) -> Result<(), Stop> {
    make_folder(folder).map_err(|error| unwritable(folder, error))?;
    std::fs::DirBuilder::new().mode(0o700).create(target).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Stop::Usage(format!("Le dossier {} existe déjà : rien n’a été écrit.", target.display())),
        _ => unwritable(target, error),
    })
}

async fn fill(
    vault: &dyn Vault,
    exchange: &FundExchange,
    target: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Vec<String>, Stop> {
    let files: Vec<&StoredFile> = exchange.files.iter().chain(exchange.answers.iter().flat_map(|answer| &answer.files)).collect();
    let names = told_apart(&words::names(exchange));
    for (number, (file, name)) in files.iter().zip(&names).enumerate() {
        copy(vault, file, &target.join(name)).await?;
        progress(number + 1, files.len());
    }
    let data = serde_json::to_vec_pretty(exchange).map_err(|error| Stop::Failed(error.to_string()))?;
    put(&target.join(DATA), &data).await?;
    put(&target.join(PAGE), format!("{}\n", words::whole(exchange, &names)).as_bytes()).await?;
    Ok(names)
}

/// Names under which files can lie side by side, on a system that does not tell capitals from small letters, too.
fn told_apart(shown: &[String]) -> Vec<String> {
    let mut taken = HashSet::from([PAGE.to_owned(), DATA.to_owned()]);
    let apart = |shown: &String| {
        let name = fitting(&display_name(shown));
        let mut own = name.clone();
        for number in 2_usize.. {
            if taken.insert(own.to_lowercase()) {
                break;
            }
            own = numbered(&name, number);
        }
        own
    };
    shown.iter().map(apart).collect()
}

/// `facture (2).pdf`.
fn numbered(name: &str, number: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem} ({number}).{extension}"),
        None => format!("{name} ({number})"),
    }
}

/// A name as long as a file system takes it: characters were counted, and it counts bytes.
fn fitting(name: &str) -> String {
    let cut = |text: &str, most: usize| text[..text.floor_char_boundary(most)].trim_end().to_owned();
    match name.rsplit_once('.') {
        _ if name.len() <= LONGEST => name.to_owned(),
        Some((stem, extension)) if extension.len() <= EXTENSION => format!("{}.{extension}", cut(stem, LONGEST - 1 - extension.len())),
        _ => cut(name, LONGEST),
    }
}

/// Copies a file and compares it with what was stored.
async fn copy(vault: &dyn Vault, file: &StoredFile, path: &Path) -> Result<(), Stop> {
    let broken = |what: &dyn Display| Stop::Failed(format!("Le fichier « {} » {what} : rien n’a été exporté.", file.name));
    let opened = vault.open(&file.id).await.map_err(|fault| broken(&format_args!("ne s’ouvre pas ({fault})")))?;
    let Some(mut bytes) = opened else { return Err(broken(&"manque dans le stockage des fichiers")) };
    let mut out = create(path).await?;
    let (mut hash, mut length) = (Sha256::new(), 0_u64);
    loop {
        let chunk = bytes.try_next().await.map_err(|fault| broken(&format_args!("ne se lit pas jusqu’au bout ({fault})")))?;
        let Some(chunk) = chunk else { break };
        hash.update(&chunk);
        length += chunk.len() as u64;
        out.write_all(&chunk).await.map_err(|error| unwritable(path, error))?;
    }
    close(out, path).await?;
    let found = hash.finalize().iter().fold(String::new(), |mut found, byte| {
        let _ = write!(found, "{byte:02x}");
        found
    });
    if length == file.bytes && found == file.sha256.to_lowercase() { Ok(()) } else { Err(broken(&"n’est plus celui qui a été reçu")) }
}

async fn put(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let mut out = create(path).await?;
    out.write_all(bytes).await.map_err(|error| unwritable(path, error))?;
    close(out, path).await
}

/// A file that only this user reads, and that was not there before.
async fn create(path: &Path) -> Result<File, Stop> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).await.map_err(|error| unwritable(path, error))
}

/// What was written is on the disk, or known not to be.
async fn close(mut out: File, path: &Path) -> Result<(), Stop> {
    out.flush().await.map_err(|error| unwritable(path, error))?;
    out.sync_all().await.map_err(|error| unwritable(path, error))
}

fn unwritable(path: &Path, reason: impl Display) -> Stop {
    Stop::Failed(format!("{} ne s’écrit pas : {reason}.", path.display()))
}
