//! The pages of the portal. Rendered whole on the server; in the browser only the islands wake up.
//!
//! Everything a page is made of exists on the server alone: the browser's half contains the islands, the parts of the kit they
//! are drawn with, and their words.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` are two builds: one for the server, one for the browser");

pub mod islands;
pub mod ui;
pub mod words;

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod failure;
#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod legal;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod wire;
