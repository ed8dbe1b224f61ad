//! What `espace echanges` says to people, and the page an exchange is exported as.

use crate::command::exchanges::{Exchanged, Exported, Hindered};
use domain::contact::{ExchangeState, FileRefusal, Kind, MESSAGE, MOST_BYTES, MOST_FILES};
use domain::form::Reason;
use domain::text::{count, grouped};
use jiff::civil::DateTime;
use services::contact::{AnswerProblem, FundAnswered, FundExchange, FundLine, StoredFile};
use std::fmt::Write;

/// Most exchanges that are listed.
const MOST: usize = 500;
/// Most characters shown of the name of a site, of a person, and of a subject.
const SITE: usize = 30;
const AUTHOR: usize = 24;
const SUBJECT: usize = 60;
/// Before every line that somebody wrote: none of them can pass for one of ours.
const MARGIN: &str = "  ";

/// What was done about exchanges.
pub(super) fn told(told: &Exchanged) -> String {
    match told {
        Exchanged::List(lines) => list(lines),
        Exchanged::Read(exchange) => whole(exchange, &names(exchange)),
        Exchanged::Answered(answered) => self::answered(answered),
        Exchanged::Exported(exported) => self::exported(exported),
        Exchanged::Hindered(Hindered { reference, problem }) => match problem {
            AnswerProblem::Unknown => format!("Aucun message n’a la référence {reference}."),
            AnswerProblem::Twice => format!("La dernière réponse à {reference} dit déjà la même chose : rien n’a été envoyé de plus."),
            AnswerProblem::Text(reason) => format!("{} : rien n’a été envoyé.", text(*reason)),
            AnswerProblem::File { name, refusal } => {
                format!("Le fichier « {} » {} : rien n’a été envoyé.", line(name), file(*refusal))
            }
        },
    }
}

/// A state in one word.
const fn word(state: ExchangeState) -> &'static str {
    match state {
        ExchangeState::Sent => "envoyé",
        ExchangeState::Read => "lu",
        ExchangeState::Answered => "répondu",
    }
}

fn list(lines: &[FundLine]) -> String {
    if lines.is_empty() {
        return "Aucun message.".to_owned();
    }
    let title = ["Référence", "État", "Envoyé", "SIRET", "Site", "Auteur", "Objet"].map(str::to_owned);
    let row = |one: &FundLine| {
        [
            one.reference.to_string(),
            word(one.state).to_owned(),
            moment(one.sent),
            line(&one.siret),
            cut(&one.site, SITE),
            cut(&one.author, AUTHOR),
            cut(&one.subject, SUBJECT),
        ]
    };
    let rows: Vec<[String; 7]> = std::iter::once(title).chain(lines.iter().map(row)).collect();
    let widths: [usize; 7] = std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default());
    let aligned = |row: &[String; 7]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    let mut text = rows.iter().map(aligned).collect::<Vec<_>>().join("\n");
    if lines.len() >= MOST {
        let _ = write!(text, "\nSeuls les {MOST} plus récents sont montrés.");
    }
    text
}

/// The names of the files of an exchange: those of the message, then those of each answer.
pub(in crate::command) fn names(exchange: &FundExchange) -> Vec<String> {
    let answers = exchange.answers.iter().flat_map(|answer| &answer.files);
    exchange.files.iter().chain(answers).map(|file| file.name.clone()).collect()
}

/// An exchange as people read it; its files have these names, in the order of [`names`].
pub(in crate::command) fn whole(exchange: &FundExchange, names: &[String]) -> String {
    let FundExchange { line: about, email, phone, page, consent, message, files, answers } = exchange;
    let told = |text: &str| if text.is_empty() { "—".to_owned() } else { line(text) };
    let mut names = names.iter();
    let mut text = format!("Référence : {}\nÉtat : {}\nEnvoyé : {}\n", about.reference, word(about.state), moment(about.sent));
    let _ = writeln!(text, "Site : {}\nSIRET : {}\nDe : {}", line(&about.site), line(&about.siret), told(&about.author));
    let _ = writeln!(text, "Courriel : {}\nTéléphone : {}", told(email), told(phone.as_deref().unwrap_or_default()));
    if let Some(page) = page {
        let _ = writeln!(text, "Page : {}", line(page));
    }
    let _ = writeln!(text, "Consentement : version {}, le {}", line(consent), moment(about.sent));
    let _ = writeln!(text, "Objet : {}\n\n{}", line(&about.subject), written(message));
    attached(&mut text, files, &mut names);
    for answer in answers {
        let _ = writeln!(text, "\nRéponse de {}, le {} :\n\n{}", line(&answer.by), moment(answer.at), written(&answer.text));
        attached(&mut text, &answer.files, &mut names);
    }
    text.trim_end().to_owned()
}

