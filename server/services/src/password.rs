//! What the server adds to the guide's password rule: own words, usual passwords, and an estimate of the effort to guess.

use crate::blocklist;
use domain::form::Reason;
use domain::identity::password::Password;
use unicode_normalization::UnicodeNormalization;

/// How hard a password is to guess, 0 (at once) to 4 (out of reach).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength(pub u8);

/// Words of the fund that stand in no password.
const FUND_WORDS: [&str; 4] = ["cibtp", "conges", "intemperies", "espacesecurise"];

/// Estimates a password, knowing the words around the person.
#[must_use]
pub fn strength(password: &Password, words: &[&str]) -> Strength {
    Strength(zxcvbn::zxcvbn(password.reveal(), words).score().into())
}

/// The same characters however they were typed: NFC, as RFC 8265 asks.
///
/// # Errors
/// Those of the guide's rule.
pub(crate) fn normalized(typed: &str) -> Result<Password, Reason> {
    Password::parse(&typed.nfc().collect::<String>())
}

/// Likewise for a login, without the rule.
pub(crate) fn normalized_attempt(password: &Password) -> Password {
    Password::attempt(&password.reveal().nfc().collect::<String>()).unwrap_or_else(|_| password.clone())
}

/// The words of a person and of their address: the part before the @, each label of the domain but the last, first and last name.
pub(crate) fn own_words(email: &str, first: &str, last: &str) -> Vec<String> {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let domain = domain.rsplit_once('.').map_or(domain, |(name, _)| name);
    [local, domain, first, last].map(str::to_owned).into()
}

/// Checks a password that passes the guide's rule against `words` (mail, names, company, numbers) and against what is
/// guessed first.
///
/// # Errors
/// `Personal` or `Guessable`.
pub(crate) fn check(password: &Password, words: &[&str]) -> Result<(), Reason> {
    // Each word of a name or an address on its own: the estimate knows them in their dresses (`M@rt1n`).
    let parts: Vec<&str> =
        words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).filter(|part| !part.is_empty()).collect();
    if password.contains_any(words.iter().copied().chain(FUND_WORDS)) {
        Err(Reason::Personal)
    } else if blocklist::is_listed(password.reveal()) || strength(password, &parts).0 < 2 {
        Err(Reason::Guessable)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t13_own_words_usual_ones_and_weak_ones_are_refused() {
        let words = ["claire.martin", "Claire", "Martin", "Quemener Maçonnerie", "00123458200011"];
        for (typed, verdict) in [
            ("Martin69!", Err(Reason::Personal)),
            ("00123458200011aB", Err(Reason::Personal)),
            ("Soleil2026!", Err(Reason::Guessable)),
            ("Abcd1234", Err(Reason::Guessable)),
            ("Intempéries 7x", Err(Reason::Personal)),
            // On no list: the estimate knows the company's name in its dress.
            ("Qu3m3n3r9!", Err(Reason::Guessable)),
            ("grue Tour 12", Ok(())),
        ] {
            let password = Password::parse(typed).unwrap();
            assert_eq!(check(&password, &words), verdict, "{typed}");
        }
    }

    #[test]
    fn t13_every_label_of_a_domain_but_the_last_is_a_word() {
        assert_eq!(own_words("a.roux@mail.batisud.info", "Anne", "Roux"), ["a.roux", "mail.batisud", "Anne", "Roux"]);
        assert_eq!(own_words("a@localhost", "A", "B")[1], "localhost");
    }

    #[test]
    fn composed_and_decomposed_accents_are_one_password() {
        assert_eq!(normalized("Ve\u{301}lo bleu 4").unwrap(), normalized("V\u{e9}lo bleu 4").unwrap());
    }
}
