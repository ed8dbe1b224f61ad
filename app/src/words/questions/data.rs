//! Personal data, display, accessibility.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "voir-mes-donnees",
        theme: Theme::Data,
        question: "Comment savoir ce que le portail sait de moi, et en obtenir une copie\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», ouvrez l’onglet «\u{a0}Mes données\u{a0}» et cliquez sur «\u{a0}Voir mes données\u{a0}». La page montre votre compte, vos droits, vos appareils, vos messages et votre journal.",
            "«\u{a0}Télécharger le fichier\u{a0}» en enregistre une copie lisible par un programme. Pour une copie sur papier, imprimez la page.",
            "Une information est fausse\u{202f}? Corrigez-la dans «\u{a0}Connexion et contact\u{a0}». Pour toute autre demande, joignez votre caisse\u{202f}; vous pouvez aussi saisir la CNIL.",
        ],
        also: "rgpd acces portabilite export copie donnees personnelles telecharger json rectification cnil",
    },
    Question {
        id: "effacer-mes-donnees",
        theme: Theme::Data,
        question: "Comment supprimer mon compte et mes données\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», ouvrez l’onglet «\u{a0}Mes données\u{a0}», puis cliquez sur «\u{a0}Effacer mes données\u{a0}». La page dit ce qui part, ce qui reste et ce que deviennent vos sites. Saisissez votre mot de passe, cochez la case, puis cliquez sur «\u{a0}Effacer définitivement\u{a0}».",
            "C’est immédiat et définitif\u{202f}: un nouveau compte à la même adresse ne retrouvera rien. Restent, sous un simple numéro, le journal de sécurité pendant douze mois au plus et l’historique des droits\u{202f}; le dossier de votre entreprise reste à la caisse.",
            "Si vous êtes le dernier administrateur d’un site, l’entreprise recevra deux nouveaux courriers pour le rouvrir.",
        ],
        also: "supprimer suppression cloturer fermer compte effacement oubli rgpd desinscription",
    },
    Question {
        id: "cookies",
        theme: Theme::Data,
        question: "Quels cookies l’Espace sécurisé dépose-t-il\u{202f}?",
        answer: &[
            "Seulement ceux qui lui sont nécessaires\u{202f}: votre session, le message de la dernière page, la démarche en cours, la reconnaissance de votre navigateur et vos choix d’affichage. Aucun traceur.",
            "Si vous les effacez, vous êtes déconnecté, et votre appareil est de nouveau considéré comme inconnu\u{202f}: un mail vous signalera la prochaine connexion.",
        ],
        also: "cookie traceur confidentialite vie privee navigateur consentement bandeau",
    },
    Question {
        id: "accessibilite",
        theme: Theme::Data,
        question: "Le portail est-il utilisable au clavier, sur un téléphone ou sans JavaScript\u{202f}?",
        answer: &[
            "Oui. Tous les parcours se font au clavier\u{202f}; au début de chaque page, le lien «\u{a0}Aller au contenu\u{a0}» évite le menu. Sur un téléphone, le menu se replie derrière le bouton «\u{a0}Menu\u{a0}».",
            "Le portail fonctionne aussi sans JavaScript. Les clés d’accès, l’avertissement avant la fin de la session et le choix d’un fichier de SIRET ne sont alors pas disponibles.",
            "Le portail n’a pas encore été audité\u{202f}: il est donc déclaré non conforme au RGAA. La page «\u{a0}Accessibilité\u{202f}: non conforme\u{a0}», en bas de chaque page, en dit plus. Si un contenu vous résiste, joignez votre caisse\u{202f}: elle vous orientera vers une autre solution.",
        ],
        also: "mobile smartphone tablette handicap rgaa lecteur ecran clavier accessibilite malvoyant non conforme",
    },
    Question {
        id: "affichage",
        theme: Theme::Data,
        question: "Comment agrandir le texte ou passer en couleurs sombres\u{202f}?",
        answer: &[
            "Ouvrez «\u{a0}Affichage\u{a0}», en bas de chaque page. Choisissez des couleurs claires, sombres, ou comme votre appareil, et cochez «\u{a0}Texte plus grand\u{a0}» si vous le souhaitez, puis cliquez sur «\u{a0}Enregistrer\u{a0}».",
            "Ces choix sont gardés sur l’appareil où vous les faites\u{202f}: refaites-les sur les autres.",
        ],
        also: "mode sombre clair theme taille police zoom grand lisible couleurs",
    },
    Question {
        id: "imprimer",
        theme: Theme::Data,
        question: "Comment imprimer une page\u{202f}?",
        answer: &[
            "Utilisez l’impression de votre navigateur (souvent Ctrl et P). Le menu, les boutons et le bas de page ne sont pas imprimés. Pour garder une copie, choisissez un fichier PDF au lieu d’une imprimante.",
            "Une liste longue ne s’imprime que page par page\u{202f}: augmentez «\u{a0}Lignes par page\u{a0}» ou utilisez l’export.",
        ],
        also: "impression papier pdf imprimante copie",
    },
];
