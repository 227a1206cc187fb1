//! Scenarios: what may come, what would announce it, and the answer that lies ready.

use super::condition::Condition;
use super::declare::{fields, stages};
use super::value::Prose;
use super::{Figures, Row, View};
use crate::model::scale::Percent;

stages! {
    /// Where a scenario stands.
    ScenarioStage {
        /// Its conditions are watched.
        Watching "watching" Open [Fired, Retired];
        /// It has come, or its warning has.
        Fired "fired" Open [Answered, Watching, Retired];
        /// The prepared answer was given.
        Answered "answered" Closed asks "What was done" [Watching];
        /// It need not be watched any more.
        Retired "retired" Closed asks "Why it is retired" [Watching];
    }
}

fields! {
    /// A story of what may come.
    Scenario, ScenarioStage {
        #[serde(default)]
        story: Prose = "Story", "how it would come about, and what it would do to us";
        likelihood: Option<Percent> = "Likelihood", "within the year, in percent";
        #[serde(default)]
        warnings: Vec<Condition> = "Warnings", "a line each: flour-price above 0.9 for 3 weeks";
        #[serde(default)]
        answer: Prose = "Answer", "what we do when it comes";
    }
}

/// The scenarios.
pub(super) static ROW: Row = Row {
    key: "scenario",
    name: "Scenarios",
    one: "scenario",
    file: "registers/scenarios.ron",
    about: "What may come, the numbers that would announce it, and the answer that lies ready.",
    stages: ScenarioStage::TABLE,
    columns: &["likelihood", "warnings"],
    view: View::List,
    figures: Figures::Funnel,
};
