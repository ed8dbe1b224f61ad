//! Mail addresses, which are also the login (S17).

use crate::form::Reason;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A mail address that a message can be sent to: trimmed, lower case, ASCII, one `@`, a domain with a dot.
///
/// Lower-casing the local part is what every provider in use does; letters outside ASCII are refused, because look-alikes
/// (`ı` for `i`) are how accounts are stolen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Reads a typed address.
    ///
    /// # Errors
    /// `Missing` when empty, `TooLong` above 254 characters (RFC 5321), `Mail` for anything else that is no address.
    pub fn parse(typed: &str) -> Result<Self, Reason> {
        let text = typed.trim();
        if text.is_empty() {
            return Err(Reason::Missing);
        }
        if text.len() > 254 {
            return Err(Reason::TooLong);
        }
        let (local, domain) = text.split_once('@').ok_or(Reason::Mail)?;
        if is_local(local) && is_domain(domain) { Ok(Self(text.to_ascii_lowercase())) } else { Err(Reason::Mail) }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split('@').nth(1).unwrap_or_default()
    }

    /// What different spellings of one mailbox have in common: no `+suffix`, and for the one large provider that ignores dots,
    /// no dots. For comparing persons, never for sending.
    #[must_use]
    pub fn mailbox(&self) -> String {
        let local = self.local().split('+').next().unwrap_or_default();
        match self.domain() {
            "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
            domain => format!("{local}@{domain}"),
        }
    }

    /// `c***@exemple.fr`: enough for its owner to know it, not for anybody else.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{}***@{}", self.local().chars().next().unwrap_or('*'), self.domain())
    }
}

fn is_local(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && domain.rsplit('.').next().is_some_and(|tld| tld.len() >= 2 && !tld.bytes().all(|b| b.is_ascii_digit()))
}

impl TryFrom<String> for Email {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|_| "not a mail address")
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_and_one_only() {
        assert_eq!(Email::parse("  Claire.Martin@Exemple.FR ").unwrap().as_str(), "claire.martin@exemple.fr");
        for wrong in [
            "claire",
            "claire@",
            "@exemple.fr",
            "claire@exemple",
            "a@b@c.fr",
            "a b@exemple.fr",
            "a@exemple..fr",
            "a@-x.fr",
            "a@x.1",
            "a@x.fr\nbcc:b@y.fr",
            "a@x.fr,b@y.fr",
            "a@x.fr;b@y.fr",
            "clаire@exemple.fr",
            "claıre@exemple.fr",
            "a@ｘ.fr",
            ".a@x.fr",
            "a..b@x.fr",
        ] {
            assert_eq!(Email::parse(wrong), Err(Reason::Mail), "{wrong:?}");
        }
        assert_eq!(Email::parse(" \t"), Err(Reason::Missing));
        assert_eq!(Email::parse(&format!("{}@x.fr", "a".repeat(300))), Err(Reason::TooLong));
    }

    #[test]
    fn a_masked_address_tells_only_its_owner() {
        assert_eq!(Email::parse("claire@exemple.fr").unwrap().masked(), "c***@exemple.fr");
    }
}
