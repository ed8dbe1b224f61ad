//! The clients of an accounting firm's person: every site where they are Cabinet or Collaborateur, whoever works for the same firm.
//! A firm's SIRET is a label the employer typed; it opens nothing (A32).

mod client;
mod holding;
mod query;
pub mod request;
mod select;

pub use client::Client;
pub use holding::{Holding, LATELY, SOON, Standing};
pub use query::{Column, PAGE, PortfolioQuery, Sort};
pub use select::{Selection, choose, select};

#[cfg(test)]
mod tests;
