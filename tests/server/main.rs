//! The real server, driven over stdio.

mod client;
mod features;
mod lifecycle;
mod model;
mod soak;
mod sync;
mod torture;
