//! What everything is drawn on: cells, styles, shapes, and the places that can be clicked.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use unicode_width::UnicodeWidthChar;

use super::glyphs::Glyphs;
use super::text::{Row, width, wrap};
use super::theme::Theme;
use crate::app::Look;
use crate::app::intent::Intent;
use crate::model::shown::stands_alone;

/// What a picture leaves behind beside its cells.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// What was drawn where, and what a click on it means. Later ones lie above earlier ones.
    pub clickable: Vec<(Rect, Intent)>,
    /// Where the text cursor stands.
    pub cursor: Option<Position>,
    /// Whether a running clock is on the screen.
    pub clock: bool,
}

impl Drawn {
    /// What a click at a place means.
    #[must_use]
    pub fn at(&self, x: u16, y: u16) -> Option<Intent> {
        self.clickable.iter().rev().find(|(area, _)| area.contains(Position { x, y })).map(|(_, intent)| *intent)
    }
}

/// What everything is drawn on.
#[derive(Debug)]
pub struct Canvas<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// The styles.
    pub theme: Theme,
    /// The shapes.
    pub glyphs: Glyphs,
    /// What is left behind beside the cells.
    pub drawn: Drawn,
}

impl<'a> Canvas<'a> {
    /// A canvas over these cells.
    #[must_use]
    pub fn new(buffer: &'a mut Buffer, look: Look) -> Self {
        Self { buffer, theme: Theme::of(look), glyphs: Glyphs::new(look.ascii), drawn: Drawn::default() }
    }

    /// An empty line with this canvas's shapes.
    #[must_use]
    pub fn row(&self) -> Row {
        Row::new(self.glyphs)
    }

    /// Draws a line at a row of an area; outside of it, nothing.
    pub fn line(&mut self, area: Rect, y: u16, line: &Line<'_>) {
        // A place outside the buffer would end the program, and a picture is never worth that.
        if y >= area.height || !self.buffer.area.contains(Position { x: area.x, y: area.y + y }) {
            return;
        }
        let (mut x, end) = (area.x, area.right().min(self.buffer.area.right()));
        let mut cut = None;
        for span in &line.spans {
            let style = line.style.patch(span.style);
            let room = end.saturating_sub(x);
            x = match self.plain(x, area.y + y, &span.content, style, end) {
                Some(x) => x,
                None => self.buffer.set_stringn(x, area.y + y, &span.content, room.into(), style).0,
            };
            if cut.is_none() && span.content.len() > usize::from(room) && width(span.content.trim_end()) > room.into() {
                cut = Some(style);
            }
        }
        // What is longer in another language may not fit: where it was cut is told.
        if let Some(style) = cut.filter(|_| end > area.x) {
            self.buffer.set_stringn(end - 1, area.y + y, self.glyphs.cut(), 1, style);
        }
    }

    /// Draws a text whose characters are one cell each; of any other text nothing. The library would look for graphemes in it
    /// and measure each, which is most of the time of a frame. Returns the place after it.
    fn plain(&mut self, x: u16, y: u16, text: &str, style: Style, end: u16) -> Option<u16> {
        let one = |c: char| c.is_ascii() || UnicodeWidthChar::width(c) == Some(1);
        if !text.chars().all(|c| stands_alone(c) && one(c)) {
            return None;
        }
        let mut at = x;
        for (from, c) in text.char_indices().take(end.saturating_sub(x).into()) {
            let cell = self.buffer.cell_mut((at, y))?;
            cell.set_symbol(&text[from..from + c.len_utf8()]).set_style(style);
            at += 1;
        }
        Some(at)
    }

    /// Draws a text at a row of an area, cut to its width.
    pub fn text(&mut self, area: Rect, y: u16, text: &str, style: Style) {
        let line = self.row().left(text, area.width.into(), style).done();
        self.line(area, y, &line);
    }

