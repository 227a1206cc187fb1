//! A sealed week as it was: its story, its scorecard, its strategy, its records.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::App;
use crate::app::screens::history::Panel;
use crate::app::screens::week::{records, story};
use crate::model::goal::Goal;
use crate::model::number::Finite;
use crate::model::snapshot::Snapshot;
use crate::model::status::Status;
use crate::model::tongue::dated;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::text::wrap;
use crate::ui::widgets::spark;

/// The week, its days, its revision, and which week it is compared with.
pub(super) fn heading(c: &mut Canvas<'_>, area: Rect, app: &App, week: Week) {
    let (monday, sunday) = (week.monday(), week.day(chrono::Weekday::Sun));
    let days = say!("  {monday} to {sunday}", monday = dated(monday, "%-d %b"), sunday = dated(sunday, "%-d %b %Y"));
    let mut row = c.row().text(&week.to_string(), c.theme.bar).text(&days, c.theme.text);
    if let Some(revision) = app.workspace.weeks.get(&week).filter(|r| **r > 1) {
        row = row.text(&say!("  revision {revision}", revision), c.theme.warn);
    }
    if let Some(digest) = app.history.week(week) {
        let rating = digest.rating.map(|r| say!(", rated {r} of 10", r = r.fixed(1))).unwrap_or_default();
        let (used, planned) = digest.minutes;
        row = row.text(&say!("  {used} of {planned} min{rating}", used, planned, rating), c.theme.secondary);
    }
    if let Some(base) = app.screens.history.base {
        let key = app.keymap.key_of("history.compare");
        let say =
            if base == week { say!("  {key} leaves it", key) } else { say!("  {key} compares with {base}", key, base) };
        row = row.text(&say, c.theme.heading);
    }
    c.line(area, 0, &row.done());
}

/// Draws one panel of a week below its name.
pub(super) fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, week: Week, panel: Panel) {
    let state = &app.screens.history;
    let chosen = panel == state.panel;
    let name = c.row().text(&format!(" {} ", panel.label()), if chosen { c.theme.current } else { c.theme.heading });
    c.line(area, 0, &name.done());
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let Some(snapshot) = state.get(week) else {
        let failed = state.failed.iter().find(|(w, _)| *w == week).map(|(_, why)| why.as_str());
        c.wrapped(body, 0, failed.unwrap_or(say!("Reading this week")), c.theme.secondary);
        return;
    };
    let room = usize::from(area.width);
    let lines = match panel {
        Panel::Story => paragraphs(c, room, &story(snapshot)),
        Panel::Scorecard => scorecard(c, room, app, snapshot),
        Panel::Strategy => strategy(c, room, snapshot),
        Panel::Records => paragraphs(c, room, &records(snapshot)),
    };
    let height = usize::from(body.height);
    let scroll = if chosen { state.scroll.min(lines.len().saturating_sub(height)) } else { 0 };
    for (y, line) in (0u16..).zip(lines.iter().skip(scroll).take(height)) {
        c.line(body, y, line);
    }
    if lines.len() > scroll + height && height > 0 {
        let hidden = lines.len() - scroll - height + 1;
        let last = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        let read = app.keymap.key_of("history.read");
        let down = app.keymap.key_of("history.line-down");
        c.clear(last);
        let how =
            if chosen { say!("{down} goes on, {read} reads all", down, read) } else { say!("{read} reads all", read) };
        c.text(last, 0, &say!("{hidden} lines more: {how}", hidden, how), c.theme.secondary);
    }
}

/// Headings (`# …`) and paragraphs, wrapped.
fn paragraphs(c: &Canvas<'_>, room: usize, lines: &[String]) -> Vec<Line<'static>> {
    let mut drawn = Vec::new();
    for line in lines {
        let (text, style) = match line.strip_prefix("# ") {
            Some(heading) => (heading, c.theme.heading),
            None => (line.as_str(), c.theme.text),
        };
        // Lines after the first stand in, so that items are told apart.
        for (i, part) in wrap(text, room.saturating_sub(2)).into_iter().enumerate() {
            let part = if i == 0 { part } else { format!("  {part}") };
            drawn.push(c.row().left(&part, room, style).done());
        }
    }
    drawn
}

/// The KPIs as they stood: value, target, status, and the quarter before where there is room.
fn scorecard(c: &Canvas<'_>, room: usize, app: &App, s: &Snapshot) -> Vec<Line<'static>> {
    // In a narrow panel the target and the quarter give way to the name.
    let aim_room = if room >= 52 { 10 } else { 0 };
    let spark_room = if room >= 64 { 14 } else { 0 };
    let weeks = s.scorecard.iter().filter_map(|w| Some((w, s.strategy.kpi(&w.kpi)?)));
    weeks
        .map(|(week, kpi)| {
            let status = week.status();
            let value = week.reading.map_or_else(|| "-".to_owned(), |v| kpi.show(v));
            let aim = kpi.show_aim_number(s.week).unwrap_or_else(|| say!("no target").to_owned());
            let marked = if week.marked.is_some_and(|m| m != week.computed) { say!("short" | "marked") } else { "" };
            let mut line = c
                .row()
                .text(c.glyphs.status(status), c.theme.status(status))
                .gap(1)
                .left(&kpi.name, room.saturating_sub(2 + 12 + aim_room + spark_room + 7), c.theme.text)
                .gap(1)
                .right(&value, 11, c.theme.bar)
                .right(&aim, aim_room, c.theme.secondary)
                .gap(usize::from(spark_room > 0))
                .done();
            if spark_room > 0 {
                let past = app.history.readings(&kpi.id, s.week).rev().take(spark_room - 1);
                let mut values: Vec<_> = past.map(|(v, status)| (v.map(Finite::get), status)).collect();
                values.reverse();
                line.spans.extend(spark::line(c, &values, spark_room - 1).spans);
            }
            line.spans.extend(c.row().right(marked, 7, c.theme.warn).done().spans);
            line
        })
        .collect()
}

/// The vision, then the open goals with what was known of each.
fn strategy(c: &Canvas<'_>, room: usize, s: &Snapshot) -> Vec<Line<'static>> {
    let mut lines = paragraphs(c, room, std::slice::from_ref(&s.strategy.north_star.vision));
    let open = s.strategy.tree().into_iter().filter(|(_, g): &(usize, &Goal)| g.is_open());
    lines.extend(open.map(|(depth, goal)| {
        let week = s.goal(&goal.id);
        let status = week.map_or(Status::Unknown, |g| g.status());
        let percent =
            week.and_then(|g| g.progress).map_or_else(|| "-".to_owned(), |p| format!("{:.0} %", p.get() * 100.0));
        let sure = week.and_then(|g| g.confidence).map(|n| format!("{}/10", n.get())).unwrap_or_default();
        let indent = (depth * 2).min(room / 3);
        c.row()
            .gap(indent)
            .text(c.glyphs.status(status), c.theme.status(status))
            .gap(1)
            .left(&goal.title, room.saturating_sub(indent + 2 + 7 + 6), c.theme.text)
            .right(&percent, 7, c.theme.secondary)
            .right(&sure, 6, c.theme.secondary)
            .done()
    }));
    lines
}
