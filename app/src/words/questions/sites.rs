//! Several sites.

use super::{Question, Theme};

/// Its questions.
pub(super) const ALL: &[Question] = &[
    Question {
        id: "choisir-site",
        theme: Theme::Sites,
        question: "J’ai plusieurs sites\u{202f}: comment en choisir un, puis passer à un autre\u{202f}?",
        answer: &[
            "Après la connexion, la page «\u{a0}Sélectionnez le site déclarant souhaité\u{a0}» liste vos sites avec leur entreprise, leur SIRET, leur ville et leurs alertes DSN. Choisissez une ligne, puis cliquez sur «\u{a0}Valider\u{a0}».",
            "À partir de onze sites, un champ de recherche par nom, SIRET ou ville apparaît au-dessus de la liste. Un clic sur l’icône d’alerte d’un site vous mène droit à son suivi DSN.",
            "Pour passer ensuite d’un site à un autre, cliquez sur «\u{a0}Changer de tiers\u{a0}», en haut de la page. Deux sites peuvent aussi rester ouverts dans deux onglets\u{202f}: chacun garde le sien.",
            "Si la liste ne s’affiche pas, c’est que votre compte ne donne accès qu’à un site.",
        ],
        also: "liste selection changer de tiers basculer onglet site declarant etablissement recherche siret adherent",
    },
    Question {
        id: "associer-un-site",
        theme: Theme::Sites,
        question: "Comment ajouter un site à mon espace\u{202f}?",
        answer: &[
            "Ce site a ses deux propres courriers. Avec eux, cliquez sur «\u{a0}Je les associe à un espace existant\u{a0}», sur la page de connexion, ou sur «\u{a0}Associez-les à cet espace\u{a0}», dans «\u{a0}Connexion et contact\u{a0}».",
            "- Étape 1\u{202f}: l’identifiant CIBTP, le SIRET et le code de ce nouveau site.",
            "- Étape 2\u{202f}: l’adresse mail et le mot de passe de votre espace actuel.",
            "Un message confirme l’association. Si on vous répond que le site est déjà associé, rien n’est perdu\u{202f}: votre code reste valable.",
        ],
        also: "association rattacher etablissement nouveau site declarant ajouter siret deuxieme agence chantier",
    },
    Question {
        id: "site-absent",
        theme: Theme::Sites,
        question: "Un de mes sites n’apparaît plus, ou pas\u{202f}: pourquoi\u{202f}?",
        answer: &[
            "Si une recherche est affichée en haut de la liste, effacez-la d’abord. Vérifiez aussi que vous êtes connecté avec la bonne adresse mail.",
            "Ensuite, deux cas\u{202f}: ce site n’a jamais été associé à votre compte, et il faut ses deux courriers\u{202f}; ou bien quelqu’un vous y donne des droits, qui n’ont pas encore commencé, sont terminés, ou attendent que vous acceptiez l’invitation reçue par mail.",
            "Si votre compte ne donne plus accès à aucun site, une page vous le dit. Demandez à l’entreprise de nouveaux droits\u{202f}: vous les accepterez avec ce même compte, sans en créer un autre.",
        ],
        also: "manque absent invisible liste site disparu acces",
    },
    Question {
        id: "reunir-deux-comptes",
        theme: Theme::Sites,
        question: "J’ai deux comptes avec deux adresses mail\u{202f}: puis-je les réunir\u{202f}?",
        answer: &[
            "Aucun bouton ne fusionne deux comptes, mais vous pouvez rassembler vos sites sur celui que vous gardez.",
            "Pour chaque site à reprendre, demandez un nouveau code confidentiel par courrier, puis associez le site au compte que vous gardez.",
            "Fermez ensuite les droits de l’autre compte, site par site\u{202f}: depuis le compte que vous gardez, «\u{a0}Gérer les droits d’accès\u{a0}», puis «\u{a0}Fermer\u{a0}» sur sa ligne.",
        ],
        also: "fusion fusionner doublon deux adresses comptes reunir regrouper",
    },
];
