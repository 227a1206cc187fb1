//! Around the plot: values at the left, the names of the lines at the right, statuses and weeks below.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns::Columns;
use super::scale::{Scale, targets};
use super::{Chart, NAMES};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::ui::canvas::Canvas;
use crate::ui::text::width;

/// A line that carries its value and its name.
struct Named {
    value: f64,
    name: &'static str,
    style: Style,
}

/// The lines at the newest week, the most important first: where two would stand in one row, the first one does.
fn named(c: &Canvas<'_>, chart: &Chart<'_>) -> Vec<Named> {
    let aim = chart.points.last().map(|p| p.aim);
    let mut lines: Vec<Named> = aim
        .into_iter()
        .flat_map(targets)
        .map(|v| Named { value: v.get(), name: say!("target"), style: c.theme.target })
        .collect();
    let newest =
        chart.points.last().and_then(|p| chart.limits.iter().rev().find(|l| l.from <= p.week && l.until >= p.week));
    if let Some(limits) = newest {
        let mut put = |value: Finite, name| lines.push(Named { value: value.get(), name, style: c.theme.secondary });
        put(limits.upper, say!("upper limit"));
        if let Some(lower) = limits.lower {
            put(lower, say!("lower limit"));
        }
        put(limits.mean, say!("mean"));
    }
    lines
}

/// The values of the lines and of the ends at the left; at the right, where there is room, their names.
pub(super) fn values(
    c: &mut Canvas<'_>,
    area: Rect,
    plot: Rect,
    scale: Scale,
    chart: &Chart<'_>,
    room: usize,
    axis: &impl Fn(f64) -> String,
) {
    let mut taken: Vec<u16> = Vec::new();
    let left = Rect { height: plot.height, ..area };
    let right = Rect { x: plot.right() + 1, width: area.right().saturating_sub(plot.right() + 1), ..plot };
    for line in named(c, chart) {
        let y = scale.row(line.value, plot.height);
        if taken.contains(&y) {
            continue;
        }
        taken.push(y);
        let label = c.row().right(&axis(line.value), room, line.style).done();
        c.line(left, y, &label);
        if right.width + 1 >= NAMES {
            c.text(right, y, line.name, line.style);
        }
    }
    for (y, value) in [(0, scale.high), (plot.height - 1, scale.low)] {
        let near = |t: &u16| t.abs_diff(y) < 1;
        if !taken.iter().any(near) {
            let label = c.row().right(&axis(value), room, c.theme.secondary).done();
            c.line(left, y, &label);
        }
    }
}

/// Below the plot: the status by the rule, and the team's mark where it differs.
pub(super) fn strips(c: &mut Canvas<'_>, area: Rect, plot: Rect, columns: &Columns, room: usize) {
    let y = plot.bottom();
    for (dy, name) in [(0, say!("computed")), (1, say!("marked"))] {
        let label = c.row().right(name, room, c.theme.secondary).done();
        c.line(Rect { y: y + dy, height: 1, ..area }, 0, &label);
    }
    for column in &columns.past {
        let x = plot.x + column.x;
        if x >= plot.right() {
            break;
        }
        let mut put = |y, status: Status| c.cell(x, y, c.glyphs.status(status), c.theme.status(status));
        put(y, column.computed);
        if let Some(mark) = column.marked {
            put(y + 1, mark);
        }
    }
}

/// The first and the last reading with their weeks below the plot, and the last week ahead, as far as there is room.
pub(super) fn weeks(c: &mut Canvas<'_>, area: Rect, plot: Rect, columns: &Columns, show: &impl Fn(Finite) -> String) {
    let row = Rect { y: area.bottom() - 1, height: 1, ..area };
    let mut known = columns.past.iter().filter_map(|p| Some((p.x, p.weeks.1, p.last?)));
    let (Some(first), last) = (known.next(), known.next_back()) else { return };
    let long = plot.width >= 44;
    let name = |week: crate::model::week::Week| if long { week.to_string() } else { week.short() };
    let text = |(_, week, value): (u16, _, Finite)| format!("{}: {}", name(week), show(value));
    // The newest is what one looks for: it gets its place first, flush with its column.
    let newest = last.unwrap_or(first);
    let words = text(newest);
    let size = u16::try_from(width(&words)).unwrap_or(u16::MAX);
    let end = (newest.0 + columns.step).min(plot.width);
    let at = end.saturating_sub(size);
    c.text(Rect { x: plot.x + at, width: plot.width.saturating_sub(at), ..row }, 0, &words, c.theme.bar);
    let words = text(first);
    if last.is_some() && first.0 + u16::try_from(width(&words)).unwrap_or(u16::MAX).saturating_add(2) <= at {
        c.text(Rect { x: plot.x + first.0, width: at - first.0, ..row }, 0, &words, c.theme.secondary);
    }
    if let Some((x, ahead)) = columns.ahead.last() {
        // A week of another year would be taken for one of this.
        let near = ahead.week.year() == newest.1.year();
        let week = if near { ahead.week.short() } else { ahead.week.to_string() };
        let words = format!("{week}: {}", show(ahead.mean));
        let size = u16::try_from(width(&words)).unwrap_or(u16::MAX);
        let from = (at.max(end) + 2).max((x + columns.step).saturating_sub(size));
        let room = area.right().saturating_sub(plot.x + from);
        if size <= room {
            c.text(Rect { x: plot.x + from, width: room, ..row }, 0, &words, c.theme.target);
        }
    }
}
