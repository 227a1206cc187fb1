//! The registers of decisions, action items and issues: what is open, or everything that ever was.

use super::cards;
use super::passed;
use super::review::close;
use super::row::{Listed, Row};
use crate::app::cursor::Cursor;
use crate::app::dialogs::reading::{Reading, line_of_sight};
use crate::app::dialogs::{Dialog, capture, decision as forms};
use crate::app::intent::{Place, RowIntent};
use crate::app::message::Effect;
use crate::app::{App, Tone, dates};
use crate::insight::calibration::calibration;
use crate::insight::story;
use crate::model::checkin::{CheckInEdit, Progress};
use crate::model::declined::Declined;
use crate::model::id::{ActionId, MessageId};
use crate::model::passed::What;
use crate::model::record::{Action, ActionState, Decision, DecisionState, Issue, IssueState, Message};
use crate::model::review::{Change, Commitment, Edit, Moment, Outcome};

/// What a register remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The cursor.
    pub cursor: Cursor,
    /// What is listed.
    pub view: View,
}

/// What a register lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// What is open.
    #[default]
    Open,
    /// Everything that ever was.
    All,
    /// Of decisions: what was declined.
    Declined,
    /// Beside action items: what is still to be told.
    Messages,
}

impl View {
    /// The view after this one at a place.
    #[must_use]
    pub fn next(self, place: Place) -> Self {
        match (self, place) {
            (Self::Open, _) => Self::All,
            (Self::All, Place::Decisions) => Self::Declined,
            (Self::All, Place::Actions) => Self::Messages,
            (Self::All | Self::Declined | Self::Messages, _) => Self::Open,
        }
    }
}

/// The heading of what is open.
pub const OPEN: &str = term!("Open");
/// The heading of what is overdue.
pub const OVERDUE: &str = term!("Overdue");
/// The heading of decisions to look at again.
pub const DUE: &str = term!("To look at again");
/// The heading of what is closed.
pub const CLOSED: &str = term!("Closed");

/// The heading of what was declined and could be reopened.
pub const COULD_REOPEN: &str = term!("Declined, with what would reopen it");
/// The heading of what was declined for good.
pub const DECLINED: &str = "Declined";
/// The heading of messages that were to be told by now.
pub const LATE: &str = term!("Late");
/// The heading of messages still to be told.
pub const TO_TELL: &str = term!("To be told");
/// The heading of messages told in this review.
pub const TOLD: &str = term!("Told");

/// The rows of the decisions.
#[must_use]
pub fn decisions(app: &App) -> Vec<Listed> {
    if app.screens.decisions.view == View::Declined {
        return declined(app);
    }
    let now = &app.derived.standing.decisions;
    let (due, open): (Vec<_>, Vec<_>) = now.iter().filter(|d| d.is_open()).partition(|d| d.is_due(app.today));
    let listed = |group, d: &Decision| Listed::new(group, Row::Decision(d.id.clone()));
    let mut rows: Vec<Listed> = due.into_iter().map(|d| listed(DUE, d)).collect();
    rows.extend(open.into_iter().rev().map(|d| listed(OPEN, d)));
    let closed_now = now.iter().filter(|d| !d.is_open());
    rows.extend(closed_now.map(|d| listed(CLOSED, d)));
    if app.screens.decisions.view == View::All {
        let past = app.history.decisions().into_iter().filter(|d| !now.iter().any(|n| n.id == d.id));
        rows.extend(past.map(|d| listed(CLOSED, d)));
    }
    rows
}

/// Every decision that is known, in its latest state: those that stand now, then the others, the newest first.
pub fn every_decision(app: &App) -> impl Iterator<Item = &Decision> {
    let now = &app.derived.standing.decisions;
    let past = app.history.decisions().into_iter().filter(|d| !now.iter().any(|n| n.id == d.id));
    now.iter().chain(past)
}