    /// Draws a wrapped text from a row of an area on; returns the row below it.
    pub fn wrapped(&mut self, area: Rect, y: u16, text: &str, style: Style) -> u16 {
        let mut y = y;
        for line in wrap(text, area.width.into()) {
            self.text(area, y, &line, style);
            y = y.saturating_add(1);
        }
        y
    }

    /// Gives an area a style on top of what is drawn there.
    pub fn style(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area, style);
    }

    /// Fills an area with the base style and blanks.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        if area.is_empty() {
            return;
        }
        let mut blank = Cell::default();
        blank.set_style(self.theme.base);
        for y in area.top()..area.bottom() {
            let start = self.buffer.index_of(area.left(), y);
            self.buffer.content[start..start + usize::from(area.width)].fill(blank.clone());
        }
    }

    /// A horizontal line over the width of an area.
    pub fn rule(&mut self, area: Rect, y: u16) {
        let line = self.glyphs.horizontal().repeat(area.width.into());
        self.text(area, y, &line, self.theme.rule);
    }

    /// A vertical line over the height of an area, at its left edge.
    pub fn vertical(&mut self, area: Rect) {
        for y in 0..area.height {
            self.text(Rect { width: 1, ..area }, y, self.glyphs.vertical(), self.theme.rule);
        }
    }

    /// One shape in one cell.
    pub fn cell(&mut self, x: u16, y: u16, symbol: &str, style: Style) {
        if let Some(cell) = self.buffer.cell_mut((x, y)) {
            cell.set_symbol(symbol).set_style(style);
        }
    }

    /// Ends the picture. In ASCII mode what people and rules wrote is brought down to ASCII too, a cell a cell.
    pub fn finish(self) -> Drawn {
        if self.glyphs.is_ascii() {
            for cell in self.buffer.content.iter_mut().filter(|c| !c.symbol().is_ascii()) {
                let plain = in_ascii(cell.symbol());
                cell.set_symbol(plain);
            }
        }
        self.drawn
    }

    /// Says what a click on an area means.
    pub fn click(&mut self, area: Rect, intent: Intent) {
        self.drawn.clickable.push((area, intent));
    }

    /// A box with a title over an area, cleared; returns what is inside.
    pub fn boxed(&mut self, area: Rect, title: &str) -> Rect {
        self.clear(area);
        if area.width < 4 || area.height < 3 {
            return Rect { width: 0, height: 0, ..area };
        }
        let [tl, tr, bl, br] = self.glyphs.corners();
        let across = self.glyphs.horizontal().repeat(usize::from(area.width) - 2);
        let style = self.theme.rule;
        let top = self.row().text(tl, style).text(&across, style).text(tr, style).done();
        let bottom = self.row().text(bl, style).text(&across, style).text(br, style).done();
        self.line(area, 0, &top);
        self.line(area, area.height - 1, &bottom);
        for y in 1..area.height - 1 {
            self.cell(area.x, area.y + y, self.glyphs.vertical(), style);
            self.cell(area.right() - 1, area.y + y, self.glyphs.vertical(), style);
        }
        if !title.is_empty() {
            let room = usize::from(area.width).saturating_sub(6);
            let title = super::text::fit(title, room, self.glyphs);
            let line = self.row().text(" ", style).text(&title, self.theme.heading).text(" ", style).done();
            self.line(Rect { x: area.x + 2, width: area.width - 3, ..area }, 0, &line);
        }
        Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
    }
}

/// What stands for a symbol where only ASCII is shown.
fn in_ascii(symbol: &str) -> &'static str {
    match symbol {
        "\u{201c}" | "\u{201d}" | "\u{201e}" => "\"",
        "\u{2018}" | "\u{2019}" => "'",
        "\u{2013}" | "\u{2014}" | "\u{2212}" => "-",
        "\u{2026}" => "~",
        "\u{b7}" => ".",
        "\u{d7}" => "x",
        _ => "?",
    }
}
