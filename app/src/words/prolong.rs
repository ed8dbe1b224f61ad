//! Prolonging rights.

/// Heading and button.
pub const TITLE: &str = "Prolonger";
/// Below the field.
pub const HINT: &str = "Dernier jour inclus. La date proposée reprend la même durée\u{202f}; les droits eux-mêmes ne changent pas.";
/// Fields, for the summary of errors.
pub const FIELDS: [(&str, &str); 2] = [("ends", "Nouvelle date de fin"), ("current", "Votre mot de passe actuel")];
