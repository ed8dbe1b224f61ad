//! Messages to the fund, their files and answers.

use super::{DAY, DAY_AND_HOUR, TECHNICAL, YEARS, end, field, hidden, rows, shown, shown_as};
use crate::personal::Erasure::{self, Kept, Replaced};
use crate::personal::Export::Shown;
use crate::personal::Table;

const SITE: &str = "string::concat(site.name, ' (SIRET ', site.siret, ')')";
const LETTER: Erasure = Kept(
    "correspondance de l’entreprise avec sa caisse : nom et coordonnées en sont retirés, texte et fichiers restent tels quels ; ce qui n’a pas été envoyé est supprimé",
);

pub(super) const CONTACT_DRAFT: Table = Table {
    name: "contact_draft",
    title: "Messages à la caisse en cours d’écriture",
    rows: rows("(SELECT VALUE id FROM contact_draft WHERE account = $account)", "le champ account", "touched"),
    ends: &[end("tous", "", "touched", "la dernière modification", DAY)],
    fields: &[
        hidden("id", "Numéro du message", TECHNICAL),
        hidden("account", "Compte", TECHNICAL),
        shown_as("site", "Site", SITE),
        shown("subject", "Objet"),
        shown("message", "Message"),
        hidden("refused", "Fichiers refusés en dernier", TECHNICAL),
        hidden("files", "Nombre de fichiers", TECHNICAL),
        hidden("bytes", "Taille des fichiers", TECHNICAL),
        shown("touched", "Dernière modification"),
        hidden("writer", "Page ouverte qui l’enregistre", TECHNICAL),
    ],
};

pub(super) const CONTACT_FILE: Table = Table {
    name: "contact_file",
    title: "Fichiers joints aux messages à la caisse",
    rows: rows("(SELECT VALUE id FROM contact_file WHERE account = $account)", "le champ account", "touched"),
    ends: &[
        // After their draft, whose last touch may be a minute younger than theirs: it would stay, and say it had them.
        end("messages non envoyés", "state = 'draft'", "touched", "la dernière modification du message", DAY_AND_HOUR),
        end("messages envoyés et réponses", "state = 'kept'", "touched", "l’envoi", YEARS),
    ],
    fields: &[
        field("id", "Numéro du fichier", TECHNICAL, LETTER),
        field("exchange", "Numéro du message", TECHNICAL, LETTER),
        field("answer", "Numéro de la réponse", TECHNICAL, LETTER),
        field("account", "Compte", TECHNICAL, Replaced("NONE", "vidé")),
        field("name", "Nom du fichier", Shown("name"), LETTER),
        field("kind", "Nature", Shown("kind"), LETTER),
        field("bytes", "Taille en octets", Shown("bytes"), LETTER),
        field("sha256", "Empreinte", TECHNICAL, LETTER),
        field("state", "Joint à un message envoyé, ou non", TECHNICAL, LETTER),
        field("touched", "Date", Shown("touched"), LETTER),
    ],
};

pub(super) const EXCHANGE: Table = Table {
    name: "exchange",
    title: "Messages à la caisse",
    rows: rows("(SELECT VALUE id FROM exchange WHERE account = $account)", "le champ account", "sent"),
    ends: &[end("tous", "", "sent", "l’envoi", YEARS)],
    fields: &[
        field("id", "Numéro de la ligne", TECHNICAL, LETTER),
        field("account", "Compte", TECHNICAL, LETTER),
        field("site", "Site", Shown(SITE), LETTER),
        field("number", "Numéro du message", TECHNICAL, LETTER),
        field("reference", "Référence", Shown("reference"), LETTER),
        field("state", "État", Shown("state"), LETTER),
        field("author", "Nom", Shown("author"), Replaced("'Personne effacée'", "remplacé")),
        field("email", "Adresse mail", Shown("email"), Replaced("''", "vidé")),
        field("phone", "Téléphone", Shown("phone"), Replaced("NONE", "vidé")),
        field("subject", "Objet", Shown("subject"), LETTER),
        field("message", "Message", Shown("message"), LETTER),
        field("page", "Page d’où venait la personne", Shown("page"), Replaced("NONE", "vidé")),
        field("consent", "Version du texte du consentement", Shown("consent"), LETTER),
        field("files", "Nombre de fichiers", Shown("files"), LETTER),
        field("sent", "Envoyé, et consentement donné, le", Shown("sent"), LETTER),
        field("read", "Lu par la caisse le", Shown("read"), LETTER),
        field("answered", "Dernière réponse le", Shown("answered"), LETTER),
    ],
};

pub(super) const EXCHANGE_ANSWER: Table = Table {
    name: "exchange_answer",
    title: "Réponses de la caisse",
    rows: rows("(SELECT VALUE id FROM exchange_answer WHERE account = $account)", "le champ account", "at"),
    ends: &[end("toutes", "", "at", "la réponse", YEARS)],
    fields: &[
        field("id", "Numéro de la ligne", TECHNICAL, LETTER),
        field("number", "Numéro de la réponse", TECHNICAL, LETTER),
        field("account", "Compte", TECHNICAL, LETTER),
        field("by", "Qui a répondu", Shown("by"), LETTER),
        field("text", "Réponse", Shown("text"), LETTER),
        field("at", "Date", Shown("at"), LETTER),
    ],
};
