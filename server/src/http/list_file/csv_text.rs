//! CSV as French spreadsheets open it: UTF-8 with its mark, semicolons, RFC 4180 quoting, and no cell that a spreadsheet would compute.

use super::Writer;
use app::words::{list, rights, services as names};
use services::BeneficiaryLine;
use std::io;

/// The writer; what it writes depends on nothing before.
pub(super) struct CsvText;

impl Writer for CsvText {
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = b"\xef\xbb\xbf".to_vec();
        bytes.extend(records([list::EXPORTED.map(str::to_owned)])?);
        Ok(bytes)
    }

    fn lines(&mut self, lines: &[BeneficiaryLine]) -> io::Result<Vec<u8>> {
        let day = |day: jiff::civil::Date| day.strftime("%d/%m/%Y").to_string();
        records(lines.iter().map(|line| {
            [
                plain(&line.last),
                plain(&line.first),
                plain(&line.email),
                names::role(line.role).to_owned(),
                rights::status(line.status).to_owned(),
                day(line.starts),
                line.ends.map_or_else(|| list::ENDLESS.to_owned(), day),
            ]
        }))
    }

    fn tail(&mut self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }
}

/// A text that no spreadsheet takes for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn records(rows: impl IntoIterator<Item = [String; 7]>) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}
