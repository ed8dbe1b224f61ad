//! Numbers and dates the way people in France read them. No locale data, no clock.

use jiff::civil::Date;
use std::fmt::Write;

/// No-break space: between the groups of a number.
pub const NBSP: char = '\u{a0}';
/// Narrow no-break space: before `; : ! ?`.
pub const NNBSP: char = '\u{202f}';

const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

/// « 1er mars 2026 », « 12 novembre 2026 ».
#[must_use]
pub fn date(date: Date) -> String {
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    format!("{day}{NBSP}{} {}", month(date.month()), date.year())
}

/// The name of a month, 1 to 12; anything else is empty.
#[must_use]
pub fn month(number: i8) -> &'static str {
    usize::try_from(number - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or("")
}

/// « de mai », « d’octobre »: French elides before a vowel.
#[must_use]
pub fn of_month(number: i8) -> String {
    let name = month(number);
    if name.starts_with(['a', 'o']) { format!("d’{name}") } else { format!("de {name}") }
}

/// `1 site`, `4 sites`: the number with its noun, plural from two on as French does.
#[must_use]
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    format!("{}{NBSP}{}", grouped(number), if number < 2 { singular } else { plural })
}

/// 12345 → « 12 345 » with no-break spaces.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(NBSP);
        }
        out.push(digit);
    }
    out
}

/// A text inside the query of an address: everything but letters, digits and `-._~` of ASCII is written as its bytes.
#[must_use]
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Lower case without accents, ligatures opened: what two spellings of a word are compared by.
/// Covers what French names use; any other character stays as it is.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => out.push('a'),
            'ç' => out.push('c'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ñ' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '’' => out.push('\''),
            '\u{300}'..='\u{36f}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as d;

    #[test]
    fn numbers_and_dates_read_as_people_write_them() {
        assert_eq!(date(d(2026, 3, 1)), "1er\u{a0}mars 2026");
        assert_eq!((of_month(5), of_month(10), of_month(8)), ("de mai".into(), "d’octobre".into(), "d’août".into()));
        assert_eq!(date(d(2026, 11, 12)), "12\u{a0}novembre 2026");
        assert_eq!(count(0, "site", "sites"), "0\u{a0}site");
        assert_eq!(count(1234, "site", "sites"), "1\u{a0}234\u{a0}sites");
        assert_eq!(grouped(1_000_000), "1\u{a0}000\u{a0}000");
        assert_eq!(fold("Cœur d’Élodie ÇA"), "coeur d'elodie ca");
        assert_eq!(fold("e\u{301}"), "e");
    }

    #[test]
    fn a_query_carries_whatever_was_typed() {
        assert_eq!(encoded("/site/1?a=b&c"), "%2Fsite%2F1%3Fa%3Db%26c");
        assert_eq!(encoded("mot de passe oublié~1.2-3_4"), "mot%20de%20passe%20oubli%C3%A9~1.2-3_4");
        assert_eq!(encoded(""), "");
    }
}
