//! Logging in through another identity provider: OpenID Connect, authorisation code with PKCE. What leaves here is verified; what the
//! provider says of mail and name is never read.

mod discovery;

use crate::adapters::outbound::{Outbound, Silence, is_allowed};
use crate::config::Secret;
use app::wire::RETURN;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use discovery::{Metadata, Provider, Wanted};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJwsSigningAlgorithm, CoreTokenResponse};
use openidconnect::url::Url;
use openidconnect::{
    AsyncHttpClient, AuthType, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, TokenResponse,
};
use serde::{Deserialize, Serialize};
use services::External;
use services::ports::{Clock, Dice};
use std::pin::Pin;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// How long somebody may take at the provider.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Clocks of others may be wrong by this much.
const SKEW: SignedDuration = SignedDuration::from_mins(1);
/// Tokens made longer ago than this are no answer to us.
const AGE: SignedDuration = SignedDuration::from_mins(10);
/// Longest token that is kept to end the provider's session.
const TOKEN: usize = 1536;
/// Longest subject (OpenID Connect Core, section 2).
const SUBJECT: usize = 255;

/// Where `ProConnect` explains itself; it asks for a link there below its button.
const ABOUT_PROCONNECT: &str = "https://www.proconnect.gouv.fr/";

/// The only signatures taken: those nobody can make who knows what the portal knows.
const SIGNATURES: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// A provider, as configured.
#[derive(Debug, Clone)]
pub struct OidcSettings {
    /// Its issuer identifier, exactly as it says it.
    pub issuer: String,
    /// What it knows the portal by.
    pub client: String,
    /// What proves it.
    pub secret: Secret,
    /// Its name on the button.
    pub name: String,
    /// Whether it is `ProConnect`, which wants some things its own way.
    pub is_proconnect: bool,
}

/// Somebody on their way to the provider: sealed in a cookie of theirs, compared when they come back.
#[derive(Clone, Serialize, Deserialize)]
pub struct Pending {
    state: String,
    nonce: String,
    verifier: String,
    issuer: String,
    until: i64,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pending(…)")
    }
}

impl Pending {
    /// What names this journey, once.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }
}

/// What the provider sends back with somebody, as it stands in the address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Returned<'a> {
    /// `code`.
    pub code: &'a str,
    /// `state`.
    pub state: &'a str,
    /// `iss` (RFC 9207).
    pub iss: &'a str,
    /// `error`.
    pub error: &'a str,
}

/// Why logging in there did not work: for the log. Holds nothing the provider or the visitor wrote, but short codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble(String);

impl Trouble {
    fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// A reason with somebody else's word, cut to what a code looks like.
    fn quoting(reason: &str, word: &str) -> Self {
        let word: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).take(40).collect();
        Self(format!("{reason}: {word}"))
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Trouble {}

type Client = CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// The portal as a client of the provider.
pub struct Oidc {
    settings: OidcSettings,
    public_url: String,
    redirect: RedirectUrl,
    provider: Provider,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
    dice: Arc<dyn Dice>,
}

impl Oidc {
    /// Prepares the client; the provider is asked nothing yet.
    ///
    /// # Errors
    /// The reason, when an address is no address.
    pub fn new(
        settings: OidcSettings,
        public_url: String,
        outbound: Outbound,
        clock: Arc<dyn Clock>,
        dice: Arc<dyn Dice>,
    ) -> Result<Self, String> {
        let redirect = RedirectUrl::new(format!("{public_url}{RETURN}")).map_err(|error| error.to_string())?;
        let provider = Provider::new(&settings.issuer, outbound.clone(), Arc::clone(&clock))?;
        Ok(Self { settings, public_url, redirect, provider, outbound, clock, dice })
    }

    /// What pages know of the provider.
    #[must_use]
    pub fn shown(&self) -> app::wire::Provider {
        app::wire::Provider {
            name: self.settings.name.clone(),
            issuer: self.settings.issuer.clone(),
            about: self.settings.is_proconnect.then_some(ABOUT_PROCONNECT),
            exit: self.exit(),
        }
    }

