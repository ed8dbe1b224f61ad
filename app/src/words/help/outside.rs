//! The pages outside login: entry, opening, association, login.

use super::Help;

/// The public entry.
pub(super) const ENTRY: Help = Help {
    lead: "Cette page est la porte d’entrée de l’Espace sécurisé. Choisissez selon votre situation\u{202f}: vous avez un espace, vous \
           le créez, ou vous y ajoutez un site.",
    points: &[
        (
            "Vous avez déjà un espace",
            "«\u{a0}Se connecter\u{a0}» conduit à la page de connexion. Il vous faut l’adresse mail de votre compte et votre mot de \
             passe.",
        ),
        (
            "Première connexion",
            "«\u{a0}Je crée mon espace sécurisé\u{a0}» ouvre votre compte en deux étapes. Munissez-vous des deux courriers de votre \
             caisse\u{202f}: le courrier de bienvenue et le courrier informatique.",
        ),
        (
            "Un autre site déclarant",
            "Chaque site reçoit ses propres courriers. «\u{a0}Je les associe à un espace existant\u{a0}» ajoute ce site à l’espace que \
             vous avez déjà, sans créer de second compte.",
        ),
        (
            "Vous avez reçu une invitation",
            "Vous n’avez pas besoin de courriers. Ouvrez le lien reçu par mail\u{202f}: il vous permet de créer votre espace ou de vous \
             connecter, puis d’accepter les droits.",
        ),
    ],
    questions: &["ouvrir-mon-espace", "deux-courriers", "invitation-recue"],
    tour: &[],
};

/// Connexion.
pub(super) const SIGN_IN: Help = Help {
    lead: "Cette page vous connecte à votre espace, avec l’adresse mail de votre compte et votre mot de passe.",
    points: &[
        (
            "Se connecter",
            "Saisissez votre adresse mail et votre mot de passe, puis cliquez sur «\u{a0}Connexion\u{a0}». L’œil à droite du mot de \
             passe affiche ce que vous tapez.",
        ),
        (
            "Ce qui suit",
            "Si votre compte a une double authentification, une deuxième preuve est demandée. Avec un seul site, vous arrivez sur son \
             accueil. Avec plusieurs, vous choisissez d’abord le site.",
        ),
        (
            "Saisie refusée",
            "Le message ne dit pas si l’erreur vient de l’adresse ou du mot de passe\u{202f}: vérifiez les deux. Après trop de \
             tentatives, la page indique le temps à attendre.",
        ),
        (
            "Mot de passe oublié",
            "«\u{a0}Mot de passe oublié\u{202f}?\u{a0}» vous envoie un lien pour en choisir un nouveau, ou un nouveau code par courrier \
             si votre espace n’est pas encore créé.",
        ),
        (
            "Compte à activer ou adresse à certifier",
            "Si votre mot de passe est juste mais que votre compte n’est pas activé, ou que votre adresse mail doit être certifiée à \
             nouveau, vous arrivez sur la page qui envoie le lien nécessaire.",
        ),
    ],
    questions: &["se-connecter", "mot-de-passe-oublie", "trop-de-tentatives"],
    tour: &[],
};

