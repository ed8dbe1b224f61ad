//! T13: sixty passwords and the verdict on each, through the opening of an account, with the person's own words around.

use crate::support::{account, origin, refusal, with_claire, with_letters};
use domain::form::Reason;
use domain::identity::account::PasswordDraft;
use domain::identity::opening::AccountDraft;
use domain::identity::sign_in::SignInDraft;
use domain::refusal::Refusal;
use services::testing::Bench;
use services::{Fault, Scope};

/// As long as a password may be.
const LONG: &str =
    "Trente-six cerfs jaunes tournent au-dessus du fleuve, lents comme des hérons, et personne ne les regarde sauf Zoé, 7 ans et demi";

/// Claire Martin, claire@exemple.fr, of Martin Maçonnerie: SIRET 00123458200011, identifiant 6901234B.
const VERDICTS: [(&str, Option<Reason>); 63] = [
    // Rule 1: from 8 to 128 characters, whatever they are.
    ("", Some(Reason::Missing)),
    ("Ab1!xyz", Some(Reason::TooShort)),
    ("😀😀😀😀😀😀😀", Some(Reason::TooShort)),
    // Rule 2: three of four kinds.
    ("😀🎈🚜🏗🧱🦺🪚🔩", Some(Reason::TooPlain)),
    ("tout en petit", Some(Reason::TooPlain)),
    ("SansChiffre", Some(Reason::TooPlain)),
    ("minuscule77", Some(Reason::TooPlain)),
    ("12345678!", Some(Reason::TooPlain)),
    ("        ", Some(Reason::TooPlain)),
    // Rule 3: what is tried first, in every dress.
    ("Password1", Some(Reason::Guessable)),
    ("P@ssw0rd2026", Some(Reason::Guessable)),
    ("Azerty123", Some(Reason::Guessable)),
    ("Azertyuiop1!", Some(Reason::Guessable)),
    ("Qsdfghjklm1!", Some(Reason::Guessable)),
    ("1aqwZSX2", Some(Reason::Guessable)),
    ("Qwerty12!", Some(Reason::Guessable)),
    ("1qaz!QAZ", Some(Reason::Guessable)),
    ("Abcd1234", Some(Reason::Guessable)),
    ("Soleil2026!", Some(Reason::Guessable)),
    ("Motdepasse1!", Some(Reason::Guessable)),
    ("M0t-de-passe", Some(Reason::Guessable)),
    ("Bonjour123", Some(Reason::Guessable)),
    ("Marseille13!", Some(Reason::Guessable)),
    ("Doudou2012", Some(Reason::Guessable)),
    ("Chocolat1!", Some(Reason::Guessable)),
    ("Choco1at77", Some(Reason::Guessable)),
    ("Julien1987", Some(Reason::Guessable)),
    ("Été-2026!", Some(Reason::Guessable)),
    ("Janvier26!", Some(Reason::Guessable)),
    ("Chantier69!", Some(Reason::Guessable)),
    ("19/05/1985 Ab", Some(Reason::Guessable)),
    ("12 mars 1985", Some(Reason::Guessable)),
    ("06 12 34 56 78 a", Some(Reason::Guessable)),
    ("+33612345678Ab", Some(Reason::Guessable)),
    ("Abc1!Abc1!", Some(Reason::Guessable)),
    ("Xk7!Xk7!Xk7!", Some(Reason::Guessable)),
    ("Aaaaaa1!", Some(Reason::Guessable)),
    ("BonjourBonjour1", Some(Reason::Guessable)),
    ("Soleil soleil 26", Some(Reason::Guessable)),
    ("tnemitaB77!", Some(Reason::Guessable)),
    // Rule 4: the person's, the company's and the fund's own words, from four characters on.
    ("Cibtp2026", Some(Reason::Personal)),
    ("Congés 2026", Some(Reason::Personal)),
    ("Intempéries 7x", Some(Reason::Personal)),
    ("Mon EspaceSécurisé 1", Some(Reason::Personal)),
    ("Martin69!", Some(Reason::Personal)),
    ("MÂRTIN-2026x", Some(Reason::Personal)),
    ("Mart2026!", Some(Reason::Personal)),
    ("Claire.69003", Some(Reason::Personal)),
    ("claire@exemple.fr1A", Some(Reason::Personal)),
    ("exemple A 12", Some(Reason::Personal)),
    ("Maconnerie 7", Some(Reason::Personal)),
    ("00123458200011aB", Some(Reason::Personal)),
    ("x 001234582 Y", Some(Reason::Personal)),
    ("x6901234B!", Some(Reason::Personal)),
    ("M@rt1n69!", Some(Reason::Guessable)),
    // What passes: sentences, what a manager of passwords makes, characters of any kind, spaces at the ends.
    ("grue Tour 12", None),
    ("Trois sapins bleus 9", None),
    ("Éclat d’obus 77", None),
    ("k7#Vq2!mZp", None),
    (" Lune rousse 4 ", None),
    ("Tour\0 brune 41", None),
    ("Grue 🏗 bleue 3", None),
    (LONG, None),
];

