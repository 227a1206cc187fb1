//! The plot itself: lines first, then what lies ahead, then the readings above both.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::columns::{Column, Columns};
use super::scale::{Scale, targets};
use super::{Chart, Tone};
use crate::model::number::Finite;
use crate::ui::canvas::Canvas;

/// Target, mean and limits over the weeks that each holds for; a phase that begins is a line from top to bottom.
pub(super) fn lines(c: &mut Canvas<'_>, plot: Rect, scale: Scale, chart: &Chart<'_>, columns: &Columns) {
    for (i, column) in columns.past.iter().enumerate() {
        let (from, until) = column.weeks;
        let last = i + 1 == columns.past.len();
        // The newest target and limits go on below what lies ahead.
        let cells = if last { plot.width.saturating_sub(column.x) } else { columns.step };
        let place = Rect { x: plot.x + column.x, width: cells.min(plot.width.saturating_sub(column.x)), ..plot };
        let limits = chart.limits.iter().rev().find(|l| l.from <= until && l.until >= from);
        if let Some(limits) = limits {
            across(c, place, scale, limits.mean, c.glyphs.horizontal(), c.theme.rule);
            for limit in limits.lower.into_iter().chain([limits.upper]) {
                across(c, place, scale, limit, c.glyphs.dashed(), c.theme.secondary);
            }
            if i > 0 && limits.from >= from && chart.limits.first().is_some_and(|first| first.from < limits.from) {
                for y in plot.top()..plot.bottom() {
                    c.cell(place.x, y, c.glyphs.dotted(), c.theme.secondary);
                }
            }
        }
        let aim = chart.points.iter().rev().find(|p| p.week <= until).map(|p| p.aim);
        for target in aim.into_iter().flat_map(targets) {
            across(c, place, scale, target, c.glyphs.strong(), c.theme.target);
        }
    }
}

fn across(c: &mut Canvas<'_>, place: Rect, scale: Scale, value: Finite, symbol: &str, style: Style) {
    let y = plot_row(place, scale, value.get());
    for x in place.left()..place.right() {
        c.cell(x, y, symbol, style);
    }
}

fn plot_row(plot: Rect, scale: Scale, value: f64) -> u16 {
    plot.y + scale.row(value, plot.height)
}

/// The band that most of what comes should lie in, and its middle.
pub(super) fn ahead(c: &mut Canvas<'_>, plot: Rect, scale: Scale, columns: &Columns) {
    for (x, ahead) in &columns.ahead {
        let (top, bottom) = (plot_row(plot, scale, ahead.upper.get()), plot_row(plot, scale, ahead.lower.get()));
        for x in (plot.x + x)..(plot.x + x + columns.step).min(plot.right()) {
            for y in top..=bottom {
                c.cell(x, y, c.glyphs.shade(), c.theme.secondary);
            }
            c.cell(x, plot_row(plot, scale, ahead.mean.get()), c.glyphs.expected(), c.theme.target);
        }
    }
}

/// A mark is no wider than this.
const WIDEST_MARK: u16 = 3;

/// A mark for each reading; a signal has a shape of its own.
pub(super) fn readings(c: &mut Canvas<'_>, plot: Rect, scale: Scale, columns: &Columns) {
    // The gap between two weeks is kept where there is room for one.
    let wide = columns.step.saturating_sub(u16::from(columns.step > 1)).clamp(1, WIDEST_MARK);
    for column in &columns.past {
        let Some((low, high)) = column.span else { continue };
        for x in (plot.x + column.x)..(plot.x + column.x + wide).min(plot.right()) {
            halves(c, plot, x, scale.halves(low.get(), plot.height), scale.halves(high.get(), plot.height), column);
        }
        if let Some(tone) = column.signal {
            let value = column.last.unwrap_or(high);
            let y = plot_row(plot, scale, value.get());
            for x in (plot.x + column.x)..(plot.x + column.x + wide).min(plot.right()) {
                c.cell(x, y, c.glyphs.signal(), tone_style(c, tone));
            }
        }
    }
}

/// The style of what a signal says.
fn tone_style(c: &Canvas<'_>, tone: Tone) -> Style {
    match tone {
        Tone::Better => c.theme.good,
        Tone::Worse => c.theme.bad,
        Tone::Changed => c.theme.warn,
    }
}

/// The half cells from the lowest to the highest reading of a column.
fn halves(c: &mut Canvas<'_>, plot: Rect, x: u16, low: u16, high: u16, column: &Column) {
    let style = c.theme.status(column.status);
    for cell in low / 2..=high / 2 {
        let lower = low <= cell * 2;
        let upper = high > cell * 2;
        let y = plot.bottom().saturating_sub(1 + cell);
        c.cell(x, y, c.glyphs.reading(lower, upper), style);
    }
}
