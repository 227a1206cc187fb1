//! What the review agreed on and what it closed: decisions, action items, issues, messages.

use super::super::outline::{Action, Decision, Event, Issue, Message, Prediction, State};
use super::{people, person};
use crate::model::id::{GoalId, ValueId};
use crate::model::record::{self, ActionState, DecisionState, IssueState};
use crate::model::snapshot::Snapshot;

/// Those taken this week, those settled this week, then those that stand by the day of their next look.
pub(super) fn decisions(s: &Snapshot) -> Vec<Decision> {
    let mut all: Vec<Decision> = s.decisions.iter().map(|d| decision(s, d)).collect();
    all.sort_by_key(|d| (d.event, d.review_on.is_none(), d.review_on));
    all
}

fn decision(s: &Snapshot, d: &record::Decision) -> Decision {
    let value = |id: &ValueId| {
        let found = s.strategy.north_star.values.iter().find(|v| &v.id == id);
        found.map_or_else(|| id.to_string(), |v| v.name.clone())
    };
    let (outcome, came_true) = match &d.state {
        DecisionState::Open => (String::new(), None),
        DecisionState::Reviewed { outcome, came_true, .. } => (outcome.clone(), *came_true),
        DecisionState::Superseded { by, .. } => {
            let later = s.decisions.iter().find(|other| &other.id == by);
            (say!("replaced by: {title}", title = later.map_or(by.as_str(), |other| &other.title)), None)
        }
    };
    let event = match &d.state {
        _ if d.decided == s.week => Event::Taken,
        DecisionState::Reviewed { .. } | DecisionState::Superseded { .. } => Event::Settled,
        DecisionState::Open => Event::Standing,
    };
    Decision {
        id: d.id.clone(),
        title: d.title.clone(),
        choice: d.choice.clone(),
        event,
        decided: d.decided,
        context: d.context.clone(),
        method: d.method.label(),
        deciders: people(s, &d.deciders),
        serves: d.serves.iter().map(value).collect(),
        strains: d.strains.iter().map(value).collect(),
        goals: d.goals.iter().map(|g| goal(s, g)).collect(),
        affects: d.affects.clone(),
        declined: d.declined.iter().map(crate::model::declined::Declined::line).collect(),
        prediction: d.prediction.as_ref().map(|p| Prediction { claim: p.claim.clone(), percent: p.percent.get() }),
        review_on: d.review_on,
        state: d.state.label(),
        outcome,
        came_true,
    }
}

fn goal(s: &Snapshot, id: &GoalId) -> String {
    s.strategy.goal(id).map_or_else(|| id.to_string(), |g| g.title.clone())
}

/// Those closed this week, then the open ones by due date.
pub(super) fn actions(s: &Snapshot) -> Vec<Action> {
    let mut all: Vec<&record::Action> = s.actions.iter().collect();
    all.sort_by_key(|a| (a.is_open(), a.due));
    all.into_iter()
        .map(|a| Action {
            id: a.id.clone(),
            title: a.title.clone(),
            owner: person(s, &a.owner),
            due: a.due,
            goal: a.goal.as_ref().map(|g| goal(s, g)),
            promised: a.promised,
            carried: a.carried,
            state: match &a.state {
                ActionState::Open => State::Open,
                ActionState::Done { .. } => State::Done,
                ActionState::Dropped { .. } => State::Dropped,
            },
            reason: match &a.state {
                ActionState::Dropped { reason, .. } => reason.clone(),
                ActionState::Open | ActionState::Done { .. } => String::new(),
            },
        })
        .collect()
}

/// Those closed this week, then the open ones by rank.
pub(super) fn issues(s: &Snapshot) -> Vec<Issue> {
    let mut all: Vec<&record::Issue> = s.issues.iter().collect();
    all.sort_by_key(|i| (i.is_open(), std::cmp::Reverse(i.votes)));
    all.into_iter()
        .map(|i| Issue {
            id: i.id.clone(),
            title: i.title.clone(),
            detail: i.detail.clone(),
            by: i.by.as_ref().map(|m| person(s, m)),
            raised: i.raised,
            votes: i.votes,
            state: match &i.state {
                IssueState::Open => State::Open,
                IssueState::Solved { .. } => State::Solved,
                IssueState::Dropped { .. } => State::Dropped,
            },
            answer: match &i.state {
                IssueState::Open => String::new(),
                IssueState::Solved { answer, .. } => answer.clone(),
                IssueState::Dropped { reason, .. } => reason.clone(),
            },
        })
        .collect()
}

/// Those agreed this week, those still to be told, then those told this week.
pub(super) fn messages(s: &Snapshot) -> Vec<Message> {
    let mut all: Vec<&record::Message> = s.messages.iter().collect();
    all.sort_by_key(|m| (m.agreed != s.week, m.delivered.is_some(), m.due));
    all.into_iter()
        .map(|m| Message {
            id: m.id.clone(),
            text: m.text.clone(),
            teller: person(s, &m.teller),
            audience: m.audience.clone(),
            channel: m.channel.clone(),
            due: m.due,
            agreed: m.agreed,
            delivered: m.delivered,
        })
        .collect()
}
