//! The files that go with an answer: opened by whoever has the database, read while they are taken in.

use crate::command::stop::Stop;
use bytes::Bytes;
use domain::contact::MOST_FILES;
use futures_util::stream::try_unfold;
use services::Fault;
use services::ports::FileBytes;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// Bytes that are read at once.
const CHUNK: usize = 64 * 1024;

/// Opens them, each with the name it will have. One more than may go with an answer at most: it is refused there, and a portal has not
/// as many files open as somebody can name.
///
/// # Errors
/// [`Stop::Usage`] with the path of what is no file, or cannot be opened.
pub(super) async fn open(paths: &[PathBuf]) -> Result<Vec<(String, FileBytes)>, Stop> {
    let mut attachments = Vec::new();
    for path in paths.iter().take(MOST_FILES + 1) {
        // Asked first: opening a pipe would wait for whoever writes into it.
        let is_file = tokio::fs::metadata(path).await.map_err(|error| unreadable(path, error))?.is_file();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let (true, Some(name)) = (is_file, name) else { return Err(unreadable(path, "ce n’est pas un fichier")) };
        let file = File::open(path).await.map_err(|error| unreadable(path, error))?;
        attachments.push((name, stream(file)));
    }
    Ok(attachments)
}

fn stream(file: File) -> FileBytes {
    Box::pin(try_unfold(file, next))
}

async fn next(mut file: File) -> Result<Option<(Bytes, File)>, Fault> {
    let mut chunk = vec![0_u8; CHUNK];
    let length = file.read(&mut chunk).await.map_err(|error| Fault::Broken(format!("attached file: {error}")))?;
    chunk.truncate(length);
    Ok((length > 0).then(|| (Bytes::from(chunk), file)))
}

fn unreadable(path: &Path, reason: impl Display) -> Stop {
    Stop::Usage(format!("Le fichier {} ne se lit pas : {reason}.", path.display()))
}
