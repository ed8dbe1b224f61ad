//! The outside world, as the services see it. The server implements these; tests have their own.

use crate::Fault;
use async_trait::async_trait;
use bytes::Bytes;
use domain::id::{FileId, LetterId};
use domain::identity::letter_code::LetterCode;
use domain::identity::password::Password;
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use futures_core::Stream;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::pin::Pin;
use std::sync::Arc;

pub use crate::mails::{FactorChange, MailContent, OutgoingMail, OutgoingSms, SmsContent};

/// What time it is, here and in Paris.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// A moment as clocks in Paris show it.
    fn paris(&self, moment: Timestamp) -> DateTime;
    /// Today in Paris: what dates of rights are compared with.
    fn today(&self) -> Date {
        self.paris(self.now()).date()
    }
}

/// Chance, from the operating system.
pub trait Dice: Send + Sync {
    /// Fills with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// Slow hashes of short secrets (argon2id). Bounded in number: the portal refuses rather than queue for ever.
#[async_trait]
pub trait Hasher: Send + Sync {
    /// Hashes a password with a random salt; a PHC string.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    async fn hash(&self, password: &Password) -> Result<String, Fault>;

    /// Whether a password fits a hash. `None` hashes all the same and says no, so that time tells nothing.
    ///
    /// # Errors
    /// `Busy` when too many wait.
    async fn verify(&self, password: &Password, hash: Option<&str>) -> Result<bool, Fault>;

    /// Hash of a letter code with the salt of its site, hexadecimal: the same inputs give the same hash (D16).
    ///
    /// # Errors
    /// `Busy` when too many wait.
    async fn hash_code(&self, code: &LetterCode, salt: &[u8; 32]) -> Result<String, Fault>;
}

/// Why a message did not leave.
#[derive(Debug)]
pub enum MailProblem {
    /// May work later.
    Later(String),
    /// Will never work.
    Never(String),
}

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one mail.
    ///
    /// # Errors
    /// [`MailProblem`], which decides whether it is tried again.
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailProblem>;
}

/// Sends SMS.
#[async_trait]
pub trait Texter: Send + Sync {
    /// Sends one SMS.
    ///
    /// # Errors
    /// [`MailProblem`], which decides whether it is tried again.
    async fn send(&self, sms: &OutgoingSms) -> Result<(), MailProblem>;
}

/// Ways out of the portal; a message whose way is missing waits.
#[derive(Clone, Copy, Default)]
pub struct Outlets<'a> {
    /// For mails.
    pub mailer: Option<&'a dyn Mailer>,
    /// For SMS.
    pub texter: Option<&'a dyn Texter>,
}

/// The two letters of one site.
#[derive(Debug)]
pub struct LetterPair<'a> {
    /// Id of the pair, which names its files.
    pub id: &'a LetterId,
    /// Name on the envelope.
    pub company: &'a str,
    /// Holder, below the name.
    pub holder: &'a str,
    /// Where it goes.
    pub address: &'a Address,
    /// The site's SIRET.
    pub siret: &'a Siret,
    /// For the welcome letter only.
    pub identifiant: &'a str,
    /// For the code letter only.
    pub code: &'a LetterCode,
    /// Last day the code can be used.
    pub valid_until: Date,
    /// Day on the letters.
    pub dated: Date,
}

/// What drafting a pair gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// Both letters are written.
    Written,
    /// What the fund knows of the site does not fit a letter; the reason, for the fund.
    Unprintable(String),
}

/// What keeping a pair gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It lies in its batch: whoever prints takes it from there, and says when it is posted.
    Spooled,
    /// A print service has taken both letters and posts them.
    Handed,
    /// The print service refuses these very letters, and will again; the reason, for the fund.
    Refused(String),
}

