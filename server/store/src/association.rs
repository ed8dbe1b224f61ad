//! A further site for a person who has an account already: the right, the used code, the audit, whole or not at all.

use crate::accounts::{code_id, delegation_id, notices_script};
use crate::connect::Store;
use crate::lines::due;
use crate::outbox::NewMessage;
use crate::row::{at, id, vars};
use crate::tx::Error;
use domain::id::{AccountId, DelegationId, SiteId};
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::SurrealValue;

/// Everything the association of a site records, in one transaction.
#[derive(Debug)]
pub struct NewSite<'a> {
    /// The person's account.
    pub account: &'a AccountId,
    /// The site the letters prove.
    pub site: &'a SiteId,
    /// Hash of the letter code that is used up by this.
    pub code: &'a str,
    /// Id of the delegation to be: Administrateur Entreprise.
    pub delegation: &'a DelegationId,
    /// Id of the audit row.
    pub audit: &'a str,
    /// Mails to the person and to those who administer the site already (A7), each with its address.
    pub notices: Vec<(String, NewMessage<'a>)>,
    /// Today, Europe/Paris.
    pub today: Date,
    /// Now.
    pub now: Timestamp,
}

/// How an association ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attached {
    /// The person is an administrator of the site.
    Yes,
    /// The person was one already; the code stays live.
    Already,
    /// The account is not active.
    NoAccount,
    /// The code was used, voided or killed meanwhile.
    CodeGone,
}

/// Somebody who administers a site, for the mails that tell them what happens there.
#[derive(Debug, Clone, SurrealValue)]
pub struct Administrator {
    /// Their address.
    pub email: String,
    /// Their first name.
    pub first: String,
}

impl Store {
    /// The people whose account is active and who administer a site on this day.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_administrators(&self, site: &SiteId, today: Date) -> Result<Vec<Administrator>, Error> {
        self.read(
            "SELECT account.email AS email, account.first AS first FROM delegation WHERE site = $site AND state = 'open'
               AND role = 'administrateur_entreprise' AND starts <= $today AND (ends = NONE OR ends >= $today) AND account.state = 'active';",
            vars! { site: id("site", site.as_str()), today: today.to_string() },
        )
        .await?
        .take(0)
    }

    /// Makes the holder of a live code an administrator of its site, and uses the code up.
    ///
    /// # Errors
    /// Those of the engine; every refusal is an [`Attached`].
    pub async fn attach_site(&self, new: NewSite<'_>) -> Result<Attached, Error> {
        let (site, account) = (id("site", new.site.as_str()), id("account", new.account.as_str()));
        let mut vars = vars! {
            guard: id("guard", new.site.as_str()),
            code: code_id(&site, new.code),
            delegation: delegation_id(&account, &site, new.delegation.as_str()),
            key: new.delegation.to_string(),
            account: account,
            site: site,
            audit: id("audit", new.audit),
            today: new.today.to_string(),
            now: at(new.now),
        };
        let notices = notices_script(&new.notices, &mut vars);
        let due = due("$key", "$site", "$delegation");
        let script = format!(
            "UPDATE $guard SET rev += 1, admins += 1;
             LET $used = (UPDATE $code SET state = 'used' WHERE state = 'live' AND expires > $now);
             IF array::len($used) = 0 {{ THROW 'code' }};
             LET $alive = (UPDATE $account SET links += 1 WHERE state = 'active');
             IF array::len($alive) = 0 {{ THROW 'account' }};
             LET $known = (SELECT VALUE id FROM delegation WHERE site = $site AND account = $account AND state = 'open'
               AND role = 'administrateur_entreprise' AND (ends = NONE OR ends >= $today));
             IF array::len($known) > 0 {{ THROW 'already' }};
             CREATE $delegation SET account = $account, site = $site, role = 'administrateur_entreprise', origin = 'code',
               state = 'open', starts = $today, key = $key, created = $now;
             {due}UPDATE letter_code:[$site, NONE]..=[$site, ..] SET state = 'void' WHERE state = 'live';
             UPDATE $site SET letters = 'done';
             {notices}
             CREATE $audit SET at = $now, what = 'site.associated', account = $account, site = $site;"
        );
        let result = self.write(&script, vars).await;
        match result {
            Ok(_) => Ok(Attached::Yes),
            Err(Error::Refused(word)) if word == "code" => Ok(Attached::CodeGone),
            Err(Error::Refused(word)) if word == "account" => Ok(Attached::NoAccount),
            Err(Error::Refused(word)) if word == "already" => Ok(Attached::Already),
            Err(other) => Err(other),
        }
    }
}
