//! Writing mails: what a [`MailContent`] says, as subject, text and HTML. The words are in `mails/`.

use askama::Template;
use domain::fund::Fund;
use domain::text::{NBSP, date};
use jiff::civil::DateTime;
use services::ports::{MailContent, OutgoingMail};
use std::sync::Arc;

/// Writes mails in the fund's name.
#[derive(Debug, Clone)]
pub struct Composer {
    fund: Arc<Fund>,
    public_url: String,
}

/// A written mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Subject, one line.
    pub subject: String,
    /// The mail for programs and people that read text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

#[derive(Template)]
#[template(path = "activation/subject.txt")]
struct ActivationSubject;

#[derive(Template)]
#[template(path = "activation/text.txt")]
struct ActivationText<'a> {
    fund: &'a Fund,
    first: &'a str,
    link: &'a str,
    until: &'a str,
}

#[derive(Template)]
#[template(path = "activation/body.html")]
struct ActivationHtml<'a> {
    fund: &'a Fund,
    first: &'a str,
    link: &'a str,
    until: &'a str,
}

impl Composer {
    /// A writer for this fund, whose links begin with the portal's public address.
    #[must_use]
    pub fn new(fund: Arc<Fund>, public_url: String) -> Self {
        Self { fund, public_url }
    }

    /// Writes one mail.
    ///
    /// # Errors
    /// [`askama::Error`] when a template fails.
    pub fn write(&self, mail: &OutgoingMail) -> Result<Written, askama::Error> {
        match &mail.content {
            MailContent::Activation { first, path, until } => {
                let (fund, link, until) = (&*self.fund, format!("{}{path}", self.public_url), moment(*until));
                let subject = ActivationSubject.render()?;
                Ok(Written {
                    subject: subject.trim().to_owned(),
                    text: ActivationText { fund, first, link: &link, until: &until }.render()?,
                    html: ActivationHtml { fund, first, link: &link, until: &until }.render()?,
                })
            }
        }
    }
}

/// « 27 novembre 2026 à 11 h 05 ».
fn moment(moment: DateTime) -> String {
    format!("{} à {}{NBSP}h{NBSP}{:02}", date(moment.date()), moment.hour(), moment.minute())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(first: &str) -> Written {
        let composer = Composer::new(Arc::new(Fund::default()), "https://espace.exemple.fr".into());
        let content = MailContent::Activation {
            first: first.into(),
            path: "/activation/dGhlLXNlY3JldA".into(),
            until: jiff::civil::datetime(2026, 11, 27, 11, 5, 0, 0),
        };
        let mail =
            OutgoingMail { id: "01JD3V9X7ZK4M2N8P6Q5R4S3T2".into(), to: "c@e.fr".into(), content, written: jiff::Timestamp::UNIX_EPOCH };
        composer.write(&mail).unwrap()
    }

    #[test]
    fn s26_the_activation_mail_says_this() {
        let Written { subject, text, html } = written("Claire");
        insta::assert_snapshot!("activation_subject", subject);
        insta::assert_snapshot!("activation_text", text);
        insta::assert_snapshot!("activation_html", html);
    }

    #[test]
    fn a_name_is_text_and_never_markup() {
        let Written { text, html, .. } = written("<b>Anne</b> & co");
        assert!(text.contains("Bonjour <b>Anne</b> & co,"));
        assert!(!html.contains("<b>"), "{html}");
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        let html = written("Claire").html;
        assert!(!html.contains("<img") && !html.contains("src=") && !html.contains("url("));
        assert_eq!(html.matches("href=").count(), html.matches("href=\"https://espace.exemple.fr/activation/").count());
    }
}
