//! Server functions: a thin wire from a form to one intention. Each one answers through [`crate::wire::answer`].

pub mod display;
pub mod identity;
pub mod opening;
