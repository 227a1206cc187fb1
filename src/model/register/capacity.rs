//! Capacity: days or money set aside for a theme or an initiative.

use chrono::NaiveDate;

use super::declare::{choices, fields, stages};
use super::{Figures, Row, View};
use crate::model::id::{GoalId, MemberId, TeamId, ThemeId};
use crate::model::number::Finite;

choices! {
    /// What an amount is counted in.
    Unit {
        /// Person-days over the whole period.
        Days "days" "person-days";
        /// Money over the whole period, in the workspace's currency.
        Money "money" "money";
    }
}

stages! {
    /// Where an allocation stands.
    CapacityStage {
        /// Thought of.
        Planned "planned" Open [Committed, Dropped];
        /// Promised.
        Committed "committed" Open [Spent, Dropped];
        /// Its period is over.
        Spent "spent" Closed [Committed];
        /// Given to something else.
        Dropped "dropped" Closed asks "What it is needed for instead" [Planned];
    }
}

fields! {
    /// An amount for a purpose over a period.
    Capacity, CapacityStage {
        amount: Finite = "Amount", "over the whole period" in OwnUnit;
        unit: Unit = "Unit", "person-days or money";
        theme: Option<ThemeId> = "Theme", "what it is for; left out where an initiative says it";
        goal: Option<GoalId> = "Initiative", "the goal or initiative that it is for";
        member: Option<MemberId> = "Person", "whose days they are";
        team: Option<TeamId> = "Team", "whose days they are, where no person is named";
        from: NaiveDate = "From", "the first day";
        to: NaiveDate = "To", "the last day";
    }
}

/// The allocations.
pub(super) static ROW: Row = Row {
    key: "capacity",
    name: "Capacity",
    one: "allocation",
    file: "registers/capacity.ron",
    about: "Person-days and money by theme and initiative, held against the themes' weights and what people have.",
    stages: CapacityStage::TABLE,
    columns: &["amount", "member"],
    view: View::List,
    figures: Figures::Load,
};
