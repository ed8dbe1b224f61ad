//! The frame of a site's space.

use domain::text::{NBSP, grouped};

/// Name of the alert icon: « 3 anomalies DSN » (A18).
#[must_use]
pub fn alerts(count: u32) -> String {
    let number = grouped(usize::try_from(count).unwrap_or(usize::MAX));
    format!("{number}{NBSP}anomalie{} DSN", if count < 2 { "" } else { "s" })
}

/// Below the messages of a bubble that does not hold all.
#[must_use]
pub fn more_alerts(count: u32) -> String {
    format!("et {count} autre{}", if count < 2 { "" } else { "s" })
}

/// Where a click on the icon leads (S63).
pub const TO_DSN: &str = "Voir le suivi DSN";

/// Where a panel of the sidebar is closed.
pub const CLOSE: &str = "Fermer";
/// While it is on its way.
pub const LOADING: &str = "Chargement…";
/// When it cannot be had.
pub const UNAVAILABLE: &str = "Cette aide ne peut pas être affichée pour le moment. Votre page et ce que vous y avez écrit restent là.";
/// Leads to the same as a page.
pub const PLAIN: &str = "Ouvrir cette aide en pleine page";
/// Folds the functional sidebar.
pub const FOLD: &str = "Réduire la barre aux icônes";
/// Unfolds it.
pub const UNFOLD: &str = "Afficher les noms des boutons";
/// The guided tour.
pub const TOUR: &str = "Visite guidée de la page";
/// To the step before.
pub const BEFORE: &str = "Précédent";
/// To the next step.
pub const NEXT: &str = "Suivant";
/// Out of the tour, before its end.
pub const LEAVE: &str = "Quitter la visite";
/// The end of the tour.
pub const DONE: &str = "Terminer la visite";

/// « Étape 2 sur 5 ».
#[must_use]
pub fn step(number: usize, of: usize) -> String {
    format!("Visite guidée\u{202f}: étape {number} sur {of}")
}

/// « 2 nouveautés à lire ».
#[must_use]
pub fn news(count: usize) -> String {
    if count < 2 { format!("{count}{NBSP}nouveauté à lire") } else { format!("{count}{NBSP}nouveautés à lire") }
}
/// Begins the guided tour on the page itself.
pub const START: &str = "Faire la visite sur la page";
