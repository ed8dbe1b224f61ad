//! Letters and opening an account.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "ouvrir-mon-espace",
        theme: Theme::Opening,
        question: "Comment ouvrir mon Espace sécurisé\u{202f}?",
        answer: &[
            "Munissez-vous des deux courriers de votre caisse, puis cliquez sur «\u{a0}Je crée mon espace sécurisé\u{a0}», sur la page d’accueil ou sur la page de connexion.",
            "- Étape 1\u{202f}: saisissez votre identifiant CIBTP (courrier de bienvenue), le numéro de SIRET du site et le code confidentiel provisoire (courrier informatique).",
            "- Étape 2\u{202f}: vérifiez votre nom et votre prénom, indiquez vos téléphones si vous le souhaitez, puis choisissez l’adresse mail et le mot de passe avec lesquels vous vous connecterez.",
            "Vous recevez alors un mail. Ouvrez son lien dans les 72\u{a0}heures et cliquez sur «\u{a0}Activer mon compte\u{a0}»\u{202f}: vous pouvez ensuite vous connecter.",
            "Vous utilisiez l’ancien portail de votre caisse\u{202f}? La première connexion au nouvel Espace sécurisé se fait de la même façon, avec les deux courriers.",
        ],
        also: "creer inscription ancien portail migration premiere connexion compte demarrer enregistrement nouveau",
    },
    Question {
        id: "deux-courriers",
        theme: Theme::Opening,
        question: "À quoi servent les deux courriers de ma caisse\u{202f}?",
        answer: &[
            "Ils ne servent qu’ensemble, et c’est pourquoi ils sont envoyés séparément. Le courrier de bienvenue donne votre identifiant CIBTP. Le courrier informatique donne le code confidentiel provisoire\u{202f}: 12 lettres et chiffres.",
            "Le code sert une seule fois, au plus tard à la date imprimée à côté de lui. Une fois votre espace ouvert, il ne sert plus\u{202f}: vous vous connectez avec votre adresse mail et votre mot de passe.",
            "Ne le communiquez à personne\u{202f}: votre caisse ne vous le demandera jamais.",
        ],
        also: "lettre lettres bienvenue informatique identifiant cibtp code confidentiel provisoire poste",
    },
    Question {
        id: "courrier-non-recu",
        theme: Theme::Opening,
        question: "Je n’ai pas reçu mon courrier, ou je l’ai perdu\u{202f}: que faire\u{202f}?",
        answer: &[
            "Si c’est le courrier informatique qui manque (celui du code), cliquez sur «\u{a0}Mot de passe oublié\u{202f}?\u{a0}» sur la page de connexion. Dans la seconde option, saisissez l’identifiant CIBTP de votre courrier de bienvenue, puis cliquez sur «\u{a0}Recevoir mon code confidentiel par courrier\u{a0}».",
            "Le nouveau code part à l’adresse postale que votre caisse connaît, jamais à une autre, et une fois par semaine au plus. Un code déjà reçu reste valable.",
            "Si c’est le courrier de bienvenue qui manque, ou si votre entreprise a déménagé, joignez votre caisse\u{202f}: son téléphone et ses adresses figurent sous «\u{a0}Mentions légales\u{a0}», en bas de chaque page.",
        ],
        also: "lettre perdue perdu egare poste demenagement adresse postale nouveau code delai attente",
    },
    Question {
        id: "code-refuse",
        theme: Theme::Opening,
        question: "Mon identifiant, mon SIRET ou mon code est refusé\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Les trois informations doivent désigner le même site. Pour protéger votre entreprise, le message ne dit pas laquelle est fausse. Vérifiez dans l’ordre\u{202f}:",
            "- le SIRET\u{202f}: 14 chiffres, ceux du site nommé sur les courriers et non ceux du siège\u{202f};",
            "- l’identifiant CIBTP\u{202f}: celui du courrier de bienvenue du même site\u{202f};",
            "- le code\u{202f}: celui du courrier informatique le plus récent, encore dans ses dates, et jamais utilisé.",
            "Si tout est juste, demandez un nouveau code par «\u{a0}Courrier informatique perdu\u{202f}?\u{a0}», sous le formulaire. Après trop d’essais erronés, un code n’est plus accepté.",
        ],
        also: "erreur incorrect invalide perime expire etape 1 ne permettent pas de vous identifier faux",
    },
    Question {
        id: "lien-activation",
        theme: Theme::Opening,
        question: "Je n’ai pas reçu le lien d’activation, ou il a expiré\u{202f}: que faire\u{202f}?",
        answer: &[
            "Regardez d’abord dans les courriers indésirables. Le lien est valable 72\u{a0}heures et ne sert qu’une fois.",
            "Pour en recevoir un autre, connectez-vous avec l’adresse mail et le mot de passe que vous venez de choisir\u{202f}: la page «\u{a0}Activez votre compte\u{a0}» s’ouvre. Cliquez sur «\u{a0}Recevoir un nouveau lien\u{a0}». Seul le dernier lien reçu est valable.",
            "Vous vous étiez trompé d’adresse mail\u{202f}? Ce compte ne pourra pas être activé. Demandez un nouveau code confidentiel et recommencez l’ouverture avec la bonne adresse.",
        ],
        also: "activer mail email spam indesirable non recu renvoyer 72 heures certification",
    },
    Question {
        id: "saisie-expiree",
        theme: Theme::Opening,
        question: "On me dit que ma saisie a expiré\u{202f}: dois-je tout recommencer\u{202f}?",
        answer: &[
            "Vous avez 30 minutes entre l’étape 1 et l’étape 2. Passé ce délai, ou si vous avez commencé l’ouverture d’un autre site dans un autre onglet, cliquez sur «\u{a0}Reprendre à l’étape 1\u{a0}».",
            "Votre code n’est pas perdu\u{202f}: il n’est utilisé qu’à la fin de l’étape 2. Saisissez à nouveau les mêmes informations.",
        ],
        also: "delai temps onglet expiration formulaire reprendre etape",
    },
    Question {
        id: "adresse-deja-utilisee",
        theme: Theme::Opening,
        question: "On me répond qu’un espace existe déjà avec mon adresse mail\u{202f}: que choisir\u{202f}?",
        answer: &[
            "Si cet espace est le vôtre, cliquez sur «\u{a0}Je les associe à un espace existant\u{a0}» dans le message\u{202f}: les informations de vos courriers sont gardées, il ne reste qu’à saisir votre adresse mail et votre mot de passe.",
            "Si vous préférez un espace séparé, indiquez une autre adresse mail. Une adresse ne sert qu’à un seul compte, mais un compte peut réunir tous vos sites.",
        ],
        also: "existe deja doublon email rattacher associer meme adresse",
    },
    Question {
        id: "responsable-parti",
        theme: Theme::Opening,
        question: "La personne qui gérait l’espace a quitté l’entreprise\u{202f}: comment reprendre la main\u{202f}?",
        answer: &[
            "Si un autre administrateur a accès au site, le plus simple est qu’il vous donne des droits\u{202f}: «\u{a0}Gérer les droits d’accès\u{a0}», puis «\u{a0}Déléguer des droits\u{a0}».",
            "Sinon, demandez un nouveau code par courrier\u{202f}: «\u{a0}Mot de passe oublié\u{202f}?\u{a0}» sur la page de connexion, seconde option, même si l’espace du site existe déjà. Avec l’identifiant CIBTP, le SIRET et ce code, ouvrez un compte à votre propre adresse mail\u{202f}: vous devenez Administrateur Entreprise du site. Les administrateurs déjà en place en sont avertis par mail.",
            "Fermez ensuite les droits de la personne partie\u{202f}: sa ligne, dans «\u{a0}Gérer les droits d’accès\u{a0}», puis «\u{a0}Fermer\u{a0}».",
        ],
        also: "depart salarie demission ancien collegue remplacant administrateur parti reprendre succession",
    },
];
