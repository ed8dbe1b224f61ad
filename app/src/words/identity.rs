//! Opening an account, activating it, logging in.

/// Button of the opening (S6).
pub const CREATE: &str = "Je crée mon espace sécurisé";
/// Button of the association (S7).
pub const ASSOCIATE: &str = "Je les associe à un espace existant";
/// Head of the login page (S48).
pub const SIGN_IN: &str = "Se connecter à l’Espace sécurisé";
/// Button of the login page (S52).
pub const CONNECT: &str = "Connexion";
/// Link of the login page (S53).
pub const FORGOTTEN: &str = "Mot de passe oublié ?";
/// Field (S10).
pub const IDENTIFIANT: &str = "Votre identifiant CIBTP";
/// Field (S11).
pub const SIRET: &str = "Votre numéro de SIRET";
/// Field (S12).
pub const CODE: &str = "Votre code confidentiel provisoire";
/// The three fields of the letters, for the summary of errors.
pub const TRIPLE: [(&str, &str); 3] = [("identifiant", IDENTIFIANT), ("siret", SIRET), ("code", CODE)];
/// Field (S16, S49).
pub const EMAIL: &str = "Adresse mail";
/// Field (S18, S50).
pub const PASSWORD: &str = "Mot de passe";
/// Button (S14, S24, S56).
pub const VALIDATE: &str = "Valider";
