//! The two letters a paid-leave fund posts to an employer who must open an account on its portal.
//!
//! - [`welcome`] carries the *identifiant CIBTP*, never the code;
//! - [`code`] carries the *code confidentiel provisoire*, never the identifiant.
//!
//! Neither function is given the other's secret: whoever opens one envelope holds one half only.
//!
//! Each letter is one A4 page, a tagged PDF (PDF/UA-1, `fr-FR`) with its fonts embedded. The same input gives the
//! same bytes: no clock, no random number, no machine name enters the file.
//!
//! The page exists first as data, a [`Sheet`], measured in millimetres from the top left corner of the page;
//! [`Sheet::to_pdf`] then writes exactly what the sheet says.

mod code;
mod error;
mod flow;
mod fonts;
mod frame;
mod layout;
mod pdf;
mod text;
mod welcome;

pub use code::sheet as code_sheet;
pub use error::Error;
pub use fonts::Weight;
pub use layout::{ADDRESS, Area, Block, Ink, Line, PAGE, Role, Run, Sheet, Stroke, WINDOW};
pub use welcome::sheet as welcome_sheet;

/// Who sends: the fund's letterhead.
#[derive(Clone, Debug)]
pub struct Fund {
    /// The fund's name, as it signs.
    pub name: String,
    /// Its postal address, one line each; empty lines are skipped.
    pub address: Vec<String>,
    /// The telephone number, grouped for people.
    pub phone: String,
    /// When the telephone is answered, in words that follow the number.
    pub hours: String,
    /// The public address of the portal, as it is to be typed.
    pub site: String,
    /// The fund's own web site, for the letterhead; may be empty.
    pub website: String,
}

/// To whom the letter goes.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The postal address, one to six lines already composed (company, holder, street, complement, postcode and
    /// city); empty lines are skipped.
    pub lines: Vec<String>,
    /// The company's name, for the reference column.
    pub company: String,
    /// The company's SIRET, grouped for people.
    pub siret: String,
}

/// What the two letters have in common.
#[derive(Clone, Debug)]
pub struct Letter {
    /// « Lyon, le 12 novembre 2026 ».
    pub place_and_date: String,
    /// The reference to quote when calling. The caller keeps the identifiant out of it: it is printed on both letters.
    pub reference: String,
    /// To whom.
    pub recipient: Recipient,
}

/// The « Courrier de bienvenue »: one page of PDF that carries the identifiant.
///
/// # Errors
///
/// [`Error::Missing`] or [`Error::TooManyLines`] when the letter cannot be addressed, [`Error::Unprintable`] when a
/// character of the identifiant is outside printable ASCII, [`Error::TooLong`] when a text does not fit its place even in the
/// smallest size, [`Error::Pdf`] when the file cannot be written.
pub fn welcome(fund: &Fund, letter: &Letter, identifiant: &str) -> Result<Vec<u8>, Error> {
    welcome_sheet(fund, letter, identifiant)?.to_pdf()
}

/// The « Courrier informatique »: one page of PDF that carries the provisional code.
///
/// `code` is twelve letters or digits, spaces ignored; it is shown 4-4-4. `valid_until` is a date in words,
/// « 10 février 2027 ».
///
/// # Errors
///
/// Those of [`welcome`], and [`Error::Code`] when `code` is not twelve ASCII letters or digits.
pub fn code(fund: &Fund, letter: &Letter, code: &str, valid_until: &str) -> Result<Vec<u8>, Error> {
    code_sheet(fund, letter, code, valid_until)?.to_pdf()
}
