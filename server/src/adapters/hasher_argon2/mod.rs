//! argon2id, as many at once as there are cores, in memory that is kept and wiped; beyond a short queue the portal says it is
//! busy instead of answering everybody late.

mod phc;

pub use phc::Cost;

use argon2::{Algorithm, Argon2, Block, Version};
use async_trait::async_trait;
use domain::identity::letter_code::LetterCode;
use domain::identity::password::Password;
use domain::refusal::Refusal;
use phc::Phc;
use services::Fault;
use services::ports::{Dice, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use zeroize::Zeroizing;

/// Most hashes that wait for a core.
const QUEUE: usize = 32;
/// Longest a hash waits for a core.
const PATIENCE: Duration = Duration::from_secs(2);
/// What whoever finds the queue full is told to wait, in seconds.
const RETRY_AFTER: u32 = 2;
/// Bytes of a hash.
const LENGTH: usize = 32;

/// The slow hashes.
pub struct Argon2Hasher {
    dice: Arc<dyn Dice>,
    cost: Cost,
    patience: Duration,
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    buffers: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Argon2Hasher {
    /// A hasher of the current cost that uses every core.
    #[must_use]
    pub fn new(dice: Arc<dyn Dice>) -> Self {
        Self::with(dice, Cost::CURRENT, std::thread::available_parallelism().map_or(2, usize::from), PATIENCE)
    }

    fn with(dice: Arc<dyn Dice>, cost: Cost, cores: usize, patience: Duration) -> Self {
        Self { dice, cost, patience, permits: Arc::new(Semaphore::new(cores)), waiting: AtomicUsize::new(0), buffers: Arc::default() }
    }

    /// A core to hash on, or `Busy`.
    async fn permit(&self) -> Result<OwnedSemaphorePermit, Fault> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let busy = || Fault::Refused(Refusal::Busy { retry_after: RETRY_AFTER });
        let place = Place::take(&self.waiting).ok_or_else(busy)?;
        let permit = tokio::time::timeout(self.patience, Arc::clone(&self.permits).acquire_owned()).await;
        drop(place);
        permit.map_err(|_| busy())?.map_err(|_| Fault::Broken("the hasher is closed".into()))
    }

    /// Runs `work` on a blocking thread with a buffer. The permit goes along: a caller that gives up frees no core.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static) -> Result<T, Fault> {
        let permit = self.permit().await?;
        let buffers = Arc::clone(&self.buffers);
        tokio::task::spawn_blocking(move || {
            let mut buffer = Buffer::take(buffers);
            let done = work(&mut buffer.blocks);
            drop(buffer);
            drop(permit);
            done
        })
        .await
        .map_err(|error| Fault::Broken(format!("hashing stopped: {error}")))
    }

    /// One hash, whoever asks for it.
    async fn derive(&self, secret: Zeroizing<String>, salt: Vec<u8>, cost: Cost, length: usize) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let params = cost.params(length).map_err(broken)?;
        self.run(move |blocks| {
            blocks.resize(params.block_count(), Block::new());
            let mut out = Zeroizing::new(vec![0u8; length]);
            Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
                .hash_password_into_with_memory(secret.as_bytes(), &salt, &mut out, blocks)
                .map(|()| out)
        })
        .await?
        .map_err(broken)
    }
}

fn broken(error: argon2::Error) -> Fault {
    Fault::Broken(format!("argon2: {error}"))
}

#[async_trait]
impl Hasher for Argon2Hasher {
    async fn hash(&self, password: &Password) -> Result<String, Fault> {
        let mut salt = vec![0u8; 16];
        self.dice.fill(&mut salt);
        let secret = Zeroizing::new(password.reveal().to_owned());
        let hash = self.derive(secret, salt.clone(), self.cost, LENGTH).await?;
        Ok(Phc { cost: self.cost, salt, hash: hash.to_vec() }.to_string())
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault> {
        let stored = match hash {
            Some(text) => Phc::parse(text).ok_or_else(|| Fault::Broken("a stored password hash cannot be read".into()))?,
            None => Phc { cost: self.cost, salt: vec![0; 16], hash: vec![0; LENGTH] },
        };
        let secret = Zeroizing::new(password.reveal().to_owned());
        let found = self.derive(secret, stored.salt, stored.cost, stored.hash.len()).await?;
        Ok(bool::from(found.ct_eq(&stored.hash)) && hash.is_some())
    }

    async fn hash_code(&self, code: &LetterCode, salt: &[u8; 32]) -> Result<String, Fault> {
        use std::fmt::Write;
        let secret = Zeroizing::new(code.reveal().to_owned());
        let hash = self.derive(secret, salt.to_vec(), self.cost, LENGTH).await?;
        Ok(hash.iter().fold(String::with_capacity(LENGTH * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        }))
    }
}

impl std::fmt::Debug for Argon2Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Argon2Hasher").field("cost", &self.cost).finish_non_exhaustive()
    }
}

/// A place in the queue, given back even when whoever waits goes away.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Option<Self> {
        let place = Self(waiting);
        (waiting.fetch_add(1, Ordering::SeqCst) < QUEUE).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Memory for one hash, lent by the pool and wiped before it goes back.
struct Buffer {
    blocks: Vec<Block>,
    pool: Arc<Mutex<Vec<Vec<Block>>>>,
}

impl Buffer {
    fn take(pool: Arc<Mutex<Vec<Vec<Block>>>>) -> Self {
        let blocks = pool.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Self { blocks, pool }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.blocks.fill(Block::new());
        // Keeps the compiler from deciding that nobody reads the zeros.
        std::hint::black_box(&self.blocks);
        let mut blocks = std::mem::take(&mut self.blocks);
        if blocks.len() > Cost::CURRENT.memory as usize {
            // An older hash asked for more than is worth keeping.
            blocks = Vec::new();
        }
        self.pool.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
    }
}

#[cfg(test)]
mod tests;
