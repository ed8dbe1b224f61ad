//! How many files go with a message and how much they weigh, and why a file does not.

use crate::delegations::UnknownCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Most files of one message (S153).
pub const MOST_FILES: usize = 20;
/// Most bytes of all its files together: 40 Mo, decimal (S154, A43).
pub const MOST_BYTES: u64 = 40_000_000;
/// Most characters of the name of a file.
pub const LONGEST_NAME: usize = 150;

/// What the files of a message count and weigh so far: never more than is allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Budget {
    files: usize,
    bytes: u64,
}

impl Budget {
    /// What a draft has used already; never more than there is.
    #[must_use]
    pub fn of(files: usize, bytes: u64) -> Self {
        Self { files: files.min(MOST_FILES), bytes: bytes.min(MOST_BYTES) }
    }

    /// The budget with one more file of this size.
    ///
    /// # Errors
    /// `Empty`, `TooMany`, `TooLarge`; the budget stays what it was.
    pub fn admits(self, size: u64) -> Result<Self, FileRefusal> {
        if size == 0 {
            Err(FileRefusal::Empty)
        } else if self.files >= MOST_FILES {
            Err(FileRefusal::TooMany)
        } else if size > self.left().1 {
            Err(FileRefusal::TooLarge)
        } else {
            Ok(Self { files: self.files + 1, bytes: self.bytes + size })
        }
    }

    /// How many files it counts.
    #[must_use]
    pub const fn files(self) -> usize {
        self.files
    }

    /// How many bytes they weigh.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.bytes
    }

    /// How many files and how many bytes may still come.
    #[must_use]
    pub const fn left(self) -> (usize, u64) {
        (MOST_FILES - self.files, MOST_BYTES - self.bytes)
    }
}

/// Why a file does not go with the message. Sentences name the file and are not written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileRefusal {
    /// More than [`MOST_FILES`].
    TooMany,
    /// More than [`MOST_BYTES`] with the files before it.
    TooLarge,
    /// Nothing in it.
    Empty,
    /// The end of its name is not one of those that are accepted.
    Kind,
    /// It is not what the end of its name says.
    Content,
    /// A document with macros.
    Macros,
    /// The scanner found something.
    Infected,
    /// The scanner did not answer: the file waits outside.
    ScannerDown,
    /// It broke off on its way.
    Interrupted,
}

impl FileRefusal {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::TooMany,
        Self::TooLarge,
        Self::Empty,
        Self::Kind,
        Self::Content,
        Self::Macros,
        Self::Infected,
        Self::ScannerDown,
        Self::Interrupted,
    ];

    /// Its name in answers and in the journal; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooMany => "too_many",
            Self::TooLarge => "too_large",
            Self::Empty => "empty",
            Self::Kind => "kind",
            Self::Content => "content",
            Self::Macros => "macros",
            Self::Infected => "infected",
            Self::ScannerDown => "scanner_down",
            Self::Interrupted => "interrupted",
        }
    }
}

impl FromStr for FileRefusal {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|refusal| refusal.code() == code).ok_or(UnknownCode)
    }
}
