//! Home: where the review stands, who has checked in, what is red, what is mine to do.

use super::registers::DUE;
use super::row::{Listed, Row};
use crate::app::App;
use crate::model::register::{Card, Kind};
use crate::model::status::Status;

/// The heading of what is mine.
pub const MINE: &str = term!("Mine to do");
/// The heading of what became of my ideas.
pub const NEWS: &str = term!("News of your ideas");
/// The heading of what is red.
pub const RED: &str = term!("Off track and at risk");
/// The heading of the findings.
pub const FOUND: &str = term!("Does not fit together");

/// The rows of Home.
#[must_use]
pub fn rows(app: &App) -> Vec<Listed> {
    let mut rows = mine(app);
    rows.extend(news(app));
    let due = app.derived.standing.decisions.iter().filter(|d| d.is_due(app.today));
    rows.extend(due.map(|d| Listed::new(DUE, Row::Decision(d.id.clone()))));
    rows.extend(red(app).into_iter().map(|row| Listed::new(RED, row)));
    let findings = app.derived.findings.iter();
    rows.extend(findings.map(|f| Listed::new(FOUND, Row::Finding(f.key.clone()))));
    rows
}

/// What the person at the keyboard has to do: readings they owe, and their action items.
fn mine(app: &App) -> Vec<Listed> {
    let Some(me) = &app.me else { return Vec::new() };
    let owed = app
        .workspace
        .strategy
        .kpis
        .iter()
        .filter(|k| k.owner.as_ref() == Some(me) && app.derived.kpi(&k.id).is_none_or(|w| w.reading.is_none()));
    let owed = owed.map(|k| Listed::new(MINE, Row::Kpi(k.id.clone())));
    let mut actions: Vec<_> = app.derived.standing.actions.iter().filter(|a| a.is_open() && &a.owner == me).collect();
    actions.sort_by_key(|a| a.due);
    actions.into_iter().map(|a| Listed::new(MINE, Row::Action(a.id.clone()))).chain(owed).collect()
}

/// For how many weeks it is news that an idea of mine was adopted or declined.
const NEWS_WEEKS: i32 = 2;

/// Ideas of mine that were closed lately: whoever had one is told what became of it.
fn news(app: &App) -> impl Iterator<Item = Listed> {
    // The weeks behind are read in the background: until then nothing is known to be new.
    let read = app.workspace.latest.is_none() || !app.history.weeks().is_empty();
    let me = app.me.as_ref().filter(|_| !app.look.present && read);
    let ideas = me.into_iter().flat_map(|me| {
        let mine = move |c: &&Card| c.by.as_ref() == Some(me) && !c.is_open();
        app.workspace.strategy.cards_of(Kind::Idea).filter(mine)
    });
    // No longer news when a review of some weeks ago knew it so.
    let told = |card: &Card| {
        let known = app.history.card(&card.id).find(|(_, c)| c.stage().word == card.stage().word);
        known.is_some_and(|(week, _)| app.week.since(week) > NEWS_WEEKS)
    };
    let ideas = ideas.filter(move |c| !told(c));
    ideas.map(|c| Listed::new(NEWS, Row::Card(c.id.clone()))).collect::<Vec<_>>().into_iter()
}

/// KPIs off track or at risk: as they stand this week, else as the last review left them.
fn red(app: &App) -> Vec<Row> {
    let mut red: Vec<(u8, Row)> = Vec::new();
    for row in app.scorecard_rows() {
        // Without a reading yet, what the last review left red is still worth a look; its shape says that it is not known.
        let status = match standing_of(app, &row.kpi) {
            Status::Unknown => app.previous().and_then(|s| s.kpi(&row.kpi)).map_or(Status::Unknown, |k| k.status()),
            known => known,
        };
        match status {
            Status::OffTrack => red.push((0, Row::Kpi(row.kpi.clone()))),
            Status::AtRisk => red.push((1, Row::Kpi(row.kpi.clone()))),
            Status::OnTrack | Status::Unknown => {}
        }
    }
    red.sort_by_key(|(rank, _)| *rank);
    red.into_iter().map(|(_, row)| row).collect()
}

/// The last reading of a KPI before the week shown.
#[must_use]
pub fn last_reading(app: &App, id: &crate::model::id::KpiId) -> Option<crate::model::number::Finite> {
    match app.previous() {
        Some(before) => before.kpi(id).and_then(|k| k.reading),
        // The week shown is sealed itself: the one before it is among those read in the background.
        None => app.history.readings(id, app.shown_week().previous()).next_back().and_then(|(value, _)| value),
    }
}

/// A KPI's status this week. Without a reading it is unknown: what is missing or stale is never green.
#[must_use]
pub fn standing_of(app: &App, id: &crate::model::id::KpiId) -> Status {
    app.derived.kpi(id).filter(|k| k.reading.is_some()).map_or(Status::Unknown, |k| k.status())
}
