//! The password's field, as it is checked live.

/// The eye, closed: pressing it shows the password (S51).
pub const SHOW: &str = "Afficher le mot de passe";
/// The eye, open.
pub const HIDE: &str = "Masquer le mot de passe";
/// Said when it is shown or hidden, for screen readers.
pub const SHOWN: &str = "Le mot de passe est affiché.";
/// Likewise.
pub const HIDDEN: &str = "Le mot de passe est masqué.";
/// Head of the rules (S19, S20).
pub const RULES: &str = "Votre mot de passe doit comprendre :";
/// S19.
pub const LENGTH: &str = "8 caractères au minimum";
/// S20.
pub const KINDS: &str = "3 de ces 4 catégories : majuscules, minuscules, chiffres, caractères spéciaux";
/// After a rule that is met.
pub const MET: &str = " : respecté";
/// After a rule that is not.
pub const UNMET: &str = " : à compléter";
