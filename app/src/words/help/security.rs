//! The tab « Sécurité » of one's own account, and the pages behind it.

use super::{Help, Step};

/// Tab « Sécurité ».
pub(super) const SECURITY: Help = Help {
    lead: "Cet onglet réunit ce qui protège votre compte\u{202f}: la double authentification, les appareils connectés et les dernières \
           opérations.",
    points: &[
        (
            "Double authentification",
            "Une deuxième preuve est demandée après le mot de passe. Ajoutez une application qui affiche des codes, ou une clé d’accès \
             quand elle est proposée\u{202f}; vous pouvez avoir les deux.",
        ),
        (
            "Codes de secours",
            "Dix codes vous sont donnés avec la première preuve, pour le jour où vous ne l’avez pas. «\u{a0}Créer de nouveaux \
             codes\u{a0}» remplace les anciens.",
        ),
        (
            "Appareils connectés",
            "Si vous ne reconnaissez pas une ligne, cliquez sur «\u{a0}Déconnecter les autres appareils\u{a0}», puis changez votre mot \
             de passe.",
        ),
        (
            "Autre service de connexion",
            "S’il y en a un, un cadre montre les identités rattachées à votre compte. «\u{a0}Dissocier\u{a0}» en retire une.",
        ),
        ("Dernières opérations", "Une opération n’est pas de vous\u{202f}? Changez votre mot de passe et prévenez votre caisse."),
    ],
    questions: &["double-authentification", "appareils-connectes", "mail-nouvel-appareil"],
    tour: &[
        Step {
            at: "double",
            title: "Double authentification",
            text: "Ajoutez ici une deuxième preuve, ou retirez celle que vous n’utilisez plus.",
        },
        Step {
            at: "appareils",
            title: "Appareils connectés",
            text: "Chaque ligne est un navigateur où votre compte est ouvert. Le vôtre porte la mention «\u{a0}cet appareil\u{a0}».",
        },
        Step {
            at: "journal", title: "Dernières opérations", text: "Ce qui a été fait sur votre compte, quand et depuis quel appareil."
        },
    ],
};

/// Adding an application that shows codes.
pub(super) const ADD_APP: Help = Help {
    lead: "Cette page relie à votre compte une application qui affiche un code de 6\u{a0}chiffres, différent toutes les \
           30\u{a0}secondes.",
    points: &[
        (
            "Avant de commencer",
            "Installez une application d’authentification sur votre téléphone, par exemple FreeOTP ou celle que votre entreprise \
             conseille. Puis cliquez sur «\u{a0}Continuer\u{a0}».",
        ),
        (
            "Relier",
            "Scannez l’image avec l’application. Si ce n’est pas possible, choisissez «\u{a0}saisir une clé\u{a0}» dans l’application \
             et recopiez la clé affichée à côté.",
        ),
        (
            "Confirmer",
            "Saisissez le code que l’application affiche et cliquez sur «\u{a0}Confirmer\u{a0}». S’il est refusé, attendez le suivant \
             et vérifiez que l’heure du téléphone est juste.",
        ),
        (
            "Ensuite",
            "Si c’est votre première preuve, dix codes de secours s’affichent une seule fois\u{202f}: gardez-les. Un compte a une seule \
             application\u{202f}; pour en changer, retirez d’abord l’ancienne.",
        ),
    ],
    questions: &["double-authentification", "code-application-refuse"],
    tour: &[
        Step {
            at: "contenu",
            title: "Relier une application",
            text: "Installez d’abord l’application sur votre téléphone, puis suivez les deux étapes de la page.",
        },
        Step {
            at: "scanner", title: "Scanner", text: "L’image apparaît après «\u{a0}Continuer\u{a0}». La clé à recopier est à côté."
        },
        Step { at: "code", title: "Le premier code", text: "Saisissez les 6\u{a0}chiffres affichés par l’application, puis confirmez." },
    ],
};

