//! One file on its way in: judged, scanned, hashed and laid down as it streams by; a chunk is all that is ever held of it.

use super::StoredFile;
use super::draft::{Weight, weighed};
use crate::ports::{Deposit, Files, Scan};
use crate::{Fault, Services, Visit};
use bytes::Bytes;
use domain::contact::{Budget, FileRefusal, Inspector, display_name, extension};
use domain::id::{ExchangeId, FileId, SiteId};
use sha2::{Digest, Sha256};
use store::{ContactFile, DraftOf, Drafted};

/// Why a file does not come in.
#[derive(Debug)]
pub enum UploadProblem {
    /// It is refused: said beside it, the rest is kept.
    Refused(FileRefusal),
    /// Something else is in the way.
    Fault(Fault),
}

impl From<Fault> for UploadProblem {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<FileRefusal> for UploadProblem {
    fn from(refusal: FileRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for UploadProblem {
    fn from(error: store::Error) -> Self {
        Self::Fault(error.into())
    }
}

/// A file on its way in. Dropped before its end, it leaves nothing behind.
pub struct Upload {
    id: FileId,
    name: String,
    kind: domain::contact::Kind,
    deposit: Box<dyn Deposit>,
    scan: Watch,
    inspector: Inspector,
    hasher: Sha256,
    bytes: u64,
    most: u64,
}

/// What the scanner does with a file.
enum Watch {
    /// Nothing scans, or the fund lets pass what cannot be scanned.
    None,
    On(Box<dyn Scan>, bool),
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Upload").field("id", &self.id).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl Upload {
    /// Begins a file that may weigh up to `most` bytes.
    pub(super) async fn begin(id: FileId, files: &Files, raw_name: &str, most: u64) -> Result<Self, UploadProblem> {
        let name = display_name(raw_name);
        let kind = extension(raw_name).ok_or(FileRefusal::Kind)?;
        let scan = match &files.scanner {
            None => Watch::None,
            Some(scanner) => match scanner.begin().await {
                Ok(scan) => Watch::On(scan, scanner.lets_pass_when_down()),
                Err(fault) => down(&fault, scanner.lets_pass_when_down())?,
            },
        };
        let deposit = files.vault.begin(&id).await?;
        Ok(Self { id, name, kind, deposit, scan, inspector: Inspector::new(kind), hasher: Sha256::new(), bytes: 0, most })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// As soon as it is certain that the file does not come in: the rest of it need not be read.
    pub async fn write(&mut self, chunk: Bytes) -> Result<(), UploadProblem> {
        self.bytes += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
        if self.bytes > self.most {
            return Err(FileRefusal::TooLarge.into());
        }
        self.inspector.feed(&chunk)?;
        self.hasher.update(&chunk);
        if let Watch::On(scan, lets_pass) = &mut self.scan
            && let Err(fault) = scan.write(&chunk).await
        {
            self.scan = down(&fault, *lets_pass)?;
        }
        Ok(self.deposit.write(chunk).await?)
    }

    /// Ends the file: its bytes lie in the store for good, and the database does not know of it yet.
    pub(super) async fn finish(self) -> Result<ContactFile, UploadProblem> {
        self.inspector.finish()?;
        match self.scan {
            Watch::None => {}
            Watch::On(scan, lets_pass) => match scan.finish().await {
                Ok(true) => {}
                Ok(false) => return Err(FileRefusal::Infected.into()),
                Err(fault) => drop(down(&fault, lets_pass)?),
            },
        }
        self.deposit.finish().await?;
        let sha256 = self.hasher.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        Ok(ContactFile { id: self.id, answer: None, name: self.name, kind: self.kind, bytes: self.bytes, sha256 })
    }
}

/// A scanner that does not answer: nothing comes in, unless the fund decided otherwise.
fn down(fault: &Fault, lets_pass: bool) -> Result<Watch, UploadProblem> {
    tracing::error!(%fault, lets_pass, "scanner does not answer");
    if lets_pass { Ok(Watch::None) } else { Err(FileRefusal::ScannerDown.into()) }
}

impl Services {
    /// Begins a file for a draft, which is begun when there is none. A budget that is spent refuses it before its first byte.
    ///
    /// # Errors
    /// The refusal of the file; `NotFound` outside the perimeter or for somebody else's draft, `FlowLost` when it was sent meanwhile.
    pub async fn begin_upload(
        &self,
        files: &Files,
        visit: &Visit,
        (site, number): (&SiteId, &ExchangeId),
        raw_name: &str,
    ) -> Result<Upload, UploadProblem> {
        self.entering(visit, site).await?;
        let of = DraftOf { number, account: &visit.session.actor.account, site };
        let weight = self.open_draft(of).await?;
        let budget = Budget::of(weight.files, weight.bytes);
        let (places, most) = budget.left();
        if places == 0 {
            return Err(FileRefusal::TooMany.into());
        }
        if most == 0 {
            return Err(FileRefusal::TooLarge.into());
        }
        Upload::begin(self.fresh()?, files, raw_name, most).await
    }

    /// Ends a file of a draft: laid down for good, then known.
    ///
    /// # Errors
    /// As [`Services::begin_upload`]; files that came in at the same moment may have spent the budget.
    pub async fn end_upload(
        &self,
        files: &Files,
        visit: &Visit,
        (site, number): (&SiteId, &ExchangeId),
        upload: Upload,
    ) -> Result<(StoredFile, Weight), UploadProblem> {
        let file = upload.finish().await?;
        let of = DraftOf { number, account: &visit.session.actor.account, site };
        let added = match self.store.add_file(of, &file, self.clock.now()).await {
            Ok(Drafted::TooMany) => Err(FileRefusal::TooMany.into()),
            Ok(Drafted::TooLarge) => Err(FileRefusal::TooLarge.into()),
            Ok(other) => weighed(other).map_err(UploadProblem::from),
            // Whether it was written is not known: the bytes stay, and are collected if it was not.
            Err(error) => return Err(error.into()),
        };
        match added {
            Ok(weight) => Ok((StoredFile::of(file), weight)),
            Err(problem) => {
                drop(files.vault.remove(&file.id).await);
                Err(problem)
            }
        }
    }
}
