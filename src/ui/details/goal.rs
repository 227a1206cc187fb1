//! A goal in full: where it stands, since when, what measures it, its line up to the vision.

use ratatui::layout::Rect;

use crate::app::dialogs::reading::line_of_sight;
use crate::app::{App, dates};
use crate::insight::goals;
use crate::model::goal::{Goal, GoalState, Kind};
use crate::model::id::{GoalId, MemberId};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::ui::canvas::Canvas;
use crate::ui::widgets::spark;

/// Draws it into a panel.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, id: &GoalId) {
    let Some(goal) = app.basis().strategy.goal(id) else { return };
    let now = app.derived.goal(id);
    let status = now.map_or(Status::Unknown, |g| g.status());
    let word = match &goal.state {
        GoalState::Open => format!("{} {}", c.glyphs.status(status), status.label().to_uppercase()),
        closed => closed.label().to_uppercase(),
    };
    let room = usize::from(area.width).saturating_sub(crate::ui::text::width(&word) + 1);
    let title = c.row().left(&goal.title, room, c.theme.bar).gap(1).text(&word, c.theme.status(status)).done();
    c.line(area, 0, &title);
    let mut y = 1;
    let room = usize::from(area.width).saturating_sub(12).min(52);
    let mut weeks: Vec<_> = app.history.goal(id).rev().take(room).collect();
    weeks.reverse();
    if !weeks.is_empty() && area.height > 4 {
        let statuses: Vec<Status> = weeks.iter().map(|w| w.1.status).collect();
        let progress: Vec<_> = weeks.iter().map(|w| (w.1.progress.map(Finite::get), w.1.status)).collect();
        let n = room.min(weeks.len());
        let mut strip = c.row().left(say!("Status"), 11, c.theme.secondary).done();
        strip.spans.extend(spark::strip(c, &statuses, n).spans);
        c.line(area, y, &strip);
        let mut line = c.row().left(say!("Progress"), 11, c.theme.secondary).done();
        line.spans.extend(spark::line(c, &progress, n).spans);
        c.line(area, y + 1, &line);
        y += 2;
    }
    for line in words(app, goal) {
        if y >= area.height {
            break;
        }
        y = c.wrapped(area, y, &line, c.theme.text);
    }
}

fn words(app: &App, goal: &Goal) -> Vec<String> {
    let mut lines = Vec::new();
    let now = app.derived.goal(&goal.id);
    let entry = app.review().and_then(|r| r.goal(&goal.id));
    if now.is_some_and(|g| matches!(g.computed, Status::AtRisk | Status::OffTrack)) {
        lines.push(goals::why(&app.basis().strategy, goal, |id| app.derived.goal(id), app.today));
    }
    if let Some((mark, computed)) = now.and_then(|g| g.marked.map(|m| (m, g.computed))).filter(|(m, c)| m != c) {
        lines.push(say!("The team says {mark}, the rule says {computed}.", mark, computed));
    }
    let standing = match (&goal.kind, now.and_then(|g| g.current)) {
        (Kind::KeyResult { baseline: Some(b), target: Some(t), .. }, current) => {
            let at = current
                .map_or_else(|| say!("not measured yet").to_owned(), |v| say!("now {show}", show = goal.show(v)));
            Some(say!("From {show} to {show2}, {at}.", show = goal.show(*b), show2 = goal.show(*t), at))
        }
        (_, Some(value)) => Some(say!("{show} done.", show = goal.show(value))),
        (_, None) => None,
    };
    lines.extend(standing);
    let confidence = entry.and_then(|e| e.confidence).or_else(|| now.and_then(|g| g.confidence));
    let owner = goal.owner.as_ref().map_or(say!("nobody"), |o| app.basis().config.name_of(o));
    let due = goal.due.map(|d| say!(", due {today}", today = dates::show(d, app.today))).unwrap_or_default();
    let sure = confidence.map(|n| say!(", confidence {n} of 10", n = n.get())).unwrap_or_default();
    lines.push(say!("{kind} of {owner}{due}{sure}.", kind = capital(goal.kind.label()), owner, due, sure));
    lines.extend(members(app, goal));
    let note = now.map(|g| g.note.as_str()).filter(|n| !n.is_empty());
    lines.extend(note.map(|n| say!("Note: {n}", n)));
    if !goal.kpis.is_empty() {
        let names: Vec<String> = goal.kpis.iter().map(|k| app.kpi_name(k)).collect();
        lines.push(say!("Measured by {names}.", names = names.join(", ")));
    }
    if let GoalState::Dropped { reason, .. } = &goal.state {
        lines.push(say!("Dropped: {reason}", reason));
    }
    let line = line_of_sight(app, &goal.id);
    lines.push(say!(
        "Serves: {split_once}",
        split_once = line.split_once(" > ").map_or(line.as_str(), |(_, above)| above)
    ));
    lines.extend(goal.supports.as_ref().map(|far| say!("Supports {far}, a goal of another workspace.", far)));
    if !goal.note.is_empty() {
        lines.push(goal.note.clone());
    }
    lines
}

/// Who works on an initiative, with their teams.
fn members(app: &App, goal: &Goal) -> Option<String> {
    let Kind::Initiative { members } = &goal.kind else { return None };
    let config = &app.basis().config;
    let who = |id: &MemberId| {
        let teams = config.member(id).map(|m| &m.teams).into_iter().flatten();
        let teams: Vec<&str> = teams.map(|t| config.team(t).map_or(t.as_str(), |t| &t.name)).collect();
        let team = if teams.is_empty() { String::new() } else { format!(" ({})", teams.join(", ")) };
        format!("{}{team}", config.name_of(id))
    };
    let names: Vec<String> = members.iter().map(who).collect();
    (!names.is_empty()).then(|| say!("Works on it: {names}.", names = names.join(", ")))
}

fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    if let Some(first) = word.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    word
}
