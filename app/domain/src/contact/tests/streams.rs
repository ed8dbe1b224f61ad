//! However a file is cut into chunks, it is judged the same.

use super::{ODT, chunked, content, docx, zip};
use crate::contact::{FileRefusal, Kind};
use proptest::prelude::*;

/// Bytes of which files of every kind are made.
fn part() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => proptest::sample::select(vec![
            b"%PDF-1.7".to_vec(),
            b"\xff\xd8\xff".to_vec(),
            b"\x89PNG\r\n\x1a\n".to_vec(),
            b"\0\0\0\x24ftypheic".to_vec(),
            b"<html".to_vec(),
            b"\xef\xbb\xbf".to_vec(),
            b" \r\n".to_vec(),
            b"Nom;Ville".to_vec(),
            b"PK\x03\x04".to_vec(),
            b"vbaProject.bin".to_vec(),
            zip(&[("mimetype", ODT)]),
            zip(&[("Basic/a", b"")]),
            zip(&[("[Content_Types].xml", b"")]),
            zip(&[("word/a", b""), ("xl/a", b"")]),
            docx("a"),
            docx("word/vbaProject.bin"),
        ]),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
        1 => (any::<u8>(), 0_usize..5_000).prop_map(|(byte, times)| vec![byte; times]),
    ]
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(part(), 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn chunks_make_no_difference(bytes in file(), sizes in proptest::collection::vec(1_usize..600, 1..8)) {
        for kind in Kind::ALL {
            let whole = content(kind, &bytes);
            prop_assert_eq!(chunked(kind, &bytes, &sizes), whole, "{:?}", kind);
            prop_assert_eq!(chunked(kind, &bytes, &[1]), whole, "{:?}, byte by byte", kind);
            prop_assert_eq!(whole == Err(FileRefusal::Empty), bytes.is_empty());
        }
    }

    #[test]
    fn macros_are_found_at_any_place(before in 0_usize..9_000, size in 1_usize..300) {
        let padding = vec![b'x'; before];
        let good = zip(&[("[Content_Types].xml", b""), ("word/a", &padding)]);
        let bad = zip(&[("[Content_Types].xml", b""), ("word/a", &padding), ("word/vbaProject.bin", b"")]);
        prop_assert_eq!(chunked(Kind::Docx, &good, &[size]), Ok(()));
        prop_assert_eq!(chunked(Kind::Docx, &bad, &[size]), Err(FileRefusal::Macros));
    }
}
