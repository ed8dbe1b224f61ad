//! Who holds rights on a site: read for the list and the page of one, changed, ended. Every write bumps the site's guard and fails as
//! moved when somebody else changed rights since they were read: the caller reads and decides again.

use crate::account_life::{Acting, STILL};
use crate::accounts::notices_script;
use crate::connect::Store;
use crate::delegation_row::{COLUMNS, DelegationRow, Parts};
use crate::lines::{all_due, due};
use crate::outbox::NewMessage;
use crate::row::{id, moment, own, vars};
use crate::tx::{Error, Rows};
use domain::delegations::policy::{Enter, Give, Granted};
use domain::delegations::{Delegation, State};
use domain::id::{AccountId, DelegationId, SiteId};
use domain::identity::person::PersonName;
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{Datetime, RecordId, SurrealValue, Variables};

/// Somebody with a right on a site, or invited to one.
#[derive(Debug, Clone)]
pub struct Beneficiary {
    /// What they hold.
    pub delegation: Delegation,
    /// Their account; none while an invitation waits.
    pub account: Option<AccountId>,
    /// Their address.
    pub email: String,
    /// Their name; empty while an invitation waits.
    pub name: PersonName,
    /// Whether their account is activated.
    pub has_activated: bool,
    /// SIRET of the firm, for one.
    pub siret: Option<String>,
    /// Who gave it; none for the fund's letters.
    pub giver: Option<Giver>,
    /// When it was given.
    pub created: Timestamp,
    /// When it was ended by somebody.
    pub ended: Option<Timestamp>,
    /// Raised by every change.
    pub rev: i64,
    /// Until when the newest link of an invitation serves.
    pub link_until: Option<Timestamp>,
}

/// Who gave a right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giver {
    /// Their account.
    pub account: AccountId,
    /// Their name; empty once they were erased.
    pub name: PersonName,
    /// Their address; empty once they were erased.
    pub email: String,
}

/// What one address has on a site.
#[derive(Debug, Default)]
pub struct Held {
    /// The account with this address.
    pub account: Option<AccountId>,
    /// Everything that is open or over, and the invitation that waits.
    pub lines: Vec<Beneficiary>,
}

/// Whose lines are listed.
#[derive(Debug, Clone, Copy)]
pub enum Within<'a> {
    /// What the company gave.
    Company,
    /// What hangs on this delegation of a firm.
    Firm(&'a DelegationId),
    /// One line.
    One(&'a DelegationId),
}

/// What somebody holds on a site at one moment, and the state of the site's rights then.
#[derive(Debug)]
pub struct Holdings {
    /// The person's delegations there.
    pub delegations: Vec<Delegation>,
    /// Raised by every change of rights on the site.
    pub rev: i64,
}

/// How a change of rights ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruled {
    /// It was made.
    Yes,
    /// Rights of the site changed since they were read: to be decided again.
    Moved,
    /// The session had ended, or the account was not active any more.
    Ended,
    /// The line was changed by somebody else since the page was drawn (T45), or is not there any more.
    Stale,
    /// The address has an invitation on this site already (A34).
    Taken,
}

#[derive(SurrealValue)]
struct Person {
    account: Option<RecordId>,
    email: Option<String>,
    first: Option<String>,
    last: Option<String>,
    account_state: Option<String>,
    siret: Option<String>,
    giver: Option<RecordId>,
    giver_first: Option<String>,
    giver_last: Option<String>,
    giver_email: Option<String>,
    created: Datetime,
    ended: Option<Datetime>,
    rev: i64,
    expires: Option<Datetime>,
}

#[derive(SurrealValue)]
struct Invited {
    key: String,
    site: RecordId,
    role: String,
    starts: String,
    ends: Option<String>,
    rights: String,
    firm: Option<crate::delegation_row::Own>,
}

pub(crate) const GIVER: &str = "giver, giver.first AS giver_first, giver.last AS giver_last, giver.email AS giver_email";
pub(crate) const PERSON: &str =
    "account, account.email AS email, account.first AS first, account.last AS last, account.state AS account_state,
    siret, created, ended, rev, NONE AS expires";
pub(crate) const INVITED: &str =
    "NONE AS account, email, NONE AS first, NONE AS last, NONE AS account_state, siret, created, NONE AS ended, rev, expires";

