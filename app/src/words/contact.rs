//! Writing to the fund, and what came of it.

use super::account::moment;
use domain::contact::{ExchangeState, FileRefusal, Kind, MESSAGE, MOST_BYTES, MOST_FILES, SUBJECT};
use domain::text::{NBSP, count, grouped};
use jiff::civil::DateTime;

/// What people call the list of what they sent.
pub const EXCHANGES: &str = "Mes échanges avec la caisse";
/// The link to it, beside the form.
pub const TO_EXCHANGES: &str = "Mes échanges";
/// Below the heading of the form.
pub const LEAD: &str = "La réponse de votre caisse arrive dans «\u{a0}Mes échanges\u{a0}», et un mail vous prévient.";
/// Above the block that cannot be changed here (S150).
pub const BLOCK: &str = "Vos coordonnées";
/// Where it is changed.
pub const CHANGE_BLOCK: &str = "Modifier mes coordonnées";
/// Fields of the form, as the summary of errors calls them.
pub const FIELDS: [(&str, &str); 4] =
    [("objet", "Objet"), ("message", "Message"), ("fichiers", "Fichiers joints"), ("consentement", "Consentement")];
/// Below « Objet ».
pub const SUBJECT_HINT: &str = "Choisissez un thème proposé ou écrivez le vôtre.";
/// What people write about: its code in addresses, and the subject it gives (A44).
pub const THEMES: [(&str, &str); 8] = [
    ("cotisations", "Cotisations"),
    ("conges", "Congés d’un salarié"),
    ("dsn", "Déclarations DSN"),
    ("intemperies", "Intempéries et chômage-intempéries"),
    ("documents", "Attestations et documents"),
    ("banque", "Coordonnées bancaires"),
    ("acces", "Accès à l’espace"),
    ("autre", "Autre demande"),
];
/// Sends (S156).
pub const SEND: &str = "Envoyer";

/// Below « Message ».
#[must_use]
pub fn message_hint() -> String {
    format!(
        "{} caractères au plus. Donnez les dates et les noms utiles. Un message commencé est gardé 24{NBSP}heures pour que vous puissiez le reprendre.",
        grouped(MESSAGE)
    )
}

/// The subject a link asks for by the code of a theme.
#[must_use]
pub fn theme(code: &str) -> Option<&'static str> {
    THEMES.iter().find(|(known, _)| *known == code).map(|(_, subject)| *subject)
}

/// A question as a subject: its end is left out when it is longer than one.
#[must_use]
pub fn as_subject(question: &str) -> String {
    if question.chars().count() <= SUBJECT {
        return question.to_owned();
    }
    question.chars().take(SUBJECT - 1).chain(['…']).collect()
}

/// Version of the text of consent; changed with [`CONSENT`] and [`CONSENT_DETAILS`], since consent to one text is none to the next (T37).
pub const CONSENT_VERSION: &str = "2026-11";
/// What is consented to (S155).
pub const CONSENT: &str = "J’accepte que ma caisse traite mon message, les fichiers joints et les coordonnées affichées sur cette page, pour répondre à ma demande et la suivre.";
/// What becomes of it.
pub const CONSENT_DETAILS: &str =
    "La caisse ne s’en sert pour rien d’autre. Message et fichiers sont gardés cinq ans, puis effacés. En savoir plus\u{202f}: ";

/// « Texte 2026-11. »
#[must_use]
pub fn consent_version() -> String {
    format!("Texte {CONSENT_VERSION}.")
}

/// Above the files.
pub const FILES: &str = "Fichiers joints";
/// The field that takes them.
pub const ADD_FILES: &str = "Ajouter des fichiers";
/// Keeps the chosen files and comes back; with script they are taken at once.
pub const JOIN: &str = "Joindre ces fichiers";
/// Said where files can be dropped.
pub const DROP: &str = "Vous pouvez aussi déposer vos fichiers dans ce cadre.";
/// Takes a file away.
pub const REMOVE: &str = "Retirer";
/// Breaks an upload off.
pub const CANCEL: &str = "Annuler";
/// Tries an upload again.
pub const RETRY: &str = "Réessayer";
/// Above the files that were refused last.
pub const REFUSED: &str = "Ces fichiers n’ont pas été joints\u{202f}:";
/// Stands in the place of their names when a form is too long to be read.
pub const ALL_FILES: &str = "Les fichiers que vous avez choisis";
/// The same when some of them were dealt with before the line broke.
pub const OTHER_FILES: &str = "Les autres fichiers que vous avez choisis";
/// All bytes have left; the server looks at them.
pub const CHECKING: &str = "Vérification…";
/// « Envoyer » while files are under way.
pub const WAIT: &str = "Des fichiers sont en cours d’envoi\u{202f}: «\u{a0}Envoyer\u{a0}» sera disponible dès qu’ils seront joints.";
/// When they have come.
pub const READY: &str = "Vos fichiers sont joints\u{202f}: vous pouvez envoyer votre message.";
/// When some have not.
pub const LEFT_OUT: &str =
    "Un fichier de la liste n’est pas joint. Réessayez ou retirez-le. Pour envoyer sans lui, cliquez de nouveau sur «\u{a0}Envoyer\u{a0}».";
