//! Every message the portal sends, with what it says. Rows keep no link and no secret: both are derived again when it leaves.

mod sms;

pub use sms::{OutgoingSms, SmsContent};

use crate::{Fault, Watch};
use domain::delegations::Role;
use domain::id::MessageId;
use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use store::{Channel, NewMessage, Purpose};

/// What was changed among somebody's second factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorChange {
    /// An application that shows codes was added.
    TotpAdded,
    /// It was removed.
    TotpRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// One was removed.
    PasskeyRemoved,
    /// New recovery codes were made.
    RecoveryRenewed,
    /// A recovery code was used to log in.
    RecoveryUsed,
    /// The fund removed all of them, because the person had lost them.
    Cleared,
    /// A login of another identity provider leads to the account now.
    ExternalAdded,
    /// One does no more.
    ExternalRemoved,
}

/// A mail. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mail", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "fields are the same everywhere: first is the prénom, until the end of the link, at the moment, agent the browser"
)]
pub enum MailContent {
    /// The activation link (S26).
    Activation { first: String, until: i64 },
    /// To the new address: the link that confirms it (S104).
    EmailConfirm { first: String, until: i64 },
    /// To the old address: a change is under way, and how to take it back.
    EmailMoving { first: String, new_email: String, until: i64 },
    /// To the owner of an address that somebody else wanted as theirs.
    EmailTaken { first: String },
    /// The link that certifies an address again (S30).
    Certification { first: String, until: i64 },
    /// The same some days ahead (A11).
    CertificationSoon { first: String, due: i64, until: i64 },
    /// The link that leads to a new password (S70).
    Reset { first: String, until: i64 },
    /// The password was changed.
    PasswordChanged { first: String, at: i64, agent: String, until: i64 },
    /// Somebody logged in with a browser that was not known.
    NewDevice { first: String, at: i64, agent: String, until: i64 },
    /// The second factors were changed.
    FactorChanged { first: String, change: FactorChange, at: i64, agent: String, until: i64 },
    /// To those who administer a site: somebody else does now, too (A7).
    NewAdministrator { first: String, site: String },
    /// To those who administer a site: somebody was given all rights on it (T60).
    AdministratorAdded { first: String, who: String, site: String, by: String },
    /// To those who administer a site: new letters were asked for (A22).
    LettersAsked { first: String, site: String },
    /// To a person whose personal data were erased.
    Erased { first: String },
    /// The link that accepts rights on a site (S141); `starts` is the first day, when it has not come.
    Invitation { site: String, by: String, role: Role, starts: Option<String>, until: i64 },
    /// The link that accepts rights on several sites at once: what a firm hands on to somebody.
    InvitationSeveral { by: String, role: Role, sites: Vec<String>, starts: Option<String>, until: i64 },
    /// To who gave: the invitation was accepted.
    InvitationAccepted { first: String, who: String, site: String },
    /// To who holds them: rights were changed.
    RightsModified { first: String, site: String, by: String },
    /// To who held them: rights have ended (A31).
    RightsClosed { first: String, site: String, by: String },
    /// To a firm: its rights have ended, with those it had handed on (A31).
    FirmRemoved { first: String, site: String, by: String },
    /// To a firm: the employer has ended the rights of one of its collaborators (A42).
    CollaboratorClosed { first: String, who: String, site: String, by: String },
    /// Rights end soon: to who holds them, or to who may renew them; `ends` is the last day.
    RightsEnding {
        first: String,
        who: String,
        site: String,
        ends: String,
        own: bool,
        #[serde(default)]
        page: String,
    },
    /// The same on the day after: they have ended.
    RightsExpired { first: String, who: String, site: String, ends: String, own: bool, page: String },
    /// Several of those above to one person, in one.
    RightsDigest { first: String, items: Vec<Self> },
    /// To those who administer sites: somebody of a firm asks for rights on them.
    AccessAsked { first: String, who: String, sites: Vec<String> },
    /// To who wrote to the fund: the message is there, and this is a copy of it (A44); `page` is its thread.
    ContactCopy { first: String, reference: String, site: String, subject: String, text: String, files: Vec<String>, page: String },
    /// To the fund: who wrote what, and how it is read and answered.
    ContactReceived {
        reference: String,
        site: String,
        siret: String,
        who: String,
        email: String,
        phone: Option<String>,
        subject: String,
        text: String,
        files: Vec<String>,
    },
    /// To who wrote: the fund has answered, with so many files. What it says is read in the portal only.
    ContactAnswered { first: String, reference: String, site: String, subject: String, files: usize, page: String },
    /// To those who run the portal.
    Alarm { watch: Watch, number: usize, at: i64 },
}

