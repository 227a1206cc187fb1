//! Two versions of the strategy: side by side where there is room, one above the other where there is not.
//!
//! ```text
//! > goal “Halve order errors”: target                          mine
//!   [ ] was         [x] m mine        [ ] t theirs
//!       4.5 %           4.7 %             4.6 %
//! ```

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::middle;
use crate::app::App;
use crate::app::dialogs::clash::Clash;
use crate::app::intent::{Intent, Move};
use crate::insight::merge::{Answer, By, Difference, Met};
use crate::ui::canvas::Canvas;
use crate::ui::text::{width, wrap, wrap_to};

/// From this width on the versions stand side by side.
const WIDE: u16 = 90;

/// The most lines of a version; the whole text stands in the file.
const MOST: usize = 6;

/// The lines of one row of the dialog.
struct Block {
    lines: Vec<Line<'static>>,
    /// The row it belongs to; a heading belongs to none.
    row: Option<usize>,
}

/// Draws the two versions.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, clash: &Clash) {
    let width = area.width.saturating_sub(4).min(132);
    let room = usize::from(width.saturating_sub(4));
    let blocks = blocks(c, clash, room);
    let head = wrap(&met(&clash.met), room);
    let body: usize = blocks.iter().map(|b| b.lines.len()).sum();
    let need = u16::try_from(head.len() + body + 5).unwrap_or(u16::MAX);
    let inner = c.boxed(middle(area, width, need), say!("Two versions of the strategy"));
    for (y, line) in (0u16..).zip(&head) {
        c.text(inner, y, line, c.theme.text);
    }
    let top = u16::try_from(head.len()).unwrap_or(1) + 1;
    let list = Rect { y: inner.y + top, height: inner.height.saturating_sub(top + 2), ..inner };
    draw_blocks(c, list, &blocks, clash.at);
    foot(c, inner, app, clash);
}

/// What met where, and what happens to what is not taken.
fn met(met: &Met) -> String {
    match met {
        Met::Outside => {
            say!("The files were changed outside while you changed them here. Your answers go onto what they say now; what \
                         is not taken stays one undo away, and the file as it is now is kept aside.")
                .to_owned()
        }
        Met::Shared => say!("Others sent changes of the same that you changed. Your answers are what you all get with the sync that goes \
                        on then; what is not taken stays in the history of git.")
            .to_owned(),
        Met::Marked(file) => say!(
            "git could not merge {file}: mine is above its =======, theirs below it. The file with both is kept aside when it is written.",
            file
        ),
        Met::Copy(copy) => say!(
            "{replace} is a copy that says something else. Mine is the file itself, theirs the copy: the copy stays as it is, and the \
             file as it is now is kept aside.",
            replace = copy.to_string_lossy().replace('\\', "/")
        ),
    }
}

/// What remains to be answered, and what writing does.
fn foot(c: &mut Canvas<'_>, inner: Rect, app: &App, clash: &Clash) {
    let key = app.keymap.key_of("clash.save");
    let n = clash.answers.len();
    let (text, style) = match (clash.writing, clash.open(), n) {
        (true, ..) => (say!("Writing\u{2026}").to_owned(), c.theme.text),
        (false, 0, 0) => (say!("Nothing clashes: {key} writes both together.", key), c.theme.good),
        (false, 0, _) => (say!("{n} of {n} answered: {key} writes it.", n, key), c.theme.good),
        (false, open, _) => {
            (say!("{n2} of {n} answered. Nothing is written before all are.", n2 = n - open, n), c.theme.warn)
        }
    };
    c.text(Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner }, 0, &text, style);
}

/// Draws the blocks so that the one under the cursor is seen whole.
fn draw_blocks(c: &mut Canvas<'_>, area: Rect, blocks: &[Block], at: usize) {
    let height = usize::from(area.height);
    let start = |nth: usize| blocks[..nth].iter().map(|b| b.lines.len()).sum::<usize>();
    let current = blocks.iter().position(|b| b.row == Some(at)).unwrap_or(0);
    let end = start(current) + blocks.get(current).map_or(0, |b| b.lines.len());
    let all = start(blocks.len());
    // What comes behind it is seen as well where there is room, and the first one is seen from its beginning.
    let needed = (end + 2).min(all).saturating_sub(height);
    let first = (0..=current).map(start).find(|first| *first >= needed).unwrap_or(start(current));
    let lines = blocks.iter().flat_map(|b| b.lines.iter().enumerate().map(move |(i, line)| (b.row, i, line)));
    for (y, (row, nth, line)) in (0u16..).zip(lines.skip(first).take(height)) {
        let place = Rect { y: area.y + y, height: 1, ..area };
        if row == Some(at) && nth == 0 {
            c.style(place, c.theme.selected);
        }
        c.line(place, 0, line);
        if let Some(row) = row {
            c.click(place, Intent::Move(Move::To(row)));
        }
    }
    if all > height {
        let more = say!("{first}-{first2} of {all} lines", first = first + 1, first2 = (first + height).min(all), all);
        let w = u16::try_from(more.len()).unwrap_or(0).min(area.width);
        c.text(Rect { x: area.right() - w, y: area.bottom() + 1, width: w, height: 1 }, 0, &more, c.theme.secondary);
    }
}

