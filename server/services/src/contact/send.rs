//! Sending: the draft becomes an exchange of the same number, once, and two mails leave.

use super::SentExchange;
use crate::links::Notices;
use crate::mails::MailContent;
use crate::secrets::fingerprint;
use crate::throttle::Counter;
use crate::{Fault, Origin, Services, Visit};
use domain::contact::{ContactDraft, Reference, Written};
use domain::form::{FieldErrors, Reason};
use domain::id::{ExchangeId, FileId, SiteId};
use domain::refusal::Refusal;
use std::collections::HashSet;
use store::{Account, ContactFile, DraftOf, NewExchange, Sending, Site};

/// What a form says beside the message itself.
#[derive(Debug, Clone, Copy)]
pub struct ContactTerms<'a> {
    /// Version of the text of consent in force.
    pub consent: &'a str,
    /// Local path of the page the person came from, if it is one of the portal's.
    pub page: Option<&'a str>,
    /// The fund's own address, which receives the message.
    pub fund: &'a str,
    /// The files that are to go: those the page showed, and those that came with the form itself.
    pub files: &'a [FileId],
}

/// Times sending is tried again when a reference was taken.
const TRIES: usize = 5;

impl Services {
    /// Sends a draft with what the form says (S156): a reference, a copy by mail (A44), a mail to the fund. A form that was sent before
    /// gives the exchange it became.
    ///
    /// # Errors
    /// `Invalid` by field (`objet`, `message`, `consentement`; `fichiers` when the draft has other files than `terms` says: nothing leaves
    /// with files the person does not see, or without one they see), `NotFound` outside the perimeter or for somebody else's number,
    /// `TooMany` messages a day, `SignedOut` when the session ended meanwhile.
    pub async fn send_contact(
        &self,
        visit: &Visit,
        (site, number): (&SiteId, &ExchangeId),
        form: &ContactDraft,
        terms: ContactTerms<'_>,
        origin: &Origin,
    ) -> Result<SentExchange, Fault> {
        let granted = self.entering(visit, site).await?;
        // What is pressed twice at once is looked at one after the other.
        let _turn = self.drafts.turn(number.as_str()).await;
        if let Some(sent) = self.sent_before(visit, site, number).await? {
            return Ok(sent);
        }
        let written = form.parse(terms.consent).map_err(|errors| Refusal::Invalid(field_errors(&errors)))?;
        let account = self.own_account(visit).await?;
        let row = self.store.find_site(&granted).await?.ok_or(Refusal::NotFound)?;
        let of = DraftOf { number, account: &account.id, site };
        let files = self.store.find_draft(of).await?.unwrap_or_default().files;
        let (there, shown): (HashSet<_>, HashSet<_>) = (files.iter().map(|file| &file.id).collect(), terms.files.iter().collect());
        if there != shown {
            return self.sent_or_changed(visit, site, number).await;
        }
        self.reserve(Counter::Messages, account.id.as_str()).await?;
        for _ in 0..TRIES {
            match self.try_to_send(visit, (&row.site, number), (&account, &written, &files), terms, origin).await? {
                (Sending::Yes, reference) => return Ok(SentExchange { id: number.clone(), reference }),
                (Sending::Ended, _) => return Err(Refusal::SignedOut.into()),
                (Sending::Gone, _) => return Err(Refusal::NotFound.into()),
                (Sending::There, _) => {
                    if let Some(sent) = self.sent_before(visit, site, number).await? {
                        return Ok(sent);
                    }
                    // Only the reference was taken: another one.
                }
                (Sending::Moved, _) => return self.sent_or_changed(visit, site, number).await,
            }
        }
        Err(Refusal::Busy { retry_after: 2 }.into())
    }

    async fn try_to_send(
        &self,
        visit: &Visit,
        (site, number): (&Site, &ExchangeId),
        (account, written, files): (&Account, &Written, &[ContactFile]),
        terms: ContactTerms<'_>,
        origin: &Origin,
    ) -> Result<(Sending, Reference), Fault> {
        let of = DraftOf { number, account: &account.id, site: &site.id };
        let reference = self.fresh_reference();
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        let phone = account.mobile.clone().or_else(|| account.phone.clone());
        let author = account.name().full();
        let mut notices = Notices::default();
        let copy = MailContent::ContactCopy {
            first: account.first.clone(),
            reference: reference.to_string(),
            site: site.name.clone(),
            subject: written.subject.clone(),
            text: written.message.clone(),
            files: names.clone(),
            page: super::thread_path(&site.id, number),
        };
        notices.add(&account.email, self.fresh()?, copy);
        let received = MailContent::ContactReceived {
            reference: reference.to_string(),
            site: site.name.clone(),
            siret: site.siret.grouped(),
            who: author.clone(),
            email: account.email.clone(),
            phone: phone.clone(),
            subject: written.subject.clone(),
            text: written.message.clone(),
            files: names,
        };
        notices.add(terms.fund, self.fresh()?, received);
        let messages = notices.messages()?.try_into().map_err(|_| Fault::Broken("two mails".into()))?;
        let new = NewExchange {
            of,
            reference: &reference,
            author: &author,
            email: &account.email,
            phone: phone.as_deref(),
            subject: &written.subject,
            message: &written.message,
            page: terms.page,
            consent: terms.consent,
            notices: messages,
        };
        let (key, audit) = (fingerprint(&visit.key.0), self.ulid());
        let these: Vec<FileId> = files.iter().map(|file| file.id.clone()).collect();
        let sending = self.store.send_exchange(self.acting(visit, &key, &audit, origin), &new, &these).await?;
        Ok((sending, reference))
    }

    /// The exchange a form has become already, if it was sent.
    ///
    /// # Errors
    /// `NotFound` outside the perimeter, and when somebody else sent it.
    pub async fn sent_contact(&self, visit: &Visit, site: &SiteId, number: &ExchangeId) -> Result<Option<SentExchange>, Fault> {
        self.entering(visit, site).await?;
        self.sent_before(visit, site, number).await
    }

    async fn sent_before(&self, visit: &Visit, site: &SiteId, number: &ExchangeId) -> Result<Option<SentExchange>, Fault> {
        match self.store.find_exchange(site, number).await? {
            Some((row, ..)) if row.account == visit.session.actor.account => {
                Ok(Some(SentExchange { id: row.number, reference: row.reference }))
            }
            Some(_) => Err(Refusal::NotFound.into()),
            None => Ok(None),
        }
    }

    /// The draft has other files than the form says: it was sent meanwhile on another instance, or another tab changed it, or an upload
    /// came in whose answer was lost, or time has ended it.
    async fn sent_or_changed(&self, visit: &Visit, site: &SiteId, number: &ExchangeId) -> Result<SentExchange, Fault> {
        let errors = vec![("fichiers".to_owned(), Reason::FilesChanged)];
        let changed = Refusal::Invalid(FieldErrors { errors, typed: Vec::new() });
        self.sent_before(visit, site, number).await?.ok_or_else(|| changed.into())
    }

    fn fresh_reference(&self) -> Reference {
        let mut bytes = [0u8; 8];
        self.dice.fill(&mut bytes);
        Reference::from_random(bytes)
    }
}

/// The reasons under the names the form has; nothing typed travels with them: the draft has it.
#[must_use]
pub fn field_errors(errors: &FieldErrors) -> FieldErrors {
    let name = |field: &str| match field {
        "subject" => "objet",
        "consent" => "consentement",
        _ => "message",
    };
    let errors: Vec<(String, Reason)> = errors.errors.iter().map(|(field, reason)| (name(field).to_owned(), *reason)).collect();
    FieldErrors { errors, typed: Vec::new() }
}