impl MailContent {
    /// Mails about rights, which leave together and as often as their recipient wants. No security mail is among them.
    pub(crate) const GATHERED: [&'static str; 7] = [
        "invitation_accepted",
        "rights_modified",
        "rights_closed",
        "firm_removed",
        "collaborator_closed",
        "rights_ending",
        "rights_expired",
    ];

    /// Its name: of its row, of its template.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Activation { .. } => "activation",
            Self::EmailConfirm { .. } => "email_confirm",
            Self::EmailMoving { .. } => "email_moving",
            Self::EmailTaken { .. } => "email_taken",
            Self::Certification { .. } => "certification",
            Self::CertificationSoon { .. } => "certification_soon",
            Self::Reset { .. } => "reset",
            Self::PasswordChanged { .. } => "password_changed",
            Self::NewDevice { .. } => "new_device",
            Self::FactorChanged { .. } => "factor_changed",
            Self::NewAdministrator { .. } => "new_administrator",
            Self::AdministratorAdded { .. } => "administrator_added",
            Self::LettersAsked { .. } => "letters_asked",
            Self::Erased { .. } => "erased",
            Self::Invitation { .. } => "invitation",
            Self::InvitationSeveral { .. } => "invitation_several",
            Self::InvitationAccepted { .. } => "invitation_accepted",
            Self::RightsModified { .. } => "rights_modified",
            Self::RightsClosed { .. } => "rights_closed",
            Self::FirmRemoved { .. } => "firm_removed",
            Self::CollaboratorClosed { .. } => "collaborator_closed",
            Self::RightsEnding { .. } => "rights_ending",
            Self::AccessAsked { .. } => "access_asked",
            Self::RightsExpired { .. } => "rights_expired",
            Self::RightsDigest { .. } => "rights_digest",
            Self::ContactCopy { .. } => "contact_copy",
            Self::ContactReceived { .. } => "contact_received",
            Self::ContactAnswered { .. } => "contact_answered",
            Self::Alarm { .. } => "alarm",
        }
    }

    /// What its link does, when it has one.
    #[must_use]
    pub const fn purpose(&self) -> Option<Purpose> {
        match self {
            Self::Activation { .. } => Some(Purpose::Activation),
            Self::EmailConfirm { .. } => Some(Purpose::EmailChange),
            Self::EmailMoving { .. } => Some(Purpose::Revert),
            Self::Certification { .. } | Self::CertificationSoon { .. } => Some(Purpose::Certification),
            Self::Reset { .. } => Some(Purpose::Reset),
            Self::PasswordChanged { .. } | Self::NewDevice { .. } | Self::FactorChanged { .. } => Some(Purpose::Alarm),
            Self::Invitation { .. } | Self::InvitationSeveral { .. } => Some(Purpose::Invitation),
            Self::EmailTaken { .. }
            | Self::NewAdministrator { .. }
            | Self::AdministratorAdded { .. }
            | Self::LettersAsked { .. }
            | Self::Erased { .. }
            | Self::InvitationAccepted { .. }
            | Self::RightsModified { .. }
            | Self::RightsClosed { .. }
            | Self::FirmRemoved { .. }
            | Self::CollaboratorClosed { .. }
            | Self::RightsEnding { .. }
            | Self::AccessAsked { .. }
            | Self::RightsExpired { .. }
            | Self::RightsDigest { .. }
            | Self::ContactCopy { .. }
            | Self::ContactReceived { .. }
            | Self::ContactAnswered { .. }
            | Self::Alarm { .. } => None,
        }
    }

    /// The page it leads to, which is nobody's secret; none for most.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        match self {
            Self::RightsEnding { page, .. }
            | Self::RightsExpired { page, .. }
            | Self::ContactCopy { page, .. }
            | Self::ContactAnswered { page, .. } => Some(page.as_str()).filter(|page| !page.is_empty()),
            _ => None,
        }
    }

    /// Prénom of whoever it goes to.
    #[must_use]
    pub fn first(&self) -> &str {
        match self {
            Self::Activation { first, .. }
            | Self::EmailConfirm { first, .. }
            | Self::EmailMoving { first, .. }
            | Self::EmailTaken { first }
            | Self::Certification { first, .. }
            | Self::CertificationSoon { first, .. }
            | Self::Reset { first, .. }
            | Self::PasswordChanged { first, .. }
            | Self::NewDevice { first, .. }
            | Self::FactorChanged { first, .. }
            | Self::NewAdministrator { first, .. }
            | Self::AdministratorAdded { first, .. }
            | Self::LettersAsked { first, .. }
            | Self::Erased { first }
            | Self::InvitationAccepted { first, .. }
            | Self::RightsModified { first, .. }
            | Self::RightsClosed { first, .. }
            | Self::FirmRemoved { first, .. }
            | Self::CollaboratorClosed { first, .. }
            | Self::RightsEnding { first, .. }
            | Self::AccessAsked { first, .. }
            | Self::RightsExpired { first, .. }
            | Self::RightsDigest { first, .. }
            | Self::ContactCopy { first, .. }
            | Self::ContactAnswered { first, .. } => first,
            Self::Alarm { .. } | Self::Invitation { .. } | Self::InvitationSeveral { .. } | Self::ContactReceived { .. } => "",
        }
    }

    /// End of its link.
    #[must_use]
    pub const fn until(&self) -> Option<i64> {
        match self {
            Self::Activation { until, .. }
            | Self::EmailConfirm { until, .. }
            | Self::EmailMoving { until, .. }
            | Self::Certification { until, .. }
            | Self::CertificationSoon { until, .. }
            | Self::Reset { until, .. }
            | Self::PasswordChanged { until, .. }
            | Self::NewDevice { until, .. }
            | Self::FactorChanged { until, .. }
            | Self::Invitation { until, .. }
            | Self::InvitationSeveral { until, .. } => Some(*until),
            Self::EmailTaken { .. }
            | Self::NewAdministrator { .. }
            | Self::AdministratorAdded { .. }
            | Self::LettersAsked { .. }
            | Self::Erased { .. }
            | Self::InvitationAccepted { .. }
            | Self::RightsModified { .. }
            | Self::RightsClosed { .. }
            | Self::FirmRemoved { .. }
            | Self::CollaboratorClosed { .. }
            | Self::RightsEnding { .. }
            | Self::AccessAsked { .. }
            | Self::RightsExpired { .. }
            | Self::RightsDigest { .. }
            | Self::ContactCopy { .. }
            | Self::ContactReceived { .. }
            | Self::ContactAnswered { .. }
            | Self::Alarm { .. } => None,
        }
    }

    /// The moment it speaks of: when something happened, or will.
    #[must_use]
    pub const fn at(&self) -> Option<i64> {
        match self {
            Self::PasswordChanged { at, .. } | Self::NewDevice { at, .. } | Self::FactorChanged { at, .. } | Self::Alarm { at, .. } => {
                Some(*at)
            }
            Self::CertificationSoon { due, .. } => Some(*due),
            _ => None,
        }
    }

    /// Family of the browser it speaks of; empty when it speaks of none.
    #[must_use]
    pub fn agent(&self) -> &str {
        match self {
            Self::PasswordChanged { agent, .. } | Self::NewDevice { agent, .. } | Self::FactorChanged { agent, .. } => agent,
            _ => "",
        }
    }

    /// The row of this mail.
    ///
    /// # Errors
    /// When it does not serialise.
    pub(crate) fn message<'a>(&self, id: &'a MessageId) -> Result<NewMessage<'a>, Fault> {
        Ok(NewMessage { id, channel: Channel::Mail, kind: self.kind(), payload: json(self)? })
    }
}

