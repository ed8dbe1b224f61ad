//! Mot de passe oublié: the guide's own words where it gives them (S67, S68, S70, S72, S73).

/// S67.
pub const OPTION_MAIL: &str = "Votre espace est créé mais vous avez oublié votre mot de passe";
/// S68.
pub const OPTION_POST: &str =
    "Votre espace n’est pas créé et vous ne connaissez pas votre mot de passe (perte du courrier comportant le mot de passe)";
/// S72.
pub const BY_POST: &str = "Recevoir mon code confidentiel par courrier";
/// S70.
pub const RESET_ASKED: &str = "Un email vous sera transmis permettant la réinitialisation de votre mot de passe.";
/// Below it.
pub const RESET_HINT: &str =
    "Il arrive en quelques minutes si un espace existe à cette adresse. Regardez aussi dans les courriers indésirables.";
/// S73.
pub const LETTERS_ASKED: &str =
    "Un courrier postal vous sera transmis avec un nouveau code confidentiel vous permettant de créer votre espace.";
/// Below it.
pub const LETTERS_HINT: &str =
    "Il est envoyé à l’adresse postale connue de votre caisse, une fois par semaine au plus. Un code déjà reçu reste valable.";
