//! What is known of each KPI beyond its readings: asked for whenever something it rests on has changed, shown as it comes.

use std::collections::HashMap;
use std::sync::Arc;

use super::App;
use super::message::Effect;
use crate::insight::analysis::{Of, Part, Question};
use crate::insight::findings::Behaviour;
use crate::insight::forecast::{Chances, Forecast};
use crate::insight::together::Pair;
use crate::insight::xmr::{Chart, Charts};
use crate::model::id::KpiId;
use crate::model::number::Finite;
use crate::model::strategy::Strategy;
use crate::model::week::Week;

/// The answers so far, and what they were asked for.
#[derive(Debug, Clone, Default)]
pub struct Analyses {
    /// Limits and signals.
    pub charts: Charts,
    /// What the sealed weeks say of all KPIs together.
    pub behaviour: Arc<Behaviour>,
    /// Where KPIs are heading.
    pub forecasts: HashMap<KpiId, Arc<Forecast>>,
    /// The chances of KPIs and goals to meet their targets in time.
    pub chances: Chances,
    /// What each KPI moves with.
    pub together: HashMap<KpiId, Vec<Pair>>,
    asked: Option<Asked>,
    number: u64,
    /// Whether the last question about everything is wholly answered.
    whole: bool,
}

/// What a question rested on. While nothing of it changes, nothing is asked again.
#[derive(Debug, Clone)]
struct Asked {
    week: Week,
    /// Shared with the question: a history that was added to is another one.
    history: Arc<crate::model::history::History>,
    strategy: Arc<Strategy>,
    readings: HashMap<KpiId, Option<Finite>>,
}

impl Analyses {
    /// Limits and signals of a KPI.
    #[must_use]
    pub fn chart(&self, id: &KpiId) -> Option<&Chart> {
        self.charts.get(id).map(AsRef::as_ref)
    }

    /// Where a KPI is heading.
    #[must_use]
    pub fn forecast(&self, id: &KpiId) -> Option<&Forecast> {
        self.forecasts.get(id).map(AsRef::as_ref)
    }

    /// Takes in a part of an answer; of a question that was replaced meanwhile, nothing.
    pub fn take(&mut self, number: u64, part: Part) {
        if number != self.number {
            return;
        }
        match part {
            Part::Charts(charts) => self.charts.extend(charts),
            Part::Behaviour(behaviour) => self.behaviour = behaviour,
            Part::Forecasts(forecasts) => self.forecasts.extend(forecasts),
            Part::Chances(chances) => self.chances.extend(chances),
            // It comes last.
            Part::Together(together) => {
                self.together = together;
                self.whole = true;
            }
        }
    }
}

/// Asks for what has changed since the last question: for everything, or for the KPIs whose reading is another. While an answer
/// about everything is under way it is asked for anew: the rest of it would put the older reading back.
pub fn ask(app: &mut App) -> Option<Effect> {
    // Of half a history nothing true can be said.
    if !app.history_complete {
        return None;
    }
    let week = app.shown_week();
    let strategy = &app.basis().strategy;
    let same = |asked: &Asked| {
        asked.week == week && Arc::ptr_eq(&asked.history, &app.history) && asked.strategy.kpis == strategy.kpis
    };
    let readings = || app.derived.kpis.iter().map(|k| (k.kpi.clone(), k.reading)).collect();
    let (asked, of) = match app.analyses.asked.as_ref().filter(|asked| same(asked)) {
        Some(asked) => {
            let is_new = |id: &KpiId, reading: Option<Finite>| asked.readings.get(id) != Some(&reading);
            let changed = app.derived.kpis.iter().filter(|k| is_new(&k.kpi, k.reading));
            let changed: Vec<KpiId> = changed.map(|k| k.kpi.clone()).collect();
            if changed.is_empty() {
                return None;
            }
            let of = if app.analyses.whole { Of::These(changed) } else { Of::All };
            (Asked { readings: readings(), ..asked.clone() }, of)
        }
        None => {
            let (history, strategy) = (Arc::clone(&app.history), Arc::new(strategy.clone()));
            (Asked { week, history, strategy, readings: readings() }, Of::All)
        }
    };
    if of == Of::All {
        app.analyses.number += 1;
        app.analyses.whole = false;
    }
    let (history, strategy, current) = (asked.history.clone(), asked.strategy.clone(), app.derived.kpis.to_vec());
    app.analyses.asked = Some(asked);
    Some(Effect::Analyse(app.analyses.number, Box::new(Question { week, history, strategy, current, of })))
}
