//! The life of a goal: each week held against the one before.

use std::sync::Arc;

use super::{Event, EventKind, Pen, because};
use crate::model::goal::{Goal, GoalState};
use crate::model::history::{History, WeekDigest};
use crate::model::id::GoalId;
use crate::model::record::Subject;
use crate::model::scale::Confidence;
use crate::model::status::Status;
use crate::model::workspace::Config;

/// How far confidence has to move to be told.
const MOVED: u8 = 2;

/// A goal on its way through the weeks.
pub(super) struct Life<'a> {
    id: &'a GoalId,
    history: &'a History,
    config: &'a Config,
    pen: Pen,
    /// As it stood in the last week; none before its birth and after it was removed.
    before: Option<&'a Arc<Goal>>,
    status: Option<Status>,
    confidence: Option<Confidence>,
}

impl<'a> Life<'a> {
    pub(super) fn new(id: &'a GoalId, history: &'a History, config: &'a Config) -> Self {
        Self { id, history, config, pen: Pen::default(), before: None, status: None, confidence: None }
    }

    pub(super) fn told(mut self) -> Vec<Event> {
        for (at, week) in self.history.weeks().iter().enumerate() {
            let now = week.planned(self.id);
            match (self.before, now) {
                (None, Some(goal)) => self.appears(week, goal, at == 0),
                (Some(_), None) => self.pen.tell(week.week, EventKind::Removed, say!("taken out of the strategy")),
                (Some(old), Some(new)) if old != new => self.changes(week, old, new),
                (Some(_), Some(_)) | (None, None) => {}
            }
            self.before = now;
            self.stands(week);
            self.is_named(week);
        }
        self.pen.in_order()
    }

    fn appears(&mut self, week: &WeekDigest, goal: &Goal, is_first_week: bool) {
        let is_back = self.pen.0.iter().any(|e| e.what == EventKind::Removed);
        let how = match (is_back, is_first_week) {
            (true, _) => say!("back in the strategy"),
            (false, true) => say!("stands in the first sealed week already"),
            (false, false) => say!("new in the strategy"),
        };
        let due = goal.due.map_or_else(String::new, |d| say!(", due {d}", d));
        self.pen.tell(week.week, EventKind::Born, format!("{how}: {}{due}", goal.title));
        if !goal.is_open() {
            self.closes(week, goal);
        }
    }

    fn changes(&mut self, week: &'a WeekDigest, old: &Goal, new: &Goal) {
        let at = week.week;
        if old.title != new.title {
            self.pen.tell(
                at,
                EventKind::Renamed,
                say!("“{title}” instead of “{title2}”", title = new.title, title2 = old.title),
            );
        }
        if old.parent != new.parent {
            let place = |id: Option<&GoalId>| match id {
                Some(id) => say!("under {planned}", planned = week.planned(id).map_or(id.as_str(), |g| &g.title)),
                None => say!("under no other goal").to_owned(),
            };
            let text = say!(
                "{parent}, before {parent2}",
                parent = place(new.parent.as_ref()),
                parent2 = place(old.parent.as_ref())
            );
            self.pen.tell(at, EventKind::Reparented, text);
        }
        if old.owner != new.owner {
            let name = |goal: &Goal| goal.owner.as_ref().map_or(say!("nobody"), |m| self.config.name_of(m)).to_owned();
            self.pen.tell(at, EventKind::Reowned, say!("{new} instead of {old}", new = name(new), old = name(old)));
        }
        if old.due != new.due {
            let day = |goal: &Goal| goal.due.map_or_else(|| say!("no date").to_owned(), |d| d.to_string());
            self.pen.tell(at, EventKind::DueMoved, say!("{new} instead of {old}", new = day(new), old = day(old)));
        }
        if old.measure() != new.measure() {
            self.pen.tell(at, EventKind::TargetMoved, say!("{new} instead of {old}", new = aim(new), old = aim(old)));
        }
        if old.state != new.state {
            self.closes(week, new);
        }
    }

    fn closes(&mut self, week: &WeekDigest, goal: &Goal) {
        match &goal.state {
            GoalState::Open => self.pen.tell(week.week, EventKind::Reopened, say!("pursued again")),
            GoalState::Done { on, note } => {
                self.pen.tell(week.week, EventKind::Reached, say!("reached on {on}{note}", note = because(note), on));
            }
            GoalState::Dropped { on, reason } => {
                self.pen.tell(
                    week.week,
                    EventKind::Dropped,
                    say!("dropped on {on}{reason}", reason = because(reason), on),
                );
            }
        }
    }

    fn stands(&mut self, week: &WeekDigest) {
        let Some(now) = week.goal(self.id) else { return };
        if now.status != Status::Unknown {
            if let Some(before) = self.status.filter(|s| *s != now.status) {
                self.pen.tell(
                    week.week,
                    EventKind::StatusChanged,
                    say!("{status}, was {before}", status = now.status, before),
                );
            }
            self.status = Some(now.status);
        }
        let Some(sure) = now.confidence else { return };
        match self.confidence {
            Some(told) if sure.get().abs_diff(told.get()) < MOVED => {}
            Some(told) => {
                let text = say!("{sure} of 10, was {told}", sure = sure.get(), told = told.get());
                self.pen.tell(week.week, EventKind::ConfidenceMoved, text);
                self.confidence = Some(sure);
            }
            None => self.confidence = Some(sure),
        }
    }

    fn is_named(&mut self, week: &WeekDigest) {
        let me = Subject::Goal(self.id.clone());
        let is_of = |about: Option<&Subject>| about == Some(&me);
        for decision in week.decisions.iter().filter(|d| d.decided == week.week) {
            if decision.goals.contains(self.id) || is_of(decision.about.as_ref()) {
                self.pen.tell(week.week, EventKind::Cited, say!("decided: {title}", title = decision.title));
            }
        }
        for issue in week.issues.iter().filter(|i| i.raised == week.week && is_of(i.about.as_ref())) {
            self.pen.tell(week.week, EventKind::IssueRaised, say!("raised: {title}", title = issue.title));
        }
    }
}

/// From where to where a key result goes.
fn aim(goal: &Goal) -> String {
    goal.measure().map_or_else(
        || say!("no target").to_owned(),
        |(from, to, _)| say!("{from} to {show}", from = from.grouped(), show = goal.show(to)),
    )
}
