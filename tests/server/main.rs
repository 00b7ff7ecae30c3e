//! The real server, driven over stdio.

mod client;
mod lifecycle;
mod sync;
