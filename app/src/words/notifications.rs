//! Mails about rights, site by site.

use services::Rhythm;

/// Below the heading.
pub const LEAD: &str = "Choisissez, site par site, comment recevoir les messages sur les droits d’accès\u{202f}: invitations acceptées, droits modifiés, fermés ou bientôt à leur fin.";
/// What no choice changes.
pub const SECURITY: &str = "Les messages de sécurité partent toujours aussitôt\u{202f}: mot de passe, adresse mail, nouvel appareil, nouvel administrateur, invitations.";
/// Where there is no site.
pub const EMPTY: &str = "Vous n’avez de droits sur aucun site pour l’instant.";

/// A choice.
#[must_use]
pub const fn rhythm(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Once => "Aussitôt",
        Rhythm::Daily => "Un message par jour, à 7\u{a0}heures",
        Rhythm::Never => "Aucun, sauf la sécurité",
    }
}
