//! The quarters of History: a line for each with what it came to, and beside it the review as it was left.

use ratatui::text::Line;

use crate::app::App;
use crate::insight::goals::{Grade, band};
use crate::insight::quarter::{QuarterDigest, told};
use crate::model::number::Finite;
use crate::model::quarter::Quarter;
use crate::model::tongue::dated;
use crate::ui::canvas::Canvas;
use crate::ui::widgets::bar;

/// Cells for the name, the bar and the grade.
const NAME: usize = 9;
const BAR: usize = 8;
const GRADE: usize = 6;
/// Cells for each figure behind them.
const FIGURE: usize = 9;

/// How many figures stand in so many cells.
fn figures(room: usize) -> usize {
    (room.saturating_sub(NAME + BAR + GRADE) / FIGURE).min(6)
}

/// The line of a quarter in this many cells.
#[must_use]
pub fn line(c: &Canvas<'_>, app: &App, quarter: Quarter, room: usize) -> Line<'static> {
    let row = c.row().left(&quarter.to_string(), NAME.min(room), c.theme.bar);
    let Some(sealed) = app.history.quarter(quarter) else {
        return row.left(unread(app), room.saturating_sub(NAME), c.theme.secondary).done();
    };
    let of = QuarterDigest::of(sealed);
    let [closed, carried, dropped] = of.fates;
    let style = match of.grade.map(band) {
        Some(Grade::Green) => c.theme.good,
        Some(Grade::Amber) => c.theme.warn,
        Some(Grade::Red) => c.theme.bad,
        None => c.theme.secondary,
    };
    let grade = of.grade.map_or_else(|| "-".to_owned(), |g| g.fixed(2));
    let mut row = bar::push(c, row, of.grade.map(Finite::get), BAR).right(&grade, GRADE, style);
    let told = [
        closed.to_string(),
        carried.to_string(),
        dropped.to_string(),
        of.brier.map_or_else(|| "-".to_owned(), |b| b.fixed(2)),
        if of.stops.1 == 0 { "-".to_owned() } else { format!("{}/{}", of.stops.0, of.stops.1) },
        of.findings.to_string(),
    ];
    for value in told.iter().take(figures(room)) {
        row = row.right(value, FIGURE, c.theme.text);
    }
    row.done()
}

/// The names of its columns.
#[must_use]
pub fn columns(c: &Canvas<'_>, room: usize) -> Line<'static> {
    let style = c.theme.secondary;
    let mut row = c.row().gap(NAME + BAR).right(say!("grade"), GRADE, style);
    let names = [
        say!("fate" | "closed"),
        say!("fate" | "carried"),
        say!("fate" | "dropped"),
        say!("Brier"),
        say!("stops"),
        say!("findings"),
    ];
    for name in names.iter().take(figures(room)) {
        row = row.right(name, FIGURE, style);
    }
    row.done()
}

/// The panel of a quarter: its days and revision, then what was said.
#[must_use]
pub fn panel(app: &App, quarter: Quarter) -> (String, Vec<String>) {
    let (first, last) = (dated(quarter.first_day(), "%-d %b"), dated(quarter.last_day(), "%-d %b %Y"));
    let mut title = say!("{quarter}, {first} to {last}", quarter, first, last);
    if let Some(revision) = app.workspace.quarters.get(&quarter).filter(|r| **r > 1) {
        title.push_str(&say!(", revision {revision}", revision));
    }
    let lines = app.history.quarter(quarter).map_or_else(|| vec![unread(app).to_owned()], |s| told(s));
    (title, lines)
}

fn unread(app: &App) -> &'static str {
    if app.history_complete { say!("It cannot be read: ! says why") } else { say!("Reading this quarter") }
}

/// What stands here while no quarter was sealed.
#[must_use]
pub fn empty(app: &App) -> String {
    say!(
        "No quarter was sealed yet. {key} on Home holds the review of the one that is due; each leaves its grades, what was learned and what stops, to be read and compared here ever after. {weeks} shows the weeks again.",
        key = app.keymap.key_of("home.quarter"),
        weeks = app.keymap.key_of("quarters.weeks")
    )
}
