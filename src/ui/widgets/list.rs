//! A list under headings: draws what is visible, keeps the cursor in view, and makes each row clickable.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::cursor::first_visible;
use crate::app::intent::{Intent, Move};
use crate::app::screens::row::{Listed, Row};
use crate::model::tongue::word;
use crate::ui::canvas::Canvas;

/// How a list is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// A row a line.
    Tight,
    /// An empty line between rows: for the shared screen.
    Wide,
}

/// A line of the list as it is drawn: a heading, or the row with this number.
#[derive(Clone, Copy)]
enum Drawn {
    /// Its title, the number of its rows, and the first of them.
    Heading(&'static str, usize, usize),
    Row(usize),
    Blank,
}

/// Draws the rows; `line` draws one in the width it is given, without its marker; `columns` names what stands in it, over
/// the first group that has such columns.
pub fn draw(
    c: &mut Canvas<'_>,
    area: Rect,
    rows: &[Listed],
    cursor: Option<usize>,
    spacing: Spacing,
    columns: impl Fn(&Canvas<'_>, &Row, usize) -> Line<'static>,
    mut line: impl FnMut(&Canvas<'_>, &Row, usize) -> Line<'static>,
) {
    let (lines, at) = lay(rows, cursor, spacing);
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(5), ..area };
    let named = lines.iter().find_map(|line| match *line {
        Drawn::Heading(_, _, row) => Some(row).filter(|r| columns(c, &rows[*r].row, inner.width.into()).width() > 0),
        Drawn::Row(_) | Drawn::Blank => None,
    });
    let height = usize::from(area.height);
    let first = first_visible(at, lines.len(), height);
    // A heading just above the first row is worth its line.
    let first = if first == 1 && at < height { 0 } else { first };
    for (y, drawn) in (0u16..).zip(lines.iter().skip(first).take(height)) {
        match *drawn {
            Drawn::Blank => {}
            Drawn::Heading(title, n, row) => {
                if named == Some(row) {
                    c.line(inner, y, &columns(c, &rows[row].row, inner.width.into()));
                }
                let line = c
                    .row()
                    .text(&format!(" {}", word(title)), c.theme.heading)
                    .text(&format!(" ({n})"), c.theme.secondary)
                    .done();
                c.line(area, y, &line);
            }
            Drawn::Row(row) => {
                let selected = cursor == Some(row);
                let place = Rect { y: area.y + y, height: 1, ..area };
                if selected {
                    c.style(place, c.theme.selected);
                    c.text(Rect { x: area.x + 1, width: 2, ..place }, 0, c.glyphs.marker(), c.theme.marker);
                }
                // The last column is the scrollbar's, with a gap before it.
                let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(5), ..place };
                let text = line(c, &rows[row].row, inner.width.into());
                c.line(inner, 0, &text);
                c.click(place, Intent::Move(Move::To(row)));
            }
        }
    }
    scrollbar(c, area, first, lines.len());
}

/// How many lines the rows take, headings and all.
#[must_use]
pub fn height(rows: &[Listed]) -> u16 {
    u16::try_from(lay(rows, None, Spacing::Tight).0.len()).unwrap_or(u16::MAX)
}

/// The lines of the list, and the one the cursor is on.
fn lay(rows: &[Listed], cursor: Option<usize>, spacing: Spacing) -> (Vec<Drawn>, usize) {
    let mut lines = Vec::with_capacity(rows.len() + 8);
    let mut at = 0;
    let mut group = "";
    for (i, listed) in rows.iter().enumerate() {
        if listed.group != group {
            group = listed.group;
            let n = rows[i..].iter().take_while(|r| r.group == group).count();
            if !lines.is_empty() {
                lines.push(Drawn::Blank);
            }
            lines.push(Drawn::Heading(group, n, i));
        }
        if cursor == Some(i) {
            at = lines.len();
        }
        lines.push(Drawn::Row(i));
        if spacing == Spacing::Wide {
            lines.push(Drawn::Blank);
        }
    }
    (lines, at)
}

/// A mark at the right edge that tells how far down one is, when not everything fits.
fn scrollbar(c: &mut Canvas<'_>, area: Rect, first: usize, lines: usize) {
    let height = usize::from(area.height);
    if lines <= height || height < 3 {
        return;
    }
    let size = (height * height / lines).max(1);
    let top = first * (height - size) / (lines - height).max(1);
    for y in 0..height {
        let on = (top..top + size).contains(&y);
        let symbol = if on { c.glyphs.bar().0 } else { c.glyphs.vertical() };
        let Ok(dy) = u16::try_from(y) else { return };
        c.cell(area.right().saturating_sub(1), area.y + dy, symbol, c.theme.rule);
    }
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::app::{Look, ThemeName};

    #[test]
    fn of_five_thousand_rows_only_those_in_view_are_built() {
        let card = |n: usize| Listed::new("open", Row::Card(format!("card-{n}").parse().unwrap()));
        let rows: Vec<Listed> = (0..5_000).map(card).collect();
        let area = Rect { x: 0, y: 0, width: 80, height: 24 };
        let look = Look { theme: ThemeName::Dark, truecolor: false, ascii: false, present: false };
        let mut buffer = Buffer::empty(area);
        let mut canvas = Canvas::new(&mut buffer, look);
        let mut built = 0;
        let nothing = |c: &Canvas<'_>, _: &Row, _: usize| c.row().done();
        draw(&mut canvas, area, &rows, Some(2_500), Spacing::Tight, nothing, |c, row, room| {
            built += 1;
            c.row().left(&row.key(), room, c.theme.text).done()
        });
        assert_eq!(built, 24, "a line each");
    }
}
