//! Other machines the portal speaks to: the SMS gateway, the print service, the identity provider.

use super::Problem;
use super::parse::Values;
use crate::adapters::oidc::OidcSettings;
use crate::adapters::outbound::is_allowed;
use crate::adapters::post_http::PrintService;
use crate::adapters::sms_http::{Body, SmsSettings};
use openidconnect::url::Url;

/// Longest name that fits a button.
const NAME: usize = 40;

/// Refuses options that say something about nothing.
pub(super) fn alone(values: &Values<'_>, needed: &str, others: &[&str]) -> Result<(), Problem> {
    match others.iter().find(|key| values.said(key).is_some()) {
        Some(key) => Err(Problem(format!("« {key} » est donné sans « {needed} »."))),
        None => Ok(()),
    }
}

/// An address the portal may call.
pub(super) fn address(values: &Values<'_>, key: &str, text: &str) -> Result<Url, Problem> {
    Url::parse(text).ok().filter(is_allowed).ok_or_else(|| values.wrong(key, "une adresse https:// est attendue"))
}

/// The service that prints and posts letters.
pub(super) fn print_service(values: &Values<'_>) -> Result<Option<PrintService>, Problem> {
    match (values.said("poste_url"), values.secret("poste_jeton_file")?) {
        (None, None) => Ok(None),
        (Some(url), Some(token)) => Ok(Some(PrintService { url: address(values, "poste_url", url)?, token })),
        _ => Err(Problem("« poste_url » et « poste_jeton_file » vont ensemble.".into())),
    }
}

/// The SMS gateway.
pub(super) fn sms(values: &Values<'_>) -> Result<Option<SmsSettings>, Problem> {
    let Some(url) = values.said("sms_url") else {
        return alone(values, "sms_url", &["sms_jeton_file", "sms_corps", "sms_expediteur"]).map(|()| None);
    };
    address(values, "sms_url", url)?;
    let body = values.said("sms_corps").map(Body::parse).transpose().map_err(|reason| values.wrong("sms_corps", reason))?;
    let sender = values.said("sms_expediteur").unwrap_or_default();
    if sender.chars().any(char::is_control) {
        return Err(values.wrong("sms_expediteur", "une seule ligne est attendue"));
    }
    Ok(Some(SmsSettings {
        url: url.to_owned(),
        token: values.secret("sms_jeton_file")?,
        body: body.unwrap_or_default(),
        sender: sender.to_owned(),
    }))
}

/// The identity provider: all it needs, or nothing.
pub(super) fn oidc(values: &Values<'_>) -> Result<Option<OidcSettings>, Problem> {
    let Some(issuer) = values.said("oidc_emetteur") else {
        let others = ["oidc_client_id", "oidc_secret_file", "oidc_nom", "oidc_preset"];
        return alone(values, "oidc_emetteur", &others).map(|()| None);
    };
    let url = address(values, "oidc_emetteur", issuer)?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(values.wrong("oidc_emetteur", "une adresse sans « ? » ni « # » est attendue"));
    }
    let is_proconnect = match values.said("oidc_preset") {
        None => false,
        Some("proconnect") => true,
        Some(_) => return Err(values.wrong("oidc_preset", "« proconnect » est attendu, ou rien")),
    };
    let missing = |key: &str, why: &str| Problem(format!("« oidc_emetteur » est donné sans « {key} » : {why}"));
    let client =
        values.said("oidc_client_id").ok_or_else(|| missing("oidc_client_id", "sous quel nom ce fournisseur connaît-il le portail ?"))?;
    let secret = values
        .secret("oidc_secret_file")?
        .filter(|secret| !secret.reveal().is_empty())
        .ok_or_else(|| missing("oidc_secret_file", "un fichier qui contient le secret est attendu."))?;
    let name = match values.said("oidc_nom") {
        Some(name) if name.chars().count() > NAME => return Err(values.wrong("oidc_nom", "quarante caractères au plus sont attendus")),
        Some(name) => name,
        None if is_proconnect => "ProConnect",
        None => return Err(missing("oidc_nom", "quel nom montrer sur le bouton ?")),
    };
    // Every address of ProConnect stands below this path; people are given its host alone.
    let issuer = if is_proconnect && url.path() == "/" { format!("{}/api/v2", issuer.trim_end_matches('/')) } else { issuer.to_owned() };
    Ok(Some(OidcSettings { issuer, client: client.to_owned(), secret, name: name.to_owned(), is_proconnect }))
}
