//! Reading the fund's CSV files (D17): UTF-8 or windows-1252, `;` or `,`, named columns, every line judged on its own.

use std::collections::HashMap;

/// Why a file or a line of it was refused.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LineError {
    /// Line number in the file, from 1; the header is line 1.
    pub line: u64,
    /// The reason, in French, for the person who made the file.
    pub reason: String,
}

/// A decoded file, ready to be read line by line.
pub(crate) struct CsvFile {
    text: String,
    delimiter: u8,
    columns: HashMap<String, usize>,
}

/// One line, by column name.
pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    record: &'a csv::StringRecord,
    columns: &'a HashMap<String, usize>,
}

impl CsvFile {
    /// Decodes a file and finds its columns.
    pub(crate) fn open(bytes: &[u8], wanted: &[&str]) -> Result<Self, LineError> {
        let whole = |reason: String| LineError { line: 1, reason };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        };
        let header = text.lines().next().unwrap_or_default();
        if header.trim().is_empty() {
            return Err(whole("le fichier est vide".into()));
        }
        let delimiter = if header.matches(';').count() >= header.matches(',').count() { b';' } else { b',' };
        let columns: HashMap<String, usize> = header
            .split(char::from(delimiter))
            .enumerate()
            .map(|(index, name)| (domain::text::fold(name.trim().trim_matches('"')).replace([' ', '-'], "_"), index))
            .collect();
        let missing: Vec<&str> = wanted.iter().copied().filter(|name| !columns.contains_key(*name)).collect();
        if missing.is_empty() {
            Ok(Self { text, delimiter, columns })
        } else {
            Err(whole(format!("colonne manquante : {} (colonnes attendues : {})", missing.join(", "), wanted.join(";"))))
        }
    }

    /// Calls `each` for every line after the header; a line that cannot be read is an error of its own.
    pub(crate) fn lines(&self, mut each: impl FnMut(Result<Line<'_>, LineError>)) {
        let mut reader = csv::ReaderBuilder::new().delimiter(self.delimiter).flexible(true).from_reader(self.text.as_bytes());
        let mut record = csv::StringRecord::new();
        // The header was read to name the columns; reading it here puts the position behind it.
        let _ = reader.headers();
        let mut counter = LineCounter { byte: 0, line: 1 };
        loop {
            let start = usize::try_from(reader.position().byte()).unwrap_or(0);
            let read = reader.read_record(&mut record);
            let number = counter.line_at(&self.text, start);
            match read {
                Ok(false) => return,
                Ok(true) if record.iter().all(|field| field.trim().is_empty()) => {}
                Ok(true) if record.iter().any(|field| field.chars().any(|c| c == '\u{fffd}' || (c.is_control() && c != '\n'))) => {
                    each(Err(LineError { line: number, reason: "caractère illisible (encodage UTF-8 ou windows-1252 attendu)".into() }));
                }
                Ok(true) => each(Ok(Line { number, record: &record, columns: &self.columns })),
                Err(error) => each(Err(LineError { line: number, reason: format!("ligne illisible : {error}") })),
            }
        }
    }
}

/// Counts lines as an editor does; the reader's own count lags behind at `\r\n` and at empty lines.
struct LineCounter {
    byte: usize,
    line: u64,
}

impl LineCounter {
    /// Line of the first character at or after `byte` that ends no line.
    fn line_at(&mut self, text: &str, byte: usize) -> u64 {
        let bytes = text.as_bytes();
        let skipped = bytes.get(byte..).map_or(0, |rest| rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count());
        let end = (byte + skipped).min(bytes.len());
        if let Some(passed) = bytes.get(self.byte..end) {
            self.line += passed.split(|b| *b == b'\n').count() as u64 - 1;
            self.byte = end;
        }
        self.line
    }
}

impl Line<'_> {
    /// The text of a column, trimmed, inner spaces made single; empty when the line has no such field.
    pub(crate) fn get(&self, column: &str) -> String {
        let field = self.columns.get(column).and_then(|index| self.record.get(*index)).unwrap_or_default();
        field.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<(u64, String), LineError>> {
        let mut all = Vec::new();
        CsvFile::open(bytes, &["siret", "ville"]).unwrap().lines(|line| all.push(line.map(|line| (line.number, line.get("ville")))));
        all
    }

    #[test]
    fn both_encodings_both_delimiters() {
        let expected = vec![Ok((2, "Orléans".to_owned()))];
        assert_eq!(read("\u{feff}SIRET;Ville\n1;Orléans\n".as_bytes()), expected);
        assert_eq!(read(b"siret,ville\r\n1,Orl\xe9ans\r\n\r\n"), expected);
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_its_line() {
        let lines = read(b"siret;ville\n1;Lyon\n2;Orl\x81ans\n3;Nice\n");
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1].as_ref().unwrap_err().line, 3);
        assert!(CsvFile::open(b"siret;commune\n", &["siret", "ville"]).is_err_and(|error| error.reason.contains("ville")));
        assert!(CsvFile::open(b"", &["siret"]).is_err());
    }
}
