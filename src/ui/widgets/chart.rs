//! A chart of weekly values: bars of eighths in the style of their status, the target as a line, values readable at the ends.

use ratatui::layout::Rect;

use crate::model::kpi::Aim;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::text::width;

/// A week of the chart.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The week.
    pub week: Week,
    /// Its value; a gap without one.
    pub value: Option<Finite>,
    /// Its status.
    pub status: Status,
    /// What was to be reached in it.
    pub aim: Aim,
}

/// The values that the chart spans, bottom and top.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// From the lowest to the highest of values and targets, with a little air; never empty.
    fn of(points: &[Point]) -> Option<Self> {
        let aims = points.iter().flat_map(|p| match p.aim {
            Aim::At(v) => [Some(v), None],
            Aim::Within(a, b) => [Some(a), Some(b)],
            Aim::Nothing => [None, None],
        });
        let all = points.iter().map(|p| p.value).chain(aims).flatten().map(Finite::get);
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
        if low > high {
            return None;
        }
        let span = high - low;
        let air = if span > 0.0 && span.is_finite() { span * 0.12 } else { high.abs().max(1.0) * 0.1 };
        // A series that never goes below zero stands on zero rather than below it.
        let floor = if low >= 0.0 { (low - air).max(0.0) } else { low - air };
        Some(Self { low: floor, high: high + air })
    }

    /// Eighths of a cell from the bottom, out of `rows` cells.
    fn eighths(self, value: f64, rows: u16) -> u32 {
        let span = self.high - self.low;
        let share = if span.is_finite() && span > 0.0 { ((value - self.low) / span).clamp(0.0, 1.0) } else { 0.5 };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most 8 times the height of a screen
        let eighths = (share * f64::from(rows) * 8.0).round() as u32;
        eighths.max(1)
    }

    /// The row, from the top, that a value lies in.
    fn row(self, value: f64, rows: u16) -> u16 {
        let up = u16::try_from(self.eighths(value, rows).saturating_sub(1) / 8).unwrap_or(0);
        rows.saturating_sub(1).saturating_sub(up)
    }
}

/// Draws the last weeks that fit. `show` writes a value for the axis.
pub fn draw(c: &mut Canvas<'_>, area: Rect, points: &[Point], show: impl Fn(Finite) -> String) {
    if area.height < 3 || area.width < 16 {
        return;
    }
    let axis = |v: f64| Finite::new(v).map(&show).unwrap_or_default();
    let Some(full) = Scale::of(points) else {
        c.text(area, 0, "No reading yet", c.theme.secondary);
        return;
    };
    let label = width(&axis(full.high)).max(width(&axis(full.low))).max(6).min(usize::from(area.width) / 3);
    let label_cells = u16::try_from(label + 1).unwrap_or(8);
    let plot = Rect { x: area.x + label_cells, width: area.width - label_cells, height: area.height - 1, ..area };
    let step = step(plot.width, points.len());
    let fits = usize::from(plot.width / step);
    let points = &points[points.len().saturating_sub(fits)..];
    let scale = Scale::of(points).unwrap_or(full);
    let aim = points.last().map_or(Aim::Nothing, |p| p.aim);
    labels(c, area, plot, scale, aim, label, &axis);
    for (i, point) in (0u16..).zip(points) {
        targets(c, plot, scale, *point, plot.x + i * step, step);
        bar(c, plot, scale, *point, plot.x + i * step, step);
    }
    weeks(c, area, plot, points, step);
}

/// Cells for a week: as wide as fits, three at most.
fn step(room: u16, weeks: usize) -> u16 {
    let weeks = u16::try_from(weeks.max(1)).unwrap_or(u16::MAX);
    (room / weeks).clamp(1, 3)
}

fn bar(c: &mut Canvas<'_>, plot: Rect, scale: Scale, point: Point, x: u16, step: u16) {
    let Some(value) = point.value else { return };
    let eighths = scale.eighths(value.get(), plot.height);
    let style = c.theme.status(point.status);
    for row in 0..plot.height {
        let filled = eighths.saturating_sub(u32::from(row) * 8).min(8);
        if filled == 0 {
            break;
        }
        let symbol = c.glyphs.eighths(u8::try_from(filled).unwrap_or(8));
        // The gap between two weeks is kept where there is room for one.
        for dx in 0..step.saturating_sub(u16::from(step > 1)).max(1) {
            c.cell(x + dx, plot.bottom() - 1 - row, symbol, style);
        }
    }
}

fn targets(c: &mut Canvas<'_>, plot: Rect, scale: Scale, point: Point, x: u16, step: u16) {
    let lines = match point.aim {
        Aim::At(v) => [Some(v), None],
        Aim::Within(a, b) => [Some(a), Some(b)],
        Aim::Nothing => [None, None],
    };
    for value in lines.into_iter().flatten() {
        let y = plot.y + scale.row(value.get(), plot.height);
        for dx in 0..step {
            c.cell(x + dx, y, c.glyphs.strong(), c.theme.target);
        }
    }
}

fn labels(
    c: &mut Canvas<'_>,
    area: Rect,
    plot: Rect,
    scale: Scale,
    aim: Aim,
    room: usize,
    axis: &impl Fn(f64) -> String,
) {
    let put = |c: &mut Canvas<'_>, y: u16, text: &str, style| {
        let line = c.row().right(text, room, style).done();
        c.line(Rect { height: plot.height, ..area }, y, &line);
    };
    put(c, 0, &axis(scale.high), c.theme.secondary);
    put(c, plot.height - 1, &axis(scale.low), c.theme.secondary);
    let targets = match aim {
        Aim::At(v) => [Some(v), None],
        Aim::Within(a, b) => [Some(a), Some(b)],
        Aim::Nothing => [None, None],
    };
    for value in targets.into_iter().flatten() {
        put(c, scale.row(value.get(), plot.height), &axis(value.get()), c.theme.target);
    }
}

/// The first and the last week below the bars, and one between where there is room.
fn weeks(c: &mut Canvas<'_>, area: Rect, plot: Rect, points: &[Point], step: u16) {
    let Some((first, last)) = points.first().zip(points.last()) else { return };
    let y = area.height - 1;
    let n = u16::try_from(points.len()).unwrap_or(1);
    let end = (n * step).max(4);
    let place = |x: u16| Rect { x: plot.x + x, width: plot.width.saturating_sub(x), ..area };
    c.text(place(0), y, &first.week.short(), c.theme.secondary);
    if end >= 18 {
        let middle = &points[points.len() / 2];
        c.text(place(n / 2 * step), y, &middle.week.short(), c.theme.secondary);
    }
    if end >= 9 {
        c.text(
            place(end.saturating_sub(4).min(plot.width.saturating_sub(3))),
            y,
            &last.week.short(),
            c.theme.secondary,
        );
    }
}
