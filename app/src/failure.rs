//! How a server function fails, over the wire: closed codes, never an engine's text.

use domain::refusal::Refusal;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// What a caller that does not accept HTML gets instead of a page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Failure {
    /// The portal said no.
    Refused(Refusal),
    /// What was sent could not be read.
    Unreadable,
    /// The portal failed; the number is in its log.
    Broken(String),
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreadable
    }
}
