//! G23: whatever is typed, sent in an address or dropped as a file, nothing panics, and what is accepted keeps its promises.
//! `make fuzz` plays the same with as many cases as an hour gives, beginning elsewhere each time.

use domain::contact::{ContactDraft, FileRefusal, Inspector, Kind, LONGEST_NAME, MESSAGE, Reference, SUBJECT, display_name, extension};
use domain::delegations::Rights;
use domain::delegations::beneficiary::BeneficiaryDraft;
use domain::delegations::journal::JournalQuery;
use domain::delegations::list::{Cursor, ListQuery};
use domain::id::{AccountId, ExchangeId, SiteId};
use domain::identity::email::Email;
use domain::identity::factor::AppCode;
use domain::identity::identifiant::Identifiant;
use domain::identity::letter_code::LetterCode;
use domain::identity::password::Password;
use domain::identity::phone::Phone;
use domain::identity::recovery_code::RecoveryCode;
use domain::portfolio::PortfolioQuery;
use domain::sites::siret::Siret;
use proptest::prelude::*;

/// What is nearly right: that is where parsers break.
const SEEDS: [&str; 24] = [
    "claire.martin@exemple.fr",
    "\"a b\"@exemple.fr",
    "00123458200011",
    "001 234 582 00011",
    "+33 6 12 34 56 78",
    "06.12.34.56.78",
    "00 33 6 12 34 56 78",
    "ABCD-EFGH-2345-6789",
    "6901234B",
    "2026-11-24",
    "24/11/2026",
    "29/02/2027",
    "01JD3V9X7ZK4M2N8P6Q5R4S3T2",
    "name",
    "-status",
    "50",
    "99999999999999999999",
    "../../état.pdf.exe",
    "CON.pdf",
    "a\u{202e}fdp.exe",
    "ouvrier,etam,dsn:update",
    "b2F1aXM~_-.",
    "grue Tour 12",
    "e\u{301}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
];

/// A seed with a few of its characters changed, or any text at all, short or long.
fn typed() -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), 0..4_u8, any::<char>());
    let mutated = (prop::sample::select(&SEEDS[..]), prop::collection::vec(edit, 0..6)).prop_map(|(seed, edits)| {
        let mut text: Vec<char> = seed.chars().collect();
        for (place, what, c) in edits {
            let place = if text.is_empty() { 0 } else { place.index(text.len()) };
            match what {
                0 => text.insert(place, c),
                1 if !text.is_empty() => drop(text.remove(place)),
                2 if !text.is_empty() => text[place] = c,
                _ => text.extend_from_within(place..),
            }
        }
        text.into_iter().collect()
    });
    prop_oneof![6 => mutated, 3 => any::<String>(), 1 => ("\\PC{1,4}", 1_usize..3_000).prop_map(|(part, times)| part.repeat(times))]
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        4 => prop::sample::select(&["tri", "taille", "p", "apres", "avant", "q", "statut", "role", "du", "au", "famille", "personne"][..])
            .prop_map(str::to_owned),
        1 => typed(),
    ];
    prop::collection::vec((name, typed()), 0..20)
}

/// The beginning of a real file, then anything.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let heads: [&[u8]; 8] = [
        b"%PDF-1.7\n",
        b"\xff\xd8\xff\xe0",
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\x18ftypheic",
        b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x04\0\0\0\x04\0\0\0\x13\0\0\0[Content_Types].xml",
        b"PK\x03\x04\x14\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetype",
        b"\xef\xbb\xbfa;b\r\n",
        b"",
    ];
    (prop::sample::select(heads.map(<[u8]>::to_vec).to_vec()), prop::collection::vec(any::<u8>(), 0..2_000))
        .prop_map(|(head, rest)| [head, rest].concat())
}

proptest! {
    #[test]
    fn g23_values(text in typed()) {
        if let Ok(email) = Email::parse(&text) {
            prop_assert!(Email::parse(email.as_str()).is_ok() && !email.as_str().contains(['\r', '\n', ' ', '\0']));
        }
        if let Ok(siret) = Siret::parse(&text) {
            prop_assert_eq!(Siret::parse(&siret.grouped()).unwrap(), siret);
        }
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert!(phone.as_str().starts_with('+') && phone.as_str()[1..].bytes().all(|byte| byte.is_ascii_digit()));
        }
        if let Ok(reference) = text.parse::<Reference>() {
            prop_assert_eq!(reference.as_str().parse::<Reference>().unwrap(), reference);
        }
        for id in [text.parse::<AccountId>().is_ok(), text.parse::<SiteId>().is_ok(), text.parse::<ExchangeId>().is_ok()] {
            prop_assert!(!id || text.len() == 26 && text.is_ascii());
        }
        // Their promises are shown elsewhere: here they end, whatever comes.
        drop((Identifiant::parse(&text), LetterCode::parse(&text), Password::parse(&text), AppCode::parse(&text)));
        drop((RecoveryCode::parse(&text), text.parse::<Rights>(), Cursor::parse(&text)));
    }

    #[test]
    fn g23_dates_and_addresses_of_a_beneficiary(starts in typed(), ends in typed(), email in typed(), siret in typed()) {
        let today = jiff::civil::date(2026, 11, 24);
        for kind in ["user", "firm", "x"] {
            let draft = BeneficiaryDraft {
                kind: kind.into(), email: email.clone(), siret: siret.clone(), starts: starts.clone(), ends: ends.clone(),
            };
            if let Ok(read) = draft.parse(today) {
                prop_assert!(read.starts >= today);
            }
        }
    }

    #[test]
    fn g23_sort_filter_and_paging(pairs in pairs()) {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        drop((ListQuery::parse(pairs.iter().copied()), JournalQuery::parse(pairs.iter().copied()), PortfolioQuery::parse(pairs.iter().copied())));
    }

    #[test]
    fn g23_names_of_files(text in typed()) {
        let name = display_name(&text);
        prop_assert!(!name.is_empty() && name.chars().count() <= LONGEST_NAME);
        let is_plain = !name.contains(['/', '\\', '\0', '\r', '\n', '"', '\u{202e}']) && !name.starts_with('.');
        prop_assert!(is_plain, "{:?}", name);
        prop_assert_eq!(&display_name(&name), &name);
        prop_assert_eq!(extension(&text), extension(&name));
    }

    #[test]
    fn g23_messages(subject in typed(), message in typed(), consent in typed()) {
        let draft = ContactDraft { subject, message, consent, consent_version: "1".into() };
        if let Ok(written) = draft.parse("1") {
            prop_assert!((1..=SUBJECT).contains(&written.subject.chars().count()) && !written.subject.contains(['\r', '\n']));
            prop_assert!((1..=MESSAGE).contains(&written.message.chars().count()));
        }
    }

    #[test]
    fn g23_bytes_of_files(bytes in bytes(), size in 1_usize..500) {
        for kind in Kind::ALL {
            let mut inspector = Inspector::new(kind);
            let early = bytes.chunks(size).find_map(|chunk| inspector.feed(chunk).err());
            let late = inspector.finish();
            prop_assert!(early.is_none_or(|early| late == Err(early)), "{:?}", kind);
            prop_assert!(!matches!(late, Err(FileRefusal::TooLarge | FileRefusal::TooMany | FileRefusal::Kind)));
        }
    }
}
