//! A list under headings: draws what is visible, keeps the cursor in view, and makes each row clickable.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::cursor::first_visible;
use crate::app::intent::{Intent, Move};
use crate::app::screens::row::{Row, Rows};
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
    rows: &Rows,
    cursor: Option<usize>,
    spacing: Spacing,
    columns: impl Fn(&Canvas<'_>, &Row, usize) -> Line<'static>,
    mut line: impl FnMut(&Canvas<'_>, &Row, usize) -> Line<'static>,
) {
    let layout = Layout::of(rows, spacing);
    let at = cursor.map_or(0, |row| layout.line_of(row));
    let inner = Rect { x: area.x + 3, width: area.width.saturating_sub(5), ..area };
    let mut heads = rows.groups().iter().map(|group| group.start).filter(|row| !rows[*row].group.is_empty());
    let named = heads.find(|row| columns(c, &rows[*row].row, inner.width.into()).width() > 0);
    let height = usize::from(area.height);
    let first = first_visible(at, layout.lines, height);
    // A heading just above the first row is worth its line.
    let first = if first == 1 && at < height { 0 } else { first };
    for (y, line_at) in (0u16..).zip(first..layout.lines.min(first + height)) {
        match layout.at(line_at) {
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
    scrollbar(c, area, first, layout.lines);
}

/// How many lines the rows take, headings and all.
#[must_use]
pub fn height(rows: &Rows) -> u16 {
    u16::try_from(Layout::of(rows, Spacing::Tight).lines).unwrap_or(u16::MAX)
}

/// Which line each row is on. It is worked out from the groups, of which there are few, not from the rows.
struct Layout<'a> {
    rows: &'a Rows,
    /// Of each group: its first line, and the line of its first row.
    groups: Vec<(usize, usize)>,
    /// How many lines a row takes.
    each: usize,
    /// How many lines there are.
    lines: usize,
}

impl<'a> Layout<'a> {
    fn of(rows: &'a Rows, spacing: Spacing) -> Self {
        let each = match spacing {
            Spacing::Tight => 1,
            Spacing::Wide => 2,
        };
        let mut lines = 0;
        let mut groups = Vec::with_capacity(rows.groups().len());
        for (nth, group) in rows.groups().iter().enumerate() {
            let head = match nth {
                0 => usize::from(!rows[group.start].group.is_empty()),
                _ => 2,
            };
            groups.push((lines, lines + head));
            lines += head + group.len() * each;
        }
        Self { rows, groups, each, lines }
    }

    fn line_of(&self, row: usize) -> usize {
        let nth = self.rows.groups().partition_point(|group| group.end <= row);
        self.groups.get(nth).map_or(0, |(_, first)| first + (row - self.rows.groups()[nth].start) * self.each)
    }

    fn at(&self, line: usize) -> Drawn {
        let nth = self.groups.partition_point(|(first, _)| *first <= line) - 1;
        let (group, first) = (&self.rows.groups()[nth], self.groups[nth].1);
        match line.checked_sub(first) {
            Some(below) if below % self.each == 0 => Drawn::Row(group.start + below / self.each),
            Some(_) => Drawn::Blank,
            None if line + 1 == first => Drawn::Heading(self.rows[group.start].group, group.len(), group.start),
            None => Drawn::Blank,
        }
    }
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
    use crate::app::screens::row::Listed;
    use crate::app::{Look, ThemeName};

    #[test]
    fn of_five_thousand_rows_only_those_in_view_are_built() {
        let card = |n: usize| Listed::new("open", Row::Card(format!("card-{n}").parse().unwrap()));
        let rows = (0..5_000).map(card).collect::<Vec<_>>().into();
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

    #[test]
    fn each_row_has_its_line_and_each_line_its_row() {
        let listed =
            |(n, group): (usize, &&'static str)| Listed::new(group, Row::Card(format!("card-{n}").parse().unwrap()));
        for groups in [&["", "", "a", "b", "b"][..], &["a", "a", ""], &["a"], &[]] {
            let rows: Rows = groups.iter().enumerate().map(listed).collect::<Vec<_>>().into();
            for spacing in [Spacing::Tight, Spacing::Wide] {
                let layout = Layout::of(&rows, spacing);
                let lines: Vec<Drawn> = (0..layout.lines).map(|line| layout.at(line)).collect();
                let heads = lines.iter().filter(|line| matches!(line, Drawn::Heading(..))).count();
                assert_eq!(heads, rows.groups().len() - usize::from(groups.first() == Some(&"")));
                for row in 0..rows.len() {
                    assert!(matches!(lines[layout.line_of(row)], Drawn::Row(here) if here == row), "{groups:?} {row}");
                }
                assert!(!matches!(lines.first(), Some(Drawn::Blank)), "nothing is empty at the top");
            }
        }
    }
}
