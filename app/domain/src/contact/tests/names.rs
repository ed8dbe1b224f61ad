//! Names of files (T35).

use crate::contact::{Kind, LONGEST_NAME, display_name, extension};
use proptest::prelude::*;

#[test]
fn t35_names_are_shown_clean() {
    for (raw, shown) in [
        ("Attestation d’août.pdf", "Attestation d’août.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Claire\\facture.pdf", "facture.pdf"),
        ("/a\\b/c.txt", "c.txt"),
        // Right to left: a file explorer shows « factureexe.pdf » here.
        ("facture\u{202e}fdp.exe", "facturefdp.exe"),
        ("a\u{200b}\u{0}b \t\n c.pdf", "ab c.pdf"),
        ("facture.pdf.", "facture.pdf"),
        ("facture.pdf. . ", "facture.pdf"),
        ("...cache.txt", "cache.txt"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("Nul .tar.pdf", "_Nul .tar.pdf"),
        ("com1.csv", "_com1.csv"),
        ("LPT³.txt", "_LPT³.txt"),
        ("COM10.csv", "COM10.csv"),
        ("CONTRAT.pdf", "CONTRAT.pdf"),
        (".con", "_con"),
        ("note.txt:cache.exe", "note.txt_cache.exe"),
        ("<img src=x>.png", "_img src=x_.png"),
        ("", "fichier"),
        ("dossier/", "fichier"),
        ("..", "fichier"),
        (" \u{202e}. ", "fichier"),
    ] {
        assert_eq!(display_name(raw), shown, "{raw:?}");
    }
}

#[test]
fn t35_a_name_of_three_hundred_characters_keeps_its_extension() {
    let long = display_name(&format!("{}.pdf", "é".repeat(300)));
    assert_eq!((long.chars().count(), long.ends_with("é.pdf")), (LONGEST_NAME, true));
    // The cut leaves no space at an end, and makes no extension of the middle of one.
    assert_eq!(display_name(&format!("{} {}.pdf", "a".repeat(145), "b".repeat(200))), format!("{}.pdf", "a".repeat(145)));
    let hidden = format!("{}.pdf{}", "a".repeat(146), "x".repeat(100));
    assert_eq!((extension(&hidden), display_name(&hidden).chars().count()), (None, LONGEST_NAME));
}

#[test]
fn t35_only_the_last_extension_counts_and_only_as_it_is_shown() {
    for (name, kind) in [
        ("facture.pdf", Some(Kind::Pdf)),
        ("FACTURE.PDF", Some(Kind::Pdf)),
        ("photo.JPEG", Some(Kind::Jpg)),
        ("photo.heif", Some(Kind::Heic)),
        ("facture.pdf.", Some(Kind::Pdf)),
        ("facture.exe\u{202e}.pdf", Some(Kind::Pdf)),
        ("facture.pdf.exe", None),
        ("facture.pdf\u{202e}fdp.exe", None),
        ("facture.pdf/x", None),
        ("facture.docm", None),
        ("image.svg", None),
        ("pdf", None),
        (".pdf", None),
        ("", None),
    ] {
        assert_eq!(extension(name), kind, "{name:?}");
    }
}

/// Texts of what makes names hard.
fn hard() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(vec!["CON", "nul", "COM1", "PRN", "pdf", "docx", "fichier", "_", "é", "e\u{301}", "😀"]),
            proptest::sample::select(vec![".", "..", " ", "\u{a0}", "\t", "/", "\\", ":", "*", "\u{0}", "\u{85}", "\u{2028}"]),
            proptest::sample::select(vec!["\u{202e}", "\u{2066}", "\u{200b}", "\u{200f}", "\u{feff}", "\u{61c}", "\u{ad}"]),
            proptest::sample::select(vec!["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbb.pdf"]),
        ],
        0..40,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn any_name_is_safe_to_show_and_cleaned_once_for_all(raw in prop_oneof![any::<String>(), hard(), "[\\PC./ ]{100,400}"]) {
        let name = display_name(&raw);
        prop_assert!((1..=LONGEST_NAME).contains(&name.chars().count()), "{:?}", name);
        prop_assert!(!name.contains(['/', '\\', ':']) && !name.contains(char::is_control), "{:?}", name);
        let is_mark = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}');
        prop_assert!(!name.contains(is_mark) && !name.contains('\u{feff}'), "{:?}", name);
        prop_assert!(!name.starts_with(['.', ' ']) && !name.ends_with(['.', ' ']), "{:?}", name);
        let device = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
        prop_assert!(!["con", "nul", "prn", "com1"].contains(&device.as_str()), "{:?}", name);
        prop_assert_eq!(display_name(&name), name.clone());
        prop_assert_eq!(extension(&name), extension(&raw));
    }
}
