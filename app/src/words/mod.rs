//! Everything people read on screens, in French. Codes come in, sentences go out.
//! Typography: no-break space (U+00A0) inside numbers and « », narrow one (U+202F) before `; : ! ?`.

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod data;
#[cfg(feature = "ssr")]
pub mod done;
#[cfg(feature = "ssr")]
pub mod external;
pub mod factor;
pub mod form;
pub mod grid;
pub mod identity;
#[cfg(feature = "ssr")]
pub mod journal;
#[cfg(feature = "ssr")]
pub mod links;
#[cfg(feature = "ssr")]
pub mod notifications;
pub mod password;
#[cfg(feature = "ssr")]
pub mod prolong;
#[cfg(feature = "ssr")]
pub mod recovery;
#[cfg(feature = "ssr")]
pub mod refusal;
#[cfg(feature = "ssr")]
pub mod rights;
#[cfg(feature = "ssr")]
pub mod services;
#[cfg(feature = "ssr")]
pub mod session;
pub mod space;
