//! `truenorth show`: one week as its review left it, from its one file; and which cards changed since the week before, where that is there.

use serde::Serialize;

use crate::insight::alignment;
use crate::model::id::MemberId;
use crate::model::record::{ActionState, IssueState, mean_rating};
use crate::model::review::Outcome;
use crate::model::snapshot::Snapshot;
use crate::model::tongue::word;

use super::args::Show;
use super::context::Context;
use super::failure::{Answer, Failure};
use super::output::json;
use super::page::Page;
use super::quarters;
use super::shelf::Shelf;
use super::table::{Cell, Set, Table};
use super::when::PeriodRef;

pub(super) fn run(context: &Context, args: &Show) -> Result<Answer, Failure> {
    let week = match args.period {
        PeriodRef::Week(week) => week,
        PeriodRef::Quarter(quarter) => return quarters::show(context, quarter, args.revision, args.json.json),
    };
    let snapshot = context.snapshot(week, args.revision)?;
    let shelf = Shelf::of(&snapshot, context.snapshot_before(snapshot.week)?.as_ref());
    if args.json.json {
        return Ok(Answer::fine(json(&Shown { snapshot: &snapshot, shelf: &shelf })?));
    }
    let mut page = context.page();
    head(&snapshot, &mut page);
    headlines(&snapshot, &mut page);
    commitments(&snapshot, &mut page);
    scorecard(&snapshot, &mut page);
    goals(&snapshot, &mut page);
    findings(&snapshot, &mut page);
    issues(&snapshot, &mut page);
    agreed(&snapshot, &mut page);
    shelf.counts(&mut page);
    notes(&snapshot, &mut page);
    // Last, as it rests on the week before as well: what stands above rests on this one file.
    shelf.changes(&mut page);
    Ok(Answer::fine(page.text()))
}

/// A week as programs see it: its file, and what of the registers follows from it.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    snapshot: &'a Snapshot,
    #[serde(flatten)]
    shelf: &'a Shelf,
}

fn head(s: &Snapshot, page: &mut Page) {
    page.heading(&say!("{name}: review of {week}", name = s.name, week = s.week));
    let minutes = s.used_seconds().div_ceil(60);
    let planned: u32 = s.time.iter().map(|t| u32::from(t.planned_minutes)).sum();
    page.field(
        say!("Held"),
        &say!("{day}, {minutes} of {planned} minutes", day = s.sealed.format("%Y-%m-%d %H:%M"), minutes, planned),
    );
    if let Some(revises) = &s.revises {
        let by = revises.by.as_ref().map_or_else(String::new, |m| say!(" by {name}", name = s.name_of(m)));
        page.field(
            say!("Revision"),
            &say!(
                "{revision} of revision {corrected}{by}: {why}",
                revision = s.revision,
                corrected = revises.revision,
                by,
                why = revises.why
            ),
        );
    }
    if let Some(facilitator) = &s.facilitator {
        page.field(say!("Led by"), s.name_of(facilitator));
    }
    for (label, here) in [(say!("Here"), true), (say!("Away"), false)] {
        let names: Vec<&str> =
            s.attendance.iter().filter(|a| a.present == here).map(|a| s.name_of(&a.member)).collect();
        if !names.is_empty() {
            page.field(label, &names.join(", "));
        }
    }
    if let Some(index) = s.alignment.as_ref().and_then(|a| a.index) {
        let low = s.alignment.as_ref().map(alignment::lowest).unwrap_or_default();
        let low: Vec<&str> = low
            .iter()
            .take(3)
            .map(|g| alignment::measure(g.component).map_or(g.component.name(), |m| word(m.label)))
            .collect();
        let low = if low.is_empty() { String::new() } else { say!("; lowered most by: {low}", low = low.join(", ")) };
        page.field(say!("Alignment"), &say!("{index} of 100{low}", index = index.fixed(0), low));
    }
    if let Some(mean) = mean_rating(&s.ratings) {
        let why = if s.why_low.is_empty() { String::new() } else { format!(": {}", s.why_low) };
        page.field(say!("Rating"), &say!("{mean} of 10{why}", mean = mean.fixed(1), why));
    }
}

fn headlines(s: &Snapshot, page: &mut Page) {
    if s.headlines.is_empty() {
        return;
    }
    page.heading(say!("Headlines"));
    for headline in &s.headlines {
        let by = headline.by.as_ref().map_or_else(String::new, |m| format!(" ({})", s.name_of(m)));
        page.item(&format!("{}{by}", headline.text));
    }
}

fn commitments(s: &Snapshot, page: &mut Page) {
    if s.commitments.is_empty() {
        return;
    }
    let (done, due) = s.kept();
    page.heading(&say!("Commitments: {done} of {due} done", done, due));
    for commitment in &s.commitments {
        let action = s.actions.iter().find(|a| a.id == commitment.action);
        let title = action.map_or(commitment.action.as_str(), |a| &a.title);
        let owner = action.map_or_else(String::new, |a| format!(" ({})", s.name_of(&a.owner)));
        let outcome = match &commitment.outcome {
            Outcome::Done => say!("done").to_owned(),
            Outcome::NotDone => say!("not done").to_owned(),
            Outcome::Dropped { reason } => say!("dropped: {reason}", reason),
        };
        page.item(&format!("{title}{owner}: {outcome}"));
    }
}

