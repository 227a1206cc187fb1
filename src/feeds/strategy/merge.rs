//! Rows into the strategy: the goal that a row is, or a new one, with what the row fills in.

use std::collections::HashMap;

use super::goals::{Draft, Link};
use super::rank::Rank;
use super::{Change, Does, Taken, fresh, key, put, set};
use crate::feeds::{Refusal, quoted};
use crate::model::goal::{Commitment, Goal, GoalState, Kind};
use crate::model::id::GoalId;
use crate::model::strategy::Strategy;

/// The strategy while rows are taken into it.
struct Merge<'d, 's> {
    strategy: Strategy,
    drafts: &'d [Draft<'s>],
    links: &'d [Option<Link>],
    /// Which goal each row became.
    ids: HashMap<usize, GoalId>,
    refusals: Vec<Refusal>,
}

/// Takes rows into a strategy in an order in which parents come first.
pub(super) fn merge(
    strategy: &Strategy,
    drafts: &[Draft<'_>],
    links: &[Option<Link>],
    order: &[usize],
) -> Result<(Strategy, Vec<Taken>), Vec<Refusal>> {
    let mut merge = Merge { strategy: strategy.clone(), drafts, links, ids: HashMap::new(), refusals: Vec::new() };
    let mut rows: Vec<Taken> = order.iter().filter_map(|at| merge.take(*at)).collect();
    rows.sort_by_key(|taken| taken.row);
    merge.circles();
    merge.refusals.sort_by_key(|r| r.row);
    if merge.refusals.is_empty() { Ok((merge.strategy, rows)) } else { Err(merge.refusals) }
}

impl Merge<'_, '_> {
    fn take(&mut self, at: usize) -> Option<Taken> {
        let draft = &self.drafts[at];
        let parent = match &self.links[at] {
            Some(Link::Draft(parent)) => Some(self.ids.get(parent)?.clone()),
            Some(Link::Known(id)) => Some(id.clone()),
            None => None,
        };
        let there = self.place(draft, parent.as_ref());
        let rank = draft.rank.unwrap_or_else(|| self.guess(at, there, parent.as_ref()));
        let place = there.map_or_else(|| self.add(draft, rank), Some)?;
        let goal = &mut self.strategy.goals[place];
        let mut changes = Vec::new();
        fill(goal, draft, rank, parent, &mut changes);
        self.refusals.extend(doubts(goal).into_iter().map(|refusal| refusal.at(draft.row)));
        self.ids.insert(at, goal.id.clone());
        let does = match there {
            None => Does::Adds,
            Some(_) if changes.is_empty() => Does::Nothing,
            Some(_) => Does::Changes,
        };
        Some(Taken { row: draft.row, id: goal.id.to_string(), does, changes })
    }

    /// The goal that a row is: by its id, else by its title under the parent that it names. Where it names none a goal without
    /// a parent comes first, then the only one with this title.
    fn place(&self, draft: &Draft<'_>, parent: Option<&GoalId>) -> Option<usize> {
        let free = |goal: &Goal| !self.ids.values().any(|id| *id == goal.id);
        let goals = || self.strategy.goals.iter().enumerate().filter(|(_, g)| free(g));
        let own = draft.own_id.map(key);
        if let Some((at, _)) = goals().find(|(_, g)| own.as_ref() == Some(&key(g.id.as_str()))) {
            return Some(at);
        }
        let title = key(draft.title);
        let called = || goals().filter(|(_, g)| key(&g.title) == title);
        if let Some((at, _)) = called().find(|(_, g)| g.parent.as_ref() == parent) {
            return Some(at);
        }
        let mut all = called().filter(|_| parent.is_none());
        all.next().filter(|_| all.next().is_none()).map(|(at, _)| at)
    }

    /// Which kind a row is that does not say so: what it was; a key result where it has numbers or stands under something with
    /// nothing under itself; an initiative under a key result; else an objective.
    fn guess(&self, at: usize, there: Option<usize>, parent: Option<&GoalId>) -> Rank {
        let draft = &self.drafts[at];
        let above = parent.and_then(|id| self.strategy.goal(id)).map(|g| Rank::of(&g.kind));
        let leads = self.links.contains(&Some(Link::Draft(at)));
        match (there, above) {
            (Some(place), _) => Rank::of(&self.strategy.goals[place].kind),
            (None, Some(Rank::KeyResult)) => Rank::Initiative,
            (None, _) if draft.target.is_some() || draft.baseline.is_some() => Rank::KeyResult,
            (None, Some(_)) if !leads => Rank::KeyResult,
            (None, _) => Rank::Objective,
        }
    }

    fn add(&mut self, draft: &Draft<'_>, rank: Rank) -> Option<usize> {
        let taken = |id: &str| self.strategy.goals.iter().any(|g| g.id.as_str() == id);
        let Some(id) = fresh::<GoalId>(draft.title, taken) else {
            let what = say!("{title} gives no id", title = quoted(draft.title));
            self.refusals.push(Refusal::new(what, say!("begin the title with other words")).at(draft.row));
            return None;
        };
        self.strategy.goals.push(Goal::new(id, draft.title, rank.kind()));
        Some(self.strategy.goals.len() - 1)
    }

    /// A goal that was moved must not end up under itself.
    fn circles(&mut self) {
        for (at, id) in &self.ids {
            let line = self.strategy.line_of_sight(id);
            let top = line.last().and_then(|g| g.parent.as_ref());
            if top.is_some_and(|parent| line.iter().any(|g| &g.id == parent)) {
                let draft = &self.drafts[*at];
                let what = say!("{title} would be under itself", title = quoted(draft.title));
                self.refusals.push(Refusal::new(what, say!("correct its parent")).at(draft.row));
            }
        }
    }
}

/// Fills in what a row tells. What it leaves empty stays.
fn fill(goal: &mut Goal, draft: &Draft<'_>, rank: Rank, parent: Option<GoalId>, changes: &mut Vec<Change>) {
    set(changes, "title", &mut goal.title, draft.title.to_owned(), String::clone);
    if Rank::of(&goal.kind) != rank {
        set(changes, "type", &mut goal.kind, rank.kind(), |kind| kind.label().to_owned());
    }
    put(changes, "parent", &mut goal.parent, parent);
    put(changes, "owner", &mut goal.owner, draft.owner.clone());
    put(changes, "team", &mut goal.team, draft.team.clone());
    put(changes, "theme", &mut goal.theme, draft.theme.clone());
    put(changes, "start", &mut goal.start, draft.start);
    put(changes, "due", &mut goal.due, draft.due);
    if let Kind::KeyResult { baseline, target, unit, commitment: Commitment::Committed | Commitment::Aspirational } =
        &mut goal.kind
    {
        put(changes, "baseline", baseline, draft.baseline);
        put(changes, "target", target, draft.target);
        if let Some(told) = draft.unit.clone() {
            set(changes, "unit", unit, told, String::clone);
        }
    }
    put(changes, "weight", &mut goal.weight, draft.weight);
    // A goal that is closed stays closed on the day that it was.
    if let Some(state) = draft.state.clone()
        && state.label() != goal.state.label()
    {
        set(changes, "status", &mut goal.state, state, |s: &GoalState| s.label().to_owned());
    }
    if let Some(note) = draft.note {
        set(changes, "note", &mut goal.note, note.to_owned(), String::clone);
    }
}

/// What the whole goal must not say, whichever part of it comes from the file.
fn doubts(goal: &Goal) -> Vec<Refusal> {
    let mut all = Vec::new();
    if let (Some(start), Some(due)) = (goal.start, goal.due)
        && due < start
    {
        let what = say!("due on {due}, before it starts on {start}", due, start);
        all.push(Refusal::new(what, say!("correct one of the two days")));
    }
    if let Some((_, target, _)) = goal.measure().filter(|(from, to, _)| from == to) {
        let what = say!("start and target are both {target}: there is no way to go", target = target.grouped());
        all.push(Refusal::new(what, say!("correct one of the two")));
    }
    if goal.weight.is_some_and(|w| w.get() < 0.0) {
        all.push(Refusal::new(say!("its weight is below zero"), say!("weights are shares: 0 or more")));
    }
    all
}
