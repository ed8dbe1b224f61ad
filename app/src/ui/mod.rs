//! The kit: parts that know no word of the domain. Sentences come in from outside.

#[cfg(feature = "ssr")]
pub mod form;
pub mod icon;
#[cfg(feature = "ssr")]
pub mod notice;
#[cfg(feature = "ssr")]
pub mod text_area;
