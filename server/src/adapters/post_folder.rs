//! Letters as PDF files in a folder: whoever prints takes a batch. The two letters of a pair lie in two folders, so that they
//! are never put in one envelope. What lies there is printed again as often as need be, until the pair is posted: then the file of
//! the code goes, and the code exists on paper only (D16).
//!
//! `en-cours/` holds drafts: `<id>-bienvenue.pdf`, `<id>-code.pdf` and `<id>-ligne.csv`, the pair's line of the manifest.
//! Keeping a pair moves the two letters, adds the line, then removes the draft of the line: that file goes last, so that
//! whatever stops the run in between, the pair is still listed as a draft and the next run finishes it.

use async_trait::async_trait;
use domain::fund::Fund;
use domain::id::LetterId;
use domain::text::date;
use services::Fault;
use services::ports::{Draft, Kept, LetterPair, Post};
use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folder and ending of both letters of a pair, in the order in which they move.
pub(super) const PARTS: [&str; 2] = ["bienvenue", "code"];
/// The part that carries the code.
const CODE: &str = PARTS[1];
/// Name of the list of a batch's pairs.
const MANIFEST: &str = "manifest.csv";
/// Ending of the draft of the manifest's line.
const LINE: &str = "ligne.csv";
/// First line of a manifest.
const HEADER: &str = "id;siret;entreprise;ville\n";

/// Letters in a folder.
#[derive(Debug, Clone)]
pub struct PostFolder {
    root: PathBuf,
    fund: Arc<Fund>,
    public_url: String,
}

impl PostFolder {
    /// Letters in `root`, in the name of the fund. The folder is made with the first letter.
    #[must_use]
    pub fn new(root: PathBuf, fund: Arc<Fund>, public_url: String) -> Self {
        Self { root, fund, public_url }
    }

