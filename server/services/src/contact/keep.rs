//! Bytes nobody knows of: of uploads that were interrupted after their end, of drafts that time has ended, of files that were removed
//! while the store did not answer. They go a day after they came.

use crate::ports::Files;
use crate::{Fault, Services};
use domain::id::FileId;
use jiff::SignedDuration;
use std::collections::HashSet;

/// How old bytes have to be before they are looked at: a form in progress may still come to know them.
const AGE: SignedDuration = SignedDuration::from_hours(24);
/// Files looked at together.
const BATCH: usize = 500;
/// Files that are known of which one at least lies in the store; otherwise this is another portal's, and nothing is removed.
const SAMPLE: usize = 20;
/// The same where no file is known at all: so many of somebody else's are no leftovers.
const MANY: usize = 100;

impl Services {
    /// Removes files that no row knows, and says how many there were. Two instances may do it at once.
    ///
    /// # Errors
    /// Those of the database and of the files.
    pub async fn collect_files(&self, files: &Files) -> Result<usize, Fault> {
        let before = self.clock.now() - AGE;
        let (mut after, mut removed) = (None::<FileId>, 0);
        let mut is_ours = false;
        loop {
            let found = files.vault.older(before, after.as_ref(), BATCH).await?;
            let Some(last) = found.last().cloned() else { return Ok(removed) };
            let known: HashSet<FileId> = self.store.known_files(&found).await?.into_iter().collect();
            is_ours = is_ours || !known.is_empty() || self.is_its_store(files, found.len()).await?;
            if !is_ours {
                return Err(Fault::Broken("the database knows other files than these: is this the store that belongs to it?".into()));
            }
            for file in found.iter().filter(|file| !known.contains(file)) {
                files.vault.remove(file).await?;
                removed += 1;
            }
            if found.len() < BATCH {
                return Ok(removed);
            }
            after = Some(last);
        }
    }

    /// Whether the store holds files the database knows; where it knows none, whether there are few.
    async fn is_its_store(&self, files: &Files, found: usize) -> Result<bool, Fault> {
        let sample = self.store.some_files(SAMPLE).await?;
        for file in &sample {
            if files.vault.open(file).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(sample.is_empty() && found < MANY)
    }
}
