//! Behaviour: is what was promised done, for something that matters, and told on?

use super::measured::Measured;
use super::{Aspect, Measure};
use crate::insight::findings::Facts;
use crate::insight::promises::{TRAILING, kept};

pub(super) static ASPECT: Aspect = Aspect {
    id: "behaviour",
    label: "Behaviour",
    asks: "Is what was promised done, for something that matters, and told on?",
    measures: &[
        Measure {
            id: "commitments",
            label: "Commitments kept",
            formula: "action items done of those done or not done, over the last four reviews",
            advice: "Promise less, and only what can be done in a week.",
            measure: commitments,
        },
        Measure {
            id: "actions-linked",
            label: "Action items linked to goals",
            formula: "open action items that name the goal they serve, of all open action items",
            advice: "Ask of each action item which goal it serves; what serves none can wait.",
            measure: actions_linked,
        },
        Measure {
            id: "messages",
            label: "Messages delivered",
            formula: "messages told in the last 13 weeks, of those and the ones that are late now",
            advice: "Tell what is late today, and agree on fewer messages.",
            measure: messages,
        },
    ],
};

/// How many weeks of messages count.
const WEEKS: i32 = 13;

fn commitments(facts: &Facts) -> Measured {
    let kept = kept(facts.history, TRAILING, facts.week.previous());
    if kept.due == 0 {
        return Measured::unknown(say!("No action item was due in the last four reviews"));
    }
    Measured::share(kept.done, kept.due, say!("action items due in four reviews were done"))
}

fn actions_linked(facts: &Facts) -> Measured {
    let open: Vec<_> = facts.actions.iter().filter(|a| a.is_open()).collect();
    if open.is_empty() {
        return Measured::unknown(say!("No action item is open"));
    }
    let linked = |a: &crate::model::record::Action| a.goal.as_ref().is_some_and(|g| facts.tree.goal(g).is_some());
    Measured::those(open, linked, |a| &a.title, say!("open action items name the goal they serve"))
}

fn messages(facts: &Facts) -> Measured {
    let told: usize = facts.past().take_while(|w| facts.week.since(w.week) <= WEEKS).map(|w| w.conduct.told).sum();
    let now = facts.messages.iter().filter(|m| m.delivered == Some(facts.week)).count();
    let late = facts.messages.iter().filter(|m| m.delivered.is_none() && m.due < facts.today).count();
    let told = told + now;
    if told + late == 0 {
        return Measured::unknown(say!("No message was due in 13 weeks"));
    }
    Measured::share(told, told + late, say!("messages that were due have been told"))
}
