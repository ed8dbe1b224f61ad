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
/// Of so many at least one is known; otherwise this is another portal's store, and nothing is removed.
const MANY: usize = 100;

impl Services {
    /// Removes files that no row knows, and says how many there were. Two instances may do it at once.
    ///
    /// # Errors
    /// Those of the database and of the files.
    pub async fn collect_files(&self, files: &Files) -> Result<usize, Fault> {
        let before = self.clock.now() - AGE;
        let (mut after, mut removed) = (None::<FileId>, 0);
        loop {
            let found = files.vault.older(before, after.as_ref(), BATCH).await?;
            let Some(last) = found.last().cloned() else { return Ok(removed) };
            let known: HashSet<FileId> = self.store.known_files(&found).await?.into_iter().collect();
            if known.is_empty() && found.len() >= MANY {
                return Err(Fault::Broken(format!(
                    "the database knows none of {} files: is this the store that belongs to it?",
                    found.len()
                )));
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
}
