//! Questions-Réponses (S92): what people ask, by theme, and what we answer.

mod account;
mod contact;
mod data;
mod dsn;
mod firm;
mod login;
mod opening;
mod rights;
mod sites;

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Letters and opening an account.
    Opening,
    /// Logging in.
    Login,
    /// One's own account.
    Account,
    /// Several sites.
    Sites,
    /// Alerts about declarations.
    Dsn,
    /// Delegating.
    Rights,
    /// Accounting firms.
    Firm,
    /// Writing to the fund.
    Contact,
    /// Personal data, display, accessibility.
    Data,
}

impl Theme {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 9] =
        [Self::Opening, Self::Login, Self::Account, Self::Sites, Self::Dsn, Self::Rights, Self::Firm, Self::Contact, Self::Data];

    /// In addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opening => "ouverture",
            Self::Login => "connexion",
            Self::Account => "compte",
            Self::Sites => "sites",
            Self::Dsn => "dsn",
            Self::Rights => "droits",
            Self::Firm => "cabinet",
            Self::Contact => "contact",
            Self::Data => "donnees",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening => "Courriers et ouverture du compte",
            Self::Login => "Connexion et mot de passe",
            Self::Account => "Mon compte",
            Self::Sites => "Mes sites déclarants",
            Self::Dsn => "Suivi DSN",
            Self::Rights => "Droits d’accès et délégations",
            Self::Firm => "Cabinets comptables",
            Self::Contact => "Écrire à ma caisse",
            Self::Data => "Données personnelles et affichage",
        }
    }
}

/// A question and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// In addresses: `code-perdu`.
    pub id: &'static str,
    /// What it is about.
    pub theme: Theme,
    /// As people ask it.
    pub question: &'static str,
    /// Paragraphs; one that begins with "- " is a line of a list.
    pub answer: &'static [&'static str],
    /// Other words it is looked for by.
    pub also: &'static str,
}

/// The questions of each theme, in the order the themes are shown.
const PARTS: [&[Question]; 9] =
    [opening::ALL, login::ALL, account::ALL, sites::ALL, dsn::ALL, rights::ALL, firm::ALL, contact::ALL, data::ALL];

/// How many questions there are.
const COUNT: usize = {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
};

/// All questions, in the order of their themes.
pub const ALL: &[Question] = &joined();

/// The parts one after the other; a constant cannot be made of iterators.
const fn joined() -> [Question; COUNT] {
    let mut all = [PARTS[0][0]; COUNT];
    let (mut next, mut part) = (0, 0);
    while part < PARTS.len() {
        let mut place = 0;
        while place < PARTS[part].len() {
            all[next] = PARTS[part][place];
            next += 1;
            place += 1;
        }
        part += 1;
    }
    all
}

/// A question by its name in addresses.
#[must_use]
pub fn find(id: &str) -> Option<&'static Question> {
    ALL.iter().find(|question| question.id == id)
}

/// Below an answer.
pub const HELPED: &str = "Cette réponse vous a-t-elle aidé\u{202f}?";
/// When nothing was found.
pub const NOTHING: &str = "Aucune question ne correspond à ces mots. Essayez-en d’autres, ou écrivez à votre caisse.";
/// Thanks for an opinion.
pub const THANKS: &str = "Merci, votre avis est noté.";
/// Thanks for an opinion that says no, with what to do next.
pub const SORRY: &str = "Merci, votre avis est noté. Votre caisse peut vous répondre\u{202f}: écrivez-lui.";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn s92_every_theme_has_questions_and_every_question_one_address() {
        for theme in Theme::ALL {
            assert!(ALL.iter().filter(|question| question.theme == theme).count() >= 3, "{theme:?}");
        }
        let ids: HashSet<&str> = ALL.iter().map(|question| question.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for question in ALL {
            assert!(question.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{}", question.id);
            assert!(question.question.ends_with('?') && !question.answer.is_empty(), "{}", question.id);
        }
    }
}
