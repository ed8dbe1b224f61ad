//! Looks for viruses with clamd, the daemon of `ClamAV`, as its command INSTREAM wants it:
//!
//! ```text
//! zINSTREAM\0
//! <length, four bytes, big-endian> <bytes>      as often as need be, 64 KiB at most each
//! <0, four bytes>
//! ```
//!
//! It answers `stream: OK\0` or `stream: NAME FOUND\0`. Whatever else it says, or does not say, is no verdict: what becomes of the file
//! then is up to the configuration. The connection is not encrypted: clamd runs on this machine or on a network that is trusted. Its
//! `StreamMaxLength` must let the longest file pass.

use async_trait::async_trait;
use services::Fault;
use services::ports::{Scan, Scanner};
use std::io::{self, ErrorKind};
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpStream, UnixStream};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest wait for a chunk to be taken, and for the verdict.
const PATIENCE: Duration = Duration::from_secs(30);
/// The command, with the zero that ends it and asks for answers that end likewise.
const COMMAND: &[u8] = b"zINSTREAM\0";
/// Most bytes of a chunk.
const CHUNK: usize = 64 * 1024;
/// Most bytes of an answer that are read.
const ANSWER: u64 = 1024;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerAddress {
    /// `host:port`.
    Tcp(String),
    /// A socket on this machine.
    Unix(PathBuf),
}

/// How to reach the scanner, and what its silence means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerSettings {
    /// Where it listens.
    pub address: ScannerAddress,
    /// Whether files are taken in when it does not answer.
    pub lets_pass_when_down: bool,
}

/// Scans with clamd: one connection a file.
#[derive(Debug)]
pub struct ClamdScanner {
    settings: ScannerSettings,
    patience: Duration,
}

impl ClamdScanner {
    /// Prepares the scanner; nothing is connected yet.
    #[must_use]
    pub fn new(settings: ScannerSettings) -> Self {
        Self { settings, patience: PATIENCE }
    }

    async fn connect(&self) -> io::Result<Box<dyn Wire>> {
        let wire: Box<dyn Wire> = match &self.settings.address {
            ScannerAddress::Tcp(address) => {
                let stream = TcpStream::connect(address.as_str()).await?;
                // Lengths are written by themselves: none must wait for the answer to the one before.
                stream.set_nodelay(true)?;
                Box::new(stream)
            }
            ScannerAddress::Unix(path) => Box::new(UnixStream::connect(path).await?),
        };
        Ok(wire)
    }
}

#[async_trait]
impl Scanner for ClamdScanner {
    async fn begin(&self) -> Result<Box<dyn Scan>, Fault> {
        let mut wire = within(CONNECT, self.connect()).await?;
        within(self.patience, wire.write_all(COMMAND)).await?;
        Ok(Box::new(ClamdScan { wire, patience: self.patience }))
    }

    fn lets_pass_when_down(&self) -> bool {
        self.settings.lets_pass_when_down
    }
}

/// A connection of either kind.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// A file that clamd is looking at.
struct ClamdScan {
    wire: Box<dyn Wire>,
    patience: Duration,
}

#[async_trait]
impl Scan for ClamdScan {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        for chunk in bytes.chunks(CHUNK) {
            within(self.patience, send(&mut *self.wire, chunk)).await?;
        }
        Ok(())
    }

    async fn finish(mut self: Box<Self>) -> Result<bool, Fault> {
        let patience = self.patience;
        within(patience, send(&mut *self.wire, &[])).await?;
        let answer = within(patience, hear(&mut *self.wire)).await?;
        verdict(&answer)
    }
}

/// One chunk; an empty one ends the file.
async fn send(wire: &mut dyn Wire, chunk: &[u8]) -> io::Result<()> {
    wire.write_u32(u32::try_from(chunk.len()).map_err(io::Error::other)?).await?;
    wire.write_all(chunk).await
}

/// The answer, which is whole once its zero has come.
async fn hear(wire: &mut dyn Wire) -> io::Result<String> {
    let mut heard = Vec::new();
    BufReader::new(wire.take(ANSWER)).read_until(0, &mut heard).await?;
    match heard.pop() {
        Some(0) => Ok(String::from_utf8_lossy(&heard).into_owned()),
        _ => Err(io::Error::new(ErrorKind::UnexpectedEof, "no verdict")),
    }
}

/// Whether the file is clean.
fn verdict(answer: &str) -> Result<bool, Fault> {
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(true),
        Some(found) if found.ends_with(" FOUND") => {
            tracing::warn!(found, "a file holds a virus");
            Ok(false)
        }
        _ => Err(broken(&format_args!("answered {answer:?}"))),
    }
}

async fn within<T>(limit: Duration, work: impl Future<Output = io::Result<T>> + Send) -> Result<T, Fault> {
    match tokio::time::timeout(limit, work).await {
        Ok(done) => done.map_err(|error| broken(&error)),
        Err(_) => Err(broken(&"no answer in time")),
    }
}

fn broken(reason: &dyn std::fmt::Display) -> Fault {
    Fault::Broken(format!("virus scanner: {reason}"))
}

#[cfg(test)]
mod tests;
