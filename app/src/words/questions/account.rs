//! One's own account.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "changer-adresse-mail",
        theme: Theme::Account,
        question: "Comment changer l’adresse mail avec laquelle je me connecte\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», cliquez sur «\u{a0}Modifier adresse mail\u{a0}», saisissez deux fois la nouvelle adresse, puis cliquez sur «\u{a0}Modifier mon adresse\u{a0}».",
            "Attention\u{202f}: votre compte est aussitôt désactivé et vos appareils sont déconnectés. Ouvrez le mail envoyé à la nouvelle adresse, dans les 72\u{a0}heures, et cliquez sur «\u{a0}Confirmer ma nouvelle adresse\u{a0}»\u{202f}: votre compte est réactivé et vous vous connectez avec elle.",
            "Assurez-vous donc d’avoir accès à la nouvelle boîte avant de commencer. Si le délai est passé, connectez-vous avec l’ancienne adresse\u{202f}: un nouveau lien vous est proposé.",
        ],
        also: "modifier email identifiant de connexion nouvelle adresse desactive desactivation",
    },
    Question {
        id: "nouvelle-adresse-erreur",
        theme: Theme::Account,
        question: "Je me suis trompé en changeant d’adresse mail\u{202f}: comment revenir en arrière\u{202f}?",
        answer: &[
            "Ouvrez le mail reçu à votre ancienne adresse et cliquez sur «\u{a0}Garder mon adresse actuelle\u{a0}», puis confirmez. Ce lien est valable sept jours, même si la nouvelle adresse a été confirmée entre-temps.",
            "Votre ancienne adresse redevient votre identifiant et tous les appareils sont déconnectés. Par sécurité, choisissez ensuite un nouveau mot de passe par «\u{a0}Mot de passe oublié\u{202f}?\u{a0}».",
            "Faites de même si vous n’avez jamais demandé ce changement, et prévenez votre caisse.",
        ],
        also: "annuler erreur faute de frappe ancienne adresse email retour revenir",
    },
    Question {
        id: "changer-mot-de-passe",
        theme: Theme::Account,
        question: "Comment changer mon mot de passe\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», cliquez sur «\u{a0}Modifier mot de passe\u{a0}». Saisissez votre mot de passe actuel, puis deux fois le nouveau, et cliquez sur «\u{a0}Enregistrer\u{a0}».",
            "Vos autres appareils sont déconnectés et un mail vous avertit du changement.",
            "Vous ne connaissez plus l’actuel\u{202f}? Déconnectez-vous et utilisez «\u{a0}Mot de passe oublié\u{202f}?\u{a0}».",
        ],
        also: "modifier mdp nouveau password",
    },
    Question {
        id: "regles-mot-de-passe",
        theme: Theme::Account,
        question: "Pourquoi mon mot de passe est-il refusé\u{202f}?",
        answer: &[
            "Il doit compter au moins 8 caractères et mêler au moins trois de ces quatre catégories\u{202f}: majuscules, minuscules, chiffres, caractères spéciaux.",
            "Il ne doit contenir ni votre nom, ni votre adresse mail, ni le nom ou les numéros de votre entreprise. Les mots de passe que chacun essaierait d’abord sont refusés aussi, même décorés de chiffres ou de signes.",
            "Le plus simple\u{202f}: trois mots sans rapport entre eux, avec une majuscule et un chiffre. Les espaces sont permis.",
        ],
        also: "regles composition complexite trop simple devine 8 caracteres majuscule chiffre special securite",
    },
    Question {
        id: "changer-nom-telephone",
        theme: Theme::Account,
        question: "Comment modifier mon nom ou mes numéros de téléphone\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», cliquez sur «\u{a0}Modifier contact\u{a0}», corrigez, puis cliquez sur «\u{a0}Enregistrer\u{a0}». Les numéros de France et d’outre-mer sont acceptés\u{202f}; les deux téléphones sont facultatifs.",
            "Ces informations sont celles de votre compte\u{202f}: elles valent pour tous vos sites. L’adresse postale et le nom de l’entreprise viennent du dossier de votre caisse et ne se modifient pas ici.",
        ],
        also: "coordonnees prenom nom fixe portable contact modifier corriger rectifier",
    },
    Question {
        id: "certifier-mobile",
        theme: Theme::Account,
        question: "Comment certifier mon numéro de mobile, et à quoi cela sert-il\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», cliquez sur «\u{a0}Modifier contact\u{a0}». Dès qu’un numéro de mobile est saisi, le bouton «\u{a0}Certifier\u{a0}» apparaît\u{202f}: cliquez dessus, saisissez les six chiffres reçus par SMS, puis cliquez sur «\u{a0}Valider le code\u{a0}». La mention «\u{a0}Numéro certifié\u{a0}» s’affiche. Vous pouvez le faire aussi pendant l’ouverture de votre compte.",
            "Un numéro certifié reçoit les messages de votre caisse par SMS. Il sera aussi demandé pour saisir de nouvelles coordonnées bancaires, une fois ce service ouvert en ligne.",
            "Si vous changez de numéro, il faut certifier le nouveau.",
        ],
        also: "sms telephone portable certification code logo coordonnees bancaires iban rib",
    },
    Question {
        id: "sms-non-recu",
        theme: Theme::Account,
        question: "Je ne reçois pas le code par SMS, ou le bouton «\u{a0}Certifier\u{a0}» n’apparaît pas\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Vérifiez le numéro. Attendez une minute, puis cliquez sur «\u{a0}Renvoyer un code\u{a0}»\u{202f}: seul le dernier code reçu compte, pendant 10 minutes. Cinq codes au plus sont envoyés par jour.",
            "Le bouton n’apparaît que pour un mobile\u{202f}: un numéro en 06 ou 07, ou un préfixe mobile d’outre-mer. Un autre numéro peut être enregistré, mais pas certifié.",
            "Si le bouton n’apparaît pas non plus pour un mobile, les SMS ne sont pas disponibles pour le moment\u{202f}: enregistrez votre numéro, vous le certifierez plus tard.",
        ],
        also: "code sms certifier bouton absent portable attente renvoyer",
    },
    Question {
        id: "mot-de-passe-redemande",
        theme: Theme::Account,
        question: "Pourquoi me redemande-t-on mon mot de passe alors que je suis connecté\u{202f}?",
        answer: &[
            "Les opérations sensibles, comme donner des droits, changer de contact ou voir ses données, demandent un mot de passe saisi depuis moins de 15 minutes. Ainsi, personne ne peut les faire à votre place sur un poste resté ouvert.",
            "Saisissez-le dans le même formulaire\u{202f}: le reste de votre saisie est gardé.",
        ],
        also: "confirmation securite 15 minutes mot de passe actuel redemande",
    },
    Question {
        id: "appareils-connectes",
        theme: Theme::Account,
        question: "Comment voir les appareils connectés à mon compte, et les déconnecter\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», ouvrez l’onglet «\u{a0}Sécurité\u{a0}». «\u{a0}Appareils connectés\u{a0}» indique pour chacun depuis quand il est connecté et sa dernière utilisation\u{202f}; le vôtre porte la mention «\u{a0}cet appareil\u{a0}».",
            "Cliquez sur «\u{a0}Déconnecter les autres appareils\u{a0}» pour ne garder que le vôtre. Pour celui-ci, utilisez «\u{a0}Se déconnecter\u{a0}», en haut de la page.",
            "Plus bas, «\u{a0}Dernières opérations\u{a0}» liste ce qui s’est passé sur votre compte. Une opération n’est pas de vous\u{202f}? Changez votre mot de passe et prévenez votre caisse.",
        ],
        also: "sessions deconnecter se deconnecter appareil ordinateur journal operations historique",
    },
    Question {
        id: "notifications",
        theme: Theme::Account,
        question: "Comment recevoir moins de mails sur les droits d’accès\u{202f}?",
        answer: &[
            "Dans «\u{a0}Connexion et contact\u{a0}», ouvrez l’onglet «\u{a0}Notifications\u{a0}». Pour chaque site, choisissez «\u{a0}Aussitôt\u{a0}», «\u{a0}Un message par jour, à 7\u{a0}heures\u{a0}» ou «\u{a0}Aucun, sauf la sécurité\u{a0}», puis cliquez sur «\u{a0}Enregistrer\u{a0}».",
            "Les messages de sécurité partent toujours aussitôt\u{202f}: mot de passe, adresse mail, nouvel appareil, nouvel administrateur, invitations.",
        ],
        also: "mails emails frequence regrouper desabonner notification alertes trop",
    },
];
