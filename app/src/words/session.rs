//! The end of a session.

/// Two minutes ahead.
pub const ENDING: &str = "Sans action de votre part, votre session se termine dans 2 minutes.";
/// The button.
pub const STAY: &str = "Rester connecté";
/// When nothing can keep it any more.
pub const LAST: &str = "Votre session se termine dans moins de 2 minutes et ne peut plus être prolongée. Enregistrez votre saisie.";
/// Once it is over.
pub const OVER: &str = "Votre session est terminée. Copiez ce que vous voulez garder, puis reconnectez-vous.";
