//! Text: no binary, and nothing a browser or a system would take for something else.

use super::{FileRefusal, right};

/// Most control characters of a text: old programs end a file with one, or begin a page with one.
const FEW: u32 = 8;
const MARK: &[u8] = "\u{feff}".as_bytes();
/// What no text begins with, letters in lower case.
const OTHERS: [&[u8]; 14] = [
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<script",
    b"<iframe",
    b"<style",
    b"<title",
    b"<!--",
    b"<svg",
    b"<?xml",
    b"%pdf",
    b"pk\x03\x04",
    b"mz",
];
/// The longest of them.
const LONGEST: usize = 14;

/// What was seen of a text so far.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// How much of the file's own mark went by.
    mark: usize,
    /// The first bytes after mark and white space.
    head: Vec<u8>,
    controls: u32,
}

impl Text {
    pub(super) fn feed(&mut self, chunk: &[u8]) -> Result<(), FileRefusal> {
        for byte in chunk {
            self.see(*byte)?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(), FileRefusal> {
        right(!self.is_other())
    }

    fn see(&mut self, byte: u8) -> Result<(), FileRefusal> {
        if byte == 0 {
            return Err(FileRefusal::Content);
        }
        if byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) {
            self.controls += 1;
            right(self.controls <= FEW)?;
        }
        if self.head.len() < LONGEST && !self.is_before(byte) {
            self.head.push(byte);
            right(self.head.len() < LONGEST || !self.is_other())?;
        }
        Ok(())
    }

    /// White space and marks before the text, in any order: whoever opens the file skips them.
    fn is_before(&mut self, byte: u8) -> bool {
        if !self.head.is_empty() {
            return false;
        }
        if MARK.get(self.mark) == Some(&byte) {
            self.mark = (self.mark + 1) % MARK.len();
            return true;
        }
        self.mark = 0;
        matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | b' ')
    }

    /// `MZ` only as it is written: a text may well begin with « Mz ».
    fn is_other(&self) -> bool {
        let lower = self.head.to_ascii_lowercase();
        OTHERS.iter().any(|other| lower.starts_with(other) && (*other != b"mz" || self.head.starts_with(b"MZ")))
    }
}
