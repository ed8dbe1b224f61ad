//! How somebody wants mails about rights, site by site.

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::row::{id, own, vars};
use crate::tx::Error;
use domain::id::{AccountId, SiteId};
use surrealdb::types::{Array, RecordId, SurrealValue, Value};

#[derive(SurrealValue)]
struct Row {
    site: RecordId,
    rhythm: String,
}

impl Store {
    /// What somebody chose, by site; sites they chose nothing for are left out.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_notifications(&self, account: &AccountId) -> Result<Vec<(SiteId, String)>, Error> {
        let rows = self
            .read("SELECT site, rhythm FROM notification WHERE account = $account;", vars! { account: id("account", account.as_str()) })
            .await?
            .take::<Row>(0)?;
        rows.into_iter().map(|row| Ok((own(&row.site)?, row.rhythm))).collect()
    }

    /// Keeps choices, one a site.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn save_notifications(&self, acting: Acting<'_>, choices: &[(SiteId, &'static str)]) -> Result<Changed, Error> {
        use std::fmt::Write;
        let mut vars = acting.vars();
        let account = id("account", acting.account.as_str());
        let mut script = STILL.to_owned();
        for (number, (site, rhythm)) in choices.iter().enumerate() {
            let site = id("site", site.as_str());
            let row = Array::from(vec![Value::RecordId(account.clone()), Value::RecordId(site.clone())]);
            vars.insert(format!("row{number}"), RecordId::new("notification", row));
            vars.insert(format!("site{number}"), site);
            vars.insert(format!("rhythm{number}"), (*rhythm).to_owned());
            let _ = writeln!(script, "UPSERT $row{number} SET account = $account, site = $site{number}, rhythm = $rhythm{number};");
        }
        script.push_str("CREATE $audit SET at = $now, what = 'notifications.changed', account = $account, agent = $agent;");
        changed(self.write(&script, vars).await)
    }
}
