//! What a refusal says to the person.

use domain::fund::Fund;
use domain::refusal::Refusal;
use domain::text::NBSP;

/// One sentence or two: what happened and what to do.
#[must_use]
pub fn sentence(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Invalid(fields) => super::form::summary(fields.errors.len()),
        Refusal::SignedOut => "Votre session est terminée. Connectez-vous pour continuer.".into(),
        Refusal::WrongCredentials => {
            "Adresse mail ou mot de passe incorrect. Vérifiez votre saisie, ou utilisez « Mot de passe oublié ? ».".into()
        }
        Refusal::NotActivated => "Votre compte n’est pas encore activé.".into(),
        Refusal::Moving => "Votre compte attend la confirmation de votre nouvelle adresse mail.".into(),
        Refusal::Uncertified => "La certification de votre adresse mail est arrivée à échéance.".into(),
        Refusal::StepUp => "Pour votre sécurité, saisissez votre mot de passe actuel avec cette demande.".into(),
        Refusal::AlreadyAssociated => "Ce site est déjà associé à votre espace sécurisé. Votre code reste valable.".into(),
        Refusal::WrongLetter => "Ces informations ne permettent pas de vous identifier. Vérifiez-les sur vos deux courriers, ou demandez un nouveau code à votre caisse.".into(),
        Refusal::MailTaken => "Un espace existe déjà avec cette adresse mail.".into(),
        Refusal::SecondStepLost => "La vérification n’a pas abouti à temps, ou votre compte a changé entre-temps. Saisissez à nouveau votre mot de passe.".into(),
        Refusal::FlowLost => "Cette saisie a expiré ou concerne un autre site ouvert dans un autre onglet. Reprenez à la première étape.".into(),
        Refusal::DeadLink => "Ce lien n’est plus valable : il a déjà servi, il a expiré, ou un lien plus récent vous a été envoyé.".into(),
        Refusal::ProviderFailed => "La connexion par l’autre service n’a pas abouti. Recommencez, ou connectez-vous avec votre adresse mail et votre mot de passe.".into(),
        Refusal::ExternalTaken => "Cette identité est déjà rattachée à un autre compte, ou votre compte en a déjà trop. Dissociez-la d’abord, ou utilisez votre mot de passe.".into(),
        Refusal::NotFound => "Cette page n’existe pas, ou vous n’y avez pas accès.".into(),
        Refusal::CrossSite => "Cette demande ne vient pas d’une page de l’Espace sécurisé. Revenez à l’accueil et recommencez.".into(),
        Refusal::TooMany { retry_after } => format!("Trop de tentatives. Réessayez dans {}.", wait(*retry_after)),
        Refusal::Busy { retry_after } => format!("L’Espace sécurisé est très sollicité. Réessayez dans {}.", wait(*retry_after)),
        Refusal::Unreadable => "Cette demande n’a pas pu être lue. Revenez à la page précédente et recommencez.".into(),
        Refusal::OwnRights => "Vos propres droits ne peuvent être modifiés ou fermés que par un autre administrateur.".into(),
        Refusal::LastAdministrator => "Ce site doit garder un Administrateur Entreprise sans date de fin : ses droits ne peuvent être ni fermés, ni limités dans le temps.".into(),
        Refusal::Conflict => "Ces informations ont été modifiées entre-temps. Relisez-les avant de recommencer.".into(),
    }
    .replace(" ?", "\u{202f}?")
    .replace(" :", "\u{202f}:")
    .replace("« ", "«\u{a0}")
    .replace(" »", "\u{a0}»")
}

/// « 45 secondes », « 3 minutes », « 2 heures »: rounded up.
fn wait(seconds: u32) -> String {
    let (number, unit) = match seconds {
        0..=90 => (seconds.max(1), "seconde"),
        91..=5400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "heure"),
    };
    format!("{number}{NBSP}{unit}{}", if number > 1 { "s" } else { "" })
}

/// What a page says when the portal itself failed.
#[must_use]
pub fn broken(number: &str) -> String {
    format!("Un incident de notre côté a empêché cette opération ; rien n’a été modifié. Réessayez dans un instant. Si cela se reproduit, communiquez le numéro {number} à votre caisse.")
        .replace(" ;", "\u{202f};")
}

/// Ways to reach the fund, in one line.
#[must_use]
pub fn reach(fund: &Fund) -> String {
    format!("{} : {} ({})", fund.nom, fund.telephone.replace(' ', "\u{a0}"), fund.horaires).replace(" :", "\u{202f}:")
}
