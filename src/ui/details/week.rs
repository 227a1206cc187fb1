//! A sealed week as it was: its story, its scorecard, its goals, its records.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::screens::history::Panel;
use crate::app::screens::week::{records, story};
use crate::model::goal::Goal;
use crate::model::snapshot::Snapshot;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::text::wrap;

/// Draws the panel that is chosen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, week: Week) {
    let state = &app.screens.history;
    let mut tabs = c.row();
    for panel in Panel::ALL {
        let style = if panel == state.panel { c.theme.current } else { c.theme.secondary };
        tabs = tabs.text(&format!(" {} ", panel.label()), style);
    }
    c.line(area, 0, &tabs.done());
    let monday = week.monday();
    let days = format!("{week}, {} to {}", monday.format("%-d %b"), week.day(chrono::Weekday::Sun).format("%-d %b %Y"));
    c.text(area, 1, &days, c.theme.secondary);
    let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let Some(snapshot) = state.get(week) else {
        let failed = state.failed.iter().find(|(w, _)| *w == week).map(|(_, why)| why.as_str());
        c.wrapped(body, 0, failed.unwrap_or("Reading this week"), c.theme.secondary);
        return;
    };
    let lines = match state.panel {
        Panel::Story => paragraphs(c, body, &story(snapshot)),
        Panel::Scorecard => scorecard(c, body, snapshot),
        Panel::Goals => goals(c, body, snapshot),
        Panel::Records => paragraphs(c, body, &records(snapshot)),
    };
    if lines > body.height {
        let hidden = lines - body.height + 1;
        let last = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        let key = app.keymap.key_of("history.read");
        c.clear(last);
        c.text(last, 0, &format!("{hidden} lines more: {key} reads all of it"), c.theme.heading);
    }
}

/// Headings (`# …`) and paragraphs, wrapped; returns the lines they take.
fn paragraphs(c: &mut Canvas<'_>, area: Rect, lines: &[String]) -> u16 {
    let mut y = 0;
    for line in lines {
        let (text, style) = match line.strip_prefix("# ") {
            Some(heading) => (heading, c.theme.heading),
            None => (line.as_str(), c.theme.text),
        };
        // Lines after the first stand in, so that items are told apart.
        for (i, part) in wrap(text, usize::from(area.width).saturating_sub(2)).into_iter().enumerate() {
            let part = if i == 0 { part } else { format!("  {part}") };
            c.text(area, y, &part, style);
            y += 1;
        }
    }
    y
}

fn scorecard(c: &mut Canvas<'_>, area: Rect, s: &Snapshot) -> u16 {
    let room = usize::from(area.width);
    // In a narrow panel the target gives way to the name.
    let aim_room = if room >= 52 { 13 } else { 0 };
    for (y, week) in (0u16..).zip(&s.scorecard) {
        let Some(kpi) = s.strategy.kpi(&week.kpi) else { continue };
        let status = week.status();
        let value = week.reading.map_or_else(|| "-".to_owned(), |v| kpi.show(v));
        let aim = kpi.show_aim(s.week).unwrap_or_else(|| "no target".to_owned());
        let marked = if week.marked.is_some_and(|m| m != week.computed) { "marked" } else { "" };
        let row = c
            .row()
            .text(c.glyphs.status(status), c.theme.status(status))
            .gap(1)
            .left(&kpi.name, room.saturating_sub(2 + 12 + aim_room + 7), c.theme.text)
            .gap(1)
            .right(&value, 11, c.theme.bar)
            .right(&aim, aim_room, c.theme.secondary)
            .right(marked, 7, c.theme.warn);
        c.line(area, y, &row.done());
    }
    u16::try_from(s.scorecard.len()).unwrap_or(u16::MAX)
}

fn goals(c: &mut Canvas<'_>, area: Rect, s: &Snapshot) -> u16 {
    let room = usize::from(area.width);
    let open = s.strategy.tree().into_iter().filter(|(_, g): &(usize, &Goal)| g.is_open());
    for (y, (depth, goal)) in (0u16..).zip(open) {
        let week = s.goal(&goal.id);
        let status = week.map_or(crate::model::status::Status::Unknown, |g| g.status());
        let percent =
            week.and_then(|g| g.progress).map_or_else(|| "-".to_owned(), |p| format!("{:.0} %", p.get() * 100.0));
        let sure = week.and_then(|g| g.confidence).map(|n| format!("{}/10", n.get())).unwrap_or_default();
        let indent = (depth * 2).min(room / 3);
        let row = c
            .row()
            .gap(indent)
            .text(c.glyphs.status(status), c.theme.status(status))
            .gap(1)
            .left(&goal.title, room.saturating_sub(indent + 2 + 7 + 6), c.theme.text)
            .right(&percent, 7, c.theme.secondary)
            .right(&sure, 6, c.theme.secondary);
        c.line(area, y, &row.done());
    }
    u16::try_from(s.strategy.goals.iter().filter(|g| g.is_open()).count()).unwrap_or(u16::MAX)
}
