//! What the end of a quarter's review makes of the strategy, and the record that it leaves.
//!
//! Everything is said in absolute terms: a goal is due on a day, not a quarter later. So doing it again after a kill changes
//! nothing more.

use crate::insight::seal::time;
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::quarterly::{Fate, NextGoal, QuarterSeal, QuarterSnapshot, Quarterly};
use crate::model::review::{Moment, Review};
use crate::model::strategy::Strategy;
use crate::model::workspace::{SCHEMA, Workspace};

/// The end of a quarter's review: the strategy with what was agreed, and the record. A correction needs what the revision said
/// that it corrects: only what it says otherwise goes into the strategy. None for a review of a week.
#[must_use]
pub fn seal(workspace: &Workspace, review: &Review, corrected: Option<&Quarterly>, now: Moment) -> Option<QuarterSeal> {
    let said = review.quarter.as_deref()?.clone();
    let config = &workspace.config;
    let new = corrected.map(|earlier| said.beyond(earlier));
    let strategy = agreed(&workspace.strategy, new.as_ref().unwrap_or(&said), now);
    let snapshot = QuarterSnapshot {
        schema: SCHEMA,
        workspace: config.id.clone(),
        name: config.name.clone(),
        revision: review.revision(),
        agenda: review.agenda.clone(),
        week: review.week,
        started: review.started,
        sealed: now,
        facilitator: review.facilitator.clone(),
        revises: review.revises.clone(),
        attendance: review.attendance.clone(),
        time: time(review, now),
        headlines: review.headlines.clone(),
        said,
        issues: review.ranked_issues().into_iter().cloned().collect(),
        decisions: review.decisions.clone(),
        actions: review.actions.clone(),
        messages: review.messages.clone(),
        notes: review.notes.clone(),
        people: config.people.clone(),
    };
    Some(QuarterSeal { before: workspace.strategy.clone(), strategy, snapshot })
}

/// The strategy with what was agreed. A goal that is over already stays as it is, and one that has gone stays gone.
fn agreed(before: &Strategy, said: &Quarterly, now: Moment) -> Strategy {
    let mut strategy = before.clone();
    let today = now.date_naive();
    for goal in strategy.goals.iter_mut().filter(|g| g.is_open()) {
        if let Some(stop) = said.stops.iter().find(|s| s.goal.as_ref() == Some(&goal.id)) {
            goal.state = GoalState::Dropped { on: today, reason: stop.why.clone() };
            continue;
        }
        match said.fate(&goal.id) {
            Some(Fate::Closed) => goal.state = GoalState::Done { on: today, note: ending(said, goal) },
            Some(Fate::Carried) => {
                let end = said.quarter.next().last_day();
                goal.due = Some(goal.due.map_or(end, |due| due.max(end)));
            }
            Some(Fate::Dropped { reason }) => {
                goal.state = GoalState::Dropped { on: today, reason: reason.clone() };
            }
            None => {}
        }
    }
    for weighed in &said.weights {
        for theme in strategy.north_star.themes.iter_mut().filter(|t| t.id == weighed.theme) {
            theme.weight = weighed.weight;
        }
    }
    for looked in &said.looked {
        for card in strategy.cards.iter_mut().filter(|c| c.id == looked.card) {
            card.reviewed = card.reviewed.max(Some(looked.on));
        }
    }
    for next in &said.next {
        if strategy.goal(&next.goal).is_none() {
            strategy.goals.push(objective(next, said));
        }
    }
    strategy
}

/// What a goal ended with, in words: its grade and what explains it.
fn ending(said: &Quarterly, goal: &Goal) -> String {
    let grade = said.grade(&goal.id).map(|g| say!("Graded {grade}", grade = g.fixed(1)));
    let note = Some(said.answer(&goal.id).note).filter(|n| !n.is_empty());
    grade.into_iter().chain(note).collect::<Vec<_>>().join(": ")
}

fn objective(next: &NextGoal, said: &Quarterly) -> Goal {
    let quarter = said.quarter.next();
    Goal {
        theme: next.theme.clone(),
        owner: Some(next.owner.clone()),
        start: Some(quarter.first_day()),
        due: Some(quarter.last_day()),
        ..Goal::new(next.goal.clone(), next.title.clone(), Kind::Objective)
    }
}