/// The register of no: what was declined, the last first; what could be reopened before what could not.
fn declined(app: &App) -> Vec<Listed> {
    let mut all: Vec<&Decision> = every_decision(app).collect();
    all.sort_by_key(|d| std::cmp::Reverse(d.decided));
    let rows = |d: &Decision| -> Vec<Listed> {
        let group = |no: &Declined| if no.reopen_if.is_empty() { DECLINED } else { COULD_REOPEN };
        let row = |(at, no)| Listed::new(group(no), Row::Declined(d.id.clone(), at));
        d.declined.iter().enumerate().map(row).collect()
    };
    let mut rows: Vec<Listed> = all.into_iter().flat_map(rows).collect();
    rows.sort_by_key(|r| r.group == DECLINED);
    rows
}

/// What is still to be told, the most overdue first; told ones of this review last.
fn messages(app: &App) -> Vec<Listed> {
    let mut all: Vec<&Message> = app.derived.standing.messages.iter().collect();
    all.sort_by_key(|m| (m.delivered.is_some(), m.due));
    let group = |m: &Message| match m.delivered {
        Some(_) => TOLD,
        None if m.due < app.today => LATE,
        None => TO_TELL,
    };
    all.into_iter().map(|m| Listed::new(group(m), Row::Message(m.id.clone()))).collect()
}

/// The rows of the action items, or of the messages beside them.
#[must_use]
pub fn actions(app: &App) -> Vec<Listed> {
    if app.screens.actions.view == View::Messages {
        return messages(app);
    }
    let now = &app.derived.standing.actions;
    let listed = |group, a: &Action| Listed::new(group, Row::Action(a.id.clone()));
    let mut open: Vec<&Action> = now.iter().filter(|a| a.is_open()).collect();
    open.sort_by_key(|a| a.due);
    let group = |a: &Action| if a.due < app.today { OVERDUE } else { OPEN };
    let mut rows: Vec<Listed> = open.into_iter().map(|a| listed(group(a), a)).collect();
    rows.extend(now.iter().filter(|a| !a.is_open()).map(|a| listed(CLOSED, a)));
    if app.screens.actions.view == View::All {
        let past = app.history.actions().into_iter().filter(|a| !now.iter().any(|n| n.id == a.id));
        rows.extend(past.map(|a| listed(CLOSED, a)));
    }
    rows
}