/// Second step of the login.
pub(super) const SECOND_STEP: Help = Help {
    lead: "Votre mot de passe est correct. Cette page demande la deuxième preuve que vous avez choisie\u{202f}: un code de votre \
           application, une clé d’accès ou un code de secours.",
    points: &[
        (
            "Avec une application",
            "Ouvrez l’application sur votre téléphone, recopiez les 6\u{a0}chiffres affichés et cliquez sur «\u{a0}Vérifier\u{a0}». Le \
             code change toutes les 30\u{a0}secondes et ne sert qu’une fois\u{202f}: s’il est refusé, attendez le suivant.",
        ),
        (
            "Avec une clé d’accès",
            "Cliquez sur «\u{a0}Utiliser une clé d’accès\u{a0}» et suivez votre appareil\u{202f}: empreinte, visage ou code. Ce bouton \
             a besoin de JavaScript.",
        ),
        (
            "Avec un code de secours",
            "Dépliez «\u{a0}Utiliser un code de secours\u{a0}» et saisissez un de vos codes de 16\u{a0}lettres et chiffres. Chaque code \
             sert une seule fois.",
        ),
        (
            "Appareil de confiance",
            "Cochez «\u{a0}Ne plus demander sur cet appareil pendant 30\u{a0}jours\u{a0}» seulement sur un appareil que vous êtes seul \
             à utiliser.",
        ),
        (
            "Trop tard, ou tout perdu",
            "Vous avez dix minutes\u{202f}: au-delà, saisissez à nouveau votre mot de passe. Si vous n’avez plus ni téléphone, ni clé, \
             ni codes de secours, joignez votre caisse\u{202f}: ses coordonnées sont en bas de la page.",
        ),
    ],
    questions: &["code-application-refuse", "telephone-perdu", "double-authentification"],
    tour: &[],
};

/// Linking a login of another identity provider.
pub(super) const LINK_EXTERNAL: Help = Help {
    lead: "Un autre service d’identité vous a reconnu. Cette page le rattache à votre espace sécurisé, une seule fois.",
    points: &[
        (
            "Si vous n’êtes pas connecté",
            "Saisissez l’adresse mail et le mot de passe de votre espace existant, puis cliquez sur «\u{a0}Rattacher\u{a0}». Les fois \
             suivantes, ce service suffira.",
        ),
        (
            "Si vous êtes connecté",
            "Cliquez sur «\u{a0}Rattacher\u{a0}». Votre mot de passe est demandé s’il a été saisi il y a plus de 15\u{a0}minutes.",
        ),
        (
            "Vous n’avez pas encore d’espace",
            "Ce service ne crée pas d’espace. «\u{a0}Je crée mon espace sécurisé\u{a0}» l’ouvre avec vos deux courriers\u{202f}; vous \
             le rattacherez ensuite.",
        ),
        (
            "Revenir en arrière",
            "Dans votre compte, l’onglet «\u{a0}Sécurité\u{a0}» montre les services rattachés. «\u{a0}Dissocier\u{a0}» en retire un.",
        ),
    ],
    questions: &["se-connecter"],
    tour: &[],
};

/// Opening, step 1/2.
pub(super) const OPENING_LETTERS: Help = Help {
    lead: "Première étape de l’ouverture de votre compte\u{202f}: les trois informations de vos courriers permettent à la caisse de \
           vous identifier.",
    points: &[
        (
            "Où trouver ces informations",
            "L’identifiant CIBTP figure sur le courrier de bienvenue. Le code confidentiel provisoire, 12\u{a0}lettres et chiffres, \
             figure sur le courrier informatique. Le SIRET est celui du site, 14\u{a0}chiffres.",
        ),
        (
            "Si la saisie est refusée",
            "Les trois informations doivent correspondre ensemble au même site. Pour votre sécurité, le message ne dit pas laquelle est \
             fausse\u{202f}: vérifiez-les toutes sur vos courriers.",
        ),
        (
            "Durée du code",
            "Le code est valable 90\u{a0}jours et sert une seule fois. Perdu ou dépassé\u{202f}? «\u{a0}Demandez un nouveau code\u{a0}» \
             en fait envoyer un autre par courrier.",
        ),
        (
            "Ensuite",
            "«\u{a0}Valider\u{a0}» conduit à l’étape 2, où vous choisissez votre adresse mail et votre mot de passe. Vous avez \
             30\u{a0}minutes pour la terminer.",
        ),
        (
            "Vous avez déjà un espace",
            "Ne créez pas de second compte\u{202f}: «\u{a0}Je les associe à un espace existant\u{a0}» ajoute ce site au vôtre.",
        ),
    ],
    questions: &["deux-courriers", "code-refuse", "courrier-non-recu"],
    tour: &[],
};

