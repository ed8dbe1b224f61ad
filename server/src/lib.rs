//! The portal's one process: HTTP, the adapters to the world outside, the jobs, the command line, the configuration.

pub mod adapters;
pub mod command;
pub mod config;
pub mod http;
pub mod jobs;
pub mod log;
pub mod world;
