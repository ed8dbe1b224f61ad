//! What a person changes on their own account (S97–S106), and the ways back into it (S66–S73): what is typed, what it becomes.

use super::email::Email;
use super::password::Password;
use super::person::{PersonName, parse_name};
use super::phone::{self, Phone};
use crate::form::{Collector, FieldErrors, Reason};
use serde::{Deserialize, Serialize};

/// The password of an account, asked for again: empty while it was given a moment ago.
#[expect(clippy::option_option, reason = "none when it was refused; otherwise typed or not")]
pub(super) fn current(form: &mut Collector, typed: &str) -> Option<Option<Password>> {
    if typed.is_empty() { Some(None) } else { form.secret("current", typed, Password::attempt).map(Some) }
}

fn twice(form: &mut Collector, password: &str, again: &str) -> Option<Password> {
    let value = form.secret("password", password, Password::parse);
    form.secret("password_confirmation", again, |again| match again {
        "" => Err(Reason::Missing),
        again if again == password => Ok(()),
        _ => Err(Reason::Different),
    });
    value
}

/// A new password, chosen with a link (S70).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ResetDraft {
    /// Password.
    pub password: String,
    /// The same again.
    pub password_confirmation: String,
}

impl ResetDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field; passwords are never kept.
    pub fn parse(&self) -> Result<Password, FieldErrors> {
        let mut form = Collector::new();
        let password = twice(&mut form, &self.password, &self.password_confirmation);
        form.finish(password)
    }
}

/// A new password, chosen by somebody who is logged in (S100).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The password so far.
    pub current: String,
    /// The new one.
    pub password: String,
    /// The same again.
    pub password_confirmation: String,
}

impl PasswordDraft {
    /// Parses the form: the password so far is always asked for.
    ///
    /// # Errors
    /// The reasons by field.
    pub fn parse(&self) -> Result<(Password, Password), FieldErrors> {
        let mut form = Collector::new();
        let current = form.secret("current", &self.current, Password::attempt);
        let password = twice(&mut form, &self.password, &self.password_confirmation);
        form.finish(current.zip(password))
    }
}

/// A new address (S99).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The new address.
    pub email: String,
    /// The same again.
    pub email_confirmation: String,
    /// The account's password, when it was not given a moment ago.
    pub current: String,
}

impl EmailDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field.
    pub fn parse(&self) -> Result<(Email, Option<Password>), FieldErrors> {
        let mut form = Collector::new();
        let email = form.field("email", &self.email, Email::parse);
        form.field("email_confirmation", &self.email_confirmation, |typed| match Email::parse(typed) {
            Ok(again) if Some(&again) == email.as_ref() || email.is_none() => Ok(()),
            Ok(_) | Err(Reason::Mail) => Err(Reason::Different),
            Err(reason) => Err(reason),
        });
        let current = current(&mut form, &self.current);
        form.finish(email.zip(current))
    }

    /// What may be shown again.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        form.field("email", &self.email, |_| Ok(()));
        form.field("email_confirmation", &self.email_confirmation, |_| Ok(()));
        form.into_errors()
    }
}

/// Name and phone numbers (S105, S106), and the certification of the mobile (S31–S34).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// Prénom.
    pub first: String,
    /// Nom.
    pub last: String,
    /// Landline, optional.
    pub phone: String,
    /// Mobile, optional.
    pub mobile: String,
    /// Code received by SMS, when the mobile is being certified.
    pub sms: String,
    /// The account's password, when it was not given a moment ago.
    pub current: String,
}

/// Name and phone numbers in their form.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Name.
    pub name: PersonName,
    /// Landline.
    pub phone: Option<Phone>,
    /// Mobile.
    pub mobile: Option<Phone>,
    /// The account's password.
    pub current: Option<Password>,
}

