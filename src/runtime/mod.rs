//! The only place with side effects: terminal loop, clock, signals, worker threads, files.
//!
//! ```text
//! input, signals, workers --Event--> one channel --> update --> effects --> perform
//!                                                      |
//!                                                      +--> one frame, when something changed
//! ```

mod check_in;
pub mod clock;
mod editor;
mod events;
mod input;
pub mod launch;
mod open;
mod perform;
mod signals;
mod terminal;
mod workers;
