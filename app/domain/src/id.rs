//! One newtype per kind of record. Ids are ULIDs (26 Crockford base32 characters): opaque, unguessable, never sequential.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The text is not a ULID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

fn is_ulid(text: &str) -> bool {
    text.len() == 26
        && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'H' | b'J' | b'K' | b'M' | b'N' | b'P'..=b'T' | b'V'..=b'Z'))
        && text.as_bytes()[0] <= b'7'
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The 26 characters.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                if is_ulid(text) { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                if is_ulid(&text) { Ok(Self(text)) } else { Err(NotAnId) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A member company of the fund.
    AdherentId,
    /// A declaring site: one SIRET of a member.
    SiteId,
    /// A person's account: one login.
    AccountId,
    /// One right given to one person on one site.
    DelegationId,
    /// One request for access to a site.
    AccessRequestId,
    /// One row of the outbox.
    MessageId,
    /// One posted letter.
    LetterId,
    /// One message to the fund with its answers; also the draft it was.
    ExchangeId,
    /// One file that goes with a message or an answer.
    FileId,
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id")
    }
}

impl std::error::Error for NotAnId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ulids_become_ids() {
        assert!("01JD3V9X7ZK4M2N8P6Q5R4S3T2".parse::<SiteId>().is_ok());
        for wrong in
            ["", "01jd3v9x7zk4m2n8p6q5r4s3t2", "01JD3V9X7ZK4M2N8P6Q5R4S3TI", "../../etc/passwd0000000000", "81JD3V9X7ZK4M2N8P6Q5R4S3T2"]
        {
            assert!(wrong.parse::<SiteId>().is_err(), "{wrong}");
        }
    }
}
