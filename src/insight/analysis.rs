//! What is computed about KPIs away from the drawing thread: a question that holds all it needs, and its answer, part by part.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::xmr::{self, Charts};
use crate::model::history::History;
use crate::model::id::KpiId;
use crate::model::snapshot::KpiWeek;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// Of which KPIs something is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Of all of them.
    All,
    /// Of these, whose reading of the week has changed.
    These(Vec<KpiId>),
}

/// Everything that an answer is computed from.
#[derive(Debug, Clone)]
pub struct Question {
    /// The week it is asked in.
    pub week: Week,
    /// The weeks behind.
    pub history: Arc<History>,
    /// The strategy.
    pub strategy: Arc<Strategy>,
    /// The week's own readings.
    pub current: Vec<KpiWeek>,
    /// Of which KPIs.
    pub of: Of,
}

/// A part of the answer: what is quick comes first.
#[derive(Debug, Clone)]
pub enum Part {
    /// Limits and signals.
    Charts(Charts),
}

/// Answers, part by part, until it is told to stop.
pub fn answer(question: &Question, mut tell: impl FnMut(Part) -> ControlFlow<()>) -> ControlFlow<()> {
    let kpis = &question.strategy.kpis;
    let asked: Vec<_> = match &question.of {
        Of::All => kpis.clone(),
        Of::These(ids) => kpis.iter().filter(|k| ids.contains(&k.id)).cloned().collect(),
    };
    tell(Part::Charts(xmr::charts(&asked, &question.history, question.week, &question.current)))
}
