//! A sealed quarter in paragraphs, for people who were not there: headings begin with `# `.

use super::calibration;
use crate::model::quarterly::{Fate, Graded, QuarterSnapshot, Stands, StarAnswer};

/// A sealed quarter in paragraphs.
#[must_use]
pub fn told(s: &QuarterSnapshot) -> Vec<String> {
    let mut lines = head(s);
    lines.extend(goals(s));
    lines.extend(behind(s));
    lines.extend(ahead(s));
    lines.extend(agreed(s));
    lines
}

/// A heading with its paragraphs; nothing where there are none.
fn under(heading: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() { lines } else { std::iter::once(format!("# {heading}")).chain(lines).collect() }
}

fn head(s: &QuarterSnapshot) -> Vec<String> {
    let planned: u32 = s.time.iter().map(|t| u32::from(t.planned_minutes)).sum();
    let used = s.used_seconds().div_ceil(60);
    let by = s.facilitator.as_ref().map(|f| format!(", led by {}", s.name_of(f))).unwrap_or_default();
    let mut held = vec![format!("{}, {used} of {planned} minutes{by}", s.sealed.format("%Y-%m-%d %H:%M"))];
    if let Some(revises) = &s.revises {
        held.push(format!("Revision {} of revision {}: {}", s.revision, revises.revision, revises.why));
    }
    let here: Vec<&str> = s.attendance.iter().filter(|a| a.present).map(|a| s.name_of(&a.member)).collect();
    let mut lines = under("Held", held);
    lines.extend(under("Here", if here.is_empty() { Vec::new() } else { vec![here.join(", ")] }));
    lines
}

fn goals(s: &QuarterSnapshot) -> Vec<String> {
    let last = s.said.facts.last.map(|w| format!(", figures of {w}")).unwrap_or_default();
    let lines = s.said.facts.goals.iter().map(|g| goal(s, g)).collect();
    under(&format!("Goals, graded 0.0 to 1.0{last}"), lines)
}

/// A goal in a line: its grade, what it was measured by, what became of it.
fn goal(s: &QuarterSnapshot, graded: &Graded) -> String {
    let answer = s.said.answer(&graded.goal);
    let grade = s.said.grade(&graded.goal).map_or_else(|| "-".to_owned(), |g| g.fixed(1));
    let rule = match (answer.grade, graded.grade) {
        (Some(own), Some(rule)) if own.get() != rule => format!(" (by the rule {})", rule.fixed(1)),
        _ => String::new(),
    };
    let figures = graded
        .measure
        .as_ref()
        .map(|m| format!(", from {} to {}, target {}", m.show(m.baseline), m.show(m.now), m.show(m.target)));
    let fate = match &answer.fate {
        Some(Fate::Dropped { reason }) => format!("; dropped: {reason}"),
        Some(fate) => format!("; {}", fate.label()),
        None => match graded.stands {
            Stands::Due => "; nobody said what becomes of it".to_owned(),
            Stands::UnderWay => "; under way".to_owned(),
            Stands::Over => "; over before the review".to_owned(),
        },
    };
    let note = if answer.note.is_empty() { String::new() } else { format!(". {}", answer.note) };
    let indent = if graded.objective.is_some() { "  " } else { "" };
    format!("{indent}{grade}{rule} {}{}{fate}{note}", graded.title, figures.unwrap_or_default())
}

fn behind(s: &QuarterSnapshot) -> Vec<String> {
    let said = &s.said;
    let mut lines = under("What we learned", said.learned.iter().map(|l| l.text.clone()).collect());
    let scored = said.facts.scored.iter().map(|p| {
        format!(
            "{}: {} % likely, {}",
            p.title,
            p.percent.get(),
            if p.came_true { "came true" } else { "did not come true" }
        )
    });
    lines.extend(under("Predictions", std::iter::once(calibration(&said.facts.scored)).chain(scored).collect()));
    let findings = said.facts.findings.iter().map(|f| {
        let open = if f.open { ", still there at the end" } else { "" };
        let weeks = if f.weeks == 1 { "1 week".to_owned() } else { format!("{} weeks", f.weeks) };
        format!("{}: {} found, up to {weeks}{open}. {}", f.rule, f.found, f.title)
    });
    lines.extend(under("Findings of the quarter", findings.collect()));
    let stops = said.facts.stops.iter().map(|stop| {
        let word = match said.kept(&stop.id) {
            Some(true) => "kept",
            Some(false) => "not kept",
            None => "not answered",
        };
        format!("{}: {word}", stop.what)
    });
    lines.extend(under("What was to stop", stops.collect()));
    lines.extend(under(
        "Looked at, still so",
        said.looked.iter().map(|l| format!("{}: {}", l.kind.row().name, l.title)).collect(),
    ));
    lines
}

fn ahead(s: &QuarterSnapshot) -> Vec<String> {
    let said = &s.said;
    let star = match &said.north_star {
        Some(StarAnswer::StillRight) => vec!["Still right.".to_owned()],
        Some(StarAnswer::Change { why }) => vec![format!("To change: {why}")],
        None => Vec::new(),
    };
    let mut lines = under("North star", star);
    let themes = said.facts.themes.iter().map(|t| {
        let (before, after) = (t.weight, said.weight(t));
        let weight = if before == after { format!("{before}") } else { format!("{before} -> {after}") };
        let share = |label: &str, of: Option<crate::model::number::Finite>| {
            of.map(|v| format!(", {label} {} %", v.fixed(0))).unwrap_or_default()
        };
        format!("{}: weight {weight}{}{}", t.name, share("of the work", t.goals), share("of the days", t.days))
    });
    lines.extend(under("Themes", themes.collect()));
    let next = said.next.iter().map(|n| format!("{} ({})", n.title, s.name_of(&n.owner)));
    lines.extend(under("Next objectives", next.collect()));
    let stops = said
        .stops
        .iter()
        .map(|stop| format!("{}: {} ({}, from {})", stop.what, stop.why, s.name_of(&stop.owner), stop.from));
    lines.extend(under("What we stop", stops.collect()));
    lines
}

fn agreed(s: &QuarterSnapshot) -> Vec<String> {
    let decided = s.decisions.iter().filter(|d| d.decided == s.week).map(|d| format!("{}: {}", d.title, d.choice));
    let mut lines = under("Decided", decided.collect());
    let promised = s.actions.iter().filter(|a| a.promised == s.week);
    let promised = promised.map(|a| format!("{}: {}, by {}", s.name_of(&a.owner), a.title, a.due));
    lines.extend(under("Promised", promised.collect()));
    let said = s.said.said.iter().map(|one| format!("{}: {}", s.name_of(&one.member), one.text));
    lines.extend(under("A sentence from each", said.collect()));
    lines.extend(under("Notes", s.notes.iter().map(|n| n.text.clone()).collect()));
    lines
}
