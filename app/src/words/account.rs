//! One's own account.

use crate::routes::AccountPage;
use domain::text::{NBSP, date};
use jiff::civil::{Date, DateTime};

/// Label of a tab.
#[must_use]
pub const fn tab(page: AccountPage) -> &'static str {
    match page {
        AccountPage::Security | AccountPage::AddApp | AccountPage::AddPasskey | AccountPage::Recovery | AccountPage::RemoveFactor => {
            "Sécurité"
        }
        AccountPage::Data | AccountPage::DataRead | AccountPage::Erase => "Mes données",
        AccountPage::Notifications => "Notifications",
        AccountPage::Contact | AccountPage::Email | AccountPage::Password | AccountPage::EditContact => "Connexion et contact",
    }
}

/// S102, in the guide's own words; then what it means.
pub const EMAIL_WARNING: &str = "ATTENTION, la modification de votre adresse mail entraîne une désactivation de votre compte. Il sera réactivé par le lien envoyé à votre nouvelle adresse.";
/// Field.
pub const NEW_EMAIL: &str = "Nouvelle adresse mail";
/// Its hint.
pub const NEW_EMAIL_HINT: &str = "Elle deviendra votre identifiant de connexion.";
/// Field.
pub const NEW_EMAIL_AGAIN: &str = "Confirmation de la nouvelle adresse";
/// Field.
pub const CURRENT: &str = "Votre mot de passe actuel";
/// Fields of the contact form, for the summary of errors.
pub const CONTACT: [(&str, &str); 6] = [
    ("first", "Prénom"),
    ("last", "Nom"),
    ("phone", "Téléphone"),
    ("mobile", "Téléphone mobile"),
    ("sms", "Code reçu par SMS"),
    ("current", CURRENT),
];

/// « Certifiée le 24 novembre 2026, jusqu’au 26 mai 2027. »
#[must_use]
pub fn email_certified(at: Date, until: Date) -> String {
    format!("Certifiée le {}, jusqu’au {}.", date(at), date(until))
}

/// « 24 novembre 2026 à 11 h 05 ».
#[must_use]
pub fn moment(moment: DateTime) -> String {
    format!("{} à {}{NBSP}h{NBSP}{:02}", date(moment.date()), moment.hour(), moment.minute())
}

/// What happened, for its owner.
#[must_use]
pub fn event(what: &str) -> &'static str {
    match what {
        "account.opened" => "Ouverture du compte",
        "account.activated" => "Activation du compte",
        "account.activation_resent" => "Nouveau lien d’activation envoyé",
        "site.associated" => "Association d’un site",
        "session.opened" => "Connexion",
        "session.closed" => "Déconnexion",
        "session.closed_others" => "Déconnexion des autres appareils",
        "password.confirmed" => "Mot de passe confirmé",
        "password.changed" => "Modification du mot de passe",
        "password.reset_asked" => "Demande de nouveau mot de passe",
        "password.reset" => "Nouveau mot de passe choisi par lien",
        "email.change_started" => "Demande de changement d’adresse mail",
        "email.link_resent" => "Nouveau lien envoyé à la nouvelle adresse",
        "email.changed" => "Nouvelle adresse mail confirmée",
        "email.reverted" => "Changement d’adresse mail annulé",
        "email.certification_asked" => "Demande de certification de l’adresse mail",
        "email.certified" => "Adresse mail certifiée",
        "contact.changed" => "Modification du contact",
        "mobile.certified" => "Téléphone mobile certifié",
        "factor.app_added" => "Application d’authentification ajoutée",
        "factor.app_removed" => "Application d’authentification retirée",
        "factor.passkey_added" => "Clé d’accès ajoutée",
        "factor.passkey_removed" => "Clé d’accès retirée",
        "factor.recovery_renewed" => "Nouveaux codes de secours",
        "factor.recovery_used" => "Code de secours utilisé",
        "factor.cleared" => "Double authentification retirée par la caisse",
        "external.linked" => "Connexion par un autre service rattachée",
        "external.unlinked" => "Connexion par un autre service dissociée",
        "delegation.invited" => "Invitation envoyée",
        "delegation.invited_again" => "Invitation renvoyée",
        "delegation.withdrawn" => "Invitation retirée",
        "delegation.accepted" => "Invitation acceptée",
        "delegation.modified" => "Modification de droits d’accès",
        "delegation.closed" => "Fermeture de droits d’accès",
        "delegation.deleted" => "Suppression des droits d’un cabinet",
        "exchange.sent" => "Message envoyé à votre caisse",
        "exchange.read" => "Message ouvert par votre caisse",
        "exchange.exported" => "Message et fichiers extraits par votre caisse",
        "exchange.answered" => "Réponse de votre caisse à un message",
        "data.exported" => "Consultation de vos données personnelles",
        "data.exported_by_fund" => "Extraction de vos données par votre caisse",
        "access.asked" => "Demande d’accès envoyée",
        "access.refused" => "Demande d’accès refusée",
        "notifications.changed" => "Choix des notifications par mail",
        "alarm" => "Alerte «\u{a0}ce n’était pas moi\u{a0}»",
        other => match super::journal::event(other) {
            super::journal::OTHER => "Opération sur le compte",
            said => said,
        },
    }
}
