//! SMS through any gateway that takes a POST of JSON: its address, its token and the form of its body are configuration.

use crate::adapters::mail::Composer;
use crate::adapters::outbound::Outbound;
use crate::config::Secret;
use async_trait::async_trait;
use http::{HeaderValue, Request, StatusCode, header};
use serde_json::Value;
use services::ports::{MailProblem, OutgoingSms, Texter};

/// What a body may name.
const NAMES: [&str; 4] = ["{numero}", "{chiffres}", "{texte}", "{expediteur}"];

/// How to reach the gateway.
#[derive(Debug, Clone)]
pub struct SmsSettings {
    /// Its address.
    pub url: String,
    /// What proves the portal, when it asks for that.
    pub token: Option<Secret>,
    /// The body, with [`NAMES`] where values go.
    pub body: Body,
    /// Who sends, as phones show it; empty for the gateway's own.
    pub sender: String,
}

/// A body with places for values. Values are put into its texts, not into its JSON: no message can change what is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Body(Value);

impl Body {
    /// Reads a body.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let body: Value = serde_json::from_str(text).map_err(|_| "un objet JSON est attendu")?;
        if !body.is_object() {
            return Err("un objet JSON est attendu");
        }
        let texts = texts(&body);
        let names = |name: &str| texts.iter().any(|text| text.contains(name));
        if !names("{texte}") || !(names("{numero}") || names("{chiffres}")) {
            return Err("{texte} et {numero} (ou {chiffres}, sans le +) doivent y figurer");
        }
        // A place that is misspelt would be sent as it stands.
        if texts.iter().any(|text| NAMES.iter().fold((*text).to_owned(), |rest, name| rest.replace(name, "")).contains('{')) {
            return Err("seuls {numero}, {chiffres}, {texte} et {expediteur} y sont remplacés");
        }
        Ok(Self(body))
    }

    /// The body of one message. A member that would only say an empty sender is left out.
    fn fill(&self, number: &str, text: &str, sender: &str) -> Value {
        let values = [number, number.trim_start_matches('+'), text, sender];
        fill(&self.0, &values)
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(serde_json::json!({ "to": "{numero}", "from": "{expediteur}", "text": "{texte}" }))
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn fill(value: &Value, values: &[&str; NAMES.len()]) -> Value {
    match value {
        Value::String(text) => Value::String(put(text, values)),
        Value::Array(items) => items.iter().map(|item| fill(item, values)).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, member)| !(values[3].is_empty() && member.as_str() == Some(NAMES[3])))
            .map(|(name, member)| (name.clone(), fill(member, values)))
            .collect(),
        other => other.clone(),
    }
}

/// Puts values where their names stand, in one pass: a value that looks like a name stays what it is.
fn put(text: &str, values: &[&str; NAMES.len()]) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find('{') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some((name, value)) = NAMES.iter().zip(values).find(|(name, _)| rest.starts_with(**name)) {
            out.push_str(value);
            rest = &rest[name.len()..];
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out + rest
}

/// Sends SMS through a gateway.
pub struct HttpTexter {
    composer: Composer,
    settings: SmsSettings,
    outbound: Outbound,
}

impl HttpTexter {
    /// Prepares the sender; nothing is connected yet.
    #[must_use]
    pub fn new(composer: Composer, settings: SmsSettings, outbound: Outbound) -> Self {
        Self { composer, settings, outbound }
    }

    fn request(&self, sms: &OutgoingSms) -> Result<Request<Vec<u8>>, String> {
        let body = self.settings.body.fill(&sms.to, &self.composer.write_sms(sms), &self.settings.sender);
        let mut request = Request::post(&self.settings.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            // The same for every try: a gateway that knows this header sends once.
            .header("idempotency-key", &sms.id)
            .body(body.to_string().into_bytes())
            .map_err(|_| "address of the gateway")?;
        if let Some(token) = &self.settings.token {
            let mut value = HeaderValue::try_from(format!("Bearer {}", token.reveal())).map_err(|_| "token of the gateway")?;
            value.set_sensitive(true);
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        Ok(request)
    }
}

#[async_trait]
impl Texter for HttpTexter {
    async fn send(&self, sms: &OutgoingSms) -> Result<(), MailProblem> {
        let request = self.request(sms).map_err(MailProblem::Never)?;
        match self.outbound.status(request).await {
            Ok(status) => verdict(status),
            Err(silence) => Err(MailProblem::Later(format!("SMS gateway: {silence}"))),
        }
    }
}

/// What an answer means. Its words are not kept: they may hold the number or the code.
fn verdict(status: StatusCode) -> Result<(), MailProblem> {
    let reason = format!("SMS gateway answered {}", status.as_u16());
    match status {
        _ if status.is_success() => Ok(()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => Err(MailProblem::Later(reason)),
        _ if status.is_client_error() => Err(MailProblem::Never(reason)),
        _ => Err(MailProblem::Later(reason)),
    }
}

impl std::fmt::Debug for HttpTexter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpTexter").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
