//! Logging in.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "se-connecter",
        theme: Theme::Login,
        question: "Comment me connecter\u{202f}?",
        answer: &[
            "Sur la page de connexion, saisissez l’adresse mail de votre compte et votre mot de passe, puis cliquez sur «\u{a0}Connexion\u{a0}». L’œil, à droite du champ, affiche ce que vous tapez.",
            "Si votre compte donne accès à un seul site, vous arrivez sur son accueil. S’il en réunit plusieurs, choisissez d’abord le site\u{202f}; les personnes d’un cabinet comptable qui ont plus de dix sites arrivent sur leur portefeuille.",
        ],
        also: "connexion login acceder entrer identifiant authentification oeil",
    },
    Question {
        id: "mot-de-passe-oublie",
        theme: Theme::Login,
        question: "J’ai oublié mon mot de passe\u{202f}: que faire\u{202f}?",
        answer: &[
            "Cliquez sur «\u{a0}Mot de passe oublié\u{202f}?\u{a0}» sur la page de connexion. Votre espace existe déjà\u{202f}: c’est la première option. Saisissez votre adresse mail et cliquez sur «\u{a0}Valider\u{a0}».",
            "Ouvrez le mail reçu dans l’heure\u{202f}: au-delà, son lien ne sert plus. Choisissez un nouveau mot de passe, puis connectez-vous avec lui. Vos appareils connectés sont tous déconnectés.",
            "La seconde option envoie un nouveau code par courrier postal. Ce code sert à ouvrir un espace ou à y associer un site, pas à retrouver un mot de passe.",
        ],
        also: "perdu reinitialiser reinitialisation changer oublie reset",
    },
    Question {
        id: "mail-non-recu",
        theme: Theme::Login,
        question: "Je ne reçois pas le mail de réinitialisation\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "La page répond toujours la même chose, que l’adresse soit connue ou non\u{202f}: personne ne peut ainsi savoir qui a un compte. Vérifiez donc que vous avez saisi l’adresse exacte de votre compte, et regardez dans les courriers indésirables.",
            "Patientez quelques minutes, puis recommencez une seule fois\u{202f}: seul le dernier lien reçu est valable, et le nombre de demandes par jour est limité.",
            "Si votre compte n’a jamais été activé, vous recevez à la place un lien d’activation. Si vous avez demandé un changement d’adresse mail qui n’est pas encore confirmé, saisissez l’ancienne adresse\u{202f}: c’est elle qui vaut jusque-là.",
        ],
        also: "email spam indesirable reinitialisation lien attendre non recu",
    },
    Question {
        id: "trop-de-tentatives",
        theme: Theme::Login,
        question: "Le message «\u{a0}Trop de tentatives\u{a0}» s’affiche\u{202f}: mon compte est-il bloqué\u{202f}?",
        answer: &[
            "Non, aucun compte n’est bloqué définitivement. Le message indique combien de temps attendre\u{202f}: chaque nouvel essai plus tôt est refusé, même avec le bon mot de passe.",
            "Si vous doutez de votre mot de passe, n’insistez pas et utilisez «\u{a0}Mot de passe oublié\u{202f}?\u{a0}».",
            "Vous n’avez fait aucun essai\u{202f}? Quelqu’un d’autre tente peut-être de deviner votre mot de passe. Essayez depuis l’appareil que vous utilisez d’habitude\u{202f}: ses essais sont comptés à part.",
        ],
        also: "bloque verrouille attendre essais erreur refuse suspendu",
    },
    Question {
        id: "double-authentification",
        theme: Theme::Login,
        question: "Comment mieux protéger ma connexion\u{202f}?",
        answer: &[
            "Ajoutez une deuxième preuve à votre mot de passe\u{202f}; votre caisse peut aussi l’exiger des personnes qui administrent un site. Dans «\u{a0}Connexion et contact\u{a0}», ouvrez l’onglet «\u{a0}Sécurité\u{a0}» et choisissez\u{202f}:",
            "- «\u{a0}Ajouter une application\u{a0}»\u{202f}: une application de votre téléphone affiche un code de 6 chiffres, à saisir après le mot de passe\u{202f};",
            "- «\u{a0}Ajouter une clé d’accès\u{a0}»\u{202f}: votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît par votre empreinte, votre visage ou son code.",
            "Dix codes de secours s’affichent une seule fois la première fois. Imprimez-les ou recopiez-les, et gardez-les loin de votre téléphone\u{202f}: chacun remplace une fois votre application ou votre clé.",
            "Sur un appareil que vous êtes seul à utiliser, cochez «\u{a0}Ne plus demander sur cet appareil pendant 30 jours\u{a0}»\u{202f}: la deuxième preuve n’y sera plus demandée pendant ce temps, sauf après un changement de mot de passe ou d’adresse mail.",
        ],
        also: "2fa mfa deuxieme facteur confiance memoriser application authentificateur passkey cle d acces securite obligatoire",
    },
    Question {
        id: "code-application-refuse",
        theme: Theme::Login,
        question: "Le code de mon application est refusé\u{202f}: que vérifier\u{202f}?",
        answer: &[
            "Le code change toutes les 30 secondes et ne sert qu’une fois\u{202f}: attendez le suivant et saisissez-le aussitôt. Vérifiez aussi que vous lisez le code de votre caisse, et que l’heure de votre téléphone est réglée automatiquement.",
            "Vous avez 10 minutes après votre mot de passe. Au-delà, revenez à la connexion et saisissez-le à nouveau.",
            "En dernier recours, ouvrez «\u{a0}Utiliser un code de secours\u{a0}» sous le formulaire.",
        ],
        also: "6 chiffres heure horloge double authentification verification expire otp",
    },
    Question {
        id: "telephone-perdu",
        theme: Theme::Login,
        question: "J’ai perdu ou changé mon téléphone\u{202f}: comment me connecter\u{202f}?",
        answer: &[
            "Après votre mot de passe, sur la page «\u{a0}Vérification en deux étapes\u{a0}», ouvrez «\u{a0}Utiliser un code de secours\u{a0}» et saisissez l’un de vos codes\u{202f}: 16 lettres et chiffres, chacun utilisable une seule fois.",
            "Une fois connecté, ouvrez l’onglet «\u{a0}Sécurité\u{a0}». Retirez ce qui était sur l’ancien téléphone et ajoutez le nouveau. S’il vous reste peu de codes, cliquez sur «\u{a0}Créer de nouveaux codes\u{a0}»\u{202f}: les anciens ne serviront plus.",
            "Vous n’avez plus ni téléphone, ni clé d’accès, ni code\u{202f}? Joignez votre caisse\u{202f}: elle peut retirer la double authentification de votre compte.",
        ],
        also: "vole casse nouveau telephone code de secours recuperation double authentification application perdue",
    },
    Question {
        id: "session-terminee",
        theme: Theme::Login,
        question: "Pourquoi suis-je déconnecté\u{202f}?",
        answer: &[
            "Par sécurité, votre session se termine après 30 minutes sans activité, et dans tous les cas 10\u{a0}heures après la connexion.",
            "Un avertissement apparaît 2 minutes avant la fin. Cliquez sur «\u{a0}Rester connecté\u{a0}» pour continuer. S’il dit que la session ne peut plus être prolongée, enregistrez votre saisie sans attendre.",
            "Si la session est déjà finie, copiez ce que vous voulez garder avant de quitter la page, puis reconnectez-vous.",
        ],
        also: "deconnexion automatique session inactivite 30 minutes temps expire perdu saisie",
    },
    Question {
        id: "mail-nouvel-appareil",
        theme: Theme::Login,
        question: "J’ai reçu un mail signalant une connexion que je ne reconnais pas\u{202f}: que faire\u{202f}?",
        answer: &[
            "Ce mail part la première fois qu’un appareil se connecte à votre compte. Un nouvel ordinateur, un autre navigateur ou des cookies effacés suffisent\u{202f}: si c’était vous, il n’y a rien à faire.",
            "Si ce n’était pas vous, cliquez dans ce mail sur «\u{a0}Ce n’était pas moi\u{a0}», puis sur «\u{a0}Déconnecter tous les appareils\u{a0}». Ce lien est valable sept jours et ne sert qu’une fois. Choisissez ensuite un nouveau mot de passe par «\u{a0}Mot de passe oublié\u{202f}?\u{a0}», et prévenez votre caisse.",
        ],
        also: "pirate piratage alerte securite fraude inconnu nouvelle connexion ce n etait pas moi vol",
    },
    Question {
        id: "certifier-mon-adresse",
        theme: Theme::Login,
        question: "Pourquoi dois-je certifier mon adresse mail de nouveau\u{202f}?",
        answer: &[
            "Votre caisse vérifie de temps en temps que votre adresse est toujours la vôtre. La date limite figure sous votre adresse, dans «\u{a0}Connexion et contact\u{a0}».",
            "Deux mails vous le rappellent, 15 jours puis 3 jours avant\u{202f}: ouvrez leur lien et cliquez sur «\u{a0}Certifier mon adresse\u{a0}».",
            "La date est passée\u{202f}? À votre prochaine connexion, la page «\u{a0}Certifiez votre adresse mail\u{a0}» propose «\u{a0}Recevoir un nouveau lien\u{a0}». Vos droits et vos données ne changent pas.",
        ],
        also: "certification renouvellement email echeance rappel valider adresse mail",
    },
];
