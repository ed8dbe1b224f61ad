//! The form (S151, S152, S155, T37).

use crate::contact::{ContactDraft, MESSAGE, SUBJECT, Written};
use crate::form::Reason;
use proptest::prelude::*;

fn draft(subject: &str, message: &str) -> ContactDraft {
    ContactDraft { subject: subject.into(), message: message.into(), consent: "on".into(), consent_version: "2".into() }
}

fn reasons(draft: &ContactDraft) -> Vec<(String, Reason)> {
    draft.parse("2").unwrap_err().errors
}

#[test]
fn s151_s152_a_message_in_its_form() {
    let written = draft(" Congés\r\nde\u{a0} mai \u{202e}\u{7} ", "\r\nBonjour,\r\n\r\n\u{0}Jean\tMartin\u{1b}[31m\r ").parse("2");
    let written = written.unwrap();
    assert_eq!(written, Written { subject: "Congés de mai".into(), message: "Bonjour,\n\nJean Martin[31m".into() });
}

#[test]
fn t37_every_field_missing_is_said_at_once() {
    let missing = |name: &str, reason| (name.to_owned(), reason);
    assert_eq!(
        ContactDraft::default().parse("2").unwrap_err().errors,
        [missing("subject", Reason::Missing), missing("message", Reason::Missing), missing("consent", Reason::Unticked)]
    );
    // What cannot be seen is nothing.
    assert_eq!(reasons(&draft(" \u{202e}\u{200b}\n", "\u{feff} \r\n\u{200b}\u{0}")).len(), 2);
}

#[test]
fn limits_are_counted_in_characters_after_cleaning() {
    assert!(draft(&format!("  {}  ", "é".repeat(SUBJECT)), &format!("{}éé\r\n", "é\r\n".repeat(MESSAGE / 2 - 1))).parse("2").is_ok());
    let reason = Reason::TooLong;
    assert_eq!(
        reasons(&draft(&"é".repeat(SUBJECT + 1), &"é".repeat(MESSAGE + 1))),
        [("subject".into(), reason), ("message".into(), reason)]
    );
}

#[test]
fn t37_consent_is_to_the_text_in_force_and_nothing_else() {
    let good = draft("Objet", "Texte");
    for (consent, version) in [("", "2"), ("off", "2"), ("ON", "2"), ("on", "1"), ("on", ""), ("on", "2 "), ("on", "3")] {
        let draft = ContactDraft { consent: consent.into(), consent_version: version.into(), ..good.clone() };
        assert_eq!(reasons(&draft), [("consent".into(), Reason::Unticked)], "{consent:?} {version:?}");
    }
    assert!(good.parse("2").is_ok());
}

#[test]
fn what_was_typed_comes_back_whole_and_never_the_consent() {
    let long = draft("Objet", &"é\r\n".repeat(5_000));
    assert!(long.parse("2").unwrap_err().typed.is_empty(), "the draft on the server has it");
    let typed = long.typed();
    assert_eq!((typed.typed("subject"), typed.typed("message")), ("Objet", long.message.as_str()));
    assert_eq!((typed.typed.len(), typed.typed("consent")), (2, ""));
}

proptest! {
    #[test]
    fn whatever_is_typed_what_is_read_is_within_limits(subject: String, message: String, times in 1_usize..300) {
        let typed = draft(&subject, &message.repeat(times));
        match typed.parse("2") {
            Ok(Written { subject, message }) => {
                prop_assert!((1..=SUBJECT).contains(&subject.chars().count()) && (1..=MESSAGE).contains(&message.chars().count()));
                prop_assert!(!subject.contains(char::is_control));
                prop_assert!(!message.contains(|c: char| c.is_control() && c != '\n'));
                prop_assert_eq!((subject.trim(), message.trim()), (subject.as_str(), message.as_str()));
                prop_assert_eq!(draft(&subject, &message).parse("2").unwrap(), Written { subject, message });
            }
            Err(errors) => {
                prop_assert!(errors.reason("consent").is_none() && !errors.errors.is_empty());
                prop_assert!(errors.typed.iter().map(|(_, text)| text.len()).sum::<usize>() <= 2_560);
            }
        }
    }
}
