//! The door of a running portal for the commands beside it (D1): an embedded database is open in one process only.
//!
//! One JSON line asks, then the bytes of the file; JSON lines answer: progress, and at last a result or an error. The socket is
//! for this user alone, and no letter code passes it, those of the demonstration apart.

use super::intention::{Answer, Intention, perform};
use super::stop::Stop;
use crate::world::World;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, watch};

/// Most bytes of a file, and of an answer.
pub(super) const MOST: usize = 64 * 1024 * 1024;
/// Most bytes of a request's line.
const LINE: usize = 4096;
/// Longest wait for a request, and for a client that does not read.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    /// Of the program that asks: two versions may not understand each other.
    version: String,
    intention: Intention,
    bytes: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Progress(usize, usize),
    Result(Answer),
    Error(Stop),
}

/// Opens the door, in the place of one that nobody answers any more.
pub(super) async fn listen(path: &Path) -> Result<UnixListener, Stop> {
    let shown = path.display();
    if UnixStream::connect(path).await.is_ok() {
        return Err(Stop::Failed(format!("Un autre portail répond déjà sur {shown}.")));
    }
    // Bound under another name and moved: at no time does the known name have rights for others.
    let draft = path.with_extension(format!("{}", std::process::id()));
    let open = || {
        let _ = std::fs::remove_file(&draft);
        let listener = UnixListener::bind(&draft)?;
        std::fs::set_permissions(&draft, std::fs::Permissions::from_mode(0o600))?;
        std::fs::rename(&draft, path)?;
        Ok(listener)
    };
    open().map_err(|error: std::io::Error| Stop::Failed(format!("La prise {shown} ne s’ouvre pas : {error}.")))
}

/// Answers commands, one after the other, until told to stop; the one at work is finished first.
pub(super) async fn serve(world: Arc<World>, listener: UnixListener, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => answer(&world, stream).await,
                Err(error) => {
                    tracing::warn!(%error, "command socket");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            },
            _ = stop.changed() => return,
        }
    }
}

async fn answer(world: &Arc<World>, stream: UnixStream) {
    let (read, mut write) = stream.into_split();
    let (intention, bytes) = match tokio::time::timeout(PATIENCE, read_request(&mut BufReader::new(read))).await {
        Ok(Ok(request)) => request,
        Ok(Err(stop)) => return drop(send(&mut write, &Reply::Error(stop)).await),
        Err(_) => return,
    };
    let (sender, mut progress) = mpsc::unbounded_channel();
    let (world, asked) = (Arc::clone(world), intention.clone());
    // A task of its own: it ends its work even when the client goes away, and its panic is not ours.
    let work = tokio::spawn(async move {
        let progress = move |done, total| {
            // Nobody hears it any more when the client has gone.
            let _ = sender.send((done, total));
        };
        perform(&world, intention, &bytes, &progress).await
    });
    let mut is_heard = true;
    while let Some(mut latest) = progress.recv().await {
        while let Ok(newer) = progress.try_recv() {
            latest = newer;
        }
        is_heard = is_heard && send(&mut write, &Reply::Progress(latest.0, latest.1)).await.is_ok();
    }
    let reply = match work.await {
        Ok(Ok(outcome)) => Reply::Result(outcome.answer()),
        Ok(Err(stop)) => Reply::Error(stop),
        Err(error) => {
            tracing::error!(%error, "a command failed");
            Reply::Error(Stop::Failed("Le portail a échoué ; son journal dit pourquoi.".into()))
        }
    };
    if send(&mut write, &reply).await.is_err() {
        tracing::warn!(?asked, "the command's client has gone; the work is done");
    }
}

async fn read_request(stream: &mut (impl AsyncBufReadExt + AsyncRead + Unpin)) -> Result<(Intention, Vec<u8>), Stop> {
    let broken = |what: &str| Stop::Failed(format!("Demande illisible ({what})."));
    let mut line = Vec::new();
    (&mut *stream).take(LINE as u64).read_until(b'\n', &mut line).await.map_err(|error| broken(&error.to_string()))?;
    let request: Request = serde_json::from_slice(&line).map_err(|error| broken(&error.to_string()))?;
    if request.version != env!("CARGO_PKG_VERSION") {
        return Err(Stop::Failed(format!(
            "Le portail en marche est de la version {}, cette commande de la version {}.",
            env!("CARGO_PKG_VERSION"),
            request.version
        )));
    }
    if request.bytes > MOST {
        return Err(broken("fichier trop grand"));
    }
    let mut bytes = Vec::new();
    // Grows with what arrives: the announced size alone takes no memory.
    stream.take(request.bytes as u64).read_to_end(&mut bytes).await.map_err(|error| broken(&error.to_string()))?;
    if bytes.len() < request.bytes {
        return Err(broken("fichier incomplet"));
    }
    Ok((request.intention, bytes))
}

async fn send(write: &mut (impl AsyncWriteExt + Unpin), message: &impl Serialize) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    tokio::time::timeout(PATIENCE, write.write_all(&line)).await?
}

/// Asks the portal behind the socket; none when nobody answers there.
///
/// # Errors
/// What the portal refused, or a conversation that broke off: whether the work was done is unknown then.
pub(super) async fn ask(
    path: &Path,
    intention: Intention,
    file: &[u8],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Option<Answer>, Stop> {
    let stream = match UnixStream::connect(path).await {
        Ok(stream) => stream,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => return Ok(None),
        Err(error) => return Err(Stop::Failed(format!("La prise {} ne répond pas : {error}.", path.display()))),
    };
    let (read, mut write) = stream.into_split();
    let request = Request { version: env!("CARGO_PKG_VERSION").to_owned(), intention, bytes: file.len() };
    // A portal that refuses the request may not read the file: its answer tells more than the broken pipe.
    let sent = match send(&mut write, &request).await {
        Ok(()) => write.write_all(file).await,
        Err(error) => Err(error),
    };
    let mut replies = BufReader::new(read);
    loop {
        let mut line = Vec::new();
        let length = (&mut replies).take(MOST as u64).read_until(b'\n', &mut line).await;
        let reply = length.ok().filter(|length| *length > 0).and_then(|_| serde_json::from_slice(&line).ok());
        match reply {
            Some(Reply::Progress(done, total)) => progress(done, total),
            Some(Reply::Result(answer)) => return Ok(Some(answer)),
            Some(Reply::Error(stop)) => return Err(stop),
            None => {
                let reason = sent.err().map_or_else(String::new, |error| format!(" ({error})"));
                return Err(Stop::Failed(format!(
                    "Le portail a cessé de répondre{reason} ; relancez la commande, elle reprend où elle en était."
                )));
            }
        }
    }
}

#[cfg(test)]
mod tests;
