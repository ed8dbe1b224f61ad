//! Keys that lie side by side, on the French keyboard and on the international one, and the order of the alphabet.

/// Fewest keys of a walk.
const WALK: usize = 3;
/// Most characters that may stand around walks.
const AROUND: usize = 2;

/// The keys of a keyboard, row by row: each with the characters it gives, without and with the capital key.
type Keyboard = [&'static [&'static str]; 4];

const AZERTY: Keyboard = [
    &["&1", "é2", "\"3", "'4", "(5", "-6", "è7", "_8", "ç9", "à0", ")°", "=+"],
    &["a", "z", "e", "r", "t", "y", "u", "i", "o", "p", "^¨", "$£"],
    &["q", "s", "d", "f", "g", "h", "j", "k", "l", "m", "ù%", "*µ"],
    &["w", "x", "c", "v", "b", "n", ",?", ";.", ":/", "!§"],
];
const QWERTY: Keyboard = [
    &["1!", "2@", "3#", "4$", "5%", "6^", "7&", "8*", "9(", "0)", "-_", "=+"],
    &["q", "w", "e", "r", "t", "y", "u", "i", "o", "p", "[{", "]}"],
    &["a", "s", "d", "f", "g", "h", "j", "k", "l", ";:", "'\"", "\\|"],
    &["z", "x", "c", "v", "b", "n", "m", ",<", ".>", "/?"],
];

/// Whether a password is little more than a few walks over the keys (`azerty123`, `1qaz2wsx`), or than letters and digits in
/// their order (`abcd1234`).
pub(super) fn is_walk(password: &str) -> bool {
    let typed: Vec<char> = password.chars().flat_map(char::to_lowercase).collect();
    let on = |keyboard: &'static Keyboard| move |a, b| beside(keyboard, a, b);
    covers(&typed, on(&AZERTY)) || covers(&typed, on(&QWERTY)) || covers(&typed, follows)
}

/// Whether walks make up all but a few characters.
fn covers(typed: &[char], next: impl Fn(char, char) -> bool) -> bool {
    let mut walked = 0;
    let mut start = 0;
    for end in 1..=typed.len() {
        if end == typed.len() || !next(typed[end - 1], typed[end]) {
            if end - start >= WALK {
                walked += end - start;
            }
            start = end;
        }
    }
    walked > 0 && walked + AROUND >= typed.len()
}

fn beside(keyboard: &Keyboard, a: char, b: char) -> bool {
    let place = |c: char| keyboard.iter().enumerate().find_map(|(row, keys)| Some((row, keys.iter().position(|key| key.contains(c))?)));
    match (place(a), place(b)) {
        (Some((row, column)), Some((other, beside))) => row.abs_diff(other) <= 1 && column.abs_diff(beside) <= 1,
        _ => a == b,
    }
}

fn follows(a: char, b: char) -> bool {
    a == b || (a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && u32::from(a).abs_diff(u32::from(b)) == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_are_known_on_both_keyboards_and_words_are_no_walks() {
        for walk in ["Azertyuiop1", "Qsdfghjklm1!", "1aqwZSX2", "1qaz!QAZ", "Qwerty12", "Zxcvbnm,1", "Abcd1234", "987654Cba", "Aaaa1111!"] {
            assert!(is_walk(walk), "{walk}");
        }
        for free in ["grue Tour 12", "k7#Vq2!mZp", "Désert rouge 5", "Trente-six Poules", ""] {
            assert!(!is_walk(free), "{free}");
        }
    }
}
