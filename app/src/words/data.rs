//! One's own data: what is said about them, and values that are codes.

use super::account::event;

/// Above the tab.
pub const INTRO: &str = "Tout ce que l’Espace sécurisé sait de vous : compte, droits, appareils, messages, journal. Aucun mot de passe, aucun secret, aucune donnée d’une autre personne.";
/// About the file.
pub const FILE: &str = "Le fichier est au format JSON, lisible par un programme. Pour une version sur papier, imprimez cette page.";
/// What is asked for before.
pub const STEP_UP: &str = "Votre mot de passe est demandé s’il a été saisi il y a plus de quinze minutes.";
/// The tick box of the erasure.
pub const UNDERSTOOD: &str = "J’ai lu ce qui précède et je demande l’effacement définitif de mes données";

/// What goes at once.
pub const GOES: [&str; 4] = [
    "Votre nom, votre adresse mail et vos numéros de téléphone",
    "Votre mot de passe et vos autres moyens de connexion",
    "Vos sessions, sur tous vos appareils, et les liens et codes qui vous ont été envoyés",
    "Les messages en attente, et la trace de ceux qui sont partis",
];

/// What stays, why and how long.
pub const STAYS: [&str; 3] = [
    "Le journal de sécurité, douze mois au plus : il ne vous désigne plus que par un numéro.",
    "L’historique des droits sur les sites, sous ce même numéro : il prouve qui pouvait quoi.",
    "Le dossier de votre entreprise à la caisse (nom, SIRET, adresse, titulaire), que la loi demande de tenir.",
];

/// A text with the right spaces before its signs.
#[must_use]
pub fn spaced(text: &str) -> String {
    text.replace(" :", "\u{202f}:").replace(" ;", "\u{202f};")
}

/// What becomes of the sites the person leaves.
#[must_use]
pub const fn after(is_last: bool) -> &'static str {
    if is_last {
        "Vous en êtes le dernier administrateur : l’entreprise recevra deux nouveaux courriers pour rouvrir l’espace de ces sites."
    } else {
        "Ces sites gardent un autre administrateur :"
    }
}

/// A value that is a code, in words; none when it is no code.
#[must_use]
pub fn value(table: &str, field: &str, code: &str) -> Option<&'static str> {
    Some(match (table, field, code) {
        ("audit", "what", code) => event(code),
        ("account", "state", "pending") => "en attente d’activation",
        ("account", "state", "active") => "actif",
        ("account", "state", "moving") => "en attente de la nouvelle adresse",
        ("delegation", "role", code) => super::services::role(code.parse().ok()?),
        ("delegation", "origin", "code") => "courriers de la caisse",
        ("delegation", "state", "open") => "ouvert",
        ("delegation", "state", "closed") => "fermé",
        ("delegation", "state", "invited") => "invitation en attente",
        ("delegation", "state", "withdrawn") => "invitation retirée",
        ("outbox", "state", "waiting") => "à envoyer",
        ("outbox", "state", "sent") => "envoyé",
        ("outbox", "state", "dead") => "abandonné",
        ("outbox", "channel", "mail") => "mail",
        ("outbox", "channel", "sms") => "SMS",
        ("outbox", "channel", "ask") => "demande",
        ("outbox", "kind", code) => message(code)?,
        ("guidance", "sidebar", "folded") => "réduite aux icônes",
        ("notification", "rhythm", "once") => "aussitôt",
        ("notification", "rhythm", "daily") => "un message par jour",
        ("notification", "rhythm", "never") => "aucun, sauf la sécurité",
        ("token", "purpose", "activation") => "activation du compte",
        ("token", "purpose", "email") => "nouvelle adresse",
        ("token", "purpose", "revert") => "retour à l’ancienne adresse",
        ("token", "purpose", "certification") => "certification de l’adresse",
        ("token", "purpose", "reset") => "nouveau mot de passe",
        ("token", "purpose", "alarm") => "« ce n’était pas moi »",
        _ => return None,
    })
}

fn message(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "activation" => "Activation du compte",
        "email_confirm" => "Confirmation de la nouvelle adresse",
        "email_moving" => "Changement d’adresse en cours",
        "email_taken" => "Adresse demandée par une autre personne",
        "certification" => "Certification de l’adresse",
        "certification_soon" => "Rappel de certification",
        "reset" => "Nouveau mot de passe",
        "password_changed" => "Mot de passe modifié",
        "new_device" => "Connexion d’un nouvel appareil",
        "factor_changed" => "Double authentification modifiée",
        "new_administrator" | "administrator_added" => "Nouvel administrateur",
        "letters_asked" => "Nouveaux courriers demandés",
        "contact_copy" => "Copie d’un message à la caisse",
        "contact_received" => "Message à la caisse",
        "contact_answered" => "Réponse de la caisse",
        "invitation" => "Invitation",
        "invitation_accepted" => "Invitation acceptée",
        "rights_modified" => "Droits modifiés",
        "rights_closed" => "Droits fermés",
        "firm_removed" => "Délégation du cabinet supprimée",
        "collaborator_closed" => "Droits d’un collaborateur fermés",
        "rights_ending" => "Droits bientôt à leur fin",
        "rights_expired" => "Droits arrivés à leur fin",
        "sms_code" => "Code de certification",
        "sms_message" => "Message de la caisse",
        "ask" => "Demande à l’étude",
        _ => return None,
    })
}
