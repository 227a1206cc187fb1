//! What is computed about KPIs away from the drawing thread: a question that holds all it needs, and its answer, part by part.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::findings::Behaviour;
use super::forecast::{self, Chances, Fit, Forecast};
use super::together::{self, Pair};
use super::xmr::{self, Charts};
use crate::model::history::History;
use crate::model::id::KpiId;
use crate::model::kpi::Kpi;
use crate::model::series::Series;
use crate::model::snapshot::KpiWeek;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// Of which KPIs something is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Of all of them, and of how they stand to each other.
    All,
    /// Of these, whose reading of the week has changed.
    These(Vec<KpiId>),
}

/// Everything that an answer is computed from.
#[derive(Clone)]
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

impl std::fmt::Debug for Question {
    /// What is asked, without the years that it is asked of.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question").field("week", &self.week).field("of", &self.of).finish_non_exhaustive()
    }
}

/// A part of the answer: what is quick comes first.
#[derive(Debug, Clone)]
pub enum Part {
    /// Limits and signals, the week's own reading among them.
    Charts(Charts),
    /// What the sealed weeks say of all KPIs together.
    Behaviour(Arc<Behaviour>),
    /// Where some KPIs are heading.
    Forecasts(Vec<(KpiId, Arc<Forecast>)>),
    /// The chances of KPIs and goals to meet their targets in time.
    Chances(Chances),
    /// What each KPI moves with.
    Together(HashMap<KpiId, Vec<Pair>>),
}

/// How many forecasts come at once: few enough to be seen soon, enough to be worth a new picture.
const BATCH: usize = 16;

/// Answers, part by part, until it is told to stop.
pub fn answer(question: &Question, mut tell: impl FnMut(Part) -> ControlFlow<()>) -> ControlFlow<()> {
    let series = question.series();
    let none = Series::default();
    let of = |id: &KpiId| series.get(id).unwrap_or(&none);
    let (strategy, week) = (question.asked(), question.week);
    let kpis = &strategy.kpis;
    let chart = |kpi: &Kpi| (kpi.id.clone(), Arc::new(xmr::chart(of(&kpi.id), kpi, week)));
    tell(Part::Charts(kpis.iter().map(chart).collect()))?;
    if question.of == Of::All {
        tell(Part::Behaviour(Arc::new(Behaviour::of(kpis, &question.history, week))))?;
    }
    let mut fits = Vec::with_capacity(kpis.len());
    for some in kpis.chunks(BATCH) {
        let heading = |kpi: &Kpi| {
            let to = forecast::horizon(&question.strategy, &kpi.id, week);
            let fit = Fit::of(of(&kpi.id), week);
            let forecast = fit.forecast(to, kpi.aim_in(to), kpi.direction);
            fits.push(fit);
            (kpi.id.clone(), Arc::new(forecast))
        };
        tell(Part::Forecasts(some.iter().map(heading).collect()))?;
    }
    tell(Part::Chances(Chances::of_fits(&strategy, week, &fits)))?;
    if question.of == Of::All {
        let all: Vec<(KpiId, Series)> = kpis.iter().map(|k| (k.id.clone(), of(&k.id).clone())).collect();
        tell(Part::Together(together::all(&all).into_iter().collect()))?;
    }
    ControlFlow::Continue(())
}

impl Question {
    /// The readings of each KPI with that of the week as it stands now.
    fn series(&self) -> HashMap<&KpiId, Series> {
        let mut all = self.history.all_series();
        for now in &self.current {
            let past = all.remove(&now.kpi).unwrap_or_default();
            all.insert(&now.kpi, past.with(self.week, now.reading));
        }
        all
    }

    /// The part of the strategy that is asked about. Goals of the KPIs asked bring their other KPIs along, as they are held
    /// against all of them.
    fn asked(&self) -> Strategy {
        let mut strategy = Strategy::clone(&self.strategy);
        if let Of::These(ids) = &self.of {
            strategy.goals.retain(|g| g.kpis.iter().any(|k| ids.contains(k)));
            let goals = &strategy.goals;
            strategy.kpis.retain(|k| ids.contains(&k.id) || goals.iter().any(|g| g.kpis.contains(&k.id)));
        }
        strategy
    }
}
