//! The « Courrier de bienvenue ».

use crate::error::Error;
use crate::frame::{self, Content};
use crate::layout::Sheet;
use crate::text::{plain, strong};
use crate::{Fund, Letter};

/// The page of the « Courrier de bienvenue », which carries the identifiant.
///
/// # Errors
///
/// Those of [`welcome`](crate::welcome), but [`Error::Pdf`].
pub fn sheet(fund: &Fund, letter: &Letter, identifiant: &str) -> Result<Sheet, Error> {
    const WHAT: &str = "identifiant";
    let identifiant = identifiant.trim();
    if identifiant.is_empty() {
        return Err(Error::Missing(WHAT));
    }
    // To be typed exactly: a character replaced by a square, or dropped, would send the reader to a closed door.
    if !identifiant.chars().all(|letter| letter == ' ' || letter.is_ascii_graphic()) {
        return Err(Error::Unprintable(WHAT));
    }
    frame::within(identifiant, WHAT)?;
    let content = Content {
        title: "Courrier de bienvenue",
        object: "votre identifiant CIBTP",
        what: WHAT,
        secret: identifiant,
        before: vec![
            plain(
                "Bienvenue. Votre entreprise peut ouvrir son espace sécurisé sur le portail de la caisse, \
                 pour y faire ses démarches de congés payés. Voici son ",
            ),
            strong("identifiant CIBTP"),
            plain(" :"),
        ],
        after: vec![vec![
            plain("Pour votre sécurité, votre "),
            strong("code confidentiel provisoire"),
            plain(
                " vous parvient dans un second courrier, posté séparément. \
                 Gardez la présente lettre : les deux vous seront nécessaires.",
            ),
        ]],
        typing: vec![plain(
            "Saisissez l'identifiant CIBTP ci-dessus, le numéro SIRET de votre entreprise et le code confidentiel \
             provisoire du second courrier.",
        )],
        astray: vec![plain("Si le second courrier ne vous parvient pas, appelez-nous : notre numéro figure au bas de cette page.")],
    };
    frame::sheet(fund, letter, &content)
}
