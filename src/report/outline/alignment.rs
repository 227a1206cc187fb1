//! How well everything fitted together.

use serde::Serialize;

use crate::model::number::Finite;

/// How well everything fitted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alignment {
    /// The index, 0 to 100; none while nothing is known.
    pub index: Option<Finite>,
    /// The difference to the week that the changes are held against.
    pub change: Option<Finite>,
    /// The dimensions.
    pub dimensions: Vec<Dimension>,
    /// What lowers the index most.
    pub lowest: Vec<Lowering>,
}

/// A dimension of alignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dimension {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// 0 to 100; none while too little is known.
    pub score: Option<Finite>,
}

/// Something that lowers the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lowering {
    /// The name of the ratio.
    pub name: String,
    /// The name of its dimension.
    pub dimension: String,
    /// The ratio in whole percent.
    pub percent: Finite,
    /// The points that the index would gain if the ratio were whole, to one decimal.
    pub points: Finite,
    /// What was counted.
    pub counted: String,
    /// What one could do.
    pub advice: &'static str,
}
