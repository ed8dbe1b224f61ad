//! The tab « Mes données » of one's own account, and the pages behind it.

use super::{Help, Step};

/// Tab « Mes données ».
pub(super) const DATA: Help = Help {
    lead: "Cet onglet permet de consulter, d’imprimer et d’emporter tout ce que l’Espace sécurisé sait de vous, ou de l’effacer.",
    points: &[
        (
            "Voir mes données",
            "Compte, droits, appareils, messages, journal. Ni mot de passe, ni donnée d’une autre personne. Votre mot de passe est \
             demandé s’il a été saisi il y a plus de 15\u{a0}minutes.",
        ),
        (
            "Effacer mes données",
            "Le bouton conduit à une page qui dit ce qui part et ce qui reste. Rien n’est effacé avant votre confirmation.",
        ),
        ("Corriger", "Votre nom, vos téléphones et votre adresse mail se corrigent dans l’onglet «\u{a0}Connexion et contact\u{a0}»."),
    ],
    questions: &["voir-mes-donnees", "effacer-mes-donnees"],
    tour: &[
        Step {
            at: "consulter", title: "Consulter", text: "«\u{a0}Voir mes données\u{a0}» affiche tout, avec un fichier à télécharger."
        },
        Step { at: "effacer", title: "Effacer", text: "Ce bouton ouvre une page d’explication. Vous pourrez encore annuler." },
    ],
};

/// Everything that is keyed to the person.
pub(super) const DATA_READ: Help = Help {
    lead: "Cette page affiche tout ce que l’Espace sécurisé garde à votre sujet, rubrique par rubrique.",
    points: &[
        ("Imprimer", "Utilisez la fonction d’impression de votre navigateur pour une version sur papier."),
        ("Télécharger le fichier", "Il contient les mêmes données, au format JSON, lisible par un programme."),
        ("Trace", "Cette consultation est notée dans les dernières opérations de votre compte."),
        ("Une erreur", "Corrigez votre contact dans l’onglet «\u{a0}Connexion et contact\u{a0}». Pour le reste, joignez votre caisse."),
    ],
    questions: &["voir-mes-donnees", "imprimer"],
    tour: &[
        Step {
            at: "telecharger",
            title: "Emporter",
            text: "«\u{a0}Télécharger le fichier\u{a0}» enregistre vos données. «\u{a0}Revenir\u{a0}» ramène à l’onglet.",
        },
        Step {
            at: "contenu",
            title: "Rubrique par rubrique",
            text: "Chaque cadre est une sorte de données. Seules celles qui existent sont montrées.",
        },
    ],
};

/// Effacer mes données.
pub(super) const ERASE: Help = Help {
    lead: "Cette page ferme votre compte et efface vos données. C’est définitif.",
    points: &[
        (
            "Ce qui part, ce qui reste",
            "Les deux listes le disent. Restent surtout le journal de sécurité et l’historique des droits, où vous n’êtes plus qu’un \
             numéro, et le dossier de votre entreprise à la caisse.",
        ),
        (
            "Vos sites",
            "Si vous êtes le dernier administrateur d’un site, l’entreprise recevra deux nouveaux courriers pour le rouvrir. Un \
             collègue «\u{a0}Administrateur\u{a0}» n’y change rien\u{202f}: il faut un autre «\u{a0}Administrateur Entreprise\u{a0}», \
             c’est-à-dire une personne qui a ouvert ou associé le site avec des courriers de la caisse.",
        ),
        (
            "Confirmer",
            "Saisissez votre mot de passe, cochez la case, puis cliquez sur «\u{a0}Effacer définitivement\u{a0}». Un dernier message \
             part à votre adresse mail.",
        ),
        (
            "Seulement changer d’adresse",
            "N’effacez pas votre compte\u{202f}: «\u{a0}Modifier adresse mail\u{a0}» garde vos sites et vos droits. Un nouveau compte \
             ne retrouverait rien de celui-ci.",
        ),
    ],
    questions: &["effacer-mes-donnees", "dernier-administrateur"],
    tour: &[
        Step { at: "part", title: "Ce qui est effacé", text: "Lisez cette liste\u{202f}: l’effacement est immédiat." },
        Step { at: "reste", title: "Ce qui reste", text: "Ce que la caisse doit garder, et combien de temps." },
        Step { at: "understood", title: "Votre accord", text: "Sans cette case et votre mot de passe, rien n’est effacé." },
    ],
};
