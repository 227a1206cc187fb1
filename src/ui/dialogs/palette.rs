//! The palette: the words typed, and what they find, with its keys.

use ratatui::layout::Rect;

use crate::app::cursor::first_visible;
use crate::app::dialogs::palette::Palette;
use crate::app::intent::{Intent, Move};
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;

/// Draws the palette.
pub fn draw(c: &mut Canvas<'_>, area: Rect, palette: &Palette) {
    let place = middle(area, 76, 18);
    let inner = c.boxed(place, say!("What do you want to do?"));
    let line = c.row().text(": ", c.theme.key).text(&palette.words, c.theme.focus);
    let x = inner.x + u16::try_from(line.used()).unwrap_or(0);
    c.drawn.cursor = Some((x.min(inner.right().saturating_sub(1)), inner.y).into());
    c.line(inner, 0, &line.done());
    let list = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let found = palette.found();
    if found.len() == 0 {
        c.text(list, 0, say!("Nothing is called like that"), c.theme.secondary);
        return;
    }
    let first = first_visible(palette.at, found.len(), list.height.into());
    let room = usize::from(list.width);
    for (y, (i, item)) in (0u16..).zip(found.enumerate().skip(first).take(list.height.into())) {
        let row = Rect { y: list.y + y, height: 1, ..list };
        if i == palette.at {
            c.style(row, c.theme.selected);
        }
        let mark = if i == palette.at { c.glyphs.marker() } else { " " };
        let line = c
            .row()
            .text(mark, c.theme.marker)
            .gap(1)
            .left(item.help, room.saturating_sub(2 + 16), c.theme.text)
            .right(&item.key, 16, c.theme.key);
        c.line(row, 0, &line.done());
        c.click(row, Intent::Move(Move::To(i)));
    }
}
