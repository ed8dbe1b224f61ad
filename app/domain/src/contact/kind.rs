//! The kinds of file that are accepted.

use crate::delegations::UnknownCode;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A kind of file that is accepted: what its name says, which its content has to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// PDF.
    Pdf,
    /// Photo.
    Jpg,
    /// Picture of a screen.
    Png,
    /// Photo of an iPhone.
    Heic,
    /// Word.
    Docx,
    /// Excel.
    Xlsx,
    /// Text of `LibreOffice`.
    Odt,
    /// Table of `LibreOffice`.
    Ods,
    /// Table as text.
    Csv,
    /// Text.
    Txt,
    /// A saved mail.
    Eml,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 11] =
        [Self::Pdf, Self::Jpg, Self::Png, Self::Heic, Self::Docx, Self::Xlsx, Self::Odt, Self::Ods, Self::Csv, Self::Txt, Self::Eml];

    /// Its name in the database; never changes.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.extensions()[0]
    }

    /// The extensions of such files, in lower case, the usual one first.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Heic => &["heic", "heif"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Csv => &["csv"],
            Self::Txt => &["txt"],
            Self::Eml => &["eml"],
        }
    }

    /// The kind of an extension, without its dot, in any case.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }

    /// What the file is handed out as: never what the browser that sent it said.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heic",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
            Self::Txt => "text/plain",
            Self::Eml => "message/rfc822",
        }
    }
}

impl FromStr for Kind {
    type Err = UnknownCode;
    fn from_str(code: &str) -> Result<Self, UnknownCode> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(UnknownCode)
    }
}
