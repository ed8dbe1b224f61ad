//! A small identity provider on loopback: it keeps to the rules, unless a test tells it to break one.

use axum::Router;
use axum::extract::{Form, State};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, StatusCode, header};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use server::adapters::oidc::OidcSettings;
use server::config::Secret;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

pub const CLIENT: &str = "espace";
pub const SECRET: &str = "secret: du/portail+é";
/// Words of the provider that nobody may ever see.
pub const WORDS: &str = "mots-du-fournisseur";

/// How an answer to the exchange is spoilt.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Spoil {
    #[default]
    Nothing,
    /// Claims replaced; `null` removes one.
    Claims(Value),
    /// Another key of the same name signs.
    OtherKey,
    /// `alg: none`.
    Unsigned,
    /// `HS256` with the portal's own secret.
    Symmetric,
    /// The signature of another token.
    Mixed,
    /// No ID token at all.
    NoToken,
    /// These bytes instead of an answer.
    Answer(StatusCode, &'static str, String),
}

#[derive(Debug, Clone)]
struct Grant {
    subject: String,
    nonce: String,
    challenge: String,
    redirect: String,
}

#[derive(Default)]
pub struct Rules {
    pub spoil: Spoil,
    /// Codes can be used again, and nobody asks for the verifier.
    pub lax: bool,
    /// Says in its answers who it is (RFC 9207), and says so beforehand.
    pub says_iss: bool,
    /// Number of its key.
    pub key: u8,
    /// Takes the secret in the body only.
    pub body_only: bool,
    pub exchanged: usize,
    pub discovered: usize,
    pub last_form: HashMap<String, String>,
    codes: HashMap<String, Grant>,
    next: usize,
}

#[derive(Clone)]
pub struct Provider {
    pub issuer: String,
    pub now: i64,
    rules: Arc<Mutex<Rules>>,
    task: Arc<tokio::task::JoinHandle<()>>,
}

/// What an address asks.
pub fn query(url: &str) -> HashMap<String, String> {
    let url = openidconnect::url::Url::parse(url).unwrap();
    url.query_pairs().into_owned().collect()
}

impl Provider {
    /// Starts one below this path; its clock shows the time tests begin at.
    pub async fn start(path: &'static str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}{path}", listener.local_addr().unwrap());
        let rules = Arc::new(Mutex::new(Rules { key: 1, ..Rules::default() }));
        let mut provider = Self { issuer, now: 1_795_514_400, rules, task: Arc::new(tokio::spawn(async {})) };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/cles", get(keys))
            .route("/jeton", post(token))
            .with_state(provider.clone());
        let app = if path.is_empty() { routes } else { Router::new().nest(path, routes) };
        provider.task = Arc::new(tokio::spawn(async move { axum::serve(listener, app).await.unwrap() }));
        provider
    }

    pub fn stop(&self) {
        self.task.abort();
    }

    pub fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap()
    }

    pub fn settings(&self) -> OidcSettings {
        OidcSettings {
            issuer: self.issuer.clone(),
            client: CLIENT.into(),
            secret: Secret::new(SECRET.into()),
            name: "Fournisseur".into(),
            is_proconnect: false,
        }
    }

    /// Somebody logs in there, whom the portal has sent to `url`: the path they come back to.
    pub fn log_in(&self, url: &str, subject: &str) -> String {
        let asked = query(url);
        let mut rules = self.rules();
        assert!(url.starts_with(&format!("{}/autorisation?", self.issuer)), "{url}");
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        rules.next += 1;
        let code = format!("code-{}", rules.next);
        let grant = Grant {
            subject: subject.into(),
            nonce: asked["nonce"].clone(),
            challenge: asked["code_challenge"].clone(),
            redirect: asked["redirect_uri"].clone(),
        };
        rules.codes.insert(code.clone(), grant);
        let back = asked["redirect_uri"].strip_prefix("https://espace.exemple.fr").expect("our own address").to_owned();
        let iss = if rules.says_iss { format!("&iss={}", self.issuer) } else { String::new() };
        format!("{back}?code={code}&state={}{iss}", asked["state"])
    }
}

