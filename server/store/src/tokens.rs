//! Links in mails: only their SHA-256 is stored, and it is the record id. Using one is the transaction of its effect.

use crate::connect::Store;
use crate::row::{at, id, own, vars};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::{RecordId, SurrealValue};

/// What a link is for. A link never does anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Activate an account, and certify its address (S26–S28).
    Activation,
}

impl Purpose {
    /// Its name in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Activation => "activation",
        }
    }
}

/// What using an activation link gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consumed {
    /// The account is active and its address certified.
    Yes(AccountId),
    /// Unknown, used, expired, replaced by a newer one, or for something else: never said which.
    Dead,
}

#[derive(SurrealValue)]
struct Used {
    account: RecordId,
}

impl Store {
    /// Uses an activation link: the link goes, the account becomes active, the address of the link is certified, in one
    /// transaction. Of any number of simultaneous uses exactly one gets `Yes`.
    ///
    /// # Errors
    /// Those of the engine; a dead link is [`Consumed::Dead`].
    pub async fn activate(&self, token: &str, audit: &str, now: Timestamp) -> Result<Consumed, Error> {
        let result = self
            .write(
                "LET $gone = (DELETE $secret RETURN BEFORE);
                 IF array::len($gone) = 0 { THROW 'dead' };
                 LET $link = $gone[0];
                 IF $link.purpose != 'activation' OR $link.expires <= $now { THROW 'dead' };
                 LET $changed = (UPDATE $link.account SET state = 'active', certified = $now, last_activation = NONE
                   WHERE state = 'pending' AND epoch = $link.epoch AND email = $link.target AND last_activation = $key);
                 IF array::len($changed) = 0 { THROW 'dead' };
                 CREATE $audit SET at = $now, what = 'account.activated', account = $link.account;
                 RETURN { account: $link.account };",
                vars! { secret: id("token", token), key: token.to_owned(), audit: id("audit", audit), now: at(now) },
            )
            .await;
        match result {
            Ok(mut rows) => Ok(rows.one::<Used>(7)?.map_or(Ok(Consumed::Dead), |used| own(&used.account).map(Consumed::Yes))?),
            Err(Error::Refused(_)) => Ok(Consumed::Dead),
            Err(other) => Err(other),
        }
    }

    /// The account an activation link is for, used or not yet; for the page that offers a new one. None for unknown links.
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
