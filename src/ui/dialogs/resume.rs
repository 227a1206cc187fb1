//! The question what to do with an unfinished review.

use ratatui::layout::Rect;

use crate::app::dialogs::resume::{Resume, Way};
use crate::app::intent::{Intent, Move};
use crate::model::review::Moment;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;

/// Draws the question.
pub fn draw(c: &mut Canvas<'_>, area: Rect, resume: &Resume, now: Moment) {
    let told = resume.lines(now);
    let lines = u16::try_from(told.len()).unwrap_or(4);
    let place = middle(area, 72, lines + 7);
    let inner = c.boxed(place, say!("Continue where you were?"));
    for (y, line) in (0u16..).zip(&told) {
        c.text(inner, y, line, c.theme.text);
    }
    for (i, way) in Way::ALL.into_iter().enumerate() {
        let dy = u16::try_from(i).unwrap_or(0);
        let row = Rect { y: inner.y + lines + 1 + dy, height: 1, ..inner };
        if i == resume.at {
            c.style(row, c.theme.selected);
        }
        let mark = if i == resume.at { c.glyphs.marker() } else { " " };
        let line = c.row().text(mark, c.theme.marker).gap(1).text(way.label(), c.theme.text);
        c.line(row, 0, &line.done());
        c.click(row, Intent::Move(Move::To(i)));
    }
}
