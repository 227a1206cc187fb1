//! A sealed quarter in paragraphs, for people who were not there: headings begin with `# `.

use super::calibration;
use crate::model::quarterly::{Fate, Graded, QuarterSnapshot, Stands, StarAnswer};
use crate::model::tongue::{count, word};

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
    let by = s.facilitator.as_ref().map(|f| say!(", led by {name}", name = s.name_of(f))).unwrap_or_default();
    let mut held =
        vec![say!("{at}, {used} of {planned} minutes{by}", at = s.started.format("%Y-%m-%d %H:%M"), used, planned, by)];
    if let Some(revises) = &s.revises {
        held.push(say!(
            "Revision {revision} of revision {of}: {why}",
            revision = s.revision,
            of = revises.revision,
            why = revises.why
        ));
    }
    let here: Vec<&str> = s.attendance.iter().filter(|a| a.present).map(|a| s.name_of(&a.member)).collect();
    let mut lines = under(say!("Held"), held);
    lines.extend(under(say!("Here"), if here.is_empty() { Vec::new() } else { vec![here.join(", ")] }));
    lines
}

fn goals(s: &QuarterSnapshot) -> Vec<String> {
    let last = s.said.facts.last.map(|w| say!(", figures of {w}", w)).unwrap_or_default();
    let lines = s.said.facts.goals.iter().map(|g| goal(s, g)).collect();
    under(&say!("Goals, graded 0.0 to 1.0{last}", last), lines)
}

/// A goal in a line: its grade, what it was measured by, what became of it.
fn goal(s: &QuarterSnapshot, graded: &Graded) -> String {
    let answer = s.said.answer(&graded.goal);
    let grade = s.said.grade(&graded.goal).map_or_else(|| "-".to_owned(), |g| g.fixed(1));
    let rule = match (answer.grade, graded.grade) {
        (Some(own), Some(rule)) if own.get() != rule => say!(" (by the rule {rule})", rule = rule.fixed(1)),
        _ => String::new(),
    };
    let figures = graded.measure.as_ref().map(|m| {
        let (from, to, target) = (m.show(m.baseline), m.show(m.now), m.show(m.target));
        if m.now.is_none() {
            return say!(", from {from}, target {target}", from, target);
        }
        say!(", from {from} to {to}, target {target}", from, to, target)
    });
    let fate = match &answer.fate {
        Some(Fate::Dropped { reason }) => say!("; dropped: {reason}", reason),
        Some(fate) => format!("; {}", fate.label()),
        None => match graded.stands {
            Stands::Due => say!("; nobody said what becomes of it").to_owned(),
            Stands::UnderWay => say!("; under way").to_owned(),
            Stands::Over => say!("; over before the review").to_owned(),
        },
    };
    let note = if answer.note.is_empty() { String::new() } else { format!(". {}", answer.note) };
    let indent = if graded.objective.is_some() { "  " } else { "" };
    format!("{indent}{grade}{rule} {}{}{fate}{note}", graded.title, figures.unwrap_or_default())
}

fn behind(s: &QuarterSnapshot) -> Vec<String> {
    let said = &s.said;
    let mut lines = under(say!("What we learned"), said.learned.iter().map(|l| l.text.clone()).collect());
    let scored = said.facts.scored.iter().map(|p| {
        say!(
            "{title}: {percent} % likely, {came}",
            title = p.title,
            percent = p.percent.get(),
            came = if p.came_true { say!("came true") } else { say!("did not come true") }
        )
    });
    lines.extend(under(say!("Predictions"), std::iter::once(calibration(&said.facts.scored)).chain(scored).collect()));
    let findings = said.facts.findings.iter().map(|f| {
        let open = if f.open { say!(", still there at the end") } else { "" };
        let weeks = count(f.weeks as usize, "week");
        say!(
            "{rule}: {found} found, up to {weeks}{open}. {title}",
            rule = f.rule,
            found = f.found,
            weeks,
            open,
            title = f.title
        )
    });
    lines.extend(under(say!("Findings of the quarter"), findings.collect()));
    let stops = said.facts.stops.iter().map(|stop| {
        let word = match said.kept(&stop.id) {
            Some(true) => say!("kept"),
            Some(false) => say!("not kept"),
            None => say!("not answered"),
        };
        format!("{}: {word}", stop.what)
    });
    lines.extend(under(say!("What was to stop"), stops.collect()));
    lines.extend(under(
        say!("Looked at, still so"),
        said.looked.iter().map(|l| format!("{}: {}", word(l.kind.row().name), l.title)).collect(),
    ));
    lines
}

fn ahead(s: &QuarterSnapshot) -> Vec<String> {
    let said = &s.said;
    let star = match &said.north_star {
        Some(StarAnswer::StillRight) => vec![say!("Still right.").to_owned()],
        Some(StarAnswer::Change { why }) => vec![say!("To change: {why}", why)],
        None => Vec::new(),
    };
    let mut lines = under(say!("North star"), star);
    let themes = said.facts.themes.iter().map(|t| {
        let (before, after) = (t.weight, said.weight(t));
        let weight = if before == after { format!("{before}") } else { format!("{before} -> {after}") };
        let share = |label: &str, of: Option<crate::model::number::Finite>| {
            of.map(|v| format!(", {label} {} %", v.fixed(0))).unwrap_or_default()
        };
        let (work, days) = (share(say!("of the work"), t.goals), share(say!("of the days"), t.days));
        say!("{theme}: weight {weight}{work}{days}", theme = t.name, weight, work, days)
    });
    lines.extend(under(say!("Themes"), themes.collect()));
    let next = said.next.iter().map(|n| format!("{} ({})", n.title, s.name_of(&n.owner)));
    lines.extend(under(say!("Next objectives"), next.collect()));
    let stops = said.stops.iter().map(|stop| {
        let who = s.name_of(&stop.owner);
        say!("{what}: {why} ({who}, from {day})", what = stop.what, why = stop.why, who, day = stop.from)
    });
    lines.extend(under(say!("What we stop"), stops.collect()));
    lines
}

fn agreed(s: &QuarterSnapshot) -> Vec<String> {
    let decided = s.decisions.iter().filter(|d| d.decided == s.week).map(|d| format!("{}: {}", d.title, d.choice));
    let mut lines = under(say!("Decided"), decided.collect());
    let promised = s.actions.iter().filter(|a| a.promised == s.week);
    let promised =
        promised.map(|a| say!("{who}: {what}, by {day}", who = s.name_of(&a.owner), what = a.title, day = a.due));
    lines.extend(under(say!("Promised"), promised.collect()));
    let said = s.said.said.iter().map(|one| format!("{}: {}", s.name_of(&one.member), one.text));
    lines.extend(under(say!("A sentence from each"), said.collect()));
    lines.extend(under(say!("Notes"), s.notes.iter().map(|n| n.text.clone()).collect()));
    lines
}
