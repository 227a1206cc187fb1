//! Changes of the strategy: the north star, goals with their standing, KPIs with theirs.

use std::collections::HashMap;

use super::{Change, Pen, paired, text};
use crate::model::goal::{Goal, GoalState, Kind, Mode};
use crate::model::id::{GoalId, KpiId, MemberId, TeamId, ThemeId};
use crate::model::kpi::Kpi;
use crate::model::number::Finite;
use crate::model::snapshot::{GoalWeek, KpiWeek, Snapshot};
use crate::model::status::Status;
use crate::model::strategy::{Theme, Value};

pub(super) fn north_star(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    let (old, new) = (&from.strategy.north_star, &to.strategy.north_star);
    for (name, old, new) in
        [(term!("vision"), &old.vision, &new.vision), (term!("mission"), &old.mission, &new.mission)]
    {
        Pen { kind: term!("north star"), id: name, name, into }.field(term!("text"), old, new);
    }
    for pair in paired(&old.themes, &new.themes, |t: &Theme| &t.id) {
        let Some(theme) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: term!("theme"), id: theme.id.as_str(), name: &theme.name, into };
        match pair {
            (Some(old), Some(new)) => {
                pen.field(term!("name"), &old.name, &new.name);
                pen.field(term!("bet"), &old.bet, &new.bet);
                pen.field(term!("weight"), old.weight.grouped(), new.weight.grouped());
            }
            (None, Some(new)) => pen.note(term!("added"), "", say!("weight {weight}", weight = new.weight)),
            (Some(_), None) => pen.note(term!("removed"), "", ""),
            (None, None) => {}
        }
    }
    for pair in paired(&old.values, &new.values, |v: &Value| &v.id) {
        let Some(value) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: term!("value"), id: value.id.as_str(), name: &value.name, into };
        match pair {
            (Some(old), Some(new)) => {
                pen.field(term!("name"), &old.name, &new.name);
                pen.field(term!("meaning"), &old.meaning, &new.meaning);
            }
            (None, Some(_)) => pen.note(term!("added"), "", ""),
            (Some(_), None) => pen.note(term!("removed"), "", ""),
            (None, None) => {}
        }
    }
}

/// A snapshot with an index over its goals.
struct Week<'a> {
    snapshot: &'a Snapshot,
    goals: HashMap<&'a GoalId, &'a Goal>,
    stands: HashMap<&'a GoalId, &'a GoalWeek>,
}

impl<'a> Week<'a> {
    fn of(snapshot: &'a Snapshot) -> Self {
        Self {
            snapshot,
            goals: snapshot.strategy.goals.iter().map(|g| (&g.id, g)).collect(),
            stands: snapshot.goals.iter().map(|g| (&g.goal, g)).collect(),
        }
    }

    fn person(&self, id: Option<&MemberId>) -> String {
        id.map_or_else(String::new, |m| self.snapshot.name_of(m).to_owned())
    }

    fn team(&self, id: Option<&TeamId>) -> String {
        let name = |id: &TeamId| self.snapshot.teams.iter().find(|t| &t.id == id).map(|t| t.name.clone());
        id.map_or_else(String::new, |id| name(id).unwrap_or_else(|| id.to_string()))
    }

    fn title(&self, id: &GoalId) -> String {
        self.goals.get(id).map_or_else(|| id.to_string(), |g| g.title.clone())
    }

    fn parent(&self, goal: &Goal) -> String {
        goal.parent.as_ref().map_or_else(String::new, |id| self.title(id))
    }

    fn effects(&self, goal: &Goal) -> String {
        goal.leads_to.iter().map(|id| self.title(id)).collect::<Vec<_>>().join(", ")
    }

    fn theme(&self, id: Option<&ThemeId>) -> String {
        let name = |id: &ThemeId| self.snapshot.strategy.theme(id).map_or_else(|| id.to_string(), |t| t.name.clone());
        id.map_or_else(String::new, name)
    }
}

pub(super) fn goals(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    let (before, after) = (Week::of(from), Week::of(to));
    for pair in paired(&from.strategy.goals, &to.strategy.goals, |g: &Goal| &g.id) {
        let Some(goal) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: term!("goal"), id: goal.id.as_str(), name: &goal.title, into };
        match pair {
            (Some(old), Some(new)) => {
                goal_state(&mut pen, old, new);
                goal_fields(&mut pen, (&before, old), (&after, new));
                goal_standing(&mut pen, before.stands.get(&old.id).copied(), after.stands.get(&new.id).copied());
            }
            (None, Some(new)) => pen.note(term!("added"), "", new.kind.label()),
            (Some(old), None) => pen.note(term!("removed"), old.kind.label(), ""),
            (None, None) => {}
        }
    }
}

fn goal_state(pen: &mut Pen, old: &Goal, new: &Goal) {
    if old.state == new.state {
        return;
    }
    match &new.state {
        GoalState::Open => pen.note(term!("reopened"), old.state.label(), term!("open")),
        GoalState::Done { note, .. } => pen.note(term!("done"), old.state.label(), note),
        GoalState::Dropped { reason, .. } => pen.note(term!("dropped"), old.state.label(), reason),
    }
}