impl Person {
    fn read(self, delegation: Delegation) -> Result<Beneficiary, Error> {
        let name =
            |first: Option<String>, last: Option<String>| PersonName { first: first.unwrap_or_default(), last: last.unwrap_or_default() };
        let giver = match self.giver {
            Some(account) => Some(Giver {
                account: own(&account)?,
                name: name(self.giver_first, self.giver_last),
                email: self.giver_email.unwrap_or_default(),
            }),
            None => None,
        };
        Ok(Beneficiary {
            delegation,
            account: self.account.as_ref().map(own).transpose()?,
            email: self.email.unwrap_or_default(),
            name: name(self.first, self.last),
            has_activated: self.account_state.is_some_and(|state| state == "active" || state == "moving"),
            siret: self.siret,
            giver,
            created: moment(&self.created),
            ended: self.ended.as_ref().map(moment),
            rev: self.rev,
            link_until: self.expires.as_ref().map(moment),
        })
    }
}

impl Store {
    /// What somebody holds on a site, with the state of its rights: what every change is decided on.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_holdings(&self, account: &AccountId, site: &SiteId) -> Result<Holdings, Error> {
        let sql =
            format!("SELECT VALUE rev FROM $guard; SELECT {COLUMNS} FROM delegation:[$account, $site, NONE]..=[$account, $site, ..];");
        let mut rows = self
            .read(
                &sql,
                vars! {
                    guard: id("guard", site.as_str()),
                    account: id("account", account.as_str()),
                    site: id("site", site.as_str()),
                },
            )
            .await?;
        Ok(Holdings {
            rev: rows.one::<i64>(0)?.unwrap_or(0),
            delegations: rows.take::<DelegationRow>(1)?.into_iter().map(DelegationRow::read).collect::<Result<_, _>>()?,
        })
    }

    /// Lines of the list, in no order: accepted ones and invitations. What of it may be seen, the caller asks the policy.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_beneficiaries(&self, granted: &Granted<Give>, within: Within<'_>) -> Result<Vec<Beneficiary>, Error> {
        self.beneficiaries(granted.site(), within).await
    }

    /// What one address has on a site, whoever gave it: looked at before anything is given to it.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_held(&self, site: &SiteId, email_key: &str) -> Result<Held, Error> {
        let (site, claim) = (id("site", site.as_str()), id("email_claim", email_key));
        let holder = self.read("SELECT VALUE account FROM $claim WHERE until = NONE;", vars! { claim: claim }).await?.one::<RecordId>(0)?;
        let invitation = crate::invitations::invitation_id(&site, email_key);
        let vars = vars! { site: site, holder: holder.clone(), invitation: invitation };
        let delegations = "delegation:[$holder, $site, NONE]..=[$holder, $site, ..]";
        let sql = format!(
            "SELECT {COLUMNS} FROM {delegations}; SELECT {PERSON}, {GIVER} FROM {delegations};
             SELECT {COLUMNS} FROM $invitation; SELECT {INVITED}, {GIVER} FROM $invitation;"
        );
        Ok(Held { account: holder.as_ref().map(own).transpose()?, lines: found(&mut self.read(&sql, vars).await?)? })
    }

    async fn beneficiaries(&self, site: &SiteId, within: Within<'_>) -> Result<Vec<Beneficiary>, Error> {
        let mut vars = vars! { site: id("site", site.as_str()) };
        let condition = match within {
            Within::Company => "site = $site AND above = NONE",
            Within::Firm(firm) => {
                vars.insert("firm", firm.to_string());
                "above IN (SELECT VALUE id FROM delegation WHERE key = $firm AND site = $site) AND site = $site"
            }
            Within::One(key) => {
                vars.insert("key", key.to_string());
                "key = $key AND site = $site"
            }
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM delegation WHERE {condition};
             SELECT {PERSON}, {GIVER} FROM delegation WHERE {condition};
             SELECT {COLUMNS} FROM invitation WHERE {condition};
             SELECT {INVITED}, {GIVER} FROM invitation WHERE {condition};"
        );
        found(&mut self.read(&sql, vars).await?)
    }

    /// One line, by the key in its address.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_beneficiary(&self, granted: &Granted<Give>, key: &DelegationId) -> Result<Option<Beneficiary>, Error> {
        Ok(self.beneficiaries(granted.site(), Within::One(key)).await?.pop())
    }

    /// The Administrateurs Entreprise of a site whose account is activated: what the last one is told by (A41).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_company_administrators(&self, site: &SiteId) -> Result<Vec<Delegation>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM delegation WHERE site = $site AND state = 'open' AND role = 'administrateur_entreprise'
               AND account.state IN ['active', 'moving'];"
        );
        let rows = self.read(&sql, vars! { site: id("site", site.as_str()) }).await?.take::<DelegationRow>(0)?;
        rows.into_iter().map(DelegationRow::read).collect()
    }

    /// Gives a line new terms, writes the mails and the journal.
    ///
    /// # Errors
    /// Those of the engine; every refusal is a [`Ruled`].
    pub async fn modify_delegation(&self, ruling: Ruling<'_>, changed: &Delegation, seen: i64, today: Date) -> Result<Ruled, Error> {
        let mut vars = ruling.vars();
        vars.insert("key", changed.id.to_string());
        vars.insert("seen", seen);
        vars.insert("role", changed.role.code().to_owned());
        vars.insert("rights", changed.rights.to_string());
        vars.insert("starts", changed.starts.to_string());
        vars.insert("ends", changed.ends.map(|end| end.to_string()));
        // What the new last day would have been reminded of before today is not said the same day.
        vars.insert("reminded", domain::delegations::ending::passed(changed.ends, today));
        let table = table(changed);
        let open = if changed.state == State::Invited { "" } else { " AND state = 'open'" };
        let script = format!(
            "LET $changed = (UPDATE {table} SET role = $role, rights = $rights, starts = $starts, ends = $ends, rev += 1{}
               WHERE key = $key AND site = $site AND rev = $seen{open} RETURN VALUE id);
             IF array::len($changed) = 0 {{ THROW 'stale' }};
             {}{}
             CREATE $audit SET at = $now, what = 'delegation.modified', account = $account, site = $site, about = $key, behalf = $behalf,
               detail = $rights, agent = $agent;",
            if changed.state == State::Invited { "" } else { ", reminded = $reminded" },
            due("$key", "$site", "$changed[0]"),
            ruling.notices(&mut vars)
        );
        ruled(self.write(&format!("{STILL}{MOVED}{script}"), vars).await)
    }

    /// Ends a line: closes a delegation and all that hangs on it, or takes an invitation back.
    ///
    /// # Errors
    /// Those of the engine; every refusal is a [`Ruled`].
    pub async fn end_delegation(&self, ruling: Ruling<'_>, line: &Delegation, what: &str) -> Result<Ruled, Error> {
        let mut vars = ruling.vars();
        vars.insert("key", line.id.to_string());
        vars.insert("what", what.to_owned());
        let act = if line.state == State::Invited {
            "LET $gone = (DELETE invitation WHERE key = $key AND site = $site RETURN BEFORE);
             IF array::len($gone) = 0 { THROW 'stale' };
             LET $hanging = [];
             LET $invited = [];
             DELETE token WHERE invitation = $gone[0].id;"
        } else {
            "LET $gone = (UPDATE delegation SET state = 'closed', ended = $now, rev += 1 WHERE key = $key AND site = $site AND state = 'open');
             IF array::len($gone) = 0 { THROW 'stale' };
             LET $hanging = (UPDATE delegation SET state = 'closed', ended = $now, rev += 1 WHERE above = $gone[0].id AND state = 'open');
             FOR $one IN $hanging {
               CREATE type::record('audit', string::concat(record::id($audit), '-', $one.key)) SET at = $now,
                 what = 'delegation.closed_with_firm', account = $account, site = $site, about = $one.key, behalf = $behalf,
                 detail = $one.rights, agent = $agent;
             };
             LET $invited = (DELETE invitation WHERE above = $gone[0].id RETURN BEFORE);
             DELETE token WHERE invitation IN $invited.id;
             IF $gone[0].role = 'administrateur_entreprise' { UPDATE $guard SET admins -= 1 };"
        };
        let script = format!(
            "{act}
             {}{}
             CREATE $audit SET at = $now, what = $what, account = $account, site = $site, about = $key, behalf = $behalf, agent = $agent;",
            all_due("array::concat($gone, $hanging, $invited)"),
            ruling.notices(&mut vars)
        );
        ruled(self.write(&format!("{STILL}{MOVED}{script}"), vars).await)
    }

    /// Name of the site one stands in, for mails about it.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_site_name(&self, granted: &Granted<Enter>) -> Result<Option<String>, Error> {
        self.read("SELECT VALUE name FROM $site;", vars! { site: id("site", granted.site().as_str()) }).await?.one(0)
    }
}

