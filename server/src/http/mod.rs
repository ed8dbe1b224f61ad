//! The portal over HTTP: our own accept loop, the layers in their order, the routes.

mod accept;
mod answer;
mod assets;
mod client;
mod contact;
mod context;
mod development;
mod forms;
mod guards;
mod headers;
mod health;
mod list_file;
mod pages;
mod provider;
mod router;

pub use accept::serve;
pub use router::router;
