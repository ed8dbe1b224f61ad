//! The services of a site.

use super::{Help, Step};

/// The tour of a service that is not open online yet.
const CLOSED: &[Step] = &[
    Step {
        at: "contenu",
        title: "Pas encore en ligne",
        text: "Cette page dit à quoi servira le service et comment joindre votre caisse, qui s’en charge avec vous d’ici là.",
    },
    Step {
        at: "menu",
        title: "Les autres services",
        text: "Le menu mène aux services de ce site. Le Suivi DSN et la gestion des droits d’accès, si vos droits les ouvrent, \
               fonctionnent déjà.",
    },
];

/// Informations légales.
pub(super) const LEGAL_INFORMATION: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à consulter les informations légales et déclaratives de votre \
           entreprise.",
    points: &[
        (
            "En attendant",
            "Pour vérifier ou faire corriger une information (raison sociale, adresse, titulaire), adressez-vous à votre caisse.",
        ),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        ("Qui verra ce service", "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Informations légales\u{a0}»."),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Suivi DSN.
pub(super) const DSN: Help = Help {
    lead: "Cette page liste, mois par mois, ce que votre caisse a relevé dans vos déclarations sociales nominatives (DSN).",
    points: &[
        (
            "Lire la liste",
            "Le mois le plus récent est en premier. Dans chaque mois, le plus grave est en tête. Sous chaque message, une phrase dit \
             quoi faire.",
        ),
        (
            "Quatre niveaux",
            "Bloquant\u{202f}: la déclaration n’a pas pu être prise en compte, corrigez-la en premier. Anomalie\u{202f}: à corriger \
             dans votre prochaine DSN. Avertissement\u{202f}: à vérifier. Information\u{202f}: rien à faire, elle ne compte pas dans les \
             alertes.",
        ),
        (
            "Corriger",
            "Rien ne se corrige sur cette page. Faites-le dans votre logiciel de paie\u{202f}; pour un point bloquant, déposez une DSN \
             «\u{a0}annule et remplace\u{a0}».",
        ),
        (
            "Après la correction",
            "Les messages ne disparaissent pas aussitôt\u{202f}: votre caisse met la liste à jour quand elle a traité la déclaration \
             suivante.",
        ),
        (
            "Un message que vous ne comprenez pas",
            "Notez le mois et le numéro de contrôle s’il est affiché, puis écrivez à votre caisse avec le bouton «\u{a0}Contacter ma \
             caisse\u{a0}».",
        ),
    ],
    questions: &["lire-suivi-dsn", "corriger-anomalie", "anomalie-toujours-la"],
    tour: &[
        Step {
            at: "mois-dsn",
            title: "Mois par mois",
            text: "Chaque bloc est un mois de déclaration, avec son nombre d’anomalies. Quand il n’y a rien à signaler, la page le dit.",
        },
        Step {
            at: "mois-dsn",
            title: "Gravité et conseil",
            text: "Chaque ligne indique sa gravité, le message de la caisse et ce que vous avez à faire.",
        },
        Step {
            at: "site-courant",
            title: "L’icône d’alerte",
            text: "Elle rappelle, sur chaque page du site, combien d’anomalies restent à traiter. Un clic ramène ici.",
        },
        Step {
            at: "barre-fonctionnelle",
            title: "Une question",
            text: "«\u{a0}Contacter ma caisse\u{a0}» est dans cette barre, sur toutes les pages.",
        },
    ],
};

/// Mes cotisations.
pub(super) const CONTRIBUTIONS: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à consulter vos cotisations et vos échéances.",
    points: &[
        ("En attendant", "Pour connaître un montant, une échéance ou demander un délai, adressez-vous à votre caisse."),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        (
            "Qui verra ce service",
            "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Cotisations et relevés de compte\u{a0}».",
        ),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Embauches et sorties.
pub(super) const STAFF: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à déclarer une embauche ou une sortie de personnel.",
    points: &[
        (
            "En attendant",
            "Pour signaler une embauche ou un départ, adressez-vous à votre caisse. Vos obligations de déclaration (DPAE, DSN) restent \
             les mêmes.",
        ),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        (
            "Qui verra ce service",
            "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Salariés\u{202f}: embauches et sorties\u{a0}».",
        ),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Planning des absences.
pub(super) const ABSENCES: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à consulter et à mettre à jour le planning des absences de vos \
           salariés.",
    points: &[
        ("En attendant", "Pour une demande de congés ou une question sur une absence, adressez-vous à votre caisse."),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        (
            "Qui verra ce service",
            "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Planning des absences et demandes de congés\u{a0}».",
        ),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Déclarer un arrêt.
pub(super) const STOPPAGES: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à saisir un arrêt de chantier dû aux intempéries.",
    points: &[
        (
            "En attendant",
            "Ne tardez pas à déclarer un arrêt\u{202f}: adressez-vous à votre caisse, qui vous dira comment faire et dans quel délai.",
        ),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        ("Qui verra ce service", "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Arrêts intempéries\u{a0}»."),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Remboursements.
pub(super) const REFUNDS: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à suivre le remboursement d’un arrêt dû aux intempéries.",
    points: &[
        ("En attendant", "Pour savoir où en est un remboursement, adressez-vous à votre caisse."),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        ("Qui verra ce service", "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Remboursements\u{a0}»."),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Tous mes documents.
pub(super) const DOCUMENTS: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à consulter et à télécharger vos relevés de compte et vos \
           attestations.",
    points: &[
        ("En attendant", "Pour obtenir une attestation ou un relevé, adressez-vous à votre caisse."),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        ("Qui verra ce service", "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Documents\u{a0}»."),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Rechercher un document.
pub(super) const DOCUMENT_SEARCH: Help = Help {
    lead: "Ce service n’est pas encore ouvert en ligne. Il servira à retrouver un document parmi ceux que votre caisse met à votre \
           disposition.",
    points: &[
        ("En attendant", "Pour retrouver un document, adressez-vous à votre caisse en précisant sa nature et sa date."),
        (
            "Joindre votre caisse",
            "Le téléphone avec ses horaires, l’adresse mail et l’adresse postale de votre caisse sont sur la page. Ayez sous la main le \
             SIRET du site, affiché en haut.",
        ),
        ("Qui verra ce service", "Les administrateurs du site, et les personnes qui ont le droit «\u{a0}Documents\u{a0}»."),
    ],
    questions: &["service-pas-encore-ouvert"],
    tour: CLOSED,
};

/// Questions-Réponses.
pub(super) const QUESTIONS: Help = Help {
    lead: "Cette page répond aux questions les plus fréquentes, rangées par thème.",
    points: &[
        (
            "Chercher",
            "Tapez quelques mots, par exemple «\u{a0}mot de passe\u{a0}» ou «\u{a0}cabinet\u{a0}», puis cliquez sur \
             «\u{a0}Chercher\u{a0}». Les réponses les plus proches sont en premier.",
        ),
        (
            "Parcourir",
            "Choisissez un thème dans la liste, ou faites défiler la page. Un clic sur une question ouvre sa réponse. «\u{a0}Tout \
             afficher\u{a0}» retire la recherche et le thème.",
        ),
        ("Donner votre avis", "Sous chaque réponse, «\u{a0}Oui\u{a0}» ou «\u{a0}Non\u{a0}» dit à la caisse si elle vous a aidé."),
        (
            "Pas de réponse",
            "«\u{a0}Poser cette question à ma caisse\u{a0}», sous une réponse, ou «\u{a0}Écrire à ma caisse\u{a0}», en bas de la page, \
             ouvre le formulaire de contact.",
        ),
    ],
    questions: &["ecrire-a-ma-caisse", "aide-de-la-page", "guide-pratique"],
    tour: &[
        Step { at: "recherche", title: "Chercher", text: "Quelques mots suffisent, comme vous les diriez." },
        Step {
            at: "theme",
            title: "Choisir un thème",
            text: "La liste limite les questions à un sujet\u{202f}: ouverture, connexion, droits d’accès…",
        },
        Step {
            at: "contenu",
            title: "Lire une réponse",
            text: "Cliquez sur une question pour ouvrir sa réponse. Si elle ne suffit pas, posez la question à votre caisse avec le \
                   bouton placé dessous.",
        },
    ],
};
