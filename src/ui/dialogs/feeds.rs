//! A refresh of feeds: what each gives, what it would change, and below where the row's number comes from.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::cursor::first_visible;
use crate::app::dialogs::feeds::{Feeds, detail};
use crate::app::intent::{Intent, Move};
use crate::insight::fed::{Got, Row, Verdict};
use crate::model::number::Finite;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;
use crate::ui::text::wrap;

/// Cells for a value, and for what comes of it.
const VALUE: usize = 11;
const VERDICT: usize = 19;
/// Rows around the list: box, state, names of the columns, a blank.
const AROUND: u16 = 6;

/// Draws it as large as its rows need.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, feeds: &Feeds) {
    let w = area.width.saturating_sub(4).min(108);
    let below: Vec<String> =
        detail(app, feeds).iter().flat_map(|l| wrap(l, usize::from(w.saturating_sub(4)))).collect();
    let n = u16::try_from(feeds.feeds.len()).unwrap_or(u16::MAX);
    let text = u16::try_from(below.len()).unwrap_or(3).max(3);
    let place = middle(area, w, n.saturating_add(text).saturating_add(AROUND));
    let inner = c.boxed(place, &say!("Numbers that come by themselves: {week}", week = feeds.week));
    c.text(inner, 0, &state(feeds), c.theme.secondary);
    let name = usize::from(inner.width).saturating_sub(6 + 2 * VALUE + VERDICT + 5);
    let head =
        c.row().gap(6).left("KPI", name, c.theme.secondary).gap(1).right(say!("before"), VALUE, c.theme.secondary);
    let head = head.gap(3).right(say!("after"), VALUE, c.theme.secondary).gap(1).left("", VERDICT, c.theme.secondary);
    c.line(inner, 1, &head.done());
    let fits = inner.height.saturating_sub(text + 3).min(n);
    let first = first_visible(feeds.at, feeds.feeds.len(), fits.into());
    for (y, at) in (0..fits).zip(first..feeds.feeds.len()) {
        let row = Rect { y: inner.y + 2 + y, height: 1, ..inner };
        line(c, row, app, feeds, at, name);
        c.click(row, Intent::Move(Move::To(at)));
    }
    for (y, line) in (fits + 3..).zip(&below) {
        c.text(inner, y, line, c.theme.text);
    }
}

/// How far it is, in words.
fn state(feeds: &Feeds) -> String {
    let (n, of) = (feeds.rows.len(), feeds.feeds.len());
    if !feeds.is_done() {
        return say!("Asking {n} of {of}; nothing is taken in before you say so", n = n + 1, of);
    }
    let failed = feeds.rows.iter().filter(|row| matches!(row.got, Got::Trouble(..))).count();
    let failed = if failed == 0 { String::new() } else { say!("; {failed} gave no number", failed) };
    match feeds.taken() {
        0 => say!("Nothing to take in{failed}", failed),
        taken => say!("{taken} of {of} to be taken in{failed}", taken, of, failed),
    }
}

fn line(c: &mut Canvas<'_>, area: Rect, app: &App, feeds: &Feeds, at: usize, name: usize) {
    let here = at == feeds.at;
    let config = app.workspace.config.feeds.iter().find(|f| f.id == feeds.feeds[at]);
    let kpi = config.and_then(|f| app.basis().strategy.kpi(&f.kpi));
    let show = |value: Finite| kpi.map_or_else(|| value.grouped(), |k| k.show(value));
    let called = kpi.map_or_else(|| feeds.feeds[at].to_string(), |k| k.name.clone());
    let found = feeds.rows.get(at);
    let before = found.and_then(|row| row.before).map_or_else(|| "-".to_owned(), |(value, _)| show(value));
    let (after, said, style) = match found.map(|row: &Row| &row.got) {
        Some(Got::Number(value, _, verdict)) => {
            let style = match verdict {
                Verdict::New | Verdict::Changes => c.theme.good,
                Verdict::Same | Verdict::CheckedIn | Verdict::Sealed => c.theme.secondary,
            };
            (show(*value), verdict.label(), style)
        }
        Some(Got::Trouble(..)) => ("-".to_owned(), say!("! no number"), c.theme.bad),
        None if at == feeds.rows.len() => (String::new(), say!("asking\u{2026}"), c.theme.focus),
        None => (String::new(), say!("waiting"), c.theme.secondary),
    };
    let mark = if found.is_some_and(|row| row.reading(feeds.week).is_some()) {
        if feeds.chosen.get(at) == Some(&true) { "[x]" } else { "[ ]" }
    } else {
        "   "
    };
    if here {
        c.style(area, c.theme.selected);
    }
    let marker = if here { c.glyphs.marker() } else { " " };
    let arrow = if after.is_empty() { " " } else { c.glyphs.arrow() };
    let row = c
        .row()
        .text(marker, c.theme.marker)
        .gap(1)
        .left(mark, 3, c.theme.bar)
        .gap(1)
        .left(&called, name, c.theme.text)
        .gap(1)
        .right(&before, VALUE, c.theme.secondary)
        .gap(1)
        .text(arrow, c.theme.secondary)
        .gap(1)
        .right(&after, VALUE, c.theme.bar)
        .gap(1)
        .left(said, VERDICT, style);
    c.line(area, 0, &row.done());
}