/// Adding a passkey.
pub(super) const ADD_PASSKEY: Help = Help {
    lead: "Cette page ajoute une clé d’accès\u{202f}: votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît par votre \
           empreinte, votre visage ou son code.",
    points: &[
        (
            "Créer la clé",
            "Donnez-lui un nom qui vous aidera à la reconnaître, cliquez sur «\u{a0}Créer la clé d’accès\u{a0}» et suivez votre \
             appareil.",
        ),
        (
            "Ce qu’il faut",
            "JavaScript et un navigateur récent. Si votre navigateur ne connaît pas les clés d’accès, la page le dit\u{202f}: \
             choisissez plutôt une application.",
        ),
        ("Mot de passe", "S’il a été saisi il y a plus de 15\u{a0}minutes, il est demandé d’abord."),
        (
            "Plusieurs clés",
            "Vous pouvez en avoir dix, une par appareil. Un appareil qui a déjà une clé pour votre compte n’en crée pas une seconde.",
        ),
    ],
    questions: &["double-authentification"],
    tour: &[
        Step {
            at: "contenu",
            title: "Une clé d’accès",
            text: "Elle remplace le code de l’application\u{202f}: votre appareil vous reconnaît.",
        },
        Step {
            at: "name",
            title: "Son nom",
            text: "Par exemple «\u{a0}Téléphone\u{a0}». Il apparaîtra dans l’onglet «\u{a0}Sécurité\u{a0}».",
        },
    ],
};

/// Recovery codes.
pub(super) const RECOVERY: Help = Help {
    lead: "Les codes de secours remplacent votre application ou votre clé d’accès le jour où vous ne l’avez pas. Chacun sert une seule \
           fois.",
    points: &[
        (
            "Les garder",
            "Ils ne s’affichent qu’une fois. Imprimez la page ou recopiez-les, rangez-les en lieu sûr, puis cliquez sur «\u{a0}J’ai \
             gardé mes codes, continuer\u{a0}».",
        ),
        (
            "En créer d’autres",
            "«\u{a0}Créer de nouveaux codes\u{a0}» en donne dix. Les anciens ne servent plus. Votre mot de passe est demandé s’il a été \
             saisi il y a plus de 15\u{a0}minutes.",
        ),
        ("S’en servir", "À la connexion, dépliez «\u{a0}Utiliser un code de secours\u{a0}» et saisissez l’un d’eux."),
        (
            "Vous n’en avez pas",
            "Ils accompagnent une application ou une clé d’accès\u{202f}: ajoutez-en d’abord une dans l’onglet «\u{a0}Sécurité\u{a0}».",
        ),
    ],
    questions: &["telephone-perdu", "double-authentification"],
    tour: &[Step {
        at: "contenu",
        title: "Vos codes de secours",
        text: "Cette page les affiche une fois, ou dit combien il vous en reste et permet d’en créer d’autres.",
    }],
};

/// Removing an application or a passkey.
pub(super) const REMOVE_FACTOR: Help = Help {
    lead: "Cette page retire une application ou une clé d’accès que vous n’utilisez plus.",
    points: &[
        (
            "Avant de retirer",
            "Lisez la phrase\u{202f}: si c’est la dernière, vos codes de secours ne serviront plus et votre mot de passe protégera seul \
             votre compte.",
        ),
        (
            "Retirer",
            "Cliquez sur «\u{a0}Retirer\u{a0}». Votre mot de passe est demandé s’il a été saisi il y a plus de 15\u{a0}minutes. Un mail \
             vous le confirme.",
        ),
        (
            "Changer de téléphone",
            "Vous ne pouvez avoir qu’une application\u{202f}: retirez l’ancienne, puis ajoutez la nouvelle. Gardez vos codes de secours \
             à portée de main.",
        ),
    ],
    questions: &["telephone-perdu", "double-authentification"],
    tour: &[Step {
        at: "contenu",
        title: "Retirer",
        text: "La page nomme ce que vous allez retirer et dit ce qui restera. «\u{a0}Annuler\u{a0}» ne change rien.",
    }],
};
