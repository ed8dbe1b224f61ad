//! Passwords a thief tries first although they pass the rule: base words dressed up the usual ways (D22).
//!
//! The list is not stored: a password is undressed (case, accents, usual substitutions, digits and signs around it) and its
//! core looked up among some thousand words. That refuses each word in all its dresses, more than a list of 100,000 lines holds.
//! Beside words: keys that lie side by side, blocks that are repeated, and numbers that everybody tries.

mod keyboard;
mod numbers;

use domain::text::fold;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What people build passwords from: French and international ones, first names, towns, clubs, the trade's. Folded.
static WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("words.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect());

/// Letters of a crumb beside a word.
const SHORT: usize = 2;
/// Most places a word is cut at, on either side.
const CUTS: usize = 8;

/// Whether a password is one of the first that are tried: a word in its usual dress, a walk over the keyboard, a repeated block,
/// a number everybody knows.
pub(crate) fn is_listed(password: &str) -> bool {
    let folded = fold(password);
    is_dressed(&folded) || is_lone_word(&folded) || is_repeated(&folded) || keyboard::is_walk(password) || numbers::is_number(&folded)
}

/// Whether a text is a word of the list with digits and signs around it or in place of letters.
fn is_dressed(folded: &str) -> bool {
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    is_word(&letters) || {
        // A digit at the end may stand for a letter or for itself (`s3pt3mbr369`): every place to cut is tried.
        let (first, last) = letters_of(folded);
        let starts = || folded.char_indices().map(|(place, _)| place).filter(|place| *place <= first).take(CUTS);
        let ends = || folded.char_indices().map(|(place, c)| place + c.len_utf8()).filter(|place| *place >= last).take(CUTS);
        starts().any(|start| ends().any(|end| is_core(&folded[start..end])))
    }
}

/// Where the first letter begins and the last one ends.
fn letters_of(text: &str) -> (usize, usize) {
    let first = text.find(char::is_alphabetic).unwrap_or(0);
    let last = text.char_indices().rfind(|(_, c)| c.is_alphabetic()).map_or(text.len(), |(place, c)| place + c.len_utf8());
    (first, last)
}

/// Whether a text is a word once signs are read as the letters they stand for; other signs are left out (`mot-de-passe`).
fn is_core(dressed: &str) -> bool {
    // « 1 » stands for i or for l.
    ['i', 'l'].into_iter().any(|one| is_word(&dressed.chars().filter_map(|c| undress(c, one)).collect::<String>()))
}

/// Signs that stand for letters, letters for themselves, nothing for the rest.
fn undress(c: char, one: char) -> Option<char> {
    match c {
        '0' => Some('o'),
        '1' | '!' | '|' => Some(one),
        '2' => Some('z'),
        '3' | '€' => Some('e'),
        '4' | '@' => Some('a'),
        '5' | '$' => Some('s'),
        '6' | '9' => Some('g'),
        '7' | '+' => Some('t'),
        '8' => Some('b'),
        other => other.is_alphabetic().then_some(other),
    }
}

/// A word of the list, once or again and again, forwards or backwards.
fn is_word(core: &str) -> bool {
    let once = |word: &str| WORDS.contains(word);
    let repeated = |core: &str| period(core).is_some_and(|length| once(&core[..length]));
    once(core) || repeated(core) || core.len() >= 5 && once(&core.chars().rev().collect::<String>())
}

/// One word of the list among crumbs: numbers, signs, initials (`tm Soleil 26`, `soleil123a`).
fn is_lone_word(folded: &str) -> bool {
    let lone = |chunks: Vec<&str>| match chunks.as_slice() {
        [one] => is_dressed(one),
        _ => false,
    };
    let counts = |chunk: &&str| chunk.chars().filter(|c| c.is_alphabetic()).count() > SHORT;
    lone(folded.split(|c: char| !c.is_alphabetic()).filter(counts).collect())
        || lone(folded.split(|c: char| c.is_whitespace() || "-_.,;:/#*=".contains(c)).filter(counts).collect())
}

/// A block too short for a password, or listed itself, again and again.
fn is_repeated(folded: &str) -> bool {
    period(folded).is_some_and(|length| {
        let block = &folded[..length];
        block.chars().count() < domain::identity::password::SHORTEST || is_listed(block)
    })
}

/// The length in bytes of the block that a text is made of, at least twice, its last time perhaps cut short.
fn period(text: &str) -> Option<usize> {
    let (bytes, half) = (text.as_bytes(), text.len() / 2);
    (1..=half).find(|length| text.is_char_boundary(*length) && bytes[*length..] == bytes[..bytes.len() - length])
}

#[cfg(test)]
mod tests;
