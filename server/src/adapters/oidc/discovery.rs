//! What the provider says of itself: where its doors are and which keys it signs with. Asked seldom, remembered, never asked in a hurry.

use super::Trouble;
use crate::adapters::outbound::Outbound;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, DiscoveryError, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use services::ports::Clock;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What was learnt is good for this long.
const GOOD: SignedDuration = SignedDuration::from_hours(1);
/// Keys that do not fit are asked for again, but no sooner than this.
const KEYS: SignedDuration = SignedDuration::from_mins(1);
/// A provider that did not answer is left alone for this long.
const PAUSE: SignedDuration = SignedDuration::from_secs(10);

/// What we read beyond the basics.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Extra {
    pub(super) end_session_endpoint: Option<String>,
    authorization_response_iss_parameter_supported: Option<bool>,
}

impl AdditionalProviderMetadata for Extra {}

impl Extra {
    /// Whether the provider always says who it is when it sends somebody back (RFC 9207).
    pub(super) fn says_iss(&self) -> bool {
        self.authorization_response_iss_parameter_supported == Some(true)
    }
}

pub(super) type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// How new what we know must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What is known will do.
    Known,
    /// The keys did not fit.
    Fresh,
}

#[derive(Default)]
struct Memory {
    learnt: Option<(Arc<Metadata>, Timestamp)>,
    asked: Option<Timestamp>,
}

/// The provider, and what it said of itself.
pub(super) struct Provider {
    issuer: IssuerUrl,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
    memory: Mutex<Memory>,
}

impl Provider {
    pub(super) fn new(issuer: &str, outbound: Outbound, clock: Arc<dyn Clock>) -> Result<Self, String> {
        let issuer = IssuerUrl::new(issuer.to_owned()).map_err(|error| error.to_string())?;
        Ok(Self { issuer, outbound, clock, memory: Mutex::default() })
    }

    /// What is known already, if nobody is asking just now.
    pub(super) fn at_hand(&self) -> Option<Arc<Metadata>> {
        self.memory.try_lock().ok()?.learnt.as_ref().map(|(metadata, _)| Arc::clone(metadata))
    }

    /// What the provider says of itself. One asks at a time; the others wait for the answer.
    pub(super) async fn metadata(&self, wanted: Wanted) -> Result<Arc<Metadata>, Trouble> {
        let mut memory = self.memory.lock().await;
        let now = self.clock.now();
        let good = if wanted == Wanted::Fresh { KEYS } else { GOOD };
        let known = memory.learnt.as_ref().map(|(metadata, at)| (Arc::clone(metadata), now.duration_since(*at)));
        if let Some((metadata, age)) = &known
            && *age < good
        {
            return Ok(Arc::clone(metadata));
        }
        let old = known.map(|(metadata, _)| metadata);
        if memory.asked.is_some_and(|at| now.duration_since(at) < PAUSE) {
            return old.ok_or_else(|| Trouble::new("the provider did not answer a moment ago"));
        }
        memory.asked = Some(now);
        match Metadata::discover_async(self.issuer.clone(), &self.outbound).await {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                memory.learnt = Some((Arc::clone(&metadata), now));
                Ok(metadata)
            }
            Err(error) => {
                let trouble = Trouble::new(reason(&error));
                tracing::warn!(issuer = %self.issuer, reason = %trouble, "identity provider does not say what it is");
                old.ok_or(trouble)
            }
        }
    }
}

fn reason<E: std::error::Error>(error: &DiscoveryError<E>) -> String {
    match error {
        DiscoveryError::Request(error) => format!("discovery: {error}"),
        DiscoveryError::Response(status, ..) => format!("discovery: answer {}", status.as_u16()),
        DiscoveryError::Validation(_) => "discovery: it calls itself by another name than « oidc_emetteur »".into(),
        _ => "discovery: unreadable answer".into(),
    }
}

/// Whether the portal's secret goes into the body of the exchange: only where the provider does not take it as a header.
pub(super) fn wants_secret_in_body(metadata: &Metadata) -> bool {
    let methods = metadata.token_endpoint_auth_methods_supported();
    methods
        .is_some_and(|all| all.contains(&CoreClientAuthMethod::ClientSecretPost) && !all.contains(&CoreClientAuthMethod::ClientSecretBasic))
}
