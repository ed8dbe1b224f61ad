//! `espace config afficher`.

use super::output::{Output, say};
use crate::config::Loaded;
use serde_json::json;

/// Prints every value with its source. Secrets are in files, and only the files' names are values.
pub(super) fn run(loaded: &Loaded, output: &Output) -> u8 {
    let file = loaded.file.as_ref().map(|path| path.display().to_string());
    if output.is_json() {
        say(format_args!("{}", json!({ "fichier": file, "valeurs": loaded.values, "caisse": loaded.fund })));
        return 0;
    }
    say(format_args!("Fichier : {}\n", file.as_deref().unwrap_or("aucun")));
    for value in &loaded.values {
        let text = if value.text.is_empty() { "—" } else { &value.text };
        say(format_args!("{:<24} {:<18} {text}", value.key, value.source));
    }
    if let Some(remark) = loaded.settings.remark() {
        say(format_args!("\n{remark}"));
    }
    let fund = &loaded.fund;
    say(format_args!("\n[caisse]\nnom           {}\nadresse       {}\nville         {}", fund.nom, fund.adresse.join(", "), fund.ville));
    say(format_args!("telephone     {}\nhoraires      {}\ncourriel      {}", fund.telephone, fund.horaires, fund.courriel));
    say(format_args!("site_web      {}\ndemonstration {}", fund.site_web, if fund.demonstration { "oui" } else { "non" }));
    0
}
