//! The two steps of opening an account (S9–S24): what is typed, what it becomes.

use super::email::Email;
use super::identifiant::Identifiant;
use super::letter_code::LetterCode;
use super::password::Password;
use super::person::{PersonName, parse_name};
use super::phone::{self, Phone};
use crate::form::{Collector, FieldErrors, Reason};
use crate::sites::siret::Siret;
use serde::{Deserialize, Serialize};

/// Step 1/2 as typed (S10–S12).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LettersDraft {
    /// Identifiant CIBTP, from the welcome letter.
    pub identifiant: String,
    /// SIRET.
    pub siret: String,
    /// Code confidentiel provisoire, from the second letter.
    pub code: String,
}

/// Step 1/2 with every value in its form. Whether the three fit together, the store knows.
#[derive(Debug, Clone)]
pub struct Letters {
    /// Identifiant CIBTP.
    pub identifiant: Identifiant,
    /// SIRET, its key checked (A5).
    pub siret: Siret,
    /// Letter code.
    pub code: LetterCode,
}

impl LettersDraft {
    /// Parses the three values; all are mandatory (A2).
    ///
    /// # Errors
    /// The reasons by field: `identifiant`, `siret`, `code`. The code is never kept.
    pub fn parse(&self) -> Result<Letters, FieldErrors> {
        let mut form = Collector::new();
        let identifiant = form.field("identifiant", &self.identifiant, Identifiant::parse);
        let siret = form.field("siret", &self.siret, Siret::parse);
        let code = form.secret("code", &self.code, LetterCode::parse);
        form.finish(identifiant.zip(siret).zip(code).map(|((identifiant, siret), code)| Letters { identifiant, siret, code }))
    }

    /// What may be shown again.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        form.field("identifiant", &self.identifiant, |_| Ok(()));
        form.field("siret", &self.siret, |_| Ok(()));
        form.into_errors()
    }
}

/// Step 2/2 as typed (S16–S23).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AccountDraft {
    /// The site proven in step 1, as the page showed it: a second tab must not slip another one in.
    pub site: String,
    /// Mail, which becomes the login (S17).
    pub email: String,
    /// The same again.
    pub email_confirmation: String,
    /// Password.
    pub password: String,
    /// The same again.
    pub password_confirmation: String,
    /// Prénom, prefilled from the fund's data (S21, A8).
    pub first: String,
    /// Nom, likewise.
    pub last: String,
    /// Landline, optional.
    pub phone: String,
    /// Mobile, optional.
    pub mobile: String,
    /// Code received by SMS, when the mobile is being certified.
    pub sms: String,
}

/// Step 2/2 with every value in its form.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Mail and login.
    pub email: Email,
    /// Password; the lists and estimates of the server have not looked at it yet.
    pub password: Password,
    /// Name.
    pub name: PersonName,
    /// Landline.
    pub phone: Option<Phone>,
    /// Mobile.
    pub mobile: Option<Phone>,
}

impl AccountDraft {
    /// Parses step 2/2.
    ///
    /// # Errors
    /// The reasons by field; passwords are never kept.
    pub fn parse(&self) -> Result<NewAccount, FieldErrors> {
        let mut form = Collector::new();
        // In the order of the page, which is that of the summary of errors.
        let first = form.field("first", &self.first, parse_name);
        let last = form.field("last", &self.last, parse_name);
        let phone = form.field("phone", &self.phone, phone::optional);
        let mobile = form.field("mobile", &self.mobile, phone::optional_mobile);
        let email = form.field("email", &self.email, Email::parse);
        form.field("email_confirmation", &self.email_confirmation, |typed| match Email::parse(typed) {
            Ok(again) if Some(&again) == email.as_ref() || email.is_none() => Ok(()),
            Ok(_) | Err(Reason::Mail) => Err(Reason::Different),
            Err(reason) => Err(reason),
        });
        let password = form.secret("password", &self.password, Password::parse);
        form.secret("password_confirmation", &self.password_confirmation, |again| match again {
            "" => Err(Reason::Missing),
            again if again == self.password => Ok(()),
            _ => Err(Reason::Different),
        });
        let value = (|| {
            Some(NewAccount {
                email: email?,
                password: password?,
                name: PersonName { first: first?, last: last? },
                phone: phone?,
                mobile: mobile?,
            })
        })();
        form.finish(value)
    }

    /// What was typed and may be shown again, with one reason found by the server.
    #[must_use]
    pub fn refused(&self, field: &str, reason: Reason) -> FieldErrors {
        let mut refused = self.kept();
        refused.errors.push((field.to_owned(), reason));
        refused
    }

    /// What was typed and may be shown again: everything but the passwords.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        for (name, typed) in [
            ("email", &self.email),
            ("email_confirmation", &self.email_confirmation),
            ("first", &self.first),
            ("last", &self.last),
            ("phone", &self.phone),
            ("mobile", &self.mobile),
        ] {
            form.field(name, typed, |_| Ok(()));
        }
        form.into_errors()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> AccountDraft {
        AccountDraft {
            email: "claire@exemple.fr".into(),
            email_confirmation: "Claire@exemple.fr ".into(),
            password: "grue Tour 12".into(),
            password_confirmation: "grue Tour 12".into(),
            first: "Claire".into(),
            last: "Martin".into(),
            mobile: "06 12 34 56 78".into(),
            ..AccountDraft::default()
        }
    }

    #[test]
    fn s16_s18_confirmations_must_agree() {
        assert!(draft().parse().is_ok());
        let errors =
            AccountDraft { email_confirmation: "autre@exemple.fr".into(), password_confirmation: "grue tour 12".into(), ..draft() }
                .parse()
                .unwrap_err();
        assert_eq!(errors.reason("email_confirmation"), Some(Reason::Different));
        assert_eq!(errors.reason("password_confirmation"), Some(Reason::Different));
    }

    #[test]
    fn every_error_at_once_and_no_password_kept() {
        let errors = AccountDraft { email: "x".into(), password: "court".into(), last: String::new(), phone: "12".into(), ..draft() }
            .parse()
            .unwrap_err();
        let fields: Vec<&str> = errors.errors.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["last", "phone", "email", "password", "password_confirmation"], "in the order of the page");
        assert!(!format!("{errors:?}").contains("court"));
        assert_eq!(errors.typed("email"), "x");
    }

    #[test]
    fn s12_a2_the_three_values_are_mandatory_and_the_code_is_not_kept() {
        let errors = LettersDraft { code: "7K2M 9QXD 4TBA".into(), ..LettersDraft::default() }.parse().unwrap_err();
        assert_eq!(errors.reason("identifiant"), Some(Reason::Missing));
        assert_eq!(errors.reason("siret"), Some(Reason::Missing));
        assert_eq!(errors.typed("code"), "");
    }
}
