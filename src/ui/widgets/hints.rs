//! The footer: the keys that matter here, as many as fit, read from the one table.

use ratatui::layout::Rect;

use crate::app::keymap::{Keymap, Scope};
use crate::model::tongue::word;
use crate::ui::canvas::Canvas;
use crate::ui::text::width;

/// Draws the keys of these scopes into one line. Help and palette are always among them where they hold.
pub fn draw(c: &mut Canvas<'_>, area: Rect, keymap: &Keymap, scopes: &[Scope]) {
    let all = keymap.footer(scopes);
    let cells = |b: &crate::app::keymap::Binding| width(&b.keys[0].to_string()) + 1 + width(word(b.label)) + 2;
    let always = |name: &str| matches!(name, "app.help" | "app.palette" | "review.next");
    let room = usize::from(area.width).saturating_sub(1);
    let mut left = room.saturating_sub(all.iter().filter(|b| always(b.name)).map(|b| cells(b)).sum());
    let mut shown = Vec::new();
    let mut full = false;
    for binding in all {
        if always(binding.name) {
            shown.push(binding);
        } else if !full && cells(binding) <= left {
            left -= cells(binding);
            shown.push(binding);
        } else {
            full = true;
        }
    }
    let mut row = c.row().gap(1);
    for binding in shown {
        let key = binding.keys[0].to_string();
        let x = area.x + u16::try_from(row.used()).unwrap_or(0);
        let w = u16::try_from(cells(binding) - 2).unwrap_or(0);
        c.click(Rect { x, width: w, height: 1, ..area }, binding.intent);
        row = row.text(&key, c.theme.key).text(" ", c.theme.text).text(word(binding.label), c.theme.secondary).gap(2);
    }
    c.line(area, 0, &row.done());
}
