//! Budget, codes, references.

use crate::contact::{Budget, ExchangeState, FileRefusal, Kind, MOST_BYTES, MOST_FILES, Reference};
use crate::delegations::UnknownCode;
use proptest::prelude::*;

#[test]
fn s153_s154_a43_twenty_files_and_forty_million_bytes_in_total() {
    let full = (0..MOST_FILES).try_fold(Budget::default(), |budget, _| budget.admits(2_000_000)).unwrap();
    assert_eq!((full.files(), full.bytes(), full.left()), (20, 40_000_000, (0, 0)));
    assert_eq!(full.admits(1), Err(FileRefusal::TooMany));
    let one = Budget::default().admits(MOST_BYTES).unwrap();
    assert_eq!((one.left(), one.admits(1)), ((19, 0), Err(FileRefusal::TooLarge)));
    assert_eq!(Budget::default().admits(MOST_BYTES + 1), Err(FileRefusal::TooLarge));
    assert_eq!(one.admits(u64::MAX), Err(FileRefusal::TooLarge));
    assert_eq!(Budget::default().admits(0), Err(FileRefusal::Empty));
}

#[test]
fn codes_read_back() {
    for refusal in FileRefusal::ALL {
        assert_eq!(refusal.code().parse(), Ok(refusal));
    }
    for state in ExchangeState::ALL {
        assert_eq!(state.code().parse(), Ok(state));
    }
    for kind in Kind::ALL {
        assert_eq!(kind.code().parse(), Ok(kind));
        assert!(kind.extensions().iter().all(|extension| Kind::from_extension(&extension.to_uppercase()) == Some(kind)));
    }
    assert_eq!("jpeg".parse::<Kind>(), Err(UnknownCode));
}

#[test]
fn a_reference_is_read_however_it_is_typed() {
    let reference: Reference = "ABCD-2345".parse().unwrap();
    for typed in ["abcd2345", " Abcd 2345 ", "A-B-C-D-2-3-4-5", "ABCD‑2345", "abcd – 2345"] {
        assert_eq!(typed.parse().as_ref(), Ok(&reference), "{typed}");
    }
    assert_eq!(reference.to_string(), "ABCD-2345");
    for wrong in ["", "ABCD-234", "ABCD-23456", "ABCO-2345", "ABCI-2345", "ABCL-2345", "ABCU-2345", "ABC0-2345", "ABC1-2345", "ÉBCD-2345"]
    {
        assert_eq!(wrong.parse::<Reference>(), Err(UnknownCode), "{wrong}");
    }
}

proptest! {
    #[test]
    fn a_budget_never_goes_beyond_its_limits(sizes in proptest::collection::vec(prop_oneof![0..6_000_000_u64, any::<u64>()], 0..60)) {
        let mut budget = Budget::default();
        for size in sizes {
            let before = budget;
            match budget.admits(size) {
                Ok(after) => budget = after,
                Err(_) => prop_assert!(size == 0 || before.files() == MOST_FILES || size > before.left().1),
            }
            prop_assert!(budget.files() <= MOST_FILES && budget.bytes() <= MOST_BYTES);
            prop_assert_eq!(budget.left(), (MOST_FILES - budget.files(), MOST_BYTES - budget.bytes()));
        }
    }

    #[test]
    fn a_reference_is_read_as_it_is_shown(bytes: [u8; 8], other: [u8; 8]) {
        let reference = Reference::from_random(bytes);
        prop_assert_eq!(reference.to_string().to_lowercase().replace('-', "").parse(), Ok(reference.clone()));
        prop_assert!(!reference.as_str().contains(['0', 'O', '1', 'I', 'L', 'U']));
        let counts = |bytes| u64::from_le_bytes(bytes) % 30_u64.pow(8);
        prop_assert_eq!(Reference::from_random(other) == reference, counts(bytes) == counts(other));
    }
}
