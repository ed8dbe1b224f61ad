//! The pages over all clients of somebody of an accounting firm.

use super::{Help, Step};

/// Portefeuille: the clients.
pub(super) const CLIENTS: Help = Help {
    lead: "Le portefeuille réunit tous les sites où vous avez des droits en tant que cabinet comptable ou collaborateur, avec leurs \
           alertes DSN et leurs échéances.",
    points: &[
        (
            "Voir ce qui presse",
            "«\u{a0}DSN du mois\u{a0}» porte sur le mois le plus récent, «\u{a0}Alertes\u{a0}» sur tous les mois. La colonne «\u{a0}Fin \
             de la délégation\u{a0}» met en évidence celle qui finit sous 30\u{a0}jours ou qui est terminée.",
        ),
        (
            "Ouvrir un client",
            "Les boutons de droite mènent à l’accueil du site, à son Suivi DSN ou à ses droits d’accès, selon ce que vous avez. Chaque \
             client peut rester ouvert dans son propre onglet du navigateur.",
        ),
        (
            "Chercher et filtrer",
            "Par nom, SIRET ou ville, par rôle, par gravité, par fin proche ou par favoris. L’étoile ajoute un client à vos favoris. \
             L’adresse de la page garde vos filtres\u{202f}: mettez-la en marque-page.",
        ),
        ("Délégation terminée", "«\u{a0}Demander le renouvellement\u{a0}» ouvre une demande d’accès avec le SIRET du client déjà rempli."),
        ("Emporter la liste", "«\u{a0}Exporter cette liste (CSV)\u{a0}» enregistre tous les clients qui correspondent à vos filtres."),
    ],
    questions: &["portefeuille", "client-disparu", "cabinet-obtenir-acces"],
    tour: &[
        Step { at: "onglets-portefeuille", title: "Trois onglets", text: "Vos clients, vos collaborateurs et vos demandes d’accès." },
        Step {
            at: "filtres-clients",
            title: "Chercher et filtrer",
            text: "Combinez les critères, puis cliquez sur «\u{a0}Rechercher\u{a0}». «\u{a0}Tout afficher\u{a0}» les retire.",
        },
        Step {
            at: "liste-clients",
            title: "Vos clients",
            text: "Un clic sur le titre d’une colonne trie la liste. Un clic sur le nom ouvre l’espace du client.",
        },
        Step {
            at: "contenu",
            title: "Sous la liste",
            text: "Vous y trouvez l’export en CSV et le lien vers tous les sites de votre compte.",
        },
    ],
};

/// Collaborateurs.
pub(super) const COLLABORATORS: Help = Help {
    lead: "Cette page montre ce que vous avez transmis à chaque collaborateur, client par client, et permet d’en donner sur plusieurs \
           clients à la fois.",
    points: &[
        (
            "Donner des droits",
            "Cochez les clients, indiquez l’adresse mail et les dates, puis cliquez sur «\u{a0}Choisir les droits\u{a0}». Le \
             collaborateur reçoit une seule invitation pour tous ces clients.",
        ),
        (
            "Quels clients",
            "Ceux où vous avez vous-même reçu des droits au titre du cabinet. Cinquante sont proposés à la fois\u{202f}: la recherche \
             trouve les autres. Un collaborateur ne peut pas transmettre à son tour.",
        ),
        (
            "Mettre fin",
            "Cochez des lignes et cliquez sur «\u{a0}Mettre fin aux droits cochés\u{a0}». L’effet est immédiat. Votre mot de passe est \
             demandé s’il a été saisi il y a plus de 15\u{a0}minutes.",
        ),
        (
            "Résultat, client par client",
            "La page dit ce qui a été fait pour chacun. «\u{a0}Rien de changé\u{a0}» ou «\u{a0}Refusé\u{a0}» est suivi de la \
             raison\u{202f}; les autres clients n’en souffrent pas.",
        ),
        ("Vos clients le voient", "Chaque employeur voit les collaborateurs à qui vous avez transmis des droits, et peut y mettre fin."),
    ],
    questions: &["transmettre-a-un-collaborateur", "collaborateur-parti"],
    tour: &[
        Step {
            at: "lines",
            title: "Ce que vous avez transmis",
            text: "Un cadre par personne, une ligne par client. Cochez celles auxquelles vous voulez mettre fin.",
        },
        Step { at: "transmettre", title: "Donner des droits", text: "Plus bas, vous choisissez plusieurs clients à la fois." },
        Step { at: "sites", title: "Les clients", text: "Cochez ceux qui sont concernés, cinquante au plus." },
        Step {
            at: "email",
            title: "Le collaborateur",
            text: "Une seule invitation est envoyée à cette adresse pour tous les clients cochés.",
        },
    ],
};

