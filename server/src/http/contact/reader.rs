//! The multipart body of the form, read field by field within bounds.

use super::{BODY, PAUSE};
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use futures_core::Stream;
use futures_util::StreamExt;
use futures_util::stream::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Poll, ready};
use std::time::Duration;

/// Most fields of a form: many more files than go with a message, so that each of the others gets its sentence.
const FIELDS: usize = 200;
/// Most bytes of all fields that are no files.
const TEXTS: usize = 256 * 1024;
/// Most bytes between two fields: the headers of the next one. The parser would gather them without end.
const BETWEEN: usize = 64 * 1024;

/// Longest time a body is read past while its answer leaves.
const LINGER: Duration = Duration::from_secs(5);

/// The body is no form of ours, or broke off.
#[derive(Debug)]
pub(super) struct Unreadable;

/// Reads a form.
pub(super) struct Reader {
    parts: Multipart,
    allowed: Arc<AtomicUsize>,
    fields: usize,
    texts: usize,
}

impl Reader {
    pub(super) async fn new(request: Request) -> Result<Self, Unreadable> {
        let allowed = Arc::new(AtomicUsize::new(BETWEEN));
        let (parts, body) = request.into_parts();
        let bounded = paced(body.into_data_stream(), Arc::clone(&allowed));
        let request = Request::from_parts(parts, Body::from_stream(bounded));
        let parts = Multipart::from_request(request, &()).await.map_err(|_| Unreadable)?;
        Ok(Self { parts, allowed, fields: 0, texts: 0 })
    }

    /// The next field; none at the end of the form.
    pub(super) async fn next(&mut self) -> Result<Option<Field<'_>>, Unreadable> {
        self.fields += 1;
        if self.fields > FIELDS {
            return Err(Unreadable);
        }
        // One piece may have been read ahead of its turn.
        self.allowed.store(2 * BETWEEN, Ordering::Relaxed);
        let allowed = Arc::clone(&self.allowed);
        let field = soon(self.parts.next_field()).await?.map_err(|_| Unreadable)?;
        allowed.store(usize::try_from(BODY).unwrap_or(usize::MAX), Ordering::Relaxed);
        Ok(field)
    }

    /// Reads past the rest: a browser that is still sending would not hear the answer.
    pub(super) async fn skip_rest(&mut self) {
        while let Ok(Some(mut field)) = self.next().await {
            if skip(&mut field).await.is_err() {
                return;
            }
        }
    }

    /// The same once the answer is decided, beside it: see [`linger`].
    pub(super) fn leave(mut self) {
        linger(async move { self.skip_rest().await });
    }

    /// How many bytes of text may still come; taken off by [`text`].
    pub(super) fn texts_left(&self) -> usize {
        TEXTS.saturating_sub(self.texts)
    }

    /// Notes that so many bytes of text came.
    pub(super) fn note_text(&mut self, bytes: usize) {
        self.texts += bytes;
    }
}

/// The body piece by piece. The parser takes in whatever is ready before it hands anything out, a whole body of forty megabytes if it
/// can: after each piece it is told to come back.
fn paced(mut body: BodyDataStream, allowed: Arc<AtomicUsize>) -> impl Stream<Item = Result<Bytes, axum::Error>> + Send {
    let mut rests = false;
    poll_fn(move |cx| {
        if std::mem::take(&mut rests) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(piece) = ready!(body.poll_next_unpin(cx)) else { return Poll::Ready(None) };
        rests = true;
        Poll::Ready(Some(piece.and_then(|piece| {
            let left = allowed.load(Ordering::Relaxed);
            allowed.store(left.saturating_sub(piece.len()), Ordering::Relaxed);
            if piece.len() > left { Err(axum::Error::new("headers without end")) } else { Ok(piece) }
        })))
    })
}

/// Reads past what is on its way while the answer leaves. A connection closed on bytes nobody has read is cut, and the answer with it.
pub(super) fn linger(rest: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(tokio::time::timeout(LINGER, rest));
}

/// The next piece of a field; none at its end.
pub(super) async fn piece(field: &mut Field<'_>) -> Result<Option<Bytes>, Unreadable> {
    soon(field.chunk()).await?.map_err(|_| Unreadable)
}

/// What the client sends, unless it keeps us waiting.
pub(super) async fn soon<T>(coming: impl Future<Output = T>) -> Result<T, Unreadable> {
    tokio::time::timeout(PAUSE, coming).await.map_err(|_| Unreadable)
}

/// A field's text, of at most so many bytes.
pub(super) async fn text(field: &mut Field<'_>, most: usize) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    while let Some(piece) = piece(field).await? {
        if bytes.len() + piece.len() > most {
            return Err(Unreadable);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Reads a field to its end and keeps nothing of it.
pub(super) async fn skip(field: &mut Field<'_>) -> Result<(), Unreadable> {
    while piece(field).await?.is_some() {}
    Ok(())
}
