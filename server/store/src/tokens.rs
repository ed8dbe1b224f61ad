//! Links in mails: only their SHA-256 is stored, and it is the record id. Using one is the transaction of its effect.

use crate::connect::Store;
use crate::lines::account_due;
use crate::outbox::NewMessage;
use crate::row::{at, id, own, vars};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::{RecordId, SurrealValue, Variables};

/// What a link is for. A link never does anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Activate an account, and certify its address (S26–S28).
    Activation,
    /// Confirm the new address of an account (S104).
    EmailChange,
    /// Take a change of address back, from the old one.
    Revert,
    /// Certify the address again (S29, S30).
    Certification,
    /// Choose a new password (S70).
    Reset,
    /// « Ce n’était pas moi »: end every session.
    Alarm,
    /// Accept rights on a site (S141). Bound to an invitation, not to an account: see [`Store::accept_invitation`].
    Invitation,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Activation, Self::EmailChange, Self::Revert, Self::Certification, Self::Reset, Self::Alarm, Self::Invitation];

    /// Its name in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::EmailChange => "email",
            Self::Revert => "revert",
            Self::Certification => "certification",
            Self::Reset => "reset",
            Self::Alarm => "alarm",
            Self::Invitation => "invitation",
        }
    }

    /// Whether a newer link voids the older ones. The two that undo things stand each for its own event, and outlive what a
    /// thief does to the account meanwhile.
    const fn newest_only(self) -> bool {
        match self {
            Self::Activation | Self::EmailChange | Self::Certification | Self::Reset | Self::Invitation => true,
            Self::Revert | Self::Alarm => false,
        }
    }
}

/// A mail with a link, written in the transaction of the act that causes it.
#[derive(Debug, Clone)]
pub struct NewLink<'a> {
    /// What the link does.
    pub purpose: Purpose,
    /// Address the mail goes to.
    pub recipient: &'a str,
    /// What the link is bound to: the address it certifies, or the one to come back to.
    pub target: &'a str,
    /// SHA-256 of the secret.
    pub token: &'a str,
    /// When it expires.
    pub expires: Timestamp,
    /// The mail.
    pub mail: NewMessage<'a>,
}

impl NewLink<'_> {
    /// The statements that issue the link and write its mail, and how many they are. `$account` and `$now` are bound by the
    /// caller; `name` keeps several links of one script apart.
    pub(crate) fn script(&self, name: &str) -> String {
        let newest = if self.purpose.newest_only() {
            format!("DELETE token WHERE account = $account AND purpose = ${name}_purpose;\n")
        } else {
            String::new()
        };
        format!(
            "UPDATE $account SET links += 1;
             {newest}CREATE ${name}_link SET purpose = ${name}_purpose, account = $account, target = ${name}_target,
               epoch = (SELECT VALUE epoch FROM ONLY $account), created = $now, expires = ${name}_expires;
             {}
             UPDATE ${name}_mail SET account = $account;",
            self.mail.script(name)
        )
    }

    /// Binds what [`NewLink::script`] names.
    pub(crate) fn bind(&self, name: &str, vars: &mut Variables) {
        vars.insert(format!("{name}_purpose"), self.purpose.key().to_owned());
        vars.insert(format!("{name}_link"), id("token", self.token));
        vars.insert(format!("{name}_target"), self.target.to_owned());
        vars.insert(format!("{name}_expires"), at(self.expires));
        self.mail.bind(name, self.recipient, vars);
    }
}

/// The statements that use a link up, or throw `dead`: afterwards `$link` is what it was and `$account` whose it is.
/// `$secret`, `$purpose` and `$now` are bound by the caller.
pub(crate) const CONSUME: &str = "LET $gone = (DELETE $secret RETURN BEFORE);
    IF array::len($gone) = 0 { THROW 'dead' };
    LET $link = $gone[0];
    IF $link.purpose != $purpose OR $link.expires <= $now { THROW 'dead' };
    LET $account = $link.account;
    IF $purpose NOT IN ['revert', 'alarm'] AND (SELECT VALUE epoch FROM ONLY $account) != $link.epoch { THROW 'dead' };
    UPDATE $account SET links += 1;
