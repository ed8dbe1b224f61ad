//! Server functions: a thin wire from a form to one intention. Each one answers through [`crate::wire::answer`].

pub mod account;
pub mod association;
pub mod data;
pub mod delegation;
pub mod display;
pub mod external;
pub mod factor;
pub mod handing_on;
pub mod help;
pub mod identity;
pub mod links;
pub mod notifications;
pub mod opening;
pub mod portfolio;
pub mod prolong;
pub mod recovery;
