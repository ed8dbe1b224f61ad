//! The « Courrier informatique ».

use crate::error::Error;
use crate::frame::{self, Content};
use crate::layout::Sheet;
use crate::text::{clean, given, plain, strong};
use crate::{Fund, Letter};

/// How many characters a code has.
const LENGTH: usize = 12;
/// How many are shown together.
const GROUP: usize = 4;

/// The page of the « Courrier informatique », which carries the code.
///
/// # Errors
///
/// Those of [`code`](crate::code()), but [`Error::Pdf`].
pub fn sheet(fund: &Fund, letter: &Letter, code: &str, valid_until: &str) -> Result<Sheet, Error> {
    let grouped = grouped(code)?;
    frame::within(valid_until, "last day of validity")?;
    if clean(valid_until).is_empty() {
        return Err(Error::Missing("last day of validity"));
    }
    let content = Content {
        title: "Courrier informatique",
        object: "votre code confidentiel provisoire",
        what: "code",
        secret: &grouped,
        before: vec![
            plain("Pour ouvrir l'espace sécurisé de votre entreprise sur le portail de la caisse, voici votre "),
            strong("code confidentiel provisoire"),
            plain(" :"),
        ],
        after: vec![
            vec![
                plain("Ce code est valable jusqu'au "),
                given(valid_until),
                plain(" et "),
                strong("ne sert qu'une fois"),
                plain(". Passé cette date, demandez-nous un nouveau code."),
            ],
            vec![
                strong("Personne à la caisse ne vous demandera jamais ce code"),
                plain(", ni par téléphone, ni par courriel, ni par SMS. Ne le communiquez à personne."),
            ],
        ],
        typing: vec![plain(
            "Saisissez l'identifiant CIBTP, le numéro SIRET de votre entreprise et le code ci-dessus. \
             L'identifiant figure dans votre premier courrier, le « Courrier de bienvenue », posté séparément.",
        )],
        astray: vec![plain(
            "Si vous n'avez pas reçu le premier courrier, appelez-nous : notre numéro figure au bas de cette page. \
             Une fois votre espace ouvert, ce code ne sert plus : vous pouvez détruire ce courrier.",
        )],
    };
    frame::sheet(fund, letter, &content)
}

/// The code in groups of four, or an error that does not repeat it.
fn grouped(code: &str) -> Result<String, Error> {
    let letters: Vec<char> = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    if letters.len() != LENGTH || !letters.iter().all(char::is_ascii_alphanumeric) {
        return Err(Error::Code);
    }
    Ok(letters.chunks(GROUP).map(String::from_iter).collect::<Vec<_>>().join(" "))
}
