//! The start screen: what the program is, and the three ways to begin.

use ratatui::layout::Rect;

use crate::app::intent::{Intent, StartIntent};
use crate::app::start::Start;
use crate::model::tongue::word;
use crate::ui::canvas::Canvas;
use crate::ui::dialogs;

const WAYS: [(&str, &str, StartIntent); 3] = [
    ("start.demo", term!("Try it: a bakery with a year of weeks, in a throw-away copy"), StartIntent::Demo),
    ("start.init", term!("Begin: a workspace for your team, in six questions"), StartIntent::Init),
    ("start.open", term!("Open a workspace that is there already"), StartIntent::Open),
];

/// Draws the start screen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, start: &Start) {
    let width = area.width.saturating_sub(8).min(76);
    let inner = Rect { x: area.x + (area.width - width) / 2, y: area.y + area.height / 5, width, height: area.height };
    c.text(inner, 0, "truenorth", c.theme.heading);
    let y = c.wrapped(
        inner,
        2,
        say!("One hour a week, one screen: everybody sees the same goals, the same numbers and what they mean, and every decision leaves a trace."),
        c.theme.text,
    );
    let y = c.wrapped(inner, y + 1, say!("There is no workspace here yet."), c.theme.secondary);
    for (i, (name, text, intent)) in (0u16..).zip(WAYS) {
        let row = c.row().left(&start.keymap.key_of(name), 4, c.theme.key).text(word(text), c.theme.text);
        let place = Rect { y: inner.y + y + 1 + i * 2, height: 1, ..inner };
        c.line(place, 0, &row.done());
        c.click(place, Intent::Start(intent));
    }
    crate::ui::draw::start_footer(c, area, start);
    if let Some(form) = &start.form {
        dialogs::form::draw(c, area, form);
    }
}
