//! A sealed week as it was: its story, its scorecard, its strategy, its records.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::App;
use crate::app::screens::history::{Panel, Whole};
use crate::app::screens::week::{records, story};
use crate::model::goal::Goal;
use crate::model::kpi::Kpi;
use crate::model::number::Finite;
use crate::model::snapshot::{GoalWeek, KpiWeek, Snapshot};
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
    let (room, height) = (usize::from(area.width), usize::from(body.height));
    let content = Content::of(panel, room, snapshot);
    let total = content.len();
    let scroll = if chosen { state.scroll.min(total.saturating_sub(height)) } else { 0 };
    for (y, nth) in (0u16..).zip(scroll..total.min(scroll + height)) {
        let line = content.line(c, room, app, snapshot, nth);
        c.line(body, y, &line);
    }
    if total > scroll + height && height > 0 {
        let hidden = total - scroll - height + 1;
        let last = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        let read = app.keymap.key_of("history.read");
        let down = app.keymap.key_of("history.line-down");
        c.clear(last);
        let how =
            if chosen { say!("{down} goes on, {read} reads all", down, read) } else { say!("{read} reads all", read) };
        c.text(last, 0, &say!("{hidden} lines more: {how}", hidden, how), c.theme.secondary);
    }
}

/// What a panel holds, line by line: only those in view are drawn.
enum Content<'a> {
    /// Texts.
    Words(Vec<Wrapped>),
    /// KPIs as they stood.
    Kpis(Vec<(&'a KpiWeek, &'a Kpi)>),
    /// The vision, then the open goals.
    Goals(Vec<Wrapped>, &'a Whole),
}

/// A line of a text, and whether it is a heading.
type Wrapped = (String, bool);

impl<'a> Content<'a> {
    fn of(panel: Panel, room: usize, s: &'a Whole) -> Self {
        match panel {
            Panel::Story => Self::Words(paragraphs(room, &story(s))),
            Panel::Records => Self::Words(paragraphs(room, &records(s))),
            Panel::Scorecard => {
                Self::Kpis(s.scorecard.iter().filter_map(|w| Some((w, s.strategy.kpi(&w.kpi)?))).collect())
            }
            Panel::Strategy => Self::Goals(paragraphs(room, std::slice::from_ref(&s.strategy.north_star.vision)), s),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Words(lines) => lines.len(),
            Self::Kpis(kpis) => kpis.len(),
            Self::Goals(vision, week) => vision.len() + week.open_goals(),
        }
    }

    fn line(&self, c: &Canvas<'_>, room: usize, app: &App, s: &Snapshot, nth: usize) -> Line<'static> {
        let words = |(text, is_heading): &Wrapped| {
            c.row().left(text, room, if *is_heading { c.theme.heading } else { c.theme.text }).done()
        };
        match self {
            Self::Words(lines) => words(&lines[nth]),
            Self::Kpis(kpis) => kpi(c, room, app, s, kpis[nth]),
            Self::Goals(vision, week) => match vision.get(nth) {
                Some(line) => words(line),
                None => week.open_goal(nth - vision.len()).map(|open| goal(c, room, open)).unwrap_or_default(),
            },
        }
    }
}

/// Headings (`# …`) and paragraphs, wrapped.
fn paragraphs(room: usize, lines: &[String]) -> Vec<Wrapped> {
    let mut all = Vec::new();
    for line in lines {
        let (text, is_heading) = line.strip_prefix("# ").map_or((line.as_str(), false), |heading| (heading, true));
        // Lines after the first stand in, so that items are told apart.
        let parts = wrap(text, room.saturating_sub(2)).into_iter().enumerate();
        all.extend(parts.map(|(i, part)| (if i == 0 { part } else { format!("  {part}") }, is_heading)));
    }
    all
}

/// A KPI as it stood: value, target, status, and the quarter before where there is room.
fn kpi(c: &Canvas<'_>, room: usize, app: &App, s: &Snapshot, (week, kpi): (&KpiWeek, &Kpi)) -> Line<'static> {
    // In a narrow panel the target and the quarter give way to the name.
    let aim_room = if room >= 52 { 10 } else { 0 };
    let spark_room = if room >= 64 { 14 } else { 0 };
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
}

/// An open goal with what was known of it.
fn goal(c: &Canvas<'_>, room: usize, (depth, goal, week): (usize, &Goal, Option<&GoalWeek>)) -> Line<'static> {
    let status = week.map_or(Status::Unknown, |g| g.status());
    let percent = week.and_then(|g| g.progress).map_or_else(|| "-".to_owned(), |p| format!("{:.0} %", p.get() * 100.0));
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
}
