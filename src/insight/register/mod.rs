//! What the cards of registers mean: scores, warnings that fired, what is overdue, capacity against what people have.
//!
//! # Map
//! - `names`: what the ids in a card's fields stand for.
//! - `score`: RICE and ICE.
//! - `warning`: whether the conditions of a scenario hold.
//! - `due`: what was not looked at or not told for too long.
//! - `capacity`: days by theme and by person.
//! - `life`: a card's way through its stages, and how long cards stay in each.

pub mod capacity;
pub mod due;
mod life;
mod names;
mod score;
pub mod warning;

pub use life::{Stay, leading_to, story, time_in_stages};
pub use names::Names;
pub use score::{Score, score_of, scores};
