//! Technology and automation: each names the goal it serves and the hours it frees.

use super::declare::{fields, stages};
use super::{Figures, Row, View};
use crate::model::id::GoalId;
use crate::model::number::Finite;

stages! {
    /// Where it stands.
    TechnologyStage {
        /// Looked at.
        Considered "considered" Open [Building, Dropped];
        /// Being set up.
        Building "building" Open [Running, Dropped];
        /// In use.
        Running "running" Closed [Building];
        /// Not for us.
        Dropped "dropped" Closed asks "Why it is dropped" [Considered];
    }
}

fields! {
    /// A tool or an automation.
    Technology, TechnologyStage {
        goal: GoalId = "Goal", "the goal that it serves: without one it is a toy";
        hours: Option<Finite> = "Frees", "hours a week" in HoursAWeek;
        cost: Option<Finite> = "Cost", "in the workspace's currency" in Money;
    }
}

/// The technology.
pub(super) static ROW: Row = Row {
    key: "technology",
    name: "Technology",
    one: "tool",
    file: "registers/technology.ron",
    about: "Tools and automations, each with the goal it serves and the hours a week it frees.",
    stages: TechnologyStage::TABLE,
    columns: &["hours", "goal"],
    view: View::List,
    figures: Figures::Funnel,
};
