//! What the model means: statuses, roll-ups, findings, agreement, differences. Pure functions over the model.

pub mod agreement;
pub mod carry;
pub mod decisions;
pub mod diff;
pub mod findings;
pub mod goals;
pub mod promises;
pub mod questions;
pub mod scorecard;
pub mod seal;
pub mod smart;
pub mod status;
pub mod tree;
mod words;

#[cfg(test)]
mod fixture;