fn blocks(c: &Canvas<'_>, clash: &Clash, room: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (row, difference) in clash.merge.clashes().enumerate() {
        let answer = clash.answers.get(row).copied().flatten();
        let mut lines = vec![heading(c, difference, row == clash.at, answer, room)];
        lines.extend(if room >= usize::from(WIDE) {
            beside(c, difference, answer, room)
        } else {
            above(c, difference, answer, room)
        });
        lines.push(Line::default());
        blocks.push(Block { lines, row: Some(row) });
    }
    let asked = clash.answers.len();
    let agreed: Vec<&Difference> = clash.merge.agreed().collect();
    if !agreed.is_empty() {
        let text = say!("Changed by one side only, and in it either way ({agreed})", agreed = agreed.len());
        let line = c.row().left(&text, room, c.theme.heading).done();
        blocks.push(Block { lines: vec![line], row: None });
    }
    for (nth, difference) in agreed.into_iter().enumerate() {
        let row = asked + nth;
        blocks.push(Block { lines: stands(c, difference, row == clash.at, room), row: Some(row) });
    }
    blocks
}

/// The record and the field, and the answer given to it.
fn heading(c: &Canvas<'_>, d: &Difference, here: bool, answer: Option<Answer>, room: usize) -> Line<'static> {
    let (said, style) = match answer {
        Some(Answer::Mine) => (say!("mine"), c.theme.good),
        Some(Answer::Theirs) => (say!("theirs"), c.theme.good),
        Some(Answer::Both) => (say!("both"), c.theme.good),
        None => (say!("? not answered"), c.theme.warn),
    };
    let mark = if here { c.glyphs.marker() } else { " " };
    // Where there is no room for all of it, the field is told and the record is cut.
    let field = if d.field.is_empty() { String::new() } else { format!(": {}", d.field) };
    let all = room.saturating_sub(18);
    let record = width(&d.record).min(all.saturating_sub(width(&field)));
    let row = c.row().text(mark, c.theme.marker).gap(1).left(&d.record, record, c.theme.bar);
    row.left(&field, all - record, c.theme.bar).gap(1).right(said, 15, style).done()
}

fn name(d: &Difference) -> String {
    if d.field.is_empty() { d.record.clone() } else { format!("{}: {}", d.record, d.field) }
}

/// The versions one can choose from: the key, the name, the text, and whether it is the one taken.
fn choices(d: &Difference, answer: Option<Answer>) -> Vec<(&'static str, String, bool)> {
    let taken = |wanted| answer == Some(wanted);
    let mut all = vec![
        (say!("m mine"), d.mine.clone(), taken(Answer::Mine)),
        (say!("t theirs"), d.theirs.clone(), taken(Answer::Theirs)),
    ];
    all.extend(d.both.clone().map(|both| (say!("b both"), both, taken(Answer::Both))));
    all
}

/// What a version says; where it says nothing, that.
fn said(text: &str) -> &str {
    if text.is_empty() { say!("(nothing)") } else { text }
}

/// One above the other.
fn above(c: &Canvas<'_>, d: &Difference, answer: Option<Answer>, room: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut version = |mark: &str, name: &str, text: &str, style: Style| {
        for (nth, part) in wrap_to(said(text), room.saturating_sub(16), MOST, c.glyphs).iter().enumerate() {
            let (mark, name) = if nth == 0 { (mark, name) } else { ("", "") };
            let row = c.row().gap(2).left(mark, 4, style).left(name, 9, c.theme.secondary).gap(1);
            lines.push(row.text(part, style).done());
        }
    };
    if !d.base.is_empty() {
        version("", say!("was"), &d.base, c.theme.secondary);
    }
    for (name, text, taken) in choices(d, answer) {
        version(c.glyphs.taken(taken), name, &text, if taken { c.theme.bar } else { c.theme.text });
    }
    lines
}

/// Side by side.
fn beside(c: &Canvas<'_>, d: &Difference, answer: Option<Answer>, room: usize) -> Vec<Line<'static>> {
    let mut columns: Vec<(String, String, Style)> = Vec::new();
    if !d.base.is_empty() {
        columns.push((say!("was").to_owned(), d.base.clone(), c.theme.secondary));
    }
    for (name, text, taken) in choices(d, answer) {
        let style = if taken { c.theme.bar } else { c.theme.text };
        columns.push((format!("{} {name}", c.glyphs.taken(taken)), text, style));
    }
    let cell = (room.saturating_sub(2) / columns.len().max(1)).saturating_sub(2);
    let mut head = c.row().gap(2);
    for (name, _, _) in &columns {
        head = head.left(name, cell, c.theme.secondary).gap(2);
    }
    let texts: Vec<Vec<String>> = columns.iter().map(|(_, t, _)| wrap_to(said(t), cell, MOST, c.glyphs)).collect();
    let height = texts.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = vec![head.done()];
    for nth in 0..height {
        let mut row = c.row().gap(2);
        for (text, (_, _, style)) in texts.iter().zip(&columns) {
            row = row.left(text.get(nth).map_or("", String::as_str), cell, *style).gap(2);
        }
        lines.push(row.done());
    }
    lines
}

/// What only one side changed.
fn stands(c: &Canvas<'_>, d: &Difference, here: bool, room: usize) -> Vec<Line<'static>> {
    let (whose, to) = if d.by == By::Mine { (say!("mine"), &d.mine) } else { (say!("theirs"), &d.theirs) };
    let mark = if here { c.glyphs.marker() } else { " " };
    let arrow = c.glyphs.arrow();
    let change = if d.base.is_empty() { said(to).to_owned() } else { format!("{} {arrow} {}", d.base, said(to)) };
    let text = format!("{}: {change}", name(d));
    let parts = wrap_to(&text, room.saturating_sub(10), 2, c.glyphs);
    let line = |(nth, part): (usize, &String)| {
        let (mark, whose) = if nth == 0 { (mark, whose) } else { (" ", "") };
        let row = c.row().text(mark, c.theme.marker).gap(1).left(whose, 7, c.theme.secondary).gap(1);
        row.text(part, c.theme.text).done()
    };
    parts.iter().enumerate().map(line).collect()
}
