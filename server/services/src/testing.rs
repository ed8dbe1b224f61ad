//! The outside world for tests: a clock that is moved by hand, dice that repeat, hashes that cost nothing, a mailbox.

mod files;

pub use files::{MemoryScanner, MemoryVault, VIRUS};

use crate::ports::{Clock, Dice, Draft, Hasher, Kept, LetterPair, MailProblem, Mailer, OutgoingMail, OutgoingSms, Outlets, Post, Texter};
use crate::{Fault, ServerKey, Services};
use async_trait::async_trait;
use domain::id::LetterId;
use domain::identity::letter_code::LetterCode;
use domain::identity::password::Password;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use store::Store;

/// A clock that stands still until it is moved. Paris is an hour ahead of UTC here, all year.
#[derive(Debug)]
pub struct FrozenClock(AtomicI64);

impl FrozenClock {
    /// 24 November 2026, 10:00 UTC.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicI64::new(1_795_514_400))
    }

    /// Moves it forward.
    pub fn advance(&self, by: SignedDuration) {
        self.0.fetch_add(by.as_secs(), Ordering::SeqCst);
    }
}

impl Default for FrozenClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FrozenClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn paris(&self, moment: Timestamp) -> DateTime {
        let shifted = moment + SignedDuration::from_hours(1);
        jiff::tz::Offset::UTC.to_datetime(shifted)
    }
}

/// Dice that never repeat within a test, and roll the same in every run.
#[derive(Debug, Default)]
pub struct SeededDice(AtomicU64);

impl Dice for SeededDice {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let roll = Sha256::digest(self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes());
            chunk.copy_from_slice(&roll[..chunk.len()]);
        }
    }
}

/// A hasher that is fast, and counts how often a password was looked at.
#[derive(Debug, Default)]
pub struct FastHasher {
    /// Verifications so far, dummy ones included.
    pub verified: AtomicUsize,
}

#[async_trait]
impl Hasher for FastHasher {
    async fn hash(&self, password: &Password) -> Result<String, Fault> {
        Ok(crate::secrets::fingerprint(password.reveal()))
    }

    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault> {
        self.verified.fetch_add(1, Ordering::SeqCst);
        Ok(hash == Some(crate::secrets::fingerprint(password.reveal()).as_str()))
    }

    async fn hash_code(&self, code: &LetterCode, salt: &[u8; 32]) -> Result<String, Fault> {
        Ok(crate::secrets::fingerprint(&format!("{}{salt:?}", code.reveal())))
    }
}

/// A mailbox and a phone in memory; `down` makes every delivery fail for now.
#[derive(Debug, Default)]
pub struct MemoryMailbox {
    /// Mails that were sent.
    pub sent: Mutex<Vec<OutgoingMail>>,
    /// SMS that were sent.
    pub texted: Mutex<Vec<OutgoingSms>>,
    /// Whether the mail server is down.
    pub down: std::sync::atomic::AtomicBool,
}

#[async_trait]
impl Mailer for MemoryMailbox {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailProblem> {
        if self.down.load(Ordering::SeqCst) {
            return Err(MailProblem::Later("down".into()));
        }
        self.sent.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(mail.clone());
        Ok(())
    }
}

#[async_trait]
impl Texter for MemoryMailbox {
    async fn send(&self, sms: &OutgoingSms) -> Result<(), MailProblem> {
        if self.down.load(Ordering::SeqCst) {
            return Err(MailProblem::Later("down".into()));
        }
        self.texted.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(sms.clone());
        Ok(())
    }
}

impl MemoryMailbox {
    /// Both ways out lead here.
    #[must_use]
    pub fn outlets(&self) -> Outlets<'_> {
        Outlets { mailer: Some(self), texter: Some(self) }
    }
}

/// A company with this in its name fits no letter of [`MemoryPost`].
pub const UNPRINTABLE: &str = "IMPRIMABLE PAS";

/// A post office in memory: what the letters of a site would have said.
#[derive(Debug, Default)]
pub struct MemoryPost {
    /// Id, SIRET, identifiant, code of every pair drafted.
    pub letters: Mutex<Vec<(LetterId, String, String, LetterCode)>>,
    /// Where each of them was to go: the lines below the company's name.
    pub addresses: Mutex<Vec<Vec<String>>>,
    /// Batch of every pair kept.
    pub kept: Mutex<Vec<(LetterId, String)>>,
    /// Pairs whose code left the spool because they were posted.
    pub settled: Mutex<Vec<LetterId>>,
    /// Pairs taken back, and whether they had been posted.
    pub withdrawn: Mutex<Vec<(LetterId, bool)>>,
    /// Whether pairs go to a print service at once.
    pub hands_over: bool,
    /// Whether keeping a pair fails, as when a print service does not answer.
    pub down: AtomicBool,
}

