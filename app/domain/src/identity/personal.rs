//! The forms about one's own data: seeing them, erasing them.

use super::password::Password;
use crate::form::{Collector, FieldErrors, Reason};
use serde::{Deserialize, Serialize};

/// Voir mes données.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DataDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The account's password: empty while it was given a moment ago.
    pub current: String,
}

impl DataDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// `current` too long.
    pub fn parse(&self) -> Result<Option<Password>, FieldErrors> {
        if self.current.is_empty() {
            return Ok(None);
        }
        let mut form = Collector::new();
        let current = form.secret("current", &self.current, Password::attempt);
        form.finish(current.map(Some))
    }
}

/// Effacer mes données.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ErasureDraft {
    /// The site whose space the page was in; empty outside.
    pub site: String,
    /// The account's password: always asked for.
    pub current: String,
    /// Whether the consequences were read: anything when the box is ticked.
    pub understood: String,
}

impl ErasureDraft {
    /// Parses the form.
    ///
    /// # Errors
    /// The reasons by field.
    pub fn parse(&self) -> Result<Password, FieldErrors> {
        let mut form = Collector::new();
        let current = form.secret("current", &self.current, Password::attempt);
        if self.understood.is_empty() {
            form.refuse("understood", Reason::Unticked);
        }
        form.finish(current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_the_password_and_the_box_are_asked_for() {
        let refused = ErasureDraft::default().parse().unwrap_err();
        assert_eq!((refused.reason("current"), refused.reason("understood")), (Some(Reason::Missing), Some(Reason::Unticked)));
        let draft = ErasureDraft { current: "grue Tour 12".into(), ..ErasureDraft::default() };
        let refused = draft.parse().unwrap_err();
        assert_eq!((refused.errors.len(), refused.typed.len()), (1, 0), "no secret comes back");
        assert!(ErasureDraft { understood: "on".into(), ..draft }.parse().is_ok());
    }
}
