//! Rights on a site: what can be given (functions, colleges, modes), who holds it, and the one policy that decides.

pub mod acts;
pub mod beneficiary;
mod colleges;
mod delegation;
mod denied;
mod effective;
pub mod ending;
mod function;
pub mod giving;
pub mod journal;
pub mod list;
pub mod policy;
mod rights;
mod role;
pub mod sort_key;
mod status;
mod turning;

pub use colleges::{College, Colleges};
pub use delegation::{Delegation, State};
pub use denied::Denied;
pub use effective::Effective;
pub use function::{Function, Mode};
pub use rights::Rights;
pub use role::Role;
pub use status::Status;

use std::fmt;

/// A text that is no code of its kind: read from the database, a form or an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown code")
    }
}

impl std::error::Error for UnknownCode {}

#[cfg(test)]
mod tests;
