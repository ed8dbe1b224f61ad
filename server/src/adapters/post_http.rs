//! Letters through a service that prints and posts them.
//!
//! Each letter of a pair is one request, so that the two never travel together:
//!
//! ```text
//! POST <poste_url>
//! Authorization: Bearer <token>
//! Content-Type: application/pdf
//! Content-Disposition: attachment; filename="<id>-code.pdf"     or <id>-bienvenue.pdf
//! Idempotency-Key: <id>-code                                    or <id>-bienvenue
//! ```
//!
//! Any 2xx says that the letter will be printed and posted, once, however often the same key comes. 400, 413 and 422 say that it
//! never will. Everything else is a service that does not answer for now: the pair stays a draft, and the next run sends what was
//! not taken yet under the same keys.
//!
//! Drafts and manifests are the folder's: between the two, a pair is only the line of its manifest, until the database knows that
//! it was handed over.

use super::outbound::Outbound;
use super::post_folder::PostFolder;
use crate::config::Secret;
use async_trait::async_trait;
use domain::id::LetterId;
use http::{HeaderValue, Request, StatusCode, header};
use openidconnect::url::Url;
use services::Fault;
use services::ports::{Draft, Kept, LetterPair, Post};
use std::time::Duration;

/// Longest wait for a letter to be taken: it is a file, not a question.
const TIMEOUT: Duration = Duration::from_mins(1);

/// How to reach the print service.
#[derive(Debug, Clone)]
pub struct PrintService {
    /// Where letters are sent; https, or this very machine.
    pub url: Url,
    /// What it knows the fund by.
    pub token: Secret,
}

/// Letters through a print service.
#[derive(Debug)]
pub struct PostHttp {
    folder: PostFolder,
    service: PrintService,
    outbound: Outbound,
}

impl PostHttp {
    /// Letters drafted in a folder, then sent to a service; nothing is connected yet.
    ///
    /// # Errors
    /// The reason, when TLS cannot be set up.
    pub fn new(folder: PostFolder, service: PrintService) -> Result<Self, String> {
        Ok(Self { folder, service, outbound: Outbound::new(TIMEOUT)? })
    }

    /// Sends one letter; the reason when it is refused for good.
    async fn send(&self, key: &str, pdf: Vec<u8>) -> Result<Option<String>, Fault> {
        let broken = |reason: &dyn std::fmt::Display| Fault::Broken(format!("print service: {reason}"));
        let mut token = HeaderValue::try_from(format!("Bearer {}", self.service.token.reveal()))
            .map_err(|_| broken(&"the token has a wrong character"))?;
        token.set_sensitive(true);
        let request = Request::post(self.service.url.as_str())
            .header(header::AUTHORIZATION, token)
            .header(header::CONTENT_TYPE, "application/pdf")
            .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{key}.pdf\""))
            .header("idempotency-key", key)
            .body(pdf)
            .map_err(|error| broken(&error))?;
        match self.outbound.status(request).await.map_err(|silence| broken(&silence))? {
            status if status.is_success() => Ok(None),
            status @ (StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY) => {
                Ok(Some(format!("refusé par le service d’impression : {}", status.as_u16())))
            }
            status => Err(broken(&status.as_u16())),
        }
    }
}

#[async_trait]
impl Post for PostHttp {
    async fn drafts(&self) -> Result<Vec<LetterId>, Fault> {
        self.folder.drafts().await
    }

    async fn draft(&self, pair: &LetterPair<'_>) -> Result<Draft, Fault> {
        self.folder.draft(pair).await
    }

    async fn keep(&self, id: &LetterId, _batch: &str) -> Result<Kept, Fault> {
        // The code first: a pair that is refused has posted nothing then.
        for (part, pdf) in self.folder.drafted_files(id)?.into_iter().rev() {
            if let Some(reason) = self.send(&format!("{id}-{part}"), pdf).await? {
                return Ok(Kept::Refused(reason));
            }
            self.folder.forget(id, part)?;
        }
        Ok(Kept::Handed)
    }

    async fn discard(&self, id: &LetterId) -> Result<(), Fault> {
        self.folder.discard(id).await
    }

    async fn spooled(&self, id: &LetterId, batch: &str) -> Result<Vec<String>, Fault> {
        self.folder.spooled(id, batch).await
    }

    async fn settle(&self, id: &LetterId, batch: &str) -> Result<(), Fault> {
        self.folder.note(id, batch)?;
        self.folder.settle(id, batch).await
    }

    async fn withdraw(&self, id: &LetterId, batch: &str, was_posted: bool) -> Result<(), Fault> {
        self.folder.withdraw(id, batch, was_posted).await
    }
}

#[cfg(test)]
mod tests;
