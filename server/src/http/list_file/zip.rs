//! A ZIP archive that is sent while it is written (APPNOTE 6.3): sizes and sums follow each entry, since nobody knows them before.

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::{self, Write};

/// Sizes follow the entry; names are UTF-8.
const FLAGS: u16 = 0x0808;
const DEFLATED: u16 = 8;
/// The first of January 1980: the archive says nothing about when it was made.
const DAY: u16 = 0x21;
const VERSION: u16 = 20;

/// What the directory at the end says of an entry.
struct Entry {
    name: &'static str,
    start: u64,
    sum: u32,
    packed: u64,
    size: u64,
}

/// An archive under way. Every call adds what is ready to `out`.
pub(super) struct Zip {
    sent: u64,
    entries: Vec<Entry>,
    packer: DeflateEncoder<Vec<u8>>,
    sum: Crc,
}

impl Zip {
    pub(super) fn new() -> Self {
        Self { sent: 0, entries: Vec::new(), packer: packer(), sum: Crc::new() }
    }

    /// Begins an entry.
    pub(super) fn begin(&mut self, name: &'static str, out: &mut Vec<u8>) {
        self.entries.push(Entry { name, start: self.sent, sum: 0, packed: 0, size: 0 });
        (self.packer, self.sum) = (packer(), Crc::new());
        let mut head = b"PK\x03\x04".to_vec();
        common(&mut head, 0, [0, 0], name);
        head.extend(0_u16.to_le_bytes());
        head.extend(name.as_bytes());
        self.send(&head, out);
    }

    /// Adds to the entry.
    pub(super) fn write(&mut self, bytes: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        self.sum.update(bytes);
        self.packer.write_all(bytes)?;
        let packed = std::mem::take(self.packer.get_mut());
        self.packed(bytes.len(), &packed, out);
        Ok(())
    }

    /// Ends the entry.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let packed = std::mem::replace(&mut self.packer, packer()).finish()?;
        self.packed(0, &packed, out);
        let sum = self.sum.sum();
        let Some(entry) = self.entries.last_mut() else { return Ok(()) };
        entry.sum = sum;
        let mut after = b"PK\x07\x08".to_vec();
        after.extend(sum.to_le_bytes());
        after.extend(small(entry.packed)?.to_le_bytes());
        after.extend(small(entry.size)?.to_le_bytes());
        self.send(&after, out);
        Ok(())
    }

    /// Ends the archive: its directory.
    pub(super) fn close(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let start = self.sent;
        let mut directory = Vec::new();
        for entry in &self.entries {
            directory.extend(b"PK\x01\x02");
            directory.extend(VERSION.to_le_bytes());
            common(&mut directory, entry.sum, [small(entry.packed)?, small(entry.size)?], entry.name);
            // No extra field, comment, other volume, attributes.
            directory.extend([0; 12]);
            directory.extend(small(entry.start)?.to_le_bytes());
            directory.extend(entry.name.as_bytes());
        }
        let (count, length) = (u16::try_from(self.entries.len()).map_err(io::Error::other)?, small(directory.len() as u64)?);
        directory.extend(b"PK\x05\x06\0\0\0\0");
        directory.extend(count.to_le_bytes());
        directory.extend(count.to_le_bytes());
        directory.extend(length.to_le_bytes());
        directory.extend(small(start)?.to_le_bytes());
        directory.extend([0; 2]);
        self.send(&directory, out);
        Ok(())
    }

    fn packed(&mut self, size: usize, packed: &[u8], out: &mut Vec<u8>) {
        if let Some(entry) = self.entries.last_mut() {
            entry.size += size as u64;
            entry.packed += packed.len() as u64;
        }
        self.send(packed, out);
    }

    fn send(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        self.sent += bytes.len() as u64;
        out.extend(bytes);
    }
}

fn packer() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::fast())
}

/// What an entry and its line in the directory both say, up to the length of its name.
fn common(out: &mut Vec<u8>, sum: u32, sizes: [u32; 2], name: &str) {
    for value in [VERSION, FLAGS, DEFLATED, 0, DAY] {
        out.extend(value.to_le_bytes());
    }
    out.extend(sum.to_le_bytes());
    out.extend(sizes[0].to_le_bytes());
    out.extend(sizes[1].to_le_bytes());
    // Ours are a few letters long.
    out.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
}

/// A size of less than four gibibytes: far more than the most rows a sheet has.
fn small(size: u64) -> io::Result<u32> {
    u32::try_from(size).map_err(io::Error::other)
}