/// A file that is still there.
pub const NOT_REMOVED: &str = "Ce fichier n’a pas pu être retiré. Vérifiez votre connexion, puis recommencez.";

/// Heading of what somebody finds whose session ended while they wrote.
pub const ENDED: &str = "Votre session a pris fin";
/// Below it.
pub const ENDED_LEAD: &str = "Votre message n’est pas parti. Votre texte est repris ci-dessous.";
/// First step: a new tab, so that this page stays.
pub const ENDED_LOG_IN: &str = "Connectez-vous dans un nouvel onglet";
/// Second step.
pub const ENDED_RESUME: &str = "Revenez sur cette page, puis cliquez sur «\u{a0}Reprendre mon message\u{a0}».";
/// Third step.
pub const ENDED_FILES: &str =
    "Si vous veniez d’ajouter des fichiers, choisissez-les de nouveau. Ceux qui étaient déjà joints le sont toujours.";
/// Heading of the same where the portal failed.
pub const BROKEN: &str = "Votre message n’est pas enregistré";
/// Below it.
pub const BROKEN_LEAD: &str =
    "Il n’est pas parti. Votre texte est repris ci-dessous\u{202f}: réessayez dans quelques minutes, sans fermer cette page.";
/// Takes it up again.
pub const RESUME: &str = "Reprendre mon message";

/// « Vous avez un message non envoyé du 21 novembre 2026 à 14 h 05, « Mes congés », avec 2 fichiers. »
#[must_use]
pub fn unsent(touched: DateTime, subject: &str, files: usize) -> String {
    let about = if subject.trim().is_empty() { String::new() } else { format!(", «\u{a0}{}\u{a0}»", subject.trim()) };
    let with = if files == 0 { String::new() } else { format!(", avec {}", count(files, "fichier", "fichiers")) };
    format!("Vous avez un message non envoyé du {}{about}{with}.", moment(touched))
}

/// Name of what tells of it.
pub const UNSENT: &str = "Message non envoyé";
/// The link to it.
pub const TAKE_UP: &str = "Reprendre ce message";
/// Deletes it.
pub const DISCARD: &str = "Supprimer ce message";
/// Asked before.
pub const DISCARD_SURE: &str = "Supprimer ce message et ses fichiers\u{202f}? Ils ne pourront pas être retrouvés.";
/// Said beside « Message » once the script has kept what was typed.
pub const KEPT: &str = "Brouillon enregistré.";
/// When it could not.
pub const NOT_KEPT: &str = "Le brouillon n’est pas enregistré pour l’instant. Ne fermez pas cette page avant d’avoir envoyé votre message.";
/// When another tab has written into the same message.
pub const MOVED: &str = "Ce message a été modifié dans un autre onglet. Le brouillon enregistré est celui de l’autre onglet.";
/// When another tab has sent it.
pub const LEFT: &str = "Ce message est déjà parti, depuis un autre onglet. Ce que vous tapez ici n’est plus enregistré.";

/// Below the field that takes files.
#[must_use]
pub fn files_hint() -> String {
    let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::code).collect();
    format!("Jusqu’à {MOST_FILES}{NBSP}fichiers, {} en tout. Acceptés\u{202f}: {}.", size(MOST_BYTES), kinds.join(", "))
}

/// The ends of names that the field offers: « .pdf,.jpg,.jpeg ».
#[must_use]
pub fn accept() -> String {
    endings().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
}

/// The ends of names that are accepted, without their dots.
pub fn endings() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().flat_map(|kind| kind.extensions().iter().copied())
}

