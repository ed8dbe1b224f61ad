//! The list as CSV.

use super::Writer;
use app::words::{list, rights, services as names};
use domain::csv;
use services::BeneficiaryLine;
use std::io;

/// The writer; what it writes depends on nothing before.
pub(super) struct CsvText;

impl Writer for CsvText {
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut text = csv::MARK.to_owned();
        csv::line(&mut text, list::EXPORTED);
        Ok(text.into_bytes())
    }

    fn lines(&mut self, lines: &[BeneficiaryLine]) -> io::Result<Vec<u8>> {
        let day = |day: jiff::civil::Date| day.strftime("%d/%m/%Y").to_string();
        let mut text = String::new();
        for line in lines {
            let (starts, ends) = (day(line.starts), line.ends.map_or_else(|| list::ENDLESS.to_owned(), day));
            let cells = [&line.last, &line.first, &line.email, names::role(line.role), rights::status(line.status), &starts, &ends];
            csv::line(&mut text, cells);
        }
        Ok(text.into_bytes())
    }

    fn tail(&mut self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }
}
