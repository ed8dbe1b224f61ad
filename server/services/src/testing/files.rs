//! A file store in memory, and a scanner that says what it is told to.

use super::held;
use crate::Fault;
use crate::ports::{Clock, Deposit, FileBytes, Files, Scan, Scanner, Vault};
use async_trait::async_trait;
use bytes::Bytes;
use domain::id::FileId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

type Kept = Arc<Mutex<BTreeMap<FileId, (Timestamp, Vec<u8>)>>>;

/// Files in memory; `full` makes every write fail, as a disk without room does.
pub struct MemoryVault {
    /// Whether there is no room.
    pub full: Arc<AtomicBool>,
    /// Deposits that were begun and neither ended nor dropped.
    pub open: Arc<AtomicUsize>,
    clock: Arc<dyn Clock>,
    kept: Kept,
}

impl MemoryVault {
    /// An empty one under this clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { full: Arc::default(), open: Arc::default(), clock, kept: Kept::default() })
    }

    /// How files are handed in here, with nothing that scans them.
    #[must_use]
    pub fn files(self: &Arc<Self>) -> Files {
        Files { vault: Arc::<Self>::clone(self), scanner: None }
    }

    /// The ids of what lies here.
    #[must_use]
    pub fn ids(&self) -> Vec<FileId> {
        held(&self.kept).keys().cloned().collect()
    }
}

struct Pending {
    id: FileId,
    bytes: Vec<u8>,
    now: Timestamp,
    full: Arc<AtomicBool>,
    open: Arc<AtomicUsize>,
    kept: Kept,
}

impl Drop for Pending {
    fn drop(&mut self) {
        self.open.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Deposit for Pending {
    async fn write(&mut self, bytes: Bytes) -> Result<(), Fault> {
        if self.full.load(Ordering::SeqCst) {
            return Err(Fault::Broken("no room".into()));
        }
        self.bytes.extend_from_slice(&bytes);
        Ok(())
    }

    async fn finish(mut self: Box<Self>) -> Result<(), Fault> {
        let bytes = std::mem::take(&mut self.bytes);
        held(&self.kept).insert(self.id.clone(), (self.now, bytes));
        Ok(())
    }
}

#[async_trait]
impl Vault for MemoryVault {
    async fn begin(&self, id: &FileId) -> Result<Box<dyn Deposit>, Fault> {
        self.open.fetch_add(1, Ordering::SeqCst);
        let (full, open, kept) = (Arc::clone(&self.full), Arc::clone(&self.open), Arc::clone(&self.kept));
        Ok(Box::new(Pending { id: id.clone(), bytes: Vec::new(), now: self.clock.now(), full, open, kept }))
    }

    async fn open(&self, id: &FileId) -> Result<Option<FileBytes>, Fault> {
        let found = held(&self.kept).get(id).map(|(_, bytes)| bytes.clone());
        Ok(found.map(|bytes| -> FileBytes { Box::pin(futures_util::stream::iter([Ok(Bytes::from(bytes))])) }))
    }

    async fn remove(&self, id: &FileId) -> Result<(), Fault> {
        held(&self.kept).remove(id);
        Ok(())
    }

    async fn older(&self, before: Timestamp, after: Option<&FileId>, most: usize) -> Result<Vec<FileId>, Fault> {
        let kept = held(&self.kept);
        let found = kept.iter().filter(|(id, (at, _))| *at < before && after.is_none_or(|after| *id > after));
        Ok(found.map(|(id, _)| id.clone()).take(most).collect())
    }
}

/// A scanner that says what it is told to.
#[derive(Debug, Default)]
pub struct MemoryScanner {
    /// Whether it answers at all.
    pub down: AtomicBool,
    /// Whether files pass while it does not.
    pub lets_pass: bool,
}

struct Look(Vec<u8>);

/// What [`MemoryScanner`] takes for a virus.
pub const VIRUS: &[u8] = b"VIRUS OF THE TESTS";

#[async_trait]
impl Scan for Look {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<bool, Fault> {
        Ok(!self.0.windows(VIRUS.len()).any(|part| part == VIRUS))
    }
}

#[async_trait]
impl Scanner for MemoryScanner {
    async fn begin(&self) -> Result<Box<dyn Scan>, Fault> {
        if self.down.load(Ordering::SeqCst) {
            return Err(Fault::Broken("scanner: connection refused".into()));
        }
        Ok(Box::new(Look(Vec::new())))
    }

    fn lets_pass_when_down(&self) -> bool {
        self.lets_pass
    }
}