/// Opening, step 2/2.
pub(super) const OPENING_CONTACT: Help = Help {
    lead: "Deuxième étape de l’ouverture\u{202f}: vos coordonnées, puis l’adresse mail et le mot de passe qui vous serviront à vous \
           connecter.",
    points: &[
        (
            "Vos coordonnées",
            "Le prénom et le nom sont ceux que la caisse connaît\u{202f}: corrigez-les au besoin. Les numéros de téléphone sont \
             facultatifs.",
        ),
        (
            "Téléphone mobile",
            "Quand votre caisse envoie des SMS, le bouton «\u{a0}Certifier\u{a0}» apparaît dès qu’un numéro de mobile est saisi. \
             Recopiez le code reçu, valable 10\u{a0}minutes, et cliquez sur «\u{a0}Valider le code\u{a0}».",
        ),
        (
            "Adresse mail",
            "Elle devient votre identifiant de connexion. Saisissez-la deux fois. Si un espace existe déjà avec cette adresse, la page \
             vous propose d’y associer ce site.",
        ),
        (
            "Mot de passe",
            "8\u{a0}caractères au minimum, avec 3\u{a0}de ces 4 catégories\u{202f}: majuscules, minuscules, chiffres, caractères \
             spéciaux. Il ne doit contenir ni votre nom, ni votre adresse mail, ni le nom ou les numéros de votre entreprise.",
        ),
        ("Ensuite", "«\u{a0}Valider\u{a0}» vous envoie un mail. Votre compte n’est ouvert qu’une fois son lien d’activation utilisé."),
    ],
    questions: &["regles-mot-de-passe", "adresse-deja-utilisee", "certifier-mobile"],
    tour: &[],
};

/// Opening done: the mail is on its way.
pub(super) const OPENING_SENT: Help = Help {
    lead: "Votre compte est enregistré. Il reste à l’activer avec le lien qui vous est envoyé par mail.",
    points: &[
        (
            "Activer votre compte",
            "Ouvrez le mail et cliquez sur son lien dans les 72\u{a0}heures, puis sur «\u{a0}Activer mon compte\u{a0}». Votre adresse \
             mail est certifiée du même coup.",
        ),
        (
            "Rien reçu",
            "Regardez dans les courriers indésirables. Au bout de quelques minutes, «\u{a0}demandez un nouveau lien\u{a0}»\u{202f}: il \
             remplace le précédent.",
        ),
        ("Avant l’activation", "Tant que le lien n’a pas servi, votre espace reste fermé, même avec le bon mot de passe."),
    ],
    questions: &["lien-activation", "mail-non-recu"],
    tour: &[],
};

/// Asking for a new activation link.
pub(super) const ACTIVATION_RESEND: Help = Help {
    lead: "Cette page vous envoie un nouveau lien quand votre compte attend son activation, ou la confirmation d’une nouvelle adresse \
           mail.",
    points: &[
        (
            "Demander un lien",
            "Saisissez l’adresse mail de votre compte et cliquez sur «\u{a0}Recevoir un nouveau lien\u{a0}». Il est valable \
             72\u{a0}heures et remplace le précédent.",
        ),
        (
            "La réponse est toujours la même",
            "Pour protéger votre vie privée, la page ne dit pas si un compte existe à cette adresse. Si rien n’arrive, vérifiez \
             l’adresse et les courriers indésirables.",
        ),
        ("Si votre compte est déjà actif", "Aucun mail ne part\u{202f}: revenez à la connexion."),
    ],
    questions: &["lien-activation", "mail-non-recu"],
    tour: &[],
};