impl ContactDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field.
    pub fn parse(&self) -> Result<Contact, FieldErrors> {
        let mut form = Collector::new();
        let first = form.field("first", &self.first, parse_name);
        let last = form.field("last", &self.last, parse_name);
        let phone = form.field("phone", &self.phone, phone::optional);
        let mobile = form.field("mobile", &self.mobile, phone::optional_mobile);
        let current = current(&mut form, &self.current);
        let value =
            (|| Some(Contact { name: PersonName { first: first?, last: last? }, phone: phone?, mobile: mobile?, current: current? }))();
        form.finish(value)
    }

    /// The mobile alone, when its code is asked for: it must be one.
    ///
    /// # Errors
    /// `mobile` missing or no mobile.
    pub fn parse_mobile(&self) -> Result<Phone, FieldErrors> {
        mobile(&self.mobile, self.kept())
    }

    /// The mobile with the code that certifies it.
    ///
    /// # Errors
    /// `mobile` or `sms`.
    pub fn parse_code(&self) -> Result<(Phone, String), FieldErrors> {
        let number = self.parse_mobile()?;
        sms_code(&self.sms).map(|code| (number, code)).map_err(|reason| refused(self.kept(), "sms", reason))
    }

    /// What may be shown again.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        for (name, typed) in [("first", &self.first), ("last", &self.last), ("phone", &self.phone), ("mobile", &self.mobile)] {
            form.field(name, typed, |_| Ok(()));
        }
        form.into_errors()
    }
}

/// A mobile that a code can be sent to.
///
/// # Errors
/// `mobile` missing or no mobile; what was typed elsewhere is kept.
pub fn mobile(typed: &str, kept: FieldErrors) -> Result<Phone, FieldErrors> {
    match phone::optional_mobile(typed) {
        Ok(Some(number)) => Ok(number),
        Ok(None) => Err(refused(kept, "mobile", Reason::Missing)),
        Err(reason) => Err(refused(kept, "mobile", reason)),
    }
}

/// Six digits, spaces dropped (A13).
///
/// # Errors
/// `Missing`, or `SmsCode` when it has not six digits.
pub fn sms_code(typed: &str) -> Result<String, Reason> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    match code.len() {
        0 => Err(Reason::Missing),
        6 if code.bytes().all(|b| b.is_ascii_digit()) => Ok(code),
        _ => Err(Reason::SmsCode),
    }
}

/// A whole form refused for one field.
#[must_use]
pub fn refused(kept: FieldErrors, name: &str, reason: Reason) -> FieldErrors {
    FieldErrors { errors: vec![(name.to_owned(), reason)], typed: kept.typed }
}

/// Step 2/2 of associating further sites (S42, S43).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AssociateDraft {
    /// The site proven in step 1, as the page showed it.
    pub site: String,
    /// The login.
    pub email: String,
    /// The password.
    pub password: String,
}

impl AssociateDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field.
    pub fn parse(&self) -> Result<(Email, Password), FieldErrors> {
        let mut form = Collector::new();
        let email = form.field("email", &self.email, Email::parse);
        let password = form.secret("password", &self.password, Password::attempt);
        form.finish(email.zip(password))
    }

    /// What may be shown again.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        form.field("email", &self.email, |_| Ok(()));
        form.into_errors()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a13_a_code_is_six_digits_however_it_is_spaced() {
        assert_eq!(sms_code(" 123 456 "), Ok("123456".into()));
        assert_eq!(sms_code(""), Err(Reason::Missing));
        for wrong in ["12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(sms_code(wrong), Err(Reason::SmsCode), "{wrong}");
        }
    }

    #[test]
    fn refused_forms_keep_what_was_typed_and_no_secret() {
        let draft = ContactDraft { first: "Claire".into(), mobile: "04 72 00 00 00".into(), current: "x".into(), ..Default::default() };
        let errors = draft.parse_mobile().unwrap_err();
        assert_eq!(errors.reason("mobile"), Some(Reason::NotMobile));
        assert_eq!((errors.typed("first"), errors.typed("current")), ("Claire", ""));
        let draft = EmailDraft { email: "a@b.fr".into(), email_confirmation: "c@b.fr".into(), ..Default::default() };
        assert_eq!(draft.parse().unwrap_err().reason("email_confirmation"), Some(Reason::Different));
    }
}
