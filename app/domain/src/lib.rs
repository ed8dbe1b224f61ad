//! Facts and rules of the portal. No clock, no network, no database, no async: everything here gives the same answer
//! in the browser and on the server, and is tested without either.

pub mod actor;
pub mod contact;
pub mod csv;
pub mod delegations;
pub mod dsn;
pub mod form;
pub mod fund;
pub mod home;
pub mod id;
pub mod identity;
pub mod portfolio;
pub mod refusal;
pub mod search;
pub mod sites;
pub mod text;