/// « 840 ko », « 12,4 Mo »: decimal, rounded; nothing that is there weighs 0.
#[must_use]
pub fn size(bytes: u64) -> String {
    let thousands = (bytes + 500) / 1_000;
    if thousands < 1_000 {
        let shown = if bytes == 0 { 0 } else { thousands.max(1) };
        return format!("{shown}{NBSP}ko");
    }
    let tenths = (bytes + 50_000) / 100_000;
    match (tenths / 10, tenths % 10) {
        (whole, 0) => format!("{whole}{NBSP}Mo"),
        (whole, tenth) => format!("{whole},{tenth}{NBSP}Mo"),
    }
}

/// « 2 fichiers sur 20 · 12,4 Mo sur 40 Mo » (A43).
#[must_use]
pub fn budget(files: usize, bytes: u64) -> String {
    budget_pattern(files > 1).replace("%n", &files.to_string()).replace("%t", &size(bytes))
}

/// The same for the script, which counts on: `%n` files, `%t` of weight.
#[must_use]
pub fn budget_pattern(is_plural: bool) -> String {
    let noun = if is_plural { "fichiers" } else { "fichier" };
    format!("%n{NBSP}{noun} sur {MOST_FILES} · %t sur {}", size(MOST_BYTES))
}

/// Why a file does not go with the message, and what to do. Its name stands beside it.
#[must_use]
pub const fn file_refusal(refusal: FileRefusal) -> &'static str {
    match refusal {
        FileRefusal::TooMany => "Un message compte 20\u{a0}fichiers au plus\u{202f}: retirez-en un, ou écrivez un second message.",
        FileRefusal::TooLarge => {
            "Trop lourd pour la place qui reste\u{202f}: les fichiers d’un message pèsent 40\u{a0}Mo au plus en tout. Réduisez-les, ou répartissez-les sur deux messages."
        }
        FileRefusal::Empty => "Ce fichier est vide.",
        FileRefusal::Kind => "Ce type de fichier n’est pas accepté. Enregistrez-le en pdf, ou dans un des types indiqués.",
        FileRefusal::Content => {
            "Le contenu de ce fichier n’est pas celui que son nom annonce. Enregistrez-le de nouveau, par exemple en pdf."
        }
        FileRefusal::Macros => "Ce document contient des macros. Enregistrez-le sans macros, ou en pdf.",
        FileRefusal::Infected => "L’antivirus a trouvé une menace dans ce fichier. Vérifiez votre appareil.",
        FileRefusal::ScannerDown => {
            "L’antivirus ne répond pas en ce moment, et aucun fichier n’est accepté sans lui. Réessayez dans quelques minutes."
        }
        FileRefusal::Interrupted => "L’envoi de ce fichier a été interrompu. Réessayez.",
    }
}

/// How far an exchange has come.
#[must_use]
pub const fn state(state: ExchangeState) -> &'static str {
    match state {
        ExchangeState::Sent => "Envoyé",
        ExchangeState::Read => "Lu",
        ExchangeState::Answered => "Répondu",
    }
}

/// « Envoyé le 21 novembre 2026 à 14 h 05 · Lu par la caisse le … · Répondu le … ».
#[must_use]
pub fn progress(sent: DateTime, read: Option<DateTime>, answered: Option<DateTime>) -> String {
    let steps = [("Envoyé le", Some(sent)), ("Lu par la caisse le", read), ("Répondu le", answered)];
    let said: Vec<String> = steps.into_iter().filter_map(|(what, at)| Some(format!("{what} {}", moment(at?)))).collect();
    said.join(" · ")
}

/// S157, with the reference and where the copy goes (A44).
#[must_use]
pub fn sent(reference: &str, email: &str) -> String {
    format!(
        "Votre message est envoyé à votre caisse. Référence\u{202f}: {reference}. Une copie part par mail à {email}. La réponse arrivera sur cette page, et un mail vous préviendra."
    )
}

/// « 3 messages ».
#[must_use]
pub fn found(total: usize) -> String {
    count(total, "message", "messages")
}

/// « Page 2 sur 3 ».
#[must_use]
pub fn page(number: usize, pages: usize) -> String {
    format!("Page {} sur {}", grouped(number), grouped(pages))
}

/// Whose messages the list holds.
#[must_use]
pub const fn whose(sees_all: bool) -> &'static str {
    if sees_all {
        "Vous voyez les messages de toutes les personnes qui ont écrit à la caisse au sujet de ce site."
    } else {
        "Vous voyez les messages que vous avez envoyés au sujet de ce site."
    }
}