fn scorecard(s: &Snapshot, page: &mut Page) {
    if s.scorecard.is_empty() {
        return;
    }
    page.heading(say!("Scorecard"));
    let mut table = Table::new(&[
        (say!("status"), Set::Left),
        (say!("KPI"), Set::Left),
        (say!("value"), Set::Right),
        (say!("target"), Set::Right),
        (say!("note"), Set::Wrap),
    ]);
    for week in &s.scorecard {
        let kpi = s.strategy.kpi(&week.kpi);
        let value = week.reading.map(|v| kpi.map_or_else(|| v.grouped(), |k| k.show(v)));
        let differs =
            week.marked.filter(|m| *m != week.computed).map(|_| say!("computed {computed}", computed = week.computed));
        let note: Vec<String> = differs.into_iter().chain((!week.note.is_empty()).then(|| week.note.clone())).collect();
        table.row([
            Cell::status(week.status()),
            kpi.map_or(week.kpi.as_str(), |k| &k.name).into(),
            value.unwrap_or_else(|| "-".to_owned()).into(),
            kpi.and_then(|k| k.show_aim(s.week)).unwrap_or_else(|| "-".to_owned()).into(),
            note.join("; ").into(),
        ]);
    }
    page.table(&table);
}

fn goals(s: &Snapshot, page: &mut Page) {
    if s.goals.is_empty() {
        return;
    }
    page.heading(say!("Goals"));
    let mut table = Table::new(&[
        (say!("status"), Set::Left),
        (say!("goal"), Set::Wrap),
        (say!("now"), Set::Right),
        (say!("confidence"), Set::Right),
        (say!("owner"), Set::Left),
    ]);
    for (depth, goal) in s.strategy.tree() {
        let Some(week) = s.goal(&goal.id) else { continue };
        table.row([
            Cell::status(week.status()),
            Cell::from(goal.title.as_str()).indented(depth),
            week.current.map_or_else(|| "-".to_owned(), |c| goal.show(c)).into(),
            week.confidence.map_or_else(|| "-".to_owned(), |c| c.get().to_string()).into(),
            goal.owner.as_ref().map_or("-", |m| first_name(s, m)).into(),
        ]);
    }
    page.table(&table);
}

fn findings(s: &Snapshot, page: &mut Page) {
    let answered: Vec<_> = s.findings.iter().filter_map(|f| Some((&f.finding, f.answer.as_ref()?))).collect();
    if s.findings.is_empty() {
        return;
    }
    page.heading(&say!("Findings: {all}, {answered} answered", all = s.findings.len(), answered = answered.len()));
    for (finding, answer) in answered {
        page.item(&format!("{}: {}", finding.title, answer.label()));
    }
}

fn issues(s: &Snapshot, page: &mut Page) {
    if s.issues.is_empty() {
        return;
    }
    page.heading(say!("Issues"));
    for issue in &s.issues {
        let state = match &issue.state {
            IssueState::Open => say!("state" | "open").to_owned(),
            IssueState::Solved { answer, .. } if answer.is_empty() => say!("solved").to_owned(),
            IssueState::Solved { answer, .. } => say!("solved: {answer}", answer),
            IssueState::Dropped { reason, .. } => say!("dropped: {reason}", reason),
        };
        page.item(&format!("{}: {state}", issue.title));
    }
}

/// What the review agreed on: decisions taken, action items to do, messages to tell.
fn agreed(s: &Snapshot, page: &mut Page) {
    let decided: Vec<_> = s.decisions.iter().filter(|d| d.decided == s.week).collect();
    if !decided.is_empty() {
        page.heading(say!("Decisions"));
    }
    for decision in decided {
        page.item(&format!("{}: {}", decision.title, decision.choice));
    }
    let open: Vec<_> = s.actions.iter().filter(|a| matches!(a.state, ActionState::Open)).collect();
    if !open.is_empty() {
        page.heading(say!("Action items"));
    }
    for action in open {
        page.item(&format!("{}, {}: {}", action.due, s.name_of(&action.owner), action.title));
    }
    let told: Vec<_> = s.messages.iter().filter(|m| m.agreed == s.week).collect();
    if !told.is_empty() {
        page.heading(say!("Messages"));
    }
    for message in told {
        let teller = s.name_of(&message.teller);
        page.item(&say!(
            "{teller} tells {audience} by {due}: {text}",
            teller,
            audience = message.audience,
            due = message.due,
            text = message.text
        ));
    }
}

fn notes(s: &Snapshot, page: &mut Page) {
    if s.notes.is_empty() {
        return;
    }
    page.heading(say!("Notes"));
    for note in &s.notes {
        page.item(&note.text);
    }
}

/// The first word of a name, for tight columns.
fn first_name<'s>(s: &'s Snapshot, id: &'s MemberId) -> &'s str {
    s.people.iter().find(|p| &p.id == id).map_or(id.as_str(), |p| p.first_name())
}
