//! History: the sealed weeks on a time line; any of them as it was; two of them compared. The quarters are [`super::quarters`].

use std::collections::{HashMap, VecDeque};
use std::ops::Deref;
use std::sync::Arc;

use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::Dialog;
use crate::app::dialogs::people;
use crate::app::dialogs::reading::{Body, Reading};
use crate::app::intent::{HistoryIntent, Place};
use crate::app::message::Effect;
use crate::app::{App, Tone};
use crate::insight::diff;
use crate::model::goal::Goal;
use crate::model::id::GoalId;
use crate::model::snapshot::{GoalWeek, Snapshot};
use crate::model::week::Week;

/// How many whole weeks are kept at hand.
const KEPT: usize = 16;
/// How many weeks to either side of the one shown are read ahead, so that going through them waits for nothing.
const AHEAD: usize = 3;
/// A quarter of a year.
const QUARTER: usize = 13;

/// A panel of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panel {
    /// What happened in it.
    #[default]
    Story,
    /// The KPIs.
    Scorecard,
    /// The vision and the goals.
    Strategy,
    /// Decisions, action items, issues.
    Records,
}

impl Panel {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Story, Self::Scorecard, Self::Strategy, Self::Records];

    /// The name on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Story => say!("Story"),
            Self::Scorecard => say!("Scorecard"),
            Self::Strategy => say!("Strategy"),
            Self::Records => say!("Decisions & actions"),
        }
    }

    fn step(self, forward: bool) -> Self {
        let at = Self::ALL.iter().position(|p| *p == self).unwrap_or(0);
        let n = Self::ALL.len();
        Self::ALL[if forward { (at + 1) % n } else { (at + n - 1) % n }]
    }
}

/// What the screen goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Span {
    /// Weeks, on the time line.
    #[default]
    Weeks,
    /// Quarters, in a list.
    Quarters,
}

/// What the screen remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Weeks or quarters.
    pub span: Span,
    /// The cursor.
    pub cursor: Cursor,
    /// The quarters, and the one taken as a side of a comparison.
    pub quarters: super::quarters::State,
    /// The panel shown.
    pub panel: Panel,
    /// The week taken as one side of a comparison.
    pub base: Option<Week>,
    /// The first line shown of the panel.
    pub scroll: usize,
    /// Weeks that were asked for and have not come yet.
    asked: Vec<Week>,
    /// Weeks that were read whole, the last used first.
    pub loaded: VecDeque<Whole>,
    /// Weeks that could not be read, with the reason.
    pub failed: Vec<(Week, String)>,
    /// The comparison that waits for its weeks to be read.
    pub comparing: Option<(Week, Week)>,
}

/// A week that was read whole, with the order that its goals are shown in: it is worked out once, not in every frame.
#[derive(Debug, Clone)]
pub struct Whole {
    snapshot: Arc<Snapshot>,
    goals: Vec<(usize, usize, Option<usize>)>,
}

impl Whole {
    /// The week.
    #[must_use]
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// How many goals were open.
    #[must_use]
    pub fn open_goals(&self) -> usize {
        self.goals.len()
    }

    /// An open goal by its place in the tree, with its depth and how it stood.
    #[must_use]
    pub fn open_goal(&self, nth: usize) -> Option<(usize, &Goal, Option<&GoalWeek>)> {
        let (depth, goal, stood) = self.goals.get(nth)?;
        Some((*depth, self.snapshot.strategy.goals.get(*goal)?, stood.and_then(|at| self.snapshot.goals.get(at))))
    }
}

impl From<Arc<Snapshot>> for Whole {
    fn from(snapshot: Arc<Snapshot>) -> Self {
        let places: HashMap<&GoalId, usize> =
            snapshot.strategy.goals.iter().enumerate().map(|(at, goal)| (&goal.id, at)).collect();
        let stood: HashMap<&GoalId, usize> =
            snapshot.goals.iter().enumerate().map(|(at, week)| (&week.goal, at)).collect();
        let open = snapshot.strategy.tree().into_iter().filter(|(_, goal)| goal.is_open());
        let goals =
            open.filter_map(|(depth, g)| Some((depth, *places.get(&g.id)?, stood.get(&g.id).copied()))).collect();
        Self { goals, snapshot }
    }
}

impl Deref for Whole {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.snapshot
    }
}

impl State {
    /// The cursor of what is gone through.
    #[must_use]
    pub fn cursor(&self) -> &Cursor {
        match self.span {
            Span::Weeks => &self.cursor,
            Span::Quarters => &self.quarters.cursor,
        }
    }

    /// The same, to move it.
    pub fn cursor_mut(&mut self) -> &mut Cursor {
        match self.span {
            Span::Weeks => &mut self.cursor,
            Span::Quarters => &mut self.quarters.cursor,
        }
    }

    /// Gives up a comparison of which one side was taken; whether there was one.
    pub fn leave_comparison(&mut self) -> bool {
        match self.span {
            Span::Weeks => self.base.take().is_some(),
            Span::Quarters => self.quarters.base.take().is_some(),
        }
    }

    /// A week that was read whole.
    #[must_use]
    pub fn get(&self, week: Week) -> Option<&Whole> {
        self.loaded.iter().find(|s| s.week == week)
    }
}

/// The rows: the newest week first.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    if app.screens.history.span == Span::Quarters {
        return super::quarters::rows(app);
    }
    app.workspace.weeks.keys().rev().map(|w| Listed::new(say!("Weeks"), Row::Week(*w))).collect()
}

