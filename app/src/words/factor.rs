//! The second factor: what it is, what each step asks for.

use domain::text::count;

/// Head of the section, and what mails call it.
pub const TITLE: &str = "Double authentification";
/// For whoever has none.
pub const NONE: &str = "Votre compte est protégé par votre seul mot de passe. Une deuxième preuve, que vous seul détenez, le protège même si quelqu’un le devine.";
/// For whoever has one.
pub const SOME: &str =
    "À chaque connexion depuis un appareil qui n’est pas de confiance, une deuxième preuve est demandée après le mot de passe.";
/// Name of the first way.
pub const APP: &str = "Application d’authentification";
/// What it is.
pub const APP_HINT: &str = "Une application de votre téléphone affiche un code de 6 chiffres, qui change toutes les 30 secondes.";
/// Name of the second way.
pub const PASSKEYS: &str = "Clés d’accès";
/// What they are.
pub const PASSKEYS_HINT: &str =
    "Votre téléphone, votre ordinateur ou une clé de sécurité vous reconnaît par votre empreinte, votre visage ou son code.";
/// Name of the last resort.
pub const RECOVERY: &str = "Codes de secours";
/// For whoever has no script: passkeys are the one thing that needs it.
pub const NEEDS_SCRIPT: &str = "Les clés d’accès ont besoin de JavaScript, qui n’est pas actif sur cette page.";
/// Why recovery codes are shown once.
pub const SHOWN_ONCE: &str = "Imprimez cette page ou recopiez ces codes maintenant, et gardez-les en lieu sûr\u{202f}: ils ne seront plus jamais affichés. Chacun remplace une fois votre application ou votre clé d’accès.";
/// For whoever has lost everything.
pub const LOST_ALL: &str =
    "Vous n’avez plus ni téléphone, ni clé d’accès, ni codes de secours\u{202f}? Votre caisse peut vous aider\u{202f}:";
/// After the right password.
pub const SECOND_STEP: &str = "Votre mot de passe est correct. Confirmez maintenant que c’est bien vous.";
/// Field.
pub const CODE: &str = "Code de votre application";
/// Field.
pub const RECOVERY_CODE: &str = "Code de secours";
/// Fields of the second step, for the summary of errors.
pub const SECOND_FIELDS: [(&str, &str); 3] = [("code", CODE), ("recovery", RECOVERY_CODE), ("passkey", "Clé d’accès")];
/// Said by the browser's script when the person gave up, or the browser did.
pub const CANCELLED: &str = "La clé d’accès n’a pas été utilisée. Vous pouvez recommencer.";
/// Said when the browser knows no passkeys.
pub const UNSUPPORTED: &str = "Ce navigateur ne sait pas utiliser les clés d’accès.";
/// Said when the authenticator holds a passkey of this account already.
pub const KNOWN: &str = "Cet appareil a déjà une clé d’accès pour votre compte.";
/// Why the fund asks for it.
pub const REQUIRED: &str = "Votre caisse demande une double authentification à toute personne qui administre un site. Choisissez une application ou une clé d’accès\u{202f}: votre espace s’ouvre aussitôt après. Une difficulté\u{202f}?";

/// How many recovery codes are left.
#[must_use]
pub fn left(codes: usize) -> String {
    match codes {
        0 => "Il ne vous reste aucun code.".to_owned(),
        codes => format!("Il vous reste {}.", count(codes, "code", "codes")),
    }
}

/// The tick under the second step.
#[must_use]
pub fn trust(days: i64) -> String {
    format!("Ne plus demander sur cet appareil pendant {days} jours")
}
