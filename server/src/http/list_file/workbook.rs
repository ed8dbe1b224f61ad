//! An XLSX workbook of one sheet, as small as the format allows (ECMA-376): names as texts, which nothing computes, days as days.

use super::Writer;
use super::zip::Zip;
use app::words::{list, rights, services as names};
use jiff::civil::{Date, date};
use services::BeneficiaryLine;
use std::fmt::Write;
use std::io;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const LINKS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// 0 plain, 1 a day as the reader's system writes it, 2 bold.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>"#;
const SHEET: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="2" width="20" customWidth="1"/><col min="3" max="3" width="34" customWidth="1"/><col min="4" max="5" width="24" customWidth="1"/><col min="6" max="7" width="14" customWidth="1"/></cols><sheetData>"#;
/// The day before the first one of a spreadsheet's calendar, as every spreadsheet counts from March 1900 on.
const EPOCH: Date = date(1899, 12, 30);

/// The writer: a workbook is a ZIP archive whose last entry is the sheet.
pub(super) struct Workbook {
    zip: Zip,
    row: usize,
}

impl Workbook {
    pub(super) fn new() -> Self {
        Self { zip: Zip::new(), row: 0 }
    }

    fn row(&mut self, out: &mut String, cells: [Cell<'_>; 7]) {
        self.row += 1;
        let _ = write!(out, "<row r=\"{}\">", self.row);
        for (column, cell) in ('A'..='G').zip(cells) {
            let place = format!("{column}{}", self.row);
            let _ = match cell {
                Cell::Text(text) => {
                    write!(out, r#"<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#, escaped(text))
                }
                Cell::Head(text) => write!(out, r#"<c r="{place}" s="2" t="inlineStr"><is><t>{}</t></is></c>"#, escaped(text)),
                Cell::Day(day) => write!(out, r#"<c r="{place}" s="1"><v>{}</v></c>"#, day.duration_since(EPOCH).as_hours() / 24),
            };
        }
        out.push_str("</row>");
    }
}

enum Cell<'a> {
    Text(&'a str),
    Head(&'a str),
    Day(Date),
}

impl Writer for Workbook {
    fn head(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let book = format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
            escaped(list::SHEET)
        );
        for (name, text) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", ROOT),
            ("xl/workbook.xml", &book),
            ("xl/_rels/workbook.xml.rels", LINKS),
            ("xl/styles.xml", STYLES),
        ] {
            self.zip.begin(name, &mut bytes);
            self.zip.write(text.as_bytes(), &mut bytes)?;
            self.zip.end(&mut bytes)?;
        }
        self.zip.begin("xl/worksheets/sheet1.xml", &mut bytes);
        let mut text = SHEET.to_owned();
        self.row(&mut text, list::EXPORTED.map(Cell::Head));
        self.zip.write(text.as_bytes(), &mut bytes)?;
        Ok(bytes)
    }

    fn lines(&mut self, lines: &[BeneficiaryLine]) -> io::Result<Vec<u8>> {
        let mut text = String::new();
        for line in lines {
            let cells = [
                Cell::Text(&line.last),
                Cell::Text(&line.first),
                Cell::Text(&line.email),
                Cell::Text(names::role(line.role)),
                Cell::Text(rights::status(line.status)),
                Cell::Day(line.starts),
                line.ends.map_or(Cell::Text(list::ENDLESS), Cell::Day),
            ];
            self.row(&mut text, cells);
        }
        let mut bytes = Vec::new();
        self.zip.write(text.as_bytes(), &mut bytes)?;
        Ok(bytes)
    }

    fn tail(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.zip.write(b"</sheetData></worksheet>", &mut bytes)?;
        self.zip.end(&mut bytes)?;
        self.zip.close(&mut bytes)?;
        Ok(bytes)
    }
}

/// A text inside an element or an attribute; characters that XML does not know are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c < ' ' => {}
            c => out.push(c),
        }
    }
    out
}
