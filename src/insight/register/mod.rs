//! What the cards of registers mean: scores, warnings that fired, what is overdue, capacity against what people have.
//!
//! # Map
//! - `names`: what the ids in a card's fields stand for.
//! - `score`: RICE and ICE.
//! - `warning`: whether the conditions of a scenario hold.
//! - `due`: what was not looked at or not told for too long.
//! - `capacity`: days by theme and by person.
//! - `life`: a card's way through its stages, and what names it.
//! - `funnel`: how many cards came into each stage, and how long they stay there.
//! - `reallocation`: what giving days or money to something else changes.
//! - `figures`: what of this stands above the list of a register.

pub mod capacity;
pub mod due;
mod figures;
mod funnel;
mod life;
mod names;
pub mod reallocation;
mod score;
pub mod warning;

pub use figures::Told;
pub use funnel::{Funnel, OfTheme, Stay};
pub use life::{leading_to, story};
pub use names::Names;
pub use score::{Score, score_of, scores};
