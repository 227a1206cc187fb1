//! Process: is the review held, in its time, and does it solve what comes up?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::Facts;
use crate::model::record::IssueState;

pub(super) static ASPECT: Aspect = Aspect {
    id: "process",
    label: "Process",
    asks: "Is the review held, in its time, and does it solve what comes up?",
    measures: &[
        Measure {
            id: "on-time",
            label: "Reviews held on time",
            formula: "of the last 13 weeks since the first review, those whose review began in its own week",
            advice: "Give the review a fixed hour, and somebody who leads it when the facilitator is away.",
            measure: on_time,
        },
        Measure {
            id: "inside-time",
            label: "Agenda inside its time",
            formula: "of the reviews of the last 13 weeks, those that took no longer than their agenda planned",
            advice: "Let the exceptions take the time: accept the rest with one key, and keep what is long for an issue.",
            measure: inside_time,
        },
        Measure {
            id: "issues-solved",
            label: "Issues solved",
            formula: "issues solved against issues raised in the last 13 weeks, at most 1",
            advice: "Answer three issues in each review with a decision or an action item, the oldest among them.",
            measure: issues_solved,
        },
    ],
};

/// How many weeks the process is looked at over.
const WEEKS: i32 = 13;

fn on_time(facts: &Facts) -> Measured {
    let Some(first) = facts.history.weeks().first().filter(|w| w.week < facts.week) else {
        return Measured::unknown(say!("No review was held yet"));
    };
    let weeks = facts.week.since(first.week).min(WEEKS);
    let held = facts.past().take_while(|w| facts.week.since(w.week) <= weeks).filter(|w| w.conduct.on_time).count();
    let tells = say!("weeks had their review in their own week");
    Measured::share(held, usize::try_from(weeks).unwrap_or(0), tells)
}

fn inside_time(facts: &Facts) -> Measured {
    let timed = || recent(facts).filter(|w| w.minutes.1 > 0);
    if timed().next().is_none() {
        return Measured::unknown(say!("No review was timed yet"));
    }
    let inside = timed().filter(|w| w.minutes.0 <= w.minutes.1).count();
    Measured::share(inside, timed().count(), say!("reviews ended within their agenda's time"))
}

fn issues_solved(facts: &Facts) -> Measured {
    let past = recent(facts).flat_map(|w| w.issues.iter().map(move |i| (w.week, i)));
    let issues: Vec<_> = facts.issues.iter().map(|i| (facts.week, i)).chain(past).collect();
    let raised = issues.iter().filter(|(week, i)| i.raised == *week).count();
    if raised == 0 {
        return Measured::unknown(say!("No issue was raised in 13 weeks"));
    }
    let solved = issues
        .iter()
        .filter(|(week, i)| matches!(i.state, IssueState::Solved { in_week, .. } if in_week == *week))
        .count();
    Measured::ratio(solved as f64 / raised as f64, say!("{solved} issues solved, {raised} raised", solved, raised))
}

fn recent<'a>(facts: &'a Facts) -> impl Iterator<Item = &'a crate::model::history::WeekDigest> {
    facts.past().take_while(|w| facts.week.since(w.week) <= WEEKS)
}
