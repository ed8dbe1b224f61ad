//! The list of beneficiaries as a file: what the page shows, all its pages, written while it is read. At no moment more than a few
//! batches are in memory, however long the list is.

mod csv_text;
mod workbook;
mod zip;

use super::answer;
use app::pages::{ListFile, asked_list};
use app::routes::Page;
use app::wire::Context;
use axum::Extension;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Response};
use csv_text::CsvText;
use domain::delegations::list::Place;
use domain::home::Service;
use domain::id::SiteId;
use domain::refusal::Refusal;
use http::header;
use hyper::body::Frame;
use services::{BeneficiaryLine, Fault, ListExport};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Poll, ready};
use tokio::sync::mpsc;
use workbook::Workbook;

/// Batches that wait for a slow reader.
const AHEAD: usize = 2;

/// The file of a list. Whoever is not logged in logs in first; too much for an order is explained by the page.
pub(super) async fn list_file(Extension(cx): Extension<Context>, Path(site): Path<String>, request: Request, file: ListFile) -> Response {
    let Ok(site) = site.parse::<SiteId>() else {
        return answer::failed(&cx, request.headers(), Refusal::NotFound.into());
    };
    let page = Page::Service(site.clone(), Service::AccessRights).path();
    let Some(visit) = &cx.visit else { return answer::elsewhere(&format!("{}?suite={page}", Page::SignIn.path())) };
    let query = asked_list(&cx).at(Place::First);
    match cx.services.export_list(visit, &site, &query).await {
        // What cannot be noted in the journal does not leave.
        Ok(Some(export)) => match cx.services.note_exported(visit, &site, &cx.origin).await {
            Ok(()) => sent(&cx, export, file),
            Err(fault) => answer::failed(&cx, request.headers(), fault),
        },
        Ok(None) => answer::elsewhere(&format!("{page}?{}", query.to_query())),
        Err(fault) => answer::failed(&cx, request.headers(), fault),
    }
}

fn sent(cx: &Context, export: ListExport, file: ListFile) -> Response {
    let (kind, writer): (_, Box<dyn Writer>) = match file {
        ListFile::Csv => ("text/csv; charset=utf-8", Box::new(CsvText)),
        ListFile::Xlsx => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Box::new(Workbook::new())),
    };
    let name = format!("beneficiaires-{}.{}", cx.services.clock().today(), file.ending());
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store, private".to_owned()),
    ];
    let (sender, parts) = mpsc::channel(AHEAD);
    tokio::spawn(write(export, writer, sender, cx.request.clone()));
    (headers, Body::new(Parts(parts))).into_response()
}

/// A kind of file, written piece by piece.
trait Writer: Send {
    /// Up to the first line.
    fn head(&mut self) -> io::Result<Vec<u8>>;
    /// Some lines.
    fn lines(&mut self, lines: &[BeneficiaryLine]) -> io::Result<Vec<u8>>;
    /// After the last line.
    fn tail(&mut self) -> io::Result<Vec<u8>>;
}

/// Where lines come from, batch by batch; none at the end.
trait Source: Send {
    fn next_batch(&mut self) -> impl Future<Output = Result<Vec<BeneficiaryLine>, Fault>> + Send;
}

impl Source for ListExport {
    async fn next_batch(&mut self) -> Result<Vec<BeneficiaryLine>, Fault> {
        Self::next_batch(self).await
    }
}

/// Writes everything, no faster than it is read. A reader who has gone ends it; a failure breaks the file off, so that nobody takes it
/// for whole.
async fn write(source: impl Source, writer: Box<dyn Writer>, parts: mpsc::Sender<io::Result<Bytes>>, request: String) {
    if let Err(reason) = pieces(source, writer, &parts).await {
        tracing::error!(request, %reason, "export failed");
        // Nobody is left to tell when this fails.
        let _ = parts.send(Err(reason)).await;
    }
}

async fn pieces(mut source: impl Source, mut writer: Box<dyn Writer>, parts: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
    let mut piece = writer.head()?;
    loop {
        if parts.send(Ok(piece.into())).await.is_err() {
            return Ok(());
        }
        let lines = source.next_batch().await.map_err(|fault| io::Error::other(fault.to_string()))?;
        if lines.is_empty() {
            break;
        }
        piece = writer.lines(&lines)?;
    }
    let tail = writer.tail()?;
    // As above: a reader who has gone needs no end.
    let _ = parts.send(Ok(tail.into())).await;
    Ok(())
}

/// A body that is what is sent to it.
struct Parts(mpsc::Receiver<io::Result<Bytes>>);

impl HttpBody for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let part = ready!(self.0.poll_recv(cx));
        Poll::Ready(part.map(|part| part.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests;
