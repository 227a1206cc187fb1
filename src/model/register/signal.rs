//! Signals from outside: sensed, understood, decided on (Teece's sensing and seizing).

use super::declare::{choices, fields, stages};
use super::value::Prose;
use super::{Figures, Row, View};
use crate::model::id::DecisionId;

choices! {
    /// What a signal means for us.
    Bearing {
        /// Something to take.
        Opportunity "opportunity" "Opportunity";
        /// Something to meet.
        Threat "threat" "Threat";
    }
}

stages! {
    /// Where a signal stands.
    SignalStage {
        /// Somebody noticed it.
        Sensed "sensed" Open [Interpreted, Ignored];
        /// It was said what it means.
        Interpreted "interpreted" Open [Decided, Ignored];
        /// Something was decided.
        Decided "decided" Closed [Interpreted];
        /// It does not concern us.
        Ignored "ignored" Closed asks "Why it does not concern us" [Sensed];
    }
}

fields! {
    /// Something that was noticed outside.
    Signal, SignalStage {
        #[serde(default)]
        source: String = "Source", "where it was noticed: a customer, a paper, a supplier";
        #[serde(default)]
        means: Prose = "Means", "what it means for us";
        bearing: Option<Bearing> = "Bearing", "an opportunity or a threat";
        decision: Option<DecisionId> = "Decision", "what was decided on it";
    }
}

/// The signals.
pub(super) static ROW: Row = Row {
    key: "signal",
    name: "Signals",
    one: "signal",
    file: "registers/signals.ron",
    about: "What was noticed outside, what it means for us, and what was decided on it.",
    stages: SignalStage::TABLE,
    columns: &["bearing", "source"],
    view: View::List,
    figures: Figures::Funnel,
};
