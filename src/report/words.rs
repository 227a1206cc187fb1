//! Words and signs that every format shares, so that none tells the same thing in another way.

use super::outline::{Action, Decision, Event, Goal, Issue, Kpi, Lowering, Message, Outline, Person};
use crate::insight::diff::Change;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::tongue;

/// The sign of a status: told apart without colour, the same as on the screens.
pub(super) fn sign(status: Status) -> &'static str {
    match status {
        Status::OnTrack => "✓",
        Status::AtRisk => "!",
        Status::OffTrack => "✗",
        Status::Unknown => "?",
    }
}

/// `✗ off track`, and what the rule says where the team marked something else.
pub(super) fn status(counts: Status, computed: Status) -> String {
    let told = format!("{} {counts}", sign(counts));
    if counts == computed { told } else { say!("{told} (computed: {computed})", told, computed) }
}

/// Names, or a word for nobody.
pub(super) fn names(people: &[Person]) -> String {
    if people.is_empty() { say!("nobody").to_owned() } else { list(people.iter().map(|p| p.name.as_str())) }
}

/// Texts with commas between.
pub(super) fn list<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(", ")
}

/// The name of somebody, or a dash.
pub(super) fn owner(person: Option<&Person>) -> &str {
    person.map_or("–", |p| &p.name)
}

/// How long the review took: `65 of 60 minutes`.
pub(super) fn minutes(outline: &Outline) -> String {
    say!(
        "{minutes} of {planned_minutes} minutes",
        minutes = outline.review.minutes,
        planned_minutes = outline.review.planned_minutes
    )
}

/// What people felt: `8.6 of 10, by 8 people`; none without a rating.
pub(super) fn rating(outline: &Outline) -> Option<String> {
    let mean = outline.review.rating?;
    Some(say!("{mean} of 10, {by}", mean = mean.fixed(1), by = raters(outline)))
}

/// By how many the review was rated: `by 8 people`.
pub(super) fn raters(outline: &Outline) -> String {
    match outline.review.ratings {
        1 => say!("by 1 person").to_owned(),
        n => say!("by {n} people", n),
    }
}

/// What was promised and done: `7 of 9 done`; none where nothing was due.
pub(super) fn kept(outline: &Outline) -> Option<String> {
    (outline.review.due > 0).then(|| say!("{kept} of {due} done", kept = outline.review.kept, due = outline.review.due))
}

/// The index with its change: `71 of 100 (+2.1)`; none while it is not known.
pub(super) fn index(outline: &Outline) -> Option<String> {
    let alignment = outline.alignment.as_ref()?;
    let change = alignment.change.map(|by| format!(" ({})", signed(by))).unwrap_or_default();
    Some(say!("{index} of 100{change}", index = alignment.index?.fixed(0), change))
}

/// A difference with its sign and one decimal.
pub(super) fn signed(by: Finite) -> String {
    let size = by.fixed(1);
    if size.starts_with('-') { size.replace('-', "−") } else { format!("+{size}") }
}

/// Where a goal stands: `65 of 100 orders`, or its progress; a dash where neither is known.
pub(super) fn stands(goal: &Goal) -> String {
    match (&goal.current, &goal.target, goal.percent) {
        (Some(current), Some(target), _) => say!("{current} of {target}", current, target),
        (Some(current), None, _) => current.clone(),
        (None, _, Some(percent)) => format!("{} %", percent.fixed(0)),
        (None, _, None) => "–".to_owned(),
    }
}

/// What became of an action item: `done`, `dropped: too dear`, `open, carried over 2 times`.
pub(super) fn became(action: &Action) -> String {
    let carried = match action.carried {
        0 => String::new(),
        1 => say!(", carried over once").to_owned(),
        n => say!(", carried over {n} times", n),
    };
    let reason = if action.reason.is_empty() { String::new() } else { format!(": {}", action.reason) };
    format!("{}{reason}{carried}", action.state.label())
}

/// Who tells whom, how and by when: `Maya tells the counter staff at the shift change by 2026-11-19`.
pub(super) fn telling(message: &Message) -> String {
    let channel = if message.channel.is_empty() { String::new() } else { format!(" ({})", message.channel) };
    let told = match message.delivered {
        Some(week) => say!("told in {week}", week),
        None => say!("by {due}", due = message.due),
    };
    say!(
        "{teller} tells {audience}{channel}, {told}",
        teller = message.teller.name,
        audience = message.audience,
        channel,
        told
    )
}