/// A mail about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// Id of the outbox row, from which the Message-ID is made: a retry carries the same one.
    pub id: String,
    /// Address it goes to.
    pub to: String,
    /// What it says.
    pub content: MailContent,
    /// Path of its link below the public address.
    pub path: Option<String>,
    /// Until when the link works, as clocks in Paris show it.
    pub until: Option<DateTime>,
    /// The moment it speaks of, likewise.
    pub at: Option<DateTime>,
    /// When the row was written.
    pub written: Timestamp,
}

/// What somebody unknown asks for. Looked at by the job: the page has answered already, in the same way and time whoever asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub(crate) enum Ask {
    /// A link to a new password.
    Reset { email: String },
    /// A new link for an account that waits for one: activation, or its new address.
    Activation { email: String },
    /// A new link to certify an address.
    Certification { email: String },
    /// New letters for the site with this identifiant.
    Letters { identifiant: String },
    /// Access to the sites with these SIRETs, asked for by an account: those whose request has one of these keys.
    Access { account: String, sirets: Vec<String>, keys: Vec<String> },
}

impl Ask {
    pub(crate) fn message<'a>(&self, id: &'a MessageId) -> Result<NewMessage<'a>, Fault> {
        Ok(NewMessage { id, channel: Channel::Ask, kind: "ask", payload: json(self)? })
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Broken(error.to_string()))
}

/// Where a link of this purpose leads: its page, whose address the secret follows. The router knows the same table.
#[must_use]
pub const fn link_page(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Activation => "/activation",
        Purpose::EmailChange => "/nouvelle-adresse",
        Purpose::Revert => "/ancienne-adresse",
        Purpose::Certification => "/certification",
        Purpose::Reset => "/nouveau-mot-de-passe",
        Purpose::Alarm => "/alerte",
        Purpose::Invitation => "/invitation",
    }
}