    /// The folder the batches are in.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn pending(&self) -> PathBuf {
        self.root.join("en-cours")
    }

    fn drafted(&self, id: &LetterId, part: &str) -> PathBuf {
        self.pending().join(format!("{id}-{part}.pdf"))
    }

    fn kept(&self, id: &LetterId, batch: &str, part: &str) -> PathBuf {
        self.root.join(batch).join(part).join(format!("{id}-{part}.pdf"))
    }

    fn print(&self, pair: &LetterPair<'_>) -> Result<(Vec<u8>, Vec<u8>), letters::Error> {
        let fund = letters::Fund {
            name: self.fund.nom.clone(),
            address: self.fund.adresse.clone(),
            phone: self.fund.telephone.clone(),
            hours: self.fund.horaires.clone(),
            site: self.public_url.clone(),
            website: self.fund.site_web.trim_start_matches("https://").trim_end_matches('/').to_owned(),
        };
        let mut lines = vec![pair.company.to_owned(), pair.holder.to_owned()];
        lines.extend(pair.address.lines());
        let letter = letters::Letter {
            place_and_date: format!("{}, le {}", self.fund.ville, date(pair.dated)),
            reference: pair.id.to_string(),
            recipient: letters::Recipient { lines, company: pair.company.to_owned(), siret: pair.siret.grouped() },
        };
        let welcome = letters::welcome(&fund, &letter, pair.identifiant)?;
        let code = letters::code(&fund, &letter, pair.code.reveal(), &date(pair.valid_until))?;
        Ok((welcome, code))
    }

    /// The batch that already holds the first letter of a pair whose move was interrupted.
    fn begun(&self, id: &LetterId) -> io::Result<Option<PathBuf>> {
        for entry in fs::read_dir(&self.root)? {
            let batch = entry?.path();
            if batch.join(PARTS[0]).join(format!("{id}-{}.pdf", PARTS[0])).exists() {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    fn move_pair(&self, id: &LetterId, batch: &str) -> io::Result<()> {
        let is_fresh = self.drafted(id, PARTS[0]).exists();
        let batch = if is_fresh { self.root.join(batch) } else { self.begun(id)?.ok_or(io::ErrorKind::NotFound)? };
        for part in PARTS {
            let (from, folder) = (self.drafted(id, part), batch.join(part));
            make_folder(&folder)?;
            if !from.exists() && folder.join(format!("{id}-{part}.pdf")).exists() {
                continue;
            }
            fs::rename(&from, folder.join(format!("{id}-{part}.pdf")))?;
            sync_folder(&folder)?;
        }
        self.list(id, &batch, is_fresh)
    }

    /// Puts a pair on the manifest of a batch; it is no draft any more.
    fn list(&self, id: &LetterId, batch: &Path, is_fresh: bool) -> io::Result<()> {
        let line = self.pending().join(format!("{id}-{LINE}"));
        add_line(&batch.join(MANIFEST), &fs::read_to_string(&line)?, if is_fresh { None } else { Some(id) })?;
        fs::remove_file(line)?;
        sync_folder(&self.pending())
    }

    /// The drafts of a pair as they are sent elsewhere: its part and the bytes of its file; those that are gone were sent before.
    pub(super) fn drafted_files(&self, id: &LetterId) -> Result<Vec<(&'static str, Vec<u8>)>, Fault> {
        let mut files = Vec::new();
        for part in PARTS {
            match fs::read(self.drafted(id, part)) {
                Ok(bytes) => files.push((part, bytes)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(broken(&error)),
            }
        }
        Ok(files)
    }

    /// Removes one file of a draft that was sent elsewhere.
    pub(super) fn forget(&self, id: &LetterId, part: &str) -> Result<(), Fault> {
        remove(&self.drafted(id, part)).and_then(|()| sync_folder(&self.pending())).map_err(|error| broken(&error))
    }

    /// Puts a pair that was sent elsewhere on the manifest of its batch, whose folder then holds nothing else.
    pub(super) fn note(&self, id: &LetterId, batch: &str) -> Result<(), Fault> {
        if !self.pending().join(format!("{id}-{LINE}")).exists() {
            return Ok(());
        }
        let batch = self.root.join(batch);
        make_folder(&batch).and_then(|()| self.list(id, &batch, false)).map_err(|error| broken(&error))
    }
}

#[async_trait]
impl Post for PostFolder {
    async fn drafts(&self) -> Result<Vec<LetterId>, Fault> {
        let entries = match fs::read_dir(self.pending()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(broken(&error)),
        };
        let mut ids = BTreeSet::new();
        for entry in entries {
            let name = entry.map_err(|error| broken(&error))?.file_name();
            ids.extend(name.to_str().and_then(|name| name.get(..26)?.parse::<LetterId>().ok()));
        }
        Ok(ids.into_iter().collect())
    }

    async fn draft(&self, pair: &LetterPair<'_>) -> Result<Draft, Fault> {
        let (welcome, code) = match self.print(pair) {
            Ok(pair) => pair,
            Err(error) => return Ok(Draft::Unprintable(error.to_string())),
        };
        let write = || {
            let pending = self.pending();
            make_folder(&pending)?;
            // The line first: it is what makes the pair a draft that can be finished.
            let line = manifest_line(pair)?;
            write_synced(&pending.join(format!("{}-{LINE}", pair.id)), &line)?;
            for (part, bytes) in PARTS.iter().zip([&welcome, &code]) {
                write_synced(&self.drafted(pair.id, part), bytes)?;
            }
            sync_folder(&pending)
        };
        write().map(|()| Draft::Written).map_err(|error: io::Error| broken(&error))
    }

    async fn keep(&self, id: &LetterId, batch: &str) -> Result<Kept, Fault> {
        self.move_pair(id, batch).map(|()| Kept::Spooled).map_err(|error| broken(&error))
    }

    async fn discard(&self, id: &LetterId) -> Result<(), Fault> {
        let line = self.pending().join(format!("{id}-{LINE}"));
        PARTS.map(|part| self.drafted(id, part)).iter().chain([&line]).try_for_each(|file| remove(file)).map_err(|error| broken(&error))
    }

    async fn spooled(&self, id: &LetterId, batch: &str) -> Result<Vec<String>, Fault> {
        let files = PARTS.map(|part| self.kept(id, batch, part));
        if !files.iter().all(|file| file.exists()) {
            return Ok(Vec::new());
        }
        // Whoever asks may stand in another folder than the portal.
        files
            .iter()
            .map(|file| Ok(std::path::absolute(file)?.display().to_string()))
            .collect::<io::Result<_>>()
            .map_err(|error| broken(&error))
    }

    async fn settle(&self, id: &LetterId, batch: &str) -> Result<(), Fault> {
        remove_synced(&self.kept(id, batch, CODE)).map_err(|error| broken(&error))
    }

    async fn withdraw(&self, id: &LetterId, batch: &str, was_posted: bool) -> Result<(), Fault> {
        self.discard(id).await?;
        let take = || {
            PARTS.iter().try_for_each(|part| remove_synced(&self.kept(id, batch, part)))?;
            if was_posted { Ok(()) } else { drop_line(&self.root.join(batch).join(MANIFEST), id) }
        };
        take().map_err(|error| broken(&error))
    }
}

fn broken(error: &io::Error) -> Fault {
    Fault::Broken(format!("letters folder: {error}"))
}

fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Removes a file that may be gone already.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes a file for good: neither a crash nor a loss of power brings it back.
fn remove_synced(path: &Path) -> io::Result<()> {
    match (fs::remove_file(path), path.parent()) {
        (Ok(()), Some(folder)) => sync_folder(folder),
        (Err(error), _) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Never the code, never the identifiant: the manifest lies beside both envelopes.
fn manifest_line(pair: &LetterPair<'_>) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record([pair.id.as_str(), pair.siret.as_str(), pair.company, &pair.address.city]).map_err(io::Error::other)?;
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Adds a line to a manifest. `unless` names a pair that an interrupted run may have added already.
fn add_line(manifest: &Path, line: &str, unless: Option<&LetterId>) -> io::Result<()> {
    if let Some(id) = unless {
        match fs::read_to_string(manifest) {
            Ok(text) if text.lines().any(|known| known.starts_with(id.as_str())) => return Ok(()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(manifest)?;
    if file.metadata()?.len() == 0 {
        file.write_all(HEADER.as_bytes())?;
    }
    file.write_all(line.as_bytes())?;
    file.sync_all()
}

/// Takes a pair off a manifest that may name it. Written beside it and moved over it: whoever reads it meanwhile reads it whole.
fn drop_line(manifest: &Path, id: &LetterId) -> io::Result<()> {
    let text = match fs::read(manifest) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut lines = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_slice());
    let mut rest = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    for line in lines.byte_records() {
        let line = line.map_err(io::Error::other)?;
        if line.get(0) != Some(id.as_str().as_bytes()) {
            rest.write_byte_record(&line).map_err(io::Error::other)?;
        }
    }
    let draft = manifest.with_extension("tmp");
    write_synced(&draft, &rest.into_inner().map_err(|error| io::Error::other(error.to_string()))?)?;
    fs::rename(draft, manifest)?;
    manifest.parent().map_or(Ok(()), sync_folder)
}

#[cfg(test)]
mod tests;