/// The four statements that read `$delegations` and `$invitations`, as [`found`] wants them.
pub(crate) fn found_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM $delegations; SELECT {PERSON}, {GIVER} FROM $delegations;
         SELECT {COLUMNS} FROM $invitations; SELECT {INVITED}, {GIVER} FROM $invitations;"
    )
}

/// The lines of four statements: delegations, their people, invitations, theirs.
pub(crate) fn found(rows: &mut Rows) -> Result<Vec<Beneficiary>, Error> {
    let mut found = Vec::new();
    for (row, person) in rows.take::<DelegationRow>(0)?.into_iter().zip(rows.take::<Person>(1)?) {
        found.push(person.read(row.read()?)?);
    }
    for (row, person) in rows.take::<Invited>(2)?.into_iter().zip(rows.take::<Person>(3)?) {
        found.push(person.read(row.read()?)?);
    }
    Ok(found)
}

fn table(delegation: &Delegation) -> &'static str {
    if delegation.state == State::Invited { "invitation" } else { "delegation" }
}

impl Invited {
    fn read(self) -> Result<Delegation, Error> {
        let key = self.key.parse().map_err(|_| Error::Row("invitation with a wrong key".into()))?;
        let above = self.firm.map(crate::delegation_row::Own::read).transpose()?.map(Box::new);
        Parts { site: &self.site, role: &self.role, starts: &self.starts, ends: self.ends.as_deref(), rights: Some(&self.rights) }.read(
            key,
            State::Invited,
            above,
        )
    }
}

