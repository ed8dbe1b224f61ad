//! HTTP towards other machines: TLS by rustls with the web's roots, nothing followed, nothing taken from the environment.

use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use std::time::Duration;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest wait for a whole answer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A client; it connects to nothing yet.
///
/// # Errors
/// The reason, when TLS cannot be set up.
pub(super) fn client() -> Result<reqwest::Client, String> {
    // The library brings no cryptography of its own here: it is the one the rest of the program has.
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .use_preconfigured_tls(tls)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT)
        .timeout(TIMEOUT)
        .user_agent(concat!("espace/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| error.to_string())
}
