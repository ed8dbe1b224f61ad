//! Writing mails: what a [`MailContent`] says. One file a mail in `mails/`: its subject, an empty line, then paragraphs; a paragraph
//! that begins with `>> ` is a button with the address below it, one that is `{{ quotes.… }}` is what somebody typed, marked line by line.
//! Text and HTML are made of the same paragraphs, so they say the same.

mod digest;
mod quote;
mod samples;

pub use samples::samples;

use askama::Template;
use digest::Item;
use domain::delegations::Role;
use domain::fund::Fund;
use domain::text::{NBSP, NNBSP, count, date};
use jiff::civil::DateTime;
use quote::Quotes;
use services::Watch;
use services::ports::{FactorChange, MailContent, OutgoingMail, OutgoingSms, SmsContent};
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

/// Everything a mail may speak of; empty where it does not apply.
#[derive(Debug, Clone)]
struct Vars<'a> {
    fund: &'a Fund,
    first: String,
    link: String,
    until: String,
    at: String,
    at_date: String,
    agent: String,
    site: String,
    who: String,
    by: String,
    new_email: String,
    sites: String,
    change: String,
    reference: String,
    items: Vec<Item>,
    quotes: Quotes,
}

/// One template struct a mail, all with the same fields.
macro_rules! mails {
    ($($name:ident $path:literal),* $(,)?) => {$(
        #[derive(Template)]
        #[template(path = $path, escape = "none")]
        struct $name<'a>(&'a Vars<'a>);

        impl<'a> std::ops::Deref for $name<'a> {
            type Target = Vars<'a>;
            fn deref(&self) -> &Vars<'a> {
                self.0
            }
        }
    )*};
}

/// A paragraph, a button, or the lines of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    Paragraph(String),
    Button { label: String, link: String },
    Quote(Vec<String>),
}

#[derive(Template)]
#[template(path = "layout.html")]
struct Html<'a> {
    fund: &'a Fund,
    subject: &'a str,
    blocks: &'a [Block],
}

#[derive(Template)]
#[template(path = "layout.txt", escape = "none")]
struct Text<'a> {
    fund: &'a Fund,
    blocks: &'a [Block],
}

