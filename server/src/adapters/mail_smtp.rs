//! Mails through the fund's mail server, never without TLS.

use crate::adapters::mail::Composer;
use crate::config::Secret;
use async_trait::async_trait;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox as Address, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use services::ports::{MailProblem, Mailer, OutgoingMail};
use std::time::{Duration, SystemTime};

/// Longest wait for an answer of the mail server.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The port on which TLS comes first; on all others STARTTLS is required.
const IMPLICIT_TLS: u16 = 465;

/// How to reach the mail server.
#[derive(Debug, Clone)]
pub struct Smtp {
    /// Its name, which its certificate must carry.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// User and password, when it asks for them.
    pub credentials: Option<(String, Secret)>,
    /// Sender of every mail.
    pub from: Address,
}

/// Sends mails by SMTP.
pub struct SmtpMailer {
    composer: Composer,
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

impl SmtpMailer {
    /// Prepares the transport; nothing is connected yet.
    ///
    /// # Errors
    /// The reason, when TLS cannot be set up for this name.
    pub fn new(composer: Composer, smtp: Smtp) -> Result<Self, String> {
        let builder = if smtp.port == IMPLICIT_TLS {
            AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host)
        } else {
            AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host)
        };
        let mut builder = builder.map_err(|error| error.to_string())?.port(smtp.port).timeout(Some(TIMEOUT));
        if let Some((user, password)) = smtp.credentials {
            builder = builder.credentials(Credentials::new(user, password.reveal().to_owned()));
        }
        Ok(Self { composer, transport: builder.build(), from: smtp.from })
    }

    fn message(&self, mail: &OutgoingMail) -> Result<Message, String> {
        let written = self.composer.write(mail).map_err(|error| error.to_string())?;
        Message::builder()
            .from(self.from.clone())
            .to(mail.to.parse().map_err(|_| "recipient is no address")?)
            .subject(written.subject)
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .date(SystemTime::from(mail.written))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(written.text, written.html))
            .map_err(|error| error.to_string())
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailProblem> {
        let message = self.message(mail).map_err(MailProblem::Never)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => {
                let code = error.status().map(|code| code.to_string());
                let is_final = error.is_permanent() && !is_about_us(code.as_deref());
                Err(if is_final { MailProblem::Never(error.to_string()) } else { MailProblem::Later(error.to_string()) })
            }
        }
    }
}

/// Refusals of our own login, which somebody will correct: the mail itself is not to blame.
fn is_about_us(code: Option<&str>) -> bool {
    matches!(code, Some("530" | "534" | "535" | "538"))
}

impl std::fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpMailer").field("from", &self.from).finish_non_exhaustive()
    }
}

/// `Auto-Submitted: auto-generated`: nobody's holiday notice is to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fund::Fund;
    use services::ports::MailContent;
    use std::sync::Arc;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

    fn mailer(host: &str, port: u16) -> SmtpMailer {
        let composer = Composer::new(Arc::new(Fund::default()), "https://espace.exemple.fr".into());
        let from = "Espace sécurisé <ne-pas-repondre@exemple.fr>".parse().unwrap();
        SmtpMailer::new(composer, Smtp { host: host.into(), port, credentials: None, from }).unwrap()
    }

    fn mail() -> OutgoingMail {
        OutgoingMail { written: "2026-11-24T10:00:00Z".parse().unwrap(), ..crate::adapters::mail::samples().remove(0) }
    }

    #[test]
    fn d15_a_retry_is_the_same_mail() {
        let written = String::from_utf8(mailer("smtp.exemple.fr", 465).message(&mail()).unwrap().formatted()).unwrap();
        assert!(written.contains("Message-ID: <01JD3V9X7ZK4M2N8P6Q5R4S3T2@exemple.fr>\r\n"), "{written}");
        assert!(written.contains("Date: Tue, 24 Nov 2026 10:00:00 +0000\r\n"), "{written}");
        assert!(written.contains("Auto-Submitted: auto-generated\r\n"), "{written}");
        assert!(written.contains("multipart/alternative"), "{written}");
    }

    #[test]
    fn t30_what_a_message_says_is_no_header_and_no_line_is_too_long() {
        let content = MailContent::ContactCopy {
            first: "Claire".into(),
            reference: "ABCD-2345".into(),
            site: "Martin\r\nBcc: site@y.fr".into(),
            subject: "Objet\r\nBcc: objet@y.fr".into(),
            text: format!("Bonjour\r\n.\r\nBcc: texte@y.fr\r\n\r\n{}\0", "x".repeat(10_000)),
            files: vec!["a.pdf\r\n\r\nBcc: fichier@y.fr".into()],
            page: "/".into(),
        };
        let written = mailer("smtp.exemple.fr", 465).message(&OutgoingMail { content, ..mail() }).unwrap().formatted();
        let written = String::from_utf8(written).unwrap();
        let (headers, body) = written.split_once("\r\n\r\n").unwrap();
        assert!(!headers.contains("Bcc") && headers.matches("Subject:").count() == 1, "{headers}");
        assert!(body.lines().all(|line| line.len() <= 998), "{body}");
    }

    #[tokio::test]
    async fn a_server_without_tls_gets_nothing_and_the_mail_waits() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            let (read, mut write) = socket.split();
            write.write_all(b"220 faux\r\n").await.unwrap();
            let mut heard = String::new();
            let mut lines = BufReader::new(read).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                heard.push_str(&line);
                if write.write_all(b"250 faux\r\n").await.is_err() {
                    break;
                }
            }
            heard
        });
        assert!(matches!(mailer("127.0.0.1", port).send(&mail()).await, Err(MailProblem::Later(_))));
        assert!(!server.await.unwrap().contains("MAIL FROM"));
    }

    #[tokio::test]
    async fn a_server_that_is_down_means_later() {
        assert!(matches!(mailer("127.0.0.1", 1).send(&mail()).await, Err(MailProblem::Later(_))));
    }
}
