//! Accounts: opened with the letters, activated by mail, found by their login.

use crate::connect::Store;
use crate::lines::due;
use crate::outbox::NewMessage;
use crate::row::{at, id, moment, own, vars};
use crate::tokens::NewLink;
use crate::tx::Error;
use domain::id::{AccountId, DelegationId, SiteId};
use domain::identity::person::PersonName;
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{Array, Datetime, RecordId, SurrealValue, Value, Variables};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Opened; its activation link has not been used.
    Pending,
    /// In use.
    Active,
    /// Waits for its new address to be confirmed (S103).
    Moving,
    /// Ended.
    Closed,
}

impl AccountState {
    /// Its name in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Moving => "moving",
            Self::Closed => "closed",
        }
    }

    pub(crate) fn read(text: &str) -> Result<Self, Error> {
        match text {
            "pending" => Ok(Self::Pending),
            "active" => Ok(Self::Active),
            "moving" => Ok(Self::Moving),
            "closed" => Ok(Self::Closed),
            other => Err(Error::Row(format!("account in an unknown state: {other}"))),
        }
    }
}

/// An account as the portal reads it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its login.
    pub email: String,
    /// Prénom.
    pub first: String,
    /// Nom.
    pub last: String,
    /// Hash of the password (PHC string).
    pub password: String,
    /// Where it stands.
    pub state: AccountState,
    /// Raised when every session and link must die.
    pub epoch: i64,
    /// When the address was last certified.
    pub certified: Option<Timestamp>,
    /// The address to be, while [`AccountState::Moving`].
    pub pending_email: Option<String>,
    /// Landline, E.164.
    pub phone: Option<String>,
    /// Mobile, E.164.
    pub mobile: Option<String>,
    /// When that mobile was certified (S33).
    pub mobile_certified: Option<Timestamp>,
    /// When it was opened.
    pub created: Timestamp,
    /// When the password was last changed.
    pub password_changed: Option<Timestamp>,
    /// When somebody last logged in.
    pub last_login: Option<Timestamp>,
}

impl Account {
    /// The person's name.
    #[must_use]
    pub fn name(&self) -> PersonName {
        PersonName { first: self.first.clone(), last: self.last.clone() }
    }
}

#[derive(SurrealValue)]
pub(crate) struct Row {
    id: RecordId,
    email: String,
    first: String,
    last: String,
    password: String,
    state: String,
    epoch: i64,
    certified: Option<Datetime>,
    pending_email: Option<String>,
    phone: Option<String>,
    mobile: Option<String>,
    mobile_certified: Option<Datetime>,
    created: Datetime,
    password_changed: Option<Datetime>,
    last_login: Option<Datetime>,
}

impl Row {
    pub(crate) fn read(self) -> Result<Account, Error> {
        Ok(Account {
            id: own(&self.id)?,
            email: self.email,
            first: self.first,
            last: self.last,
            password: self.password,
            state: AccountState::read(&self.state)?,
            epoch: self.epoch,
            certified: self.certified.as_ref().map(moment),
            pending_email: self.pending_email,
            phone: self.phone,
            mobile: self.mobile,
            mobile_certified: self.mobile_certified.as_ref().map(moment),
            created: moment(&self.created),
            password_changed: self.password_changed.as_ref().map(moment),
            last_login: self.last_login.as_ref().map(moment),
        })
    }
}

/// Everything the opening of an account records, in one transaction.
#[derive(Debug)]
pub struct NewAccount<'a> {
    /// Id of the account to be.
    pub id: &'a AccountId,
    /// Keyed hash of the address: the claim that keeps it unique.
    pub email_key: &'a str,
    /// The address, which becomes the login.
    pub email: &'a str,
    /// Prénom as typed.
    pub first: &'a str,
    /// Nom as typed.
    pub last: &'a str,
    /// Name the fund had, kept beside the typed one in the audit row (A8).
    pub known_name: &'a str,
    /// Landline, E.164.
    pub phone: Option<&'a str>,
    /// Mobile, E.164.
    pub mobile: Option<&'a str>,
    /// When that mobile was certified during the opening (A47).
    pub mobile_certified: Option<Timestamp>,
    /// Hash of the password.
    pub password: &'a str,
    /// The site the letters prove.
    pub site: &'a SiteId,
    /// Hash of the letter code that is used up by this.
    pub code: &'a str,
    /// Id of the delegation to be: Administrateur Entreprise.
    pub delegation: &'a DelegationId,
    /// Today, Europe/Paris.
    pub today: Date,
    /// The activation link and its mail.
    pub link: NewLink<'a>,
    /// Mails to those who administer the site already (A7), each with its address.
    pub notices: Vec<(String, NewMessage<'a>)>,
    /// Now.
    pub now: Timestamp,
}

