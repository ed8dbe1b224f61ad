//! Mails about rights that leave as one: which of them one carries is settled in the database before anything is sent. Whatever dies on
//! the way, the same ones leave with the same id.

use crate::connect::Store;
use crate::outbox::{OutboxRow, Row};
use crate::row::{at, id, vars};
use crate::tx::Error;
use domain::id::MessageId;
use jiff::Timestamp;
use surrealdb::types::{RecordId, SurrealValue};

/// A message that waits, with what its recipient wants for its site.
#[derive(Debug, Clone)]
pub struct Gatherable {
    /// The message.
    pub row: OutboxRow,
    /// `once`, `daily` or `never`; none where nothing was chosen.
    pub rhythm: Option<String>,
}

#[derive(SurrealValue)]
struct Wish {
    id: RecordId,
    rhythm: Option<String>,
}

/// Messages of one recipient that may leave together, still to be settled.
const WAITING: &str =
    "recipient = $recipient AND state = 'waiting' AND digest = NONE AND gathered = NONE AND kind IN $kinds AND due <= $until";

impl Store {
    /// What waits for the same recipient as a leased message of these kinds, itself included, oldest first. `until` is the end of its
    /// lease; `email_key` is the keyed hash of the address.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_gatherable(
        &self,
        (recipient, email_key): (&str, &str),
        kinds: &[&'static str],
        until: Timestamp,
    ) -> Result<Vec<Gatherable>, Error> {
        let vars = vars! {
            claim: id("email_claim", email_key),
            recipient: recipient.to_owned(),
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<String>>(),
            until: at(until),
        };
        let sql = format!(
            "LET $all = (SELECT VALUE id FROM outbox WHERE {WAITING});
             LET $account = (SELECT VALUE account FROM ONLY $claim WHERE until = NONE);
             LET $wishes = (SELECT site, rhythm FROM notification WHERE account = $account);
             SELECT * FROM $all;
             SELECT id, (SELECT VALUE rhythm FROM $wishes WHERE site = $parent.site)[0] AS rhythm FROM $all;"
        );
        let mut rows = self.read(&sql, vars).await?;
        let wishes = rows.take::<Wish>(4)?;
        let mut all = Vec::new();
        for row in rows.take::<Row>(3)? {
            let rhythm = wishes.iter().find(|wish| wish.id == row.id).and_then(|wish| wish.rhythm.clone());
            all.push(Gatherable { row: row.read()?, rhythm });
        }
        all.sort_by(|a, b| (a.row.created, &a.row.id).cmp(&(b.row.created, &b.row.id)));
        Ok(all)
    }

    /// Settles what a leased message carries; false when it is carried by another by now, or not waiting any more. Those among `others`
    /// that are settled already stay where they are.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn gather(&self, message: &MessageId, others: &[MessageId], now: Timestamp) -> Result<bool, Error> {
        let vars = vars! {
            message: id("outbox", message.as_str()),
            others: others.iter().map(|other| id("outbox", other.as_str())).collect::<Vec<RecordId>>(),
            now: at(now),
        };
        let script = "LET $settled = (UPDATE $message SET gathered = $now WHERE state = 'waiting' AND digest = NONE AND gathered = NONE);
             IF array::len($settled) = 0 { THROW 'gone' };
             UPDATE $others SET digest = $message, lease = NONE WHERE state = 'waiting' AND digest = NONE AND gathered = NONE;";
        match self.write_apart(script, vars).await {
            Ok(_) => Ok(true),
            Err(Error::Refused(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// What a message carries, oldest first.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn list_carried(&self, message: &MessageId) -> Result<Vec<OutboxRow>, Error> {
        let rows = self.read("SELECT * FROM outbox WHERE digest = $message;", vars! { message: id("outbox", message.as_str()) });
        let mut carried = rows.await?.take::<Row>(0)?.into_iter().map(Row::read).collect::<Result<Vec<_>, _>>()?;
        carried.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        Ok(carried)
    }

    /// Puts a leased message off, as if it had not been looked at.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn put_off(&self, message: &MessageId, due: Timestamp) -> Result<(), Error> {
        self.write_apart(
            "UPDATE $message SET due = $due, lease = NONE, attempts -= 1 WHERE state = 'waiting' AND digest = NONE AND gathered = NONE;",
            vars! { message: id("outbox", message.as_str()), due: at(due) },
        )
        .await
        .map(drop)
    }
}
