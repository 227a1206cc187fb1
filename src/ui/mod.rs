//! Pictures: draws the state into cells, and nothing else.
//!
//! ```text
//! bar      workspace, place, week                    clocks of the review
//! tabs     the places, or the steps of the review
//! ────────────────────────────────────────────────────────────────────
//! body     a list under headings          │ what its row is about
//! ────────────────────────────────────────────────────────────────────
//! notice   what was captured, what was just done          saved, or not
//! footer   the keys that matter here
//! ```

pub mod canvas;
pub mod details;
pub mod dialogs;
pub mod draw;
pub mod glyphs;
pub mod lines;
pub mod present;
pub mod screens;
pub mod text;
pub mod theme;
pub mod voices;
pub mod widgets;

pub use canvas::Drawn;
pub use draw::draw;
