//! The only place with side effects: terminal loop, clock, worker threads, files.

pub mod clock;
pub mod launch;
