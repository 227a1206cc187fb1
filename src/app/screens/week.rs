//! A sealed week in words: its story, its numbers, its records.

use crate::app::dialogs::reading::Reading;
use crate::insight::held;
use crate::model::record::{ActionState, DecisionState, IssueState, mean_rating};
use crate::model::snapshot::Snapshot;

/// The whole week to read.
#[must_use]
pub fn read(s: &Snapshot) -> Reading {
    let mut lines = story(s);
    lines.push(say!("# Scorecard").to_owned());
    lines.extend(s.scorecard.iter().filter_map(|week| {
        let kpi = s.strategy.kpi(&week.kpi)?;
        let value = week.reading.map_or_else(|| say!("no reading").to_owned(), |v| kpi.show(v));
        let aim = kpi.show_aim(s.week).map(|a| say!(", target {a}", a)).unwrap_or_default();
        Some(format!("{}: {value}{aim}, {}{}", kpi.name, week.computed, marked(week.marked, week.computed)))
    }));
    lines.push(say!("# Goals").to_owned());
    lines.extend(s.strategy.tree().into_iter().filter(|(_, g)| g.is_open()).map(|(depth, goal)| {
        let week = s.goal(&goal.id);
        let status = week.map_or(say!("unknown"), |g| g.status().label());
        let progress = week.and_then(|g| g.progress).map(|p| format!(", {:.0} %", p.get() * 100.0)).unwrap_or_default();
        format!("{}{}: {status}{progress}", "  ".repeat(depth.min(6)), goal.title)
    }));
    lines.extend(records(s));
    Reading::text(say!("{week} as it was", week = s.week), lines)
}

fn marked(mark: Option<crate::model::status::Status>, computed: crate::model::status::Status) -> String {
    mark.filter(|m| *m != computed).map(|m| say!(", marked {m}", m)).unwrap_or_default()
}

/// What happened in a week, in words.
#[must_use]
pub fn story(s: &Snapshot) -> Vec<String> {
    let mut lines = Vec::new();
    let here = s.attendance.iter().filter(|a| a.present).count();
    let rating = mean_rating(&s.ratings).map(|r| say!(", rated {r} of 10", r = r.fixed(1))).unwrap_or_default();
    lines.push(say!(
        "{here} of {attendance} here, {in_words}{rating}.",
        attendance = s.attendance.len(),
        in_words = held::of_week(s).in_words(),
        here,
        rating
    ));
    if let Some(revises) = &s.revises {
        let by = revises.by.as_ref().map_or(say!("somebody"), |m| s.name_of(m));
        lines.push(say!(
            "Revision {revision}, by {by} on {at}: {why}",
            revision = s.revision,
            at = revises.at.format("%Y-%m-%d"),
            why = revises.why,
            by
        ));
    }
    let mut group = |title: &str, items: Vec<String>| {
        if !items.is_empty() {
            lines.push(format!("# {title}"));
            lines.extend(items);
        }
    };
    group(say!("Good news"), s.headlines.iter().map(|h| h.text.clone()).collect());
    let decided = s.decisions.iter().filter(|d| d.decided == s.week);
    group(say!("Decided"), decided.map(|d| format!("{}: {}", d.title, d.choice)).collect());
    let solved = s.issues.iter().filter_map(|i| match &i.state {
        IssueState::Solved { in_week, answer, .. } if *in_week == s.week => Some(format!("{}: {answer}", i.title)),
        _ => None,
    });
    group(say!("Solved"), solved.collect());
    let marks = s.scorecard.iter().filter(|k| !k.note.is_empty());
    group(say!("Said of the numbers"), marks.map(|k| format!("{}: {}", kpi_name(s, k.kpi.as_str()), k.note)).collect());
    group(say!("Notes"), s.notes.iter().map(|n| n.text.clone()).collect());
    let answered =
        s.findings.iter().filter_map(|f| f.answer.as_ref().map(|a| format!("{}: {}", f.finding.title, a.label())));
    group(say!("Findings answered"), answered.collect());
    group(say!("Why the rating was low"), Some(s.why_low.clone()).filter(|w| !w.is_empty()).into_iter().collect());
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
        lines.push(say!("Commitments kept: {done} of {due}.", done, due));
    }
    lines.push(say!("# Decisions").to_owned());
    lines.extend(s.decisions.iter().map(|d| {
        let state = match &d.state {
            DecisionState::Open if d.decided == s.week => say!("taken this week").to_owned(),
            DecisionState::Open => say!("taken in {decided}", decided = d.decided),
            DecisionState::Reviewed { outcome, .. } => say!("looked at again: {outcome}", outcome),
            DecisionState::Superseded { .. } => say!("replaced").to_owned(),
        };
        format!("{}: {} ({state})", d.title, d.choice)
    }));
    lines.push(say!("# Action items").to_owned());
    lines.extend(s.actions.iter().map(|a| {
        let state = match &a.state {
            ActionState::Open if a.carried > 0 => say!("open, carried {carried} times", carried = a.carried),
            ActionState::Open => say!("state" | "open").to_owned(),
            ActionState::Done { .. } => say!("done").to_owned(),
            ActionState::Dropped { reason, .. } => say!("dropped: {reason}", reason),
        };
        say!(
            "{title} - {name_of}, due {due} ({state})",
            title = a.title,
            name_of = s.name_of(&a.owner),
            due = a.due,
            state
        )
    }));
    lines.push(say!("# Issues").to_owned());
    lines.extend(s.issues.iter().map(|i| format!("{} ({})", i.title, i.state.label())));
    if !s.messages.is_empty() {
        lines.push(say!("# Messages").to_owned());
        lines.extend(s.messages.iter().map(|m| {
            let told = if m.delivered.is_some() { say!("told") } else { say!("to tell") };
            say!(
                "{name_of} {text} to {audience} ({told})",
                name_of = s.name_of(&m.teller),
                text = m.text,
                audience = m.audience,
                told
            )
        }));
    }
    lines
}
