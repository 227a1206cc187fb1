//! The shared screen: one idea, large; nothing private, nothing dim, the one next key.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::draw::{shown_target, step_left};
use super::widgets::digits;
use super::widgets::list::Spacing;
use super::{dialogs, screens};
use crate::app::intent::Place;
use crate::app::keymap::{Keymap, Scope};
use crate::app::overview::Overview;
use crate::app::{App, Notice};
use crate::model::review::Moment;
use crate::model::tongue::word;

/// At most this many rows are used: what is further down is not seen from the back of the room.
const ROWS: u16 = 25;

/// Draws the shared screen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, now: Moment) {
    let step = app.step().filter(|_| app.place == Place::Review);
    let title = step.map_or_else(|| app.place.label(), |s| s.label());
    let frame = frame(c, area, title, &app.basis().config.name);
    let Frame { area, inner, body, whole } = frame;
    c.text(inner, 1, &shown_target(app).to_string(), c.theme.text);
    if let Some((review, step)) = app.review().zip(step) {
        let (left, over) = step_left(review, step, now);
        let text = if over { format!("-{left}") } else { left };
        let w = digits::width(&text);
        let place = Rect { x: inner.right().saturating_sub(w), width: w, ..inner };
        digits::draw(c, place, &text, if over { c.theme.bad } else { c.theme.bar });
        c.drawn.clock = !review.clock.is_paused();
    }
    if matches!(app.place, Place::Home | Place::CheckIn | Place::Mine) {
        personal(c, inner, body, app);
    } else if app.rows().is_empty() || app.place == Place::History {
        screens::draw(c, body, app, now);
    } else {
        let wide = usize::from(body.height) >= app.rows().len() * 2 + 4;
        screens::draw_list(c, body, app, if wide { Spacing::Wide } else { Spacing::Tight });
    }
    // A dialog brings its own keys.
    if app.dialogs.is_empty() {
        let next = if app.place == Place::Review && app.held.is_some() { "review.next" } else { "home.start" };
        keys(c, area, (&app.keymap, &app.scopes()), [next, "app.present"], app.notice.as_ref());
    }
    for dialog in &app.dialogs {
        dialogs::draw(c, whole, app, dialog, now);
    }
}

/// Home and the personal places have personal rows: they are left out here, and the screen says so.
fn personal(c: &mut Canvas<'_>, inner: Rect, body: Rect, app: &App) {
    let star = &app.workspace.strategy.north_star.vision;
    let place = Rect { x: inner.x, y: body.y + 1, height: body.height, ..inner };
    let y = c.wrapped(place, 0, star, c.theme.heading);
    let here = app.workspace.check_ins.iter().filter(|k| k.week == app.week).count();
    let of = app.workspace.config.active().count();
    c.text(place, y + 1, &say!("{here} of {of} have checked in", here, of), c.theme.bar);
    c.text(place, y + 3, say!("Shared screen: what is personal is not drawn."), c.theme.text);
}

/// Draws the roll-up on the shared screen.
pub fn rollup(c: &mut Canvas<'_>, area: Rect, overview: &Overview) {
    let Frame { area, inner, body, whole } = frame(c, area, word(term!("Roll-up")), overview.view.label());
    screens::overview::tabs(c, Rect { y: inner.y + 1, height: 1, ..area }, overview);
    screens::overview::body(c, body, overview);
    let next = ["rollup.next", "rollup.present"];
    keys(c, area, (&overview.keymap, &overview.scopes()), next, overview.notice.as_ref());
    screens::overview::above(c, whole, overview);
}

/// Where things stand on every shared screen.
struct Frame {
    /// All that is used.
    area: Rect,
    /// The head, and what stands under it without a list.
    inner: Rect,
    /// Between the two rules.
    body: Rect,
    /// Where dialogs lie.
    whole: Rect,
}

/// The head and the rules of every shared screen: what it shows, and whose it is.
fn frame(c: &mut Canvas<'_>, all: Rect, title: &str, name: &str) -> Frame {
    let area = Rect { height: all.height.min(ROWS), ..all };
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    };
    let head = c.row().text(&title.to_uppercase(), c.theme.bar).gap(3).text(name, c.theme.text).done();
    c.line(inner, 0, &head);
    c.rule(area, 4);
    c.rule(area, area.height - 2);
    let body = Rect { y: area.y + 5, height: area.height.saturating_sub(8), ..area };
    Frame { area, inner, body, whole: Rect { height: (area.height + 1).min(all.height), ..area } }
}

/// The first key of the place, and those that go on from it.
fn keys(
    c: &mut Canvas<'_>,
    area: Rect,
    (keymap, scopes): (&Keymap, &[Scope]),
    also: [&str; 2],
    notice: Option<&Notice>,
) {
    if let Some(notice) = notice {
        // Above the rule: beside the keys there is no room in every language.
        c.text(
            Rect { x: area.x + 2, y: area.bottom() - 3, width: area.width - 4, height: 1 },
            0,
            &notice.text,
            c.theme.text,
        );
    }
    let area = Rect { y: area.bottom() - 1, height: 1, ..area };
    let hints = keymap.footer(scopes);
    let first = hints.first().copied();
    let others = hints.iter().copied().filter(|b| also.contains(&b.name) && Some(b.name) != first.map(|f| f.name));
    let mut row = c.row().gap(2);
    for binding in first.into_iter().chain(others) {
        row = row
            .text(&binding.keys[0].to_string(), c.theme.current)
            .text(&format!(" {}", word(binding.label)), c.theme.bar)
            .gap(4);
    }
    c.line(area, 0, &row.done());
}
