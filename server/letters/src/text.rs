//! Words: French typography, cleaning, and breaking into lines.

use crate::fonts::{self, Weight};

/// A stretch of a paragraph in one weight.
#[derive(Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) weight: Weight,
}

/// Our own words, typed plainly and set in French typography.
pub(crate) fn plain(text: &str) -> Piece {
    Piece { text: french(text), weight: Weight::Regular }
}

/// Our own words, stressed.
pub(crate) fn strong(text: &str) -> Piece {
    Piece { text: french(text), weight: Weight::SemiBold }
}

/// The caller's words, stressed, and kept on one line where they fit one.
pub(crate) fn given(text: &str) -> Piece {
    Piece { text: clean(text).replace(' ', "\u{a0}"), weight: Weight::SemiBold }
}

/// The caller's words, kept on one line where they fit one.
pub(crate) fn together(text: &str) -> Piece {
    Piece { text: clean(text).replace(' ', "\u{a0}"), weight: Weight::Regular }
}

/// The caller's words, as they are.
pub(crate) fn quoted(text: &str) -> Piece {
    Piece { text: clean(text), weight: Weight::Regular }
}

/// No-break spaces and apostrophes where French wants them, so that the sentences of this crate can be typed plainly.
pub(crate) fn french(text: &str) -> String {
    let mut set = text.replace('\'', "’").replace("« ", "«\u{a0}").replace(" »", "\u{a0}»");
    for mark in [';', ':', '!', '?'] {
        set = set.replace(&format!(" {mark}"), &format!("\u{202f}{mark}"));
    }
    set
}

/// One line of drawable characters: no line break, no control or invisible character, no doubled space.
pub(crate) fn clean(text: &str) -> String {
    let spaced: String =
        text.chars().filter(|letter| !is_invisible(*letter)).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let words: Vec<&str> = spaced.split([' ', '\u{2028}', '\u{2029}']).filter(|word| !word.is_empty()).collect();
    fonts::drawable(&words.join(" "))
}

/// Characters that take no room: soft hyphen, joiners, direction marks, variation selectors, byte order mark. Pasted
/// along with a name, they would be extracted from the PDF without ever being seen.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

/// Breaks `pieces` into lines no wider than `room` mm at `size` points. A no-break space never breaks; a word wider
/// than a line is cut.
pub(crate) fn wrap(pieces: &[Piece], room: f32, size: f32) -> Vec<Vec<Piece>> {
    let mut lines = Vec::new();
    let mut line: Vec<Piece> = Vec::new();
    let mut filled = 0.0;
    for word in words(pieces) {
        let wide = breadth(&word, size);
        let space = if line.is_empty() { 0.0 } else { fonts::width(" ", Weight::Regular, size) };
        let mut tried = line.clone();
        append(&mut tried, &word, true);
        if fits(&tried, filled + space + wide, room, size) {
            line = tried;
            filled += space + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        let mut parts = cut(&word, room, size);
        line = parts.pop().unwrap_or_default();
        lines.extend(parts);
        filled = breadth(&line, size);
    }
    lines.push(line);
    lines.retain(|line| !line.is_empty());
    lines
}

/// Whether `line` is no wider than `room`. The sum of its words' widths settles it, but for what kerning across the
/// spaces may change: only a line that ends near the edge is measured whole.
fn fits(line: &[Piece], sum: f32, room: f32, size: f32) -> bool {
    const NEAR: f32 = 1.5;
    if (sum - room).abs() > NEAR { sum < room } else { breadth(line, size) <= room }
}

/// Width of a line, mm.
pub(crate) fn breadth(line: &[Piece], size: f32) -> f32 {
    line.iter().map(|piece| fonts::width(&piece.text, piece.weight, size)).sum()
}

/// What stands between two breakable spaces, which may change weight on its way.
fn words(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut words = vec![Vec::new()];
    for piece in pieces {
        for (index, text) in piece.text.split(' ').enumerate() {
            if index > 0 {
                words.push(Vec::new());
            }
            if let Some(word) = words.last_mut().filter(|_| !text.is_empty()) {
                word.push(Piece { text: text.to_owned(), weight: piece.weight });
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Adds a word to a line, joining what has the same weight.
fn append(line: &mut Vec<Piece>, word: &[Piece], spaced: bool) {
    let mut space = spaced && !line.is_empty();
    for part in word {
        match line.last_mut() {
            Some(last) if last.weight == part.weight => {
                if space {
                    last.text.push(' ');
                }
                last.text.push_str(&part.text);
            }
            Some(last) => {
                if space {
                    last.text.push(' ');
                }
                line.push(part.clone());
            }
            None => line.push(part.clone()),
        }
        space = false;
    }
}

/// A word in as many lines as it needs, none of them empty.
fn cut(word: &[Piece], room: f32, size: f32) -> Vec<Vec<Piece>> {
    if breadth(word, size) <= room {
        return vec![word.to_vec()];
    }
    let mut lines = Vec::new();
    let mut line: Vec<Piece> = Vec::new();
    let mut filled = 0.0;
    let letters = word.iter().flat_map(|part| part.text.chars().map(|letter| (letter, part.weight)));
    for (letter, weight) in letters {
        let letter = [Piece { text: letter.to_string(), weight }];
        let wide = breadth(&letter, size);
        let mut tried = line.clone();
        append(&mut tried, &letter, false);
        if line.is_empty() || fits(&tried, filled + wide, room, size) {
            line = tried;
            filled += wide;
        } else {
            lines.push(std::mem::replace(&mut line, letter.to_vec()));
            filled = wide;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Vec<Piece>]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|piece| piece.text.as_str()).collect()).collect()
    }

    #[test]
    fn french_sets_no_break_spaces_and_apostrophes() {
        assert_eq!(french("L'heure : « midi » ; non ? si !"), "L’heure\u{202f}: «\u{a0}midi\u{a0}»\u{202f}; non\u{202f}? si\u{202f}!");
    }

    #[test]
    fn clean_leaves_one_line_of_drawable_characters() {
        assert_eq!(clean(" Du\u{ad}pont\r\n\u{0}  & fils\u{feff} 漢\u{1f600} "), "Dupont & fils □□");
        assert_eq!(clean("E\u{301}tat"), "E\u{301}tat");
    }

    #[test]
    fn wrap_keeps_every_word_and_every_line_inside() {
        let pieces = [plain("Un deux trois quatre cinq six, "), strong("sept huit"), plain(", neuf dix onze douze.")];
        let lines = wrap(&pieces, 30.0, 10.0);
        assert!(lines.len() > 2);
        assert!(lines.iter().all(|line| breadth(line, 10.0) <= 30.0));
        assert_eq!(texts(&lines).join(" "), "Un deux trois quatre cinq six, sept huit, neuf dix onze douze.");
    }

    #[test]
    fn wrap_breaks_no_no_break_space_and_cuts_what_is_wider_than_a_line() {
        let lines = wrap(&[plain("Le code :")], 12.0, 12.0);
        assert_eq!(texts(&lines), ["Le", "code\u{202f}:"]);
        let long = "A".repeat(60);
        let lines = wrap(&[plain(&long)], 40.0, 10.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| breadth(line, 10.0) <= 40.0));
        assert_eq!(texts(&lines).concat(), long);
    }
}
