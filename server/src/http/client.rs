//! Who is at the other end: the peer, or the client a trusted proxy speaks for.

use super::router::Portal;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use std::net::IpAddr;

/// Address of the connection's other end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

/// Address of the client.
#[derive(Debug, Clone, Copy)]
pub(super) struct Client(pub(super) IpAddr);

/// Attaches the client's address. `X-Forwarded-For` counts only from a trusted proxy, and then its right-most entry that is
/// not itself a trusted proxy: what stands further left, anybody can write.
pub(super) async fn attach(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0);
    let trusted = &portal.world.settings.trusted_proxies;
    let mut client = peer;
    if trusted.contains(&peer) {
        let hops = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<IpAddr> = hops.flat_map(|text| text.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
        if let Some(hop) = hops.into_iter().rev().find(|hop| !trusted.contains(hop)) {
            client = hop;
        }
    }
    request.extensions_mut().insert(Client(client));
    next.run(request).await
}
