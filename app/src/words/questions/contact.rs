//! Writing to the fund.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "ecrire-a-ma-caisse",
        theme: Theme::Contact,
        question: "Comment écrire à ma caisse\u{202f}?",
        answer: &[
            "Ouvrez «\u{a0}Contacter ma caisse\u{a0}», dans le menu «\u{a0}Aide et contact\u{a0}» ou dans la barre de boutons de chaque page. Placez-vous d’abord sur le site dont vous voulez parler.",
            "Vos coordonnées s’affichent sans pouvoir être modifiées sur cette page\u{202f}: corrigez-les dans «\u{a0}Connexion et contact\u{a0}» avec «\u{a0}Modifier contact\u{a0}».",
            "Indiquez l’objet et votre message, ajoutez des fichiers si besoin, cochez la case de consentement, puis cliquez sur «\u{a0}Envoyer\u{a0}». Une confirmation affiche une référence, et une copie vous est envoyée par mail.",
            "Ne joignez jamais de mot de passe ni de code\u{202f}: votre caisse n’en a pas besoin.",
        ],
        also: "contact message formulaire question joindre ecrire demande reclamation envoyer",
    },
    Question {
        id: "fichiers-joints",
        theme: Theme::Contact,
        question: "Quels fichiers puis-je joindre à mon message\u{202f}?",
        answer: &[
            "Jusqu’à 20 fichiers, pour 40\u{a0}Mo au total. Sont acceptés\u{202f}: les documents pdf, docx et odt, les tableaux xlsx, ods et csv, les images jpg, png et heic, les textes txt et les mails eml.",
            "Un fichier est refusé\u{202f}? La raison est écrite à côté de son nom. Enregistrez-le en pdf, qui convient presque toujours. S’il est trop lourd, réduisez les images, ou répartissez vos fichiers sur deux messages. Les documents qui contiennent des macros ne sont pas acceptés.",
            "Les fichiers déjà joints restent, même si un autre est refusé ou si le formulaire est à corriger\u{202f}: vous n’avez pas à les choisir de nouveau.",
        ],
        also: "piece jointe pieces jointes taille 40 mo format pdf jpg photo scan excel zip refuse lourd macro",
    },
    Question {
        id: "suivre-mes-echanges",
        theme: Theme::Contact,
        question: "Où retrouver les messages que j’ai envoyés\u{202f}?",
        answer: &[
            "Dans «\u{a0}Contacter ma caisse\u{a0}», «\u{a0}Mes échanges\u{a0}» liste les messages envoyés et dit où en est chacun\u{202f}: envoyé, lu par la caisse, ou répondu. Ouvrez un message pour lire la réponse et ses fichiers.",
            "Vous y trouvez vos propres messages. Si vos droits comprennent les échanges avec la caisse, vous y trouvez tous ceux du site.",
            "Gardez la référence affichée à l’envoi\u{202f}: elle permet à votre caisse de retrouver votre demande si vous téléphonez. Une copie de chaque message vous est aussi envoyée par mail\u{202f}; si elle n’arrive pas, regardez dans les courriers indésirables.",
        ],
        also: "suivi reference numero historique echanges reponse message envoye copie lu",
    },
    Question {
        id: "guide-pratique",
        theme: Theme::Contact,
        question: "Où trouver le guide pratique de l’Espace sécurisé\u{202f}?",
        answer: &[
            "Sur le site internet de votre caisse, dans la rubrique «\u{a0}Services en ligne\u{a0}». Il décrit pas à pas l’ouverture du compte, la connexion et les droits d’accès.",
            "Vous n’en avez pas besoin pour travailler ici\u{202f}: chaque page a son aide et son tutoriel, dans la barre de boutons.",
        ],
        also: "guide pratique manuel mode d emploi notice documentation services en ligne site internet caisse pdf",
    },
    Question {
        id: "joindre-sans-compte",
        theme: Theme::Contact,
        question: "Comment joindre ma caisse si je n’arrive pas à me connecter\u{202f}?",
        answer: &[
            "En bas de chaque page, même sans être connecté, ouvrez «\u{a0}Mentions légales\u{a0}»\u{202f}: le téléphone et ses horaires, l’adresse mail et l’adresse postale de la caisse y figurent.",
            "Ayez sous la main le SIRET de votre site. Ne donnez jamais votre mot de passe ni le code de votre courrier, même à votre caisse.",
        ],
        also: "telephone numero horaires adresse mail courrier appeler aide urgence",
    },
    Question {
        id: "aide-de-la-page",
        theme: Theme::Contact,
        question: "Où trouver de l’aide sur la page où je me trouve\u{202f}?",
        answer: &[
            "Dans l’espace d’un site, cinq boutons accompagnent chaque page, à droite ou en bas selon la taille de l’écran\u{202f}: «\u{a0}Contacter ma caisse\u{a0}», «\u{a0}Questions-Réponses\u{a0}», «\u{a0}Aide de la page\u{a0}», «\u{a0}Nouveautés\u{a0}» et «\u{a0}Tutoriel de la page\u{a0}». L’aide et le tutoriel concernent la page que vous venez de quitter.",
            "Sur l’accueil d’un site, la tuile «\u{a0}Aide\u{a0}» mène au même endroit.",
        ],
        also: "aide tutoriel visite guidee nouveautes guide mode d emploi comprendre barre droite",
    },
    Question {
        id: "service-pas-encore-ouvert",
        theme: Theme::Contact,
        question: "Une page dit que le service n’est pas encore ouvert en ligne\u{202f}: que faire\u{202f}?",
        answer: &[
            "Certaines entrées du menu sont déjà en place, mais leur service n’est pas encore ouvert en ligne\u{202f}: c’est le cas des informations légales, des documents, des cotisations, des embauches et sorties, du planning des absences, des arrêts intempéries et des remboursements.",
            "D’ici là, votre caisse s’en charge avec vous\u{202f}: ses coordonnées figurent sur la page elle-même, et vous pouvez lui écrire depuis «\u{a0}Contacter ma caisse\u{a0}».",
        ],
        also: "indisponible bientot documents attestation releve cotisations embauche absences conges intemperies arret remboursement",
    },
    Question {
        id: "incident",
        theme: Theme::Contact,
        question: "Une page affiche «\u{a0}Un incident est survenu\u{a0}»\u{202f}: ma saisie est-elle perdue\u{202f}?",
        answer: &[
            "L’incident vient du portail\u{202f}: l’opération n’a pas eu lieu et rien n’a été modifié. Réessayez dans un instant.",
            "Si cela se reproduit, communiquez à votre caisse le numéro de l’incident affiché sur la page\u{202f}: il permet d’en retrouver la cause.",
        ],
        also: "erreur panne bug plantage incident numero page blanche",
    },
];
