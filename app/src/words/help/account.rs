//! The pages of one's own account.

use super::{Help, Step};

/// Tab « Connexion et contact ».
pub(super) const PROFILE: Help = Help {
    lead: "Cette page montre votre adresse mail de connexion, la date de votre mot de passe et vos coordonnées. Elle est la même quel \
           que soit le site.",
    points: &[
        (
            "Modifier adresse mail",
            "Change votre identifiant de connexion. Votre compte est désactivé jusqu’à ce que vous cliquiez sur le lien envoyé à la \
             nouvelle adresse.",
        ),
        ("Modifier mot de passe", "Demande l’actuel, puis deux fois le nouveau. Vos autres appareils sont déconnectés."),
        ("Modifier contact", "Change vos nom, prénom et téléphones, et certifie votre mobile si votre caisse envoie des SMS."),
        (
            "Adresse certifiée",
            "La date jusqu’à laquelle votre adresse mail est certifiée est affichée. Un mail vous invite à la certifier à nouveau avant \
             l’échéance.",
        ),
        (
            "Les autres onglets",
            "«\u{a0}Sécurité\u{a0}»\u{202f}: double authentification et appareils. «\u{a0}Notifications\u{a0}»\u{202f}: mails sur les \
             droits. «\u{a0}Mes données\u{a0}»\u{202f}: tout ce que l’Espace sait de vous.",
        ),
    ],
    questions: &["changer-adresse-mail", "changer-mot-de-passe", "certifier-mobile"],
    tour: &[
        Step {
            at: "onglets-compte",
            title: "Les onglets",
            text: "Quatre onglets pour votre compte\u{202f}: connexion et contact, sécurité, notifications, données.",
        },
        Step {
            at: "connexion",
            title: "Se connecter",
            text: "Votre adresse mail et votre mot de passe, avec un bouton pour modifier chacun.",
        },
        Step { at: "contact", title: "Vos coordonnées", text: "Le nom et les numéros que votre caisse utilise pour vous joindre." },
    ],
};

/// Modifier adresse mail.
pub(super) const EMAIL: Help = Help {
    lead: "Cette page change l’adresse mail avec laquelle vous vous connectez.",
    points: &[
        (
            "À savoir avant",
            "Dès la validation, vous êtes déconnecté et votre compte est désactivé, jusqu’à ce que la nouvelle adresse soit confirmée. \
             Vérifiez que vous y avez accès.",
        ),
        (
            "Faire le changement",
            "Saisissez deux fois la nouvelle adresse et cliquez sur «\u{a0}Modifier mon adresse\u{a0}». Votre mot de passe est demandé \
             s’il a été saisi il y a plus de 15\u{a0}minutes.",
        ),
        (
            "Confirmer",
            "Ouvrez le mail reçu à la nouvelle adresse dans les 72\u{a0}heures, cliquez sur le lien puis sur «\u{a0}Confirmer ma \
             nouvelle adresse\u{a0}». Vos droits et vos sites ne changent pas.",
        ),
        ("Annuler", "Un message part aussi à l’ancienne adresse. Son lien annule le changement pendant sept jours."),
    ],
    questions: &["changer-adresse-mail", "nouvelle-adresse-erreur"],
    tour: &[
        Step {
            at: "contenu",
            title: "À lire d’abord",
            text: "L’avertissement en haut de la page\u{202f}: votre compte est désactivé jusqu’à la confirmation.",
        },
        Step { at: "email", title: "La nouvelle adresse", text: "Elle deviendra votre identifiant de connexion." },
        Step {
            at: "email_confirmation",
            title: "Une seconde fois",
            text: "Pour éviter une faute de frappe, qui vous empêcherait de recevoir le lien.",
        },
    ],
};

