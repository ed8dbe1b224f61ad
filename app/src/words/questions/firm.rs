//! Accounting firms.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "cabinet-obtenir-acces",
        theme: Theme::Firm,
        question: "Je suis comptable\u{202f}: comment accéder à l’espace d’un client\u{202f}?",
        answer: &[
            "Votre client vous donne des droits depuis «\u{a0}Gérer les droits d’accès\u{a0}». Vous recevez une invitation par mail\u{202f}: acceptez-la avec votre compte, ou créez-le à cette occasion. Aucun courrier de la caisse n’est nécessaire.",
            "Demandez à tous vos clients d’utiliser la même adresse mail\u{202f}: tous leurs sites se retrouvent ainsi dans votre portefeuille. Le SIRET du cabinet ne suffit pas à réunir deux adresses.",
            "Une fois un premier client obtenu, vous pouvez demander l’accès aux autres depuis l’onglet «\u{a0}Demandes d’accès\u{a0}» du portefeuille.",
        ],
        also: "comptable expert comptable cabinet premier acces client invitation compte creer",
    },
    Question {
        id: "portefeuille",
        theme: Theme::Firm,
        question: "À quoi sert le portefeuille de clients\u{202f}?",
        answer: &[
            "Le bouton «\u{a0}Portefeuille\u{a0}», en haut de la page, ouvre la liste de tous les sites où vous intervenez pour un cabinet\u{202f}: DSN du mois, alertes, votre rôle, fin de la délégation, et un accès direct aux pages de chacun.",
            "Cherchez par nom, SIRET ou ville, filtrez par gravité des alertes, par rôle ou par délégation qui prend fin sous 30 jours, et marquez d’une étoile vos favoris. «\u{a0}Exporter cette liste (CSV)\u{a0}» enregistre la liste telle que vous l’avez filtrée.",
            "Les alertes d’un client ne s’affichent que s’il vous a accordé la fonction «\u{a0}Suivi DSN\u{a0}».",
        ],
        also: "clients liste tableau de bord favoris etoile filtre export csv cabinet recherche",
    },
    Question {
        id: "transmettre-a-un-collaborateur",
        theme: Theme::Firm,
        question: "Comment donner accès à un collaborateur de mon cabinet\u{202f}?",
        answer: &[
            "Dans le portefeuille, ouvrez l’onglet «\u{a0}Collaborateurs\u{a0}». Sous «\u{a0}Donner des droits sur plusieurs clients\u{a0}», cochez les clients (50 au plus à la fois), saisissez l’adresse mail et les dates, puis cliquez sur «\u{a0}Choisir les droits\u{a0}». Le collaborateur reçoit une seule invitation pour tous ces clients.",
            "Pour un seul client, vous pouvez aussi ouvrir son espace, puis «\u{a0}Gérer les droits d’accès\u{a0}» et «\u{a0}Déléguer des droits\u{a0}».",
            "Vous ne transmettez jamais plus que ce que vous avez\u{202f}: ni un collège, ni une fonction, ni un jour de plus. Pour plusieurs clients à la fois, la grille se limite à ce que vous détenez sur chacun d’eux. Après l’envoi, lisez le résultat affiché client par client.",
            "Un collaborateur ne peut rien transmettre à son tour. Si le client supprime votre délégation, vos collaborateurs perdent leurs droits en même temps.",
        ],
        also: "collaborateur cabinet transmettre deleguer equipe assistant plusieurs clients limite perimetre maximum",
    },
    Question {
        id: "collaborateur-parti",
        theme: Theme::Firm,
        question: "Un collaborateur quitte le cabinet\u{202f}: comment lui retirer tous ses accès\u{202f}?",
        answer: &[
            "Dans le portefeuille, ouvrez l’onglet «\u{a0}Collaborateurs\u{a0}». Cochez toutes les lignes sous son nom, puis cliquez sur «\u{a0}Mettre fin aux droits cochés\u{a0}». Vérifiez le résultat, client par client.",
            "Vous ne voyez que ce que vous avez transmis vous-même. Un accès donné directement par un client se ferme chez ce client, et un accès transmis par un associé se ferme depuis son compte.",
        ],
        also: "depart collaborateur fin droits retirer acces plusieurs clients demission",
    },
    Question {
        id: "demander-un-acces",
        theme: Theme::Firm,
        question: "Comment demander l’accès à plusieurs clients en une fois\u{202f}?",
        answer: &[
            "Dans le portefeuille, ouvrez l’onglet «\u{a0}Demandes d’accès\u{a0}». Saisissez le SIRET de votre cabinet et ceux de vos clients, un par ligne (50 au plus), ou choisissez un fichier CSV de 2\u{a0}Mo au plus. Choisissez les droits demandés, puis cliquez sur «\u{a0}Envoyer les demandes\u{a0}». Un message de 500 caractères peut les accompagner.",
            "Les administrateurs de ces sites sont prévenus par mail. S’ils accordent, vous recevez une invitation à accepter, pour les droits demandés ou pour moins.",
        ],
        also: "demande acces masse csv siret fichier clients plusieurs",
    },
    Question {
        id: "demande-sans-reponse",
        theme: Theme::Firm,
        question: "Ma demande d’accès reste sans réponse\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Peut-être l’employeur n’a-t-il pas encore répondu, ou ce SIRET n’est-il pas connu de la caisse. Pour protéger les entreprises, la page ne le dit pas\u{202f}: dans les deux cas, elle affiche «\u{a0}En attente de réponse\u{a0}», puis «\u{a0}Expirée sans réponse\u{a0}» au bout de 30 jours.",
            "Vérifiez le SIRET, puis joignez votre client\u{202f}: il peut répondre depuis «\u{a0}Gérer les droits d’accès\u{a0}», ou vous inviter directement.",
            "Pour un même SIRET, une nouvelle demande n’est possible qu’une fois la précédente arrivée à ses 30 jours, même si elle a été refusée.",
        ],
        also: "attente refusee expiree statut demande client ne repond pas 30 jours",
    },
    Question {
        id: "client-disparu",
        theme: Theme::Firm,
        question: "Un client a disparu de mon portefeuille, ou n’est plus accessible\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Si la délégation est arrivée à sa date de fin, le client reste affiché 30 jours avec la mention «\u{a0}Terminée le…\u{a0}». Le bouton «\u{a0}Demander le renouvellement\u{a0}» prépare une demande d’accès à son SIRET.",
            "Si le client, ou votre cabinet, a mis fin à vos droits, il disparaît aussitôt. Adressez-vous à la personne qui vous avait donné cet accès.",
            "Vérifiez aussi qu’aucun filtre n’est actif\u{202f}: cliquez sur «\u{a0}Tout afficher\u{a0}».",
        ],
        also: "client absent perdu fin delegation renouvellement termine portefeuille",
    },
];
