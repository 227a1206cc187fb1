//! The lives of decisions, issues and action items: what they tell of themselves, and what the weeks say of them.

use chrono::NaiveDate;

use super::{Event, EventKind, Pen, because};
use crate::insight::words::words;
use crate::model::history::History;
use crate::model::id::DecisionId;
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Subject};
use crate::model::week::Week;
use crate::model::workspace::Config;

/// The life of a decision, oldest first. `decision` is its latest known state; its review date is told once it has come.
#[must_use]
pub fn of_decision(decision: &Decision, history: &History, config: &Config, today: NaiveDate) -> Vec<Event> {
    let mut pen = Pen::default();
    let by: Vec<&str> = decision.deciders.iter().map(|m| config.name_of(m)).collect();
    let by = if by.is_empty() { String::new() } else { say!(" by {by}", by = by.join(", ")) };
    pen.tell(decision.decided, EventKind::Taken, format!("{} ({}{by})", decision.choice, decision.method.label()));
    if let Some(prediction) = &decision.prediction {
        let text = format!("{} ({} %)", prediction.claim, prediction.percent.get());
        pen.tell(decision.decided, EventKind::Predicted, text);
    }
    answers(&decision.id, history, &mut pen);
    if let Some(day) = decision.review_on.filter(|day| *day <= today) {
        pen.tell(Week::of(day), EventKind::Due, say!("to be looked at again from {day} on", day));
    }
    match &decision.state {
        DecisionState::Open => {}
        DecisionState::Reviewed { in_week, outcome, came_true } => {
            let truth = match came_true {
                Some(true) => say!("as predicted"),
                Some(false) => say!("not as predicted"),
                None => say!("looked at again"),
            };
            pen.tell(*in_week, EventKind::Reviewed, format!("{truth}{}", because(outcome)));
        }
        DecisionState::Superseded { in_week, by } => {
            let later = history.decisions().into_iter().find(|d| &d.id == by);
            let title = later.map_or(by.as_str(), |d| &d.title);
            pen.tell(*in_week, EventKind::Superseded, say!("by {title}", title));
        }
    }
    pen.in_order()
}

/// Issues that the decision answers, and those that were raised about it.
fn answers(id: &DecisionId, history: &History, pen: &mut Pen) {
    let me = Subject::Decision(id.clone());
    for week in history.weeks() {
        for issue in &week.issues {
            if issue.raised == week.week && issue.about.as_ref() == Some(&me) {
                pen.tell(week.week, EventKind::IssueRaised, say!("raised: {title}", title = issue.title));
            }
            if let IssueState::Solved { in_week, decision: Some(by), .. } = &issue.state
                && by == id
                && *in_week == week.week
            {
                pen.tell(week.week, EventKind::Answers, say!("the issue: {title}", title = issue.title));
            }
        }
    }
}

/// The life of an issue, oldest first. `issue` is its latest known state. Votes are told of the weeks in which it stayed open;
/// an issue in the same words counts as it once it was solved.
#[must_use]
pub fn of_issue(issue: &Issue, history: &History, config: &Config) -> Vec<Event> {
    let mut pen = Pen::default();
    let by = issue.by.as_ref().map_or_else(String::new, |m| say!(" by {name_of}", name_of = config.name_of(m)));
    pen.tell(issue.raised, EventKind::Raised, say!("raised{by}", by));
    for week in history.weeks() {
        for (_, votes) in week.votes.iter().filter(|(id, _)| *id == issue.id) {
            let noun = if *votes == 1 { say!("vote") } else { say!("votes") };
            pen.tell(week.week, EventKind::Voted, say!("{votes} {noun}, kept for later", votes, noun));
        }
    }
    match &issue.state {
        IssueState::Open => {}
        IssueState::Dropped { in_week, reason } => {
            pen.tell(*in_week, EventKind::Dropped, say!("dropped{reason}", reason = because(reason)));
        }
        IssueState::Solved { in_week, answer, decision, action } => {
            let found = decision.as_ref().and_then(|id| history.decisions().into_iter().find(|d| &d.id == id));
            let task = action.as_ref().and_then(|id| history.actions().into_iter().find(|a| &a.id == id));
            let into = found
                .map(|d| say!(" into the decision “{title}”", title = d.title))
                .or_else(|| task.map(|a| say!(" into the action item “{title}”", title = a.title)));
            pen.tell(
                *in_week,
                EventKind::Solved,
                say!("solved{into}{answer}", into = into.unwrap_or_default(), answer = because(answer)),
            );
            again(issue, *in_week, history, &mut pen);
        }
    }
    pen.in_order()
}

/// Issues in the same words that were raised once this one was solved.
fn again(issue: &Issue, solved: Week, history: &History, pen: &mut Pen) {
    let mine = words(&issue.title);
    for week in history.weeks().iter().filter(|w| w.week >= solved) {
        let raised = week.issues.iter().filter(|i| i.raised == week.week && i.id != issue.id);
        for other in raised.filter(|i| words(&i.title) == mine) {
            pen.tell(week.week, EventKind::RaisedAgain, say!("raised again: {title}", title = other.title));
        }
    }
}

/// The life of an action item, oldest first. `action` is its latest known state.
#[must_use]
pub fn of_action(action: &Action, history: &History, config: &Config) -> Vec<Event> {
    let mut pen = Pen::default();
    pen.tell(
        action.promised,
        EventKind::Promised,
        say!("promised by {name_of}", name_of = config.name_of(&action.owner)),
    );
    for week in history.weeks() {
        for (_, times) in week.carried.iter().filter(|(id, _)| *id == action.id) {
            let times = if *times == 1 { say!("once").to_owned() } else { say!("{times} times by now", times) };
            pen.tell(week.week, EventKind::Carried, say!("not done: carried over {times}", times));
        }
    }
    match &action.state {
        ActionState::Open => {}
        ActionState::Done { in_week } => pen.tell(*in_week, EventKind::Done, say!("done")),
        ActionState::Dropped { in_week, reason } => {
            pen.tell(*in_week, EventKind::Dropped, say!("dropped{reason}", reason = because(reason)));
        }
    }
    pen.in_order()
}
