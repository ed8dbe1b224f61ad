//! What a form's answer tells the page it leads to.

use domain::form::FieldErrors;
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use services::Report;

/// What a form's answer tells the page it leads to. Travels in a sealed cookie, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Path of the page it is for.
    pub page: String,
    /// What it says.
    pub message: Message,
}

/// What a flash says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Message {
    /// The form was refused; the page answers with the refusal's status. What was typed comes along, never a secret.
    Refused(Refusal, FieldErrors),
    /// The form of the page failed for our reasons; the number is in the log.
    Broken(String, FieldErrors),
    /// The activation mail is on its way to this address (S25).
    Sent(String),
    /// A new activation mail is on its way, if the account waits for one.
    Resent,
    /// The account is active (S27, S28).
    Activated,
    /// A further site is associated (S45).
    Associated,
    /// If an account has this address, a link to a new password is on its way (S70).
    ResetAsked,
    /// If a site has this identifiant, a letter is on its way (S73).
    LettersAsked,
    /// The password was chosen anew with a link.
    PasswordReset,
    /// The account sleeps until the link sent to this new address is used (S103, S104).
    EmailMoving(String),
    /// The new address is the login.
    EmailConfirmed,
    /// The old address is the login again.
    EmailReverted,
    /// The address of this login must be certified again before anybody gets in (S29).
    Certify(String),
    /// If an account has this address, a link to certify it is on its way.
    CertifyAsked,
    /// The address is certified again (S30).
    Certified,
    /// Every session was ended by « ce n’était pas moi ».
    Alarm,
    /// Something on the account was saved.
    Saved(Saved),
    /// A code was sent to the mobile that was typed (S32); the rest of the form comes along.
    SmsSent(FieldErrors),
    /// The mobile that was typed is certified for this opening (A47); the rest of the form comes along.
    SmsCertified(FieldErrors),
    /// Everything of the person was erased.
    Erased,
    /// Logged out.
    SignedOut,
    /// Logged out here; the identity provider that let the person in ends its own session at this address.
    SignedOutHere(String),
    /// The password was right but the account waits for its activation, or for its new address (D11): the address, for the form that sends
    /// a new link, and whether it is the new address that is waited for.
    Activate(String, bool),
    /// The way pages are drawn was changed.
    DisplaySaved,
    /// Something about the portal's own help.
    Guide(Guide),
    /// The grid was drawn again as the person filled it: a whole column, or to show what it would open.
    Redrawn(FieldErrors, bool),
    /// What a form did on each of several clients, and whether it ended rights there.
    Reported(Report, bool),
    /// So many sites were asked for access, and so many had been before.
    AccessAsked(usize, usize),
    /// The recovery codes that were just made: shown on that page, once.
    RecoveryCodes(Vec<String>),
}

/// What is said about the portal's own help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guide {
    /// Whether an answer helped was noted.
    Opinion(bool),
}

/// What was saved on the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Saved {
    /// The password.
    Password,
    /// Name and phone numbers.
    Contact,
    /// The mobile is certified.
    Mobile,
    /// All other sessions ended.
    Others,
    /// An application or a passkey was added beside another factor.
    FactorAdded,
    /// An application or a passkey was removed.
    FactorRemoved,
    /// A login of another identity provider leads here now.
    Linked,
    /// One does no more.
    Unlinked,
    /// An invitation was sent (S141).
    Invited,
    /// It was sent again.
    InvitedAgain,
    /// Rights of somebody were changed.
    Rights,
    /// Rights of somebody have ended.
    RightsEnded,
    /// An invitation was accepted by opening an account.
    Joined,
    /// The person accepted rights.
    Accepted,
    /// A request for access was refused.
    AccessRefused,
    /// How often mails about rights leave.
    Notifications,
    /// A message went to the fund (S157).
    MessageSent,
    /// A message to the fund that was begun is deleted.
    MessageDiscarded,
}
