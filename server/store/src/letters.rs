//! Letters and their codes: made in batches, tried, killed after ten wrong tries.

use crate::accounts::{code_id, notices_script};
use crate::connect::Store;
use crate::outbox::NewMessage;
use crate::row::{at, id, own, vars};
use crate::sites::PostRow;
use crate::tx::Error;
use domain::id::{LetterId, SiteId};
use domain::sites::address::Address;
use domain::sites::siret::Siret;
use jiff::Timestamp;
use surrealdb::types::SurrealValue;

/// A site that waits for its two letters.
#[derive(Debug, Clone)]
pub struct LetterJob {
    /// The site.
    pub site: SiteId,
    /// Name on the envelope.
    pub name: String,
    /// Its SIRET.
    pub siret: Siret,
    /// Identifiant CIBTP, for the welcome letter.
    pub identifiant: String,
    /// Holder, as the fund knows the name.
    pub holder: String,
    /// Where it goes.
    pub address: Address,
}

/// A pair of letters about to be written to the spool.
#[derive(Debug)]
pub struct NewLetter<'a> {
    /// Id of the letter.
    pub id: &'a LetterId,
    /// The site.
    pub site: &'a SiteId,
    /// Name of the batch, which is its folder.
    pub batch: &'a str,
    /// Argon2id of the code, salted per site (D16).
    pub code: &'a str,
    /// Until when the code may be used.
    pub expires: Timestamp,
    /// Now.
    pub now: Timestamp,
}

/// What one try of a code gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeMatch {
    /// It is a live code of this site.
    Live,
    /// It is not, or no longer: never said which (D12).
    No,
}

/// How the fund's own demand for letters ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desired {
    /// The site waits for letters.
    Yes,
    /// No site has this SIRET.
    Unknown,
    /// Its letters are suspended.
    Suspended,
}

#[derive(SurrealValue)]
struct Found {
    live: bool,
}

/// Wrong tries that kill a letter (security rule of the letters).
const TRIES: i64 = 10;

