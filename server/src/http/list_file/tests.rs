use super::csv_text::CsvText;
use super::workbook::Workbook;
use super::{AHEAD, Parts, Source, Writer, write};
use axum::body::{Body, Bytes};
use domain::delegations::{Role, Status};
use flate2::read::DeflateDecoder;
use http_body_util::BodyExt;
use jiff::civil::date;
use services::{BeneficiaryLine, Fault};
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::mpsc;

fn line(last: &str, first: &str) -> BeneficiaryLine {
    BeneficiaryLine {
        key: "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap(),
        first: first.to_owned(),
        last: last.to_owned(),
        email: "anne@demo.example".to_owned(),
        role: Role::Cabinet,
        status: Status::EnAttente,
        starts: date(2026, 11, 24),
        ends: None,
        acts: Vec::new(),
        is_own: false,
        is_link_over: false,
    }
}

/// A whole file of these lines.
fn whole(writer: &mut dyn Writer, lines: &[BeneficiaryLine]) -> Vec<u8> {
    [writer.head().unwrap(), writer.lines(lines).unwrap(), writer.tail().unwrap()].concat()
}

/// Texts that try something, and what a spreadsheet is to show of each.
const TRICKS: [(&str, &str); 9] = [
    ("=1+1", "'=1+1"),
    ("+33 1", "'+33 1"),
    ("-2", "'-2"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("Le \"Grand\"; Paul", "Le \"Grand\"; Paul"),
    ("deux\r\nlignes", "deux\r\nlignes"),
    ("Côté & <fils>", "Côté & <fils>"),
];

#[test]
fn t33_no_cell_of_the_text_is_a_formula_and_each_reads_back_whole() {
    let lines: Vec<_> = TRICKS.iter().map(|(typed, _)| line(typed, "Anne")).collect();
    let bytes = whole(&mut CsvText, &lines);
    let text = std::str::from_utf8(&bytes).unwrap().strip_prefix('\u{feff}').expect("the mark of UTF-8");
    assert!(text.starts_with("Nom;Prénom;Adresse mail;Rôle;Statut;Date d’effet;Date de fin\r\n"), "{text}");
    assert!(text.contains("\"Le \"\"Grand\"\"; Paul\";Anne;"), "{text}");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let read: Vec<Vec<String>> = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(read.len(), TRICKS.len());
    for (cells, (_, shown)) in read.iter().zip(TRICKS) {
        assert_eq!(cells[0], shown);
        assert_eq!(cells[1..], ["Anne", "anne@demo.example", "Cabinet comptable", "En attente d’activation", "24/11/2026", "Sans fin"]);
        assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{cells:?}");
    }
}

/// The entries of an archive by its directory, unpacked, each checked against its sum.
fn entries(bytes: &[u8]) -> Vec<(String, String)> {
    let word = |at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let long = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let end = bytes.len() - 22;
    assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
    let (mut at, mut found) = (long(end + 16), Vec::new());
    for _ in 0..word(end + 10) {
        assert_eq!(&bytes[at..at + 4], b"PK\x01\x02");
        let (packed, size, name, start) = (long(at + 20), long(at + 24), word(at + 28), long(at + 42));
        let data = start + 30 + word(start + 26) + word(start + 28);
        let mut text = String::new();
        DeflateDecoder::new(&bytes[data..data + packed]).read_to_string(&mut text).unwrap();
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        assert_eq!((&bytes[start..start + 4], text.len(), sum.sum() as usize), (&b"PK\x03\x04"[..], size, long(at + 16)));
        assert_eq!(&bytes[data + packed..data + packed + 4], b"PK\x07\x08");
        found.push((String::from_utf8(bytes[at + 46..at + 46 + name].to_vec()).unwrap(), text));
        at += 46 + name;
    }
    assert_eq!(at, end);
    found
}

#[test]
fn t33_the_workbook_is_an_archive_whose_cells_are_texts_and_days() {
    let mut lines: Vec<_> = TRICKS.iter().map(|(typed, _)| line(typed, "Anne\u{1}")).collect();
    lines[0].ends = Some(date(2026, 12, 31));
    let entries = entries(&whole(&mut Workbook::new(), &lines));
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "xl/worksheets/sheet1.xml"
        ]
    );
    let sheet = &entries[5].1;
    assert!(!sheet.contains("<f") && !sheet.contains('\u{1}'), "{sheet}");
    assert_eq!(sheet.matches("<row ").count(), TRICKS.len() + 1);
    // 46350 is 24 November 2026 in every spreadsheet, 46387 the last day of that year.
    assert!(sheet.contains(r#"<c r="F2" s="1"><v>46350</v></c><c r="G2" s="1"><v>46387</v></c></row>"#), "{sheet}");
    assert!(sheet.contains(r#"<c r="A2" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>"#), "{sheet}");
    assert!(sheet.contains("Côté &amp; &lt;fils&gt;") && sheet.contains("deux&#13;\nlignes"), "{sheet}");
    assert!(sheet.ends_with("</row></sheetData></worksheet>"));
}

/// So many batches, counted as they are asked for; broken after `breaks`.
struct Batches {
    asked: Arc<AtomicUsize>,
    most: usize,
    breaks: bool,
}

impl Source for Batches {
    async fn next_batch(&mut self) -> Result<Vec<BeneficiaryLine>, Fault> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        if asked < self.most {
            Ok((0..1000).map(|number| line(&format!("Nom {asked} {number}"), "Anne")).collect())
        } else if self.breaks {
            Err(Fault::Broken("the database has gone".into()))
        } else {
            Ok(Vec::new())
        }
    }
}

fn body(most: usize, breaks: bool, writer: Box<dyn Writer>) -> (Body, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let (sender, parts) = mpsc::channel::<io::Result<Bytes>>(AHEAD);
    tokio::spawn(write(Batches { asked: asked.clone(), most, breaks }, writer, sender, "test".into()));
    (Body::new(Parts(parts)), asked)
}

#[tokio::test]
async fn t33_a_hundred_thousand_rows_are_written_no_faster_than_they_are_read() {
    for writer in [Box::new(CsvText) as Box<dyn Writer>, Box::new(Workbook::new())] {
        let (mut body, asked) = body(100, false, writer);
        let (mut read, mut largest, mut text) = (0, 0, Vec::new());
        while let Some(frame) = body.frame().await {
            let piece = frame.unwrap().into_data().unwrap();
            read += 1;
            // Whoever writes has all the time to run ahead.
            for _ in 0..50 {
                tokio::task::yield_now().await;
            }
            assert!(asked.load(Ordering::SeqCst) <= read + AHEAD + 1, "{} asked, {read} read", asked.load(Ordering::SeqCst));
            largest = largest.max(piece.len());
            text.extend(piece);
        }
        assert!(largest < 200_000, "{largest}");
        let lines = if text.starts_with(b"PK") {
            entries(&text)[5].1.matches("<row ").count()
        } else {
            std::str::from_utf8(&text).unwrap().matches("\r\n").count()
        };
        assert_eq!(lines, 100_001);
    }
}

#[tokio::test]
async fn t33_a_file_that_breaks_off_does_not_pass_for_whole_and_a_reader_who_has_gone_ends_it() {
    let (broken, _) = body(3, true, Box::new(CsvText));
    assert!(broken.collect().await.is_err());
    let (gone, asked) = body(usize::MAX, false, Box::new(CsvText));
    drop(gone);
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    assert!(asked.load(Ordering::SeqCst) <= AHEAD + 1);
}
