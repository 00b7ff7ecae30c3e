//! The real server, driven over stdio.

mod client;
mod features;
mod lifecycle;
mod model;
mod sync;
mod torture;
