//! A sealed week as it was: its story, its scorecard, its goals, its records.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::screens::history::Panel;
use crate::model::goal::Goal;
use crate::model::record::{ActionState, DecisionState, IssueState, mean_rating};
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
    match state.panel {
        Panel::Story => paragraphs(c, body, &story(snapshot)),
        Panel::Scorecard => scorecard(c, body, snapshot),
        Panel::Goals => goals(c, body, snapshot),
        Panel::Records => paragraphs(c, body, &records(snapshot)),
    }
}

/// Headings (`# …`) and paragraphs, wrapped.
fn paragraphs(c: &mut Canvas<'_>, area: Rect, lines: &[String]) {
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
}

/// What happened in a week, in words.
#[must_use]
pub fn story(s: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    let here = s.attendance.iter().filter(|a| a.present).count();
    let minutes = s.used_seconds().div_ceil(60);
    let planned: u32 = s.time.iter().map(|t| u32::from(t.planned_minutes)).sum();
    let rating = mean_rating(&s.ratings).map(|r| format!(", rated {} of 10", r.fixed(1))).unwrap_or_default();
    lines.push(format!("{here} of {} here, {minutes} min of {planned}{rating}.", s.attendance.len()));
    if let Some(revises) = &s.revises {
        let by = revises.by.as_ref().map_or("somebody", |m| s.name_of(m));
        lines.push(format!("Revision {}, by {by} on {}: {}", s.revision, revises.at.format("%Y-%m-%d"), revises.why));
    }
    let mut group = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("# {title}"));
            lines.extend(items);
        }
    };
    group("Good news", s.headlines.iter().map(|h| h.text.clone()).collect());
    let decided = s.decisions.iter().filter(|d| d.decided == s.week);
    group("Decided", decided.map(|d| format!("{}: {}", d.title, d.choice)).collect());
    let solved = s.issues.iter().filter_map(|i| match &i.state {
        IssueState::Solved { in_week, answer, .. } if *in_week == s.week => Some(format!("{}: {answer}", i.title)),
        _ => None,
    });
    group("Solved", solved.collect());
    let marks = s.scorecard.iter().filter(|k| !k.note.is_empty());
    group("Said of the numbers", marks.map(|k| format!("{}: {}", kpi_name(s, k.kpi.as_str()), k.note)).collect());
    group("Notes", s.notes.iter().map(|n| n.text.clone()).collect());
    let answered =
        s.findings.iter().filter_map(|f| f.answer.as_ref().map(|a| format!("{}: {}", f.finding.title, a.label())));
    group("Findings answered", answered.collect());
    group("Why the rating was low", Some(s.why_low.clone()).filter(|w| !w.is_empty()).into_iter().collect());
    lines
}

fn kpi_name<'a>(s: &'a Snapshot, id: &'a str) -> &'a str {
    s.strategy.kpis.iter().find(|k| k.id.as_str() == id).map_or(id, |k| &k.name)
}

/// Decisions, action items, issues and messages of a week.
#[must_use]
pub fn records(s: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    let (done, due) = s.kept();
    if due > 0 {
        lines.push(format!("Commitments kept: {done} of {due}."));
    }
    lines.push("# Decisions".to_owned());
    lines.extend(s.decisions.iter().map(|d| {
        let state = match &d.state {
            DecisionState::Open if d.decided == s.week => "taken this week".to_owned(),
            DecisionState::Open => format!("taken in {}", d.decided),
            DecisionState::Reviewed { outcome, .. } => format!("looked at again: {outcome}"),
            DecisionState::Superseded { .. } => "replaced".to_owned(),
        };
        format!("{}: {} ({state})", d.title, d.choice)
    }));
    lines.push("# Action items".to_owned());
    lines.extend(s.actions.iter().map(|a| {
        let state = match &a.state {
            ActionState::Open if a.carried > 0 => format!("open, carried {} times", a.carried),
            ActionState::Open => "open".to_owned(),
            ActionState::Done { .. } => "done".to_owned(),
            ActionState::Dropped { reason, .. } => format!("dropped: {reason}"),
        };
        format!("{} - {}, due {} ({state})", a.title, s.name_of(&a.owner), a.due)
    }));
    lines.push("# Issues".to_owned());
    lines.extend(s.issues.iter().map(|i| format!("{} ({})", i.title, i.state.label())));
    if !s.messages.is_empty() {
        lines.push("# Messages".to_owned());
        lines.extend(s.messages.iter().map(|m| {
            let told = if m.delivered.is_some() { "told" } else { "to tell" };
            format!("{} {} to {} ({told})", s.name_of(&m.teller), m.text, m.audience)
        }));
    }
    lines
}

fn scorecard(c: &mut Canvas<'_>, area: Rect, s: &Snapshot) {
    let room = usize::from(area.width);
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
            .left(&kpi.name, room.saturating_sub(2 + 12 + 12 + 8), c.theme.text)
            .right(&value, 12, c.theme.bar)
            .right(&aim, 12, c.theme.secondary)
            .right(marked, 8, c.theme.warn);
        c.line(area, y, &row.done());
    }
}

fn goals(c: &mut Canvas<'_>, area: Rect, s: &Snapshot) {
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
}
