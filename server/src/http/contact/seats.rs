//! How many bodies with files are read at the same moment, in all and for one person. Whoever comes later waits for a while.

use domain::id::AccountId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, TryAcquireError};

/// In all, where files lie in a folder: each body costs some megabytes while it is read.
pub(in crate::http) const FOLDER: usize = 12;
/// In all, where they lie in a bucket: each holds one part of an upload (5 MiB).
pub(in crate::http) const BUCKET: usize = 8;
/// For one person.
const EACH: usize = 3;
/// Bodies of one person that wait or are read; the next one hears at once that it is too many.
const QUEUE: usize = 12;
/// Bodies of people whose session ended that are read at once: nobody can tell them from strangers.
const STRANGERS: usize = 8;
/// Longest wait for a seat.
const WAIT: Duration = Duration::from_mins(2);

/// The seats of this process.
#[derive(Debug)]
pub(in crate::http) struct Seats {
    all: Arc<Semaphore>,
    each: Mutex<HashMap<AccountId, Arc<Semaphore>>>,
    strangers: Semaphore,
}

/// A seat, until it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    _all: OwnedSemaphorePermit,
    _each: OwnedSemaphorePermit,
}

impl Seats {
    /// So many in all.
    pub(in crate::http) fn new(all: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(all)), each: Mutex::default(), strangers: Semaphore::new(STRANGERS) }
    }

    /// A turn for somebody who is not logged in; nobody waits for one.
    pub(super) fn stranger(&self) -> Result<SemaphorePermit<'_>, TryAcquireError> {
        self.strangers.try_acquire()
    }

    /// Waits for a seat; none when all stay taken.
    pub(super) async fn take(&self, account: &AccountId) -> Option<Seat> {
        let own = {
            let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
            if each.len() > 1_000 {
                each.retain(|_, seats| Arc::strong_count(seats) > 1 || seats.available_permits() < EACH);
            }
            Arc::clone(each.entry(account.clone()).or_insert_with(|| Arc::new(Semaphore::new(EACH))))
        };
        // One reference is the map's and one is ours; each body that waits or is read has one.
        if Arc::strong_count(&own) > QUEUE + 2 {
            return None;
        }
        let both = async {
            let each = own.acquire_owned().await.ok()?;
            let all = Arc::clone(&self.all).acquire_owned().await.ok()?;
            Some(Seat { _all: all, _each: each })
        };
        tokio::time::timeout(WAIT, both).await.ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_person_takes_three_seats_and_leaves_the_others_theirs() {
        let seats = Seats::new(FOLDER);
        let (one, other): (AccountId, AccountId) =
            ("01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(), "01JD3V9X7ZK4M2N8P6Q5R4S3T3".parse().unwrap());
        let taken = [seats.take(&one).await, seats.take(&one).await, seats.take(&one).await];
        assert!(taken.iter().all(Option::is_some));
        assert!(tokio::time::timeout(Duration::from_millis(50), seats.take(&one)).await.is_err(), "a fourth one waits");
        assert!(seats.take(&other).await.is_some());
        drop(taken);
        assert!(seats.take(&one).await.is_some());
    }
}