/// The name that a file of this report gets: `maple-street-bakery-2026-W46` and an ending.
#[must_use]
pub fn file_name(outline: &Outline, ending: &str) -> String {
    let mine = outline.mine.as_ref().map(|p| format!("-{}", p.id)).unwrap_or_default();
    format!("{}-{}{mine}.{ending}", outline.workspace, outline.week)
}

/// A change in one line: `Online orders: target 420 → 450`.
pub(super) fn change(change: &Change) -> String {
    let name = if change.name.is_empty() { &change.id } else { &change.name };
    match (change.from.as_str(), change.to.as_str()) {
        ("", "") => format!("{name}: {}", tongue::field(&change.field)),
        ("", to) => format!("{name}: {} {to}", tongue::field(&change.field)),
        (from, "") => say!("{name}: {field}, was {from}", name, field = tongue::field(&change.field), from),
        // Blanks that do not break keep the arrow with its numbers.
        (from, to) => format!("{name}: {} {from}\u{a0}→\u{a0}{to}", tongue::field(&change.field)),
    }
}

/// When and how it came about, or why it is here again.
pub(super) fn event(decision: &Decision) -> String {
    match decision.event {
        Event::Taken => say!("taken this week, {method}", method = decision.method),
        Event::Settled => say!("of {decided}, {state} this week", decided = decision.decided, state = decision.state),
        Event::Standing => say!("of {decided}", decided = decision.decided),
    }
}

/// What is to be told of a decision, each with its label. One that stands is told short.
pub(super) fn decision(d: &Decision) -> Vec<(&'static str, String)> {
    let prediction = d
        .prediction
        .as_ref()
        .map(|p| say!("{claim} ({percent} % sure)", claim = p.claim, percent = p.percent))
        .unwrap_or_default();
    let came = d.came_true.map_or("", |yes| if yes { say!("yes") } else { say!("no") });
    let look = d.review_on.map(|day| day.to_string()).unwrap_or_default();
    let short =
        [(say!("Chosen"), d.choice.clone()), (say!("Expected"), prediction), (say!("Look at it again on"), look)];
    let full = [
        (say!("Because"), d.context.clone()),
        (say!("Decided by"), list(d.deciders.iter().map(|p| p.name.as_str()))),
        (say!("Serves"), list(d.serves.iter().chain(&d.goals).map(String::as_str))),
        (say!("Strains"), list(d.strains.iter().map(String::as_str))),
        (say!("Affects"), d.affects.clone()),
        (say!("Declined"), d.declined.join("; ")),
        (say!("What came of it"), d.outcome.clone()),
        (say!("Came true"), came.to_owned()),
    ];
    let rest = full.into_iter().filter(|_| d.event != Event::Standing);
    short.into_iter().chain(rest).filter(|(_, text)| !text.is_empty()).collect()
}

/// An issue with what came of it.
pub(super) fn issue(issue: &Issue) -> String {
    let votes = match issue.votes {
        0 => String::new(),
        1 => say!(", 1 vote").to_owned(),
        n => say!(", {n} votes", n),
    };
    let by = issue.by.as_ref().map(|p| say!(" by {name}", name = p.name)).unwrap_or_default();
    let answer = if issue.answer.is_empty() { String::new() } else { format!(": {}", issue.answer) };
    say!(
        "{title} (raised in {raised}{by}{votes}){answer}",
        title = issue.title,
        raised = issue.raised,
        by,
        votes,
        answer
    )
}

/// What lowers the index, by how much, and what one could do.
pub(super) fn lowering(low: &Lowering) -> String {
    say!(
        "{name} ({dimension}) stands at {percent} % and costs {points} points: {counted}. {advice}",
        name = low.name,
        dimension = low.dimension,
        percent = low.percent.fixed(0),
        points = low.points.fixed(1),
        counted = low.counted.trim_end_matches('.'),
        advice = low.advice
    )
}

/// Where a KPI is heading, without how that was computed.
pub(super) fn outlook(kpi: &Kpi) -> String {
    let said = kpi.forecast.split(';').next().unwrap_or_default();
    upper_first(said.strip_prefix(say!("Forecast ")).unwrap_or(said))
}

/// A text with a capital at its beginning.
pub(super) fn upper_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
