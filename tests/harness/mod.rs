//! What the tests drive the program with: in memory by keys and pictures, or as a process in a pseudo-terminal.

mod dice;
mod driven;
mod everywhere;
mod parallel;
mod pty;
pub(crate) mod sample;

pub(crate) use dice::{Dice, long};
pub(crate) use driven::{Driven, noon};
pub(crate) use everywhere::{at_quarter_step, at_step, clashing, everywhere};
pub(crate) use parallel::in_parallel;
pub(crate) use pty::{Home, Pty, bytes};
pub(crate) use sample::{bakery, bakery_weeks, loudly, small_words, today};
