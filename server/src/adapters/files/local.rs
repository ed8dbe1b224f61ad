//! What the crate leaves to us where files lie in a folder: making them last, and finding old ones in an order.

use super::{broken, shard};
use domain::id::FileId;
use services::Fault;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Runs `work` where it may wait for the disk.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> Result<T, Fault> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| broken(&error)),
        Err(error) => Err(broken(&error)),
    }
}

pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Where a file lies.
pub(super) struct Place {
    root: PathBuf,
    file: PathBuf,
}

impl Place {
    pub(super) fn new(root: &Path, id: &FileId) -> Self {
        Self { root: root.to_owned(), file: root.join(shard(id)).join(id.as_str()) }
    }

    /// Makes a file that has its name last: neither a crash nor a loss of power takes it away. One that cannot be made to last is removed.
    pub(super) async fn settle(self) -> Result<(), Fault> {
        blocking(move || {
            let synced = self.sync();
            if synced.is_err() {
                let _ = fs::remove_file(&self.file);
            }
            synced
        })
        .await
    }

    /// Its bytes, its name, and the folder it may be the first of.
    fn sync(&self) -> io::Result<()> {
        File::open(&self.file)?.sync_all()?;
        self.file.parent().map_or(Ok(()), sync_folder)?;
        sync_folder(&self.root)
    }
}

/// Files last written before a moment, in the order of folders and names; files half-written before it are removed on the way. What is
/// neither is left alone.
pub(super) fn older(root: &Path, before: SystemTime, after: Option<&FileId>, most: usize) -> io::Result<Vec<FileId>> {
    let mut found = Vec::new();
    let is_ahead = |folder: &str| folder.len() == 2 && after.is_none_or(|after| folder >= shard(after));
    for folder in names(root)?.into_iter().filter(|name| is_ahead(name)) {
        for name in names(&root.join(&folder))? {
            if found.len() >= most {
                return Ok(found);
            }
            if after.is_some_and(|after| (folder.as_str(), name.as_str()) <= (shard(after), after.as_str())) {
                continue;
            }
            let path = root.join(&folder).join(&name);
            if let Ok(id) = name.parse::<FileId>() {
                if shard(&id) == folder && is_older(&path, before)? {
                    found.push(id);
                }
            } else if is_half_written(&name) && is_older(&path, before)? {
                remove(&path)?;
            }
        }
    }
    Ok(found)
}

/// Names in a folder, sorted; none when it is gone, or no folder.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.sort_unstable();
    Ok(names)
}

/// What the crate calls a file until it is whole: `<id>#<number>`.
fn is_half_written(name: &str) -> bool {
    name.split_once('#').is_some_and(|(id, number)| id.parse::<FileId>().is_ok() && number.parse::<u64>().is_ok())
}

fn is_older(path: &Path, before: SystemTime) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(file) => Ok(file.is_file() && file.modified()? < before),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Removes a file that may be gone already.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
