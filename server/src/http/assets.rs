//! Built files: read once at start, from the folder in development, from the binary itself in a release; then served from memory.

use super::answer::takes_brotli;
use super::router::Portal;
use app::wire::Assets;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use std::collections::HashMap;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

struct File {
    bytes: Vec<u8>,
    brotli: Option<Vec<u8>>,
    kind: &'static str,
}

/// Every built file by its address, and the manifest of their hashed names.
pub(super) struct Files {
    by_path: HashMap<String, File>,
    manifest: HashMap<String, String>,
}

impl Files {
    /// Reads the files. Without any, pages still work: they are only not dressed.
    pub(super) fn load(folder: Option<&Path>) -> std::io::Result<Self> {
        let mut all: Vec<(String, Vec<u8>)> = Vec::new();
        match folder {
            Some(folder) => read_folder(folder, folder, &mut all)?,
            None => all.extend(EMBEDDED.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))),
        }
        let mut found: HashMap<String, Vec<u8>> = all.into_iter().collect();
        let manifest = found.remove("/manifest.json").and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        if found.is_empty() {
            tracing::warn!("no built files: pages have no style and no islands (run scripts/assets)");
        }
        let plain: Vec<String> =
            found.keys().filter(|path| Path::new(path).extension().is_none_or(|ending| ending != "br")).cloned().collect();
        let by_path = plain
            .into_iter()
            .filter_map(|path| {
                let bytes = found.remove(&path)?;
                let brotli = found.remove(&format!("{path}.br"));
                let kind = kind(&path)?;
                Some((path, File { bytes, brotli, kind }))
            })
            .collect();
        Ok(Self { by_path, manifest })
    }

    /// Addresses the pages need.
    pub(super) fn assets(&self) -> Assets {
        let find = |name: &str| self.manifest.get(name).cloned().unwrap_or_default();
        let wasm = find("espace.wasm");
        Assets {
            css: find("main.css"),
            icons_public: find("icons-public.svg"),
            icons: find("icons.svg"),
            // Without the islands themselves their loader has nothing to load.
            session: find("session.js"),
            islands: if wasm.is_empty() { String::new() } else { find("islands.js") },
            passkey: find("passkey.js"),
            contact: find("contact.js"),
            js: find("espace.js"),
            wasm,
        }
    }
}

fn read_folder(root: &Path, folder: &Path, all: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(root, &path, all)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            all.push((format!("/{}", relative.to_string_lossy()), std::fs::read(&path)?));
        }
    }
    Ok(())
}

fn kind(path: &str) -> Option<&'static str> {
    Some(match path.rsplit('.').next()? {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

/// A built file. Hashed names never change what they hold.
pub(super) async fn file(State(portal): State<Portal>, uri: Uri, headers: HeaderMap) -> Response {
    let Some(file) = portal.files.by_path.get(uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let keep = if uri.path().starts_with("/pkg/") { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    let (body, coding) = match &file.brotli {
        Some(brotli) if takes_brotli(&headers) => (brotli.clone(), Some("br")),
        _ => (file.bytes.clone(), None),
    };
    let mut response = body.into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}
