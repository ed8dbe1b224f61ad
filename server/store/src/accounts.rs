//! Accounts: opened with the letters, activated by mail, found by their login.

use crate::connect::Store;
use crate::outbox::NewMessage;
use crate::row::{at, id, moment, own, vars};
use crate::tx::Error;
use domain::id::{AccountId, DelegationId, SiteId};
use jiff::Timestamp;
use jiff::civil::Date;
use surrealdb::types::{Array, Datetime, RecordId, SurrealValue, Value};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// Opened; its activation link has not been used.
    Pending,
    /// In use.
    Active,
    /// Ended.
    Closed,
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
}

#[derive(SurrealValue)]
struct Row {
    id: RecordId,
    email: String,
    first: String,
    last: String,
    password: String,
    state: String,
    epoch: i64,
    certified: Option<Datetime>,
}

impl Row {
    fn read(self) -> Result<Account, Error> {
        Ok(Account {
            id: own(&self.id)?,
            email: self.email,
            first: self.first,
            last: self.last,
            password: self.password,
            state: match self.state.as_str() {
                "pending" => AccountState::Pending,
                "active" => AccountState::Active,
                _ => AccountState::Closed,
            },
            epoch: self.epoch,
            certified: self.certified.as_ref().map(moment),
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
    /// The activation mail, and the hash of its link.
    pub mail: NewMessage<'a>,
    /// SHA-256 of the activation link's secret.
    pub token: &'a str,
    /// When the link expires.
    pub token_expires: Timestamp,
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
        self.read("SELECT * FROM (SELECT VALUE account FROM ONLY $claim);", vars! { claim: id("email_claim", email_key) })
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
        let result = self
            .write(
                "UPDATE $guard SET rev += 1, admins += 1;
                 LET $used = (UPDATE $code SET state = 'used' WHERE state = 'live' AND expires > $now);
                 IF array::len($used) = 0 { THROW 'code' };
                 IF record::exists($claim) { THROW 'mail' };
                 CREATE $claim SET account = $account;
                 CREATE $account SET email = $email, first = $first, last = $last, phone = $phone, mobile = $mobile,
                   password = $password, state = 'pending', epoch = 0, created = $now, last_activation = $secret;
                 CREATE $delegation SET account = $account, site = $site, role = 'administrateur_entreprise', origin = 'code',
                   state = 'open', starts = $today, created = $now;
                 UPDATE letter_code:[$site, NONE]..=[$site, ..] SET state = 'void' WHERE state = 'live';
                 UPDATE $site SET letters = 'done';
                 CREATE $link_id SET purpose = 'activation', account = $account, target = $email, epoch = 0, created = $now, expires = $link_expires;
                 CREATE $mail SET kind = $mail_kind, recipient = $email, payload = $payload, state = 'waiting', due = $now, created = $now;
                 CREATE $audit SET at = $now, what = 'account.opened', account = $account, site = $site, detail = $known_name;",
                vars! {
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
                    password: new.password.to_owned(),
                    delegation: delegation_id(&account, &site, new.delegation.as_str()),
                    site: site,
                    today: new.today.to_string(),
                    secret: new.token.to_owned(),
                    link_id: id("token", new.token),
                    link_expires: at(new.token_expires),
                    mail: id("outbox", new.mail.id.as_str()),
                    mail_kind: new.mail.kind.to_owned(),
                    payload: new.mail.payload.clone(),
                    audit: id("audit", new.mail.id.as_str()),
                    now: at(new.now),
                },
            )
            .await;
        match result {
            Ok(_) => Ok(Opened::Yes),
            Err(Error::Refused(word)) if word == "code" => Ok(Opened::CodeGone),
            Err(Error::Refused(word)) if word == "mail" => Ok(Opened::MailTaken),
            Err(Error::Exists) => Ok(Opened::MailTaken),
            Err(other) => Err(other),
        }
    }

    /// Sends a new activation link to an account that waits for one; the older link is void. False when the account does not
    /// wait (any more).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn resend_activation(
        &self,
        account: &AccountId,
        mail: NewMessage<'_>,
        token: &str,
        expires: Timestamp,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let result = self
            .write(
                "LET $former = (SELECT VALUE last_activation FROM ONLY $account);
                 LET $changed = (UPDATE $account SET last_activation = $secret WHERE state = 'pending');
                 IF array::len($changed) = 0 { THROW 'state' };
                 IF $former != NONE { DELETE type::record('token', $former) };
                 CREATE $link_id SET purpose = 'activation', account = $account, target = $changed[0].email, epoch = $changed[0].epoch,
                   created = $now, expires = $expires;
                 CREATE $mail SET kind = $kind, recipient = $changed[0].email, payload = $payload, state = 'waiting', due = $now, created = $now;
                 CREATE $audit SET at = $now, what = 'account.activation_resent', account = $account;",
                vars! {
                    account: id("account", account.as_str()),
                    secret: token.to_owned(),
                    link_id: id("token", token),
                    expires: at(expires),
                    mail: id("outbox", mail.id.as_str()),
                    audit: id("audit", mail.id.as_str()),
                    kind: mail.kind.to_owned(),
                    payload: mail.payload.clone(),
                    now: at(now),
                },
            )
            .await;
        match result {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
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