/// The week under the cursor.
#[must_use]
pub fn week(app: &App) -> Option<Week> {
    match app.row() {
        Some(Row::Week(week)) => Some(*week),
        _ => None,
    }
}

/// Asks for the week under the cursor, and for its neighbours, if they were not read yet.
pub fn load_shown(app: &mut App) -> Vec<Effect> {
    let Some(at) = app.at().filter(|_| app.place == Place::History) else { return Vec::new() };
    let rows = app.rows();
    let near = (0..=AHEAD).flat_map(|n| [at.checked_sub(n), at.checked_add(n)]).flatten();
    let weeks: Vec<Week> = near
        .filter_map(|i| match rows.get(i).map(|r| &r.row) {
            Some(Row::Week(week)) => Some(*week),
            _ => None,
        })
        .collect();
    weeks.into_iter().flat_map(|week| load(app, week)).collect()
}

fn load(app: &mut App, week: Week) -> Vec<Effect> {
    let state = &mut app.screens.history;
    if let Some(at) = state.loaded.iter().position(|s| s.week == week) {
        // Used again: it goes to the front, and others are let go first.
        if let Some(used) = state.loaded.remove(at) {
            state.loaded.push_front(used);
        }
        return Vec::new();
    }
    if state.asked.contains(&week) || state.failed.iter().any(|(w, _)| *w == week) {
        return Vec::new();
    }
    if let Some(latest) = app.workspace.latest.as_ref().filter(|s| s.week == week) {
        state.loaded.push_front(latest.clone().into());
        return Vec::new();
    }
    state.asked.push(week);
    vec![Effect::LoadWeek(week, app.workspace.weeks.get(&week).copied())]
}

/// A week was read.
pub fn loaded(app: &mut App, week: Week, result: Result<Arc<Snapshot>, crate::app::message::Failure>) {
    let state = &mut app.screens.history;
    state.asked.retain(|w| *w != week);
    match result {
        Ok(snapshot) => {
            state.loaded.push_front(snapshot.into());
            state.loaded.truncate(KEPT);
        }
        Err(why) => state.failed.push((week, format!("{} {}", why.what, why.next))),
    }
    show_comparison(app);
}

/// The keys of the history.
pub fn update(app: &mut App, intent: HistoryIntent) -> Vec<Effect> {
    if app.screens.history.span == Span::Quarters {
        return super::quarters::update(app, intent);
    }
    match intent {
        HistoryIntent::Turn => super::quarters::show(app, None),
        HistoryIntent::Read => {
            let shown = week(app).and_then(|w| app.screens.history.get(w)).map(|s| super::week::read(s));
            app.dialogs.extend(shown.map(Dialog::Reading));
        }
        HistoryIntent::NextPanel => turn(app, true),
        HistoryIntent::PreviousPanel => turn(app, false),
        HistoryIntent::Older => scrub(app, |at| at + 1),
        HistoryIntent::Newer => scrub(app, |at| at.saturating_sub(1)),
        HistoryIntent::QuarterBack => scrub(app, |at| at + QUARTER),
        HistoryIntent::QuarterOn => scrub(app, |at| at.saturating_sub(QUARTER)),
        HistoryIntent::Oldest => scrub(app, |_| usize::MAX),
        HistoryIntent::Newest => scrub(app, |_| 0),
        HistoryIntent::LineDown => app.screens.history.scroll = app.screens.history.scroll.saturating_add(1),
        HistoryIntent::LineUp => app.screens.history.scroll = app.screens.history.scroll.saturating_sub(1),
        HistoryIntent::Compare => return compare(app),
        HistoryIntent::Reopen => {
            if let Some(week) = week(app) {
                match app.why_not_write(&[]) {
                    Some(why) => app.say(Tone::Bad, why),
                    None => people::open_reopen(app, week),
                }
            }
        }
        HistoryIntent::Recap => return super::recap::of_history(app),
        HistoryIntent::Report => super::recap::ask_where(app),
        HistoryIntent::Trend => {}
    }
    Vec::new()
}

fn turn(app: &mut App, forward: bool) {
    let state = &mut app.screens.history;
    state.panel = state.panel.step(forward);
    state.scroll = 0;
}

/// Goes along the time line: the rows stand newest first.
fn scrub(app: &mut App, to: impl Fn(usize) -> usize) {
    if let (Some(at), Some(last)) = (app.at(), app.rows().len().checked_sub(1)) {
        app.stand_on(to(at).min(last));
    }
}

/// The first time takes a week as one side; the second time compares with it.
fn compare(app: &mut App) -> Vec<Effect> {
    let Some(week) = week(app) else { return Vec::new() };
    match app.screens.history.base.take() {
        None => {
            app.screens.history.base = Some(week);
            Vec::new()
        }
        Some(base) if base == week => {
            app.say(Tone::Info, say!("Comparison left"));
            Vec::new()
        }
        Some(base) => {
            app.screens.history.comparing = Some((base.min(week), base.max(week)));
            let mut effects = load(app, base);
            effects.extend(load(app, week));
            show_comparison(app);
            effects
        }
    }
}

fn show_comparison(app: &mut App) {
    let state = &mut app.screens.history;
    let Some((from, to)) = state.comparing else { return };
    let (Some(a), Some(b)) = (state.get(from).cloned(), state.get(to).cloned()) else { return };
    state.comparing = None;
    let body = Body::Changes(diff::between(&a, &b));
    app.dialogs.push(Dialog::Reading(Reading {
        title: say!("{from} to {to}: what changed", from, to),
        body,
        scroll: 0,
    }));
}
