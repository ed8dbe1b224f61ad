//! Why a field was refused.

use domain::form::Reason;

/// One sentence that says what to do.
#[must_use]
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Missing => "Ce champ est obligatoire.",
        Reason::Mail => "Saisissez une adresse mail complète, par exemple nom@entreprise.fr.",
        Reason::Different => "Les deux saisies sont différentes.",
        Reason::SiretLength => "Un numéro de SIRET compte 14 chiffres.",
        Reason::SiretKey => "Ce numéro de SIRET comporte une erreur : vérifiez chaque chiffre.",
        Reason::Identifiant => "L’identifiant CIBTP compte 6 à 20 lettres et chiffres. Il figure sur votre courrier de bienvenue.",
        Reason::Code => "Le code confidentiel compte 12 lettres et chiffres. Il figure sur votre courrier informatique.",
        Reason::TooShort => "Le mot de passe doit compter au moins 8 caractères.",
        Reason::TooLong => "Cette saisie est trop longue.",
        Reason::TooPlain => {
            "Le mot de passe doit mêler au moins 3 des 4 catégories : majuscules, minuscules, chiffres, caractères spéciaux."
        }
        Reason::Personal => {
            "Le mot de passe ne doit contenir ni votre nom, ni votre adresse mail, ni le nom ou les numéros de votre entreprise."
        }
        Reason::Guessable => "Ce mot de passe se devine trop facilement. Essayez par exemple trois mots sans rapport et un chiffre.",
        Reason::Phone => "Saisissez un numéro de téléphone français, par exemple 04 12 34 56 78.",
        Reason::NotMobile => "Ce numéro n’est pas celui d’un mobile : il commence par 06 ou 07, ou par un préfixe mobile d’outre-mer.",
        Reason::Characters => "Certains caractères ne sont pas acceptés ici.",
        Reason::Choose => "Faites un choix.",
        Reason::SmsCode => "Le code compte 6 chiffres.",
        Reason::WrongCode => "Ce code n’est pas valable. Vérifiez-le, ou demandez-en un nouveau.",
        Reason::WrongPassword => "Ce n’est pas votre mot de passe actuel.",
        Reason::AppCode => "Le code de l’application compte 6 chiffres.",
        Reason::WrongAppCode => "Ce code n’est pas valable, ou il a déjà servi. Attendez le suivant et saisissez-le.",
        Reason::RecoveryCode => "Un code de secours compte 16 lettres et chiffres, par exemple 7K2M-9QXD-4TBA-01CJ.",
        Reason::WrongRecoveryCode => "Ce code de secours n’est pas valable, ou il a déjà servi.",
        Reason::WrongPasskey => "Cette clé d’accès n’a pas pu être vérifiée. Recommencez.",
        Reason::Unticked => "Cochez cette case pour continuer.",
        Reason::FilesChanged => "La liste des fichiers a changé entre-temps. Vérifiez-la, puis envoyez.",
        Reason::Files => "Certains fichiers n’ont pas été joints\u{202f}: la raison est écrite à côté de chacun. Le reste est gardé.",
        Reason::Date => "Saisissez une date complète, par exemple 31/12/2026.",
        Reason::Past => "La date d’effet ne peut pas être passée\u{202f}: choisissez aujourd’hui ou une date à venir.",
        Reason::EndBeforeStart => "La date de fin ne peut précéder ni la date d’effet, ni la date du jour.",
        Reason::NoCollege => "Cochez au moins un collège.",
        Reason::NoRight => "Accordez au moins un droit.",
        Reason::NotHeld => "Vous ne pouvez pas accorder plus de droits que vous n’en avez.",
        Reason::BeforeHeld => "La date d’effet ne peut pas précéder celle de vos propres droits.",
        Reason::AfterHeld => "Vos propres droits ont une date de fin\u{202f}: choisissez la même ou une date antérieure.",
        Reason::Oneself => "Vous ne pouvez pas vous accorder de droits à vous-même.",
        Reason::Giver => "Cette personne est celle qui vous a accordé vos droits.",
        Reason::AlreadyBeneficiary => "Cette personne a déjà des droits sur ce site, ou une invitation en attente.",
        Reason::AlreadyAdministrator => "Cette personne administre déjà ce site.",
        Reason::Unchanged => "C’est déjà le cas\u{202f}: saisissez autre chose.",
    }
}

/// Head of the summary above a refused form.
#[must_use]
pub fn summary(count: usize) -> String {
    if count < 2 { "Une information est à corriger".to_owned() } else { format!("{count} informations sont à corriger") }
}

/// Mark of a field that may stay empty.
pub const OPTIONAL: &str = " (facultatif)";
/// Said once above forms whose other fields are mandatory.
pub const ALL_MANDATORY: &str = "Toutes ces informations sont obligatoires pour vous identifier.";
