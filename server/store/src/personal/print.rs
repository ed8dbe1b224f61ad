//! The registry as people read it: `docs/donnees-personnelles.md`.

use super::{Erasure, Export, Fate, Field, Nature, TABLES, Table};
use jiff::SignedDuration;
use std::fmt::Write;

const HEAD: &str = "# Registre des données personnelles

Cette page est écrite par `espace donnees registre` ; un test la compare au registre du programme, et le registre au schéma de la
base. Elle dit, pour chaque champ de chaque table, s’il parle d’une personne, si celle-ci le reçoit quand elle demande ses données,
ce que devient le champ quand elle demande l’effacement, et quand chaque ligne disparaît d’elle-même.
";

/// The registry in Markdown.
#[must_use]
pub fn register() -> String {
    TABLES.iter().fold(HEAD.to_owned(), |mut text, table| {
        print(table, &mut text);
        text
    })
}

fn print(table: &Table, text: &mut String) {
    let _ = write!(text, "\n## {} (`{}`)\n\n", table.title, table.name);
    let by = table.rows.as_ref().map_or("aucun : ces lignes n’appartiennent à personne", |rows| rows.by);
    let _ = writeln!(text, "Rattachement à une personne : {by}.");
    if table.ends.is_empty() {
        let _ = writeln!(text, "Durée : {}.", if table.is_deleted() { "celle du compte" } else { "celle du dossier de la caisse" });
    }
    for end in table.ends {
        let fate = match end.fate {
            Fate::Deleted => "",
            Fate::PersonErased => " (la personne est effacée)",
        };
        let _ = writeln!(text, "Durée : {}, {} après {}{fate}.", end.which, age(end.age), end.from);
    }
    text.push_str("\n| Champ | Contenu | Personnel | Export | Effacement |\n| --- | --- | --- | --- | --- |\n");
    for field in table.fields {
        let [personal, export, erasure] = cells(field);
        let _ = writeln!(text, "| `{}` | {} | {personal} | {export} | {erasure} |", field.name, field.what);
    }
}

fn cells(field: &Field) -> [String; 3] {
    match field.nature {
        Nature::Impersonal => ["non", "", ""].map(str::to_owned),
        Nature::Record(why) => ["oui, sans compte".to_owned(), String::new(), format!("gardé : {why}")],
        Nature::Personal { export, erasure } => [
            "oui".to_owned(),
            match export {
                Export::Shown(_) => "oui".to_owned(),
                Export::Withheld(why) => format!("non : {why}"),
            },
            match erasure {
                Erasure::WithRow => "supprimé".to_owned(),
                Erasure::Replaced(_, how) => how.to_owned(),
                Erasure::Kept(why) => format!("gardé : {why}"),
            },
        ],
    }
}

/// « 24 heures », « 30 jours », « aussitôt ».
fn age(age: SignedDuration) -> String {
    match age.as_hours() {
        0 => "aussitôt".to_owned(),
        hours if hours < 48 => format!("{hours} heures"),
        hours => format!("{} jours", hours / 24),
    }
}