mails! {
    Activation "activation.txt",
    EmailConfirm "email_confirm.txt",
    EmailMoving "email_moving.txt",
    EmailTaken "email_taken.txt",
    Certification "certification.txt",
    CertificationSoon "certification_soon.txt",
    Reset "reset.txt",
    PasswordChanged "password_changed.txt",
    NewDevice "new_device.txt",
    FactorChanged "factor_changed.txt",
    NewAdministrator "new_administrator.txt",
    AdministratorAdded "administrator_added.txt",
    LettersAsked "letters_asked.txt",
    Erased "erased.txt",
    Alarm "alarm.txt",
    Invitation "invitation.txt",
    InvitationSeveral "invitation_several.txt",
    InvitationAccepted "invitation_accepted.txt",
    RightsModified "rights_modified.txt",
    RightsClosed "rights_closed.txt",
    FirmRemoved "firm_removed.txt",
    CollaboratorClosed "collaborator_closed.txt",
    RightsEnding "rights_ending.txt",
    AccessAsked "access_asked.txt",
    RightsExpired "rights_expired.txt",
    RightsDigest "rights_digest.txt",
    ContactCopy "contact_copy.txt",
    ContactReceived "contact_received.txt",
    ContactAnswered "contact_answered.txt",
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
        let vars = self.vars(mail);
        let source = match &mail.content {
            MailContent::Activation { .. } => Activation(&vars).render(),
            MailContent::EmailConfirm { .. } => EmailConfirm(&vars).render(),
            MailContent::EmailMoving { .. } => EmailMoving(&vars).render(),
            MailContent::EmailTaken { .. } => EmailTaken(&vars).render(),
            MailContent::Certification { .. } => Certification(&vars).render(),
            MailContent::CertificationSoon { .. } => CertificationSoon(&vars).render(),
            MailContent::Reset { .. } => Reset(&vars).render(),
            MailContent::PasswordChanged { .. } => PasswordChanged(&vars).render(),
            MailContent::NewDevice { .. } => NewDevice(&vars).render(),
            MailContent::FactorChanged { .. } => FactorChanged(&vars).render(),
            MailContent::NewAdministrator { .. } => NewAdministrator(&vars).render(),
            MailContent::AdministratorAdded { .. } => AdministratorAdded(&vars).render(),
            MailContent::LettersAsked { .. } => LettersAsked(&vars).render(),
            MailContent::Erased { .. } => Erased(&vars).render(),
            MailContent::Alarm { .. } => Alarm(&vars).render(),
            MailContent::Invitation { .. } => Invitation(&vars).render(),
            MailContent::InvitationSeveral { .. } => InvitationSeveral(&vars).render(),
            MailContent::InvitationAccepted { .. } => InvitationAccepted(&vars).render(),
            MailContent::RightsModified { .. } => RightsModified(&vars).render(),
            MailContent::RightsClosed { .. } => RightsClosed(&vars).render(),
            MailContent::FirmRemoved { .. } => FirmRemoved(&vars).render(),
            MailContent::CollaboratorClosed { .. } => CollaboratorClosed(&vars).render(),
            MailContent::RightsEnding { .. } => RightsEnding(&vars).render(),
            MailContent::AccessAsked { .. } => AccessAsked(&vars).render(),
            MailContent::RightsExpired { .. } => RightsExpired(&vars).render(),
            MailContent::RightsDigest { .. } => RightsDigest(&vars).render(),
            MailContent::ContactCopy { .. } => ContactCopy(&vars).render(),
            MailContent::ContactReceived { .. } => ContactReceived(&vars).render(),
            MailContent::ContactAnswered { .. } => ContactAnswered(&vars).render(),
        }?;
        let (subject, body) = source.split_once("\n\n").unwrap_or((&source, ""));
        let (subject, blocks) = (typography(subject.trim()), blocks(body, &vars.quotes));
        let text = Text { fund: &self.fund, blocks: &blocks }.render()?;
        let html = Html { fund: &self.fund, subject: &subject, blocks: &blocks }.render()?;
        Ok(Written { subject, text, html })
    }

    /// Writes one SMS: the fund's name first, so that people know who writes.
    #[must_use]
    pub fn write_sms(&self, sms: &OutgoingSms) -> String {
        let fund = &self.fund.nom;
        match &sms.content {
            SmsContent::Code => {
                let code = sms.code.as_deref().unwrap_or_default();
                format!("{fund} : votre code est {code}. Il est valable 10 minutes. Ne le communiquez à personne.")
            }
            SmsContent::Message { text } => format!("{fund} : {text}"),
        }
    }

    fn vars(&self, mail: &OutgoingMail) -> Vars<'_> {
        let Said { site, who, by, new_email, sites, change, reference } = said(&mail.content);
        Vars {
            fund: &self.fund,
            first: line(mail.content.first()),
            link: mail.path.as_deref().map(|path| format!("{}{path}", self.public_url)).unwrap_or_default(),
            until: mail.until.map(moment).unwrap_or_default(),
            at: mail.at.map(moment).unwrap_or_default(),
            at_date: mail.at.map(|at| date(at.date())).unwrap_or_default(),
            agent: line(mail.content.agent()),
            site: line(site),
            who: line(who),
            by: line(by),
            new_email: line(new_email),
            sites,
            change,
            reference: line(reference),
            items: digest::items(&mail.content),
            quotes: Quotes::of(&mail.content),
        }
    }
}

/// What a mail speaks of beside people and times.
#[derive(Default)]
struct Said<'a> {
    site: &'a str,
    who: &'a str,
    by: &'a str,
    new_email: &'a str,
    sites: String,
    change: String,
    reference: &'a str,
}

fn said(content: &MailContent) -> Said<'_> {
    match content {
        MailContent::NewAdministrator { site, .. } | MailContent::LettersAsked { site, .. } => Said { site, ..Said::default() },
        MailContent::EmailMoving { new_email, .. } => Said { new_email, ..Said::default() },
        MailContent::FactorChanged { change, .. } => Said { change: words(*change).to_owned(), ..Said::default() },
        MailContent::Alarm { watch, number, .. } => Said { site: consequence(*watch), change: alarmed(*watch, *number), ..Said::default() },
        MailContent::Invitation { site, by, role, starts, .. } => {
            Said { site, by, who: title(*role), change: from(starts.as_deref()), ..Said::default() }
        }
        MailContent::InvitationSeveral { by, role, sites, starts, .. } => {
            Said { by, who: title(*role), sites: listed(sites), change: from(starts.as_deref()), ..Said::default() }
        }
        MailContent::InvitationAccepted { who, site, .. } => Said { site, who, ..Said::default() },
        MailContent::RightsModified { site, by, .. }
        | MailContent::RightsClosed { site, by, .. }
        | MailContent::FirmRemoved { site, by, .. } => Said { site, by, ..Said::default() },
        MailContent::AccessAsked { who, sites, .. } => Said { who, sites: listed(sites), ..Said::default() },
        MailContent::CollaboratorClosed { who, site, by, .. } | MailContent::AdministratorAdded { who, site, by, .. } => {
            Said { site, who, by, ..Said::default() }
        }
        MailContent::RightsEnding { who, site, ends, own, .. } | MailContent::RightsExpired { who, site, ends, own, .. } => {
            Said { who: if *own { "" } else { who }, site, change: day(ends), ..Said::default() }
        }
        MailContent::ContactCopy { reference, site, files, .. } | MailContent::ContactReceived { reference, site, files, .. } => {
            Said { site, reference, change: attached(files.len()), ..Said::default() }
        }
        MailContent::ContactAnswered { reference, site, files, .. } => {
            Said { site, reference, change: attached(*files), ..Said::default() }
        }
        _ => Said::default(),
    }
}

