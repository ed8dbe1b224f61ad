//! Codes sent by SMS: bound to their owner and to one number, five tries, one code at a time (S32, A13).

use crate::account_life::{Acting, Changed, STILL, changed};
use crate::connect::Store;
use crate::outbox::NewMessage;
use crate::personal::LEFT_NUMBER;
use crate::row::{at, id, vars};
use crate::tx::Error;
use domain::id::AccountId;
use jiff::Timestamp;
use surrealdb::types::{Array, RecordId, SurrealValue, Value};

/// Tries of one code.
const TRIES: i64 = 5;

/// A code to be sent.
#[derive(Debug)]
pub struct NewSmsCode<'a> {
    /// Who wants a number certified: an account's id, or the visit of an opening.
    pub owner: &'a str,
    /// The number, E.164.
    pub number: &'a str,
    /// Keyed hash of owner, number and code.
    pub hash: &'a str,
    /// When it expires.
    pub expires: Timestamp,
    /// The SMS.
    pub message: NewMessage<'a>,
    /// Now.
    pub now: Timestamp,
}

/// The statements that try a code, or throw `code`. A wrong try must be counted, so it does not throw: `$right` says.
const TRY: &str = "LET $known = (SELECT * FROM ONLY $code);
    LET $open = $known != NONE AND $known.expires > $now AND $known.tries < $most;
    LET $right = $open AND $known.hash = $hash;
    IF $right { DELETE $code } ELSE IF $open { UPDATE $code SET tries += 1 };
";

impl Store {
    /// Records a code and writes its SMS; a code sent before to the same number for the same owner is void.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn record_sms_code(&self, new: &NewSmsCode<'_>) -> Result<(), Error> {
        let mut vars = vars! {
            code: code_id(new.owner, new.number),
            hash: new.hash.to_owned(),
            expires: at(new.expires),
            now: at(new.now),
        };
        new.message.bind("one", new.number, &mut vars);
        vars.insert("whose", new.owner.parse::<AccountId>().ok().map(|account| id("account", account.as_str())));
        // Written as well as read: an account that is erased at the same moment conflicts.
        let script = format!(
            "LET $alive = IF $whose = NONE {{ [true] }} ELSE {{ (UPDATE $whose SET links += 1 WHERE state = 'active') }};
             IF array::len($alive) > 0 {{
               UPSERT $code SET hash = $hash, created = $now, expires = $expires, tries = 0;
               {}
               UPDATE $one_mail SET account = $whose
             }};",
            new.message.script("one")
        );
        self.write(&script, vars).await.map(drop)
    }

    /// Tries a code outside an account: during an opening (A47). True once, for the right code in time.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn try_sms_code(&self, owner: &str, number: &str, hash: &str, now: Timestamp) -> Result<bool, Error> {
        #[derive(SurrealValue)]
        struct Found {
            right: bool,
        }
        let found = self
            .write(
                &format!("{TRY}RETURN {{ right: $right }};"),
                vars! { code: code_id(owner, number), hash: hash.to_owned(), most: TRIES, now: at(now) },
            )
            .await?
            .last::<Found>()?;
        Ok(found.is_some_and(|found| found.right))
    }

    /// Tries a code for an account: when it is right, the number becomes the account's mobile, certified.
    ///
    /// # Errors
    /// Those of the engine. [`Changed::Gone`] for a wrong, used or late code, which counts as a try.
    pub async fn certify_mobile(&self, acting: Acting<'_>, number: &str, hash: &str) -> Result<Changed, Error> {
        #[derive(SurrealValue)]
        struct Found {
            right: bool,
        }
        let mut vars = acting.vars();
        vars.insert("code", code_id(acting.account.as_str(), number));
        vars.insert("mobile", number.to_owned());
        vars.insert("hash", hash.to_owned());
        vars.insert("most", TRIES);
        let script = format!(
            "{STILL}{TRY}
             IF $right {{
               {LEFT_NUMBER}
               UPDATE $account SET mobile = $mobile, mobile_certified = $now;
               CREATE $audit SET at = $now, what = 'mobile.certified', account = $account, agent = $agent
             }};
             RETURN {{ right: $right }};"
        );
        match self.write(&script, vars).await {
            Ok(mut rows) => Ok(if rows.last::<Found>()?.is_some_and(|found| found.right) { Changed::Yes } else { Changed::Gone }),
            Err(error) => changed::<()>(Err(error)),
        }
    }

    /// Numbers that are certified; for messages of the fund (S23).
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_certified_mobiles(&self) -> Result<Vec<String>, Error> {
        self.read("SELECT VALUE mobile FROM account WHERE state = 'active' AND mobile != NONE AND mobile_certified != NONE;", vars! {})
            .await?
            .take(0)
    }
}

/// `sms_code:[owner, number]`.
fn code_id(owner: &str, number: &str) -> RecordId {
    RecordId::new("sms_code", Array::from(vec![Value::String(owner.to_owned()), Value::String(number.to_owned())]))
}
