//! Where values come from, and which one wins.

use super::options::{Choice, Flags, Form, OPTIONS};
use super::{Problem, caisse};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Who said a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The command line.
    #[serde(rename = "ligne de commande")]
    Flag,
    /// The environment.
    Environnement,
    /// The configuration file.
    Fichier,
    /// Nobody.
    #[serde(rename = "défaut")]
    Default,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(match self {
            Self::Flag => "ligne de commande",
            Self::Environnement => "environnement",
            Self::Fichier => "fichier",
            Self::Default => "défaut",
        })
    }
}

/// One value with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The key.
    #[serde(rename = "cle")]
    pub key: &'static str,
    /// What is said, or the default in words.
    #[serde(rename = "valeur")]
    pub text: String,
    /// Who says it.
    pub source: Source,
}

/// Reads the configuration file: the one that is named, or `./espace.toml` if there is one.
pub(super) fn read_file(flags: &Flags, environment: &dyn Fn(&str) -> Option<String>) -> Result<(Option<PathBuf>, toml::Table), Problem> {
    let named = flags.config.clone().or_else(|| environment("ESPACE_CONFIG"));
    let path = match &named {
        Some(path) => PathBuf::from(path),
        None if Path::new("espace.toml").exists() => PathBuf::from("espace.toml"),
        None => return Ok((None, toml::Table::new())),
    };
    let shown = path.display();
    let text = std::fs::read_to_string(&path)
        .map_err(|error| Problem(format!("{shown} : le fichier de configuration ne se lit pas ({error})")))?;
    let table: toml::Table = text.parse().map_err(|error| Problem(format!("{shown} : ce n’est pas du TOML correct.\n{error}")))?;
    for key in table.keys() {
        if key != "caisse" && !OPTIONS.iter().any(|choice| choice.key == key) {
            let known: Vec<&str> = OPTIONS.iter().map(|choice| choice.key).chain(["caisse"]).collect();
            return Err(Problem(format!("{shown} : clé inconnue « {key} ». Clés possibles : {}.", known.join(", "))));
        }
    }
    caisse::check(table.get("caisse")).map_err(|problem| Problem(format!("{shown} : {problem}")))?;
    Ok((Some(path), table))
}

/// Every option with the value that wins.
pub(super) fn resolve(flags: &Flags, environment: &dyn Fn(&str) -> Option<String>, table: &toml::Table) -> Result<Vec<Value>, Problem> {
    OPTIONS
        .iter()
        .map(|choice| {
            let value = |text, source| Ok(Value { key: choice.key, text, source });
            if let Some(text) = flags.values.get(choice.key) {
                value(text.clone(), Source::Flag)
            } else if let Some(text) = environment(&choice.variable()) {
                value(text, Source::Environnement)
            } else if let Some(found) = table.get(choice.key) {
                value(in_file(choice, found)?, Source::Fichier)
            } else {
                value(choice.default.to_owned(), Source::Default)
            }
        })
        .collect()
}

fn in_file(choice: &Choice, value: &toml::Value) -> Result<String, Problem> {
    let texts = |items: &[toml::Value]| items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    match (choice.form, value) {
        (_, toml::Value::String(text)) => Some(text.clone()),
        (Form::List, toml::Value::Array(items)) => texts(items).map(|items| items.join(",")),
        _ => None,
    }
    .ok_or_else(|| {
        let wanted = match choice.form {
            Form::Text => "un texte entre guillemets",
            Form::List => "une liste de textes",
        };
        Problem(format!("« {} » dans le fichier de configuration : {wanted} est attendu.", choice.key))
    })
}
