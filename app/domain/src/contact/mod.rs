//! Writing to the fund (S150–S157): the message, the files that go with it, and what people call it on the phone.
//!
//! Files are judged by their bytes as they stream in and are never unpacked, drawn or run (T36).

mod budget;
mod draft;
mod inspect;
mod kind;
mod name;
mod reference;
mod state;

pub use budget::{Budget, FileRefusal, LONGEST_NAME, MOST_BYTES, MOST_FILES};
pub use draft::{ContactDraft, MESSAGE, SUBJECT, Written};
pub use inspect::Inspector;
pub use kind::Kind;
pub use name::{display_name, extension};
pub use reference::Reference;
pub use state::ExchangeState;

#[cfg(test)]
mod tests;
