//! Member companies and their declaring sites.

pub mod address;
pub mod siret;
