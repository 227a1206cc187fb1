//! Development: what somebody learns, and which goal or number that is for.

use chrono::NaiveDate;

use super::declare::{fields, stages};
use super::{Figures, Row, View};
use crate::model::id::{GoalId, KpiId, MemberId};

stages! {
    /// Where it stands.
    DevelopmentStage {
        /// Agreed.
        Planned "planned" Open [Learning, Dropped];
        /// Under way.
        Learning "learning" Open [Reached, Dropped];
        /// They can do it.
        Reached "reached" Closed [Learning];
        /// Not any more.
        Dropped "dropped" Closed asks "Why it is dropped" [Planned];
    }
}

fields! {
    /// A skill that a member is to have.
    Development, DevelopmentStage {
        member: MemberId = "Person", "who learns";
        #[serde(default)]
        skill: String = "Skill", "what they will be able to do";
        goal: Option<GoalId> = "Goal", "the goal that needs it";
        kpi: Option<KpiId> = "KPI", "the number that should tell";
        by: Option<NaiveDate> = "By", "2026-12-31, 12w";
    }
}

/// The development goals.
pub(super) static ROW: Row = Row {
    key: "development",
    name: "Development",
    one: "development goal",
    file: "registers/development.ron",
    about: "What members learn, tied to the goal or number that needs it.",
    stages: DevelopmentStage::TABLE,
    columns: &["member", "by"],
    view: View::List,
    figures: Figures::Funnel,
};
