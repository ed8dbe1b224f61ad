//! Where attachments lie, and what looks at them first.

use super::Problem;
use super::elsewhere::{address, alone};
use super::parse::{Values, host};
use crate::adapters::files::{FilesSettings, S3Settings};
use crate::adapters::scanner_clamd::{ScannerAddress, ScannerSettings};
use std::path::Path;

/// What is said of a bucket only.
const OF_A_BUCKET: [&str; 4] = ["fichiers_s3_adresse", "fichiers_s3_region", "fichiers_s3_cle", "fichiers_s3_secret_file"];

/// The folder or the bucket.
pub(super) fn files(values: &Values<'_>, data: &Path) -> Result<FilesSettings, Problem> {
    let said = values.said("fichiers");
    if let Some(bucket) = said.and_then(|text| text.strip_prefix("s3://")) {
        return s3(values, bucket.trim_end_matches('/')).map(FilesSettings::S3);
    }
    if let Some(key) = OF_A_BUCKET.iter().find(|key| values.said(key).is_some()) {
        return Err(Problem(format!("« {key} » est donné alors que « fichiers » n’est pas s3://COMPARTIMENT.")));
    }
    match said {
        None => Ok(FilesSettings::Folder(data.join("fichiers"))),
        Some(text) if text.contains("://") => Err(values.wrong("fichiers", "un dossier ou s3://COMPARTIMENT est attendu")),
        Some(folder) => Ok(FilesSettings::Folder(folder.into())),
    }
}

/// What stands in a path and in a signature.
fn is_name(text: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.bytes().all(is_part)
}

fn s3(values: &Values<'_>, bucket: &str) -> Result<S3Settings, Problem> {
    if !is_name(bucket) {
        return Err(values.wrong("fichiers", "s3:// suivi du nom d’un compartiment est attendu, sans chemin"));
    }
    let missing = |key: &str| Problem(format!("« fichiers » est un compartiment S3, mais « {key} » manque."));
    let text = values.said("fichiers_s3_adresse").ok_or_else(|| missing("fichiers_s3_adresse"))?;
    let endpoint = address(values, "fichiers_s3_adresse", text)?;
    if endpoint.query().is_some() || endpoint.fragment().is_some() {
        return Err(values.wrong("fichiers_s3_adresse", "une adresse sans « ? » ni « # » est attendue"));
    }
    let region = values.get("fichiers_s3_region");
    if !is_name(region) {
        return Err(values.wrong("fichiers_s3_region", "le nom d’une région est attendu, eu-west-3"));
    }
    let key = values.said("fichiers_s3_cle").ok_or_else(|| missing("fichiers_s3_cle"))?;
    // It becomes part of a header.
    if key.is_empty() || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(values.wrong("fichiers_s3_cle", "l’identifiant d’une clé d’accès est attendu"));
    }
    let secret = values.secret("fichiers_s3_secret_file")?.filter(|secret| !secret.reveal().is_empty());
    let secret = secret.ok_or_else(|| missing("fichiers_s3_secret_file"))?;
    Ok(S3Settings { endpoint, bucket: bucket.to_owned(), region: region.to_owned(), key: key.to_owned(), secret })
}

/// The scanner.
pub(super) fn scanner(values: &Values<'_>) -> Result<Option<ScannerSettings>, Problem> {
    let Some(text) = values.said("antivirus") else {
        return alone(values, "antivirus", &["antivirus_en_panne"]).map(|()| None);
    };
    let address = scanner_address(text).ok_or_else(|| values.wrong("antivirus", "HÔTE:PORT ou unix:/chemin est attendu"))?;
    let lets_pass_when_down = match values.get("antivirus_en_panne") {
        "refuser" => false,
        "accepter" => true,
        _ => return Err(values.wrong("antivirus_en_panne", "« refuser » ou « accepter » est attendu")),
    };
    Ok(Some(ScannerSettings { address, lets_pass_when_down }))
}

fn scanner_address(text: &str) -> Option<ScannerAddress> {
    if let Some(path) = text.strip_prefix("unix:") {
        return path.starts_with('/').then(|| ScannerAddress::Unix(path.into()));
    }
    let (name, port) = text.rsplit_once(':')?;
    let is_address = host(name).is_some() && port.parse::<u16>().is_ok();
    is_address.then(|| ScannerAddress::Tcp(text.to_owned()))
}
