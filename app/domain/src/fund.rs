//! The fund itself: what letters, footers and every « joindre votre caisse » say (D23). Configuration, never code.

use serde::{Deserialize, Serialize};

/// Name and ways to reach the fund, `[caisse]` in the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fund {
    /// Name, « Caisse de démonstration ».
    pub nom: String,
    /// Lines of the postal address.
    pub adresse: Vec<String>,
    /// City of the letters' date line.
    pub ville: String,
    /// Phone number as people read it.
    pub telephone: String,
    /// Opening hours of the phone line.
    pub horaires: String,
    /// Mail address people may write to.
    pub courriel: String,
    /// The fund's public web site.
    pub site_web: String,
    /// Whether this is a demonstration: every page says so.
    pub demonstration: bool,
}

impl Default for Fund {
    fn default() -> Self {
        Self {
            nom: "Caisse de démonstration".into(),
            adresse: vec!["12 quai des Compagnons".into(), "69000 LYON".into()],
            ville: "Lyon".into(),
            telephone: "04 00 00 00 00".into(),
            horaires: "du lundi au vendredi, de 9 h à 17 h".into(),
            courriel: "contact@caisse.example".into(),
            site_web: "https://www.caisse.example".into(),
            demonstration: true,
        }
    }
}
