//! The context of a request: cookies read, session found, rights loaded. A failing database refuses the request.

use super::answer;
use super::client::Client;
use super::headers::RequestId;
use super::router::Portal;
use app::routes::{Access, Page};
use app::wire::{Carried, Context};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, header};
use services::{Fault, Origin, Scope};
use std::net::IpAddr;
use std::sync::Arc;

/// Attaches the [`Context`] to the request.
pub(super) async fn attach(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let (mut request, body) = request.into_parts();
    match build(&portal, &request).await {
        Ok(context) => {
            request.extensions.insert(context);
            next.run(Request::from_parts(request, body)).await
        }
        Err(fault) => answer::fault(&portal, &request, fault),
    }
}

async fn build(portal: &Portal, request: &Parts) -> Result<Context, Fault> {
    let services = &portal.world.services;
    let mut context = anonymous(portal, request);
    let carried = Carried::read(services, &request.headers);
    let path = request.uri.path();
    if let Some(session) = &carried.session {
        let access = Page::parse(path).map(|page| page.access());
        let scope = match &access {
            Some(Access::Site(site)) => Scope::Site(site),
            Some(Access::Person) => Scope::All,
            Some(Access::Public) | None => Scope::Person,
        };
        context.visit = services.visit(session, scope).await?;
    }
    context.flash = carried.flash.filter(|flash| flash.page == path).map(|flash| flash.message);
    context.origin.device = carried.device;
    context.origin.session = carried.session;
    context.opening = carried.opening;
    context.link = carried.link;
    context.pending = carried.pending;
    if let Some(visit) = &context.visit {
        context.must_enrol = services.must_enrol(visit).await?;
    }
    context.journey = carried.journey;
    context.linking = carried.linking;
    context.giving = carried.giving;
    context.handing = carried.handing;
    context.display = carried.display;
    Ok(context)
}

/// What is known of a request before anything is looked up.
pub(super) fn anonymous(portal: &Portal, request: &Parts) -> Context {
    let headers = &request.headers;
    Context {
        services: portal.world.services.clone(),
        fund: portal.world.fund.clone(),
        texts: portal.world.texts.clone(),
        assets: portal.assets.clone(),
        development: portal.world.settings.development,
        sms: portal.world.outlets().texter.is_some(),
        provider: portal.world.oidc.as_ref().map(|oidc| Arc::new(oidc.shown())),
        path: request.uri.path().to_owned(),
        request: request.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
        origin: Origin {
            address: request.extensions.get::<Client>().map_or(IpAddr::from([127, 0, 0, 1]), |client| client.0),
            agent: agent(headers),
            device: None,
            session: None,
        },
        visit: None,
        display: app::wire::Display::default(),
        flash: None,
        opening: None,
        link: None,
        pending: None,
        must_enrol: false,
        journey: None,
        linking: None,
        giving: None,
        handing: None,
        query: query(request.uri.query().unwrap_or_default()),
        accepts_html: headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|accept| accept.contains("text/html")),
    }
}

/// At most twenty pairs of a query, decoded; what cannot be decoded is left out.
fn query(text: &str) -> Vec<(String, String)> {
    let url = format!("http://x/?{}", text.chars().take(4096).collect::<String>());
    let Ok(uri) = url.parse::<http::Uri>() else { return Vec::new() };
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri)
        .map(|pairs| pairs.0.into_iter().take(20).collect())
        .unwrap_or_default()
}

/// Family of the browser and of the system, for the list of devices: not the whole header, which tells more than needed.
fn agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let browser = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let system =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")];
    let find = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| text.contains(mark)).map(|(_, name)| *name);
    [find(&browser), find(&system)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
