//! Whether a file is what its name says, told from its bytes as they stream in.
//!
//! It looks at signatures and at the names inside archives, and unpacks nothing (T36): a file that lies beyond that is no danger to the
//! portal, which only keeps it, and is the scanner's and the reader's to find. At most a few kilobytes are held.

mod text;
mod zip;

use super::budget::FileRefusal;
use super::kind::Kind;
use text::Text;
use zip::Zip;

/// Where the mark of a PDF has to stand: readers look as far.
const PDF_WITHIN: usize = 1_024;
const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
const HEIC_BRANDS: [&[u8; 4]; 6] = [b"heic", b"heix", b"hevc", b"mif1", b"heim", b"heis"];

/// Watches one file go by. The verdict is the same however the file is cut into chunks.
#[derive(Debug)]
pub struct Inspector {
    watch: Watch,
    is_empty: bool,
    refused: Option<FileRefusal>,
}

#[derive(Debug)]
enum Watch {
    /// The first bytes, which decide alone, and how they do.
    Head {
        head: Vec<u8>,
        most: usize,
        is_right: fn(&[u8]) -> bool,
    },
    /// The first bytes were right; the rest may be anything.
    Decided,
    Zip(Box<Zip>),
    Text(Text),
}

impl Inspector {
    /// An inspector for a file whose name says it is of this kind.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        let head = |most, is_right| Watch::Head { head: Vec::new(), most, is_right };
        let watch = match kind {
            // A page of HTML that is a PDF as well is a PDF: it is handed out as one (T35).
            Kind::Pdf => head(PDF_WITHIN, |head| head.windows(5).any(|bytes| bytes == b"%PDF-")),
            Kind::Jpg => head(3, |head| head == [0xff, 0xd8, 0xff]),
            Kind::Png => head(PNG.len(), |head| head == PNG),
            Kind::Heic => head(12, is_heic),
            Kind::Docx => Watch::Zip(Box::new(Zip::office("word/"))),
            Kind::Xlsx => Watch::Zip(Box::new(Zip::office("xl/"))),
            Kind::Odt | Kind::Ods => Watch::Zip(Box::new(Zip::open_document(kind.content_type()))),
            Kind::Csv | Kind::Txt | Kind::Eml => Watch::Text(Text::default()),
        };
        Self { watch, is_empty: true, refused: None }
    }

    /// Looks at the next bytes.
    ///
    /// # Errors
    /// `Content` or `Macros`, as soon as it is certain; the rest of the file need not be read, and no further bytes change it.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), FileRefusal> {
        self.is_empty &= chunk.is_empty();
        if self.refused.is_none() {
            self.refused = self.look(chunk).err();
        }
        self.refused.map_or(Ok(()), Err)
    }

    /// The verdict on the whole file.
    ///
    /// # Errors
    /// `Empty`, `Content`, `Macros`.
    pub fn finish(self) -> Result<(), FileRefusal> {
        if let Some(refusal) = self.refused {
            return Err(refusal);
        }
        if self.is_empty {
            return Err(FileRefusal::Empty);
        }
        match self.watch {
            Watch::Decided => Ok(()),
            Watch::Head { head, is_right, .. } => right(is_right(&head)),
            Watch::Zip(zip) => zip.finish(),
            Watch::Text(text) => text.finish(),
        }
    }

    fn look(&mut self, chunk: &[u8]) -> Result<(), FileRefusal> {
        match &mut self.watch {
            Watch::Decided => Ok(()),
            Watch::Zip(zip) => zip.feed(chunk),
            Watch::Text(text) => text.feed(chunk),
            Watch::Head { head, most, is_right } => {
                head.extend(chunk.iter().take(*most - head.len()));
                if head.len() < *most {
                    return Ok(());
                }
                right(is_right(head))?;
                self.watch = Watch::Decided;
                Ok(())
            }
        }
    }
}

fn right(is_right: bool) -> Result<(), FileRefusal> {
    if is_right { Ok(()) } else { Err(FileRefusal::Content) }
}

/// The file begins with its `ftyp` box: size, name, brand. Only the first brand counts: AVIF lists those of HEIC behind its own.
fn is_heic(head: &[u8]) -> bool {
    let [size @ .., b'f', b't', b'y', b'p', a, b, c, d] = head else { return false };
    let size = size.iter().fold(0_u32, |size, byte| size << 8 | u32::from(*byte));
    head.len() == 12 && (16..=1_024).contains(&size) && HEIC_BRANDS.contains(&&[*a, *b, *c, *d])
}