/// How an opening ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// The account exists and its mail waits in the outbox.
    Yes,
    /// The address already has an account (A6).
    MailTaken,
    /// The code was used, voided or killed meanwhile.
    CodeGone,
}

impl Store {
    /// The account with this login, by the keyed hash of the address.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn find_account_by_email(&self, email_key: &str) -> Result<Option<Account>, Error> {
        // A claim with an end is an address the account has left.
        self.read(
            "SELECT * FROM (SELECT VALUE account FROM ONLY $claim WHERE until = NONE);",
            vars! { claim: id("email_claim", email_key) },
        )
        .await?
        .one::<Row>(0)?
        .map(Row::read)
        .transpose()
    }

    /// Opens an account: the person, the claim on the address, the right on the site, the used code, the mail and its link,
    /// whole or not at all. The delegation is in force for activated accounts only, since nobody else can log in.
    ///
    /// # Errors
    /// Those of the engine; every refusal is an [`Opened`].
    pub async fn open_account(&self, new: NewAccount<'_>) -> Result<Opened, Error> {
        let site = id("site", new.site.as_str());
        let account = id("account", new.id.as_str());
        let code = code_id(&site, new.code);
        let mut vars = vars! {
            guard: id("guard", new.site.as_str()),
            code: code,
            claim: id("email_claim", new.email_key),
            account: account.clone(),
            email: new.email.to_owned(),
            first: new.first.to_owned(),
            last: new.last.to_owned(),
            known_name: new.known_name.to_owned(),
            phone: new.phone.map(str::to_owned),
            mobile: new.mobile.map(str::to_owned),
            mobile_certified: new.mobile_certified.map(at),
            password: new.password.to_owned(),
            delegation: delegation_id(&account, &site, new.delegation.as_str()),
            key: new.delegation.to_string(),
            site: site,
            today: new.today.to_string(),
            audit: id("audit", new.link.mail.id.as_str()),
            now: at(new.now),
        };
        new.link.bind("one", &mut vars);
        let notices = notices_script(&new.notices, &mut vars);
        let due = due("$key", "$site", "$delegation");
        let script = format!(
            "UPDATE $guard SET rev += 1, admins += 1;
             LET $used = (UPDATE $code SET state = 'used' WHERE state = 'live' AND expires > $now);
             IF array::len($used) = 0 {{ THROW 'code' }};
             IF record::exists($claim) {{ THROW 'mail' }};
             CREATE $claim SET account = $account;
             CREATE $account SET email = $email, first = $first, last = $last, phone = $phone, mobile = $mobile,
               mobile_certified = $mobile_certified, password = $password, state = 'pending', epoch = 0, created = $now;
             CREATE $delegation SET account = $account, site = $site, role = 'administrateur_entreprise', origin = 'code',
               state = 'open', starts = $today, key = $key, created = $now;
             {due}UPDATE letter_code:[$site, NONE]..=[$site, ..] SET state = 'void' WHERE state = 'live';
             UPDATE $site SET letters = 'done';
             {}
             {notices}
             CREATE $audit SET at = $now, what = 'account.opened', account = $account, site = $site, detail = $known_name;",
            new.link.script("one")
        );
        let result = self.write(&script, vars).await;
        match result {
            Ok(_) => Ok(Opened::Yes),
            Err(Error::Refused(word)) if word == "code" => Ok(Opened::CodeGone),
            Err(Error::Refused(word)) if word == "mail" => Ok(Opened::MailTaken),
            Err(Error::Exists) => Ok(Opened::MailTaken),
            Err(other) => Err(other),
        }
    }

    /// How many accounts there are; for reports.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_accounts(&self) -> Result<u64, Error> {
        Ok(self.read("RETURN count((SELECT VALUE id FROM account));", vars! {}).await?.one::<u64>(0)?.unwrap_or(0))
    }
}

/// The statements that write mails beside an act, and their bound values.
pub(crate) fn notices_script(notices: &[(String, NewMessage<'_>)], vars: &mut Variables) -> String {
    notices
        .iter()
        .enumerate()
        .map(|(number, (recipient, message))| {
            let name = format!("notice{number}");
            message.bind(&name, recipient, vars);
            message.script(&name)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// `letter_code:[site, hash]`.
pub(crate) fn code_id(site: &RecordId, hash: &str) -> RecordId {
    RecordId::new("letter_code", Array::from(vec![Value::RecordId(site.clone()), Value::String(hash.to_owned())]))
}

/// `delegation:[account, site, ulid]`.
pub(crate) fn delegation_id(account: &RecordId, site: &RecordId, ulid: &str) -> RecordId {
    RecordId::new(
        "delegation",
        Array::from(vec![Value::RecordId(account.clone()), Value::RecordId(site.clone()), Value::String(ulid.to_owned())]),
    )
}
