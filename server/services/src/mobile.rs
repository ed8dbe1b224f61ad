//! Certifying a mobile by a code (S31–S34, A13, A47), and the fund's own messages (S23).

use crate::account::settled;
use crate::links::one_field;
use crate::mails::SmsContent;
use crate::opening::Opening;
use crate::secrets::fingerprint;
use crate::throttle::{Counter, network};
use crate::{Fault, Origin, Services, Visit};
use domain::form::Reason;
use domain::id::MessageId;
use domain::identity::phone::Phone;
use jiff::SignedDuration;
use store::{Changed, NewMessage, NewSmsCode};

/// Life of a code (A13).
const CODE: SignedDuration = SignedDuration::from_mins(10);

impl Services {
    /// Sends a code to the number a logged-in person typed (S32).
    ///
    /// # Errors
    /// `TooMany`.
    pub async fn send_sms_code(&self, visit: &Visit, number: &Phone, origin: &Origin) -> Result<(), Fault> {
        self.send_code(visit.session.actor.account.as_str(), number, origin).await
    }

    /// Sends a code during an opening (A47): the letters were proven, the account does not exist yet.
    ///
    /// # Errors
    /// `FlowLost` when the visit is over, `TooMany`.
    pub async fn send_opening_code(&self, opening: &Opening, number: &Phone, origin: &Origin) -> Result<(), Fault> {
        self.still_open(opening)?;
        self.send_code(&owner(opening), number, origin).await
    }

    /// Tries a code during an opening. The caller keeps the number as certified for this visit, sealed.
    ///
    /// # Errors
    /// `FlowLost`, or `Invalid` on `sms` for a wrong, used or late code.
    pub async fn try_opening_code(&self, opening: &Opening, number: &Phone, code: &str) -> Result<(), Fault> {
        self.still_open(opening)?;
        let owner = owner(opening);
        let hash = self.key.sms_hash(&owner, number.as_str(), code);
        if self.store.try_sms_code(&owner, number.as_str(), &hash, self.clock.now()).await? {
            Ok(())
        } else {
            Err(one_field("sms", Reason::WrongCode))
        }
    }

    /// Certifies a number for a logged-in person: it becomes the account's mobile (S33).
    ///
    /// # Errors
    /// `Invalid` on `sms` for a wrong, used or late code; `SignedOut`.
    pub async fn certify_mobile(&self, visit: &Visit, number: &Phone, code: &str, origin: &Origin) -> Result<(), Fault> {
        let hash = self.key.sms_hash(visit.session.actor.account.as_str(), number.as_str(), code);
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        match self.store.certify_mobile(self.acting(visit, &key, &audit, origin), number.as_str(), &hash).await? {
            Changed::Gone => Err(one_field("sms", Reason::WrongCode)),
            other => settled(other),
        }
    }

    async fn send_code(&self, owner: &str, number: &Phone, origin: &Origin) -> Result<(), Fault> {
        self.reserve(Counter::SmsAddress, &network(origin.address)).await?;
        self.reserve(Counter::SmsOwner, owner).await?;
        self.reserve(Counter::SmsNumber, &self.key.number_key(number.as_str())).await?;
        self.reserve(Counter::sms_all(self.rules), "").await?;
        let id: MessageId = self.fresh()?;
        let (hash, now) = (self.key.sms_hash(owner, number.as_str(), &self.key.sms_code(id.as_str())), self.clock.now());
        self.store
            .record_sms_code(&NewSmsCode {
                owner,
                number: number.as_str(),
                hash: &hash,
                expires: now + CODE,
                message: SmsContent::Code.message(&id)?,
                now,
            })
            .await?;
        Ok(())
    }

    /// Writes one SMS of the fund to every certified mobile, and says to how many (S23).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn text_certified(&self, text: &str) -> Result<usize, Fault> {
        let numbers = self.store.list_certified_mobiles().await?;
        for batch in numbers.chunks(100) {
            let rows: Vec<(String, MessageId)> =
                batch.iter().map(|number| Ok((number.clone(), self.fresh()?))).collect::<Result<_, Fault>>()?;
            let content = SmsContent::Message { text: text.to_owned() };
            let messages: Vec<(String, NewMessage<'_>)> =
                rows.iter().map(|(number, id)| Ok((number.clone(), content.message(id)?))).collect::<Result<_, Fault>>()?;
            self.store.post_messages(&messages, self.clock.now()).await?;
        }
        Ok(numbers.len())
    }
}

/// Who a code of an opening belongs to: the visit, named by the letter code it proved.
fn owner(opening: &Opening) -> String {
    format!("opening:{}:{}", opening.site, fingerprint(&opening.code))
}