/// What a test left behind a lock.
fn held<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[async_trait]
impl Post for MemoryPost {
    async fn drafts(&self) -> Result<Vec<LetterId>, Fault> {
        let kept = held(&self.kept);
        Ok(held(&self.letters).iter().map(|letter| letter.0.clone()).filter(|id| !kept.iter().any(|(other, _)| other == id)).collect())
    }

    async fn draft(&self, pair: &LetterPair<'_>) -> Result<Draft, Fault> {
        if pair.company.contains(UNPRINTABLE) {
            return Ok(Draft::Unprintable("does not fit".into()));
        }
        held(&self.letters).push((pair.id.clone(), pair.siret.to_string(), pair.identifiant.to_owned(), pair.code.clone()));
        held(&self.addresses).push(pair.address.lines());
        Ok(Draft::Written)
    }

    async fn keep(&self, id: &LetterId, batch: &str) -> Result<Kept, Fault> {
        if self.down.load(Ordering::SeqCst) {
            return Err(Fault::Broken("print service: 503".into()));
        }
        held(&self.kept).push((id.clone(), batch.to_owned()));
        Ok(if self.hands_over { Kept::Handed } else { Kept::Spooled })
    }

    async fn discard(&self, id: &LetterId) -> Result<(), Fault> {
        held(&self.letters).retain(|letter| letter.0 != *id);
        Ok(())
    }

    async fn spooled(&self, id: &LetterId, batch: &str) -> Result<Vec<String>, Fault> {
        let is_kept = held(&self.kept).iter().any(|kept| kept.0 == *id);
        let is_gone = held(&self.settled).contains(id) || held(&self.withdrawn).iter().any(|(other, _)| other == id);
        Ok(if is_kept && !is_gone { ["bienvenue", "code"].map(|part| format!("{batch}/{id}-{part}.pdf")).to_vec() } else { Vec::new() })
    }

    async fn settle(&self, id: &LetterId, _batch: &str) -> Result<(), Fault> {
        held(&self.settled).push(id.clone());
        Ok(())
    }

    async fn withdraw(&self, id: &LetterId, _batch: &str, was_posted: bool) -> Result<(), Fault> {
        held(&self.letters).retain(|letter| letter.0 != *id);
        held(&self.withdrawn).push((id.clone(), was_posted));
        Ok(())
    }
}

/// Services over a database in memory, with all of the above.
#[derive(Clone)]
pub struct Bench {
    /// The services.
    pub services: Services,
    /// Their clock.
    pub clock: Arc<FrozenClock>,
    /// Their hasher.
    pub hasher: Arc<FastHasher>,
}

impl Bench {
    /// A fresh portal with nothing in it.
    ///
    /// # Panics
    /// When the engine cannot be opened in memory.
    pub async fn new() -> Self {
        Self::on(&store::Address::Memory, None).await
    }

    /// The same on any empty database.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn on(address: &store::Address, sign_in: Option<(&str, &str)>) -> Self {
        let (clock, hasher) = (Arc::new(FrozenClock::new()), Arc::new(FastHasher::default()));
        let store = Store::open(address, sign_in).await.expect("a database");
        store.migrate(clock.now()).await.expect("the schema");
        let services =
            Services::new(store, clock.clone(), Arc::new(SeededDice::default()), hasher.clone(), Arc::new(ServerKey::new([7; 32])));
        Self { services, clock, hasher }
    }

    /// A second instance on the same database, under the same time.
    ///
    /// # Panics
    /// When the engine refuses another session.
    pub async fn another(&self) -> Services {
        let store = self.services.store.another().await.expect("another session");
        Services { store, counters: Arc::default(), drafts: Arc::default(), ..self.services.clone() }
    }

    /// A second instance over a connection of its own, as on another machine; only a database server allows that.
    ///
    /// # Panics
    /// When it cannot be opened.
    pub async fn beside(&self, address: &store::Address, sign_in: Option<(&str, &str)>) -> Self {
        let store = Store::open(address, sign_in).await.expect("a database server");
        let services =
            Services { store, counters: Arc::default(), drafts: Arc::default(), clients: Arc::default(), ..self.services.clone() };
        Self { services, ..self.clone() }
    }

    /// A second instance whose clock is ahead.
    ///
    /// # Panics
    /// When the engine refuses another session.
    pub async fn ahead(&self, by: SignedDuration) -> Self {
        let clock = Arc::new(FrozenClock(AtomicI64::new(self.clock.now().as_second())));
        clock.advance(by);
        let services = Services { clock: clock.clone(), ..self.another().await };
        Self { services, clock, hasher: self.hasher.clone() }
    }

    /// The database, for what no intention shows.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.services.store
    }
}
