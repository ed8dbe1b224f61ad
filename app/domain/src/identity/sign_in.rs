//! Logging in (S49, S50): what is typed.

use super::email::Email;
use super::password::Password;
use crate::form::{Collector, FieldErrors};
use serde::{Deserialize, Serialize};

/// The login form as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInDraft {
    /// Mail, which is the login.
    pub email: String,
    /// Password.
    pub password: String,
    /// Local path wanted before the login; checked against the table of pages before it is used.
    pub next: String,
}

/// A login to be tried.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The login.
    pub email: Email,
    /// What was typed as password.
    pub password: Password,
}

impl SignInDraft {
    /// What may be shown again: the address, and where the person was going.
    #[must_use]
    pub fn kept(&self) -> FieldErrors {
        let mut form = Collector::new();
        form.field("email", &self.email, |_| Ok(()));
        form.field("next", &self.next, |_| Ok(()));
        form.into_errors()
    }

    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field: `email`, `password`.
    pub fn parse(&self) -> Result<SignIn, FieldErrors> {
        let mut form = Collector::new();
        let email = form.field("email", &self.email, Email::parse);
        let password = form.secret("password", &self.password, Password::attempt);
        form.finish(email.zip(password).map(|(email, password)| SignIn { email, password }))
    }
}
