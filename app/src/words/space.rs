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
