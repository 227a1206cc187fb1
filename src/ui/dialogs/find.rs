//! The search over every week: the words typed, then what has them, a line for what it is and one for where they stand.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::cursor::first_visible;
use crate::app::dialogs::find::Find;
use crate::app::intent::{Intent, Move};
use crate::insight::search::{Hit, Marked};
use crate::model::tongue::word;
use crate::ui::canvas::Canvas;
use crate::ui::text::Row;

/// Draws it over most of the screen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, find: &Find) {
    let place = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let inner = c.boxed(place, say!("Find in every week"));
    let typed = c.row().text(say!("Words  "), c.theme.secondary).text(&find.words, c.theme.focus).done();
    c.line(inner, 0, &typed);
    let end = inner.x + 7 + u16::try_from(crate::ui::text::width(&find.words)).unwrap_or(0);
    c.drawn.cursor = Some((end.min(inner.right().saturating_sub(1)), inner.y).into());
    c.text(inner, 1, &said(app, find), c.theme.secondary);
    let list = Rect { y: inner.y + 3, height: inner.height.saturating_sub(3), ..inner };
    let fits = usize::from(list.height / 2);
    let first = first_visible(find.at, find.hits.len(), fits);
    for (i, hit) in find.hits.iter().enumerate().skip(first).take(fits) {
        let y = u16::try_from((i - first) * 2).unwrap_or(0);
        let at = Rect { y: list.y + y, height: 2, ..list };
        let here = i == find.at;
        c.line(at, 0, &head(c, app, hit, here).done());
        let text = marked(c, c.row().gap(2), &hit.excerpt);
        c.line(at, 1, &text.done());
        if here {
            c.style(Rect { height: 1, ..at }, c.theme.selected);
        }
        c.click(at, Intent::Move(Move::To(i)));
    }
}

/// How much was found, or what can be typed.
fn said(app: &App, find: &Find) -> String {
    let weeks = app.history.weeks().len();
    let partly = if app.history_complete { "" } else { say!(", still reading") };
    match (find.words.trim().is_empty(), find.total) {
        (true, _) => say!(
            "{weeks} weeks{partly}. Every word counts; decision: note: issue: before a word looks among those alone",
            weeks,
            partly
        ),
        (false, 0) => say!("Nothing in {weeks} weeks{partly} has these words", weeks, partly),
        (false, 1) => say!("1 place in {weeks} weeks{partly}", weeks, partly),
        (false, n) => say!("{n} places in {weeks} weeks{partly}, the newest first", n, weeks, partly),
    }
}

fn head(c: &Canvas<'_>, app: &App, hit: &Hit, here: bool) -> Row {
    let marker = if here { c.glyphs.marker() } else { " " };
    let row = c
        .row()
        .text(marker, c.theme.marker)
        .gap(1)
        .left(&hit.from().to_string(), 9, c.theme.bar)
        .left(word(hit.kind().label()), 9, c.theme.secondary)
        .gap(1);
    let by = hit.by.as_ref().map(|m| format!("  {}", app.basis().config.name_of(m))).unwrap_or_default();
    marked(c, row, &hit.title).text(&by, c.theme.secondary)
}

/// A text with what was found underlined.
fn marked(c: &Canvas<'_>, row: Row, text: &Marked) -> Row {
    text.pieces().fold(row, |row, (piece, is_hit)| {
        row.text(piece, if is_hit { c.theme.hit.patch(c.theme.bar) } else { c.theme.text })
    })
}
