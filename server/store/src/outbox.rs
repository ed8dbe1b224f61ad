//! Messages that leave the portal: rows written with the act that causes them, sent later by a job that leases them.

use crate::connect::Store;
use crate::row::{at, id, moment, own, vars};
use crate::tx::Error;
use domain::id::MessageId;
use jiff::Timestamp;
use surrealdb::types::{Datetime, RecordId, SurrealValue, Variables};

/// A message to be, written in the transaction of its act.
#[derive(Debug, Clone)]
pub struct NewMessage<'a> {
    /// Id of the row; links in the message are derived from it.
    pub id: &'a MessageId,
    /// How it leaves.
    pub channel: Channel,
    /// Which message it is, `activation`.
    pub kind: &'a str,
    /// What the mail says, as JSON of that mail's own type. No link, no secret.
    pub payload: String,
}

impl NewMessage<'_> {
    /// The statement that writes the message; `$now` is bound by the caller, and `$site` where the act is about one; `name` keeps
    /// several messages of one script apart.
    #[expect(clippy::unused_self, reason = "the twin of `bind`")]
    pub(crate) fn script(&self, name: &str) -> String {
        format!(
            "CREATE ${name}_mail SET channel = ${name}_channel, kind = ${name}_kind, recipient = ${name}_recipient,
               payload = ${name}_payload, site = $site, state = 'waiting', due = $now, created = $now;"
        )
    }

    /// Binds what [`NewMessage::script`] names.
    pub(crate) fn bind(&self, name: &str, recipient: &str, vars: &mut Variables) {
        vars.insert(format!("{name}_mail"), id("outbox", self.id.as_str()));
        vars.insert(format!("{name}_channel"), self.channel.key().to_owned());
        vars.insert(format!("{name}_kind"), self.kind.to_owned());
        vars.insert(format!("{name}_recipient"), recipient.to_owned());
        vars.insert(format!("{name}_payload"), self.payload.clone());
    }
}

/// How a message leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// By mail.
    Mail,
    /// By SMS.
    Sms,
    /// Not at all: a demand of somebody unknown, looked at by the job, so that the page answers alike whoever asked.
    Ask,
}

impl Channel {
    /// Its name in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
            Self::Ask => "ask",
        }
    }

    fn read(text: &str) -> Result<Self, Error> {
        match text {
            "mail" => Ok(Self::Mail),
            "sms" => Ok(Self::Sms),
            "ask" => Ok(Self::Ask),
            other => Err(Error::Row(format!("unknown channel: {other}"))),
        }
    }
}

/// A message as the job and the development mailbox read it.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    /// Its id.
    pub id: MessageId,
    /// How it leaves.
    pub channel: Channel,
    /// Which message it is.
    pub kind: String,
    /// Address it goes to.
    pub recipient: String,
    /// JSON of the mail's own type.
    pub payload: String,
    /// Times it was tried.
    pub attempts: u32,
    /// When it was written.
    pub created: Timestamp,
    /// Whether it is settled which others it carries.
    pub has_gathered: bool,
}

/// Messages that leave together: how long they wait for one another.
#[derive(Debug, Clone, Copy)]
pub struct Gathering<'a> {
    /// Their kinds.
    pub kinds: &'a [&'static str],
    /// Those written after this moment still wait for others.
    pub ripe: Timestamp,
}

/// How many messages are where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// To be sent.
    pub waiting: u64,
    /// Given up; somebody must look.
    pub dead: u64,
    /// When the oldest waiting one was written.
    pub oldest: Option<Timestamp>,
}

#[derive(SurrealValue)]
pub(crate) struct Row {
    pub(crate) id: RecordId,
    channel: String,
    kind: String,
    recipient: String,
    payload: String,
    attempts: i64,
    created: Datetime,
    gathered: Option<Datetime>,
}

impl Row {
    pub(crate) fn read(self) -> Result<OutboxRow, Error> {
        Ok(OutboxRow {
            id: own(&self.id)?,
            channel: Channel::read(&self.channel)?,
            kind: self.kind,
            recipient: self.recipient,
            payload: self.payload,
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
            created: moment(&self.created),
            has_gathered: self.gathered.is_some(),
        })
    }
}

