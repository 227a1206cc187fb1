//! Experiments: what is believed, how one would know, when to stop, and what was learned.

use chrono::NaiveDate;

use super::declare::{fields, stages};
use super::value::Prose;
use super::{Figures, Row, View};
use crate::model::id::{CardId, KpiId};
use crate::model::number::Finite;

stages! {
    /// Where an experiment stands.
    ExperimentStage {
        /// Not begun.
        Planned "planned" Open [Running, Dropped];
        /// It runs.
        Running "running" Open [Learned, Stopped];
        /// It ran to its end.
        Learned "learned" Closed asks "What was learned" [Running];
        /// Its stop rule or something else ended it early.
        Stopped "stopped" Closed asks "What stopped it, and what was learned" [Running];
        /// It was never begun.
        Dropped "dropped" Closed asks "Why it is dropped" [Planned];
    }
}

fields! {
    /// Something that is tried on purpose.
    Experiment, ExperimentStage {
        idea: Option<CardId> = "Idea", "the card that it tries";
        #[serde(default)]
        hypothesis: Prose = "Hypothesis", "if we do this, then that, because";
        measure: Option<KpiId> = "Measure", "the KPI that tells";
        #[serde(default)]
        stop: String = "Stop rule", "at which number or day we stop early";
        start: Option<NaiveDate> = "Start", "2026-11-02, +7";
        end: Option<NaiveDate> = "End", "2026-12-31, 6w";
        cost: Option<Finite> = "Cost", "in the workspace's currency" in Money;
        #[serde(default)]
        result: Prose = "Result", "what the numbers did";
        #[serde(default)]
        learning: Prose = "Learning", "what we now know";
    }
}

/// The experiments.
pub(super) static ROW: Row = Row {
    key: "experiment",
    name: "Experiments",
    one: "experiment",
    file: "registers/experiments.ron",
    about: "What we believe, the number that will tell, when we stop, and what we learned.",
    stages: ExperimentStage::TABLE,
    columns: &["measure", "end"],
    view: View::List,
    figures: Figures::Funnel,
};
