use super::*;
use domain::identity::password::Password;
use std::collections::HashSet;

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
        "Mot-de-passe1",
        "Bonjour1*",
        "Janvier26!",
        "12Marseille",
        "Chantier69!",
        "Aaaaaa1!",
        "BonjourBonjour1",
        "4lexandre!",
        "Choco1at!",
        "Soleil123a",
        "tm Soleil 26",
        "Tnemitab77!",
        "Xk7!Xk7!Xk7!",
        "Été-2026!",
        "1qaz!QAZ",
        "ab 19/05/1985",
    ] {
        assert!(is_listed(listed), "{listed}");
    }
    for free in
        ["grue Tour 12", "Trois sapins bleus 9", "k7#Vq2!mZp", "Éclat d’obus 77", "Chantier calme 48", "Zébulon & Pollux 3", "bÉton-cireur"]
    {
        assert!(!is_listed(free), "{free}");
    }
}

/// Words a thief would start with, in the dresses a thief would try: written down here, whatever [`WORDS`] holds.
const USUAL: &str = "motdepasse bonjour soleil azerty password doudou loulou chocolat marseille paris toulouse bordeaux chouchou \
    nicolas julien thomas camille alexandre antoine caroline isabelle celine sandrine christophe princesse bienvenue vacances maison \
    football dragon jetaime amour papillon chantier batiment entreprise janvier septembre printemps lundi secret administrateur";

/// The usual dresses of a word: capital or not, letters replaced, a number and a sign before or after.
fn dresses(word: &str) -> impl Iterator<Item = String> {
    let capital: String = word.chars().enumerate().map(|(place, c)| if place == 0 { c.to_ascii_uppercase() } else { c }).collect();
    let replaced = capital.replace('o', "0").replace('e', "3").replace('a', "@");
    let numbers = (0..100).map(|n| n.to_string()).chain((1960..2030).map(|n| n.to_string())).chain(["123", "1234", "007"].map(Into::into));
    let numbers: Vec<String> = numbers.collect();
    [word.to_owned(), capital, word.to_uppercase(), replaced].into_iter().flat_map(move |base| {
        numbers
            .clone()
            .into_iter()
            .flat_map(move |n| {
                ["", "!", "*", "?", "@"].map(|sign| [format!("{base}{n}{sign}"), format!("{base}{sign}{n}"), format!("{n}{base}{sign}")])
            })
            .flatten()
    })
}

#[test]
fn d22_more_than_a_hundred_thousand_frequent_passwords_that_pass_the_rule_are_refused() {
    let tried: HashSet<String> = USUAL.split_whitespace().flat_map(dresses).filter(|typed| Password::parse(typed).is_ok()).collect();
    let missed: Vec<&String> = tried.iter().filter(|typed| !is_listed(typed)).collect();
    assert!(tried.len() >= 100_000, "only {} of them pass the rule", tried.len());
    assert!(missed.is_empty(), "{} of {} are let through: {:?}", missed.len(), tried.len(), &missed[..missed.len().min(20)]);
}

#[test]
fn words_are_folded_and_long_enough_to_mean_something() {
    assert!(WORDS.len() > 5_000, "{}", WORDS.len());
    for word in WORDS.iter() {
        assert!(word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
    }
}
