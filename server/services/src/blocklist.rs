//! Passwords a thief tries first although they pass the rule: base words dressed up the usual ways (D22).
//!
//! The list is not stored: a password is undressed (case, accents, usual substitutions, digits and signs around it) and its
//! core looked up. That refuses every `Word + decoration` at once: some 200 words × all decorations, more than a list of
//! 100,000 lines would hold.

use domain::text::fold;

/// What people build passwords from: common ones, French ones, the trade's, months, clubs, names. Folded, sorted.
const WORDS: &[&str] = &[
    "abcd",
    "abcdef",
    "abcdefg",
    "abcdefgh",
    "abricot",
    "admin",
    "administrateur",
    "alexandre",
    "amour",
    "amoureux",
    "antoine",
    "aout",
    "arsenal",
    "artisan",
    "automne",
    "avril",
    "azerty",
    "azertyuiop",
    "barcelona",
    "baseball",
    "batiment",
    "batman",
    "bienvenue",
    "bisous",
    "bonheur",
    "bonjour",
    "bordeaux",
    "bretagne",
    "caisse",
    "camille",
    "caroline",
    "celine",
    "changeme",
    "changezmoi",
    "charlotte",
    "chantier",
    "charpente",
    "chaton",
    "chocolat",
    "christophe",
    "cibtp",
    "coucou",
    "compte",
    "conges",
    "couvreur",
    "decembre",
    "deuxmille",
    "dimanche",
    "doudou",
    "dragon",
    "employeur",
    "entreprise",
    "espace",
    "espacesecurise",
    "evrier",
    "fevrier",
    "football",
    "france",
    "francois",
    "frederic",
    "gestion",
    "guillaume",
    "hello",
    "hiver",
    "iloveyou",
    "intemperies",
    "isabelle",
    "janvier",
    "jeudi",
    "jetaime",
    "juillet",
    "juin",
    "julien",
    "laurent",
    "letmein",
    "liberte",
    "loulou",
    "lundi",
    "lyon",
    "macon",
    "maconnerie",
    "mai",
    "maison",
    "maman",
    "marine",
    "mardi",
    "marie",
    "marseille",
    "martin",
    "master",
    "mercredi",
    "michel",
    "mickael",
    "monkey",
    "motdepasse",
    "mars",
    "nantes",
    "nathalie",
    "nicolas",
    "nouveau",
    "novembre",
    "octobre",
    "olivier",
    "olympique",
    "paris",
    "parisien",
    "pass",
    "password",
    "passw",
    "passwort",
    "patrick",
    "peintre",
    "philippe",
    "pierre",
    "pilote",
    "plombier",
    "pokemon",
    "portail",
    "princess",
    "princesse",
    "printemps",
    "provisoire",
    "qwerty",
    "qwertyuiop",
    "qwertz",
    "rouge",
    "saintetienne",
    "samedi",
    "samsung",
    "sandrine",
    "sebastien",
    "secret",
    "securite",
    "septembre",
    "soleil",
    "sophie",
    "stephane",
    "sunshine",
    "superman",
    "temporaire",
    "test",
    "thomas",
    "toulouse",
    "travaux",
    "trustno",
    "valerie",
    "vacances",
    "vendredi",
    "vincent",
    "welcome",
    "yannick",
];

/// Signs that stand for letters.
fn undress_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        other => other,
    }
}

/// Whether a password is one of the list's words with digits and signs around it or in place of letters.
pub(crate) fn is_listed(password: &str) -> bool {
    let folded = fold(password);
    let bare = folded.trim_matches(|c: char| !c.is_alphabetic());
    let dressed: String = folded.trim_matches(|c: char| !c.is_alphanumeric() && !"@$!|".contains(c)).chars().map(undress_letter).collect();
    let without_digits: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let trimmed_dressed = dressed.trim_end_matches(|c: char| !c.is_alphabetic());
    [bare, trimmed_dressed, &without_digits].iter().any(|core| is_word(core) || is_repeat(core)) || is_word(&strip_number(&folded))
}

/// A word of the list, once or twice.
fn is_word(core: &str) -> bool {
    let once = |word: &str| WORDS.contains(&word);
    once(core)
        || (core.len().is_multiple_of(2)
            && core.is_char_boundary(core.len() / 2)
            && core[..core.len() / 2] == core[core.len() / 2..]
            && once(&core[..core.len() / 2]))
}

/// `aaaa`, `abab`: one or two characters again and again.
fn is_repeat(core: &str) -> bool {
    let chars: Vec<char> = core.chars().collect();
    chars.len() >= 4 && (1..=2).any(|step| chars.iter().zip(&chars[step..]).all(|(a, b)| a == b))
}

/// Substitutions inside the word only: the trailing number is cut first (`P4ssw0rd2026` → `password`).
fn strip_number(folded: &str) -> String {
    folded.trim_end_matches(|c: char| !c.is_alphabetic()).chars().map(undress_letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t13_words_in_their_usual_dress_are_known_and_sentences_are_not() {
        for listed in [
            "Password1",
            "Azerty123",
            "Soleil2026!",
            "Cibtp2026",
            "P@ssw0rd",
            "P4ssw0rd2026",
            "M0tdepasse!",
            "Bonjour1*",
            "Janvier26!",
            "12Marseille",
            "Chantier69!",
            "Aaaaaa1!",
            "BonjourBonjour1",
        ] {
            assert!(is_listed(listed), "{listed}");
        }
        for free in ["grue Tour 12", "Trois sapins bleus 9", "k7#Vq2!mZp", "Éclat d’obus 77"] {
            assert!(!is_listed(free), "{free}");
        }
    }
}
