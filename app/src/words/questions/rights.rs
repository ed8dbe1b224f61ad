//! Delegating.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "roles",
        theme: Theme::Rights,
        question: "Administrateur, utilisateur, cabinet\u{202f}: qui peut faire quoi\u{202f}?",
        answer: &[
            "- L’Administrateur Entreprise a ouvert ou associé le site avec les courriers de la caisse\u{202f}: il a tous les droits.",
            "- L’Administrateur a reçu d’un autre administrateur tous les droits, et gère lui aussi les droits d’accès.",
            "- L’Utilisateur n’a que les collèges et les fonctions qu’on lui a accordés\u{202f}; il ne délègue rien.",
            "- Le Cabinet comptable a ce que l’entreprise lui a accordé, et peut le transmettre à ses collaborateurs.",
            "- Le Collaborateur de cabinet a ce que son cabinet lui a transmis, et ne transmet rien.",
        ],
        also: "role roles administrateur entreprise utilisateur cabinet collaborateur difference pouvoirs acces",
    },
    Question {
        id: "deleguer-a-un-collegue",
        theme: Theme::Rights,
        question: "Comment donner accès à un collègue\u{202f}?",
        answer: &[
            "Dans le menu «\u{a0}Gérer mon compte utilisateur\u{a0}», ouvrez «\u{a0}Gérer les droits d’accès\u{a0}», puis cliquez sur «\u{a0}Déléguer des droits\u{a0}».",
            "- Étape 1\u{202f}: choisissez «\u{a0}Un utilisateur de mon organisation\u{a0}», saisissez son adresse mail et la date d’effet. La date de fin est facultative\u{202f}; ce jour-là est encore compris.",
            "- Étape 2\u{202f}: cochez les collèges, choisissez les droits fonction par fonction, puis cliquez sur «\u{a0}Valider et envoyer l’invitation\u{a0}».",
            "Votre collègue reçoit un mail dont le lien est valable sept jours. Il n’a aucun droit tant qu’il n’a pas accepté.",
        ],
        also: "delegation deleguer inviter invitation utilisateur salarie partager acces ajouter quelqu un assistante",
    },
    Question {
        id: "deleguer-a-un-cabinet",
        theme: Theme::Rights,
        question: "Comment donner accès à mon cabinet comptable\u{202f}?",
        answer: &[
            "Ouvrez «\u{a0}Gérer les droits d’accès\u{a0}», cliquez sur «\u{a0}Déléguer des droits\u{a0}» et choisissez «\u{a0}Un cabinet comptable\u{a0}». Saisissez l’adresse mail de votre interlocuteur au cabinet et le SIRET du cabinet, puis choisissez les droits.",
            "Le cabinet n’accède qu’à ce que vous lui accordez. Il peut en transmettre tout ou partie à ses collaborateurs\u{202f}: vous les voyez sur sa fiche et vous pouvez fermer leurs droits.",
            "Si votre cabinet vous a envoyé une demande d’accès, répondez-y plutôt\u{202f}: les droits y sont déjà remplis.",
        ],
        also: "expert comptable comptable cabinet delegation mandat tiers declarant paie prestataire",
    },
    Question {
        id: "choisir-les-droits",
        theme: Theme::Rights,
        question: "Quels droits accorder, et comment vérifier ce que la personne verra\u{202f}?",
        answer: &[
            "Au départ, les trois collèges sont cochés et aucun droit n’est accordé. «\u{a0}En consultation\u{a0}» permet de lire, «\u{a0}En mise à jour\u{a0}» permet aussi de modifier. La ligne «\u{a0}Toutes les fonctions\u{a0}» remplit une colonne entière\u{202f}; vous pouvez ensuite changer une ligne.",
            "La case «\u{a0}Administrateur\u{a0}» donne tous les droits, pour tous les collèges, ainsi que la gestion des droits d’accès. Décochez-la pour retrouver vos choix.",
            "Avant de valider, cliquez sur «\u{a0}Voir l’espace comme le verra ce bénéficiaire\u{a0}»\u{202f}: les entrées de son menu s’affichent, et rien n’est enregistré.",
            "Une fonction peut être accordée avant que sa page ne soit ouverte en ligne.",
        ],
        also: "consultation mise a jour colleges ouvrier etam cadre apercu fonctions grille matrice administrateur",
    },
    Question {
        id: "invitation-recue",
        theme: Theme::Rights,
        question: "J’ai reçu une invitation\u{202f}: comment l’accepter\u{202f}?",
        answer: &[
            "Ouvrez le lien du mail\u{202f}: il est valable sept jours. Si vous avez déjà un espace à cette adresse, connectez-vous, puis cliquez sur «\u{a0}Accepter l’invitation\u{a0}». Sinon, indiquez votre nom et un mot de passe, puis cliquez sur «\u{a0}Créer mon espace et accepter\u{a0}»\u{202f}: aucun courrier n’est nécessaire.",
            "L’invitation ne vaut que pour l’adresse qui l’a reçue. Si vous êtes connecté avec une autre, déconnectez-vous, puis ouvrez à nouveau le lien.",
            "Vous ne connaissez pas la personne qui vous invite\u{202f}? Ne faites rien\u{202f}: sans votre accord, l’invitation reste sans effet.",
        ],
        also: "accepter invitation mail lien rejoindre droits autre adresse",
    },
    Question {
        id: "invitation-a-renvoyer",
        theme: Theme::Rights,
        question: "Mon interlocuteur n’a pas reçu l’invitation, ou son lien a expiré\u{202f}: que faire\u{202f}?",
        answer: &[
            "Dans «\u{a0}Gérer les droits d’accès\u{a0}», ouvrez sa ligne, au statut «\u{a0}En attente d’activation\u{a0}». Vérifiez l’adresse mail et la validité du lien, puis cliquez sur «\u{a0}Renvoyer l’invitation\u{a0}»\u{202f}: seul le dernier lien est valable, pendant sept jours.",
            "L’adresse est fausse\u{202f}? Elle ne se corrige pas. Cliquez sur «\u{a0}Retirer l’invitation\u{a0}», confirmez, puis déléguez à nouveau à la bonne adresse.",
        ],
        also: "renvoyer relancer retirer annuler invitation attente activation expiree erreur adresse",
    },
    Question {
        id: "modifier-ou-fermer",
        theme: Theme::Rights,
        question: "Comment modifier ou fermer les droits de quelqu’un\u{202f}?",
        answer: &[
            "Dans «\u{a0}Gérer les droits d’accès\u{a0}», ouvrez la ligne de la personne. «\u{a0}Modifier\u{a0}» change ses droits et ses dates. «\u{a0}Fermer\u{a0}» lui retire tout accès à ce site.",
            "Le changement s’applique tout de suite, même si la personne est connectée. Après une fermeture, sa ligne garde le statut «\u{a0}Fermé\u{a0}», et vous pourrez lui donner de nouveaux droits.",
            "Il faut fermer ses droits sur chaque site où elle en a.",
        ],
        also: "retirer supprimer revoquer acces salarie parti changer droits fermeture modification",
    },
    Question {
        id: "modifier-un-cabinet",
        theme: Theme::Rights,
        question: "Pourquoi ne puis-je pas modifier les droits de mon cabinet comptable\u{202f}?",
        answer: &[
            "Les droits d’un cabinet se suppriment, mais ne se modifient pas. Pour les changer ou changer leurs dates, ouvrez sa ligne, cliquez sur «\u{a0}Supprimer\u{a0}», puis sur «\u{a0}Supprimer et recréer avec les mêmes droits\u{a0}»\u{202f}: le formulaire est déjà rempli, il ne reste qu’à l’adapter et à le valider.",
            "Attention\u{202f}: la suppression est immédiate et vaut aussi pour ses collaborateurs. Le cabinet doit accepter la nouvelle invitation, puis transmettre à nouveau leurs droits à ses collaborateurs.",
        ],
        also: "cabinet comptable suppression recreer changer expert comptable resilier",
    },
    Question {
        id: "prolonger",
        theme: Theme::Rights,
        question: "Des droits arrivent à leur date de fin\u{202f}: comment les prolonger\u{202f}?",
        answer: &[
            "Pour un utilisateur, ouvrez sa ligne dans «\u{a0}Gérer les droits d’accès\u{a0}»\u{202f}: sous «\u{a0}Prolonger\u{a0}», une date est proposée. Gardez-la ou changez-la, puis cliquez sur «\u{a0}Prolonger\u{a0}». Les droits eux-mêmes ne changent pas.",
            "Pour un cabinet comptable, ou si la date est passée, donnez de nouveaux droits.",
            "Le dernier jour est compris\u{202f}: l’accès s’arrête le lendemain. Des mails l’annoncent 30 jours, 7 jours et 1 jour avant, à la personne et à qui peut prolonger, sauf si ces messages sont coupés dans «\u{a0}Notifications\u{a0}».",
        ],
        also: "date de fin expiration renouveler echeance prolongation rappel expire",
    },
    Question {
        id: "dernier-administrateur",
        theme: Theme::Rights,
        question: "Pourquoi ne puis-je pas fermer certains droits, ni les miens\u{202f}?",
        answer: &[
            "Vos propres droits ne peuvent être modifiés ou fermés que par un autre administrateur.",
            "Un site doit aussi garder au moins un Administrateur Entreprise sans date de fin\u{202f}: le dernier ne peut être ni fermé, ni limité dans le temps. Pour le remplacer, une autre personne doit d’abord ouvrir ou associer le site avec les courriers de la caisse.",
        ],
        also: "dernier administrateur refus impossible fermer mes droits quitter entreprise",
    },
    Question {
        id: "liste-des-beneficiaires",
        theme: Theme::Rights,
        question: "Comment retrouver quelqu’un dans la liste, ou l’exporter\u{202f}?",
        answer: &[
            "La page «\u{a0}Gérer les droits d’accès\u{a0}» montre d’abord les droits ouverts, par nom. «\u{a0}Filtrer et trier\u{a0}» affine par rôle, par statut et par dates\u{202f}; chaque filtre en vigueur se retire d’un clic. Sous les filtres, «\u{a0}Non affichés\u{a0}» indique les autres statuts.",
            "Les titres des colonnes changent l’ordre, et «\u{a0}Lignes par page\u{a0}» va de 5 à 50. Sous la liste, «\u{a0}Exporter en CSV\u{a0}» et «\u{a0}Exporter en XLSX\u{a0}» enregistrent toutes les lignes qui correspondent, sur toutes les pages.",
        ],
        also: "filtre tri recherche excel csv xlsx export liste pagination lignes statut ferme expire",
    },
    Question {
        id: "journal-du-site",
        theme: Theme::Rights,
        question: "Comment savoir qui a consulté ou modifié quelque chose sur un site\u{202f}?",
        answer: &[
            "Si vous administrez le site, ouvrez «\u{a0}Gérer les droits d’accès\u{a0}», puis «\u{a0}Journal du site\u{a0}». Il montre qui a donné, changé ou fermé des droits, qui a consulté une fiche ou le suivi DSN, et l’histoire des courriers de la caisse.",
            "Vous pouvez filtrer par opération, par personne et par dates, et enregistrer le résultat avec «\u{a0}Exporter (CSV)\u{a0}». Chaque ligne est gardée douze mois.",
        ],
        also: "journal historique trace audit qui a fait consultation export securite",
    },
    Question {
        id: "menu-incomplet",
        theme: Theme::Rights,
        question: "Je ne vois pas tous les menus, ou une page me dit que je n’y ai pas accès\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Le menu ne montre que les fonctions que vos droits ouvrent sur le site où vous vous trouvez. D’un site à l’autre, il peut donc être différent.",
            "S’il vous manque une fonction, demandez à la personne qui administre le site de modifier vos droits, ou, si vous êtes collaborateur d’un cabinet, à votre cabinet.",
        ],
        also: "page introuvable acces refuse menu manque fonction absente droits insuffisants",
    },
    Question {
        id: "demande-acces-recue",
        theme: Theme::Rights,
        question: "Un cabinet comptable me demande un accès\u{202f}: comment répondre\u{202f}?",
        answer: &[
            "La demande s’affiche sur l’accueil du site et dans «\u{a0}Gérer les droits d’accès\u{a0}», pour les personnes qui administrent le site. Ouvrez-la\u{202f}: elle indique qui demande, avec quelle adresse mail, et quels droits.",
            "- «\u{a0}Vérifier les droits et accorder\u{a0}» ouvre le formulaire déjà rempli\u{202f}: réduisez les droits si vous le souhaitez, puis validez. Pour fixer une date de fin, passez par «\u{a0}Précédent\u{a0}». Rien n’est accordé avant.",
            "- «\u{a0}Refuser la demande\u{a0}» y met fin. Sans réponse, elle expire au bout de 30 jours.",
            "N’accordez qu’à un cabinet que vous connaissez\u{202f}: le SIRET affiché est celui que cette personne a saisi, et l’invitation part à son adresse mail.",
        ],
        also: "demande acces cabinet comptable accorder refuser reduire autoriser",
    },
];
