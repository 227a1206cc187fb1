//! The agenda of a review: which steps, in which order, for how long.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::id::AgendaId;

/// A step of the review. What happens in each is fixed; which are taken, in which order and how long, is data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
}

impl Step {
    /// Every step, in the default order.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Commitments,
        Self::Scorecard,
        Self::Goals,
        Self::CheckIns,
        Self::Alignment,
        Self::Issues,
        Self::Close,
    ];

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
        }
    }

    /// The key used in files and JSON.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Commitments => "commitments",
            Self::Scorecard => "scorecard",
            Self::Goals => "goals",
            Self::CheckIns => "check_ins",
            Self::Alignment => "alignment",
            Self::Issues => "issues",
            Self::Close => "close",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// A step with its time-box.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// The step.
    pub step: Step,
    /// Its time-box, in minutes.
    pub minutes: u16,
}

/// A named agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agenda {
    /// The id, such as `weekly`.
    pub id: AgendaId,
    /// The steps, in the order they are offered.
    pub steps: Vec<Slot>,
}

impl Agenda {
    /// The default weekly agenda: 60 minutes.
    #[must_use]
    pub fn weekly() -> Vec<Slot> {
        let minutes = [5, 5, 10, 10, 5, 5, 15, 5];
        Step::ALL.into_iter().zip(minutes).map(|(step, minutes)| Slot { step, minutes }).collect()
    }
}