/// The list before the first message.
pub const NOTHING: &str = "Aucun message pour l’instant.";
/// A page behind the last one.
pub const BEYOND: &str = "Il n’y a plus de message sur cette page.";
/// The thread before the first answer.
pub const UNANSWERED: &str = "Votre caisse n’a pas encore répondu. Sa réponse arrivera sur cette page.";
/// Above an answer.
pub const ANSWER: &str = "Réponse de votre caisse";
/// To the form, from a message.
pub const ANOTHER: &str = "Écrire un autre message";
/// To the form, from the list.
pub const WRITE: &str = "Écrire à ma caisse";
/// To the list.
pub const BACK: &str = "Revenir à mes échanges";

/// Heading of the files below a text: « Fichiers joints (2) ».
#[must_use]
pub fn files_of(number: usize) -> String {
    format!("Fichiers joints ({number})")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn s154_sizes_read_as_people_write_them() {
        for (bytes, shown) in [
            (0, "0\u{a0}ko"),
            (1, "1\u{a0}ko"),
            (1_499, "1\u{a0}ko"),
            (1_500, "2\u{a0}ko"),
            (840_200, "840\u{a0}ko"),
            (999_499, "999\u{a0}ko"),
            (999_500, "1\u{a0}Mo"),
            (1_049_999, "1\u{a0}Mo"),
            (1_050_000, "1,1\u{a0}Mo"),
            (12_400_000, "12,4\u{a0}Mo"),
            (39_949_999, "39,9\u{a0}Mo"),
            (MOST_BYTES, "40\u{a0}Mo"),
        ] {
            assert_eq!(size(bytes), shown, "{bytes}");
        }
    }

    #[test]
    fn s153_s154_the_budget_counts_files_and_weight() {
        assert_eq!(budget(0, 0), "0\u{a0}fichier sur 20 · 0\u{a0}ko sur 40\u{a0}Mo");
        assert_eq!(budget(1, 500), "1\u{a0}fichier sur 20 · 1\u{a0}ko sur 40\u{a0}Mo");
        assert_eq!(budget(2, 12_400_000), "2\u{a0}fichiers sur 20 · 12,4\u{a0}Mo sur 40\u{a0}Mo");
    }

    #[test]
    fn s153_s154_sentences_name_the_limits_that_hold() {
        assert!(file_refusal(FileRefusal::TooMany).contains(&format!("{MOST_FILES}\u{a0}fichiers")));
        assert!(file_refusal(FileRefusal::TooLarge).contains(&size(MOST_BYTES)));
        let said: std::collections::HashSet<&str> = FileRefusal::ALL.into_iter().map(file_refusal).collect();
        assert_eq!(said.len(), FileRefusal::ALL.len(), "each has its own");
        for kind in Kind::ALL {
            assert!(files_hint().contains(kind.code()) && accept().contains(&format!(".{}", kind.code())), "{kind:?}");
        }
    }

    #[test]
    fn a44_a_subject_comes_from_a_theme_or_a_question_and_fits() {
        assert_eq!(theme("dsn"), Some("Déclarations DSN"));
        assert_eq!(theme("<script>"), None);
        for (_, subject) in THEMES {
            assert!(subject.chars().count() <= SUBJECT, "{subject}");
        }
        for question in crate::words::questions::ALL {
            assert!(as_subject(question.question).chars().count() <= SUBJECT, "{}", question.id);
        }
        assert_eq!(as_subject(&"é".repeat(200)).chars().count(), SUBJECT);
    }

    #[test]
    fn an_unsent_message_is_told_by_its_day_subject_and_files() {
        let at = date(2026, 11, 21).at(14, 5, 0, 0);
        assert_eq!(unsent(at, " ", 0), "Vous avez un message non envoyé du 21\u{a0}novembre 2026 à 14\u{a0}h\u{a0}05.");
        let whole = unsent(at, "Mes congés", 2);
        assert!(whole.ends_with(", «\u{a0}Mes congés\u{a0}», avec 2\u{a0}fichiers."), "{whole}");
    }

    #[test]
    fn s157_what_became_of_a_message_is_said_in_order() {
        let at = |hour| date(2026, 11, 21).at(hour, 5, 0, 0);
        assert_eq!(progress(at(14), None, None), "Envoyé le 21\u{a0}novembre 2026 à 14\u{a0}h\u{a0}05");
        let whole = progress(at(9), Some(at(10)), Some(at(11)));
        let place = |word: &str| whole.find(word).unwrap();
        assert!(place("Envoyé le") < place("Lu par la caisse le") && place("Lu par la caisse le") < place("Répondu le"), "{whole}");
        assert!(sent("ABCD-2345", "claire@exemple.fr").contains("ABCD-2345"));
    }
}