/// « 2 fichiers joints »; empty when there is none.
fn attached(files: usize) -> String {
    if files == 0 { String::new() } else { count(files, "fichier joint", "fichiers joints") }
}

/// At most so many sites are named in one mail; the pages of each site say the rest.
const NAMED: usize = 10;

/// « Martin Maçonnerie, Roux Toitures »; the number of those that are not named at the end.
fn listed(sites: &[String]) -> String {
    let mut text = sites.iter().take(NAMED).map(|site| line(site)).collect::<Vec<_>>().join(", ");
    if let Some(more) = sites.len().checked_sub(NAMED).filter(|more| *more > 0) {
        text = format!("{text} et {}", count(more, "autre site", "autres sites"));
    }
    text
}

/// What somebody is invited to be.
const fn title(role: Role) -> &'static str {
    match role {
        Role::AdministrateurEntreprise => "Administrateur Entreprise",
        Role::Administrateur => "administrateur",
        Role::Utilisateur => "utilisateur",
        Role::Cabinet => "cabinet comptable",
        Role::Collaborateur => "collaborateur du cabinet comptable",
    }
}

/// « Ces droits commencent le 1er janvier 2027. »; empty when they have begun.
fn from(starts: Option<&str>) -> String {
    starts.map_or_else(String::new, |starts| format!("Ces droits commencent le {}.", day(starts)))
}

/// A day as the row has it, as people read it.
fn day(iso: &str) -> String {
    iso.parse().map_or_else(|_| iso.to_owned(), date)
}

/// How many of what an alarm is about.
fn alarmed(watch: Watch, number: usize) -> String {
    match watch {
        Watch::Guesses => format!("{} en un quart d’heure", count(number, "mot de passe faux", "mots de passe faux")),
        Watch::Sms => format!("{} en un jour", count(number, "SMS", "SMS")),
    }
}

/// What an alarm means.
const fn consequence(watch: Watch) -> &'static str {
    match watch {
        Watch::Guesses => {
            "Quelqu’un essaie peut-être des mots de passe sur beaucoup de comptes. Chaque compte et chaque adresse du réseau restent \
             limités ; personne d’autre n’est gêné."
        }
        Watch::Sms => "La limite de la journée est atteinte : plus aucun code n’est envoyé par SMS jusqu’à demain.",
    }
}

/// What was changed among the second factors, as the beginning of a sentence.
const fn words(change: FactorChange) -> &'static str {
    match change {
        FactorChange::TotpAdded => "Une application d’authentification a été ajoutée",
        FactorChange::TotpRemoved => "L’application d’authentification a été retirée",
        FactorChange::PasskeyAdded => "Une clé d’accès a été ajoutée",
        FactorChange::PasskeyRemoved => "Une clé d’accès a été retirée",
        FactorChange::RecoveryRenewed => "De nouveaux codes de secours ont été créés",
        FactorChange::RecoveryUsed => "Un code de secours a été utilisé",
        FactorChange::Cleared => "Votre caisse a retiré la double authentification à votre demande",
        FactorChange::ExternalAdded => "La connexion par un autre service d’identité a été ajoutée",
        FactorChange::ExternalRemoved => "La connexion par un autre service d’identité a été retirée",
    }
}

/// A value on one line, whatever it holds: no value begins a paragraph of its own, or a header (T30).
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c }).collect()
}

/// The paragraphs of a mail.
fn blocks(body: &str, quotes: &Quotes) -> Vec<Block> {
    body.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| match (quotes.at(part), part.strip_prefix(">> ").and_then(|button| button.split_once('\n'))) {
            (Some(lines), _) => Block::Quote(lines.to_vec()),
            (None, Some((label, link))) => Block::Button { label: label.trim().to_owned(), link: link.trim().to_owned() },
            (None, None) => Block::Paragraph(typography(&part.replace('\n', " "))),
        })
        .collect()
}

/// Narrow no-break spaces where French wants them; templates are written with plain ones.
fn typography(text: &str) -> String {
    [" :", " ;", " !", " ?"].iter().fold(text.to_owned(), |text, mark| text.replace(mark, &format!("{NNBSP}{}", mark.trim())))
}

/// « 27 novembre 2026 à 11 h 05 ».
fn moment(moment: DateTime) -> String {
    format!("{} à {}{NBSP}h{NBSP}{:02}", date(moment.date()), moment.hour(), moment.minute())
}

#[cfg(test)]
mod tests;