";

/// What using a link gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consumed {
    /// It did what it is for, on this account.
    Yes(AccountId),
    /// Unknown, used, expired, replaced by a newer one, or for something else: never said which.
    Dead,
}

#[derive(SurrealValue)]
struct Used {
    account: RecordId,
}

impl Store {
    /// Uses a link up and has `effect` take place, in one transaction: of any number of simultaneous uses exactly one gets
    /// `Yes`. The effect sees `$account`, `$link`, `$now`, and throws `dead` when the account is not in the state it needs.
    pub(crate) async fn consume(
        &self,
        purpose: Purpose,
        token: &str,
        effect: &str,
        mut vars: Variables,
        now: Timestamp,
    ) -> Result<Consumed, Error> {
        vars.insert("secret", id("token", token));
        vars.insert("purpose", purpose.key().to_owned());
        vars.insert("now", at(now));
        let script = format!("{CONSUME}{effect}\nRETURN {{ account: $account }};");
        match self.write(&script, vars).await {
            Ok(mut rows) => Ok(rows.last::<Used>()?.map_or(Ok(Consumed::Dead), |used| own(&used.account).map(Consumed::Yes))?),
            Err(Error::Refused(_)) => Ok(Consumed::Dead),
            Err(other) => Err(other),
        }
    }

    /// Uses an activation link: the link goes, the account becomes active, the address of the link is certified.
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn activate(&self, token: &str, audit: &str, now: Timestamp) -> Result<Consumed, Error> {
        self.consume(
            Purpose::Activation,
            token,
            &format!(
                "LET $changed = (UPDATE $account SET state = 'active', certified = $now WHERE state = 'pending' AND email = $link.target);
                 IF array::len($changed) = 0 {{ THROW 'dead' }};
                 {}CREATE $audit SET at = $now, what = 'account.activated', account = $account;",
                account_due()
            ),
            vars! { audit: id("audit", audit) },
            now,
        )
        .await
    }

    /// Uses a certification link: the address is certified again (S30).
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn certify(&self, token: &str, audit: &str, now: Timestamp) -> Result<Consumed, Error> {
        self.consume(
            Purpose::Certification,
            token,
            "LET $changed = (UPDATE $account SET certified = $now, reminders = 0 WHERE state = 'active' AND email = $link.target);
             IF array::len($changed) = 0 { THROW 'dead' };
             CREATE $audit SET at = $now, what = 'email.certified', account = $account;",
            vars! { audit: id("audit", audit) },
            now,
        )
        .await
    }

    /// Issues a link to an account that is in one of `states`, and writes its mail. False when the account is in another one.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn issue_link(
        &self,
        account: &AccountId,
        states: &[&str],
        link: &NewLink<'_>,
        audit: &str,
        what: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut vars = vars! {
            account: id("account", account.as_str()),
            states: states.iter().map(|state| (*state).to_owned()).collect::<Vec<String>>(),
            audit: id("audit", audit),
            what: what.to_owned(),
            now: at(now),
        };
        link.bind("one", &mut vars);
        let script = format!(
            "IF (SELECT VALUE state FROM ONLY $account) NOT IN $states {{ THROW 'state' }};
             {}
             CREATE $audit SET at = $now, what = $what, account = $account;",
            link.script("one")
        );
        match self.write(&script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Whether a link would still do something; consumes nothing (A10).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn is_link_live(&self, token: &str, purpose: Purpose, now: Timestamp) -> Result<bool, Error> {
        let rows: Vec<RecordId> = self
            .read(
                "SELECT VALUE id FROM $secret WHERE purpose = $purpose AND expires > $now;",
                vars! { secret: id("token", token), purpose: purpose.key().to_owned(), now: at(now) },
            )
            .await?
            .take(0)?;
        Ok(!rows.is_empty())
    }
}