/// The rows of the issues, before them what others passed on and waits for an answer.
#[must_use]
pub fn issues(app: &App) -> Vec<Listed> {
    let now = &app.derived.standing.issues;
    let listed = |group, i: &Issue| Listed::new(group, Row::Issue(i.id.clone()));
    let mut open: Vec<&Issue> = now.iter().filter(|i| i.is_open()).collect();
    open.sort_by_key(|i| std::cmp::Reverse(i.votes));
    let mut rows: Vec<Listed> = passed::rows(app).collect();
    rows.extend(open.into_iter().map(|i| listed(OPEN, i)));
    rows.extend(now.iter().filter(|i| !i.is_open()).map(|i| listed(CLOSED, i)));
    if app.screens.issues.view == View::All {
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
                Place::Decisions => &mut app.screens.decisions,
                Place::Actions => &mut app.screens.actions,
                _ => &mut app.screens.issues,
            };
            state.view = state.view.next(app.place);
            Vec::new()
        }
        (intent, Some(Row::Passed(key))) => passed::row(app, intent, &key, now),
        (RowIntent::Pass, Some(Row::Issue(id))) => {
            passed::ask_where(app, What::Issue(id));
            Vec::new()
        }
        (RowIntent::Pass, Some(Row::Message(id))) => {
            passed::ask_where(app, What::Message(id));
            Vec::new()
        }
        (RowIntent::Pass, _) => {
            app.say(Tone::Info, say!("Issues and messages are passed on: stand on one of them"));
            Vec::new()
        }
        (RowIntent::Open, Some(row)) => {
            if let Some(reading) = read(app, &row) {
                app.dialogs.push(Dialog::Reading(reading));
            }
            Vec::new()
        }
        (RowIntent::Edit, Some(Row::Decision(id) | Row::Declined(id, _))) => {
            forms::open_edit(app, &id);
            Vec::new()
        }
        (RowIntent::Replace, Some(Row::Decision(id) | Row::Declined(id, _))) => {
            forms::open_replacement(app, &id);
            Vec::new()
        }
        (RowIntent::Score, _) => {
            app.dialogs.push(Dialog::Reading(Reading::text(say!("How predictions turned out"), scored(app))));
            Vec::new()
        }
        (RowIntent::Done, Some(Row::Action(id))) => done(app, &id, now),
        (RowIntent::Done, Some(Row::Message(id))) => told_now(app, &id, now),
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
        app.say(Tone::Info, say!("It was closed in an earlier week"));
        return Vec::new();
    }
    if let Some(review) = app.review() {
        if action.promised == review.week {
            let state = ActionState::Done { in_week: review.week };
            return app.edit(
                say!("done: {title}", title = action.title),
                Edit::Action(Change::put(Action { state, ..action })),
                now,
            );
        }
        let commitment = Commitment { action: id.clone(), outcome: Outcome::Done };
        return app.edit(say!("done: {title}", title = action.title), Edit::Commitment(Change::put(commitment)), now);
    }
    if app.me.as_ref() != Some(&action.owner) {
        let owner = app.workspace.config.name_of(&action.owner).to_owned();
        app.say(Tone::Info, say!("Outside the review only {owner} can report this", owner));
        return Vec::new();
    }
    let report = Progress { action: id.clone(), done: true, note: String::new() };
    let saved = capture::in_my_check_in(app, CheckInEdit::Progress(report));
    app.say(Tone::Good, say!("Reported in your check-in: {title}", title = action.title));
    saved.unwrap_or_default()
}

/// Marks a message as told, or not told yet: the review keeps messages.
fn told_now(app: &mut App, id: &MessageId, now: Moment) -> Vec<Effect> {
    if app.review().is_some() {
        return close::told(app, id, now);
    }
    let Some(message) = app.derived.standing.messages.iter().find(|m| &m.id == id) else { return Vec::new() };
    let (teller, key) = (app.workspace.config.name_of(&message.teller).to_owned(), app.keymap.key_of("home.start"));
    app.say(
        Tone::Info,
        say!("{teller} reports it as told in the check-in, or the review does: {key} on Home", teller, key),
    );
    Vec::new()
}

/// The Brier score and the table behind it, as a text to read.
#[must_use]
pub fn scored(app: &App) -> Vec<String> {
    let found = calibration(every_decision(app));
    let mut lines = vec![found.in_words()];
    if found.brier.is_some() {
        lines.push(say!("# When we said, it came true").to_owned());
        lines.extend(found.bins.iter().map(|b| {
            let range = format!("{:<9}", format!("{}-{} %", b.from, b.to));
            match (b.forecast, b.came_true) {
                (Some(forecast), Some(came)) => {
                    let n = if b.n == 1 { say!("1 prediction").to_owned() } else { say!("{n} predictions", n = b.n) };
                    say!("{range} {came:>3.0} % true, {forecast:.0} % said on average, {n}", range, came, forecast, n)
                }
                _ => say!("{range} no prediction", range),
            }
        }));
    }
    let waiting = if found.waiting == 1 {
        say!("1 prediction waits").to_owned()
    } else {
        say!("{waiting} predictions wait", waiting = found.waiting)
    };
    lines.extend([say!("# Not known yet").to_owned(), say!("{waiting} for the day to look again.", waiting)]);
    lines.extend([say!("# What it is for").to_owned(), say!("Where much less came true than was said, we are too sure of ourselves; where much more, too careful. Predictions are scored, never people.").to_owned()]);
    lines
}

