//! A bucket, called the way the portal calls other machines: TLS always (loopback apart), no redirects, little patience.

use super::S3Settings;
use crate::adapters::outbound::is_allowed;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpClient, HttpConnector};
use object_store::{ClientOptions, RetryConfig};
use reqwest::redirect::Policy;
use std::time::Duration;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest silence; a download has no limit as a whole, since it goes as fast as the person's own network.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a call is made again, and until when: a person waits for it.
const RETRIES: usize = 3;
const RETRYING: Duration = Duration::from_secs(20);

/// Prepares the client of a bucket.
pub(super) fn open(settings: &S3Settings) -> Result<AmazonS3, String> {
    if !is_allowed(&settings.endpoint) {
        return Err("une adresse https:// est attendue".into());
    }
    AmazonS3Builder::new()
        .with_endpoint(settings.endpoint.as_str().trim_end_matches('/'))
        .with_virtual_hosted_style_request(is_the_bucket_s(settings))
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.key)
        .with_secret_access_key(settings.secret.reveal())
        .with_retry(RetryConfig { max_retries: RETRIES, retry_timeout: RETRYING, ..RetryConfig::default() })
        .with_http_connector(Connector(client(settings.endpoint.scheme() == "http")?))
        .build()
        .map_err(|error| error.to_string())
}

/// Whether the address is the bucket's own, so that its name is not said again in the path.
fn is_the_bucket_s(settings: &S3Settings) -> bool {
    let rest = settings.endpoint.host_str().and_then(|host| host.strip_prefix(settings.bucket.as_str()));
    rest.is_some_and(|rest| rest.starts_with('.'))
}

/// Believes the public authorities and those of this machine: a store on the fund's own network may have a certificate of the fund's.
fn client(is_near: bool) -> Result<HttpClient, String> {
    let builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .https_only(!is_near)
        .http1_only()
        // A file comes as it was sent, and its length is what is said.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .user_agent(concat!("espace/", env!("CARGO_PKG_VERSION")));
    // The machine itself is never asked through a proxy.
    let builder = if is_near { builder.no_proxy() } else { builder };
    builder.build().map(HttpClient::new).map_err(|error| error.to_string())
}

/// Hands out the one client.
#[derive(Debug)]
struct Connector(HttpClient);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(self.0.clone())
    }
}
