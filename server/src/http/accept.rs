//! The accept loop: bounded connections, bounded time for headers, a drain at the end.

use super::client::Peer;
use super::router::router;
use crate::world::World;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// Connections open at the same moment, in all.
const ALL: usize = 4096;
/// Connections open at the same moment from one address. A proxy we trust counts for its many clients.
const PER_ADDRESS: usize = 256;
/// Time for a client to send its headers; also the pause allowed between two requests.
const HEADERS: Duration = Duration::from_secs(10);
/// Time for requests in progress when the portal stops.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until `stop` resolves, then lets requests in progress end.
///
/// # Errors
/// Those of the assets on disk; connections that fail are their clients' affair.
pub async fn serve(world: Arc<World>, listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let trusted = world.settings.trusted_proxies.clone();
    let app = router(world)?;
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Seats::default());
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // Out of file descriptors: waiting is all that helps.
                Err(error) => {
                    tracing::warn!(%error, "accept failed");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        let most = if trusted.contains(&peer.ip()) { ALL } else { PER_ADDRESS };
        let Some(seat) = Seats::take(&seats, peer.ip(), most) else { continue };
        let watcher = graceful.watcher();
        let app = app.clone();
        tokio::spawn(async move {
            let connection = watcher.watch(connection(app, stream, peer));
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
            drop(seat);
        });
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests still in progress after {} s were cut", DRAIN.as_secs());
    }
    Ok(())
}

type Connection = hyper::server::conn::http1::Connection<TokioIo<TcpStream>, hyper_util::service::TowerToHyperService<PeerService>>;

fn connection(app: Router, stream: TcpStream, peer: SocketAddr) -> Connection {
    // Small answers leave at once.
    let _ = stream.set_nodelay(true);
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), hyper_util::service::TowerToHyperService::new(PeerService { app, peer }))
}

/// Hands each request to the router with the address of its peer.
#[derive(Clone)]
struct PeerService {
    app: Router,
    peer: SocketAddr,
}

impl tower::Service<http::Request<Incoming>> for PeerService {
    type Response = axum::response::Response;
    type Error = std::convert::Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Incoming>) -> Self::Future {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(self.peer.ip()));
        Box::pin(self.app.clone().oneshot(request))
    }
}

/// How many connections are open, in all and by address.
#[derive(Default)]
struct Seats(Mutex<(usize, HashMap<IpAddr, usize>)>);

struct Seat {
    seats: Arc<Seats>,
    address: IpAddr,
}

impl Seats {
    fn take(seats: &Arc<Self>, address: IpAddr, most: usize) -> Option<Seat> {
        let mut guard = seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, by_address) = &mut *guard;
        let here = by_address.entry(address).or_default();
        if *all >= ALL || *here >= most {
            return None;
        }
        *all += 1;
        *here += 1;
        Some(Seat { seats: seats.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut guard = self.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, by_address) = &mut *guard;
        *all -= 1;
        if let Some(here) = by_address.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                by_address.remove(&self.address);
            }
        }
    }
}
