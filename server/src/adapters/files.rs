//! Attachments as files below a folder, or as objects of a bucket (S3). Both know a file as `<last two characters of its id>/<id>`: ids of
//! one day begin alike, their ends are chance, so that no folder grows too full.
//!
//! A file is written beside its place (`<id>#1`, or the parts of an upload that is not completed) and appears there whole. What a portal
//! that died left half-written in a folder is removed by [`Vault::older`]. In a bucket no listing shows it: the bucket's own rule
//! (`AbortIncompleteMultipartUpload`) removes it there.

mod deposit;
mod local;
mod s3;

use crate::config::Secret;
use crate::world::make_folder;
use async_trait::async_trait;
use deposit::ObjectDeposit;
use domain::id::FileId;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use local::{Place, blocking, sync_folder};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, PutMultipartOptions};
use openidconnect::url::Url;
use services::Fault;
use services::ports::{Deposit, FileBytes, Vault};
use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Bytes that are gathered before they go to the disk.
const FOLDER_PART: usize = 256 * 1024;
/// The same for a bucket: no part but the last may be smaller.
const BUCKET_PART: usize = 5 * 1024 * 1024;
/// Most characters of a reason: a bucket's answer may be a page.
const LONGEST_REASON: usize = 200;

/// Where attachments lie.
#[derive(Debug, Clone)]
pub enum FilesSettings {
    /// In a folder; instances that share a database share it too.
    Folder(PathBuf),
    /// In a bucket.
    S3(S3Settings),
}

/// How to reach a bucket.
#[derive(Debug, Clone)]
pub struct S3Settings {
    /// Address of the service, or of the bucket itself when its host begins with the bucket's name; https, or this very machine.
    pub endpoint: Url,
    /// Name of the bucket.
    pub bucket: String,
    /// Region that requests are signed for.
    pub region: String,
    /// Id of the access key.
    pub key: String,
    /// Secret of the access key.
    pub secret: Secret,
}

/// Files in a folder or a bucket.
pub struct ObjectVault {
    store: Arc<dyn ObjectStore>,
    /// The folder, when it is one.
    root: Option<PathBuf>,
    part: usize,
}

impl ObjectVault {
    /// Files below a folder, which is made when it is not there.
    ///
    /// # Errors
    /// The reason, when the folder cannot be made or reached.
    pub fn folder(path: &Path) -> Result<Self, String> {
        let root = prepare(path).map_err(|error| error.to_string())?;
        let store = LocalFileSystem::new_with_prefix(&root).map_err(|error| error.to_string())?;
        Ok(Self { store: Arc::new(store), root: Some(root), part: FOLDER_PART })
    }

    /// Files in a bucket; nothing is connected yet.
    ///
    /// # Errors
    /// The reason, when the address is neither https nor on this machine, or TLS cannot be set up.
    pub fn s3(settings: &S3Settings) -> Result<Self, String> {
        Ok(Self { store: Arc::new(s3::open(settings)?), root: None, part: BUCKET_PART })
    }

    /// [`Vault::older`] where a listing comes in the order of keys.
    async fn listed(&self, before: SystemTime, after: Option<&FileId>, most: usize) -> Result<Vec<FileId>, Fault> {
        let mut objects = match after {
            Some(id) => self.store.list_with_offset(None, &key(id)),
            None => self.store.list(None),
        };
        let mut found = Vec::new();
        while found.len() < most {
            let Some(object) = objects.try_next().await.map_err(|error| failed(&error))? else { break };
            // What others keep in the bucket is theirs.
            let id = object.location.filename().and_then(|name| name.parse::<FileId>().ok()).filter(|id| key(id) == object.location);
            if SystemTime::from(object.last_modified) < before {
                found.extend(id);
            }
        }
        Ok(found)
    }
}

#[async_trait]
impl Vault for ObjectVault {
    async fn begin(&self, id: &FileId) -> Result<Box<dyn Deposit>, Fault> {
        let key = key(id);
        let upload = self.store.put_multipart_opts(&key, PutMultipartOptions::default()).await.map_err(|error| failed(&error))?;
        let place = self.root.as_deref().map(|root| Place::new(root, id));
        Ok(Box::new(ObjectDeposit::new(upload, self.part, place)))
    }

    async fn open(&self, id: &FileId) -> Result<Option<FileBytes>, Fault> {
        let key = key(id);
        match self.store.get_opts(&key, GetOptions::default()).await {
            Ok(file) => {
                let bytes: FileBytes = Box::pin(file.into_stream().map_err(|error| failed(&error)));
                Ok(Some(bytes))
            }
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    async fn remove(&self, id: &FileId) -> Result<(), Fault> {
        let key = key(id);
        match self.store.delete(&key).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }

    /// In the order of keys, so that each folder or page of a listing is read once: whoever goes on gives the last id as it came.
    async fn older(&self, before: Timestamp, after: Option<&FileId>, most: usize) -> Result<Vec<FileId>, Fault> {
        let before = SystemTime::from(before);
        match &self.root {
            Some(root) => {
                let (root, after) = (root.clone(), after.cloned());
                blocking(move || local::older(&root, before, after.as_ref(), most)).await
            }
            None => self.listed(before, after, most).await,
        }
    }
}

impl std::fmt::Debug for ObjectVault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ObjectVault").field("root", &self.root).finish_non_exhaustive()
    }
}

/// Makes the folder of all files when it is not there; where it is, without links.
fn prepare(path: &Path) -> io::Result<PathBuf> {
    let is_new = !path.exists();
    make_folder(path)?;
    let root = std::fs::canonicalize(path)?;
    if is_new {
        // Files that are synced below it are of no use when the folder itself gets lost.
        root.parent().map_or(Ok(()), sync_folder)?;
    }
    Ok(root)
}

/// The folder of a file.
fn shard(id: &FileId) -> &str {
    let text = id.as_str();
    &text[text.len() - 2..]
}

fn key(id: &FileId) -> Key {
    Key::from(format!("{}/{id}", shard(id)))
}

fn broken(reason: &dyn std::fmt::Display) -> Fault {
    Fault::Broken(format!("file store: {reason}"))
}

/// The innermost cause: the system's own words, or the beginning of what a bucket answered. Neither holds the secret, which is never sent.
fn failed(error: &object_store::Error) -> Fault {
    let mut cause: &(dyn Error + 'static) = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    broken(&cause.to_string().chars().take(LONGEST_REASON).collect::<String>())
}

#[cfg(test)]
mod tests;