    /// The address somebody is sent to, and what is remembered of them meanwhile.
    ///
    /// # Errors
    /// [`Trouble`] when the provider does not answer.
    pub async fn depart(&self) -> Result<(String, Pending), Trouble> {
        let metadata = self.provider.metadata(Wanted::Known).await?;
        if !is_allowed(metadata.authorization_endpoint().url()) {
            return Err(Trouble::new("authorisation address is not https"));
        }
        let pending = Pending {
            state: self.random(),
            nonce: self.random(),
            verifier: self.random(),
            issuer: self.settings.issuer.clone(),
            until: (self.clock.now() + PATIENCE).as_second(),
        };
        let (state, nonce) = (CsrfToken::new(pending.state.clone()), Nonce::new(pending.nonce.clone()));
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(pending.verifier.clone()));
        let client = self.client(&metadata);
        let mut request = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, || state, || nonce).set_pkce_challenge(challenge);
        if self.settings.is_proconnect {
            request = request.add_auth_context_value(AuthenticationContextClass::new("eidas1".into()));
        }
        Ok((request.url().0.to_string(), pending))
    }

    /// Compares what came back with what was remembered. Asks nobody anything.
    ///
    /// # Errors
    /// [`Trouble`] when they do not fit, or too much time has passed.
    pub fn check(&self, pending: &Pending, returned: &Returned<'_>) -> Result<(), Trouble> {
        if self.clock.now().as_second() >= pending.until {
            return Err(Trouble::new("came back too late"));
        }
        if pending.issuer != self.settings.issuer {
            return Err(Trouble::new("left for another provider"));
        }
        if !bool::from(pending.state.as_bytes().ct_eq(returned.state.as_bytes())) {
            return Err(Trouble::new("state does not fit"));
        }
        if !returned.iss.is_empty() && returned.iss != self.settings.issuer {
            return Err(Trouble::new("comes from another provider"));
        }
        if !returned.error.is_empty() {
            return Err(Trouble::quoting("the provider says", returned.error));
        }
        if returned.code.is_empty() {
            return Err(Trouble::new("no code"));
        }
        Ok(())
    }

    /// Exchanges the code for the provider's word on who this is, and verifies that word.
    ///
    /// # Errors
    /// [`Trouble`], whatever is wrong with the answer.
    pub async fn arrive(&self, pending: &Pending, returned: &Returned<'_>) -> Result<External, Trouble> {
        let metadata = self.provider.metadata(Wanted::Known).await?;
        if metadata.additional_metadata().says_iss() && returned.iss.is_empty() {
            return Err(Trouble::new("the provider did not say who it is"));
        }
        let answer = self.exchange(&metadata, pending, returned.code).await?;
        let token = answer.id_token().ok_or_else(|| Trouble::new("no ID token"))?;
        let nonce = Nonce::new(pending.nonce.clone());
        let subject = match self.verify(&metadata, token, &nonce) {
            // The provider may have changed its keys a moment ago.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                let newer = self.provider.metadata(Wanted::Fresh).await?;
                self.verify(&newer, token, &nonce)
            }
            other => other,
        };
        let subject = subject.map_err(|error| Trouble::new(format!("ID token: {}", kind(&error))))?;
        let token = token.to_string();
        Ok(External { issuer: self.settings.issuer.clone(), subject, token: (token.len() <= TOKEN).then_some(token) })
    }

    /// The address that ends the provider's own session and leads back here, once the token it gave is put behind. None while
    /// nothing is known of it: nobody waits for the provider to log out here.
    fn exit(&self) -> Option<String> {
        let metadata = self.provider.at_hand()?;
        let mut url = Url::parse(metadata.additional_metadata().end_session_endpoint.as_deref()?).ok()?;
        if !is_allowed(&url) {
            return None;
        }
        url.query_pairs_mut()
            .append_pair("post_logout_redirect_uri", &format!("{}/connexion", self.public_url))
            .append_pair("state", &self.random())
            .append_pair("id_token_hint", "");
        Some(url.into())
    }

    async fn exchange(&self, metadata: &Metadata, pending: &Pending, code: &str) -> Result<CoreTokenResponse, Trouble> {
        let client = self.client(metadata);
        let request =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|_| Trouble::new("no address to exchange codes"))?;
        request.set_pkce_verifier(PkceCodeVerifier::new(pending.verifier.clone())).request_async(&self.outbound).await.map_err(|error| {
            match error {
                RequestTokenError::ServerResponse(answer) => Trouble::quoting("code refused", answer.error().as_ref()),
                RequestTokenError::Request(silence) => Trouble::new(format!("code not exchanged: {silence}")),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => Trouble::new("code not exchanged: unreadable answer"),
            }
        })
    }

    /// The subject of a token: signed by the provider, for us, now, in answer to this very request.
    fn verify(&self, metadata: &Metadata, token: &CoreIdToken, nonce: &Nonce) -> Result<String, ClaimsVerificationError> {
        let now = self.clock.now();
        let client = self.client(metadata);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNATURES)
            .set_time_fn(move || DateTime::from_timestamp((now - SKEW).as_second(), 0).unwrap_or_default())
            .set_issue_time_verifier_fn(move |issued| {
                let issued = Timestamp::from_second(issued.timestamp()).map_err(|error| error.to_string())?;
                if issued <= now + SKEW && issued >= now - AGE { Ok(()) } else { Err("made at another time".into()) }
            });
        let claims = token.claims(&verifier, nonce)?;
        if claims.authorized_party().is_some_and(|party| **party != self.settings.client) {
            return Err(ClaimsVerificationError::InvalidAudience("made for another party".into()));
        }
        let subject = claims.subject().as_str();
        if subject.is_empty() || subject.len() > SUBJECT {
            return Err(ClaimsVerificationError::InvalidSubject("empty or too long".into()));
        }
        Ok(subject.to_owned())
    }

    fn client(&self, metadata: &Metadata) -> Client {
        let secret = ClientSecret::new(self.settings.secret.reveal().to_owned());
        let in_body = self.settings.is_proconnect || discovery::wants_secret_in_body(metadata);
        CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(self.settings.client.clone()), Some(secret))
            .set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth })
            .set_redirect_uri(self.redirect.clone())
    }

    fn random(&self) -> String {
        let mut bytes = [0u8; 32];
        self.dice.fill(&mut bytes);
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// Which check a token did not pass, without its words.
fn kind(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "wrong audience",
        ClaimsVerificationError::InvalidIssuer(_) => "wrong issuer",
        ClaimsVerificationError::InvalidNonce(_) => "wrong nonce",
        ClaimsVerificationError::InvalidSubject(_) => "wrong subject",
        ClaimsVerificationError::SignatureVerification(_) => "wrong signature",
        _ => "refused",
    }
}

impl std::fmt::Debug for Oidc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Oidc").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<'c> AsyncHttpClient<'c> for Outbound {
    type Error = Silence;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Silence>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(Self::call(self, request))
    }
}
