//! The steps that a review is made of: those of the week, and those that only a quarter has.

use std::fmt;

use serde::de::{EnumAccess, Error, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Rhythm;

/// A step of the review. What happens in each is fixed; which are taken, in which order and how long, is data.
///
/// A file names it by its [`key`](Self::key) alone, a step of the quarter as one of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Who is here, the north star, headlines.
    Open,
    /// The last review's action items.
    Commitments,
    /// The KPIs, exceptions first.
    Scorecard,
    /// The goal tree.
    Goals,
    /// What members reported.
    CheckIns,
    /// The findings that matter most.
    Alignment,
    /// Identify, discuss, solve.
    Issues,
    /// Recap, messages, ratings, save.
    Close,
    /// A step that only the review of a quarter has.
    Quarter(QuarterStep),
}

/// A step that only the review of a quarter has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuarterStep {
    /// The quarter's key results graded, what we learned, predictions scored.
    LookBack,
    /// Signals, SWOT, scenarios, stakeholders: still so?
    LookAround,
    /// The north star, the weights of the themes, the next objectives.
    LookAhead,
    /// What we stop.
    SayNo,
    /// What was decided, a sentence from each, save.
    Commit,
}

impl QuarterStep {
    /// The five in their default order.
    pub const ALL: [Self; 5] = [Self::LookBack, Self::LookAround, Self::LookAhead, Self::SayNo, Self::Commit];
}

impl Step {
    /// Every step: those of the week in their default order, then those of the quarter in theirs.
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Commitments,
        Self::Scorecard,
        Self::Goals,
        Self::CheckIns,
        Self::Alignment,
        Self::Issues,
        Self::Close,
        Self::Quarter(QuarterStep::LookBack),
        Self::Quarter(QuarterStep::LookAround),
        Self::Quarter(QuarterStep::LookAhead),
        Self::Quarter(QuarterStep::SayNo),
        Self::Quarter(QuarterStep::Commit),
    ];

    /// The keys of all steps, in their order.
    const KEYS: [&str; Self::ALL.len()] = {
        let mut keys = [""; Self::ALL.len()];
        let mut n = 0;
        while n < keys.len() {
            keys[n] = Self::ALL[n].key();
            n += 1;
        }
        keys
    };

    /// Its place among [`ALL`](Self::ALL).
    #[must_use]
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|s| *s == self).unwrap_or(0)
    }

    /// Whether the step makes sense in a review of this rhythm. Who is here and what is in the way are asked in both.
    #[must_use]
    pub fn fits(self, rhythm: Rhythm) -> bool {
        match self {
            Self::Open | Self::Issues => true,
            Self::Commitments | Self::Scorecard | Self::Goals | Self::CheckIns | Self::Alignment | Self::Close => {
                rhythm == Rhythm::Weekly
            }
            Self::Quarter(_) => rhythm == Rhythm::Quarterly,
        }
    }

    /// The name on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => say!("step" | "Open"),
            Self::Commitments => say!("Commitments"),
            Self::Scorecard => say!("Scorecard"),
            Self::Goals => say!("Goals"),
            Self::CheckIns => say!("Check-ins"),
            Self::Alignment => say!("Alignment"),
            Self::Issues => say!("Issues"),
            Self::Close => say!("step" | "Close"),
            Self::Quarter(QuarterStep::LookBack) => say!("Look back"),
            Self::Quarter(QuarterStep::LookAround) => say!("Look around"),
            Self::Quarter(QuarterStep::LookAhead) => say!("Look ahead"),
            Self::Quarter(QuarterStep::SayNo) => say!("Say no"),
            Self::Quarter(QuarterStep::Commit) => say!("Commit"),
        }
    }

    /// The key used in files and JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Commitments => "commitments",
            Self::Scorecard => "scorecard",
            Self::Goals => "goals",
            Self::CheckIns => "check_ins",
            Self::Alignment => "alignment",
            Self::Issues => "issues",
            Self::Close => "close",
            Self::Quarter(QuarterStep::LookBack) => "look_back",
            Self::Quarter(QuarterStep::LookAround) => "look_around",
            Self::Quarter(QuarterStep::LookAhead) => "look_ahead",
            Self::Quarter(QuarterStep::SayNo) => "say_no",
            Self::Quarter(QuarterStep::Commit) => "commit",
        }
    }
}

impl From<QuarterStep> for Step {
    fn from(step: QuarterStep) -> Self {
        Self::Quarter(step)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_unit_variant("Step", u32::try_from(self.index()).unwrap_or(0), self.key())
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_enum("Step", &Self::KEYS, Written)
    }
}

/// Reads a step as a file says it: an identifier without anything behind it.
struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("enum Step")
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Step, A::Error> {
        let (Key(step), rest) = data.variant()?;
        rest.unit_variant().map(|()| step)
    }
}

/// The identifier of a step.
struct Key(Step);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_identifier(Identifier).map(Self)
    }
}

struct Identifier;

impl Visitor<'_> for Identifier {
    type Value = Step;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("variant identifier")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Step, E> {
        let found = Step::ALL.into_iter().find(|s| s.key() == key);
        found.ok_or_else(|| E::unknown_variant(key, &Step::KEYS))
    }
}
