//! The order of names in the list (S116, A30), as texts that compare byte by byte.

use crate::identity::email::Email;
use crate::identity::person::PersonName;
use crate::text::fold;

/// Most bytes a key has.
pub const MOST: usize = 120;

/// Bytes of the key for the letters of the last name, the letters of the first, and the accents.
const SHARES: [usize; 3] = [50, 40, 25];
/// Lower than any letter or digit, so that a name comes before those it begins.
const GAP: char = ' ';

/// Where a person stands: by name as French sorts it, or after all names by address while there is none (A30). Those with the
/// same key need another tie-break, their id.
#[must_use]
pub fn sort_key(name: &PersonName, email: &Email) -> String {
    let [last, first] = [letters(&name.last), letters(&name.first)];
    if last.is_empty() && first.is_empty() {
        return cut(format!("1{email}"), MOST);
    }
    // Accents count from the end of the word: cote, côte, coté, côté.
    let accents = [&name.last, &name.first].map(|part| marks(part)).join(&GAP.to_string());
    let [a, b, c] = SHARES;
    format!("0{}{GAP}{}{GAP}{}", cut(last, a), cut(first, b), cut(accents, c))
}

/// Letters and digits without case or accent: what is compared first. Spaces, hyphens and apostrophes do not count.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// One digit a letter from the last to the first, 0 for one without accent; what is 0 up to the beginning is left out.
fn marks(text: &str) -> String {
    let mut weights: Vec<char> = Vec::new();
    for c in text.chars() {
        match (weight(c), weights.last_mut()) {
            (Some(mark), Some(before)) if is_combining(c) => *before = mark,
            (_, _) if is_combining(c) || !c.is_alphanumeric() => {}
            (Some(mark), _) => weights.push(mark),
            (None, _) => weights.push('0'),
        }
    }
    let reversed: String = weights.into_iter().rev().collect();
    reversed.trim_end_matches('0').to_owned()
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Rank of a letter's accent, by itself or as a combining mark: acute, grave, circumflex, diaeresis, cedilla, anything else.
fn weight(c: char) -> Option<char> {
    match c.to_lowercase().next().unwrap_or(c) {
        'á' | 'é' | 'í' | 'ó' | 'ú' | 'ý' | '\u{301}' => Some('1'),
        'à' | 'è' | 'ì' | 'ò' | 'ù' | '\u{300}' => Some('2'),
        'â' | 'ê' | 'î' | 'ô' | 'û' | '\u{302}' => Some('3'),
        'ä' | 'ë' | 'ï' | 'ö' | 'ü' | 'ÿ' | '\u{308}' => Some('4'),
        'ç' | '\u{327}' => Some('5'),
        'ã' | 'å' | 'ñ' | 'õ' | 'œ' | 'æ' | '\u{303}'..='\u{36f}' => Some('6'),
        _ => None,
    }
}

/// At most so many bytes, between two characters.
fn cut(mut text: String, most: usize) -> String {
    while text.len() > most {
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_between_letters_do_not_move_the_accents() {
        for (with, without) in [("L’Été", "LÉté"), ("Saint-Étienne", "SaintÉtienne"), ("Sainte - Ève", "SainteÈve")] {
            assert_eq!(marks(with), marks(without), "{with}");
        }
        assert_ne!(marks("L’Eté"), marks("L’Été"));
    }
}
