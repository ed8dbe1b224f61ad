//! `espace config afficher`.

use super::output::Output;
use crate::config::Loaded;
use serde_json::json;

/// Prints every value with its source. Secrets are in files, and only the files' names are values.
pub(super) fn run(loaded: &Loaded, output: &Output) -> u8 {
    let file = loaded.file.as_ref().map(|path| path.display().to_string());
    if output.is_json() {
        println!("{}", json!({ "fichier": file, "valeurs": loaded.values, "caisse": loaded.fund }));
        return 0;
    }
    println!("Fichier : {}\n", file.as_deref().unwrap_or("aucun"));
    for value in &loaded.values {
        let text = if value.text.is_empty() { "—" } else { &value.text };
        println!("{:<24} {:<18} {text}", value.key, value.source);
    }
    let fund = &loaded.fund;
    println!("\n[caisse]\nnom           {}\nadresse       {}\nville         {}", fund.nom, fund.adresse.join(", "), fund.ville);
    println!("telephone     {}\nhoraires      {}\ncourriel      {}", fund.telephone, fund.horaires, fund.courriel);
    println!("site_web      {}\ndemonstration {}", fund.site_web, if fund.demonstration { "oui" } else { "non" });
    0
}
