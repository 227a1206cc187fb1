//! What the model means: statuses, roll-ups, findings, agreement, differences. Pure functions over the model.

pub mod agreement;
pub mod alignment;
pub mod analysis;
pub mod calibration;
pub mod carry;
pub mod decisions;
pub mod diff;
pub mod fed;
pub mod findings;
pub mod forecast;
pub mod goals;
pub mod held;
pub mod map;
pub mod merge;
pub mod periods;
pub mod promises;
pub mod pulse;
pub mod quarter;
pub mod questions;
pub mod register;
pub mod rollup;
pub mod scorecard;
pub mod seal;
pub mod search;
pub mod smart;
pub mod status;
pub mod story;
pub mod together;
pub mod tree;
mod words;
pub mod xmr;

#[cfg(test)]
mod fixture;
