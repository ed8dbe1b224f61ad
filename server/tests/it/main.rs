//! The whole portal in process: the router with its layers, a database in memory, a clock moved by hand.
#![allow(unreachable_pub, missing_docs, clippy::pedantic)]

mod accept;
mod account;
mod canaries;
mod contact;
mod contact_kept;
mod data;
mod ended;
mod faults;
mod forms;
mod journal;
mod journey;
mod log;
mod mail_links;
mod malformed;
mod markup;
mod matrix;
mod oidc;
mod oidc_refusals;
mod paris;
mod payloads;
mod perimeter;
mod portal;
mod portfolio;
mod provider;
mod rights;
mod rights_list;
mod second_factor;
mod timing;
mod web_layer;
