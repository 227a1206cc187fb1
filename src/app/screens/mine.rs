//! My page: what is mine to do, where it leads, how it goes, and my private notes by week.

use super::row::{Listed, Row};
use crate::app::App;
use crate::app::cursor::Cursor;
use crate::app::intent::RowIntent;
use crate::app::message::{Effect, Secret};
use crate::insight::questions::WEEKS;
use crate::model::checkin::CheckIn;
use crate::model::goal::Kind;
use crate::model::register::Kind as Register;
use crate::model::week::Week;

/// The heading of what is to be done.
pub const TO_DO: &str = term!("Mine to do");
/// The heading of the goals.
pub const GOALS: &str = term!("My line of sight");
/// The heading of the ideas that I had.
pub const IDEAS: &str = term!("My ideas");
/// The heading of the private notes.
pub const NOTES: &str = term!("My private notes, on this machine only");

/// What the screen remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The place in the list.
    pub cursor: Cursor,
    /// My private notes by week, oldest first: only while my check-in or this page is open.
    pub notes: Option<Vec<(Week, Secret)>>,
}

/// The rows; none on the shared screen.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let Some(me) = app.me.as_ref().filter(|_| !app.look.present && app.held.is_none()) else { return Vec::new() };
    let standing = &app.derived.standing;
    let mut actions: Vec<_> = standing.actions.iter().filter(|a| a.is_open() && &a.owner == me).collect();
    actions.sort_by_key(|a| a.due);
    let mut rows: Vec<Row> = actions.into_iter().map(|a| Row::Action(a.id.clone())).collect();
    let mut messages: Vec<_> = standing.messages.iter().filter(|m| &m.teller == me && m.delivered.is_none()).collect();
    messages.sort_by_key(|m| m.due);
    rows.extend(messages.into_iter().map(|m| Row::Message(m.id.clone())));
    let due = standing.decisions.iter().filter(|d| d.is_due(app.today) && d.deciders.contains(me));
    rows.extend(due.map(|d| Row::Decision(d.id.clone())));
    let kpis = app.workspace.strategy.kpis.iter().filter(|k| k.owner.as_ref() == Some(me));
    let unread = kpis.filter(|k| app.derived.kpi(&k.id).is_none_or(|w| w.reading.is_none()));
    rows.extend(unread.map(|k| Row::Kpi(k.id.clone())));
    let mut all: Vec<Listed> = rows.into_iter().map(|row| Listed::new(TO_DO, row)).collect();
    let mine = |kind: &Kind| matches!(kind, Kind::Initiative { members } if members.contains(me));
    let goals = app.workspace.strategy.tree().into_iter().map(|(_, g)| g);
    let goals = goals.filter(|g| g.is_open() && (g.owner.as_ref() == Some(me) || mine(&g.kind)));
    all.extend(goals.map(|g| Listed::new(GOALS, Row::Goal(g.id.clone(), 0))));
    let ideas = app.workspace.strategy.cards_of(Register::Idea).filter(|c| c.by.as_ref() == Some(me));
    all.extend(ideas.map(|c| Listed::new(IDEAS, Row::Card(c.id.clone()))));
    let notes = app.screens.mine.notes.iter().flatten().rev();
    all.extend(notes.map(|(week, _)| Listed::new(NOTES, Row::Private(*week))));
    all
}

/// What the keys do: a private note opens, everything else is read in its panel.
pub fn row(app: &mut App, intent: RowIntent) -> Vec<Effect> {
    match (intent, app.row().cloned()) {
        (RowIntent::Note, _) => super::check_in::open_private(app, app.check_in_week()),
        (RowIntent::Open, Some(Row::Private(week))) => super::check_in::open_private(app, week),
        (RowIntent::Open, Some(row)) => {
            if let Some(reading) = super::registers::read(app, &row).or_else(|| crate::app::dialogs::reading::why(app))
            {
                app.dialogs.push(crate::app::dialogs::Dialog::Reading(reading));
            }
        }
        _ => {}
    }
    Vec::new()
}

/// How it goes with me, week by week over a quarter, oldest first; a gap where nothing is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Trends {
    /// How sure I am of my goals on average, 0 to 10.
    pub confidence: Vec<Option<f64>>,
    /// How far I agree with the statements of the pulse on average, 1 to 5.
    pub pulse: Vec<Option<f64>>,
    /// The share of my action items that I reported as done, 0 to 1.
    pub kept: Vec<Option<f64>>,
    /// Done, and reported on in all.
    pub total: (usize, usize),
}

/// My trends, from my own check-ins.
#[must_use]
pub fn trends(app: &App) -> Option<Trends> {
    let mine = app.screens.check_in.mine.as_ref()?;
    let now = mine.now.week;
    let at = |back: i32| match back {
        0 => Some(&mine.now),
        back => mine.before.iter().find(|c| c.week == now.plus(-back)),
    };
    let each = |of: &dyn Fn(&CheckIn) -> Option<f64>| (0..=WEEKS).rev().map(|back| at(back).and_then(of)).collect();
    let reports = || mine.before.iter().chain([&mine.now]).flat_map(|c| &c.progress);
    Some(Trends {
        confidence: each(&|c| mean(c.confidence.iter().map(|v| f64::from(v.confidence.get())))),
        pulse: each(&|c| mean(c.pulse.iter().map(|p| f64::from(p.agrees.get())))),
        kept: each(&|c| mean(c.progress.iter().map(|p| f64::from(u8::from(p.done))))),
        total: (reports().filter(|p| p.done).count(), reports().count()),
    })
}

fn mean(all: impl Iterator<Item = f64>) -> Option<f64> {
    let (n, sum) = all.fold((0u32, 0.0), |(n, sum), v| (n + 1, sum + v));
    (n > 0).then(|| sum / f64::from(n))
}
