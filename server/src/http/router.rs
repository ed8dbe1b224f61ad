//! The layers and routes, readable as a list (D24): every answer passes the outer ones, refusals included.

use super::assets::Files;
use super::{assets, contact, context, development, forms, guards, headers, health, list_file, pages, provider};
use crate::adapters::files::FilesSettings;
use crate::world::World;
use app::pages::ListFile;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// What every handler has.
#[derive(Clone)]
pub(super) struct Portal {
    pub(super) world: Arc<World>,
    pub(super) files: Arc<Files>,
    pub(super) assets: Arc<app::wire::Assets>,
    pub(super) doors: Arc<guards::Doors>,
    pub(super) reports: Arc<development::Reports>,
    pub(super) seats: Arc<contact::Seats>,
}

/// Largest body of a form.
pub(super) const FORM: usize = 64 * 1024;

/// The whole portal as one service. It reads the peer's address from the request's extensions.
///
/// # Errors
/// Those of the built files on disk.
pub fn router(world: Arc<World>) -> std::io::Result<Router> {
    forms::register();
    let files = Files::load(world.settings.site_dir.as_deref())?;
    let portal = Portal {
        assets: Arc::new(files.assets()),
        files: Arc::new(files),
        doors: Arc::new(guards::Doors::new(&world.settings)),
        reports: Arc::default(),
        seats: Arc::new(contact::Seats::new(match world.settings.files {
            FilesSettings::Folder(_) => contact::FOLDER,
            FilesSettings::S3(_) => contact::BUCKET,
        })),
        world,
    };

    let development = if portal.world.settings.development {
        Router::new().route("/dev/courriels", get(development::mailbox)).route("/dev/rapports", get(development::reports))
    } else {
        Router::new()
    };

    // Links from mails: their secret follows the address of the page they lead to.
    let links = services::Purpose::ALL.into_iter().fold(Router::new(), |router, purpose| {
        let follow = move |cx, path| pages::follow_link(cx, path, purpose);
        router.route(&format!("{}/{{secret}}", services::link_page(purpose)), get(follow))
    });

    let lists = ListFile::ALL.into_iter().fold(Router::new(), |router, file| {
        let send = move |cx, path, request| list_file::list_file(cx, path, request, file);
        router.route(&file.path("{site}"), get(send))
    });

    Ok(Router::new()
        // forms
        .route("/api/{*function}", post(forms::post))
        .layer(RequestBodyLimitLayer::new(FORM))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(20)))
        // forms whose bodies are files
        .merge(contact::routes(get(pages::page)))
        // everything that reads
        .merge(links)
        .merge(lists)
        .route(app::pages::DATA_FILE, get(pages::data_file))
        .route("/site/{site}/droits/journal.csv", get(pages::journal_file))
        .route("/session", get(pages::session))
        .route(app::wire::DEPART, get(provider::depart))
        .route(app::wire::RETURN, get(provider::arrive))
        .merge(development)
        .fallback(get(pages::page))
        .layer(from_fn(guards::enrolled))
        // one context for pages and forms; the session is read here
        .layer(from_fn_with_state(portal.clone(), context::attach))
        .layer(from_fn_with_state(portal.clone(), guards::same_origin))
        .layer(from_fn_with_state(portal.clone(), guards::flood))
        // what needs neither session nor origin
        .route("/csp", post(development::csp))
        .route("/sante/vif", get(health::alive))
        .route("/sante/pret", get(health::ready))
        .route("/pkg/{file}", get(assets::file))
        .route("/favicon.svg", get(assets::file))
        .route("/robots.txt", get(assets::file))
        .layer(from_fn(guards::patience))
        .layer(from_fn_with_state(portal.clone(), guards::known_host))
        .layer(from_fn(guards::plain_length))
        .layer(from_fn_with_state(portal.clone(), super::client::attach))
        .layer(CatchPanicLayer::custom(super::answer::panicked))
        .layer(from_fn_with_state(portal.clone(), headers::security))
        .layer(from_fn_with_state(portal.clone(), headers::request_id))
        .with_state(portal))
}
