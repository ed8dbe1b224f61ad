//! Files that are not what they say (T35), and those that are.

use super::{ODT, content, docx, verdict, zip};
use crate::contact::{Budget, FileRefusal, Inspector, Kind, display_name, extension};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const HTML: &[u8] = b"<!DOCTYPE html><script>alert(1)</script>";

#[test]
fn files_that_are_what_they_say() {
    let xlsx = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")]);
    let ods = zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]);
    for (name, bytes) in [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3".as_slice()),
        ("a.jpeg", b"\xff\xd8\xff\xe1\0\x10Exif"),
        ("a.png", PNG),
        ("a.heic", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic"),
        ("a.heif", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"),
        ("a.docx", &docx("word/styles.xml")),
        ("a.xlsx", &xlsx),
        ("a.odt", &zip(&[("mimetype", ODT), ("content.xml", b"<x/>")])),
        ("a.ods", &ods),
        ("a.csv", b"\xef\xbb\xbfNom;Pr\xc3\xa9nom\r\nMartin;Claire\r\n"),
        ("a.txt", b"Fran\xe7ais de Windows, \x93 entre guillemets \x94.\r\n\x1a"),
        ("a.eml", b"From: <a@exemple.fr>\r\nSubject: x\r\n\r\n<html>in the body</html>"),
    ] {
        assert!(verdict(name, bytes).is_ok(), "{name}: {:?}", verdict(name, bytes));
    }
}

#[test]
fn t35_polyglots_are_what_extension_and_content_both_say() {
    let polyglot = [HTML, b"<!-- %PDF-1.7 -->"].concat();
    assert_eq!(verdict("facture.pdf", &polyglot), Ok(Kind::Pdf), "handed out as a PDF, whatever else it is");
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".as_slice();
    for (name, bytes, refusal) in [
        ("facture.pdf", HTML, FileRefusal::Content),
        ("image.png", b"GIF89a/*\x89PNG*/=1;alert(1)", FileRefusal::Content),
        ("image.png", svg, FileRefusal::Content),
        ("image.svg", svg, FileRefusal::Kind),
        ("image.jpg", PNG, FileRefusal::Content),
        ("image.heic", b"\0\0\0\x24ftypavif\0\0\0\0mif1heic", FileRefusal::Content),
        ("image.heic", b"\0\0\0\x24ftypisom\0\0\0\0mp42heic", FileRefusal::Content),
        ("image.heic", b"\xff\xff\xff\xffftypheic\0\0\0\0mif1heic", FileRefusal::Content),
        ("facture.pdf.exe", b"%PDF-1.7", FileRefusal::Kind),
        ("facture.pdf", &[b" ".repeat(1_020), b"%PDF-".to_vec()].concat(), FileRefusal::Content),
        ("facture.pdf", b"%PDF", FileRefusal::Content),
        ("vide.pdf", b"", FileRefusal::Empty),
        ("vide.txt", b"", FileRefusal::Empty),
        ("vide.docx", b"", FileRefusal::Empty),
    ] {
        assert_eq!(verdict(name, bytes), Err(refusal), "{name}: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
    assert!(verdict("facture.pdf", &[b" ".repeat(1_019), b"%PDF-".to_vec()].concat()).is_ok(), "the mark's last place");
}

#[test]
fn t35_documents_with_macros_are_refused_wherever_the_macros_stand() {
    for macros in ["word/vbaProject.bin", "VBAPROJECT.BIN", "word/embeddings/x/vbaProject.bin"] {
        assert_eq!(verdict("a.docx", &docx(macros)), Err(FileRefusal::Macros), "{macros}");
    }
    // Named in the directory only, which is what Word reads; and inside a document that the document holds.
    let mut disguised = docx("word/aaaProject.bin");
    let last = disguised.windows(3).rposition(|bytes| bytes == b"aaa").unwrap();
    disguised[last..last + 3].copy_from_slice(b"vba");
    assert_eq!(content(Kind::Docx, &disguised), Err(FileRefusal::Macros));
    let inner = docx("word/vbaProject.bin");
    let outer = zip(&[("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("xl/embeddings/a.docx", &inner)]);
    assert_eq!(content(Kind::Xlsx, &outer), Err(FileRefusal::Macros));
    for macros in ["Basic/Standard/script-lb.xml", "Scripts/python/a.py"] {
        assert_eq!(content(Kind::Odt, &zip(&[("mimetype", ODT), (macros, b"")])), Err(FileRefusal::Macros), "{macros}");
    }
    assert!(content(Kind::Odt, &zip(&[("mimetype", ODT), ("Pictures/Basic/", b"Basic/")])).is_ok());
}

#[test]
fn archives_that_are_no_document_of_their_kind_are_refused() {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"");
    let template = [ODT, b"-template"].concat();
    for (kind, file) in [
        (Kind::Docx, zip(&[("a.txt", b"x")])),
        (Kind::Docx, zip(&[types])),
        (Kind::Docx, zip(&[("word/document.xml", b"")])),
        (Kind::Docx, zip(&[types, ("xl/workbook.xml", b"")])),
        (Kind::Xlsx, docx("docProps/app.xml")),
        (Kind::Docx, [b"MZ".to_vec(), docx("x")].concat()),
        (Kind::Docx, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 the old Word".to_vec()),
        (Kind::Odt, docx("x")),
        (Kind::Odt, zip(&[("content.xml", b""), ("mimetype", ODT)])),
        (Kind::Odt, zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")])),
        (Kind::Odt, zip(&[("mimetype", &template)])),
        (Kind::Odt, b"PK\x03\x04".to_vec()),
    ] {
        assert_eq!(content(kind, &file), Err(FileRefusal::Content), "{kind:?}: {}", String::from_utf8_lossy(&file));
    }
}

#[test]
fn text_begins_as_text_and_holds_no_binary() {
    for begin in ["<!DOCTYPE HTML>", "<HTML>", "<Script>", "<svg ", "<?xml ", "%PDF-1.7", "PK\u{3}\u{4}", "MZ\u{90}", "<!-- -->"] {
        for before in ["", "\u{feff}", " \r\n\t", "\u{feff} \u{feff}\n"] {
            for kind in [Kind::Csv, Kind::Txt, Kind::Eml] {
                assert_eq!(content(kind, format!("{before}{begin}").as_bytes()), Err(FileRefusal::Content), "{before:?}{begin:?}");
            }
        }
    }
    for good in ["Mz Martin", "x<html>", "<a@exemple.fr>", "P", "<", " ", "<htm"] {
        assert_eq!(content(Kind::Txt, good.as_bytes()), Ok(()), "{good:?}");
    }
    assert_eq!(content(Kind::Csv, b"a;b\0c"), Err(FileRefusal::Content));
    assert_eq!(content(Kind::Txt, &[b"page".as_slice(), &[0x1b; 8]].concat()), Ok(()));
    assert_eq!(content(Kind::Txt, &[b"page".as_slice(), &[0x1b; 9]].concat()), Err(FileRefusal::Content));
}

#[test]
fn a_file_is_refused_as_soon_as_it_is_certain() {
    for (kind, begin) in [(Kind::Png, b"GIF89a/*".as_slice()), (Kind::Jpg, b"<sv"), (Kind::Pdf, &[b' '; 1_024]), (Kind::Txt, b"a\0")] {
        assert_eq!(Inspector::new(kind).feed(begin), Err(FileRefusal::Content), "{kind:?}");
    }
    let mut inspector = Inspector::new(Kind::Docx);
    assert_eq!(inspector.feed(&[b'x'; 100]), Err(FileRefusal::Content));
    assert_eq!(inspector.feed(&docx("x")), Err(FileRefusal::Content), "nothing that follows makes it good");
    assert_eq!(inspector.finish(), Err(FileRefusal::Content));
}

#[test]
fn t35_two_files_of_one_name_are_two_files() {
    assert_eq!(display_name("a/facture.pdf"), display_name("b\\facture.pdf"));
    let budget = Budget::default().admits(10).and_then(|budget| budget.admits(10)).unwrap();
    assert_eq!((budget.files(), budget.bytes()), (2, 20));
}

#[test]
fn t36_what_would_burst_when_unpacked_or_drawn_is_judged_by_its_first_bytes_and_names_and_costs_nothing() {
    // A picture that says it is fifty thousand pixels wide and high.
    let mut wide = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    wide.extend_from_slice(&50_000_u32.to_be_bytes());
    wide.extend_from_slice(&50_000_u32.to_be_bytes());
    assert_eq!(content(Kind::Png, &wide), Ok(()), "kept, never drawn");
    // A million objects.
    let objects = [b"%PDF-1.7\n".to_vec(), b"1 0 obj<<>>endobj\n".repeat(1_000_000)].concat();
    assert_eq!(content(Kind::Pdf, &objects), Ok(()));
    // An archive, and one in another: no kind of theirs is accepted, and a document is told from them by the names inside.
    let bomb = zip(&[("a.zip", b"PK\x03\x04")]);
    for name in ["bombe.zip", "bombe.pdf.zip", "bombe.7z", "bombe.gz"] {
        assert_eq!(extension(name), None, "{name}");
    }
    assert_eq!(content(Kind::Docx, &bomb), Err(FileRefusal::Content));
}
