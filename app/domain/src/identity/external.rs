//! Logins of another identity provider: the forms of their owner.

use super::account::current;
use super::password::Password;
use crate::form::{Collector, FieldErrors};
use serde::{Deserialize, Serialize};

/// Linking a login, or taking one away, by somebody who is logged in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ExternalDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The login to be taken away; empty when one is linked.
    pub id: String,
    /// The account's password, when it was not given a moment ago.
    pub current: String,
}

impl ExternalDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reason of `current`.
    pub fn parse(&self) -> Result<Option<Password>, FieldErrors> {
        let mut form = Collector::new();
        let current = current(&mut form, &self.current);
        form.finish(current)
    }
}
