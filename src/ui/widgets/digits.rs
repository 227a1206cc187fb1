//! Digits three lines high, to be read from the back of the room.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::canvas::Canvas;

/// How many lines the digits are high.
pub const HEIGHT: u16 = 3;

const SHAPES: [(char, [&str; 3]); 12] = [
    ('0', ["█▀█", "█ █", "▀▀▀"]),
    ('1', ["▀█ ", " █ ", "▀▀▀"]),
    ('2', ["▀▀█", "█▀▀", "▀▀▀"]),
    ('3', ["▀▀█", " ▀█", "▀▀▀"]),
    ('4', ["█ █", "▀▀█", "  ▀"]),
    ('5', ["█▀▀", "▀▀█", "▀▀▀"]),
    ('6', ["█▀▀", "█▀█", "▀▀▀"]),
    ('7', ["▀▀█", "  █", "  ▀"]),
    ('8', ["█▀█", "█▀█", "▀▀▀"]),
    ('9', ["█▀█", "▀▀█", "▀▀▀"]),
    (':', [" ", "▀", "▀"]),
    ('-', ["  ", "▀▀", "  "]),
];

/// The cells that a text of digits takes.
#[must_use]
pub fn width(text: &str) -> u16 {
    let cells = |ch: char| SHAPES.iter().find(|(c, _)| *c == ch).map_or(1, |(_, rows)| rows[0].chars().count());
    u16::try_from(text.chars().map(|ch| cells(ch) + 1).sum::<usize>()).unwrap_or(u16::MAX)
}

/// Draws digits, `:` and `-`; in ASCII as ordinary characters.
pub fn draw(c: &mut Canvas<'_>, area: Rect, text: &str, style: Style) {
    if c.glyphs.is_ascii() {
        c.text(area, 1, text, style);
        return;
    }
    for y in 0..HEIGHT {
        let parts =
            text.chars().map(|ch| SHAPES.iter().find(|(s, _)| *s == ch).map_or(" ", |(_, rows)| rows[usize::from(y)]));
        let line = parts.collect::<Vec<_>>().join(" ");
        c.text(area, y, &line, style);
    }
}
