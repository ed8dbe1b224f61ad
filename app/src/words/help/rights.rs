//! Who holds rights on a site.

use super::{Help, Step};

/// Gérer les droits d’accès: the list.
pub(super) const ACCESS_RIGHTS: Help = Help {
    lead: "Cette page liste les personnes et les cabinets comptables qui ont des droits sur ce site, et permet d’en donner.",
    points: &[
        (
            "Donner des droits",
            "«\u{a0}Déléguer des droits\u{a0}» se fait en deux étapes\u{202f}: à qui et quand, puis quels droits. La personne reçoit \
             une invitation par mail\u{202f}; elle n’a rien tant qu’elle ne l’a pas acceptée.",
        ),
        (
            "Lire la liste",
            "Elle montre d’abord les droits actifs, à venir et en attente d’activation, par nom. Les droits expirés et fermés sont \
             comptés sous les filtres\u{202f}: un clic les ajoute. Les flèches des colonnes changent l’ordre.",
        ),
        (
            "Agir sur une ligne",
            "Pour un utilisateur\u{202f}: voir, modifier, fermer. Pour un cabinet comptable\u{202f}: voir et supprimer\u{202f}; ses \
             droits ne se modifient pas, ils se suppriment et se recréent. Vos propres droits se consultent seulement.",
        ),
        (
            "Ce que voit un cabinet",
            "Une personne d’un cabinet comptable ne voit ici que les droits qu’elle a elle-même transmis, et peut les modifier ou y \
             mettre fin.",
        ),
        (
            "Emporter la liste",
            "«\u{a0}Exporter en CSV\u{a0}» et «\u{a0}Exporter en XLSX\u{a0}» enregistrent toute la liste, avec les filtres en vigueur.",
        ),
    ],
    questions: &["liste-des-beneficiaires", "roles", "modifier-ou-fermer"],
    tour: &[
        Step {
            at: "deleguer",
            title: "Donner des droits",
            text: "«\u{a0}Déléguer des droits\u{a0}» commence ici. Si vous administrez le site, «\u{a0}Journal du site\u{a0}» montre \
                   qui a fait quoi.",
        },
        Step {
            at: "filtres",
            title: "Filtrer et trier",
            text: "Dépliez ce bloc pour choisir un rôle, un statut ou des dates, puis cliquez sur «\u{a0}Appliquer\u{a0}».",
        },
        Step {
            at: "liste-beneficiaires",
            title: "Les bénéficiaires",
            text: "Chaque ligne est une personne ou un cabinet, avec son rôle, son statut et ses dates. À droite, les actions \
                   possibles.",
        },
        Step {
            at: "pages-liste",
            title: "Page par page",
            text: "La liste montre 5\u{a0}lignes à la fois. Choisissez-en 10, 20 ou 50 et cliquez sur «\u{a0}Changer\u{a0}»\u{202f}: ce \
                   navigateur s’en souvient.",
        },
    ],
};

/// Delegating, step 1.
pub(super) const NEW: Help = Help {
    lead: "Première étape d’une délégation\u{202f}: à qui vous donnez des droits, à partir de quand et jusqu’à quand.",
    points: &[
        (
            "Utilisateur ou cabinet",
            "«\u{a0}Un utilisateur de mon organisation\u{a0}» est un collègue, un dirigeant, un associé. «\u{a0}Un cabinet \
             comptable\u{a0}» peut transmettre à ses collaborateurs ce que vous lui donnez\u{202f}; indiquez aussi son SIRET. Ce choix \
             n’est pas proposé à un cabinet.",
        ),
        ("Adresse mail", "L’invitation part à cette adresse, et seule la personne qui l’utilise peut l’accepter. Vérifiez-la bien."),
        (
            "Dates",
            "La date d’effet est aujourd’hui ou plus tard. La date de fin est facultative\u{202f}; c’est le dernier jour d’accès, \
             inclus. Si vos propres droits ont une fin, la date est obligatoire et ne peut la dépasser.",
        ),
        (
            "Adresse refusée",
            "Vous ne pouvez pas vous donner de droits à vous-même, ni inviter une personne qui a déjà des droits ou une invitation sur \
             ce site\u{202f}: modifiez plutôt sa ligne.",
        ),
        ("Ensuite", "«\u{a0}Valider\u{a0}» conduit au choix des droits. Rien n’est envoyé avant la fin de l’étape 2."),
    ],
    questions: &["deleguer-a-un-collegue", "deleguer-a-un-cabinet"],
    tour: &[
        Step {
            at: "contenu",
            title: "Étape 1 sur 2",
            text: "Vous dites ici à qui et quand. Les droits se choisissent à l’étape suivante.",
        },
        Step { at: "kind", title: "Qui", text: "Un utilisateur de votre organisation, ou un cabinet comptable." },
        Step {
            at: "email", title: "Son adresse mail", text: "L’invitation y est envoyée. C’est cette adresse qui servira à l’accepter."
        },
        Step { at: "starts", title: "Le premier jour", text: "Aujourd’hui par défaut, ou une date à venir." },
        Step {
            at: "ends",
            title: "Le dernier jour",
            text: "Les droits s’arrêtent d’eux-mêmes après ce jour. Laissez vide pour des droits sans fin, si vous le pouvez.",
        },
    ],
};

