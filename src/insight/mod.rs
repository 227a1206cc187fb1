//! What the model means: statuses, roll-ups, findings, agreement, differences. Pure functions over the model.

pub mod findings;
pub mod goals;
pub mod scorecard;
pub mod seal;
pub mod status;
pub mod tree;

#[cfg(test)]
mod fixture;
