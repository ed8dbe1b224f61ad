//! Finding a text by words somebody types: accents, case, plurals and small words do not matter.

use crate::text::fold;
use std::collections::HashSet;

/// Words that say nothing of what is sought.
const SMALL: &[&str] = &[
    "a", "ai", "au", "aux", "avec", "c", "ce", "ces", "cette", "comment", "d", "dans", "de", "des", "du", "elle", "en", "est", "et", "il",
    "j", "je", "l", "la", "le", "les", "leur", "m", "ma", "me", "mes", "mon", "n", "ne", "nos", "notre", "on", "ou", "par", "pas", "pour",
    "pourquoi", "qu", "quand", "que", "quel", "quelle", "qui", "quoi", "s", "sa", "sans", "se", "ses", "son", "sont", "sur", "un", "une",
    "vos", "votre", "vous", "y",
];

/// Most words of a search that are looked at.
const MOST: usize = 12;

/// What is sought, ready to be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search(Vec<String>);

impl Search {
    /// Takes what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut sought: Vec<String> = Vec::new();
        for word in words(typed) {
            let stem = singular(&word);
            // Some end in an s that is no plural (« vous », « dans »), others have one (« quels »).
            let is_small = [word.as_str(), stem.as_str()].iter().any(|word| SMALL.contains(word));
            if !is_small && !sought.contains(&stem) {
                sought.push(stem);
            }
        }
        sought.truncate(MOST);
        Self(sought)
    }

    /// Whether nothing is sought.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How well texts fit, each with its weight: the sum over the words of the weight of the best text that has it; nothing when more
    /// than a third of the words are in none.
    #[must_use]
    pub fn score(&self, texts: &[(&str, u32)]) -> Option<u32> {
        let texts: Vec<(HashSet<String>, u32)> = texts.iter().map(|(text, weight)| (stems(text), *weight)).collect();
        let best = |word: &String| {
            let fits =
                |stems: &HashSet<String>| stems.contains(word) || (word.len() >= 4 && stems.iter().any(|stem| stem.starts_with(word)));
            texts.iter().filter(|(stems, _)| fits(stems)).map(|(_, weight)| *weight).max()
        };
        let found: Vec<u32> = self.0.iter().filter_map(best).collect();
        (!self.0.is_empty() && found.len() * 3 >= self.0.len() * 2).then(|| found.iter().sum())
    }
}

/// The words of a text without accents and case.
fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The same without the mark of the plural.
fn stems(text: &str) -> HashSet<String> {
    words(text).iter().map(|word| singular(word)).collect()
}

/// « chevaux » and « cheval », « courriers » and « courrier » alike. Not a dictionary: both sides of a comparison go through it.
fn singular(word: &str) -> String {
    let cut = |end: &str| word.strip_suffix(end).filter(|stem| stem.len() >= 3);
    if let Some(stem) = cut("aux") {
        return if stem.ends_with('e') { format!("{stem}au") } else { format!("{stem}al") };
    }
    cut("s").or_else(|| cut("x")).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(typed: &str, text: &str) -> bool {
        Search::new(typed).score(&[(text, 1)]).is_some()
    }

    #[test]
    fn accents_plurals_and_small_words_do_not_matter() {
        let text = "Comment recevoir de nouveaux courriers\u{202f}? Le journal et l’employé délégué que vous avez dans l’espace, sans plus";
        for typed in ["COURRIER", "courriers", "employes", "delegue", "journaux", "nouveau courrier"] {
            assert!(fits(typed, text), "{typed}");
        }
        assert!(fits("comment recevoir un courrier ?", text));
        assert!(fits("recev", text), "a word that is begun");
        for typed in ["facture", "rec", "facture impôt courrier", "", "le la les", "vous", "dans", "sans", "quels", "zyglotron dans vous"]
        {
            assert!(!fits(typed, text), "{typed}");
        }
    }

    #[test]
    fn the_better_place_counts() {
        let search = Search::new("mot de passe");
        let (title, body) = (search.score(&[("Mot de passe", 5), ("", 1)]), search.score(&[("", 5), ("le mot de passe", 1)]));
        assert_eq!((title, body), (Some(10), Some(2)));
    }

    proptest! {
        #[test]
        fn g23_any_text_is_searched_and_finds_itself(text in "\\PC{0,80}") {
            let search = Search::new(&text);
            prop_assert!(search.is_empty() || search.score(&[(&text, 1)]).is_some());
        }
    }
}