async fn verdict(bench: &Bench, opening: &services::Opening, password: &str) -> Option<Reason> {
    let draft = AccountDraft { password: password.into(), password_confirmation: password.into(), ..account(opening) };
    match bench.services.open_account(opening, &draft).await {
        Ok(()) => None,
        Err(Fault::Refused(Refusal::Invalid(fields))) => fields.reason("password"),
        other => panic!("{password:?}: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_the_verdict_on_each_of_sixty_passwords() {
    let refused = Bench::new().await;
    let letters = with_letters(&refused).await;
    let opening = refused.services.prove_letters(&letters[0], &origin()).await.unwrap();
    for (password, expected) in VERDICTS {
        if expected.is_some() {
            assert_eq!(verdict(&refused, &opening, password).await, expected, "{password:?}");
        } else {
            let bench = Bench::new().await;
            let letters = with_letters(&bench).await;
            let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
            assert_eq!(verdict(&bench, &opening, password).await, None, "{password:?}");
        }
    }
}

/// Claire with this password, and what her login answers to another spelling of it.
async fn opens(password: &str, typed: &str) -> bool {
    let bench = with_claire().await;
    let login = |password: &str| SignInDraft { email: "claire@exemple.fr".into(), password: password.into(), next: String::new() };
    let session = bench.services.sign_in(&login("grue Tour 12"), &origin()).await.unwrap().signed_in().unwrap().session.0;
    let visit = bench.services.visit(&session, Scope::All).await.unwrap().unwrap();
    let draft = PasswordDraft {
        current: "grue Tour 12".into(),
        password: password.into(),
        password_confirmation: password.into(),
        ..PasswordDraft::default()
    };
    bench.services.change_password(&visit, &draft, &origin()).await.unwrap();
    match bench.services.sign_in(&login(typed), &origin()).await {
        Ok(_) => true,
        outcome => {
            assert_eq!(refusal(outcome), Refusal::WrongCredentials);
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_nothing_is_trimmed_cut_or_lost_and_accents_are_one_however_typed() {
    let last_changed: String = LONG.chars().take(127).chain(['!']).collect();
    assert_eq!((LONG.chars().count(), last_changed.chars().count()), (128, 128));
    for (password, typed, same) in [
        ("V\u{e9}lo bleu 4", "Ve\u{301}lo bleu 4", true),
        ("Ve\u{301}lo bleu 4", "V\u{e9}lo bleu 4", true),
        ("V\u{e9}lo bleu 4", "Velo bleu 4", false),
        (LONG, LONG, true),
        (LONG, &last_changed, false),
        (" Lune rousse 4 ", " Lune rousse 4 ", true),
        (" Lune rousse 4 ", "Lune rousse 4", false),
        ("Tour\0 brune 41", "Tour\0 brune 41", true),
        ("Tour\0 brune 41", "Tour", false),
        ("Grue 🏗 bleue 3", "Grue 🏗 bleue 3", true),
        ("Lune rousse 4", "lune rousse 4", false),
    ] {
        assert_eq!(opens(password, typed).await, same, "{password:?} / {typed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t13_a_hundred_and_twenty_eight_characters_pass_and_one_more_does_not() {
    let bench = Bench::new().await;
    let letters = with_letters(&bench).await;
    let opening = bench.services.prove_letters(&letters[0], &origin()).await.unwrap();
    let accents = format!("A1{}", "é".repeat(126));
    assert_eq!(verdict(&bench, &opening, &accents).await, Some(Reason::Guessable), "long enough, and always the same key");
    assert_eq!(verdict(&bench, &opening, &format!("{accents}é")).await, Some(Reason::TooLong));
    assert_eq!(verdict(&bench, &opening, &format!("{LONG}!")).await, Some(Reason::TooLong));
}
