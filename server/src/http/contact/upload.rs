//! One file at a time, for the script of the form: it shows how far each has come, and takes one away.

use super::super::answer;
use super::super::router::Portal;
use super::length;
use super::reader::{linger, soon};
use app::wire::Context;
use app::words::contact::file_refusal;
use app::words::refusal::sentence;
use axum::Extension;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use domain::contact::{FileRefusal, MOST_BYTES};
use domain::id::{ExchangeId, FileId, SiteId};
use domain::refusal::Refusal;
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode, header};
use serde_json::json;
use services::Fault;
use services::contact::{StoredFile, UploadProblem, Weight};

/// Takes the bytes of one file.
pub(in crate::http) async fn upload(
    State(portal): State<Portal>,
    Extension(cx): Extension<Context>,
    Path(site): Path<String>,
    request: Request,
) -> Response {
    match take(&portal, &cx, &site, request).await {
        Ok((file, weight)) => {
            let said = json!({ "id": file.id, "name": file.name, "bytes": file.bytes, "files": weight.files, "total": weight.bytes });
            answer::json(StatusCode::OK, &said)
        }
        Err(problem) => refused(&cx, problem),
    }
}

async fn take(portal: &Portal, cx: &Context, site: &str, request: Request) -> Result<(StoredFile, Weight), UploadProblem> {
    let (visit, site, number) = asked(cx, site)?;
    if !is_bytes(request.headers()) {
        return Err(fault(Refusal::Unreadable));
    }
    if length(request.headers()).is_none_or(|length| length > MOST_BYTES) {
        let mut body = request.into_body().into_data_stream();
        linger(async move { while matches!(body.next().await, Some(Ok(_))) {} });
        return Err(FileRefusal::TooLarge.into());
    }
    let seat = portal.seats.take(&visit.session.actor.account).await;
    let _seat = seat.ok_or_else(|| fault(Refusal::Busy { retry_after: 60 }))?;
    let (services, files) = (&cx.services, &portal.world.files);
    let name = named(request.headers());
    let mut body = request.into_body().into_data_stream();
    let stored = async {
        let mut upload = services.begin_upload(files, visit, (&site, &number), &name).await?;
        while let Some(piece) = soon(body.next()).await.map_err(|_| FileRefusal::Interrupted)? {
            upload.write(piece.map_err(|_| FileRefusal::Interrupted)?).await?;
        }
        services.end_upload(files, visit, (&site, &number), upload).await
    };
    let stored = stored.await;
    if stored.is_err() {
        // The rest of it is read past: a browser that is still sending would not hear why.
        while matches!(soon(body.next()).await, Ok(Some(Ok(_)))) {}
    }
    stored
}

/// Takes a file away again.
pub(in crate::http) async fn remove(
    State(portal): State<Portal>,
    Extension(cx): Extension<Context>,
    Path((site, file)): Path<(String, String)>,
) -> Response {
    let removed = async {
        let (visit, site, number) = asked(&cx, &site)?;
        let file: FileId = file.parse().map_err(|_| fault(Refusal::NotFound))?;
        Ok(cx.services.drop_draft_file(&portal.world.files, visit, &site, &number, &file).await?)
    };
    match removed.await {
        Ok(weight) => answer::json(StatusCode::OK, &json!({ "files": weight.files, "total": weight.bytes })),
        Err(problem) => refused(&cx, problem),
    }
}

/// Who asks, for which site and which draft.
fn asked<'a>(cx: &'a Context, site: &str) -> Result<(&'a services::Visit, SiteId, ExchangeId), UploadProblem> {
    let visit = cx.visit().map_err(fault)?;
    let site = site.parse().map_err(|_| fault(Refusal::NotFound))?;
    let number = cx.query("brouillon").parse().map_err(|_| fault(Refusal::NotFound))?;
    Ok((visit, site, number))
}

fn fault(refusal: Refusal) -> UploadProblem {
    UploadProblem::Fault(refusal.into())
}

/// The name of the file, percent-encoded: in a header, where no proxy on the way logs it.
fn named(headers: &HeaderMap) -> String {
    let encoded = headers.get("x-nom-fichier").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let query = format!("http://x/?nom={encoded}").parse::<http::Uri>().ok();
    let pairs = query.and_then(|uri| Query::<Vec<(String, String)>>::try_from_uri(&uri).ok()).map(|pairs| pairs.0).unwrap_or_default();
    pairs.into_iter().find(|(name, _)| name == "nom").map(|(_, value)| value).unwrap_or_default()
}

fn is_bytes(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/octet-stream")
}

/// Code, sentence and status of what does not come in.
fn refused(cx: &Context, problem: UploadProblem) -> Response {
    let (status, code, said, retry_after) = match problem {
        UploadProblem::Refused(refusal) => (status_of(refusal), refusal.code(), file_refusal(refusal).to_owned(), None),
        UploadProblem::Fault(Fault::Refused(refusal)) => {
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
            (status, refusal.code(), sentence(&refusal), refusal.retry_after())
        }
        UploadProblem::Fault(Fault::Broken(reason)) => {
            tracing::error!(request = cx.request, reason, "file not kept");
            let refusal = FileRefusal::Interrupted;
            let said = format!("{} ({})", file_refusal(refusal), cx.request);
            (StatusCode::INTERNAL_SERVER_ERROR, refusal.code(), said, None)
        }
    };
    let mut response = answer::json(status, &json!({ "refusal": code, "sentence": said }));
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

const fn status_of(refusal: FileRefusal) -> StatusCode {
    match refusal {
        FileRefusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        FileRefusal::ScannerDown => StatusCode::SERVICE_UNAVAILABLE,
        FileRefusal::Interrupted => StatusCode::BAD_REQUEST,
        FileRefusal::TooMany
        | FileRefusal::Empty
        | FileRefusal::Kind
        | FileRefusal::Content
        | FileRefusal::Macros
        | FileRefusal::Infected => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
