//! What tests ask of a database as a whole.

use crate::connect::{Address, Store};
use crate::row::vars;
use crate::tx::Error;
use jiff::Timestamp;
use surrealdb::types::{SurrealValue, Value};

/// A table as the database itself describes it: its name, and each field with its definition.
#[derive(Debug, Clone)]
pub struct Described {
    /// The table.
    pub table: String,
    /// Its fields, `id` left out as the engine does.
    pub fields: Vec<(String, String)>,
}

impl Store {
    /// Every table and field of the schema, parts of arrays left out.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn describe(&self) -> Result<Vec<Described>, Error> {
        #[derive(SurrealValue)]
        struct Database {
            tables: Value,
        }
        #[derive(SurrealValue)]
        struct Table {
            fields: Value,
        }
        let database = self.read("INFO FOR DB;", vars! {}).await?.one::<Database>(0)?;
        let mut all = Vec::new();
        for (table, _) in entries(database.map(|database| database.tables)) {
            let described = self.read(&format!("INFO FOR TABLE {table};"), vars! {}).await?.one::<Table>(0)?;
            let fields = entries(described.map(|table| table.fields)).into_iter().filter(|(name, _)| !name.contains(['*', '['])).collect();
            all.push(Described { table, fields });
        }
        Ok(all)
    }

    /// Every row of every table, as text.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn dump(&self) -> Result<String, Error> {
        use std::fmt::Write;
        let mut text = String::new();
        for described in self.describe().await? {
            for row in self.read(&format!("SELECT * FROM {};", described.table), vars! {}).await?.take::<Value>(0)? {
                let _ = writeln!(text, "{} {row:?}", described.table);
            }
        }
        Ok(text)
    }

    /// A database in memory, in the form this version expects.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn fresh(now: Timestamp) -> Result<Self, Error> {
        let store = Self::open(&Address::Memory, None).await?;
        store.migrate(now).await?;
        Ok(store)
    }

    /// Runs statements in one transaction, to bring about what the portal has no door for.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn plant(&self, script: &str) -> Result<(), Error> {
        self.write(script, vars! {}).await.map(drop)
    }

    /// One number, for what no intention shows.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn number(&self, sql: &str) -> Result<i64, Error> {
        Ok(self.read(&format!("RETURN {sql};"), vars! {}).await?.one::<i64>(0)?.unwrap_or(0))
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_rows(&self, table: &str) -> Result<usize, Error> {
        Ok(self.read(&format!("SELECT VALUE id FROM {table};"), vars! {}).await?.take::<Value>(0)?.len())
    }
}

fn entries(object: Option<Value>) -> Vec<(String, String)> {
    let Some(Value::Object(object)) = object else { return Vec::new() };
    object
        .into_inner()
        .into_iter()
        .map(|(name, definition)| match definition {
            Value::String(definition) => (name, definition),
            other => (name, format!("{other:?}")),
        })
        .collect()
}
