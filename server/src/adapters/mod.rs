//! What the services' ports are in production: clock, dice, hashes, mails, letters.

pub mod clock_system;
pub mod dice_system;
pub mod hasher_argon2;
pub mod mail;
pub mod mail_smtp;
pub mod mailbox;
mod outward;
pub mod post_folder;
pub mod post_http;