/// Associating further sites, step 1/2.
pub(super) const ASSOCIATE: Help = Help {
    lead: "Première étape pour ajouter un site déclarant à l’espace que vous avez déjà.",
    points: &[
        (
            "Avant de commencer",
            "Munissez-vous des deux courriers du nouveau site. Ceux d’un autre site, même de la même entreprise, ne conviennent pas.",
        ),
        (
            "Les trois informations",
            "Saisissez l’identifiant CIBTP et le code confidentiel des courriers, et le SIRET du site. Si la saisie est refusée, \
             vérifiez les trois\u{202f}: le message ne dit pas laquelle est fausse.",
        ),
        (
            "Ensuite",
            "«\u{a0}Valider\u{a0}» conduit à l’étape 2, où vous indiquez l’adresse mail et le mot de passe de votre espace. Vous avez \
             30\u{a0}minutes pour la terminer.",
        ),
        (
            "Vous n’avez pas encore d’espace",
            "Choisissez «\u{a0}Je crée mon espace sécurisé\u{a0}»\u{202f}: les mêmes courriers ouvrent votre compte.",
        ),
    ],
    questions: &["associer-un-site", "code-refuse", "courrier-non-recu"],
    tour: &[],
};

/// Associating further sites, step 2/2.
pub(super) const ASSOCIATE_LOGIN: Help = Help {
    lead: "Deuxième étape\u{202f}: indiquez à quel espace existant ce site doit être ajouté.",
    points: &[
        ("Vérifiez le site", "Son nom et son SIRET figurent sous le titre. Si ce n’est pas le bon, revenez à l’étape 1."),
        (
            "Votre espace",
            "Saisissez l’adresse mail et le mot de passe avec lesquels vous vous connectez, puis cliquez sur «\u{a0}Valider\u{a0}».",
        ),
        (
            "Ensuite",
            "L’association est immédiate. Si vous n’étiez pas connecté, vous êtes conduit à la page de connexion\u{202f}; le nouveau \
             site apparaît ensuite parmi les vôtres.",
        ),
        ("Si le site est déjà dans votre espace", "La page vous le dit et rien ne change. Votre code reste valable."),
    ],
    questions: &["associer-un-site", "reunir-deux-comptes"],
    tour: &[],
};

/// Mot de passe oublié: two options.
pub(super) const FORGOTTEN: Help = Help {
    lead: "Cette page propose deux solutions, selon que votre espace existe déjà ou non.",
    points: &[
        (
            "Votre espace est créé",
            "Saisissez votre adresse mail dans le premier cadre et cliquez sur «\u{a0}Valider\u{a0}». Le mail contient un lien pour \
             choisir un nouveau mot de passe, valable une heure.",
        ),
        (
            "Votre espace n’est pas créé",
            "Saisissez l’identifiant CIBTP du courrier de bienvenue dans le second cadre et cliquez sur «\u{a0}Recevoir mon code \
             confidentiel par courrier\u{a0}».",
        ),
        (
            "Où part le courrier",
            "À l’adresse postale que votre caisse connaît, jamais à une autre, et une fois par semaine au plus. Un code déjà reçu reste \
             valable.",
        ),
        (
            "La réponse est toujours la même",
            "La page ne dit pas si l’adresse mail ou l’identifiant existe. Si rien n’arrive, vérifiez votre saisie et les courriers \
             indésirables.",
        ),
    ],
    questions: &["mot-de-passe-oublie", "courrier-non-recu", "mail-non-recu"],
    tour: &[],
};

/// Asking for a new link to certify an address.
pub(super) const CERTIFY: Help = Help {
    lead: "Votre caisse vérifie de temps en temps que votre adresse mail est toujours la vôtre. Cette page vous envoie le lien qui la \
           certifie.",
    points: &[
        (
            "Recevoir le lien",
            "Saisissez l’adresse mail de votre compte, cliquez sur «\u{a0}Recevoir un nouveau lien\u{a0}», puis ouvrez le mail reçu. Le \
             lien est valable 72\u{a0}heures.",
        ),
        (
            "Pourquoi maintenant",
            "La certification a une durée limitée. Un mail vous prévient avant son échéance. Passé ce jour, il faut certifier l’adresse \
             pour se connecter\u{202f}; une session ouverte n’est pas coupée.",
        ),
        (
            "Vous n’avez plus accès à cette adresse",
            "Joignez votre caisse\u{202f}: le lien ne peut être envoyé qu’à l’adresse de votre compte.",
        ),
    ],
    questions: &["certifier-mon-adresse", "mail-non-recu"],
    tour: &[],
};
