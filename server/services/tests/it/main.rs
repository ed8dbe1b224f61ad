//! Intentions from outside: what a person gets, on the real engine in memory, with a clock moved by hand.
#![allow(unreachable_pub, missing_docs, clippy::pedantic)]

mod access_requests;
mod account;
mod clocks;
mod contact;
mod contact_drafts;
mod delegations;
mod digests;
mod external;
mod guidance;
mod handing_on;
mod imports;
mod journal;
mod letters;
mod lists;
mod mobile;
mod opening;
mod outbox;
mod passkeys;
mod passwords;
mod personal;
mod portfolio;
mod races;
mod rights_end;
mod scene;
mod second_factor;
mod sign_in;
mod softkey;
mod support;