/// What every change of rights has in common: who acts where, on which state of the site's rights it was decided, whom it tells.
#[derive(Debug)]
pub struct Ruling<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// Where.
    pub site: &'a SiteId,
    /// State of the site's rights when it was decided.
    pub rev: i64,
    /// On whose behalf a firm's person acts: the firm's SIRET.
    pub behalf: Option<&'a str>,
    /// Mails about it, each with its address.
    pub notices: Vec<(String, NewMessage<'a>)>,
}

impl Ruling<'_> {
    pub(crate) fn vars(&self) -> Variables {
        let mut vars = self.acting.vars();
        vars.insert("site", id("site", self.site.as_str()));
        vars.insert("guard", id("guard", self.site.as_str()));
        vars.insert("rev", self.rev);
        vars.insert("behalf", self.behalf.map(str::to_owned));
        vars
    }

    pub(crate) fn notices(&self, vars: &mut Variables) -> String {
        notices_script(&self.notices, vars)
    }
}

/// First statement of every change of rights, after [`STILL`]: nobody else has changed any on this site since they were read, and
/// whoever does so at this moment conflicts.
pub(crate) const MOVED: &str = "LET $g = (UPDATE $guard SET rev += 1 WHERE rev = $rev);
    IF array::len($g) = 0 { THROW 'moved' };
";

/// The outcome of a change's script.
pub(crate) fn ruled<T>(result: Result<T, Error>) -> Result<Ruled, Error> {
    match result {
        Ok(_) => Ok(Ruled::Yes),
        Err(Error::Refused(word)) if word == "ended" => Ok(Ruled::Ended),
        Err(Error::Refused(word)) if word == "moved" => Ok(Ruled::Moved),
        Err(Error::Refused(word)) if word == "stale" => Ok(Ruled::Stale),
        Err(Error::Refused(_) | Error::Exists) => Ok(Ruled::Taken),
        Err(other) => Err(other),
    }
}

impl Beneficiary {
    /// Whether the newest link of an invitation can still be followed.
    #[must_use]
    pub fn has_live_link(&self, now: Timestamp) -> bool {
        self.link_until.is_some_and(|until| now < until)
    }
}
