//! History: the weeks on the left, the week under the cursor as it was on the right.

use ratatui::layout::Rect;

use super::draw_list;
use crate::app::App;
use crate::ui::canvas::Canvas;
use crate::ui::details;
use crate::ui::widgets::list::Spacing;

/// Draws History.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    if app.rows().is_empty() {
        let inner = Rect { x: area.x + 2, y: area.y + 1, width: area.width.saturating_sub(4), height: area.height };
        c.wrapped(
            inner,
            0,
            "No week was sealed yet. Each review leaves one; here it can be read and compared ever after.",
            c.theme.secondary,
        );
        return;
    }
    let left = if area.width >= 110 { 44 } else { 27 };
    let weeks = Rect { width: left, ..area };
    let panel = Rect { x: area.x + left, width: area.width - left, ..area };
    draw_list(c, weeks, app, Spacing::Tight);
    details::draw(c, panel, app, app.row(), true);
}
