//! `espace sante`: is the portal of this configuration ready? One HTTP/1.1 request, by hand: a container needs no more.

use super::output::{Output, say};
use super::stop::Stop;
use crate::config::Settings;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longest wait for the whole answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks, prints, and returns 0 when the portal is ready.
pub(super) async fn run(settings: &Settings, output: &Output) -> Result<u8, Stop> {
    let address = reachable(settings.listen);
    let status = tokio::time::timeout(PATIENCE, ask(address, host(&settings.public_url))).await;
    let (is_ready, words) = match status {
        Ok(Ok(200)) => (true, "Le portail est prêt.".to_owned()),
        Ok(Ok(status)) => (false, format!("Le portail répond {status}.")),
        Ok(Err(error)) => (false, format!("Le portail ne répond pas sur {address} : {error}.")),
        Err(_) => (false, format!("Le portail ne répond pas sur {address} en {} s.", PATIENCE.as_secs())),
    };
    if output.is_json() {
        say(format_args!("{}", json!({ "ready": is_ready })));
        return Ok(u8::from(!is_ready));
    }
    if is_ready {
        say(format_args!("{words}"));
        Ok(0)
    } else {
        Err(Stop::Failed(words))
    }
}

/// The listening address as this machine reaches it.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

fn host(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, host)| host)
}

async fn ask(address: SocketAddr, host: &str) -> std::io::Result<u16> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /sante/pret HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nUser-Agent: espace-sante\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    // "HTTP/1.1 200": the rest says nothing more.
    let mut start = [0u8; 12];
    stream.read_exact(&mut start).await?;
    std::str::from_utf8(&start)
        .ok()
        .and_then(|line| line.strip_prefix("HTTP/1.1 ")?.parse().ok())
        .ok_or_else(|| std::io::Error::other("la réponse n’est pas du HTTP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answering(bytes: &'static str) -> (SocketAddr, tokio::task::JoinHandle<String>) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![0u8; 1024];
            let length = stream.read(&mut request).await.unwrap();
            stream.write_all(bytes.as_bytes()).await.unwrap();
            String::from_utf8(request[..length].to_vec()).unwrap()
        });
        (address, heard)
    }

    #[tokio::test]
    async fn the_status_is_read_and_the_public_name_is_sent() {
        let (address, heard) = answering("HTTP/1.1 503 Service Unavailable\r\n\r\n").await;
        assert_eq!(ask(address, host("https://espace.exemple.fr")).await.unwrap(), 503);
        assert!(heard.await.unwrap().starts_with("GET /sante/pret HTTP/1.1\r\nHost: espace.exemple.fr\r\n"));
        let (address, _heard) = answering("+OK POP3 ready\r\n").await;
        assert!(ask(address, "x").await.is_err());
    }

    #[test]
    fn a_portal_that_listens_everywhere_is_asked_here() {
        for (listen, asked) in [("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("10.0.0.1:80", "10.0.0.1:80")] {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), asked);
        }
    }
}
