//! What the tests drive the program with: in memory by keys and pictures, or as a process in a pseudo-terminal.

mod driven;
mod pty;
mod sample;

pub(crate) use driven::{Driven, noon};
pub(crate) use pty::{Home, Pty};
pub(crate) use sample::{TODAY, bakery, bakery_weeks, today, write_bakery};
