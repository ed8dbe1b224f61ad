//! The choice of a site, the home of a site, the panels beside it.

use super::{Help, Step};

/// Choosing a site.
pub(super) const SITES: Help = Help {
    lead: "Votre compte donne accès à plusieurs sites déclarants. Choisissez ici celui dans lequel vous voulez travailler.",
    points: &[
        (
            "Choisir un site",
            "Cochez le site, puis cliquez sur «\u{a0}Valider\u{a0}». Vous arrivez sur son accueil. Vous pourrez en changer à tout \
             moment avec «\u{a0}Changer de tiers\u{a0}», en haut de la page.",
        ),
        (
            "Alertes DSN",
            "L’icône indique combien d’anomalies sont à traiter. Passez dessus pour les lire\u{202f}; cliquez pour aller directement au \
             Suivi DSN du site. La mention «\u{a0}non visibles\u{a0}» signifie que vous n’avez pas le droit Suivi DSN sur ce site.",
        ),
        ("Retrouver un site", "À partir de onze sites, une recherche par nom, SIRET ou ville est proposée."),
        (
            "Accès",
            "La colonne «\u{a0}Accès\u{a0}» dit à quel titre vous avez accès au site\u{202f}: administrateur, utilisateur, cabinet \
             comptable ou collaborateur.",
        ),
        (
            "Un site manque",
            "Pour un site de votre entreprise, associez-le avec ses courriers. Sinon, demandez à son administrateur de vous donner ou \
             de renouveler vos droits.",
        ),
    ],
    questions: &["choisir-site", "site-absent", "alertes-non-visibles"],
    tour: &[
        Step {
            at: "liste-sites",
            title: "Vos sites",
            text: "Chaque ligne est un site déclarant, avec son entreprise, son SIRET et sa ville. Cochez celui que vous voulez ouvrir.",
        },
        Step {
            at: "liste-sites",
            title: "Les alertes",
            text: "La dernière colonne signale les anomalies DSN. Cliquez sur l’icône pour ouvrir directement le Suivi DSN de ce site.",
        },
        Step {
            at: "contenu",
            title: "Entrer",
            text: "Cliquez sur «\u{a0}Valider\u{a0}», sous la liste, pour entrer dans l’espace du site coché.",
        },
    ],
};

/// Home of a site.
pub(super) const HOME: Help = Help {
    lead: "L’accueil d’un site rassemble l’essentiel\u{202f}: ce qui attend une action de votre part, et des accès directs aux \
           services.",
    points: &[
        (
            "Le site où vous êtes",
            "Son nom et son SIRET sont en haut de la page. Si votre compte donne accès à plusieurs sites, «\u{a0}Changer de \
             tiers\u{a0}» vous conduit aux autres.",
        ),
        (
            "Ce qui vous attend",
            "Les anomalies DSN s’affichent en premier, avec un lien vers leur suivi. Si un cabinet comptable vous demande un accès et \
             que vous administrez le site, sa demande est signalée ici.",
        ),
        (
            "Accès directs",
            "Les tuiles mènent aux services que vos droits vous ouvrent. Elles suivent votre usage\u{202f}: les services que vous ouvrez le \
             plus souvent sur ce site viennent en premier, et l’ordre ne change pas au cours de la journée. «\u{a0}Mes documents \
             récents\u{a0}» et «\u{a0}Aide\u{a0}» y sont toujours.",
        ),
        (
            "Ce que vous ne voyez pas",
            "Le menu ne montre que ce que vos droits permettent. S’il vous manque un service, demandez-le à un administrateur du site.",
        ),
        (
            "Double authentification",
            "Si votre compte n’en a pas, la page peut vous proposer de la mettre en place. «\u{a0}Ne plus proposer ici\u{a0}» retire \
             cette proposition sur ce navigateur.",
        ),
    ],
    questions: &["menu-incomplet", "alerte-dsn", "session-terminee", "guide-pratique"],
    tour: &[
        Step { at: "", title: "Bienvenue", text: "Cette visite présente l’accueil d’un site en quelques étapes." },
        Step {
            at: "site-courant",
            title: "Où vous êtes",
            text: "Le nom et le SIRET du site sont toujours affichés ici, avec ses alertes DSN s’il y en a et, si vous avez plusieurs \
                   sites, le bouton «\u{a0}Changer de tiers\u{a0}».",
        },
        Step {
            at: "menu",
            title: "Le menu",
            text: "Tous les services que vos droits vous ouvrent, rangés par thème. Il est présent sur chaque page du site.",
        },
        Step { at: "acces", title: "Accès directs", text: "Ces tuiles mènent en un clic aux services que vous utilisez le plus." },
        Step {
            at: "barre-fonctionnelle",
            title: "De l’aide partout",
            text: "Cinq boutons, sur chaque page du site\u{202f}: contacter votre caisse, les Questions-Réponses, l’aide, les \
                   nouveautés et le tutoriel.",
        },
        Step {
            at: "qui-suis-je",
            title: "Votre session",
            text: "Votre nom est affiché ici, avec «\u{a0}Se déconnecter\u{a0}». Sans action de votre part, la session se ferme après \
                   30\u{a0}minutes\u{202f}; un message vous prévient deux minutes avant.",
        },
    ],
};

