//! Sharing by git: its steps while it works, what it asks, how it ended.

use ratatui::layout::Rect;

use crate::app::Tone;
use crate::app::dialogs::sync::{Asked, Ended, Stage, Sync};
use crate::model::sharing::Step;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs::middle;
use crate::ui::text::wrap;

/// The cells of a line.
const WIDTH: u16 = 76;

/// Draws it.
pub fn draw(c: &mut Canvas<'_>, area: Rect, sync: &Sync) {
    match &sync.stage {
        Stage::Working(step, nth) => working(c, area, *step, *nth, say!("Sharing")),
        Stage::Stopping => {
            working(c, area, Step::Look, 1, say!("Stopping: what is being written comes to its end first"))
        }
        Stage::Asks(asked) => asks(c, area, asked),
        Stage::Ended(ended) => self::ended(c, area, ended, sync.scroll),
    }
}

fn working(c: &mut Canvas<'_>, area: Rect, at: Step, nth: u32, title: &str) {
    let inner = c.boxed(middle(area, WIDTH, 10), title);
    for (y, step) in (0u16..).zip(Step::ALL) {
        let order = |s: Step| Step::ALL.iter().position(|x| *x == s);
        let (mark, style) = match order(step).cmp(&order(at)) {
            std::cmp::Ordering::Less => (c.glyphs.taken(true), c.theme.secondary),
            std::cmp::Ordering::Equal => (c.glyphs.marker(), c.theme.heading),
            std::cmp::Ordering::Greater => (" ", c.theme.secondary),
        };
        let again = if step == at && nth > 1 { say!("  (try {nth}: others were faster)", nth) } else { String::new() };
        let row = c.row().left(mark, 4, style).text(step.label(), style).text(&again, c.theme.secondary);
        c.line(inner, y, &row.done());
    }
    c.text(inner, 7, say!("Whatever happens on the way, what is here stays here."), c.theme.secondary);
}

fn asks(c: &mut Canvas<'_>, area: Rect, asked: &Asked) {
    let room = usize::from(area.width.saturating_sub(6).min(WIDTH)).saturating_sub(4);
    let lines: Vec<String> = asked.lines.iter().flat_map(|line| wrap(line, room)).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(4);
    let inner = c.boxed(middle(area, WIDTH, height), &asked.question);
    let fits = usize::from(inner.height.saturating_sub(2));
    let shown = if lines.len() > fits { fits.saturating_sub(1) } else { lines.len() };
    for (y, line) in (0u16..).zip(&lines[..shown]) {
        c.text(inner, y, line, c.theme.text);
    }
    if shown < lines.len() {
        // Nobody says yes to what does not stand there: the terminal shows all of it.
        let more = say!(
            "and {lines} lines more: `truenorth sync` in a terminal shows all of them",
            lines = lines.len() - shown
        );
        c.text(inner, u16::try_from(shown).unwrap_or(0), &more, c.theme.bad);
    }
    let row = c.row().text("Y", c.theme.key).text(say!(" yes (capital)   "), c.theme.text);
    let row = row.text("Esc", c.theme.key).text(say!(" no: nothing is run"), c.theme.text);
    c.line(Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner }, 0, &row.done());
}

fn ended(c: &mut Canvas<'_>, area: Rect, ended: &Ended, scroll: usize) {
    let room = usize::from(area.width.saturating_sub(6).min(WIDTH)).saturating_sub(4);
    let tone = match ended.tone {
        Tone::Good => c.theme.good,
        Tone::Info => c.theme.text,
        Tone::Bad => c.theme.bad,
    };
    let mut lines = Vec::new();
    for paragraph in &ended.lines {
        match paragraph.strip_prefix("# ") {
            Some(heading) => lines.extend([(String::new(), c.theme.text), (heading.to_owned(), c.theme.heading)]),
            None => lines.extend(wrap(paragraph, room).into_iter().map(|line| (line, c.theme.text))),
        }
    }
    let title = wrap(&ended.title, room);
    let lines: Vec<_> = title.into_iter().map(|line| (line, tone)).chain(lines).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inner = c.boxed(middle(area, WIDTH, height.max(6)), say!("Sharing"));
    let first = scroll.min(lines.len().saturating_sub(inner.height.into()));
    for (y, (line, style)) in (0..inner.height).zip(lines.iter().skip(first)) {
        c.text(inner, y, line, *style);
    }
}
