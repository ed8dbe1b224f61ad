//! What links from mails lead to.

use services::Purpose;

/// A page with one button.
#[derive(Debug, Clone, Copy)]
pub struct Button {
    /// Head of the page.
    pub title: &'static str,
    /// What pressing will do.
    pub sentence: &'static str,
    /// The button.
    pub button: &'static str,
}

/// S26–S28.
pub const ACTIVATION: Button = Button {
    title: "Activation de votre compte",
    sentence: "Confirmez l’activation de votre compte. Votre adresse mail sera certifiée du même coup.",
    button: "Activer mon compte",
};
/// S104.
pub const EMAIL_CHANGE: Button = Button {
    title: "Votre nouvelle adresse mail",
    sentence: "Confirmez cette adresse\u{202f}: elle devient votre identifiant de connexion, et votre compte est réactivé.",
    button: "Confirmer ma nouvelle adresse",
};
/// A change of address taken back.
pub const REVERT: Button = Button {
    title: "Garder votre ancienne adresse mail",
    sentence: "Le changement d’adresse sera annulé\u{202f}: votre ancienne adresse redevient votre identifiant de connexion et tous les appareils connectés seront déconnectés.",
    button: "Garder mon ancienne adresse",
};
/// S30.
pub const CERTIFICATION: Button = Button {
    title: "Certification de votre adresse mail",
    sentence: "Confirmez que cette adresse mail est toujours la vôtre.",
    button: "Certifier mon adresse",
};
/// « Ce n’était pas moi ».
pub const ALARM: Button = Button {
    title: "Ce n’était pas vous\u{202f}?",
    sentence: "Tous les appareils connectés à votre compte seront déconnectés. Vous choisirez ensuite un nouveau mot de passe.",
    button: "Déconnecter tous les appareils",
};

/// What a dead link of this kind offers.
#[must_use]
pub const fn dead(purpose: Purpose) -> Button {
    let (sentence, button) = match purpose {
        Purpose::Activation => {
            ("Si votre compte est déjà actif, connectez-vous. Sinon, demandez un nouveau lien.", "Recevoir un nouveau lien")
        }
        Purpose::EmailChange => (
            "Si votre nouvelle adresse est déjà confirmée, connectez-vous avec elle. Sinon, demandez un nouveau lien.",
            "Recevoir un nouveau lien",
        ),
        Purpose::Certification => {
            ("Si votre adresse est déjà certifiée, connectez-vous. Sinon, demandez un nouveau lien.", "Recevoir un nouveau lien")
        }
        Purpose::Reset => ("Vous pouvez demander un nouveau lien\u{202f}: seul le dernier reçu est valable.", "Demander un nouveau lien"),
        Purpose::Invitation => (
            "Demandez à la personne qui vous a invité de vous renvoyer l’invitation\u{202f}: seul le dernier lien reçu est valable, pendant sept jours.",
            "Se connecter",
        ),
        Purpose::Revert | Purpose::Alarm => (
            "Si vous pensez que quelqu’un utilise votre compte, choisissez un nouveau mot de passe et prévenez votre caisse.",
            "Choisir un nouveau mot de passe",
        ),
    };
    Button { title: "", sentence, button }
}

/// After a demand of a new activation link.
pub const RESENT: &str = "Si un compte attend son activation à cette adresse, un nouveau lien vient de lui être envoyé.";
/// After a right password on a sleeping account (D11).
pub const SLEEPING: &str = "Votre compte n’est pas encore activé\u{202f}: cliquez sur le lien reçu par mail, ou demandez-en un nouveau.";
/// After a right password on an account that waits for its new address (S103).
pub const MOVING: &str = "Votre compte attend la confirmation de votre nouvelle adresse mail\u{202f}: cliquez sur le lien reçu à cette adresse, ou demandez-en un nouveau.";
/// Below the head of the page.
pub const RESEND_HINT: &str = "Un nouveau lien d’activation, valable 72 heures, remplace le précédent.";
/// After a demand of a link to certify an address.
pub const CERTIFY_ASKED: &str = "Si un compte doit être certifié à cette adresse, un lien vient de lui être envoyé.";
/// After a right password whose address is due (A11).
pub const CERTIFY_DUE: &str = "La certification de votre adresse mail est arrivée à échéance\u{202f}: demandez un lien, un clic suffira.";
/// Below the head of the page.
pub const CERTIFY_HINT: &str = "Votre caisse vérifie de temps en temps que votre adresse mail est toujours la vôtre.";
