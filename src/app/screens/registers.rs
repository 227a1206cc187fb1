//! The registers of decisions, action items and issues: what is open, or everything that ever was.

use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::reading::{Reading, line_of_sight};
use crate::app::dialogs::{Dialog, capture};
use crate::app::intent::RowIntent;
use crate::app::message::Effect;
use crate::app::{App, Tone, dates};
use crate::insight::story;
use crate::model::checkin::{CheckInEdit, Progress};
use crate::model::id::ActionId;
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState};
use crate::model::review::{Change, Commitment, Edit, Moment, Outcome};

/// What a register remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The cursor.
    pub cursor: Cursor,
    /// Whether everything is listed that ever was, or only what is open.
    pub everything: bool,
}

/// The heading of what is open.
pub const OPEN: &str = "Open";
/// The heading of what is overdue.
pub const OVERDUE: &str = "Overdue";
/// The heading of decisions to look at again.
pub const DUE: &str = "To look at again";
/// The heading of what is closed.
pub const CLOSED: &str = "Closed";

/// The rows of the decisions.
#[must_use]
pub fn decisions(app: &App) -> Vec<Listed> {
    let now = &app.derived.standing.decisions;
    let (due, open): (Vec<_>, Vec<_>) = now.iter().filter(|d| d.is_open()).partition(|d| d.is_due(app.today));
    let listed = |group, d: &Decision| Listed::new(group, Row::Decision(d.id.clone()));
    let mut rows: Vec<Listed> = due.into_iter().map(|d| listed(DUE, d)).collect();
    rows.extend(open.into_iter().rev().map(|d| listed(OPEN, d)));
    let closed_now = now.iter().filter(|d| !d.is_open());
    rows.extend(closed_now.map(|d| listed(CLOSED, d)));
    if app.screens.decisions.everything {
        let past = app.history.decisions().into_iter().filter(|d| !now.iter().any(|n| n.id == d.id));
        rows.extend(past.map(|d| listed(CLOSED, d)));
    }
    rows
}

/// The rows of the action items.
#[must_use]
pub fn actions(app: &App) -> Vec<Listed> {
    let now = &app.derived.standing.actions;
    let listed = |group, a: &Action| Listed::new(group, Row::Action(a.id.clone()));
    let mut open: Vec<&Action> = now.iter().filter(|a| a.is_open()).collect();
    open.sort_by_key(|a| a.due);
    let group = |a: &Action| if a.due < app.today { OVERDUE } else { OPEN };
    let mut rows: Vec<Listed> = open.into_iter().map(|a| listed(group(a), a)).collect();
    rows.extend(now.iter().filter(|a| !a.is_open()).map(|a| listed(CLOSED, a)));
    if app.screens.actions.everything {
        let past = app.history.actions().into_iter().filter(|a| !now.iter().any(|n| n.id == a.id));
        rows.extend(past.map(|a| listed(CLOSED, a)));
    }
    rows
}

/// The rows of the issues.
#[must_use]
pub fn issues(app: &App) -> Vec<Listed> {
    let now = &app.derived.standing.issues;
    let listed = |group, i: &Issue| Listed::new(group, Row::Issue(i.id.clone()));
    let mut open: Vec<&Issue> = now.iter().filter(|i| i.is_open()).collect();
    open.sort_by_key(|i| std::cmp::Reverse(i.votes));
    let mut rows: Vec<Listed> = open.into_iter().map(|i| listed(OPEN, i)).collect();
    rows.extend(now.iter().filter(|i| !i.is_open()).map(|i| listed(CLOSED, i)));
    if app.screens.issues.everything {
        let past = app.history.issues().into_iter().filter(|i| !now.iter().any(|n| n.id == i.id));
        rows.extend(past.map(|i| listed(CLOSED, i)));
    }
    rows
}

