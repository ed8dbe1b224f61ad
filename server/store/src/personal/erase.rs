//! Erasing a person: one transaction, made from the registry. What stays is kept for a reason the registry names, under a pseudonym.

use super::export::OWN;
use super::{Erasure, Nature, TABLES, Table};
use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::lines::erasure_due;
use crate::outbox::NewMessage;
use crate::row::{at, id, vars};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt::Write;
use surrealdb::types::SurrealValue;

/// An erasure to be.
#[derive(Debug)]
pub struct Erasing<'a> {
    /// Who.
    pub account: &'a AccountId,
    /// Why.
    pub reason: ErasureReason<'a>,
    /// The last mail, to the address that is about to be forgotten.
    pub mail: Option<NewMessage<'a>>,
    /// Id of the audit row.
    pub audit: &'a str,
    /// Today, Europe/Paris.
    pub today: Date,
    /// Now.
    pub now: Timestamp,
}

/// Why a person is erased.
#[derive(Debug, Clone, Copy)]
pub enum ErasureReason<'a> {
    /// They ask for it, from this session.
    Asked(Acting<'a>),
    /// The fund does it, for this motive, which names nobody.
    Fund(&'a str),
    /// Their account was opened before this moment and never activated.
    NeverActivated(Timestamp),
}

/// A site that a person has a right on, before they go.
#[derive(Debug, Clone, PartialEq, Eq, SurrealValue)]
pub struct SiteLeft {
    /// Its name.
    pub name: String,
    /// Its SIRET.
    pub siret: String,
    /// Whether nobody would administer it any more: its letters are put back in line then.
    pub is_last: bool,
}

/// Who administers `$site` on `$today`.
const ADMINISTERED: &str = "SELECT VALUE id FROM delegation WHERE site = $site AND state = 'open' AND role = 'administrateur_entreprise'
      AND (ends = NONE OR ends >= $today) AND account.state != 'closed'";

impl Store {
    /// The sites a person has an open right on, and whether each would be left without administrator.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_sites_left(&self, account: &AccountId, today: Date) -> Result<Vec<SiteLeft>, Error> {
        let others = ADMINISTERED.replace("$site", "$parent.site");
        self.read(
            &format!(
                "SELECT site.name AS name, site.siret AS siret,
                   role = 'administrateur_entreprise' AND array::len(({others} AND account != $account)) = 0 AS is_last
                 FROM delegation:[$account, NONE]..=[$account, ..] WHERE state = 'open' ORDER BY name;"
            ),
            vars! { account: id("account", account.as_str()), today: today.to_string() },
        )
        .await?
        .take(0)
    }

    /// Erases a person: sessions, links, codes, factors and messages go, the account is closed and empty, its rights end, the
    /// sites it leaves without administrator are put back in line for letters. Whole or not at all.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] when the account is not there (any more), or not in the state the reason names.
    pub async fn erase_person(&self, erasing: Erasing<'_>) -> Result<Changed, Error> {
        let mut vars = vars! {
            account: id("account", erasing.account.as_str()),
            audit: id("audit", erasing.audit),
            today: erasing.today.to_string(),
            now: at(erasing.now),
        };
        let (start, what, detail) = match erasing.reason {
            ErasureReason::Asked(acting) => {
                vars.extend(acting.vars());
                (STILL, "account.erased", None)
            }
            ErasureReason::Fund(motive) => (KNOWN, "account.erased_by_fund", Some(motive.to_owned())),
            ErasureReason::NeverActivated(before) => {
                vars.insert("before", at(before));
                (NEVER_ACTIVATED, "account.expired", None)
            }
        };
        vars.insert("what", what.to_owned());
        vars.insert("detail", detail);
        let mail = erasing.mail.map_or_else(String::new, |mail| {
            mail.bind("last", "", &mut vars);
            mail.script("last") + "\nUPDATE $last_mail SET recipient = $a.email;"
        });
        let due = erasure_due();
        let erasure: String = TABLES.iter().filter_map(erasure).collect();
        let script = format!(
            "{start}{OWN}
             LET $rights = (SELECT site, role, key FROM delegation:[$account, NONE]..=[$account, ..] WHERE state = 'open');
             FOR $right IN $rights {{
               LET $guard = type::record('guard', record::id($right.site));
               UPDATE $guard SET rev += 1, admins -= IF $right.role = 'administrateur_entreprise' {{ 1 }} ELSE {{ 0 }};
               CREATE type::record('audit', string::concat(record::id($audit), '-', $right.key)) SET at = $now,
                 what = 'delegation.erased', account = $account, site = $right.site, about = $right.key;
             }};
             DELETE contact_file WHERE account = $account AND state = 'draft';
             {due}
             {erasure}
             FOR $right IN $rights {{
               LET $site = $right.site;
               LET $others = ({ADMINISTERED});
               LET $codes = (SELECT VALUE id FROM letter_code:[$site, NONE]..=[$site, ..] WHERE state = 'live' AND expires > $now);
               IF $right.role = 'administrateur_entreprise' AND array::len($others) = 0 AND array::len($codes) = 0 {{
                 UPDATE $site SET letters = 'wanted' WHERE letters != 'suspended';
               }};
             }};
             {mail}
             CREATE $audit SET at = $now, what = $what, account = $account, detail = $detail;"
        );
        changed(self.write(&script, vars).await)
    }
}

/// For the fund: whatever state the account is in, unless it is closed.
const KNOWN: &str = "LET $a = (SELECT * FROM ONLY $account);
    IF $a = NONE OR $a.state = 'closed' { THROW 'gone' };
";

/// For time: only while it waits for its activation.
const NEVER_ACTIVATED: &str = "LET $a = (SELECT * FROM ONLY $account);
    IF $a = NONE OR $a.state != 'pending' OR $a.created > $before { THROW 'gone' };
";

/// What happens to a person's rows of one table.
fn erasure(table: &'static Table) -> Option<String> {
    let rows = table.rows.as_ref()?;
    let name = table.name;
    if !table.is_deleted()
        && !table.fields.iter().any(|field| matches!(field.nature, Nature::Personal { erasure: Erasure::Replaced(..), .. }))
    {
        // Kept under the pseudonym as it is.
        return None;
    }
    let mut script = format!("LET ${name}_rows = {};\n", rows.ids);
    if table.is_deleted() {
        let _ = writeln!(script, "DELETE ${name}_rows;");
    } else {
        let replaced: Vec<String> = table
            .fields
            .iter()
            .filter_map(|field| match field.nature {
                Nature::Personal { erasure: Erasure::Replaced(value, _), .. } => Some(format!("{} = {value}", field.name)),
                Nature::Personal { .. } | Nature::Impersonal | Nature::Record(_) => None,
            })
            .collect();
        let _ = writeln!(script, "UPDATE ${name}_rows SET {};", replaced.join(", "));
    }
    Some(script)
}
