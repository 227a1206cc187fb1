//! Reports: a sealed week as a page that leaves the terminal. One outline is made of the snapshot, and every format writes it.
//!
//! # Map
//! - `outline`: what a report says; JSON shows it as it is.
//! - `map`: the strategy map in it.
//! - `gather`: snapshot to outline; `mine`: the part of it that is one member's.
//! - `markdown`, `mail`: text.
//! - `quarter`: the same of a sealed quarter.
//! - `calendar`: dates; `table`, `export`: rows for spreadsheets and other programs.
//! - `html`: a page with charts, and the poster.

mod calendar;
mod export;
mod gather;
mod html;
mod mail;
pub mod map;
mod markdown;
mod mine;
pub mod outline;
pub mod quarter;
mod table;
mod words;

pub use calendar::calendar;
pub use export::Export;
pub use gather::{Source, gather};
pub use html::{html, poster};
pub use mail::{mail, recap};
pub use markdown::markdown;
pub use outline::Outline;
pub use table::{Cell, Table, csv};
pub use words::file_name;
