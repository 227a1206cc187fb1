//! Parts that several screens are made of.

pub mod bar;
pub mod chart;
pub mod digits;
pub mod hints;
pub mod list;
pub mod spark;
