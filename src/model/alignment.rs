//! How well everything fits together in a week: the index with its dimensions and components, the agreement, the pulse.

use serde::{Deserialize, Serialize};

use super::id::StatementId;
use super::number::Finite;
use super::week::Week;

/// The alignment of a week. Every figure can be asked what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alignment {
    /// The mean of the known dimensions, 0 to 100; none while none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<Finite>,
    /// The dimensions, in the order of the table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dimensions: Vec<Dimension>,
    /// What the dimensions are made of, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<Component>,
    /// How far people agreed, in the latest week that revealed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
}

/// One dimension of alignment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Which, such as `direction`.
    pub id: String,
    /// The mean of its known components times 100; none while fewer than half are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Finite>,
}

/// A part of a dimension: a ratio with its formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// Which, behind the dimension that it is a part of, such as `direction/due-dates`.
    pub id: String,
    /// 0 to 1; none when too little is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratio: Option<Finite>,
    /// How the ratio is made, in words; empty where it is the first number that was counted divided by the second.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub formula: String,
    /// What was counted, with numbers and names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// How many.
    pub part: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// The share, 0 to 1; none of nothing.
    #[must_use]
    pub fn ratio(self) -> Option<Finite> {
        Finite::new(f64::from(self.part) / f64::from(self.of))
    }
}

/// How far people agreed in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The week whose check-ins say so.
    pub week: Week,
    /// How many members ranked the themes.
    pub members: u32,
    /// How many themes they ranked.
    pub items: u32,
    /// Kendall's W, 0 to 1; none below two members, or where all is tied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub w: Option<Finite>,
    /// The mean rank correlation, (mW-1)/(m-1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_rank_correlation: Option<Finite>,
    /// The chance that people who rank blindly agree as much; none until it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_value: Option<Finite>,
    /// Named of the real top three; none in weeks that did not ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recall: Option<Share>,
    /// Goals on which confidence lies close together, of those with two votes or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Share>,
}

/// How far people agreed with a statement of the pulse, without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PulseWeek {
    /// Which statement.
    pub statement: StatementId,
    /// Its words at the time.
    pub text: String,
    /// How many answered.
    pub answers: u32,
    /// How many said 1, 2, 3, 4 and 5; kept only from four answers on, as fewer would tell who said what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<[u32; 5]>,
}

impl PulseWeek {
    /// The mean answer, 1 to 5; none below four answers.
    #[must_use]
    pub fn mean(&self) -> Option<Finite> {
        let counts = self.counts?;
        let (n, sum) =
            (1_u32..).zip(counts).fold((0, 0), |(n, sum), (answer, times)| (n + times, sum + answer * times));
        Finite::new(f64::from(sum) / f64::from(n))
    }
}

impl Alignment {
    /// The dimension with this id.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|d| d.id == id)
    }

    /// The component with this id.
    #[must_use]
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|c| c.id == id)
    }

    /// What a dimension is made of.
    pub fn parts<'a>(&'a self, dimension: &'a str) -> impl Iterator<Item = &'a Component> {
        self.components.iter().filter(move |c| c.dimension() == dimension)
    }
}

impl Component {
    /// The id of the dimension that it is a part of.
    #[must_use]
    pub fn dimension(&self) -> &str {
        self.id.split_once('/').map_or("", |(dimension, _)| dimension)
    }

    /// Its id within that dimension.
    #[must_use]
    pub fn name(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_a_pulse_is_known_only_where_the_counts_are() {
        let mut pulse = PulseWeek {
            statement: "serves".parse().unwrap(),
            text: String::new(),
            answers: 4,
            counts: Some([0, 0, 1, 2, 1]),
        };
        assert_eq!(pulse.mean(), Some(Finite::from(4)));
        pulse.counts = None;
        assert_eq!(pulse.mean(), None);
        pulse.counts = Some([0; 5]);
        assert_eq!((pulse.mean(), Share { part: 0, of: 0 }.ratio()), (None, None), "nothing is not a number");
    }
}
