//! Is the portal alive, and can it serve?

use super::answer::json as answer;
use super::router::Portal;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde_json::json;

/// The process answers.
pub(super) async fn alive() -> &'static str {
    "vif"
}

/// The database answers; how much waits in the outbox.
pub(super) async fn ready(State(portal): State<Portal>) -> Response {
    let services = &portal.world.services;
    match services.outbox_counts().await {
        Ok(counts) => {
            let oldest = counts.oldest.map(|oldest| services.clock().now().duration_since(oldest).as_secs());
            answer(
                StatusCode::OK,
                &json!({ "etat": "pret", "courriels": { "en_attente": counts.waiting, "abandonnes": counts.dead, "plus_ancien_s": oldest } }),
            )
        }
        Err(fault) => {
            tracing::error!(%fault, "not ready");
            answer(StatusCode::SERVICE_UNAVAILABLE, &json!({ "etat": "indisponible" }))
        }
    }
}
