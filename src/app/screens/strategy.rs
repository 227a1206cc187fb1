//! Strategy: the north star and the goal tree, to read and to change.

use std::collections::HashSet;

use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::strategy as forms;
use crate::app::intent::{Move, RowIntent, StrategyIntent};
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::map::{Item, Map};
use crate::model::id::GoalId;
use crate::model::strategy::Strategy;

/// The two ways to look at the goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// What serves what.
    #[default]
    Tree,
    /// What leads to what, by perspective.
    Map,
}

/// What the screen remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// How the goals are looked at.
    pub view: View,
    /// The cursor.
    pub cursor: Cursor,
    /// Branches that are closed.
    pub closed: HashSet<GoalId>,
    /// Whether goals that are done or dropped are listed.
    pub show_closed: bool,
    /// The strategy before each change made here, and after those taken back.
    pub before: Vec<Strategy>,
    /// Changes taken back.
    pub after: Vec<Strategy>,
    /// The strategy before the change that is being saved: it comes back if that fails.
    pub unsaved: Option<Strategy>,
}

/// The heading of goals without a theme.
pub const NO_THEME: &str = term!("Under no theme");

/// The map, while it is looked at.
#[must_use]
pub fn map(app: &App) -> Option<Map> {
    (app.screens.strategy.view == View::Map).then(|| {
        let basis = app.basis();
        Map::of(&basis.strategy, &basis.config.perspectives)
    })
}

/// The rows of the tree, or the goals of the map from its top left on.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    match &app.derived.map {
        Some(map) => {
            let goals = (0..map.rows.len()).flat_map(|row| map.goals(row));
            goals.map(|id| Listed::new("", Row::Goal(id.clone(), 0))).collect()
        }
        None => tree(app),
    }
}

/// The rows of the tree: closed branches and closed goals left out. While searching, every goal that fits and its line.
fn tree(app: &App) -> Vec<Listed> {
    let state = &app.screens.strategy;
    let strategy = &app.basis().strategy;
    let mut hidden_below: Option<usize> = None;
    let mut out = Vec::new();
    for (depth, goal) in strategy.tree() {
        if hidden_below.is_some_and(|d| depth > d) {
            continue;
        }
        hidden_below = None;
        if !goal.is_open() && !state.show_closed {
            hidden_below = Some(depth);
            continue;
        }
        if state.closed.contains(&goal.id) && app.search.is_none() {
            hidden_below = Some(depth);
        }
        out.push(Listed::new("", Row::Goal(goal.id.clone(), depth)));
    }
    out
}

/// Moves where up, down, left and right mean more than the next row. Whether it did.
pub fn go(app: &mut App, to: Move) -> bool {
    if !matches!(to, Move::Left | Move::Right | Move::Up | Move::Down) {
        return false;
    }
    let Some(map) = &app.derived.map else {
        if matches!(to, Move::Left | Move::Right) {
            fold(app, to);
            return true;
        }
        return false;
    };
    let next = match app.row() {
        Some(Row::Goal(id, _)) => beside(map, id, to).cloned(),
        _ => None,
    };
    if let Some(at) = next.and_then(|id| app.rows().iter().position(|r| r.row == Row::Goal(id.clone(), 0))) {
        app.stand_on(at);
    }
    true
}

/// The goal beside one on the map: in its row, or the nearest of the next row.
fn beside<'a>(map: &'a Map, id: &GoalId, to: Move) -> Option<&'a GoalId> {
    let places = |row: usize| {
        let items = map.rows.get(row).map_or(&[][..], |r| &r.items);
        let share = move |at: usize| (at as f64 + 0.5) / items.len() as f64;
        items.iter().enumerate().filter_map(move |(at, item)| match item {
            Item::Goal(id) => Some((id, share(at))),
            Item::Pass(_) => None,
        })
    };
    let (row, here) = (0..map.rows.len()).find_map(|row| {
        let (_, share) = places(row).find(|(other, _)| *other == id)?;
        Some((row, share))
    })?;
    match to {
        Move::Left => places(row).take_while(|(other, _)| *other != id).last().map(|(id, _)| id),
        Move::Right => places(row).skip_while(|(other, _)| *other != id).nth(1).map(|(id, _)| id),
        Move::Up | Move::Down => {
            let row = if to == Move::Up { row.checked_sub(1)? } else { row + 1 };
            let near = |a: &(&GoalId, f64), b: &(&GoalId, f64)| (a.1 - here).abs().total_cmp(&(b.1 - here).abs());
            places(row).min_by(near).map(|(id, _)| id)
        }
        Move::PageUp | Move::PageDown | Move::First | Move::Last | Move::To(_) => None,
    }
}