async fn discovery(State(provider): State<Provider>) -> impl IntoResponse {
    let mut rules = provider.rules();
    rules.discovered += 1;
    let issuer = &provider.issuer;
    let methods = if rules.body_only { json!(["client_secret_post"]) } else { json!(["client_secret_basic", "client_secret_post"]) };
    answer(
        StatusCode::OK,
        "application/json",
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/autorisation"),
            "token_endpoint": format!("{issuer}/jeton"),
            "jwks_uri": format!("{issuer}/cles"),
            "end_session_endpoint": format!("{issuer}/fin"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": methods,
            "authorization_response_iss_parameter_supported": rules.says_iss,
        })
        .to_string(),
    )
}

async fn keys(State(provider): State<Provider>) -> impl IntoResponse {
    let number = provider.rules().key;
    let point = key(number).verifying_key().to_sec1_point(false);
    let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let jwk = json!({
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": format!("k{number}"),
        "x": coordinate(&point.as_bytes()[1..33]), "y": coordinate(&point.as_bytes()[33..]),
    });
    answer(StatusCode::OK, "application/json", json!({ "keys": [jwk] }).to_string())
}

async fn token(State(provider): State<Provider>, headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> impl IntoResponse {
    let mut rules = provider.rules();
    rules.exchanged += 1;
    rules.last_form = form.clone();
    let refused = |error: &str| {
        answer(StatusCode::BAD_REQUEST, "application/json", json!({ "error": error, "error_description": WORDS }).to_string())
    };
    if !knows_secret(&headers, &form, rules.body_only) {
        return refused("invalid_client");
    }
    let code = form.get("code").cloned().unwrap_or_default();
    let grant = if rules.lax { rules.codes.get(&code).cloned() } else { rules.codes.remove(&code) };
    let Some(grant) = grant else { return refused("invalid_grant") };
    let verifier = form.get("code_verifier").cloned().unwrap_or_default();
    let fits = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == grant.challenge;
    if (!fits && !rules.lax) || form.get("redirect_uri") != Some(&grant.redirect) {
        return refused("invalid_grant");
    }
    let claims = json!({
        "iss": provider.issuer, "sub": grant.subject, "aud": CLIENT, "nonce": grant.nonce,
        "iat": provider.now, "exp": provider.now + 60,
        // What everybody can make a provider say.
        "email": "claire@exemple.fr", "email_verified": true,
    });
    let mut body = json!({ "access_token": "a", "token_type": "Bearer", "expires_in": 60 });
    match &rules.spoil {
        Spoil::Answer(status, kind, text) => return answer(*status, kind, text.clone()),
        Spoil::NoToken => {}
        spoil => body["id_token"] = sign(spoil, rules.key, claims).into(),
    }
    answer(StatusCode::OK, "application/json", body.to_string())
}

fn answer(status: StatusCode, kind: &str, text: String) -> axum::response::Response {
    (status, [(header::CONTENT_TYPE, kind.to_owned())], text).into_response()
}

/// By header (each half encoded as a form is), or in the body.
fn knows_secret(headers: &HeaderMap, form: &HashMap<String, String>, body_only: bool) -> bool {
    let in_body =
        form.get("client_id").map(String::as_str) == Some(CLIENT) && form.get("client_secret").map(String::as_str) == Some(SECRET);
    let encoded: String = openidconnect::url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect();
    let expected = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{encoded}")));
    let in_header = headers.get(header::AUTHORIZATION).is_some_and(|value| value.as_bytes() == expected.as_bytes());
    in_body || (in_header && !body_only)
}

fn key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

fn sign(spoil: &Spoil, number: u8, mut claims: Value) -> String {
    if let Spoil::Claims(Value::Object(other)) = spoil {
        for (name, value) in other {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
                value => claims[name] = value.clone(),
            }
        }
    }
    let alg = match spoil {
        Spoil::Unsigned => "none",
        Spoil::Symmetric => "HS256",
        _ => "ES256",
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({ "alg": alg, "typ": "JWT", "kid": format!("k{number}") })), part(&claims));
    let signature = match spoil {
        Spoil::Unsigned => Vec::new(),
        Spoil::Symmetric => {
            let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(SECRET.as_bytes()).unwrap();
            mac.update(signed.as_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        Spoil::OtherKey => es256(&key(99), &signed),
        Spoil::Mixed => es256(&key(number), "another token"),
        _ => es256(&key(number), &signed),
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn es256(key: &SigningKey, text: &str) -> Vec<u8> {
    let signature: Signature = key.sign(text.as_bytes());
    signature.to_bytes().to_vec()
}