fn attached<'a>(text: &mut String, files: &[StoredFile], names: &mut impl Iterator<Item = &'a String>) {
    for (number, file) in files.iter().enumerate() {
        let title = if number == 0 { "\nFichiers :\n" } else { "" };
        let name = names.next().unwrap_or(&file.name);
        let bytes = count(usize::try_from(file.bytes).unwrap_or(usize::MAX), "octet", "octets");
        let _ = writeln!(text, "{title}{MARGIN}{} ({bytes})", line(name));
    }
}

fn answered(answered: &FundAnswered) -> String {
    let FundAnswered { reference, files, told } = answered;
    let with = if *files == 0 { String::new() } else { format!(" avec {}", count(*files, "fichier", "fichiers")) };
    let mail = if *told {
        "Un courriel l’annonce à la personne qui a écrit."
    } else {
        "Aucun courriel ne l’annonce : la personne qui a écrit n’a plus accès à l’espace de ce site."
    };
    format!("La réponse à {reference} est enregistrée{with}. {mail}")
}

fn exported(exported: &Exported) -> String {
    let with = match exported.files.len() {
        0 => String::new(),
        files => format!(", avec {}", count(files, "fichier", "fichiers")),
    };
    format!("{} est copié dans {}{with}.", exported.reference, exported.folder.display())
}

/// What is wrong with an answer, as the beginning of a sentence.
fn text(reason: Reason) -> String {
    match reason {
        Reason::Missing => "La réponse ou le nom de qui répond est vide".to_owned(),
        Reason::TooLong => format!("La réponse dépasse {} caractères, ou le nom de qui répond est trop long", grouped(MESSAGE)),
        _ => "La réponse ou le nom de qui répond contient un caractère inconnu".to_owned(),
    }
}

/// What is wrong with a file, as the end of a sentence about it.
fn file(refusal: FileRefusal) -> String {
    match refusal {
        FileRefusal::TooMany => format!("est de trop, {MOST_FILES} au plus accompagnent une réponse"),
        FileRefusal::TooLarge => format!("est trop lourd, {} Mo au plus pour l’ensemble", MOST_BYTES / 1_000_000),
        FileRefusal::Empty => "est vide".to_owned(),
        FileRefusal::Kind => format!("n’est pas d’un type accepté ({})", Kind::ALL.map(Kind::code).join(", ")),
        FileRefusal::Content => "n’est pas ce que dit la fin de son nom".to_owned(),
        FileRefusal::Macros => "contient des macros".to_owned(),
        FileRefusal::Infected => "est infecté d’après l’antivirus".to_owned(),
        FileRefusal::ScannerDown => "n’a pas pu être analysé, l’antivirus ne répond pas".to_owned(),
        FileRefusal::Interrupted => "n’a pas été lu jusqu’au bout".to_owned(),
    }
}

fn moment(moment: DateTime) -> String {
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

/// A text that somebody wrote, with its margin.
fn written(text: &str) -> String {
    text.split('\n').map(|one| format!("{MARGIN}{}", line(one)).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A value on one line that neither steers the terminal it is shown on nor turns the line around.
fn line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let blank = |c: char| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c };
    text.chars().filter(|c| !turns(*c)).map(blank).collect()
}

/// The beginning of a value that is longer than its column.
fn cut(text: &str, most: usize) -> String {
    let text = line(text);
    if text.chars().count() <= most {
        return text;
    }
    let start: String = text.chars().take(most - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests;