/// Delegating, step 2.
pub(super) const GRANT: Help = Help {
    lead: "Deuxième étape\u{202f}: choisissez précisément les droits que vous donnez. Au départ, aucun n’est accordé.",
    points: &[
        (
            "Administrateur",
            "Cette case donne tous les droits, pour tous les collèges, et la gestion des droits d’accès. La grille est alors \
             verrouillée\u{202f}; la décocher rend vos choix précédents. Elle n’existe que pour un utilisateur, et seul un \
             administrateur la voit.",
        ),
        ("Collèges", "Ouvrier, ETAM et Cadre sont cochés au départ. Gardez-en au moins un."),
        (
            "Fonctions",
            "Pour chacune\u{202f}: «\u{a0}En consultation\u{a0}», «\u{a0}En mise à jour\u{a0}», qui comprend la consultation, ou \
             «\u{a0}Aucun droit d’accès\u{a0}». La ligne «\u{a0}Toutes les fonctions\u{a0}» remplit une colonne d’un coup.",
        ),
        ("Choix grisés ou refusés", "Vous ne pouvez pas donner plus que vous n’avez. Il faut aussi accorder au moins un droit."),
        (
            "Terminer",
            "«\u{a0}Voir l’espace comme le verra ce bénéficiaire\u{a0}» montre son menu avant l’envoi. «\u{a0}Valider et envoyer \
             l’invitation\u{a0}» envoie le mail, dont le lien est valable sept jours. Votre mot de passe est demandé s’il a été saisi il \
             y a plus de 15\u{a0}minutes.",
        ),
    ],
    questions: &["choisir-les-droits", "roles"],
    tour: &[
        Step {
            at: "administrator",
            title: "Administrateur",
            text: "À cocher pour donner tous les droits et leur gestion. Laissez vide pour choisir vous-même.",
        },
        Step { at: "colleges", title: "Collèges", text: "Les salariés concernés. Gardez au moins un collège." },
        Step {
            at: "rights",
            title: "La grille",
            text: "Une ligne par fonction, trois choix. La première ligne remplit toute une colonne.",
        },
        Step {
            at: "valider-droits",
            title: "Vérifier et envoyer",
            text: "Regardez d’abord ce que verra le bénéficiaire, puis validez\u{202f}: l’invitation part aussitôt.",
        },
    ],
};