/// A record as a text to read.
#[must_use]
pub fn read(app: &App, row: &Row) -> Option<Reading> {
    match row {
        Row::Declined(id, n) => {
            let (d, no) = app.decision(id).and_then(|d| Some((d, d.declined.get(*n)?)))?;
            let mut lines = Vec::new();
            section(&mut lines, say!("It would be reopened if"), no.reopen_if.clone());
            section(&mut lines, say!("Instead of it"), d.title.clone());
            lines.extend(written(app, d));
            Some(Reading::text(no.what.clone(), lines))
        }
        Row::Card(id) => cards::read(app, id),
        Row::Passed(key) => passed::read(app, key),
        Row::Decision(id) => app.decision(id).map(|d| Reading::text(d.title.clone(), decision(app, d))),
        Row::Action(id) => app.action(id).map(|a| Reading::text(a.title.clone(), action(app, a))),
        Row::Issue(id) => app.issue(id).map(|i| Reading::text(i.title.clone(), issue(app, i))),
        Row::Message(id) => {
            let found = app.derived.standing.messages.iter().find(|m| &m.id == id);
            found.map(|m| Reading::text(m.text.clone(), message(app, m)))
        }
        _ => None,
    }
}

/// A message to cascade: who tells whom, how, by when, and whether it was told.
fn message(app: &App, m: &Message) -> Vec<String> {
    let mut lines = Vec::new();
    let how = if m.channel.is_empty() { String::new() } else { format!(", {}", m.channel) };
    let teller = app.basis().config.name_of(&m.teller);
    section(&mut lines, say!("To tell"), say!("{teller} tells {audience}{how}", audience = m.audience, teller, how));
    section(&mut lines, say!("By"), dates::show(m.due, app.today));
    section(&mut lines, say!("Agreed"), say!("in {agreed}", agreed = m.agreed));
    let reported = app.basis().check_ins.iter().any(|c| c.told.contains(&m.id));
    let state = match m.delivered {
        Some(week) => say!("reported as told in {week}", week),
        None if reported => say!("{teller} says so in the check-in", teller),
        None => say!("not yet").to_owned(),
    };
    section(&mut lines, say!("Told"), state);
    lines
}

pub(super) fn section(lines: &mut Vec<String>, heading: &str, text: impl Into<String>) {
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
        section(lines, say!("Its story"), events.iter().map(told).collect::<Vec<_>>().join("\n"));
    }
}

/// A decision, with everything that was written down, and its story.
#[must_use]
pub fn decision(app: &App, d: &Decision) -> Vec<String> {
    let mut lines = written(app, d);
    tell(&mut lines, &story::of_decision(d, &app.history, &app.basis().config, app.today));
    lines
}

