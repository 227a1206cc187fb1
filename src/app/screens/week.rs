//! A sealed week in words: its story, its numbers, its records.

use crate::app::dialogs::reading::Reading;
use crate::insight::held;
use crate::model::record::{ActionState, DecisionState, IssueState, mean_rating};
use crate::model::snapshot::Snapshot;

/// The whole week to read.
#[must_use]
pub fn read(s: &Snapshot) -> Reading {
    let mut lines = story(s);
    lines.push("# Scorecard".to_owned());
    lines.extend(s.scorecard.iter().filter_map(|week| {
        let kpi = s.strategy.kpi(&week.kpi)?;
        let value = week.reading.map_or_else(|| "no reading".to_owned(), |v| kpi.show(v));
        let aim = kpi.show_aim(s.week).map(|a| format!(", target {a}")).unwrap_or_default();
        Some(format!("{}: {value}{aim}, {}{}", kpi.name, week.computed, marked(week.marked, week.computed)))
    }));
    lines.push("# Goals".to_owned());
    lines.extend(s.strategy.tree().into_iter().filter(|(_, g)| g.is_open()).map(|(depth, goal)| {
        let week = s.goal(&goal.id);
        let status = week.map_or("unknown", |g| g.status().label());
        let progress = week.and_then(|g| g.progress).map(|p| format!(", {:.0} %", p.get() * 100.0)).unwrap_or_default();
        format!("{}{}: {status}{progress}", "  ".repeat(depth.min(6)), goal.title)
    }));
    lines.extend(records(s));
    Reading::text(format!("{} as it was", s.week), lines)
}

fn marked(mark: Option<crate::model::status::Status>, computed: crate::model::status::Status) -> String {
    mark.filter(|m| *m != computed).map(|m| format!(", marked {m}")).unwrap_or_default()
}

/// What happened in a week, in words.
#[must_use]
pub fn story(s: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    let here = s.attendance.iter().filter(|a| a.present).count();
    let rating = mean_rating(&s.ratings).map(|r| format!(", rated {} of 10", r.fixed(1))).unwrap_or_default();
    lines.push(format!("{here} of {} here, {}{rating}.", s.attendance.len(), held::of_week(s).in_words()));
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
