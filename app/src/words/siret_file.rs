//! The file of clients that is read in the browser.

/// Button that chooses a file of SIRETs.
pub const FILE: &str = "Choisir un fichier CSV";
/// A file that is too large to be a list of clients.
pub const FILE_LARGE: &str = "Ce fichier est trop grand pour une liste de clients\u{202f}: 2\u{a0}Mo au plus.";

/// What was read in a file, and what is left to do.
#[must_use]
pub fn read_file(name: &str, found: usize, wrong: usize, most: usize) -> String {
    let found_text = match found {
        0 => "aucun SIRET reconnu".to_owned(),
        1 => "1 SIRET reconnu".to_owned(),
        many => format!("{many} SIRET reconnus"),
    };
    let mut said = format!("«\u{a0}{name}\u{a0}»\u{202f}: {found_text}.");
    if wrong > 0 {
        said.push_str(match wrong {
            1 => " Une ligne est à corriger, en tête de liste.",
            _ => " Des lignes sont à corriger, en tête de liste.",
        });
    }
    if found > most {
        said += " Une demande en porte ";
        said += &most.to_string();
        said += " au plus\u{202f}: retirez les autres, vous les demanderez ensuite.";
    }
    said
}