fn goal_fields(pen: &mut Pen, (before, old): (&Week, &Goal), (after, new): (&Week, &Goal)) {
    pen.field("title", &old.title, &new.title);
    pen.field(term!("kind"), old.kind.label(), new.kind.label());
    // Compared by id, so that a parent with a new title is not told once for every child.
    if old.parent != new.parent {
        pen.note(term!("parent"), before.parent(old), after.parent(new));
    }
    let far = |goal: &Goal| goal.supports.as_ref().map(ToString::to_string).unwrap_or_default();
    pen.field(term!("supports"), far(old), far(new));
    if old.theme != new.theme {
        pen.note(term!("theme"), before.theme(old.theme.as_ref()), after.theme(new.theme.as_ref()));
    }
    if old.owner != new.owner {
        pen.note(term!("owner"), before.person(old.owner.as_ref()), after.person(new.owner.as_ref()));
    }
    if old.team != new.team {
        pen.note(term!("team"), before.team(old.team.as_ref()), after.team(new.team.as_ref()));
    }
    pen.field(term!("start"), text(old.start), text(new.start));
    pen.field(term!("due date"), text(old.due), text(new.due));
    let ((old_baseline, old_target), (baseline, target)) = (numbers(old), numbers(new));
    pen.field(term!("baseline"), old_baseline, baseline);
    pen.field(term!("target"), old_target, target);
    pen.field(term!("weight"), text(old.weight), text(new.weight));
    // Compared by id, as parents are.
    if old.leads_to != new.leads_to {
        pen.note(term!("leads to"), before.effects(old), after.effects(new));
    }
    pen.field(term!("perspective"), text(old.perspective.as_ref()), text(new.perspective.as_ref()));
    pen.field(term!("mode"), text(old.mode.map(Mode::label)), text(new.mode.map(Mode::label)));
}

/// Baseline and target of a key result, as far as it has them.
fn numbers(goal: &Goal) -> (String, String) {
    let show = |n: Option<Finite>| n.map_or_else(String::new, |n| goal.show(n));
    match &goal.kind {
        Kind::KeyResult { baseline, target, .. } => (show(*baseline), show(*target)),
        Kind::Goal | Kind::Objective | Kind::Initiative { .. } => (String::new(), String::new()),
    }
}

/// Told only while both weeks know it: a goal that was closed has no standing to compare.
fn goal_standing(pen: &mut Pen, old: Option<&GoalWeek>, new: Option<&GoalWeek>) {
    let (Some(old), Some(new)) = (old, new) else { return };
    pen.field(term!("status"), old.status().label(), new.status().label());
    pen.field(term!("confidence"), text(old.confidence.map(|c| c.get())), text(new.confidence.map(|c| c.get())));
}

pub(super) fn kpis(from: &Snapshot, to: &Snapshot, into: &mut Vec<Change>) {
    let before: HashMap<&KpiId, &KpiWeek> = from.scorecard.iter().map(|k| (&k.kpi, k)).collect();
    let after: HashMap<&KpiId, &KpiWeek> = to.scorecard.iter().map(|k| (&k.kpi, k)).collect();
    let person =
        |week: &Snapshot, kpi: &Kpi| kpi.owner.as_ref().map_or_else(String::new, |m| week.name_of(m).to_owned());
    for pair in paired(&from.strategy.kpis, &to.strategy.kpis, |k: &Kpi| &k.id) {
        let Some(kpi) = pair.1.or(pair.0) else { continue };
        let mut pen = Pen { kind: term!("kpi"), id: kpi.id.as_str(), name: &kpi.name, into };
        match pair {
            (Some(old), Some(new)) => {
                pen.field(term!("name"), &old.name, &new.name);
                pen.field(term!("definition"), &old.definition, &new.definition);
                // Each week's own target, so that one that was set ahead is told when it comes to hold.
                pen.field(term!("target"), text(old.show_aim(from.week)), text(new.show_aim(to.week)));
                if old.owner != new.owner {
                    pen.note(term!("owner"), person(from, old), person(to, new));
                }
                let (old_week, new_week) = (before.get(&old.id).copied(), after.get(&new.id).copied());
                let status = |week: Option<&KpiWeek>| week.map_or(Status::Unknown, KpiWeek::status).label();
                pen.field(term!("status"), status(old_week), status(new_week));
                let reading =
                    |kpi: &Kpi, week: Option<&KpiWeek>| text(week.and_then(|w| w.reading).map(|r| kpi.show(r)));
                pen.field(term!("reading"), reading(old, old_week), reading(new, new_week));
            }
            (None, Some(new)) => pen.note(term!("added"), "", text(new.show_aim(to.week))),
            (Some(old), None) => pen.note(term!("removed"), text(old.show_aim(from.week)), ""),
            (None, None) => {}
        }
    }
}
