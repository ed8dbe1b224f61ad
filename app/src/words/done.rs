//! What just worked, said above the page it leads to.

use crate::wire::Saved;

/// S45, and S46 for whoever is led to the login page.
#[must_use]
pub fn associated(signed_in: bool) -> String {
    let done = "L’association de l’adhérent/site choisi avec votre espace sécurisé a bien été effectuée.";
    if signed_in {
        done.to_owned()
    } else {
        format!("{done} Vous êtes redirigé automatiquement sur la page de connexion à votre espace sécurisé.")
    }
}

/// After a new password was chosen with a link.
pub const PASSWORD_RESET: &str = "Votre mot de passe est modifié. Connectez-vous avec le nouveau.";
/// After the new address was confirmed.
pub const EMAIL_CONFIRMED: &str = "Votre nouvelle adresse mail est confirmée et votre compte réactivé. Connectez-vous avec elle.";
/// After a change of address was taken back.
pub const EMAIL_REVERTED: &str =
    "Votre ancienne adresse mail est rétablie et tous les appareils sont déconnectés. Choisissez maintenant un nouveau mot de passe.";
/// After a certification.
pub const CERTIFIED: &str = "Votre adresse mail est certifiée. Vous pouvez vous connecter.";
/// After « ce n’était pas moi ».
pub const ALARM: &str = "Tous les appareils sont déconnectés. Choisissez maintenant un nouveau mot de passe.";
/// After an erasure.
pub const ERASED: &str = "Vos données sont effacées et votre compte est fermé. Un dernier message vous le confirme.";
/// After « Certifier ».
pub const SMS_SENT: &str = "Un code vous est envoyé par SMS. Saisissez-le ci-dessous.";
/// After the right code, during an opening.
pub const SMS_CERTIFIED: &str = "Votre numéro de mobile est certifié.";

/// After a change of address was asked for (S103, S104).
#[must_use]
pub fn email_moving(email: &str) -> String {
    format!(
        "Votre compte est désactivé jusqu’à ce que vous cliquiez sur le lien envoyé à l’adresse {email}. Un message à votre ancienne adresse permet d’annuler."
    )
}

/// After something on the account was saved.
#[must_use]
pub const fn saved(what: Saved) -> &'static str {
    match what {
        Saved::Password => "Votre mot de passe est modifié. Vos autres appareils sont déconnectés.",
        Saved::Contact => "Votre contact est à jour.",
        Saved::Mobile => "Votre numéro de mobile est certifié.",
        Saved::FactorAdded => "C’est ajouté. Vos codes de secours restent les mêmes.",
        Saved::FactorRemoved => "C’est retiré.",
        Saved::Notifications => "Vos choix sont enregistrés. Ils valent pour les prochains messages.",
        Saved::Others => "Vos autres appareils sont déconnectés.",
        Saved::Linked => "Vous pouvez désormais vous connecter à cet espace par ce service.",
        Saved::Invited => "L’invitation est envoyée. Les droits seront actifs dès que votre interlocuteur l’aura acceptée.",
        Saved::InvitedAgain => "L’invitation est renvoyée. Seul ce dernier lien est valable, pendant sept jours.",
        Saved::Rights => "Les droits sont modifiés. Ils s’appliquent dès maintenant, et la personne en est avertie.",
        Saved::RightsEnded => "C’est fait\u{202f}: ces droits ont pris fin, et les personnes concernées en sont averties.",
        Saved::Joined => {
            "Vous avez accepté l’invitation et votre espace est créé. Connectez-vous avec votre adresse mail et votre mot de passe."
        }
        Saved::Accepted => "Vous avez accepté l’invitation. Ce site fait désormais partie de votre espace.",
        Saved::AccessRefused => "La demande est refusée. La personne qui l’a faite le voit dans ses demandes.",
        Saved::MessageDiscarded => "Le message non envoyé et ses fichiers sont supprimés.",
        Saved::MessageSent => "Votre message est envoyé à votre caisse. Une copie vous est adressée par mail.",
        Saved::Unlinked => "Ce service ne permet plus de se connecter à votre espace.",
    }
}
