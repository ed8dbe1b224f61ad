//! What people typed, in a mail: their message, its subject, the names of its files. A template holds only the place of such a text, so
//! that nothing of it is read as ours: it is no paragraph, no button and no header (T30). Its lines keep their words and their order.

use super::line;
use services::ports::MailContent;
use std::fmt;

/// A text, and what stands in the template where it will be. No value a template prints holds such a place: [`line`] leaves no control
/// character in them.
#[derive(Debug, Clone, Default)]
pub(super) struct Quote {
    place: &'static str,
    lines: Vec<String>,
}

impl Quote {
    /// Whether there is nothing to be quoted: the template then leaves its title out, too.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl fmt::Display for Quote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.place)
    }
}

/// All a mail quotes.
#[derive(Debug, Clone, Default)]
pub(super) struct Quotes {
    /// Who wrote, to the fund only.
    pub(super) writer: Quote,
    /// Objet.
    pub(super) subject: Quote,
    /// The message.
    pub(super) message: Quote,
    /// The names of its files.
    pub(super) files: Quote,
}

impl Quotes {
    /// What this mail quotes.
    pub(super) fn of(content: &MailContent) -> Self {
        let (writer, subject, message, files) = match content {
            MailContent::ContactCopy { subject, text, files, .. } => (Vec::new(), subject, lines(text), names(files)),
            MailContent::ContactReceived { site, siret, who, email, phone, subject, text, files, .. } => {
                let mut writer = vec![line(who), line(email)];
                writer.extend(phone.as_deref().map(line));
                writer.extend([line(site), format!("SIRET {}", line(siret))]);
                (writer, subject, lines(text), names(files))
            }
            MailContent::ContactAnswered { subject, .. } => (Vec::new(), subject, Vec::new(), Vec::new()),
            _ => return Self::default(),
        };
        Self {
            writer: Quote { place: "\u{1}writer", lines: writer },
            subject: Quote { place: "\u{1}subject", lines: vec![line(subject)] },
            message: Quote { place: "\u{1}message", lines: message },
            files: Quote { place: "\u{1}files", lines: files },
        }
    }

    /// The lines whose place this part of a rendered template is.
    pub(super) fn at(&self, part: &str) -> Option<&[String]> {
        let all = [&self.writer, &self.subject, &self.message, &self.files];
        all.into_iter().find(|quote| !quote.is_empty() && quote.place == part).map(|quote| quote.lines.as_slice())
    }
}

/// The lines of a text, whichever way their ends were written.
fn lines(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(line).collect()
}

fn names(files: &[String]) -> Vec<String> {
    files.iter().map(|name| line(name)).collect()
}

/// One mail of each kind about an exchange with the fund.
pub(super) fn samples(first: &str, site: &str) -> Vec<MailContent> {
    let (first, site, reference, subject) =
        (first.to_owned(), site.to_owned(), "ABCD-2345".to_owned(), "Attestation de septembre".to_owned());
    let text = "Bonjour,\n\nNous n’avons pas reçu l’attestation de septembre.\nPouvez-vous nous l’envoyer ?\n\nClaire Martin".to_owned();
    let files = vec!["relevé.pdf".to_owned(), "photo du chantier.jpg".to_owned()];
    let page = "/site/01JD3V9X7ZK4M2N8P6Q5R4S3T2/contact/echanges/01JD3V9X7ZK4M2N8P6Q5R4S3T3".to_owned();
    vec![
        MailContent::ContactCopy {
            first: first.clone(),
            reference: reference.clone(),
            site: site.clone(),
            subject: subject.clone(),
            text: text.clone(),
            files: files.clone(),
            page: page.clone(),
        },
        MailContent::ContactReceived {
            reference: reference.clone(),
            site: site.clone(),
            siret: "001 234 582 00011".into(),
            who: "Claire Martin".into(),
            email: "claire@exemple.fr".into(),
            phone: Some("+33472000000".into()),
            subject: subject.clone(),
            text,
            files,
        },
        MailContent::ContactAnswered { first, reference, site, subject, files: 1, page },
    ]
}
