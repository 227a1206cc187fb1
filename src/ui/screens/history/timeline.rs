//! The time line: a column a week, with what went wrong in it, what was decided, and how many commitments were kept.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::cursor::first_visible;
use crate::app::intent::{Intent, Move};
use crate::model::history::WeekDigest;
use crate::model::status::Status;
use crate::model::tongue::dated;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;

/// Cells for the names of the lines.
const NAMES: u16 = 10;
/// Lines it takes.
const HEIGHT: u16 = 4;

/// Draws it; returns the lines it takes.
pub(super) fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, now: Week) -> u16 {
    let weeks: Vec<Week> = app.workspace.weeks.keys().copied().collect();
    let Some(at) = weeks.iter().position(|w| *w == now) else { return 0 };
    let room = usize::from(area.width.saturating_sub(NAMES));
    let step = if weeks.len() * 2 <= room { 2 } else { 1 };
    let fits = room / step;
    let first = first_visible(at, weeks.len(), fits);
    let shown = &weeks[first..(first + fits).min(weeks.len())];
    for (y, name) in (1u16..).zip([say!("lane" | "off track"), say!("lane" | "decided"), say!("kept")]) {
        c.text(Rect { width: NAMES, ..area }, y, name, c.theme.secondary);
    }
    let step = u16::try_from(step).unwrap_or(1);
    months(c, Rect { x: area.x + NAMES, width: area.width.saturating_sub(NAMES), ..area }, shown, step);
    for (i, week) in (0u16..).zip(shown) {
        let x = area.x + NAMES + i * step;
        if let Some(digest) = app.history.week(*week) {
            column(c, x, area.y + 1, digest);
        }
        let place = Rect { x, y: area.y + 1, width: step, height: HEIGHT - 1 };
        if *week == now {
            c.style(Rect { width: 1, ..place }, c.theme.current);
        } else if app.screens.history.base == Some(*week) {
            c.style(Rect { width: 1, ..place }, c.theme.hit);
            c.cell(x, area.y + 2, "c", c.theme.heading);
        }
        // The rows stand newest first.
        c.click(place, Intent::Move(Move::To(weeks.len() - 1 - (first + usize::from(i)))));
    }
    HEIGHT
}

/// One week: the share of KPIs off track, the number of decisions, the share of commitments kept.
fn column(c: &mut Canvas<'_>, x: u16, y: u16, digest: &WeekDigest) {
    let (known, off) = digest.kpis.statuses().fold((0, 0), |(known, off), (_, status)| {
        (known + usize::from(status != Status::Unknown), off + usize::from(status == Status::OffTrack))
    });
    // Half the scorecard off track fills the cell: more is no use to tell apart.
    share(c, x, y, off * 2, known, c.theme.bad);
    let decided = digest.decisions.iter().filter(|d| d.decided == digest.week).count();
    if decided > 0 {
        let digit = char::from_digit(u32::try_from(decided.min(9)).unwrap_or(9), 10).unwrap_or('+');
        c.cell(x, y + 1, digit.encode_utf8(&mut [0; 4]), c.theme.text);
    }
    let (done, due) = digest.kept;
    share(c, x, y + 2, done, due, c.theme.good);
}

/// A part of a whole as a small bar; nothing for none of it.
fn share(c: &mut Canvas<'_>, x: u16, y: u16, part: usize, of: usize, style: Style) {
    if part == 0 || of == 0 {
        return;
    }
    let eighths = (part * 8).div_ceil(of).min(8);
    c.cell(x, y, c.glyphs.eighths(u8::try_from(eighths).unwrap_or(8)), style);
}

/// The months, each above its first week; January carries its year.
fn months(c: &mut Canvas<'_>, area: Rect, weeks: &[Week], step: u16) {
    use chrono::Datelike;
    let month = |week: &Week| week.day(chrono::Weekday::Thu).month();
    let mut free = 0;
    for (i, pair) in (0u16..).zip(std::iter::once(None).chain(weeks.iter().map(Some)).zip(weeks)) {
        let (before, week) = pair;
        if before.is_some_and(|b| month(b) == month(week)) {
            continue;
        }
        let day = week.day(chrono::Weekday::Thu);
        let name = if month(week) == 1 || i == 0 { dated(day, "%b %Y") } else { dated(day, "%b") };
        let name = if month(week) == 1 && step == 1 { day.format("%Y").to_string() } else { name };
        let x = i * step;
        let size = u16::try_from(name.len()).unwrap_or(u16::MAX);
        if x >= free && x + size <= area.width {
            c.text(Rect { x: area.x + x, width: size, ..area }, 0, &name, c.theme.secondary);
            free = x + size + 1;
        }
    }
}
