//! What the services' ports are in production: clock, dice, hashes, mails, SMS, letters, files, their scanner; and the other identity
//! provider.

pub mod clock_system;
pub mod dice_system;
pub mod files;
pub mod hasher_argon2;
pub mod mail;
pub mod mail_smtp;
pub mod mailbox;
pub mod oidc;
pub mod outbound;
pub mod post_folder;
pub mod post_http;
pub mod scanner_clamd;
pub mod sms_http;
pub mod tls;
