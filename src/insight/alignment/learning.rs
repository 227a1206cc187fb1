//! Learning: is said beforehand what a decision should bring, and is looked at afterwards?

use std::collections::HashSet;

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::decisions::brier;
use crate::insight::findings::{Facts, recent_decisions};
use crate::model::record::{Decision, DecisionState};
use crate::model::week::Week;

pub(super) static ASPECT: Aspect = Aspect {
    id: "learning",
    label: "Learning",
    asks: "Is said beforehand what a decision should bring, and is it looked at afterwards?",
    measures: &[
        Measure {
            id: "predictions",
            label: "Decisions with a prediction",
            formula: "decisions of the last 13 weeks that predict something with a chance, of all of them",
            advice: "Ask of each decision: what will be true on its review date, and how sure are we?",
            measure: predictions,
        },
        Measure {
            id: "looked-at",
            label: "Decisions looked at in time",
            formula: "decisions reviewed in the week of their review date or before, of those whose date has passed within a year",
            advice: "Take up in Close what is due; move a date on purpose or not at all.",
            measure: looked_at,
        },
        Measure {
            id: "calibration",
            label: "Calibration",
            formula: "1 - 2 x Brier score of a year's predictions; always saying 50 % gives 0.5",
            advice: "Look at the predictions that failed: what did we not know, and who could have?",
            measure: calibration,
        },
    ],
};

/// How many weeks decisions are looked at over.
const RECENT: i32 = 13;
/// How many weeks back review dates and outcomes count.
const YEAR: i32 = 52;
/// Fewer resolved predictions than this say nothing about calibration.
const LEAST: usize = 3;

fn predictions(facts: &Facts) -> Measured {
    let mut seen = HashSet::new();
    let taken: Vec<&Decision> = recent_decisions(facts, RECENT).filter(|d| seen.insert(&d.id)).collect();
    if taken.is_empty() {
        return Measured::unknown(say!("No decision was taken in 13 weeks"));
    }
    let tells = say!("decisions of 13 weeks predict something");
    Measured::those(taken, |d| d.prediction.is_some(), |d| &d.title, tells)
}

fn looked_at(facts: &Facts) -> Measured {
    let due = of_the_year(facts).into_iter().filter_map(|d| Some((d, in_time(d, facts.week)?))).collect::<Vec<_>>();
    if due.is_empty() {
        return Measured::unknown(say!("No review date of a decision has passed"));
    }
    let tells = say!("decisions that were due were looked at in time");
    Measured::those(due, |(_, in_time)| in_time, |(d, _)| &d.title, tells)
}

/// Whether a decision was looked at in the week of its date; none while that week is not over, or without a date.
fn in_time(decision: &Decision, now: Week) -> Option<bool> {
    let date = Week::of(decision.review_on?);
    match decision.state {
        DecisionState::Reviewed { in_week, .. } => Some(in_week <= date),
        DecisionState::Open => (date < now).then_some(false),
        DecisionState::Superseded { .. } => None,
    }
}

fn calibration(facts: &Facts) -> Measured {
    match brier(of_the_year(facts)) {
        Some(brier) if brier.n >= LEAST => Measured::ratio(
            1.0 - 2.0 * brier.score,
            say!(
                "Brier score {score:.2} over {n} resolved predictions (0 is perfect)",
                score = brier.score,
                n = brier.n
            ),
        ),
        Some(brier) => {
            Measured::unknown(&say!("{n} predictions are resolved: {least} are the least", n = brier.n, least = LEAST))
        }
        None => Measured::unknown(say!("No prediction is resolved yet")),
    }
}

/// Decisions that stand open or were taken or reviewed within a year, in their latest state.
fn of_the_year<'a>(facts: &'a Facts) -> Vec<&'a Decision> {
    let past = facts.past().take_while(|w| facts.week.since(w.week) <= YEAR).flat_map(|w| w.decisions.iter().rev());
    let mut seen = HashSet::new();
    facts.decisions.iter().chain(past).filter(|d| seen.insert(&d.id)).collect()
}
