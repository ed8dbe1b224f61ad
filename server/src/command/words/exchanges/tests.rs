use super::*;
use domain::id::FileId;
use services::contact::ExchangeAnswer;

fn about(reference: &str, state: ExchangeState, subject: &str) -> FundLine {
    FundLine {
        reference: reference.parse().unwrap(),
        subject: subject.into(),
        state,
        site: "Martin Maçonnerie".into(),
        siret: "00123458200011".into(),
        author: "Claire Martin".into(),
        sent: jiff::civil::datetime(2026, 11, 24, 11, 5, 0, 0),
        files: 0,
    }
}

fn file(name: &str) -> StoredFile {
    let id: FileId = "01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse().unwrap();
    StoredFile { id, name: name.into(), kind: Kind::Pdf, bytes: 12_345, sha256: String::new() }
}

fn exchange() -> FundExchange {
    let at = jiff::civil::datetime(2026, 11, 25, 9, 0, 0, 0);
    FundExchange {
        line: about("ABCD-2345", ExchangeState::Answered, "Attestation"),
        email: "claire@exemple.fr".into(),
        phone: None,
        page: Some("/site/a/dsn".into()),
        consent: "2026-11".into(),
        message: "Bonjour,\n\nRéponse de la caisse : oui.\u{1b}[2J\u{202e}".into(),
        files: vec![file("a.pdf"), file("b.pdf")],
        answers: vec![ExchangeAnswer { at, by: "Paul".into(), text: "La voici.".into(), files: vec![file("a.pdf")] }],
    }
}

#[test]
fn the_list_is_a_table_and_long_subjects_are_cut() {
    let lines = [
        about("ABCD-2345", ExchangeState::Sent, "Attestation"),
        about("EFGH-6789", ExchangeState::Answered, &format!("{} fin\u{1b}[1m", "mot ".repeat(20))),
    ];
    let text = list(&lines);
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0], "Référence  État     Envoyé            SIRET           Site               Auteur         Objet");
    assert_eq!(rows[1], "ABCD-2345  envoyé   2026-11-24 11:05  00123458200011  Martin Maçonnerie  Claire Martin  Attestation");
    let subject: Vec<char> = rows[2].chars().skip(rows[0].chars().count() - "Objet".len()).collect();
    assert!(subject.len() <= SUBJECT && subject.ends_with(&['t', '…']), "{}", rows[2]);
    assert!(!text.contains('\u{1b}') && !text.contains("500"), "{text}");
    assert_eq!(list(&[]), "Aucun message.");
    assert!(list(&vec![about("ABCD-2345", ExchangeState::Read, "x"); MOST]).ends_with("Seuls les 500 plus récents sont montrés."));
}

#[test]
fn an_exchange_is_read_whole_and_nothing_in_it_passes_for_ours() {
    let names = ["a.pdf", "b.pdf", "a (2).pdf"].map(str::to_owned);
    let text = whole(&exchange(), &names);
    let wanted = "Référence : ABCD-2345\nÉtat : répondu\nEnvoyé : 2026-11-24 11:05\nSite : Martin Maçonnerie\nSIRET : 00123458200011\n\
                  De : Claire Martin\nCourriel : claire@exemple.fr\nTéléphone : —\nPage : /site/a/dsn\n\
                  Consentement : version 2026-11, le 2026-11-24 11:05\nObjet : Attestation\n\n  Bonjour,\n\n  \
                  Réponse de la caisse : oui. [2J\n\nFichiers :\n  a.pdf (12\u{a0}345\u{a0}octets)\n  b.pdf (12\u{a0}345\u{a0}octets)\n\n\
                  Réponse de Paul, le 2026-11-25 09:00 :\n\n  La voici.\n\nFichiers :\n  a (2).pdf (12\u{a0}345\u{a0}octets)";
    assert_eq!(text, wanted);
    assert_eq!(told(&Exchanged::Read(Box::new(exchange()))).matches("a.pdf").count(), 2, "under the names they have");
}

#[test]
fn whatever_hinders_an_answer_is_a_sentence_that_says_nothing_was_sent() {
    let said = |problem| told(&Exchanged::Hindered(Hindered { reference: "ABCD-2345".parse().unwrap(), problem }));
    assert_eq!(said(AnswerProblem::Unknown), "Aucun message n’a la référence ABCD-2345.");
    assert!(said(AnswerProblem::Twice).ends_with(" : rien n’a été envoyé de plus."));
    for reason in [Reason::Missing, Reason::TooLong, Reason::Characters] {
        assert!(said(AnswerProblem::Text(reason)).ends_with(" : rien n’a été envoyé."), "{reason:?}");
    }
    for refusal in FileRefusal::ALL {
        let sentence = said(AnswerProblem::File { name: "relevé\n.pdf".into(), refusal });
        assert!(sentence.starts_with("Le fichier « relevé .pdf » ") && sentence.ends_with(" : rien n’a été envoyé."), "{sentence}");
    }
}

#[test]
fn an_answer_says_whether_somebody_is_told() {
    let answered = |files, told| FundAnswered { reference: "ABCD-2345".parse().unwrap(), files, told };
    let told = |one| told(&Exchanged::Answered(one));
    assert!(told(answered(2, true)).starts_with("La réponse à ABCD-2345 est enregistrée avec 2\u{a0}fichiers. Un courriel"));
    assert!(told(answered(0, false)).contains("enregistrée. Aucun courriel"));
}