/// Something done to a row of a register.
pub fn row(app: &mut App, intent: RowIntent, now: Moment) -> Vec<Effect> {
    match (intent, app.row().cloned()) {
        (RowIntent::Switch, _) => {
            let state = match app.place {
                crate::app::intent::Place::Decisions => &mut app.screens.decisions,
                crate::app::intent::Place::Actions => &mut app.screens.actions,
                _ => &mut app.screens.issues,
            };
            state.everything = !state.everything;
            Vec::new()
        }
        (RowIntent::Open, Some(row)) => {
            if let Some(reading) = read(app, &row) {
                app.dialogs.push(Dialog::Reading(reading));
            }
            Vec::new()
        }
        (RowIntent::Done, Some(Row::Action(id))) => done(app, &id, now),
        _ => Vec::new(),
    }
}

/// Reports an action item as done: in the review, else in my check-in.
fn done(app: &mut App, id: &ActionId, now: Moment) -> Vec<Effect> {
    let Some(action) = app.action(id).cloned() else { return Vec::new() };
    if let Some(why) = app.why_not_write(&[]) {
        app.say(Tone::Bad, why);
        return Vec::new();
    }
    let listed = app.derived.standing.actions.iter().any(|a| &a.id == id && a.is_open());
    if !listed {
        app.say(Tone::Info, "It was closed in an earlier week");
        return Vec::new();
    }
    if let Some(review) = app.review() {
        if action.promised == review.week {
            let state = ActionState::Done { in_week: review.week };
            return app.edit(
                format!("done: {}", action.title),
                Edit::Action(Change::put(Action { state, ..action })),
                now,
            );
        }
        let commitment = Commitment { action: id.clone(), outcome: Outcome::Done };
        return app.edit(format!("done: {}", action.title), Edit::Commitment(Change::put(commitment)), now);
    }
    if app.me.as_ref() != Some(&action.owner) {
        let owner = app.workspace.config.name_of(&action.owner).to_owned();
        app.say(Tone::Info, format!("Outside the review only {owner} can report this"));
        return Vec::new();
    }
    let report = Progress { action: id.clone(), done: true, note: String::new() };
    let saved = capture::in_my_check_in(app, CheckInEdit::Progress(report));
    app.say(Tone::Good, format!("Reported in your check-in: {}", action.title));
    saved.unwrap_or_default()
}

/// A record as a text to read.
#[must_use]
pub fn read(app: &App, row: &Row) -> Option<Reading> {
    match row {
        Row::Decision(id) => app.decision(id).map(|d| Reading::text(d.title.clone(), decision(app, d))),
        Row::Action(id) => app.action(id).map(|a| Reading::text(a.title.clone(), action(app, a))),
        Row::Issue(id) => app.issue(id).map(|i| Reading::text(i.title.clone(), issue(app, i))),
        _ => None,
    }
}

fn section(lines: &mut Vec<String>, heading: &str, text: impl Into<String>) {
    let text = text.into();
    if !text.is_empty() {
        lines.push(format!("# {heading}"));
        lines.extend(text.split('\n').map(str::to_owned));
    }
}

/// What happened in a life, in a line.
#[must_use]
pub fn told(event: &story::Event) -> String {
    format!("{}  {}: {}", event.week, event.what.label(), event.text)
}

/// Appends the story of a record.
fn tell(lines: &mut Vec<String>, events: &[story::Event]) {
    // What was just begun has no story yet.
    if events.len() > 1 {
        section(lines, "Its story", events.iter().map(told).collect::<Vec<_>>().join("\n"));
    }
}

