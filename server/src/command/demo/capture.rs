//! What the demonstration catches on its way out: the codes of letters, the links of mails.

use super::DemoLetter;
use super::companies::Site;
use async_trait::async_trait;
use domain::id::LetterId;
use domain::identity::letter_code::LetterCode;
use domain::sites::siret::Siret;
use services::Fault;
use services::ports::{Draft, Kept, LetterPair, MailContent, MailProblem, Mailer, OutgoingMail, Post};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A post office that remembers the codes, and prints the letters when it is given another one to print them.
#[derive(Default)]
pub(super) struct Codes<'a> {
    printer: Option<&'a dyn Post>,
    codes: Mutex<HashMap<Siret, LetterCode>>,
}

impl<'a> Codes<'a> {
    /// Remembers, and prints too.
    pub(super) fn onto(printer: &'a dyn Post) -> Self {
        Self { printer: Some(printer), codes: Mutex::default() }
    }

    /// The code of a site.
    pub(super) fn of(&self, siret: &Siret) -> Option<LetterCode> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).get(siret).cloned()
    }

    /// Both letters of a site.
    pub(super) fn letter(&self, site: &Site) -> Option<DemoLetter> {
        Some(DemoLetter {
            company: site.company.clone(),
            identifiant: site.identifiant.clone(),
            siret: site.siret.to_string(),
            code: self.of(&site.siret)?.grouped(),
        })
    }
}

#[async_trait]
impl Post for Codes<'_> {
    async fn drafts(&self) -> Result<Vec<LetterId>, Fault> {
        match self.printer {
            Some(printer) => printer.drafts().await,
            None => Ok(Vec::new()),
        }
    }

    async fn draft(&self, pair: &LetterPair<'_>) -> Result<Draft, Fault> {
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(pair.siret.clone(), pair.code.clone());
        match self.printer {
            Some(printer) => printer.draft(pair).await,
            None => Ok(Draft::Written),
        }
    }

    async fn keep(&self, id: &LetterId, batch: &str) -> Result<Kept, Fault> {
        match self.printer {
            Some(printer) => printer.keep(id, batch).await,
            None => Ok(Kept::Spooled),
        }
    }

    async fn discard(&self, id: &LetterId) -> Result<(), Fault> {
        match self.printer {
            Some(printer) => printer.discard(id).await,
            None => Ok(()),
        }
    }

    async fn spooled(&self, id: &LetterId, batch: &str) -> Result<Vec<String>, Fault> {
        match self.printer {
            Some(printer) => printer.spooled(id, batch).await,
            None => Ok(Vec::new()),
        }
    }

    async fn settle(&self, id: &LetterId, batch: &str) -> Result<(), Fault> {
        match self.printer {
            Some(printer) => printer.settle(id, batch).await,
            None => Ok(()),
        }
    }

    async fn withdraw(&self, id: &LetterId, batch: &str, was_posted: bool) -> Result<(), Fault> {
        match self.printer {
            Some(printer) => printer.withdraw(id, batch, was_posted).await,
            None => Ok(()),
        }
    }
}

/// A mailer that remembers the paths of activation links and of invitations.
#[derive(Default)]
pub(super) struct Links(Mutex<Vec<(String, String)>>);

impl Links {
    /// The secret of the newest link that went to an address.
    pub(super) fn secret(&self, email: &str) -> Option<String> {
        let links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, path) = links.iter().rfind(|(to, _)| to == email)?;
        path.rsplit('/').next().map(str::to_owned)
    }
}

#[async_trait]
impl Mailer for Links {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailProblem> {
        if let (MailContent::Activation { .. } | MailContent::Invitation { .. } | MailContent::InvitationSeveral { .. }, Some(path)) =
            (&mail.content, &mail.path)
        {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push((mail.to.clone(), path.clone()));
        }
        Ok(())
    }
}
