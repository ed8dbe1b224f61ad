//! The pages of the footer.

use super::Help;

/// Mentions légales.
pub(super) const NOTICES: Help = Help {
    lead: "Cette page dit qui édite et exploite l’Espace sécurisé, et qui en est responsable.",
    points: &[
        ("Ce que vous y trouvez", "L’éditeur, le directeur de la publication et ce qui concerne l’hébergement."),
        ("Joindre votre caisse", "Le téléphone, l’adresse mail et l’adresse postale de votre caisse sont sur cette page."),
    ],
    questions: &["joindre-sans-compte"],
    tour: &[],
};

/// Protection des données personnelles.
pub(super) const PRIVACY: Help = Help {
    lead: "Cette page explique quelles données sont traitées, pourquoi, combien de temps, et comment exercer vos droits.",
    points: &[
        (
            "Vos données, par vous-même",
            "Dans votre compte, l’onglet «\u{a0}Mes données\u{a0}» montre tout ce que l’Espace sécurisé sait de vous. Vous pouvez \
             l’imprimer, l’emporter ou l’effacer.",
        ),
        ("Cookies", "Seuls ceux qui sont nécessaires au fonctionnement sont déposés. Aucun ne sert à vous suivre."),
        ("Une demande", "Votre caisse vous répond\u{202f}: ses coordonnées sont sur cette page. Vous pouvez aussi saisir la CNIL."),
    ],
    questions: &["voir-mes-donnees", "effacer-mes-donnees", "cookies"],
    tour: &[],
};

/// Conditions générales d’utilisation.
pub(super) const TERMS: Help = Help {
    lead: "Cette page rappelle à qui l’Espace sécurisé est réservé et à quoi vous vous engagez en l’utilisant.",
    points: &[
        (
            "Votre mot de passe",
            "Il est personnel. Ne le donnez à personne\u{202f}: votre caisse ne vous le demandera jamais. Pour qu’un collègue accède à \
             un site, donnez-lui des droits à son nom.",
        ),
        ("Vos saisies", "Elles engagent l’entreprise. Signalez sans délai à votre caisse une utilisation que vous n’avez pas demandée."),
    ],
    questions: &[],
    tour: &[],
};

/// Accessibilité.
pub(super) const ACCESSIBILITY: Help = Help {
    lead: "Cette page dit où en est l’accessibilité de l’Espace sécurisé et que faire si un contenu ne vous est pas accessible.",
    points: &[
        (
            "La déclaration",
            "Elle dit si l’Espace est conforme aux règles d’accessibilité, ce qui a été vérifié et ce qui ne l’est pas encore. Les \
             parcours se font au clavier et sans JavaScript, clés d’accès exceptées.",
        ),
        (
            "Une difficulté",
            "Joignez votre caisse\u{202f}: elle vous proposera une autre solution. Sans réponse satisfaisante, vous pouvez saisir le \
             Défenseur des droits.",
        ),
        (
            "Adapter l’affichage",
            "Le lien «\u{a0}Affichage\u{a0}», en bas de chaque page, permet de choisir les couleurs et d’agrandir le texte.",
        ),
    ],
    questions: &["accessibilite", "affichage"],
    tour: &[],
};

/// Gestion des cookies.
pub(super) const COOKIES: Help = Help {
    lead: "Cette page dit quels cookies l’Espace sécurisé dépose, à quoi ils servent et combien de temps ils restent.",
    points: &[
        (
            "Aucun choix à faire",
            "Seuls les cookies nécessaires au fonctionnement sont déposés. Aucun ne sert à vous suivre\u{202f}: il n’y a donc pas de \
             bandeau à accepter.",
        ),
        (
            "Les effacer",
            "Vous pouvez le faire dans votre navigateur. Vous serez déconnecté, votre réglage d’affichage sera oublié et votre \
             navigateur ne sera plus reconnu à la connexion.",
        ),
    ],
    questions: &["cookies"],
    tour: &[],
};

/// Affichage: theme and size of text.
pub(super) const DISPLAY: Help = Help {
    lead: "Cette page règle les couleurs et la taille du texte sur l’appareil que vous utilisez.",
    points: &[
        ("Couleurs", "Choisissez «\u{a0}Comme mon appareil\u{a0}», «\u{a0}Claires\u{a0}» ou «\u{a0}Sombres\u{a0}»."),
        ("Taille du texte", "Cochez «\u{a0}Texte plus grand\u{a0}» pour agrandir toutes les pages."),
        (
            "Enregistrer",
            "Cliquez sur «\u{a0}Enregistrer\u{a0}». Le réglage vaut pour cet appareil et ce navigateur seulement\u{202f}; il ne demande \
             pas de compte.",
        ),
    ],
    questions: &["affichage", "accessibilite"],
    tour: &[],
};