/// Puts letters where the post takes them. Drafted first, kept once the database knows them. Whatever is done twice is done once:
/// a run that was interrupted is finished by the next.
#[async_trait]
pub trait Post: Send + Sync {
    /// Pairs drafted by a run that was interrupted.
    ///
    /// # Errors
    /// Those of the disk.
    async fn drafts(&self) -> Result<Vec<LetterId>, Fault>;
    /// Writes both letters of a pair as drafts.
    ///
    /// # Errors
    /// Those of the disk; an address that fits no letter is [`Draft::Unprintable`], and stops no other letter.
    async fn draft(&self, pair: &LetterPair<'_>) -> Result<Draft, Fault>;
    /// Puts a drafted pair into the batch, or hands it to the print service.
    ///
    /// # Errors
    /// Those of the disk, or of a print service that does not answer: the pair is still a draft then.
    async fn keep(&self, id: &LetterId, batch: &str) -> Result<Kept, Fault>;
    /// Removes a drafted pair.
    ///
    /// # Errors
    /// Those of the disk.
    async fn discard(&self, id: &LetterId) -> Result<(), Fault>;
    /// Where the two letters of a pair lie in its batch, for whoever prints them again (D16); empty when they do not.
    ///
    /// # Errors
    /// Those of the disk.
    async fn spooled(&self, id: &LetterId, batch: &str) -> Result<Vec<String>, Fault>;
    /// The pair is posted: its code stays on paper only. The manifest still names it.
    ///
    /// # Errors
    /// Those of the disk.
    async fn settle(&self, id: &LetterId, batch: &str) -> Result<(), Fault>;
    /// The pair is taken back: nothing of it is left, and the manifest names it no longer, unless it `was_posted`.
    ///
    /// # Errors
    /// Those of the disk.
    async fn withdraw(&self, id: &LetterId, batch: &str, was_posted: bool) -> Result<(), Fault>;
}

/// Keeps the bytes of files, by id; what they are called and whose they are, the database knows. Shared by all instances.
#[async_trait]
pub trait Vault: Send + Sync {
    /// Begins a file. Nothing is found under its id before [`Deposit::finish`]; a deposit that is dropped leaves nothing behind.
    ///
    /// # Errors
    /// Those of the store.
    async fn begin(&self, id: &FileId) -> Result<Box<dyn Deposit>, Fault>;
    /// Reads a file from its beginning, chunk by chunk; none when there is none of this id.
    ///
    /// # Errors
    /// Those of the store.
    async fn open(&self, id: &FileId) -> Result<Option<FileBytes>, Fault>;
    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// Those of the store.
    async fn remove(&self, id: &FileId) -> Result<(), Fault>;
    /// Some files that were written before a moment, at most `most`, beginning after the file `after` in the store's own order; deposits that were
    /// begun before it and never ended are removed on the way.
    ///
    /// # Errors
    /// Those of the store.
    async fn older(&self, before: Timestamp, after: Option<&FileId>, most: usize) -> Result<Vec<FileId>, Fault>;
}

/// The bytes of a file, as they come.
pub type FileBytes = Pin<Box<dyn Stream<Item = Result<Bytes, Fault>> + Send>>;

/// A file on its way into the [`Vault`].
#[async_trait]
pub trait Deposit: Send {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// Those of the store: the deposit is of no more use.
    async fn write(&mut self, bytes: Bytes) -> Result<(), Fault>;
    /// Ends the file: it lies on the disk, for good, when this returns.
    ///
    /// # Errors
    /// Those of the store: nothing is kept then.
    async fn finish(self: Box<Self>) -> Result<(), Fault>;
}

/// Looks for viruses in files as they go by.
#[async_trait]
pub trait Scanner: Send + Sync {
    /// Begins a file.
    ///
    /// # Errors
    /// When the scanner does not answer.
    async fn begin(&self) -> Result<Box<dyn Scan>, Fault>;
    /// Whether files are taken in when the scanner does not answer; otherwise none is.
    fn lets_pass_when_down(&self) -> bool;
}

/// A file that is being scanned.
#[async_trait]
pub trait Scan: Send {
    /// Looks at the next bytes.
    ///
    /// # Errors
    /// When the scanner does not answer any more.
    async fn write(&mut self, bytes: &[u8]) -> Result<(), Fault>;
    /// The verdict: whether the file is clean.
    ///
    /// # Errors
    /// When the scanner does not answer any more.
    async fn finish(self: Box<Self>) -> Result<bool, Fault>;
}

/// Where files go, and what looks at them first.
#[derive(Clone)]
pub struct Files {
    /// Where they lie.
    pub vault: Arc<dyn Vault>,
    /// What looks at them, when something does.
    pub scanner: Option<Arc<dyn Scanner>>,
}
