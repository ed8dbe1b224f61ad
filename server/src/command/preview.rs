//! `espace courriels apercu`: one of each mail as files, for whoever reads them over.

use super::output::Output;
use super::stop::Stop;
use crate::adapters::mail::{Composer, samples};
use crate::config::Loaded;
use std::path::Path;
use std::sync::Arc;

/// Writes `<mail>.txt` and `<mail>.html` for each mail.
///
/// # Errors
/// A folder that cannot be written.
pub(super) fn run(loaded: &Loaded, folder: &Path, output: &Output) -> Result<u8, Stop> {
    let failed = |error: std::io::Error| Stop::Failed(format!("Le dossier {} ne s’écrit pas : {error}.", folder.display()));
    std::fs::create_dir_all(folder).map_err(failed)?;
    let composer = Composer::new(Arc::new(loaded.fund.clone()), loaded.settings.public_url.clone());
    let mut names = Vec::new();
    for mail in samples() {
        let written = composer.write(&mail).map_err(|error| Stop::Failed(error.to_string()))?;
        let name = mail.content.kind();
        let text = format!("{}\n\n{}", written.subject, written.text);
        std::fs::write(folder.join(format!("{name}.txt")), text).map_err(failed)?;
        std::fs::write(folder.join(format!("{name}.html")), written.html).map_err(failed)?;
        names.push(name);
    }
    output.answer(&super::Answer {
        json: serde_json::json!({ "folder": folder, "mails": names }),
        text: format!("{} courriels écrits dans {}, en texte et en HTML.", names.len(), folder.display()),
        done: true,
    });
    Ok(0)
}
