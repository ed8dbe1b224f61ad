//! Why a letter cannot be made.

use std::fmt;

/// Why a letter cannot be made. No variant carries the identifiant or the code: errors end up in logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A text the letter cannot do without is empty; which one.
    Missing(&'static str),
    /// The postal address has more than six lines; how many.
    TooManyLines(usize),
    /// A text does not fit its place, even wrapped and in the smallest size; which one.
    TooLong(&'static str),
    /// A text that must be typed exactly has a character outside printable ASCII; which text.
    Unprintable(&'static str),
    /// The code is not twelve ASCII letters or digits.
    Code,
    /// The file could not be written; why.
    Pdf(String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) => write!(out, "the letter has no {what}"),
            Self::TooManyLines(lines) => write!(out, "the postal address has {lines} lines, six at most fit"),
            Self::TooLong(what) => write!(out, "the {what} does not fit its place on the page"),
            Self::Unprintable(what) => write!(out, "the {what} has a character that cannot be typed from paper"),
            Self::Code => write!(out, "the code is not twelve letters or digits"),
            Self::Pdf(why) => write!(out, "the PDF could not be written: {why}"),
        }
    }
}

impl std::error::Error for Error {}
