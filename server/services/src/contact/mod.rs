//! Writing to the fund (S149–S157), and what came of it: the form and its draft, the files, the exchanges, the fund's side.
//!
//! A form is a draft from its first file, its first refusal or, with script, its first words on: text and files lie on the server under the
//! number the form carries, so that nobody types or chooses anything twice. Sent, the exchange has that same number, so that a form is sent once whatever is
//! pressed twice (T46).

mod draft;
mod exchanges;
mod fund;
mod keep;
mod send;
mod upload;

pub use draft::Weight;
pub use fund::{AnswerProblem, BY, FundAnswer, FundAnswered, FundExchange, FundLine, Seen};
pub use send::{ContactTerms, field_errors};
pub use upload::{Upload, UploadProblem};

use domain::contact::{ExchangeState, FileRefusal, Kind, Reference};
use domain::id::{ExchangeId, FileId, SiteId};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Who writes, as the fund knows them: shown, never typed (S150).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactBlock {
    /// Prénom and nom.
    pub name: String,
    /// The account's address.
    pub email: String,
    /// Landline, E.164.
    pub phone: Option<String>,
    /// Mobile, E.164.
    pub mobile: Option<String>,
    /// Name of the site.
    pub site: String,
    /// Its SIRET, as people read it.
    pub siret: String,
}

/// A file that goes with a message or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredFile {
    /// Its number.
    pub id: FileId,
    /// Its name, as it is shown.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its size, in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

/// A file that does not go with the message, and why. Said beside the other files, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedFile {
    /// Its name, as it is shown.
    pub name: String,
    /// Why.
    pub refusal: FileRefusal,
}

/// What a form says of a draft.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a> {
    /// Objet.
    pub subject: &'a str,
    /// Message.
    pub message: &'a str,
    /// Where a script keeps them on its own, the number its page made, and objet and message as it last had them from the server: what
    /// another page has written meanwhile stays. None where a person pressed a button: what they see is what they want.
    pub writer: Option<(&'a str, [&'a str; 2])>,
    /// The files that were refused; none where no files were sent, and what was said of others stays.
    pub refused: Option<&'a [RefusedFile]>,
}

/// A message that was begun and not sent, offered to whoever opens the form anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Its number.
    pub number: ExchangeId,
    /// Objet, as typed; may be empty.
    pub subject: String,
    /// How many files it has.
    pub files: usize,
    /// When it was last touched, as clocks in Paris showed it.
    pub touched: DateTime,
}

/// The form, as it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactForm {
    /// The number it carries: of the draft, then of the exchange.
    pub draft: ExchangeId,
    /// Who writes.
    pub block: ContactBlock,
    /// Objet, as typed.
    pub subject: String,
    /// Message, as typed.
    pub message: String,
    /// The files that lie on the server for it, in the order they came.
    pub files: Vec<StoredFile>,
    /// Those that were refused last.
    pub refused: Vec<RefusedFile>,
    /// Another message of this person's for this site, left unsent; a new form only says so.
    pub unsent: Option<Unsent>,
}

/// An exchange in the list of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeLine {
    /// Its number.
    pub id: ExchangeId,
    /// What people call it on the phone.
    pub reference: Reference,
    /// Objet.
    pub subject: String,
    /// How far it has come.
    pub state: ExchangeState,
    /// Who wrote.
    pub author: String,
    /// Whether that is whoever looks.
    pub is_own: bool,
    /// When, as clocks in Paris showed it.
    pub sent: DateTime,
    /// How many files went with it.
    pub files: usize,
}

/// A page of the exchanges of a site, the newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeList {
    /// Those of the page.
    pub lines: Vec<ExchangeLine>,
    /// How many there are in all.
    pub total: usize,
    /// Which page it is, from 1.
    pub page: usize,
    /// Whether the person's rights include « Échanges avec la caisse »; otherwise the list holds their own only.
    pub sees_all: bool,
}

/// Exchanges a page of the list has.
pub const LIST_PAGE: usize = 50;

/// An exchange, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What the list says of it.
    pub line: ExchangeLine,
    /// The message; lines divided by `\n`.
    pub message: String,
    /// Its files.
    pub files: Vec<StoredFile>,
    /// When somebody of the fund first opened it.
    pub read: Option<DateTime>,
    /// The fund's answers, the oldest first.
    pub answers: Vec<ExchangeAnswer>,
}

/// An answer of the fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExchangeAnswer {
    /// When, as clocks in Paris showed it.
    #[serde(serialize_with = "iso")]
    pub at: DateTime,
    /// Who answers, as the fund wants it shown.
    pub by: String,
    /// What; lines divided by `\n`.
    pub text: String,
    /// Its files.
    pub files: Vec<StoredFile>,
}

/// A message that was sent, by this press of the button or by an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentExchange {
    /// Its number.
    pub id: ExchangeId,
    /// What people call it on the phone.
    pub reference: Reference,
}

/// Local path of an exchange, as mails lead to it. The portal's table of addresses holds the same one, and a test keeps them alike.
#[must_use]
pub fn thread_path(site: &SiteId, exchange: &ExchangeId) -> String {
    format!("/site/{site}/contact/echanges/{exchange}")
}

fn iso<S: serde::Serializer>(at: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}
