//! What somebody has read of the portal's help, what they use on a site, and whether answers helped.

use crate::connect::Store;
use crate::row::{at, id, key, vars};
use crate::tx::Error;
use domain::id::{AccountId, SiteId};
use jiff::Timestamp;
use surrealdb::types::{Array, RecordId, SurrealValue, Value};

/// What somebody has read of the portal's help.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Guidance {
    /// The newest piece of news they have read.
    pub news: Option<String>,
    /// The newest important piece whose announcement they have put away, read or not.
    pub announced: Option<String>,
    /// Pages whose tour they have taken.
    pub tours: Vec<String>,
    /// Whether the functional sidebar shows its icons only.
    pub folded: bool,
}

/// Something to remember of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guided<'a> {
    /// News up to this piece were read.
    News(&'a str),
    /// The announcement of this piece was put away.
    Announced(&'a str),
    /// The tour of this page was taken.
    Tour(&'a str),
    /// The sidebar was folded, or unfolded.
    Folded(bool),
}

/// What people said of an answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Opinions {
    /// The question.
    pub question: String,
    /// How often it helped.
    pub yes: i64,
    /// How often it did not.
    pub no: i64,
}

#[derive(SurrealValue)]
struct GuidanceRow {
    news: Option<String>,
    announced: Option<String>,
    tours: Option<String>,
    sidebar: Option<String>,
}

#[derive(SurrealValue)]
struct OpinionRow {
    id: RecordId,
    yes: i64,
    no: i64,
}

/// The sidebar with its icons only.
const FOLDED: &str = "folded";

fn habit_id(account: &AccountId, site: &SiteId) -> RecordId {
    let parts = vec![Value::RecordId(id("account", account.as_str())), Value::RecordId(id("site", site.as_str()))];
    RecordId::new("habit", Array::from(parts))
}

impl Store {
    /// What somebody has read.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_guidance(&self, account: &AccountId) -> Result<Guidance, Error> {
        let vars = vars! { guidance: id("guidance", account.as_str()) };
        let row: Option<GuidanceRow> = self.read("SELECT news, announced, tours, sidebar FROM $guidance;", vars).await?.one(0)?;
        Ok(row.map_or_else(Guidance::default, |row| Guidance {
            news: row.news,
            announced: row.announced,
            tours: row.tours.unwrap_or_default().lines().map(str::to_owned).collect(),
            folded: row.sidebar.is_some_and(|sidebar| sidebar == FOLDED),
        }))
    }

    /// Remembers something of it.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn save_guidance(&self, account: &AccountId, what: Guided<'_>) -> Result<(), Error> {
        let mut vars = vars! { guidance: id("guidance", account.as_str()), account: id("account", account.as_str()) };
        let change = match what {
            Guided::News(news) => {
                vars.insert("value", news.to_owned());
                "news = $value"
            }
            Guided::Announced(news) => {
                vars.insert("value", news.to_owned());
                "announced = $value"
            }
            Guided::Tour(page) => {
                vars.insert("value", format!("{page}\n"));
                "tours = string::concat(tours ?? '', $value)"
            }
            Guided::Folded(folded) => {
                vars.insert("value", folded.then(|| FOLDED.to_owned()));
                "sidebar = $value"
            }
        };
        self.write_apart(&format!("UPSERT $guidance SET account = $account, {change};"), vars).await.map(drop)
    }

    /// What somebody uses on a site, as it was saved.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_habit(&self, account: &AccountId, site: &SiteId) -> Result<Option<String>, Error> {
        self.read("SELECT VALUE uses FROM $habit;", vars! { habit: habit_id(account, site) }).await?.one(0)
    }

    /// Saves it over what was found before. Whether that was still there: pages opened at the same moment do not undo each other.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn save_habit(
        &self,
        account: &AccountId,
        site: &SiteId,
        found: Option<String>,
        uses: String,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let vars = vars! {
            habit: habit_id(account, site),
            account: id("account", account.as_str()),
            site: id("site", site.as_str()),
            found: found,
            uses: uses,
            now: at(now),
        };
        let script = "LET $saved = (SELECT VALUE uses FROM ONLY $habit);
             IF $saved != $found { THROW 'moved' };
             UPSERT $habit SET account = $account, site = $site, uses = $uses, used = $now;";
        match self.write_apart(script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Counts what somebody said of an answer.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_opinion(&self, question: &str, helped: bool) -> Result<(), Error> {
        let script = if helped { "UPSERT $opinion SET yes = (yes ?? 0) + 1;" } else { "UPSERT $opinion SET no = (no ?? 0) + 1;" };
        self.write_apart(script, vars! { opinion: id("opinion", question) }).await.map(drop)
    }

    /// What was said of all answers.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_opinions(&self) -> Result<Vec<Opinions>, Error> {
        let rows = self.read("SELECT id, yes, no FROM opinion;", vars! {}).await?.take::<OpinionRow>(0)?;
        rows.into_iter().map(|row| Ok(Opinions { question: key(&row.id)?.to_owned(), yes: row.yes, no: row.no })).collect()
    }
}