/// Handing rights on over several clients, step 2.
pub(super) const HAND_ON: Help = Help {
    lead: "Choisissez ici les droits du collaborateur. Ils seront les mêmes sur tous les clients que vous avez cochés.",
    points: &[
        (
            "Ce que vous pouvez donner",
            "Seulement ce que vous avez sur chacun des clients choisis\u{202f}: un droit qui manque sur un seul d’entre eux est grisé. \
             Pour donner davantage, faites deux envois.",
        ),
        (
            "Remplir la grille",
            "Gardez au moins un collège et accordez au moins un droit. La ligne «\u{a0}Toutes les fonctions\u{a0}» remplit une colonne \
             d’un coup.",
        ),
        (
            "Dates",
            "Si vos droits prennent fin sur l’un des clients, la page le dit\u{202f}: le collaborateur ne peut pas en avoir au-delà.",
        ),
        (
            "Terminer",
            "«\u{a0}Valider et envoyer l’invitation\u{a0}» envoie un seul mail. Les droits s’ouvrent quand le collaborateur l’accepte, \
             dans les sept jours. «\u{a0}Précédent\u{a0}» revient au choix des clients.",
        ),
    ],
    questions: &["transmettre-a-un-collaborateur", "choisir-les-droits"],
    tour: &[
        Step { at: "colleges", title: "Collèges", text: "Les salariés concernés. Gardez au moins un collège." },
        Step {
            at: "rights",
            title: "La grille",
            text: "Une ligne par fonction. Les choix grisés dépassent ce que vous avez sur l’un des clients.",
        },
        Step {
            at: "contenu",
            title: "Envoyer",
            text: "Le bouton, sous la grille, envoie l’invitation. Vous verrez ensuite le résultat, client par client.",
        },
    ],
};

/// Demandes d’accès.
pub(super) const REQUESTS: Help = Help {
    lead: "Cette page demande à vos clients les droits dont vous avez besoin, et montre où en est chaque demande.",
    points: &[
        (
            "Faire une demande",
            "Indiquez le SIRET de votre cabinet, ceux de vos clients (un par ligne, 50 au plus, ou un fichier CSV), un message si vous \
             le souhaitez, et les droits voulus. Puis cliquez sur «\u{a0}Envoyer les demandes\u{a0}».",
        ),
        (
            "Ce que reçoit l’employeur",
            "Les administrateurs du site sont prévenus par mail. Ils voient votre nom, votre adresse mail et le SIRET de votre cabinet. \
             Ils accordent, réduisent ou refusent.",
        ),
        (
            "Où en est une demande",
            "En attente de réponse, acceptée, refusée ou expirée sans réponse, au bout de 30\u{a0}jours. Acceptée, elle vous vaut une \
             invitation par mail\u{202f}: acceptez-la pour que les droits s’ouvrent.",
        ),
        (
            "SIRET inconnu",
            "La page ne dit pas si la caisse connaît un SIRET, pour protéger les entreprises. Sans réponse, vérifiez le numéro et \
             parlez-en à votre client.",
        ),
        (
            "Lignes à corriger",
            "Les lignes qui ne contiennent pas de SIRET valable sont listées sous le champ. Une demande déjà en attente pour le même \
             site reste inchangée.",
        ),
    ],
    questions: &["demander-un-acces", "demande-sans-reponse"],
    tour: &[
        Step { at: "siret", title: "Votre cabinet", text: "Son SIRET, 14\u{a0}chiffres. L’employeur le verra." },
        Step {
            at: "sirets",
            title: "Vos clients",
            text: "Un SIRET par ligne, ou «\u{a0}Choisir un fichier CSV\u{a0}». Le fichier est lu sur votre ordinateur\u{202f}: seuls \
                   les SIRET sont repris.",
        },
        Step {
            at: "rights",
            title: "Les droits voulus",
            text: "Demandez ce dont vous avez besoin, pas plus\u{202f}: l’employeur peut réduire.",
        },
        Step { at: "contenu", title: "Le suivi", text: "Vos demandes et leur état s’affichent sous le formulaire." },
    ],
};
