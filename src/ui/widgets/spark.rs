//! A line of small bars for numbers of any sign, with gaps where there is none; and a strip of statuses.

use ratatui::text::{Line, Span};

use crate::model::status::Status;
use crate::ui::canvas::Canvas;

/// Small bars for the last values, newest at the right; each in the style of its status. A gap is a blank.
#[must_use]
pub fn line(c: &Canvas<'_>, values: &[(Option<f64>, Status)], room: usize) -> Line<'static> {
    spanning(c, values, room, 0.0)
}

/// Like [`line`], with at least this much between the lowest bar and the highest, so that a small change looks small.
#[must_use]
pub fn spanning(c: &Canvas<'_>, values: &[(Option<f64>, Status)], room: usize, least: f64) -> Line<'static> {
    let shown = &values[values.len().saturating_sub(room)..];
    let known = || shown.iter().filter_map(|(v, _)| *v);
    let (low, high) = known().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    let low = low.min(high - least);
    let mut line = Line::default();
    line.push_span(Span::raw(" ".repeat(room - shown.len())));
    for (value, status) in shown {
        let symbol = value.map_or(" ", |v| c.glyphs.eighths(level(v, low, high)));
        line.push_span(Span::styled(symbol, c.theme.status(*status)));
    }
    line
}

/// 1 to 8 between the lowest and the highest value; the middle when all are the same.
fn level(value: f64, low: f64, high: f64) -> u8 {
    let span = high - low;
    if span <= 0.0 || !span.is_finite() {
        return 4;
    }
    let share = ((value - low) / span).clamp(0.0, 1.0);
    // 0 to 7.
    let step = (share * 7.0).round() as u8;
    1 + step
}

/// A strip of status shapes, newest at the right.
#[must_use]
pub fn strip(c: &Canvas<'_>, statuses: &[Status], room: usize) -> Line<'static> {
    let shown = &statuses[statuses.len().saturating_sub(room)..];
    let mut line = Line::default();
    line.push_span(Span::raw(" ".repeat(room - shown.len())));
    for status in shown {
        line.push_span(Span::styled(c.glyphs.status(*status), c.theme.status(*status)));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::level;

    #[test]
    fn bars_stand_between_the_lowest_and_the_highest_value() {
        assert_eq!((level(-5.0, -5.0, 5.0), level(5.0, -5.0, 5.0), level(0.0, -5.0, 5.0)), (1, 8, 5));
        assert_eq!(level(3.0, 3.0, 3.0), 4, "a constant series stands in the middle");
        assert_eq!(level(1.0, -f64::MAX, f64::MAX), 4, "a span beyond all numbers is no reason to fail");
    }
}
