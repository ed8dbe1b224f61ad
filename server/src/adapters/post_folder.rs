//! Letters as PDF files in a folder: whoever prints takes a batch. The two letters of a pair lie in two folders, so that they
//! are never put in one envelope.
//!
//! `en-cours/` holds drafts: `<id>-bienvenue.pdf`, `<id>-code.pdf` and `<id>-ligne.csv`, the pair's line of the manifest.
//! Keeping a pair moves the two letters, adds the line, then removes the draft of the line: that file goes last, so that
//! whatever stops the run in between, the pair is still listed as a draft and the next run finishes it.

use domain::fund::Fund;
use domain::id::LetterId;
use domain::text::date;
use services::Fault;
use services::ports::{Draft, LetterPair, Post};
use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folder and ending of both letters of a pair, in the order in which they move.
const PARTS: [&str; 2] = ["bienvenue", "code"];
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

    fn print(&self, pair: &LetterPair<'_>) -> Result<(Vec<u8>, Vec<u8>), letters::Error> {
        let fund = letters::Fund {
            name: self.fund.nom.clone(),
            address: self.fund.adresse.clone(),
            phone: self.fund.telephone.clone(),
            hours: self.fund.horaires.clone(),
            site: self.public_url.clone(),
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
        let pending = self.pending();
        let draft = |part: &str| pending.join(format!("{id}-{part}.pdf"));
        let is_fresh = draft(PARTS[0]).exists();
        let batch = if is_fresh { self.root.join(batch) } else { self.begun(id)?.ok_or(io::ErrorKind::NotFound)? };
        for part in PARTS {
            let (from, folder) = (draft(part), batch.join(part));
            make_folder(&folder)?;
            if !from.exists() && folder.join(format!("{id}-{part}.pdf")).exists() {
                continue;
            }
            fs::rename(&from, folder.join(format!("{id}-{part}.pdf")))?;
            sync_folder(&folder)?;
        }
        let line = pending.join(format!("{id}-{LINE}"));
        add_line(&batch.join("manifest.csv"), &fs::read_to_string(&line)?, if is_fresh { None } else { Some(id) })?;
        fs::remove_file(line)?;
        sync_folder(&pending)
    }
}

impl Post for PostFolder {
    fn drafts(&self) -> Result<Vec<LetterId>, Fault> {
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

    fn draft(&self, pair: &LetterPair<'_>) -> Result<Draft, Fault> {
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
                write_synced(&pending.join(format!("{}-{part}.pdf", pair.id)), bytes)?;
            }
            sync_folder(&pending)
        };
        write().map(|()| Draft::Written).map_err(|error: io::Error| broken(&error))
    }

    fn keep(&self, id: &LetterId, batch: &str) -> Result<(), Fault> {
        self.move_pair(id, batch).map_err(|error| broken(&error))
    }

    fn discard(&self, id: &LetterId) -> Result<(), Fault> {
        let pending = self.pending();
        for name in PARTS.map(|part| format!("{id}-{part}.pdf")).into_iter().chain([format!("{id}-{LINE}")]) {
            match fs::remove_file(pending.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(broken(&error)),
                _ => {}
            }
        }
        Ok(())
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

#[cfg(test)]
mod tests;