/// Aide de la page.
pub(super) const PANEL_HELP: Help = Help {
    lead: "L’aide explique la page d’où vous venez\u{202f}: à quoi elle sert, ce que vous pouvez y faire et ce qu’il faut savoir.",
    points: &[
        ("Quelle page", "Le nom de la page concernée est indiqué sous le titre. «\u{a0}Revenir à la page\u{a0}» vous y ramène."),
        (
            "Si cela ne suffit pas",
            "Consultez les Questions-Réponses, ou joignez votre caisse\u{202f}: ses coordonnées sont en bas de la page.",
        ),
    ],
    questions: &["aide-de-la-page", "ecrire-a-ma-caisse"],
    tour: &[
        Step {
            at: "contenu",
            title: "L’aide de la page",
            text: "Le texte porte sur la page que vous venez de quitter. Un bouton vous y ramène.",
        },
        Step {
            at: "barre-fonctionnelle",
            title: "Toujours à portée",
            text: "Le bouton «\u{a0}Aide de la page\u{a0}» est dans cette barre sur chaque page du site.",
        },
    ],
};

/// Nouveautés.
pub(super) const PANEL_NEWS: Help = Help {
    lead: "Cette page annonce ce qui a changé dans l’Espace sécurisé.",
    points: &[
        ("Ce que vous y trouvez", "Les services qui ouvrent et les changements qui peuvent vous surprendre."),
        ("Revenir", "«\u{a0}Revenir à la page\u{a0}» vous ramène là où vous étiez."),
    ],
    questions: &["aide-de-la-page"],
    tour: &[Step {
        at: "contenu", title: "Les nouveautés", text: "Lisez ici ce qui a changé, puis revenez à votre page avec le bouton."
    }],
};

/// Tutoriel de la page.
pub(super) const PANEL_TUTORIAL: Help = Help {
    lead: "Le tutoriel présente, étape par étape, la page d’où vous venez.",
    points: &[
        ("Quelle page", "Le nom de la page concernée est indiqué sous le titre. «\u{a0}Revenir à la page\u{a0}» vous y ramène."),
        (
            "Pour en savoir plus",
            "«\u{a0}Aide de la page\u{a0}», dans la barre fonctionnelle, explique aussi ce qu’il faut savoir avant et ce qui se passe \
             après.",
        ),
    ],
    questions: &["aide-de-la-page"],
    tour: &[Step {
        at: "contenu",
        title: "Le tutoriel",
        text: "Les étapes portent sur la page que vous venez de quitter. Un bouton vous y ramène.",
    }],
};
