//! News of the portal (S94), newest first.

use super::News;

/// All of them.
pub const ALL: &[News] = &[
    News {
        id: "ecrire-a-votre-caisse",
        date: "2026-11-28",
        title: "Écrire à votre caisse",
        text: &[
            "«\u{a0}Contacter ma caisse\u{a0}» ouvre désormais un formulaire\u{202f}: un objet, votre message et, si besoin, jusqu’à 20\u{a0}fichiers pour 40\u{a0}Mo. Une référence vous est donnée aussitôt, et une copie part à votre adresse mail.",
            "«\u{a0}Mes échanges\u{a0}» dit où en est chaque message et garde les réponses de votre caisse avec leurs fichiers.",
        ],
        is_important: false,
    },
    News {
        id: "portefeuille-cabinet",
        date: "2026-11-24",
        title: "Cabinets comptables\u{202f}: tous vos clients sur une page",
        text: &[
            "Le portefeuille rassemble les sites de tous vos clients, avec la DSN du mois et les alertes par gravité. Vous cherchez, filtrez, marquez vos favoris et emportez la liste dans un fichier.",
            "Vous transmettez des droits à un collaborateur sur plusieurs clients à la fois, avec une seule invitation. Vous pouvez aussi demander un accès à un employeur\u{202f}: il l’accorde, le réduit ou le refuse.",
        ],
        is_important: false,
    },
    News {
        id: "liste-beneficiaires",
        date: "2026-11-24",
        title: "Une liste des bénéficiaires plus pratique",
        text: &[
            "La liste des droits d’accès se filtre par rôle, par statut et par dates, et se trie par colonne. Choisissez de 5 à 50 lignes par page\u{202f}: votre choix est gardé.",
            "Elle se télécharge aux formats CSV et XLSX.",
        ],
        is_important: false,
    },
    News {
        id: "journal-du-site",
        date: "2026-11-24",
        title: "Le journal du site dit qui a vu ou changé quoi",
        text: &[
            "Depuis la liste des bénéficiaires, les administrateurs ouvrent le journal de leur site\u{202f}: qui a consulté ou modifié quoi, quand, et pour quel cabinet.",
            "Il se filtre et se télécharge. Chaque événement est gardé un an.",
        ],
        is_important: false,
    },
    News {
        id: "fin-des-droits",
        date: "2026-11-24",
        title: "La fin des droits est annoncée à l’avance",
        text: &[
            "Un mail prévient 30 jours, 7 jours et 1 jour avant la fin des droits, puis le lendemain. Le bouton «\u{a0}Prolonger\u{a0}» les renouvelle en une étape.",
            "Dans «\u{a0}Gérer mon compte utilisateur\u{a0}», l’onglet «\u{a0}Notifications\u{a0}» règle, site par site, le rythme des mails sur les droits\u{202f}: aussitôt, un par jour, ou aucun. Les messages de sécurité partent toujours.",
        ],
        is_important: false,
    },
    News {
        id: "delegations",
        date: "2026-11-24",
        title: "Donnez des droits à un collègue ou à votre cabinet",
        text: &[
            "En deux étapes, choisissez la personne et les dates, puis les collèges et les fonctions, en consultation ou en mise à jour. Un aperçu montre ce qu’elle verra.",
            "L’invitation est liée à son adresse mail. Vous pouvez modifier ou fermer les droits à tout moment\u{202f}: le changement s’applique aussitôt.",
        ],
        is_important: false,
    },
    News {
        id: "mes-donnees",
        date: "2026-11-24",
        title: "Vos données personnelles, à portée de main",
        text: &[
            "Dans «\u{a0}Gérer mon compte utilisateur\u{a0}», l’onglet «\u{a0}Mes données\u{a0}» montre tout ce que le portail sait de vous. Vous pouvez l’imprimer, le télécharger ou demander son effacement.",
        ],
        is_important: false,
    },
    News {
        id: "double-authentification",
        date: "2026-11-24",
        title: "Protégez votre compte par une double authentification",
        text: &[
            "Ajoutez une deuxième preuve à votre mot de passe\u{202f}: une clé d’accès, ou un code affiché par une application de votre téléphone. Elle protège votre compte même si quelqu’un devine votre mot de passe.",
            "Ouvrez «\u{a0}Gérer mon compte utilisateur\u{a0}», puis l’onglet «\u{a0}Sécurité\u{a0}». Gardez en lieu sûr les codes de secours qui vous sont donnés.",
        ],
        is_important: true,
    },
    News {
        id: "ouverture",
        date: "2026-11-24",
        title: "Le nouvel Espace sécurisé est ouvert",
        text: &[
            "Ouvrez votre compte avec les deux courriers de votre caisse, choisissez un site déclarant et suivez ses alertes DSN. Un autre site s’ajoute à votre espace avec ses propres courriers.",
            "Tout fonctionne au téléphone comme au bureau. La page «\u{a0}Affichage\u{a0}» propose des couleurs sombres et un texte plus grand.",
        ],
        is_important: false,
    },
];
