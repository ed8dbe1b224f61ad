//! The store on the real engine: in memory, and in a folder where races and deaths are concerned.
#![allow(unreachable_pub, missing_docs, clippy::pedantic)]

mod accounts;
mod alerts;
mod deaths;
mod external;
mod factors;
mod letter_life;
mod letters;
mod lines;
mod links;
mod members;
mod migrations;
mod outbox;
mod sessions;
mod support;
mod throttle;
