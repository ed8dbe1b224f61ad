//! Writing to the fund and what came of it.

use super::{Help, Step};

/// Contacter ma caisse.
pub(super) const FORM: Help = Help {
    lead: "Cette page envoie un message à votre caisse, avec des fichiers joints si besoin.",
    points: &[
        (
            "Vos coordonnées",
            "Elles sont affichées pour que la caisse puisse vous répondre. Elles ne se modifient pas ici, mais dans «\u{a0}Connexion et \
             contact\u{a0}».",
        ),
        (
            "Objet et message",
            "Les deux sont obligatoires. Choisissez un des thèmes proposés ou écrivez votre propre objet. Donnez les dates et les noms \
             utiles\u{202f}: la réponse sera plus rapide.",
        ),
        (
            "Fichiers joints",
            "Jusqu’à 20\u{a0}fichiers, 40\u{a0}Mo en tout. Choisissez-les ou déposez-les sur la page\u{202f}: ils sont joints un par un, \
             et la place qui reste est affichée. «\u{a0}Retirer\u{a0}» enlève un fichier.",
        ),
        (
            "Un fichier est refusé",
            "La raison est écrite à côté de son nom. Les autres fichiers et votre message restent. Si l’envoi a été interrompu, cliquez \
             sur «\u{a0}Réessayer\u{a0}».",
        ),
        (
            "Consentement",
            "Cochez la case pour accepter que la caisse traite les données de votre message. Sans elle, le message ne part pas.",
        ),
        (
            "Après l’envoi",
            "Une référence s’affiche et une copie vous est envoyée par mail. Gardez la référence\u{202f}: elle permet à la caisse de \
             retrouver votre message. La réponse arrive dans «\u{a0}Mes échanges\u{a0}».",
        ),
    ],
    questions: &["ecrire-a-ma-caisse", "fichiers-joints", "suivre-mes-echanges"],
    tour: &[
        Step {
            at: "coordonnees",
            title: "Vos coordonnées",
            text: "Vérifiez-les\u{202f}: c’est avec elles que la caisse vous répond. Elles se modifient dans «\u{a0}Connexion et \
                   contact\u{a0}».",
        },
        Step { at: "objet", title: "L’objet", text: "Choisissez un thème proposé ou écrivez le vôtre." },
        Step { at: "message", title: "Votre message", text: "Expliquez votre demande en donnant les dates et les noms utiles." },
        Step { at: "fichiers", title: "Les fichiers", text: "Ajoutez jusqu’à 20\u{a0}fichiers, 40\u{a0}Mo en tout." },
        Step {
            at: "consentement",
            title: "Votre accord",
            text: "Cochez la case, puis cliquez sur «\u{a0}Envoyer\u{a0}». Une référence vous est donnée aussitôt.",
        },
    ],
};

/// Mes échanges avec la caisse.
pub(super) const EXCHANGES: Help = Help {
    lead: "Cette page liste les messages envoyés à votre caisse au sujet de ce site, le plus récent d’abord.",
    points: &[
        (
            "Ce que vous voyez",
            "Vos propres messages. Si vos droits comprennent «\u{a0}Échanges avec la caisse\u{a0}», vous voyez ceux de toutes les \
             personnes qui ont écrit au sujet du site\u{202f}; une colonne dit alors qui a écrit.",
        ),
        (
            "Où en est un message",
            "Envoyé\u{202f}: votre caisse l’a reçu. Lu\u{202f}: quelqu’un l’a ouvert. Répondu\u{202f}: la réponse est dans le message.",
        ),
        ("Ouvrir un message", "Cliquez sur son objet\u{202f}: vous retrouvez votre texte, vos fichiers et les réponses de la caisse."),
        ("La référence", "Elle désigne votre message au téléphone. Elle ne donne accès à rien par elle-même."),
    ],
    questions: &["suivre-mes-echanges", "ecrire-a-ma-caisse"],
    tour: &[
        Step {
            at: "liste-echanges",
            title: "Vos messages",
            text: "Chaque ligne est un message, avec sa référence, sa date et ce qu’il est devenu. Cliquez sur l’objet pour l’ouvrir.",
        },
        Step {
            at: "ecrire",
            title: "Un nouveau message",
            text: "Ce bouton ouvre le formulaire. Un même sujet se suit mieux si vous rappelez la référence du premier message.",
        },
        Step {
            at: "barre-fonctionnelle",
            title: "Depuis chaque page",
            text: "«\u{a0}Contacter ma caisse\u{a0}» est dans cette barre, sur toutes les pages du site.",
        },
    ],
};

/// One message and its answers.
pub(super) const EXCHANGE: Help = Help {
    lead: "Cette page montre un message envoyé à votre caisse, ses fichiers, et les réponses reçues.",
    points: &[
        ("La référence", "Donnez-la à votre caisse si vous téléphonez\u{202f}: elle retrouve aussitôt votre message."),
        (
            "Où en est le message",
            "Sous la référence, la page dit quand il a été envoyé, quand la caisse l’a lu et quand elle a répondu. Un mail vous prévient \
             de chaque réponse.",
        ),
        (
            "Les fichiers",
            "Cliquez sur un fichier pour l’enregistrer sur votre appareil. Un message envoyé ne se modifie plus\u{202f}: pour ajouter \
             quelque chose, écrivez un autre message en rappelant la référence.",
        ),
        ("Garder une copie", "Imprimez la page, ou enregistrez-la en pdf avec l’impression de votre navigateur."),
    ],
    questions: &["suivre-mes-echanges", "imprimer"],
    tour: &[
        Step { at: "reference", title: "La référence", text: "Elle désigne votre message. Notez-la pour téléphoner à votre caisse." },
        Step {
            at: "message-envoye",
            title: "Le message",
            text: "Le texte et les fichiers, tels que votre caisse les a reçus. Les réponses s’ajoutent dessous, la plus ancienne d’abord.",
        },
        Step { at: "suite", title: "Et ensuite", text: "Écrivez un autre message, ou revenez à la liste de vos échanges." },
    ],
};