impl Store {
    /// Up to `most` sites that need letters and were not asked for before (`after`, a site id; empty to start).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_letter_jobs(&self, after: &str, most: usize) -> Result<Vec<LetterJob>, Error> {
        let rows: Vec<PostRow> = self
            .read(
                "SELECT id, name, siret, identifiant, holder_first, holder_last, street, complement, postcode, city
                 FROM site WHERE letters = 'wanted' AND id > $beyond ORDER BY id LIMIT $most;",
                vars! { beyond: id("site", after), most: i64::try_from(most).unwrap_or(i64::MAX) },
            )
            .await?
            .take(0)?;
        rows.into_iter()
            .map(|row| {
                Ok(LetterJob {
                    site: own(&row.id)?,
                    address: row.address(),
                    siret: Siret::parse(&row.siret).map_err(|_| Error::Row("site with a wrong SIRET".into()))?,
                    holder: format!("{} {}", row.holder_first, row.holder_last).trim().to_owned(),
                    name: row.name,
                    identifiant: row.identifiant,
                })
            })
            .collect()
    }

    /// How many sites wait for letters.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_letter_jobs(&self) -> Result<u64, Error> {
        Ok(self.read("RETURN count((SELECT VALUE id FROM site WHERE letters = 'wanted'));", vars! {}).await?.one::<u64>(0)?.unwrap_or(0))
    }

    /// Records a pair of letters: the code's hash becomes live. At most two codes of a site are live: the older ones are
    /// voided (D16).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn record_letter(&self, new: NewLetter<'_>) -> Result<(), Error> {
        let site = id("site", new.site.as_str());
        self.write(
            "LET $live = (SELECT id, created FROM letter_code:[$site, NONE]..=[$site, ..] WHERE state = 'live' ORDER BY created DESC);
             FOR $old IN array::slice($live, 1) { UPDATE $old.id SET state = 'void' };
             CREATE $letter SET site = $site, batch = $batch, created = $now, code = $code;
             CREATE $code SET letter = $letter, created = $now, expires = $expires, state = 'live';
             UPDATE $site SET letters = 'made' WHERE letters = 'wanted';
             CREATE $audit SET at = $now, what = 'letter.made', site = $site, detail = $batch;",
            vars! {
                code: code_id(&site, new.code),
                site: site,
                letter: id("letter", new.id.as_str()),
                audit: id("audit", new.id.as_str()),
                batch: new.batch.to_owned(),
                expires: at(new.expires),
                now: at(new.now),
            },
        )
        .await
        .map(drop)
    }

    /// Tries a code. A wrong one is noted for the fund's staff (A3), and counts against every live code of the site, and the tenth kills them, in the same
    /// transaction as the look: simultaneous guesses cannot share a count.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn try_code(&self, site: &SiteId, code: &str, audit: &str, now: Timestamp) -> Result<CodeMatch, Error> {
        let site = id("site", site.as_str());
        let found = self
            .write(
                "LET $live = (SELECT VALUE id FROM $code WHERE state = 'live' AND expires > $now);
                 IF array::len($live) = 0 {
                   UPDATE letter_code:[$site, NONE]..=[$site, ..] SET tries += 1, state = IF tries + 1 >= $most { 'dead' } ELSE { state }
                     WHERE state = 'live';
                   IF record::exists($site) { CREATE $audit SET at = $now, what = 'letter.refused', site = $site }
                 };
                 RETURN { live: array::len($live) > 0 };",
                vars! { code: code_id(&site, code), site: site, most: TRIES, audit: id("audit", audit), now: at(now) },
            )
            .await?
            .one::<Found>(2)?;
        Ok(if found.is_some_and(|found| found.live) { CodeMatch::Live } else { CodeMatch::No })
    }

    /// The site with this identifiant and its name, for a demand of new letters (S71). Never shown to whoever asks.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_site_by_identifiant(&self, identifiant: &str) -> Result<Option<(SiteId, String)>, Error> {
        #[derive(SurrealValue)]
        struct Named {
            id: surrealdb::types::RecordId,
            name: String,
        }
        self.read("SELECT id, name FROM (SELECT VALUE site FROM ONLY $claim);", vars! { claim: id("identifiant_claim", identifiant) })
            .await?
            .one::<Named>(0)?
            .map(|found| Ok((own(&found.id)?, found.name)))
            .transpose()
    }

    /// The site with this SIRET.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_site_by_siret(&self, siret: &Siret) -> Result<Option<SiteId>, Error> {
        let site = self.read("SELECT VALUE site FROM $claim;", vars! { claim: id("siret_claim", siret.as_str()) }).await?.one(0)?;
        site.map(|site| own(&site)).transpose()
    }

    /// Puts a site in line for letters because somebody asked, and writes the mails about it. Codes on their way stay good (A1).
    /// When the fund has suspended its letters, the demand is noted and nothing else (A22).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn ask_letters(&self, site: &SiteId, notices: &[(String, NewMessage<'_>)], audit: &str, now: Timestamp) -> Result<(), Error> {
        let mut vars = vars! { site: id("site", site.as_str()), audit: id("audit", audit), now: at(now) };
        let notices = notices_script(notices, &mut vars);
        let script = format!(
            "IF (SELECT VALUE letters FROM ONLY $site) = 'suspended' {{
               CREATE $audit SET at = $now, what = 'letter.asked_in_vain', site = $site;
             }} ELSE {{
               UPDATE $site SET letters = 'wanted';
               {notices}
               CREATE $audit SET at = $now, what = 'letter.asked', site = $site;
             }};"
        );
        self.write(&script, vars).await.map(drop)
    }

    /// Puts a site in line for letters on the fund's own behalf, as a lost letter makes it do.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn want_letters(&self, siret: &Siret, audit: &str, now: Timestamp) -> Result<Desired, Error> {
        let wanted = self
            .write(
                "LET $site = (SELECT VALUE site FROM ONLY $claim);
                 IF $site = NONE { THROW 'unknown' };
                 IF $site.letters = 'suspended' { THROW 'suspended' };
                 LET $changed = (UPDATE $site SET letters = 'wanted' WHERE letters != 'wanted' RETURN VALUE id);
                 IF array::len($changed) > 0 { CREATE $audit SET at = $now, what = 'letter.wanted', site = $site };",
                vars! { claim: id("siret_claim", siret.as_str()), audit: id("audit", audit), now: at(now) },
            )
            .await;
        match wanted {
            Ok(_) => Ok(Desired::Yes),
            Err(Error::Refused(word)) if word == "suspended" => Ok(Desired::Suspended),
            Err(Error::Refused(_)) => Ok(Desired::Unknown),
            Err(other) => Err(other),
        }
    }

    /// Suspends the letters of a site, with the reason, or takes them up again (`reason` none). False when no site has this SIRET;
    /// doing it again changes nothing.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn suspend_letters(&self, siret: &Siret, reason: Option<&str>, audit: &str, now: Timestamp) -> Result<bool, Error> {
        let (from, to, what) = match reason {
            Some(_) => ("letters != 'suspended'", "suspended", "letter.suspended"),
            None => ("letters = 'suspended'", "done", "letter.resumed"),
        };
        let script = format!(
            "LET $site = (SELECT VALUE site FROM ONLY $claim);
             IF $site = NONE {{ THROW 'unknown' }};
             LET $changed = (UPDATE $site SET letters = $to WHERE {from} RETURN VALUE id);
             IF array::len($changed) > 0 {{ CREATE $audit SET at = $now, what = $what, site = $site, detail = $reason }};"
        );
        let vars = vars! {
            claim: id("siret_claim", siret.as_str()),
            to: to.to_owned(),
            what: what.to_owned(),
            reason: reason.map(str::to_owned),
            audit: id("audit", audit),
            now: at(now),
        };
        match self.write(&script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