/// A decision, with everything that was written down.
#[must_use]
pub fn decision(app: &App, d: &Decision) -> Vec<String> {
    let config = &app.basis().config;
    let star = &app.basis().strategy.north_star;
    let names = |ids: &[crate::model::id::ValueId]| {
        let name = |id: &crate::model::id::ValueId| {
            star.values.iter().find(|v| &v.id == id).map_or_else(|| id.to_string(), |v| v.name.clone())
        };
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    section(&mut lines, "We chose", d.choice.clone());
    section(&mut lines, "Because", d.context.clone());
    section(&mut lines, "Options", d.options.join("\n"));
    section(&mut lines, "Serves", names(&d.serves));
    section(&mut lines, "Strains", names(&d.strains));
    section(&mut lines, "For", d.goals.iter().map(|g| line_of_sight(app, g)).collect::<Vec<_>>().join("\n"));
    section(&mut lines, "Affects", d.affects.clone());
    section(&mut lines, "We said no to", d.declined.clone());
    if let Some(p) = &d.prediction {
        section(&mut lines, "We expected", format!("{} ({} % sure)", p.claim, p.percent.get()));
    }
    let by = if d.deciders.is_empty() {
        String::new()
    } else {
        format!(" by {}", d.deciders.iter().map(|m| config.name_of(m)).collect::<Vec<_>>().join(", "))
    };
    let reversible = match d.reversible {
        Some(true) => ", can be taken back",
        Some(false) => ", hard to take back",
        None => "",
    };
    section(&mut lines, "Decided", format!("in {}, {}{by}{reversible}", d.decided, d.method.label()));
    if let Some(day) = d.review_on.filter(|_| d.is_open()) {
        section(&mut lines, "Look again", dates::show(day, app.today));
    }
    match &d.state {
        DecisionState::Open => {}
        DecisionState::Reviewed { in_week, outcome, came_true } => {
            let verdict = match came_true {
                Some(true) => "It came true. ",
                Some(false) => "It did not come true. ",
                None => "",
            };
            section(&mut lines, "What happened", format!("{verdict}{outcome} (looked at in {in_week})"));
        }
        DecisionState::Superseded { in_week, by } => {
            let title = app.decision(by).map_or_else(|| by.to_string(), |d| d.title.clone());
            section(&mut lines, "Replaced", format!("in {in_week} by: {title}"));
        }
    }
    tell(&mut lines, &story::of_decision(d, &app.history, config, app.today));
    lines
}

fn action(app: &App, a: &Action) -> Vec<String> {
    let mut lines = Vec::new();
    let owner = app.basis().config.name_of(&a.owner);
    section(&mut lines, "Promised", format!("by {owner} in {}, due {}", a.promised, dates::show(a.due, app.today)));
    match a.carried {
        0 => {}
        1 => section(&mut lines, "Carried", "once".to_owned()),
        n => section(&mut lines, "Carried", format!("{n} times")),
    }
    if let Some(goal) = &a.goal {
        section(&mut lines, "Serves", line_of_sight(app, goal));
    }
    match &a.state {
        ActionState::Open => {}
        ActionState::Done { in_week } => section(&mut lines, "Done", format!("reported in {in_week}")),
        ActionState::Dropped { in_week, reason } => section(&mut lines, "Dropped", format!("in {in_week}: {reason}")),
    }
    tell(&mut lines, &story::of_action(a, &app.history, &app.basis().config));
    lines
}

fn issue(app: &App, i: &Issue) -> Vec<String> {
    let mut lines = Vec::new();
    let by = i.by.as_ref().map_or_else(|| "the team".to_owned(), |m| app.basis().config.name_of(m).to_owned());
    section(&mut lines, "Raised", format!("by {by} in {}", i.raised));
    if let Some(about) = &i.about {
        section(&mut lines, "About", app.subject_name(about));
    }
    section(&mut lines, "Detail", i.detail.clone());
    match &i.state {
        IssueState::Open => {}
        IssueState::Solved { in_week, answer, decision, action } => {
            section(&mut lines, "Answer", format!("{answer} ({in_week})"));
            let led = decision.as_ref().and_then(|d| app.decision(d)).map(|d| format!("decision: {}", d.title));
            let led = led
                .or_else(|| action.as_ref().and_then(|a| app.action(a)).map(|a| format!("action item: {}", a.title)));
            section(&mut lines, "It led to", led.unwrap_or_default());
        }
        IssueState::Dropped { in_week, reason } => section(&mut lines, "Dropped", format!("in {in_week}: {reason}")),
    }
    tell(&mut lines, &story::of_issue(i, &app.history, &app.basis().config));
    lines
}
