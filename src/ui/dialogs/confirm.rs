//! A question to answer yes or no.

use ratatui::layout::Rect;

use crate::app::dialogs::Confirm;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;
use crate::ui::text::wrap;

/// Draws the question with what hangs on it.
pub fn draw(c: &mut Canvas<'_>, area: Rect, confirm: &Confirm) {
    let room = usize::from(area.width.saturating_sub(6).min(76)).saturating_sub(4);
    let lines: Vec<String> = confirm.details.iter().flat_map(|d| wrap(d, room)).collect();
    let place = middle(area, 76, u16::try_from(lines.len()).unwrap_or(8) + 5);
    let inner = c.boxed(place, &confirm.question);
    for (y, line) in (0u16..).zip(&lines) {
        c.text(inner, y, line, c.theme.text);
    }
    let row = c
        .row()
        .text("Y", c.theme.key)
        .text(say!(" yes (capital)   "), c.theme.text)
        .text("Esc", c.theme.key)
        .text(say!(" no"), c.theme.text);
    c.line(Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner }, 0, &row.done());
}
