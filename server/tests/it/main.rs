//! The whole portal in process: the router with its layers, a database in memory, a clock moved by hand.
#![allow(unreachable_pub, missing_docs, clippy::pedantic)]

mod accept;
mod account;
mod faults;
mod forms;
mod journey;
mod perimeter;
mod portal;
mod second_factor;
mod timing;
mod web_layer;
