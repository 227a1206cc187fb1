//! The only place with side effects: terminal loop, clock, signals, worker threads, files.
//!
//! ```text
//! input, signals, workers --Event--> one channel --> update --> effects --> perform
//!                                                      |
//!                                                      +--> one frame, when something changed
//! ```

mod check_in;
mod clash;
pub mod clock;
mod desk;
mod door;
mod editor;
mod events;
mod failing;
mod feeding;
mod input;
pub mod launch;
pub mod log;
mod open;
mod passing;
mod perform;
mod quarters;
mod reports;
mod sharing;
mod signals;
mod terminal;
mod workers;

pub use terminal::shows_utf8;