/// Visualisation.
pub(super) const LINE: Help = Help {
    lead: "Cette page montre tout sur les droits d’une personne ou d’un cabinet\u{202f}: dates, origine, invitation et droits fonction \
           par fonction.",
    points: &[
        (
            "Modifier ou mettre fin",
            "Selon la ligne\u{202f}: «\u{a0}Modifier\u{a0}», «\u{a0}Fermer\u{a0}» pour une personne, «\u{a0}Supprimer\u{a0}» pour un \
             cabinet comptable, «\u{a0}Retirer l’invitation\u{a0}» tant qu’elle n’est pas acceptée. Sans bouton, la ligne se consulte \
             seulement.",
        ),
        (
            "L’invitation n’est pas arrivée",
            "«\u{a0}Renvoyer l’invitation\u{a0}» envoie un nouveau lien, valable sept jours. L’ancien ne sert plus.",
        ),
        (
            "Prolonger",
            "Quand des droits modifiables ont une date de fin, ce cadre la repousse en une étape. La date proposée reprend la même \
             durée\u{202f}; les droits ne changent pas.",
        ),
        (
            "Cabinet comptable",
            "Les collaborateurs à qui il a transmis des droits sont listés. Vous pouvez ouvrir la fiche de chacun et y mettre fin.",
        ),
        ("Trace", "L’ouverture d’une fiche est notée dans le journal du site, une fois par heure au plus."),
    ],
    questions: &["modifier-ou-fermer", "invitation-a-renvoyer", "prolonger"],
    tour: &[
        Step {
            at: "actions-beneficiaire",
            title: "Agir",
            text: "Les boutons dépendent de la ligne\u{202f}: modifier, renvoyer l’invitation, mettre fin.",
        },
        Step {
            at: "fiche-beneficiaire",
            title: "Qui, quand, par qui",
            text: "L’adresse mail, les dates, la personne qui a donné ces droits et l’état de l’invitation.",
        },
        Step { at: "droits", title: "Les droits", text: "Les collèges, puis chaque fonction avec son mode d’accès." },
    ],
};

/// Modification.
pub(super) const MODIFY: Help = Help {
    lead: "Cette page change les dates et les droits d’une personne. Elle n’existe pas pour un cabinet comptable, dont les droits se \
           suppriment et se recréent.",
    points: &[
        ("Dates", "La date d’effet se modifie tant qu’elle n’est pas passée. La date de fin est le dernier jour d’accès, inclus."),
        (
            "Droits",
            "Même grille qu’à la création. Vous ne pouvez pas donner plus que vous n’avez, et il faut garder au moins un collège et un \
             droit.",
        ),
        ("Après «\u{a0}Valider\u{a0}»", "Le changement s’applique dès maintenant, même si la personne est connectée. Elle en est avertie."),
        (
            "«\u{a0}Ces informations ont été modifiées entre-temps\u{a0}»",
            "Quelqu’un d’autre a changé cette ligne pendant votre saisie. La page montre ce qui est enregistré au-dessus de votre \
             saisie\u{202f}: relisez, puis validez pour remplacer.",
        ),
        (
            "Dernier administrateur",
            "Un site doit garder un Administrateur Entreprise sans date de fin\u{202f}: les droits du dernier ne peuvent pas être \
             limités.",
        ),
    ],
    questions: &["modifier-ou-fermer", "modifier-un-cabinet", "dernier-administrateur"],
    tour: &[
        Step { at: "starts", title: "La date d’effet", text: "Modifiable tant qu’elle n’est pas passée." },
        Step { at: "ends", title: "La date de fin", text: "Le dernier jour d’accès, inclus. Vide\u{202f}: sans fin." },
        Step { at: "colleges", title: "Collèges", text: "Gardez-en au moins un." },
        Step { at: "rights", title: "La grille", text: "Changez une ligne, ou toute une colonne avec la première ligne." },
        Step { at: "valider-droits", title: "Valider", text: "Le changement s’applique aussitôt et la personne en est avertie." },
    ],
};

/// Fermeture, suppression, invitation taken back.
pub(super) const END: Help = Help {
    lead: "Cette page met fin à des droits. Elle dit d’abord ce que cela entraîne\u{202f}; rien n’est fait avant le bouton rouge.",
    points: &[
        (
            "Une personne\u{202f}: «\u{a0}Fermer\u{a0}»",
            "Elle perd l’accès au site aussitôt, même connectée, et en est avertie par mail. La ligne reste dans la liste au statut \
             «\u{a0}Fermé\u{a0}»\u{202f}: cochez ce statut dans les filtres pour la revoir.",
        ),
        (
            "Un cabinet\u{202f}: «\u{a0}Supprimer\u{a0}»",
            "Le cabinet perd l’accès, avec tous les collaborateurs à qui il a transmis des droits. La page les nomme.",
        ),
        (
            "Changer les droits d’un cabinet",
            "«\u{a0}Supprimer et recréer avec les mêmes droits\u{a0}» met fin aux droits, puis ouvre une délégation déjà remplie que \
             vous pouvez modifier. Le cabinet devra accepter la nouvelle invitation.",
        ),
        (
            "Une invitation\u{202f}: «\u{a0}Retirer l’invitation\u{a0}»",
            "Elle ne pourra plus être acceptée. Vous pourrez en envoyer une autre.",
        ),
        ("Ce qui est refusé", "Vos propres droits, et ceux du dernier Administrateur Entreprise du site."),
    ],
    questions: &["modifier-ou-fermer", "modifier-un-cabinet", "dernier-administrateur"],
    tour: &[
        Step {
            at: "consequences",
            title: "Ce que cela entraîne",
            text: "Lisez la phrase\u{202f}: elle dit qui perd quoi et qui est averti.",
        },
        Step {
            at: "consequences",
            title: "Confirmer ou non",
            text: "Le bouton rouge met fin aux droits aussitôt. «\u{a0}Annuler\u{a0}» revient à la fiche sans rien changer.",
        },
    ],
};

