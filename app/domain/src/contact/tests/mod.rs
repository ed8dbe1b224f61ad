//! What writing to the fund shows from outside.

mod draft;
mod files;
mod names;
mod streams;
mod values;

use super::{FileRefusal, Inspector, Kind, extension};

/// Judges a file whole.
fn content(kind: Kind, bytes: &[u8]) -> Result<(), FileRefusal> {
    chunked(kind, bytes, &[])
}

/// Judges a file cut into chunks of these sizes, over and over; whole without any.
fn chunked(kind: Kind, bytes: &[u8], sizes: &[usize]) -> Result<(), FileRefusal> {
    let mut inspector = Inspector::new(kind);
    let mut rest = bytes;
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (chunk, later) = rest.split_at(rest.len().min(*size));
        inspector.feed(chunk)?;
        rest = later;
    }
    inspector.feed(rest)?;
    inspector.finish()
}

/// Judges a file by name and content, as the server does.
fn verdict(name: &str, bytes: &[u8]) -> Result<Kind, FileRefusal> {
    let kind = extension(name).ok_or(FileRefusal::Kind)?;
    content(kind, bytes).map(|()| kind)
}

/// An archive of entries that are not compressed, with the directory at its end.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let length = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
        // Flags, method, hour, day, checksum.
        let fields = [[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].as_slice(), &length(bytes.len()), &length(bytes.len())].concat();
        let name_length = &length(name.len())[..2];
        directory.extend([b"PK\x01\x02\x14\x00".as_slice(), &fields, name_length, &[0; 16], name.as_bytes()].concat());
        file.extend([b"PK\x03\x04".as_slice(), &fields, name_length, &[0; 2], name.as_bytes(), bytes].concat());
    }
    [file, directory, b"PK\x05\x06".to_vec(), vec![0; 18]].concat()
}

/// A document of Word with one more entry.
fn docx(more: &str) -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", &[b'x'; 300]), ("word/document.xml", b"<w/>"), (more, b"binary")])
}

const ODT: &[u8] = b"application/vnd.oasis.opendocument.text";
