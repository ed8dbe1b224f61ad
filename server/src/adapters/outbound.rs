//! Calls to other machines: TLS always (loopback apart), no redirects, little time, short answers.

use openidconnect::url::{Host, Url};
use reqwest::redirect::Policy;
use std::time::Duration;

/// Longest wait for a whole answer, unless somebody has a reason.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// Longest answer that is read, in bytes.
const ANSWER: usize = 256 * 1024;

/// Why a call gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// The address is neither `https` nor on this machine.
    Forbidden,
    /// Nobody answered in time.
    TimedOut,
    /// Nobody could be reached, or the connection broke.
    Unreachable,
    /// The answer is longer than anything expected.
    TooLong,
}

impl std::fmt::Display for Silence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Forbidden => "address is not https",
            Self::TimedOut => "no answer in time",
            Self::Unreachable => "cannot be reached",
            Self::TooLong => "answer too long",
        })
    }
}

impl std::error::Error for Silence {}

/// Calls other machines. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Outbound {
    far: reqwest::Client,
    // The machine itself is never asked through a proxy.
    near: reqwest::Client,
}

impl Outbound {
    /// Prepares the client; nothing is connected yet.
    ///
    /// # Errors
    /// The reason, when TLS cannot be set up.
    pub fn new(timeout: Duration) -> Result<Self, String> {
        let tls = super::tls::client(None)?;
        let builder = || {
            reqwest::Client::builder()
                .use_preconfigured_tls(tls.clone())
                .redirect(Policy::none())
                .timeout(timeout)
                .connect_timeout(timeout)
                .user_agent(concat!("espace/", env!("CARGO_PKG_VERSION")))
        };
        let far = builder().build().map_err(|error| error.to_string())?;
        let near = builder().no_proxy().build().map_err(|error| error.to_string())?;
        Ok(Self { far, near })
    }

    /// Sends one request and reads its answer whole.
    ///
    /// # Errors
    /// [`Silence`]; an answer with an error status is an answer.
    pub async fn call(&self, request: http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, Silence> {
        let mut answer = self.execute(request).await?;
        let mut whole = http::Response::new(Vec::new());
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = answer.headers().clone();
        while let Some(chunk) = answer.chunk().await.map_err(|error| silence(&error))? {
            if whole.body().len() + chunk.len() > ANSWER {
                return Err(Silence::TooLong);
            }
            whole.body_mut().extend_from_slice(&chunk);
        }
        Ok(whole)
    }

    /// Sends one request and reads nothing but the status of its answer.
    ///
    /// # Errors
    /// [`Silence`].
    pub async fn status(&self, request: http::Request<Vec<u8>>) -> Result<http::StatusCode, Silence> {
        Ok(self.execute(request).await?.status())
    }

    async fn execute(&self, request: http::Request<Vec<u8>>) -> Result<reqwest::Response, Silence> {
        let url = Url::parse(&request.uri().to_string()).map_err(|_| Silence::Forbidden)?;
        if !is_allowed(&url) {
            return Err(Silence::Forbidden);
        }
        let client = if is_loopback(&url) { &self.near } else { &self.far };
        let request = reqwest::Request::try_from(request).map_err(|_| Silence::Forbidden)?;
        client.execute(request).await.map_err(|error| silence(&error))
    }
}

/// Whether the portal may call this address: by TLS, or on this machine.
#[must_use]
pub fn is_allowed(url: &Url) -> bool {
    let no_login = url.username().is_empty() && url.password().is_none();
    no_login && url.has_host() && (url.scheme() == "https" || url.scheme() == "http" && is_loopback(url))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The authorities a browser would trust.
fn silence(error: &reqwest::Error) -> Silence {
    if error.is_timeout() { Silence::TimedOut } else { Silence::Unreachable }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    #[test]
    fn only_tls_leaves_the_machine() {
        for good in ["https://exemple.fr/a", "http://localhost:4000", "http://127.0.0.2/", "http://[::1]:1/"] {
            assert!(is_allowed(&Url::parse(good).unwrap()), "{good}");
        }
        for bad in [
            "http://exemple.fr",
            "http://localhost.exemple.fr",
            "http://127.0.0.1.exemple.fr",
            "http://10.0.0.1",
            "ftp://localhost",
            "file:///etc/passwd",
            "https://a:b@exemple.fr",
        ] {
            assert!(!is_allowed(&Url::parse(bad).unwrap()), "{bad}");
        }
    }

    /// Gives one caller this answer; its address.
    async fn answering(answer: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut caller, _) = listener.accept().await.unwrap();
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                asked.push(caller.read_u8().await.unwrap());
            }
            // Whoever has heard enough goes away.
            let _ = caller.write_all(&answer).await;
        });
        address
    }

    fn get(address: &str) -> http::Request<Vec<u8>> {
        http::Request::get(address).body(Vec::new()).unwrap()
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_nobody_goes_there() {
        let outbound = Outbound::new(TIMEOUT).unwrap();
        // Never answers: whoever goes there gets nothing.
        let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = elsewhere.local_addr().unwrap();
        for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
            let answer = format!("HTTP/1.1 {status}\r\nlocation: http://{to}/\r\ncontent-length: 0\r\n\r\n");
            let code = &status[..3];
            assert_eq!(outbound.call(get(&answering(answer.clone().into()).await)).await.unwrap().status().as_str(), code);
            assert_eq!(outbound.status(get(&answering(answer.into()).await)).await.unwrap().as_str(), code);
        }
    }

    #[tokio::test]
    async fn an_answer_is_read_up_to_its_limit_and_no_further() {
        let outbound = Outbound::new(TIMEOUT).unwrap();
        for (length, is_read) in [(ANSWER, true), (ANSWER + 1, false), (3 * ANSWER, false)] {
            for head in [format!("content-length: {length}\r\n"), "connection: close\r\n".to_owned()] {
                let mut answer = format!("HTTP/1.1 200 OK\r\n{head}\r\n").into_bytes();
                answer.resize(answer.len() + length, b'x');
                match outbound.call(get(&answering(answer).await)).await {
                    Ok(whole) => assert!(is_read && whole.body().len() == length, "{length}, {head}"),
                    Err(silence) => assert!(!is_read && silence == Silence::TooLong, "{length}, {head}: {silence}"),
                }
            }
        }
    }
}
