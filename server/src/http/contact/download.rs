//! A file of an exchange, for whoever may read it: saved, never shown by the portal (T29).

use super::super::answer;
use super::super::router::Portal;
use app::routes::Page;
use app::wire::Context;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use domain::id::{ExchangeId, FileId, SiteId};
use domain::refusal::Refusal;
use futures_util::StreamExt;
use http::header;
use services::Fault;
use services::contact::StoredFile;
use services::ports::FileBytes;
use std::fmt::Write;

/// Sends a file.
pub(in crate::http) async fn download(
    State(portal): State<Portal>,
    Extension(cx): Extension<Context>,
    Path((site, exchange, file)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    match open(&portal, &cx, (&site, &exchange, &file)).await {
        Ok(Some((file, bytes))) => saved(&cx, &file, bytes),
        Ok(None) => {
            let back = request.uri().path().rsplit_once("/fichiers/").map_or("", |(thread, _)| thread);
            answer::elsewhere(&format!("{}?suite={back}", Page::SignIn.path()))
        }
        Err(fault) => answer::failed(&cx, request.headers(), fault),
    }
}

/// The file; none for whoever has to log in first.
async fn open(portal: &Portal, cx: &Context, (site, exchange, file): (&str, &str, &str)) -> Result<Option<(StoredFile, FileBytes)>, Fault> {
    let site: SiteId = site.parse().map_err(|_| Refusal::NotFound)?;
    let exchange: ExchangeId = exchange.parse().map_err(|_| Refusal::NotFound)?;
    let file: FileId = file.parse().map_err(|_| Refusal::NotFound)?;
    let Some(visit) = &cx.visit else { return Ok(None) };
    let opened = cx.services.open_exchange_file(&portal.world.files, visit, (&site, &exchange), &file).await?;
    Ok(Some(opened))
}

fn saved(cx: &Context, file: &StoredFile, bytes: FileBytes) -> Response {
    let request = cx.request.clone();
    let bytes = bytes.map(move |piece| {
        piece.map_err(|fault| {
            tracing::error!(request, %fault, "file broke off");
            std::io::Error::other("file broke off")
        })
    });
    let headers = [
        (header::CONTENT_TYPE, file.kind.content_type().to_owned()),
        (header::CONTENT_LENGTH, file.bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::CACHE_CONTROL, "no-store, private".to_owned()),
        // Whatever opens it in spite of all runs nothing.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox".to_owned()),
    ];
    (headers, Body::from_stream(bytes)).into_response()
}

/// The name for old browsers in ASCII, and as it is (RFC 6266, RFC 8187).
fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%;'".contains(c) || c == ' ' { c } else { '_' }).collect();
    let encoded = name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // A text takes all that is written into it.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t29_a_name_stays_inside_its_header() {
        assert_eq!(disposition("état.pdf"), "attachment; filename=\"_tat.pdf\"; filename*=UTF-8''%C3%A9tat.pdf");
        let hostile = disposition("a\"; filename=b\\%41.pdf");
        assert_eq!(hostile, "attachment; filename=\"a__ filename=b__41.pdf\"; filename*=UTF-8''a%22%3B%20filename%3Db%5C%2541.pdf");
    }
}
