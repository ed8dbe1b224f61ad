//! Alerts about declarations.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "alerte-dsn",
        theme: Theme::Dsn,
        question: "Que signifie le triangle avec un nombre à côté d’un site\u{202f}?",
        answer: &[
            "Votre caisse a relevé des anomalies dans les DSN de ce site, et le nombre dit combien. Passez dessus avec la souris, ou touchez-le une fois sur un téléphone\u{202f}: les messages s’affichent, les plus graves d’abord, cinq au plus.",
            "Cliquez dessus, ou touchez-le une seconde fois, pour ouvrir «\u{a0}Suivi DSN\u{a0}», qui les contient toutes. Les simples informations ne sont pas comptées.",
        ],
        also: "icone alerte anomalie triangle orange nombre bulle dsn accueil",
    },
    Question {
        id: "lire-suivi-dsn",
        theme: Theme::Dsn,
        question: "Comment lire la page «\u{a0}Suivi DSN\u{a0}»\u{202f}?",
        answer: &[
            "Elle liste ce que votre caisse a relevé, mois par mois, le plus récent en premier. Chaque ligne porte une gravité\u{202f}:",
            "- «\u{a0}Bloquant\u{a0}»\u{202f}: la déclaration n’a pas pu être prise en compte. C’est à traiter en premier.",
            "- «\u{a0}Anomalie\u{a0}»\u{202f}: à corriger dans votre prochaine DSN.",
            "- «\u{a0}Avertissement\u{a0}»\u{202f}: à vérifier\u{202f}; si la situation est normale, aucune correction n’est demandée.",
            "- «\u{a0}Information\u{a0}»\u{202f}: rien à faire.",
        ],
        also: "gravite bloquant anomalie avertissement information mois controle code signification",
    },
    Question {
        id: "corriger-anomalie",
        theme: Theme::Dsn,
        question: "Comment corriger une anomalie DSN\u{202f}?",
        answer: &[
            "La correction se fait dans votre logiciel de paie\u{202f}: la page «\u{a0}Suivi DSN\u{a0}» n’en modifie aucune. Commencez par les lignes «\u{a0}Bloquant\u{a0}».",
            "Pour une ligne «\u{a0}Bloquant\u{a0}», corrigez la déclaration et déposez une DSN annule et remplace. Pour une ligne «\u{a0}Anomalie\u{a0}», corrigez dans votre prochaine DSN.",
            "Si un cabinet comptable établit vos DSN, transmettez-lui le message et, s’il y en a un, le numéro du contrôle écrit dessous.",
        ],
        also: "correction rectifier annule et remplace logiciel de paie dsn erreur modifier",
    },
    Question {
        id: "anomalie-toujours-la",
        theme: Theme::Dsn,
        question: "J’ai corrigé ma DSN, mais l’anomalie est toujours affichée\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "La liste ne change pas au moment où vous déposez une DSN\u{202f}: c’est votre caisse qui la met à jour, après avoir traité la déclaration.",
            "Si l’anomalie reste affichée alors que la déclaration suivante a été traitée, ou si vous ne la comprenez pas, écrivez à votre caisse depuis «\u{a0}Contacter ma caisse\u{a0}». Indiquez le mois, le message et le numéro du contrôle.",
        ],
        also: "delai mise a jour persiste corrige affichee incompris comprendre traitement",
    },
    Question {
        id: "alertes-non-visibles",
        theme: Theme::Dsn,
        question: "La colonne «\u{a0}Alertes DSN\u{a0}» indique «\u{a0}non visibles\u{a0}»\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Vos droits sur ce site ne comprennent pas la fonction «\u{a0}Suivi DSN\u{a0}». Rien ne vous dit donc s’il a des anomalies.",
            "Demandez à la personne qui administre le site de vous accorder cette fonction, au moins en consultation. «\u{a0}aucune\u{a0}» veut dire au contraire que vous pouvez les voir et qu’il n’y en a pas.",
        ],
        also: "non visible colonne alertes droits suivi dsn aucune masque",
    },
];
