//! The archives that documents are: names are read where they stand, nothing is unpacked.
//!
//! Every place of the file is looked at, not only where an entry should begin: what is hidden behind a wrong length is seen too.

use super::{FileRefusal, right};

/// How far one look reaches: the longest beginning of an `OpenDocument` has 86 bytes.
const REACH: usize = 96;
/// How much is taken in at once.
const PIECE: usize = 4_096;
const ENTRY: &[u8] = b"PK\x03\x04";
const DIRECTORY: &[u8] = b"PK\x01\x02";
const MACROS: &[u8] = b"vbaProject.bin";

#[derive(Debug)]
enum Format {
    /// Word, Excel: the list of contents and the folder of the document.
    Office { folder: &'static str, has_list: bool, has_folder: bool },
    /// `LibreOffice`: the first entry says what it is.
    OpenDocument { content_type: &'static str },
}

#[derive(Debug)]
pub(super) struct Zip {
    format: Format,
    is_begun: bool,
    /// The end of what was seen: places whose reach is not there yet.
    ahead: Vec<u8>,
}

impl Zip {
    pub(super) fn office(folder: &'static str) -> Self {
        Self::new(Format::Office { folder, has_list: false, has_folder: false })
    }

    pub(super) fn open_document(content_type: &'static str) -> Self {
        Self::new(Format::OpenDocument { content_type })
    }

    fn new(format: Format) -> Self {
        Self { format, is_begun: false, ahead: Vec::new() }
    }

    pub(super) fn feed(&mut self, chunk: &[u8]) -> Result<(), FileRefusal> {
        for piece in chunk.chunks(PIECE) {
            self.ahead.extend_from_slice(piece);
            let places = self.ahead.len().saturating_sub(REACH - 1);
            self.look(places)?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), FileRefusal> {
        self.look(self.ahead.len())?;
        right(match self.format {
            Format::Office { has_list, has_folder, .. } => has_list && has_folder,
            Format::OpenDocument { .. } => true,
        })
    }

    /// Looks at the first places of what lies ahead and lets them go. Each is given the same reach, so that chunks make no difference.
    fn look(&mut self, places: usize) -> Result<(), FileRefusal> {
        let ahead = std::mem::take(&mut self.ahead);
        for (place, byte) in ahead[..places].iter().enumerate() {
            let reach = || &ahead[place..ahead.len().min(place + REACH)];
            if !self.is_begun {
                self.begin(reach())?;
            }
            if matches!(byte, b'P' | b'v' | b'V') {
                self.see(reach())?;
            }
        }
        self.ahead.extend_from_slice(&ahead[places..]);
        Ok(())
    }

    fn begin(&mut self, reach: &[u8]) -> Result<(), FileRefusal> {
        self.is_begun = true;
        right(match self.format {
            Format::Office { .. } => reach.starts_with(ENTRY),
            Format::OpenDocument { content_type } => is_first(reach, content_type),
        })
    }

    fn see(&mut self, reach: &[u8]) -> Result<(), FileRefusal> {
        // Wherever it stands: an entry, the directory at the end, a document inside the document.
        if reach.get(..MACROS.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(MACROS)) {
            return Err(FileRefusal::Macros);
        }
        let is_entry = reach.starts_with(ENTRY);
        let name = if is_entry { name(reach, 26, 30) } else { name(reach, 28, 46) };
        match &mut self.format {
            Format::Office { folder, has_list, has_folder } if is_entry => {
                *has_list |= name == b"[Content_Types].xml";
                *has_folder |= name.starts_with(folder.as_bytes());
            }
            Format::OpenDocument { .. } if is_entry || reach.starts_with(DIRECTORY) => return no_macros(name),
            _ => {}
        }
        Ok(())
    }
}

/// Whether `LibreOffice` finds macros below this name.
fn no_macros(name: &[u8]) -> Result<(), FileRefusal> {
    if name.starts_with(b"Basic/") || name.starts_with(b"Scripts/") { Err(FileRefusal::Macros) } else { Ok(()) }
}

/// The name of an entry, as far as the reach goes: its length stands at one place, its text at another.
fn name(reach: &[u8], length: usize, text: usize) -> &[u8] {
    let length = reach.get(length..length + 2).map_or(0, |bytes| usize::from(bytes[0]) | usize::from(bytes[1]) << 8);
    let name = reach.get(text..).unwrap_or_default();
    &name[..name.len().min(length)]
}

/// Whether the first entry is `mimetype`, not compressed, without extra field, with this text and no more.
fn is_first(reach: &[u8], content_type: &str) -> bool {
    reach.starts_with(ENTRY)
        && reach.get(8..10) == Some(&[0, 0])
        && reach.get(28..30) == Some(&[0, 0])
        && name(reach, 26, 30) == b"mimetype"
        && reach.get(38..).and_then(|rest| rest.strip_prefix(content_type.as_bytes())).is_some_and(|rest| rest.starts_with(b"PK"))
}
