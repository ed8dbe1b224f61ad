//! What links from mails lead to.

use super::Help;

/// The link that activates an account.
pub(super) const LINK_ACTIVATION: Help = Help {
    lead: "Vous arrivez ici par le lien du mail d’activation. Un bouton suffit pour ouvrir votre compte.",
    points: &[
        (
            "Activer",
            "Cliquez sur «\u{a0}Activer mon compte\u{a0}». Votre adresse mail est certifiée en même temps, puis vous vous connectez \
             avec votre mot de passe.",
        ),
        (
            "Pourquoi un bouton",
            "Certains logiciels de messagerie ouvrent les liens d’eux-mêmes. Le bouton garantit que c’est bien vous qui confirmez.",
        ),
        (
            "Le lien ne sert plus",
            "Il est valable 72\u{a0}heures et une seule fois. Si votre compte est déjà actif, connectez-vous\u{202f}; sinon, \
             «\u{a0}Recevoir un nouveau lien\u{a0}» en envoie un autre.",
        ),
    ],
    questions: &["lien-activation"],
    tour: &[],
};

/// The link that confirms a new address.
pub(super) const LINK_EMAIL: Help = Help {
    lead: "Vous arrivez ici par le lien envoyé à votre nouvelle adresse mail. La confirmer réactive votre compte.",
    points: &[
        (
            "Confirmer",
            "Cliquez sur «\u{a0}Confirmer ma nouvelle adresse\u{a0}». Elle devient votre identifiant de connexion, à la place de \
             l’ancienne.",
        ),
        ("Ensuite", "Connectez-vous avec la nouvelle adresse et votre mot de passe, qui n’a pas changé."),
        (
            "Le lien ne sert plus",
            "Il est valable 72\u{a0}heures. Si l’adresse est déjà confirmée, connectez-vous avec elle\u{202f}; sinon, demandez un \
             nouveau lien.",
        ),
    ],
    questions: &["changer-adresse-mail"],
    tour: &[],
};

/// The link that takes a change of address back.
pub(super) const LINK_REVERT: Help = Help {
    lead: "Vous arrivez ici par le mail envoyé à votre ancienne adresse. Cette page annule le changement d’adresse de votre compte.",
    points: &[
        (
            "Annuler le changement",
            "Cliquez sur «\u{a0}Garder mon ancienne adresse\u{a0}»\u{202f}: elle redevient votre identifiant et tous les appareils \
             connectés sont déconnectés.",
        ),
        (
            "Ensuite",
            "Choisissez un nouveau mot de passe. Si vous n’aviez pas demandé ce changement, prévenez aussi votre caisse\u{202f}: \
             quelqu’un connaissait peut-être votre mot de passe.",
        ),
        ("Vous aviez demandé ce changement", "Fermez simplement cette page\u{202f}: rien n’est annulé sans le bouton."),
    ],
    questions: &["changer-adresse-mail", "nouvelle-adresse-erreur"],
    tour: &[],
};

/// The link that certifies an address again.
pub(super) const LINK_CERTIFICATION: Help = Help {
    lead: "Vous arrivez ici par le mail de certification. Confirmez que cette adresse mail est toujours la vôtre.",
    points: &[
        ("Certifier", "Cliquez sur «\u{a0}Certifier mon adresse\u{a0}», puis connectez-vous comme d’habitude."),
        (
            "Le lien ne sert plus",
            "Si l’adresse est déjà certifiée, connectez-vous. Sinon, «\u{a0}Recevoir un nouveau lien\u{a0}» en envoie un autre\u{202f}; \
             seul le dernier est valable.",
        ),
    ],
    questions: &["certifier-mon-adresse"],
    tour: &[],
};

/// The link that leads to a new password.
pub(super) const LINK_RESET: Help = Help {
    lead: "Vous arrivez ici par le lien du mail «\u{a0}Mot de passe oublié\u{a0}». Choisissez un nouveau mot de passe.",
    points: &[
        (
            "Choisir",
            "8\u{a0}caractères au minimum, avec 3\u{a0}de ces 4 catégories\u{202f}: majuscules, minuscules, chiffres, caractères \
             spéciaux. Évitez votre nom, votre adresse mail et le nom de votre entreprise\u{202f}: ils sont refusés.",
        ),
        ("Ensuite", "«\u{a0}Enregistrer\u{a0}» déconnecte tous vos appareils. Vous vous connectez alors avec le nouveau mot de passe."),
        (
            "Le lien ne sert plus",
            "Il est valable une heure et une seule fois. Vous pouvez en demander un autre\u{202f}: seul le dernier reçu est valable.",
        ),
    ],
    questions: &["regles-mot-de-passe", "mot-de-passe-oublie"],
    tour: &[],
};

/// « Ce n’était pas moi ».
pub(super) const LINK_ALARM: Help = Help {
    lead: "Vous arrivez ici par un mail de sécurité, parce que l’opération signalée n’est pas de vous. Cette page ferme aussitôt tous \
           les accès ouverts à votre compte.",
    points: &[
        (
            "Réagir",
            "Cliquez sur «\u{a0}Déconnecter tous les appareils\u{a0}». Vous choisissez ensuite un nouveau mot de passe, avec un lien \
             envoyé par mail.",
        ),
        (
            "Prévenir",
            "Dites-le aussi à votre caisse. Une fois reconnecté, vérifiez l’onglet «\u{a0}Sécurité\u{a0}» de votre compte\u{202f}: \
             appareils, deuxièmes preuves et dernières opérations.",
        ),
        ("C’était bien vous", "Fermez cette page\u{202f}: rien n’est changé sans le bouton. Le lien est valable sept jours."),
    ],
    questions: &["mail-nouvel-appareil", "appareils-connectes"],
    tour: &[],
};

/// The link of an invitation.
pub(super) const LINK_INVITATION: Help = Help {
    lead: "Quelqu’un vous donne des droits sur un site. Cette page dit qui, sur quel site et pour combien de temps, et vous permet \
           d’accepter.",
    points: &[
        (
            "Vous avez déjà un espace",
            "Connectez-vous avec l’adresse mail invitée, puis cliquez sur «\u{a0}Accepter l’invitation\u{a0}». Le site s’ajoute à ceux \
             que vous avez.",
        ),
        (
            "Vous n’avez pas d’espace",
            "Indiquez vos nom, prénom et mot de passe, puis cliquez sur «\u{a0}Créer mon espace et accepter\u{a0}». Vous n’avez pas \
             besoin des courriers de la caisse. Vous vous connectez ensuite.",
        ),
        ("Vous êtes connecté avec une autre adresse", "Rien n’est modifié. Déconnectez-vous, puis ouvrez à nouveau le lien reçu par mail."),
        (
            "Le lien ne sert plus",
            "Il est valable sept jours. Demandez à la personne qui vous a invité de renvoyer l’invitation\u{202f}: seul le dernier lien \
             est valable.",
        ),
        ("Vous ne connaissez pas cette personne", "Ne faites rien\u{202f}: sans votre accord, l’invitation reste sans effet."),
    ],
    questions: &["invitation-recue", "regles-mot-de-passe"],
    tour: &[],
};