/// Somebody of a firm asks for rights.
pub(super) const REQUEST: Help = Help {
    lead: "Une personne d’un cabinet comptable demande des droits sur ce site. Vous pouvez les accorder, en accorder moins, ou refuser.",
    points: &[
        (
            "Avant de répondre",
            "Vérifiez que vous connaissez ce cabinet. Le SIRET est celui que la personne a indiqué\u{202f}; l’invitation partira à \
             l’adresse mail affichée.",
        ),
        (
            "Accorder",
            "«\u{a0}Vérifier les droits et accorder\u{a0}» ouvre une délégation remplie avec ce qui est demandé. Réduisez au \
             besoin\u{202f}: rien n’est donné avant la fin de la deuxième étape.",
        ),
        ("Refuser", "«\u{a0}Refuser la demande\u{a0}» la clôt aussitôt. La personne le voit dans ses demandes."),
        ("Sans réponse", "La demande expire à la date indiquée, 30\u{a0}jours après avoir été faite. Rien n’est accordé."),
    ],
    questions: &["demande-acces-recue", "choisir-les-droits"],
    tour: &[
        Step {
            at: "demande",
            title: "Qui demande",
            text: "Le nom, l’adresse mail et le SIRET indiqué. Ne continuez que si vous connaissez ce cabinet.",
        },
        Step { at: "droits", title: "Ce qui est demandé", text: "Les collèges, puis chaque fonction avec le mode souhaité." },
        Step {
            at: "repondre",
            title: "Répondre",
            text: "Accorder mène à la délégation, où vous pouvez encore réduire. Refuser est immédiat.",
        },
    ],
};

/// What was seen and changed on the site.
pub(super) const JOURNAL: Help = Help {
    lead: "Le journal montre qui a consulté ou modifié quoi sur ce site, et pour qui. Il est réservé aux administrateurs du site.",
    points: &[
        (
            "Ce qui y figure",
            "Invitations, modifications et fins de droits, comptes ouverts, courriers de la caisse. S’y ajoutent les fiches ouvertes, \
             les exports, et les consultations du Suivi DSN par ceux qui n’administrent pas le site. La ligne la plus récente est en \
             premier.",
        ),
        (
            "Chercher",
            "Choisissez une opération, une personne (nom ou adresse mail) ou une période, puis cliquez sur «\u{a0}Filtrer\u{a0}». \
             «\u{a0}Effacer les filtres\u{a0}» montre tout à nouveau.",
        ),
        ("Emporter", "«\u{a0}Exporter (CSV)\u{a0}» enregistre les lignes filtrées dans un fichier. L’export est lui-même noté au journal."),
        ("Durée", "Chaque ligne est gardée douze mois. Une personne qui a effacé ses données n’y figure plus que par un numéro."),
    ],
    questions: &["journal-du-site"],
    tour: &[
        Step {
            at: "filtres-journal",
            title: "Filtrer",
            text: "Choisissez une opération, une personne ou des dates, puis cliquez sur «\u{a0}Filtrer\u{a0}».",
        },
        Step {
            at: "lignes-journal",
            title: "Les lignes",
            text: "Quand, quoi, par qui, et les droits de qui. «\u{a0}Pour le cabinet\u{a0}» indique pour quel cabinet la personne \
                   agissait.",
        },
        Step { at: "contenu", title: "Plus loin", text: "«\u{a0}Lignes plus anciennes\u{a0}», sous le tableau, remonte dans le temps." },
    ],
};
