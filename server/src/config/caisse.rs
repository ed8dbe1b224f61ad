//! The `[caisse]` table: who the fund is.

use super::Problem;
use domain::fund::Fund;

fn known() -> toml::Table {
    toml::Table::try_from(Fund::default()).unwrap_or_default()
}

/// Refuses keys nobody reads and values of the wrong kind, in a sentence.
pub(super) fn check(value: Option<&toml::Value>) -> Result<(), Problem> {
    let Some(value) = value else { return Ok(()) };
    let toml::Value::Table(table) = value else {
        return Err(Problem("« caisse » doit être une table : [caisse].".into()));
    };
    let known = known();
    for (key, value) in table {
        let Some(model) = known.get(key) else {
            let keys: Vec<&str> = known.keys().map(String::as_str).collect();
            return Err(Problem(format!("clé inconnue « caisse.{key} ». Clés possibles : {}.", keys.join(", "))));
        };
        let is_text_list = value.as_array().is_none_or(|items| items.iter().all(toml::Value::is_str));
        if !value.same_type(model) || !is_text_list {
            let wanted = match model {
                toml::Value::Array(_) => "une liste de textes",
                toml::Value::Boolean(_) => "true ou false",
                _ => "un texte entre guillemets",
            };
            return Err(Problem(format!("« caisse.{key} » : {wanted} est attendu.")));
        }
    }
    Ok(())
}

/// The fund. A fund that is named is a real one unless it says otherwise.
pub(super) fn fund(value: Option<&toml::Value>) -> Result<Fund, Problem> {
    let Some(toml::Value::Table(table)) = value else { return Ok(Fund::default()) };
    let mut table = table.clone();
    table.entry("demonstration").or_insert(toml::Value::Boolean(false));
    table.try_into().map_err(|error| Problem(format!("[caisse] : {error}")))
}