/// Closes or opens the branch under the cursor; Left on a closed one goes to its parent.
fn fold(app: &mut App, to: Move) {
    let Some(Row::Goal(id, depth)) = app.row().cloned() else { return };
    let has_children = app.basis().strategy.children(&id).next().is_some();
    let closed = app.screens.strategy.closed.contains(&id);
    if to == Move::Right {
        if !app.screens.strategy.closed.remove(&id) && has_children {
            super::go(app, Move::Down);
        }
    } else if has_children && !closed {
        app.screens.strategy.closed.insert(id);
    } else {
        let above =
            app.at().and_then(|at| (0..at).rev().find(|i| matches!(app.rows()[*i].row, Row::Goal(_, d) if d < depth)));
        if let Some(above) = above {
            app.stand_on(above);
        }
    }
}

/// Something done to the goal under the cursor.
pub fn row(app: &mut App, intent: RowIntent) -> Vec<Effect> {
    if let (RowIntent::Open, Some(Row::Goal(id, _))) = (intent, app.row().cloned()) {
        forms::open_edit(app, &id);
    }
    Vec::new()
}

/// A change of the strategy.
pub fn update(app: &mut App, intent: StrategyIntent) -> Vec<Effect> {
    let at = match app.row() {
        Some(Row::Goal(id, _)) => Some(id.clone()),
        _ => None,
    };
    match (intent, at) {
        (StrategyIntent::NorthStar, _) => forms::open_north_star(app),
        (StrategyIntent::AddBelow, at) => forms::open_new(app, at),
        (StrategyIntent::AddBeside, at) => {
            let parent = at.and_then(|id| app.workspace.strategy.goal(&id).and_then(|g| g.parent.clone()));
            forms::open_new(app, parent);
        }
        (StrategyIntent::FoldAll, _) => fold_all(app),
        (StrategyIntent::Switch, _) => switch(app),
        (StrategyIntent::ShowClosed, _) => {
            let state = &mut app.screens.strategy;
            state.show_closed = !state.show_closed;
            let say = if state.show_closed {
                say!("Goals that are done or dropped are shown")
            } else {
                say!("Only open goals are shown")
            };
            app.say(Tone::Info, say);
        }
        (StrategyIntent::MoveUnder, Some(id)) => forms::open_move(app, &id),
        (StrategyIntent::Drop, Some(id)) => forms::open_drop(app, &id),
        (StrategyIntent::Done, Some(id)) => forms::open_finish(app, &id),
        (StrategyIntent::Reopen, Some(id)) => return forms::reopen(app, &id),
        (StrategyIntent::MoveUnder | StrategyIntent::Drop | StrategyIntent::Done | StrategyIntent::Reopen, None) => {}
    }
    Vec::new()
}

fn switch(app: &mut App) {
    let view = &mut app.screens.strategy.view;
    *view = match *view {
        View::Tree => View::Map,
        View::Map => View::Tree,
    };
}

fn fold_all(app: &mut App) {
    if !app.screens.strategy.closed.is_empty() {
        app.screens.strategy.closed.clear();
        return;
    }
    let parents: HashSet<GoalId> = app.basis().strategy.goals.iter().filter_map(|g| g.parent.clone()).collect();
    app.screens.strategy.closed = parents;
}

/// Takes the last change of the strategy back, or does it again.
pub fn undo(app: &mut App, back: bool) -> Vec<Effect> {
    let state = &mut app.screens.strategy;
    let (from, to) = if back { (&mut state.before, &mut state.after) } else { (&mut state.after, &mut state.before) };
    let Some(strategy) = from.pop() else {
        app.say(Tone::Info, say!("No change of the strategy to take back"));
        return Vec::new();
    };
    let old = std::mem::replace(&mut app.workspace.strategy, strategy.clone());
    to.push(old.clone());
    app.screens.strategy.unsaved = Some(old.clone());
    app.say(Tone::Info, if back { say!("Took the last change of the strategy back") } else { say!("Did it again") });
    vec![Effect::SaveStrategy(Box::new(old), Box::new(strategy))]
}