/// Everything that was written down of a decision.
#[must_use]
pub fn written(app: &App, d: &Decision) -> Vec<String> {
    let config = &app.basis().config;
    let star = &app.basis().strategy.north_star;
    let names = |ids: &[crate::model::id::ValueId]| {
        let name = |id: &crate::model::id::ValueId| {
            star.values.iter().find(|v| &v.id == id).map_or_else(|| id.to_string(), |v| v.name.clone())
        };
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    section(&mut lines, say!("We chose"), d.choice.clone());
    section(&mut lines, say!("Because"), d.context.clone());
    section(&mut lines, say!("Options"), d.options.join("\n"));
    section(&mut lines, say!("Serves"), names(&d.serves));
    section(&mut lines, say!("Strains"), names(&d.strains));
    section(&mut lines, say!("For"), d.goals.iter().map(|g| line_of_sight(app, g)).collect::<Vec<_>>().join("\n"));
    section(&mut lines, say!("Affects"), d.affects.clone());
    section(
        &mut lines,
        say!("Strains too"),
        d.strained_goals.iter().map(|g| app.goal_title(g)).collect::<Vec<_>>().join("\n"),
    );
    section(&mut lines, say!("We said no to"), d.declined.iter().map(Declined::line).collect::<Vec<_>>().join("\n"));
    if let Some(p) = &d.prediction {
        section(
            &mut lines,
            say!("We expected"),
            say!("{claim} ({percent} % sure)", claim = p.claim, percent = p.percent.get()),
        );
    }
    let by = if d.deciders.is_empty() {
        String::new()
    } else {
        say!(" by {deciders}", deciders = d.deciders.iter().map(|m| config.name_of(m)).collect::<Vec<_>>().join(", "))
    };
    let reversible = match d.reversible {
        Some(true) => say!(", can be taken back"),
        Some(false) => say!(", hard to take back"),
        None => "",
    };
    section(
        &mut lines,
        say!("Decided"),
        say!("in {decided}, {method}{by}{reversible}", decided = d.decided, method = d.method.label(), by, reversible),
    );
    if let Some(day) = d.review_on.filter(|_| d.is_open()) {
        section(&mut lines, say!("Look again"), dates::show(day, app.today));
    }
    match &d.state {
        DecisionState::Open => {}
        DecisionState::Reviewed { in_week, outcome, came_true } => {
            let verdict = match came_true {
                Some(true) => say!("It came true. "),
                Some(false) => say!("It did not come true. "),
                None => "",
            };
            section(
                &mut lines,
                say!("What happened"),
                say!("{verdict}{outcome} (looked at in {in_week})", verdict, outcome, in_week),
            );
        }
        DecisionState::Superseded { in_week, by } => {
            let title = app.decision(by).map_or_else(|| by.to_string(), |d| d.title.clone());
            section(&mut lines, say!("Replaced"), say!("in {in_week} by: {title}", in_week, title));
        }
    }
    lines
}

fn action(app: &App, a: &Action) -> Vec<String> {
    let mut lines = Vec::new();
    let owner = app.basis().config.name_of(&a.owner);
    section(
        &mut lines,
        say!("Promised"),
        say!(
            "by {owner} in {promised}, due {today}",
            promised = a.promised,
            today = dates::show(a.due, app.today),
            owner
        ),
    );
    match a.carried {
        0 => {}
        1 => section(&mut lines, say!("Carried"), say!("once").to_owned()),
        n => section(&mut lines, say!("Carried"), say!("{n} times", n)),
    }
    if let Some(goal) = &a.goal {
        section(&mut lines, say!("Serves"), line_of_sight(app, goal));
    }
    match &a.state {
        ActionState::Open => {}
        ActionState::Done { in_week } => section(&mut lines, say!("Done"), say!("reported in {in_week}", in_week)),
        ActionState::Dropped { in_week, reason } => {
            section(&mut lines, say!("Dropped"), say!("in {in_week}: {reason}", in_week, reason))
        }
    }
    tell(&mut lines, &story::of_action(a, &app.history, &app.basis().config));
    lines
}

fn issue(app: &App, i: &Issue) -> Vec<String> {
    let mut lines = Vec::new();
    let by = i.by.as_ref().map_or_else(|| say!("the team").to_owned(), |m| app.basis().config.name_of(m).to_owned());
    section(&mut lines, say!("Raised"), say!("by {by} in {raised}", raised = i.raised, by));
    if let Some(about) = &i.about {
        section(&mut lines, say!("About"), app.subject_name(about));
    }
    section(&mut lines, say!("Detail"), i.detail.clone());
    match &i.state {
        IssueState::Open => {}
        IssueState::Solved { in_week, answer, decision, action } => {
            section(&mut lines, say!("Answer"), format!("{answer} ({in_week})"));
            let led =
                decision.as_ref().and_then(|d| app.decision(d)).map(|d| say!("decision: {title}", title = d.title));
            let led = led.or_else(|| {
                action.as_ref().and_then(|a| app.action(a)).map(|a| say!("action item: {title}", title = a.title))
            });
            section(&mut lines, say!("It led to"), led.unwrap_or_default());
        }
        IssueState::Dropped { in_week, reason } => {
            section(&mut lines, say!("Dropped"), say!("in {in_week}: {reason}", in_week, reason))
        }
    }
    tell(&mut lines, &story::of_issue(i, &app.history, &app.basis().config));
    lines
}