impl Store {
    /// Takes up to `most` due messages of these channels for this worker until `until`: nobody else takes them before. Two workers that reach
    /// for the same row conflict, and the loser finds it taken. Those that another carries are never taken by themselves.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn lease_messages(
        &self,
        lease: &str,
        channels: &[Channel],
        gathering: Gathering<'_>,
        most: usize,
        (until, now): (Timestamp, Timestamp),
    ) -> Result<Vec<OutboxRow>, Error> {
        let channels: Vec<String> = channels.iter().map(|channel| channel.key().to_owned()).collect();
        self.write_apart(
            "LET $due = (SELECT VALUE id FROM outbox WHERE state = 'waiting' AND due <= $now AND channel IN $channels AND digest = NONE
               AND (created <= $ripe OR kind NOT IN $kinds) LIMIT $most);
             UPDATE $due SET lease = $lease, due = $until, attempts += 1 WHERE state = 'waiting' AND due <= $now AND digest = NONE;",
            vars! {
                lease: lease.to_owned(),
                channels: channels,
                kinds: gathering.kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<String>>(),
                ripe: at(gathering.ripe),
                most: i64::try_from(most).unwrap_or(i64::MAX),
                until: at(until),
                now: at(now),
            },
        )
        .await?
        .take::<Row>(1)?
        .into_iter()
        .map(Row::read)
        .collect()
    }

    /// Writes messages that belong to no other act, each to its recipient.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn post_messages(&self, messages: &[(String, NewMessage<'_>)], now: Timestamp) -> Result<(), Error> {
        let (mut script, mut vars) = (String::new(), vars! { now: at(now) });
        for (number, (recipient, message)) in messages.iter().enumerate() {
            let name = format!("m{number}");
            script.push_str(&message.script(&name));
            message.bind(&name, recipient, &mut vars);
        }
        if script.is_empty() { Ok(()) } else { self.write_apart(&script, vars).await.map(drop) }
    }

    /// Removes a message that needs nothing more: a demand that was looked at.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn drop_message(&self, message: &MessageId) -> Result<(), Error> {
        self.write_apart("DELETE $message;", vars! { message: id("outbox", message.as_str()) }).await.map(drop)
    }

    /// Marks a message as sent, with those it carried.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mark_sent(&self, message: &MessageId, now: Timestamp) -> Result<(), Error> {
        self.write_apart(
            "UPDATE $message SET state = 'sent', sent = $now, lease = NONE, problem = NONE;
             UPDATE outbox SET state = 'sent', sent = $now, lease = NONE WHERE digest = $message;",
            vars! { message: id("outbox", message.as_str()), now: at(now) },
        )
        .await
        .map(drop)
    }

    /// Puts a message back until `due`, or gives it up when `due` is none, with those it carries.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn mark_failed(&self, message: &MessageId, problem: &str, due: Option<Timestamp>) -> Result<(), Error> {
        let vars = vars! {
            message: id("outbox", message.as_str()),
            problem: problem.chars().take(500).collect::<String>(),
            due: due.map(at),
        };
        self.write_apart(
            "UPDATE $message SET problem = $problem, lease = NONE, state = IF $due = NONE { 'dead' } ELSE { 'waiting' }, due = $due ?? due;
             IF $due = NONE { UPDATE outbox SET problem = $problem, state = 'dead' WHERE digest = $message };",
            vars,
        )
        .await
        .map(drop)
    }

    /// How many messages are where.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn count_messages(&self) -> Result<OutboxCounts, Error> {
        #[derive(SurrealValue)]
        struct Counts {
            waiting: u64,
            dead: u64,
            oldest: Option<Datetime>,
        }
        let counts = self
            .read(
                "LET $waiting = (SELECT VALUE created FROM outbox WHERE state = 'waiting');
                 LET $dead = (SELECT VALUE id FROM outbox WHERE state = 'dead');
                 RETURN { waiting: count($waiting), dead: count($dead), oldest: IF count($waiting) > 0 { array::sort($waiting)[0] } ELSE { NONE } };",
                vars! {},
            )
            .await?
            .one::<Counts>(2)?;
        Ok(counts.map_or_else(OutboxCounts::default, |counts| OutboxCounts {
            waiting: counts.waiting,
            dead: counts.dead,
            oldest: counts.oldest.as_ref().map(moment),
        }))
    }
}