/// Modifier mot de passe.
pub(super) const PASSWORD: Help = Help {
    lead: "Cette page change le mot de passe de votre compte.",
    points: &[
        (
            "Règles",
            "8\u{a0}caractères au minimum, avec 3\u{a0}de ces 4 catégories\u{202f}: majuscules, minuscules, chiffres, caractères \
             spéciaux. La page vérifie pendant que vous tapez.",
        ),
        (
            "Ce qui est refusé",
            "Un mot de passe trop facile à deviner, l’actuel, ou un mot de passe qui contient votre nom, votre adresse mail, ou le nom \
             ou les numéros de votre entreprise.",
        ),
        (
            "Après «\u{a0}Enregistrer\u{a0}»",
            "Vos autres appareils sont déconnectés\u{202f}; celui-ci reste connecté. Un mail vous avertit. S’il arrive sans que vous \
             ayez rien changé, utilisez son lien.",
        ),
        (
            "Vous ne connaissez plus l’actuel",
            "Déconnectez-vous, puis utilisez «\u{a0}Mot de passe oublié\u{202f}?\u{a0}» sur la page de connexion.",
        ),
    ],
    questions: &["changer-mot-de-passe", "regles-mot-de-passe", "mot-de-passe-oublie"],
    tour: &[
        Step { at: "current", title: "L’actuel", text: "Il prouve que c’est bien vous." },
        Step {
            at: "password",
            title: "Le nouveau",
            text: "L’œil l’affiche pendant la saisie. Les règles sont cochées au fur et à mesure.",
        },
        Step { at: "password_confirmation", title: "Une seconde fois", text: "Puis cliquez sur «\u{a0}Enregistrer\u{a0}»." },
    ],
};

/// Modifier contact.
pub(super) const EDIT_CONTACT: Help = Help {
    lead: "Cette page change votre nom, votre prénom et vos numéros de téléphone.",
    points: &[
        (
            "Téléphones",
            "Ils sont facultatifs. Saisissez des numéros français, par exemple 04\u{a0}12\u{a0}34\u{a0}56\u{a0}78. Un mobile commence \
             par 06 ou 07, ou par un préfixe mobile d’outre-mer.",
        ),
        (
            "Certifier le mobile",
            "Quand votre caisse envoie des SMS, «\u{a0}Certifier\u{a0}» apparaît dès qu’un numéro de mobile est saisi. Recopiez le code \
             de 6\u{a0}chiffres, valable 10\u{a0}minutes, et cliquez sur «\u{a0}Valider le code\u{a0}».",
        ),
        (
            "Le code n’arrive pas",
            "Vérifiez le numéro, puis cliquez sur «\u{a0}Renvoyer un code\u{a0}». Attendez une minute entre deux demandes\u{202f}; cinq \
             codes au plus par jour.",
        ),
        ("Changer de numéro", "La certification vaut pour un numéro\u{202f}: un autre numéro est à certifier à son tour."),
        (
            "Terminer",
            "«\u{a0}Enregistrer\u{a0}» garde vos changements. Votre mot de passe est demandé s’il a été saisi il y a plus de \
             15\u{a0}minutes.",
        ),
    ],
    questions: &["changer-nom-telephone", "certifier-mobile", "sms-non-recu"],
    tour: &[
        Step { at: "first", title: "Vos nom et prénom", text: "Tels que vos interlocuteurs les verront." },
        Step { at: "phone", title: "Téléphone", text: "Facultatif." },
        Step {
            at: "mobile",
            title: "Téléphone mobile",
            text: "Saisissez-le\u{202f}: si votre caisse envoie des SMS, le bouton «\u{a0}Certifier\u{a0}» apparaît à côté.",
        },
    ],
};

/// Tab « Notifications ».
pub(super) const NOTIFICATIONS: Help = Help {
    lead: "Cet onglet règle, site par site, la façon de recevoir les mails sur les droits d’accès.",
    points: &[
        (
            "Trois choix",
            "«\u{a0}Aussitôt\u{a0}», «\u{a0}Un message par jour, à 7\u{a0}heures\u{a0}», ou «\u{a0}Aucun, sauf la sécurité\u{a0}». Puis \
             cliquez sur «\u{a0}Enregistrer\u{a0}».",
        ),
        ("Mails concernés", "Invitations acceptées, droits modifiés, fermés ou bientôt à leur fin."),
        (
            "Mails de sécurité",
            "Ils partent toujours aussitôt, quel que soit votre choix\u{202f}: mot de passe, adresse mail, nouvel appareil, nouvel \
             administrateur, invitations.",
        ),
        ("Quand", "Vos choix valent pour les prochains messages."),
    ],
    questions: &["notifications"],
    tour: &[
        Step { at: "rythmes", title: "Site par site", text: "Choisissez un rythme pour chaque site, puis enregistrez." },
        Step { at: "contenu", title: "Toujours envoyés", text: "Les mails de sécurité partent aussitôt, quel que soit votre choix." },
    ],
};
