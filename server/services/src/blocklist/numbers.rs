//! Numbers that everybody tries: dates, years, phone numbers, digits in order.

/// Most letters that may stand around a number for it to be all there is.
const LETTERS: usize = 3;
/// Most signs, likewise; those between two digits only part them.
const SIGNS: usize = 3;

/// Whether a password is hardly more than a number that is guessed soon.
pub(super) fn is_number(folded: &str) -> bool {
    let digits: Vec<u8> = folded.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    let letters = folded.chars().filter(|c| c.is_alphabetic()).count();
    let around: Vec<char> = folded.chars().collect();
    let parts = |place: usize| {
        let digit = |place: Option<usize>| place.and_then(|place| around.get(place)).is_some_and(char::is_ascii_digit);
        digit(place.checked_sub(1)) && digit(place.checked_add(1))
    };
    let signs = (0..around.len()).filter(|place| !around[*place].is_alphanumeric() && !parts(*place)).count();
    letters <= LETTERS && signs <= SIGNS && (is_sequence(&digits) || is_year(&digits) || is_date(&digits) || is_phone(&digits))
}

/// `1234`, `9876`, `1111`, `1212`, `123123`.
fn is_sequence(digits: &[u8]) -> bool {
    let steady = |step: i16| digits.windows(2).all(|pair| i16::from(pair[1]) - i16::from(pair[0]) == step);
    let repeats = (1..=digits.len() / 2).any(|length| digits[length..] == digits[..digits.len() - length]);
    digits.len() >= 4 && ([-1, 0, 1].into_iter().any(steady) || repeats)
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + u32::from(*digit))
}

fn is_year(digits: &[u8]) -> bool {
    digits.len() == 4 && (1900..2100).contains(&number(digits))
}

/// Day, month and year in any order people write them in, the year with four digits or two.
fn is_date(digits: &[u8]) -> bool {
    let day = |digits: &[u8]| (1..=31).contains(&number(digits));
    let month = |digits: &[u8]| (1..=12).contains(&number(digits));
    let pair = |a: &[u8], b: &[u8]| day(a) && month(b) || month(a) && day(b);
    match digits.len() {
        6 => pair(&digits[..2], &digits[2..4]) || pair(&digits[2..4], &digits[4..]),
        8 => (is_year(&digits[4..]) && pair(&digits[..2], &digits[2..4])) || (is_year(&digits[..4]) && pair(&digits[4..6], &digits[6..])),
        _ => false,
    }
}

/// A French phone number, at home or with its country's code.
fn is_phone(digits: &[u8]) -> bool {
    match digits {
        [0, 1..=9, rest @ ..] | [3, 3, 1..=9, rest @ ..] | [0, 0, 3, 3, 1..=9, rest @ ..] => rest.len() == 8,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_everybody_tries_and_others() {
        for known in
            ["aa123456!", "19/05/1985 ab", "ab1985-05-19", "190585ab!", "06 12 34 56 78 a!", "+33612345678ab", "ab!2026!", "12121212aa!"]
        {
            assert!(is_number(known), "{known}");
        }
        for free in ["grue tour 12", "ab!7301946", "k7#vq2!mzp", "ne en 1985", ""] {
            assert!(!is_number(free), "{free}");
        }
    }
}
