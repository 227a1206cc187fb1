//! How a row of a list looks, by what it is about. The same thing looks the same on every screen.

mod kpi;

use ratatui::text::Line;

pub use kpi::{change, trail};

use super::canvas::Canvas;
use super::screens::alignment;
use super::screens::cards;
use super::screens::check_in;
use super::screens::history::quarters;
use super::screens::quarter;
use super::text::{Row as Cells, width};
use super::voices;
use super::widgets::bar;
use crate::app::intent::Place;
use crate::app::screens::passed;
use crate::app::screens::review::commitments;
use crate::app::screens::row::Row;
use crate::app::{App, dates};
use crate::model::agenda::Step;
use crate::model::finding::{Answer, Severity};
use crate::model::goal::GoalState;
use crate::model::id::{ActionId, DecisionId, GoalId, IssueId, MemberId, MessageId};
use crate::model::number::Finite;
use crate::model::record::{ActionState, DecisionState, IssueState};
use crate::model::review::Outcome;
use crate::model::status::Status;
use crate::model::tongue::count;

/// The line of a row in this many cells.
#[must_use]
pub fn line(c: &Canvas<'_>, app: &App, row: &Row, room: usize) -> Line<'static> {
    match row {
        Row::Member(id) => member(c, app, id, room),
        Row::Headline(id) => headline(c, app, id.as_str(), room),
        Row::Action(id) => action(c, app, id, room),
        Row::Kpi(id) => kpi::line(c, app, id, room),
        Row::Goal(id, depth) => goal(c, app, id, *depth, room),
        Row::Finding(key) => finding(c, app, key, room),
        Row::Issue(id) => issue(c, app, id, room),
        Row::Decision(id) => decision(c, app, id, room),
        Row::Declined(id, n) => declined(c, app, id, *n, room),
        Row::Message(id) => message(c, app, id, room),
        Row::Blocker(member, n) => blocker(c, app, member, *n, room),
        Row::Remark(member) => remark(c, app, member, room),
        Row::Rating(member) => rating(c, app, member, room),
        Row::WhyLow => why_low(c, app, room),
        Row::Seal => seal(c, app, room),
        // The time line has columns of its own: here a week is only named.
        Row::Week(week) => c.row().left(&week.to_string(), room, c.theme.text).done(),
        Row::Question(key) => check_in::question(c, app, key, room),
        Row::Rank(id) => check_in::rank(c, app, id, room),
        Row::GoOn => check_in::go_on(c, room),
        Row::Private(week) => check_in::own_note(c, app, *week, room),
        Row::Card(id) if app.place == Place::Review => quarter::card(c, app, id, room),
        Row::Card(id) => cards::line(c, app, id, room),
        Row::Asked(asked) => quarter::line(c, app, asked, room),
        Row::Quarter(id) => quarters::line(c, app, *id, room),
        Row::Passed(key) => passed_on(c, app, key, room),
        Row::CheckIn => c.row().left(say!("My check-in of this week"), room, c.theme.text).done(),
        Row::Agreement => voices::agreement(c, app, room),
        Row::Pulse(id) => voices::pulse(c, app, id, room),
        Row::Idea(member, n) => voices::idea(c, app, member, *n, room),
        Row::Thanks(member, n) => voices::thanks(c, app, member, *n, room),
        Row::Dimension(id) => alignment::dimension(c, app, id, room),
        Row::Lowers(id) => alignment::lowers(c, app, id, room),
    }
}

/// The names of the columns of a row, where its numbers need one.
#[must_use]
pub fn columns(c: &Canvas<'_>, app: &App, row: &Row, room: usize) -> Line<'static> {
    let style = c.theme.secondary;
    match row {
        Row::Kpi(_) => return kpi::columns(c, app, room),
        Row::Goal(..) if app.place == Place::Review && app.step() == Some(Step::Goals) => c
            .row()
            .gap(room.saturating_sub(26))
            .right(say!("progress"), 14, style)
            .right(say!("sure"), 7, style)
            .gap(1)
            .right(say!("mark"), 4, style),
        Row::Card(_) if app.place == Place::Registers => return cards::columns(c, app, room),
        Row::Quarter(_) => return quarters::columns(c, room),
        Row::Asked(asked) => return quarter::columns(c, asked, room).unwrap_or_default(),
        Row::Pulse(_) => return voices::columns(c, room),
        Row::Dimension(_) => return alignment::columns(c, room),
        _ => c.row(),
    }
    .done()
}

fn shape(c: &Canvas<'_>, cells: Cells, status: Status) -> Cells {
    cells.text(c.glyphs.status(status), c.theme.status(status)).gap(1)
}

/// The team's mark: its shape, and whether it differs from the computed status.
fn mark(c: &Canvas<'_>, marked: Option<Status>, computed: Option<Status>) -> Line<'static> {
    let row = c.row().gap(1);
    match marked {
        None => row.text(" . ", c.theme.secondary),
        Some(m) if Some(m) == computed => {
            row.text("[", c.theme.secondary).text(c.glyphs.status(m), c.theme.status(m)).text("]", c.theme.secondary)
        }
        Some(m) => row.text("<", c.theme.warn).text(c.glyphs.status(m), c.theme.status(m)).text(">", c.theme.warn),
    }
    .done()
}

fn goal(c: &Canvas<'_>, app: &App, id: &GoalId, depth: usize, room: usize) -> Line<'static> {
    let strategy = &app.basis().strategy;
    let Some(goal) = strategy.goal(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    let now = app.derived.goal(id);
    let in_step = app.place == Place::Review && app.step() == Some(Step::Goals);
    let mut cells = c.row();
    if app.place == Place::Strategy {
        let has_children = strategy.children(id).next().is_some();
        let open = has_children.then(|| !app.screens.strategy.closed.contains(id));
        cells = cells.gap((depth * 2).min(room / 3)).text(c.glyphs.branch(open), c.theme.secondary).gap(1);
    }
    let closed = match &goal.state {
        GoalState::Open => None,
        GoalState::Done { .. } => Some(say!("done")),
        GoalState::Dropped { .. } => Some(say!("dropped")),
    };
    cells = match (closed, now) {
        (Some(_), _) => cells.gap(2),
        (None, now) => {
            let status = now.map_or(Status::Unknown, |g| if in_step { g.computed } else { g.status() });
            shape(c, cells, status)
        }
    };
    let wide = room >= 92;
    let tail = if in_step { 8 + 1 + 5 + 3 + 4 + 4 } else { 8 + 1 + 5 } + if wide { 12 } else { 0 };
    let name_room = room.saturating_sub(cells.used() + tail + 1);
    let style = if closed.is_some() { c.theme.secondary } else { c.theme.text };
    cells = cells.left(&goal.title, name_room, style).gap(1);
    if wide {
        let owner = goal
            .owner
            .as_ref()
            .map_or(say!("nobody"), |o| app.basis().config.member(o).map_or(o.as_str(), |m| m.first_name()));
        cells = cells.left(owner, 11, c.theme.secondary).gap(1);
    }
    if let Some(word) = closed {
        return cells.right(word, 14, c.theme.secondary).done();
    }
    let progress = now.and_then(|g| g.progress).map(Finite::get);
    cells = bar::push(c, cells, progress, 8).gap(1);
    let percent = progress.map_or_else(|| "-".to_owned(), |p| format!("{:.0} %", p * 100.0));
    cells = cells.right(&percent, 5, c.theme.secondary);
    if in_step {
        let confidence = app.review().and_then(|r| r.goal(id)).and_then(|e| e.confidence);
        let last = app.previous().and_then(|s| s.goal(id)).and_then(|g| g.confidence);
        let (text, style) = match (confidence, last) {
            (Some(now), _) => (format!("{}/10", now.get()), c.theme.bar),
            (None, Some(last)) => (format!("({})", last.get()), c.theme.secondary),
            (None, None) => ("-".to_owned(), c.theme.secondary),
        };
        cells = cells.right(&text, 7, style);
        let mut line = cells.done();
        line.spans.extend(mark(c, now.and_then(|g| g.marked), now.map(|g| g.computed)).spans);
        return line;
    }
    cells.done()
}

fn action(c: &Canvas<'_>, app: &App, id: &ActionId, room: usize) -> Line<'static> {
    let Some(action) = app.action(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    let in_step = app.place == Place::Review;
    let outcome = app.review().and_then(|r| r.outcome(id));
    let (word, style) = match (outcome, &action.state) {
        (Some(Outcome::Done), _) | (None, ActionState::Done { .. }) => (say!("done"), c.theme.good),
        (Some(Outcome::NotDone), _) => (say!("carried"), c.theme.warn),
        (Some(Outcome::Dropped { .. }), _) | (None, ActionState::Dropped { .. }) => {
            (say!("dropped"), c.theme.secondary)
        }
        (None, ActionState::Open) => match commitments::reported(app, id) {
            Some(p) if p.done => (say!("says done"), c.theme.text),
            Some(_) => (say!("says not yet"), c.theme.text),
            None if in_step => (".", c.theme.secondary),
            None => ("", c.theme.secondary),
        },
    };
    let owner = app.basis().config.member(&action.owner).map_or(action.owner.as_str(), |m| m.first_name());
    let late = action.is_open() && action.due < app.today;
    let carried = if action.carried > 0 { format!("x{}", action.carried) } else { String::new() };
    let name_room = room.saturating_sub(9 + 1 + 11 + 3 + 13);
    c.row()
        .left(&action.title, name_room, c.theme.text)
        .gap(1)
        .left(owner, 9, c.theme.secondary)
        .left(&dates::show(action.due, app.today), 11, if late { c.theme.bad } else { c.theme.secondary })
        .left(&carried, 3, c.theme.warn)
        .right(word, 12, style)
        .done()
}

fn issue(c: &Canvas<'_>, app: &App, id: &IssueId, room: usize) -> Line<'static> {
    let Some(issue) = app.issue(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    let age = app.shown_week().since(issue.raised);
    let age = match age {
        i32::MIN..=0 => say!("new").to_owned(),
        1 => say!("1 week").to_owned(),
        n => say!("{n} weeks", n),
    };
    let (word, style) = match &issue.state {
        IssueState::Open if issue.votes > 0 => (count(issue.votes as usize, "vote"), c.theme.bar),
        IssueState::Open => (String::new(), c.theme.secondary),
        IssueState::Solved { .. } => (say!("solved").to_owned(), c.theme.good),
        IssueState::Dropped { .. } => (say!("dropped").to_owned(), c.theme.secondary),
    };
    let by =
        issue.by.as_ref().map_or(say!("all"), |m| app.basis().config.member(m).map_or(m.as_str(), |m| m.first_name()));
    let name_room = room.saturating_sub(10 + 9 + 1 + 9);
    let from = passed::origin(app, id).map(|name| say!("from {name}", name)).unwrap_or_default();
    let from_room = if from.is_empty() { 0 } else { width(&from).min(name_room / 3) };
    let gap = usize::from(from_room > 0);
    c.row()
        .left(&issue.title, name_room.saturating_sub(from_room + gap), c.theme.text)
        .gap(1)
        .left(&from, from_room, c.theme.secondary)
        .gap(gap)
        .left(by, 9, c.theme.secondary)
        .left(&age, 10, c.theme.secondary)
        .right(&word, 9, style)
        .done()
}

/// What another workspace passed on: what it is, where it comes from, how long it waits.
fn passed_on(c: &Canvas<'_>, app: &App, key: &str, room: usize) -> Line<'static> {
    let Some(passed) = passed::find(app, key) else { return c.row().left(key, room, c.theme.secondary).done() };
    let from = say!("from {name}", name = passed.name);
    let from_room = width(&from).min(room / 3);
    let age = match app.shown_week().since(passed.week) {
        i32::MIN..=0 => say!("new").to_owned(),
        n => count(usize::try_from(n).unwrap_or(0), "week"),
    };
    let name_room = room.saturating_sub(from_room + 1 + 10 + 9);
    c.row()
        .left(&passed.text, name_room, c.theme.text)
        .gap(1)
        .left(&from, from_room, c.theme.secondary)
        .right(&age, 10, c.theme.secondary)
        .right(crate::model::tongue::word(passed.what.label()), 9, c.theme.warn)
        .done()
}

fn decision(c: &Canvas<'_>, app: &App, id: &DecisionId, room: usize) -> Line<'static> {
    let Some(d) = app.decision(id) else { return c.row().left(id.as_str(), room, c.theme.secondary).done() };
    let (word, style) = match &d.state {
        DecisionState::Open if d.is_due(app.today) => (say!("look again").to_owned(), c.theme.warn),
        DecisionState::Open => {
            (d.review_on.map(|day| dates::show(day, app.today)).unwrap_or_default(), c.theme.secondary)
        }
        DecisionState::Reviewed { came_true: Some(true), .. } => (say!("came true").to_owned(), c.theme.good),
        DecisionState::Reviewed { came_true: Some(false), .. } => (say!("did not").to_owned(), c.theme.bad),
        DecisionState::Reviewed { came_true: None, .. } => (say!("reviewed").to_owned(), c.theme.good),
        DecisionState::Superseded { .. } => (say!("replaced").to_owned(), c.theme.secondary),
    };
    let name_room = room.saturating_sub(9 + 12) / 2;
    let choice_room = room.saturating_sub(9 + 12 + name_room + 1);
    c.row()
        .left(&d.decided.to_string(), 9, c.theme.secondary)
        .left(&d.title, name_room, c.theme.text)
        .gap(1)
        .left(&d.choice, choice_room, c.theme.secondary)
        .right(&word, 12, style)
        .done()
}

/// What was declined, what would reopen it, and when that was said.
fn declined(c: &Canvas<'_>, app: &App, id: &DecisionId, n: usize, room: usize) -> Line<'static> {
    let Some((d, no)) = app.decision(id).and_then(|d| Some((d, d.declined.get(n)?))) else { return Line::default() };
    let rest = room.saturating_sub(9);
    let cells = c.row().left(&d.decided.to_string(), 9, c.theme.secondary);
    if no.reopen_if.is_empty() {
        return cells.left(&no.what, rest, c.theme.text).done();
    }
    let what = rest / 2;
    let cells = cells.left(&no.what, what, c.theme.text).gap(1);
    cells
        .left(&say!("if {reopen_if}", reopen_if = no.reopen_if), rest.saturating_sub(what + 1), c.theme.secondary)
        .done()
}

fn finding(c: &Canvas<'_>, app: &App, key: &str, room: usize) -> Line<'static> {
    let Some(f) = app.derived.findings.iter().find(|f| f.key == key) else { return Line::default() };
    let answer = app.review().and_then(|r| r.answer(key)).map(|a| match a {
        Answer::Accepted => say!("accepted"),
        Answer::Raised { .. } => say!("raised"),
        Answer::Dismissed { .. } => say!("put aside"),
    });
    let style = match f.severity {
        Severity::Serious => c.theme.bad,
        Severity::Warning => c.theme.warn,
        Severity::Note => c.theme.unknown,
    };
    let in_step = app.place == Place::Review;
    let tail = if in_step { 10 } else { 0 };
    let cells = c.row().left(f.severity.label(), 8, style).left(&f.title, room.saturating_sub(8 + tail), c.theme.text);
    match answer {
        _ if !in_step => cells,
        Some(answer) => cells.gap(1).right(answer, tail - 1, c.theme.good),
        None => cells.right(".", tail, c.theme.secondary),
    }
    .done()
}

fn member(c: &Canvas<'_>, app: &App, id: &MemberId, room: usize) -> Line<'static> {
    let Some(member) = app.basis().config.member(id) else {
        return c.row().left(id.as_str(), room, c.theme.secondary).done();
    };
    let (word, style) = match app.review().and_then(|r| r.presence(id)) {
        Some(true) => (say!("here"), c.theme.good),
        Some(false) => (say!("away"), c.theme.warn),
        None => (".", c.theme.secondary),
    };
    let leads = app.review().and_then(|r| r.facilitator.as_ref()) == Some(id);
    let taken = app.review().and_then(|r| r.presence(id)) == Some(true);
    c.row()
        .text(c.glyphs.taken(taken), c.theme.text)
        .gap(1)
        .left(&member.name, room.saturating_sub(4 + 8 + 8).min(24), c.theme.text)
        .left(&member.role, room.saturating_sub(4 + 24 + 16), c.theme.secondary)
        .left(if leads { say!("leads") } else { "" }, 8, c.theme.heading)
        .left(word, 8, style)
        .done()
}

fn headline(c: &Canvas<'_>, app: &App, id: &str, room: usize) -> Line<'static> {
    let Some(h) = app.derived.standing.headlines.iter().find(|h| h.id.as_str() == id) else { return Line::default() };
    let by = h.by.as_ref().map_or("", |m| app.basis().config.member(m).map_or(m.as_str(), |m| m.first_name()));
    c.row().left(&h.text, room.saturating_sub(11), c.theme.text).gap(1).right(by, 10, c.theme.secondary).done()
}

fn message(c: &Canvas<'_>, app: &App, id: &MessageId, room: usize) -> Line<'static> {
    let Some(m) = app.derived.standing.messages.iter().find(|m| &m.id == id) else { return Line::default() };
    let teller = app.basis().config.member(&m.teller).map_or(m.teller.as_str(), |p| p.first_name());
    let reported = app.basis().check_ins.iter().any(|c| c.told.contains(id));
    let (word, style) = match m.delivered {
        Some(_) => (say!("told").to_owned(), c.theme.good),
        None if reported => (say!("says told").to_owned(), c.theme.text),
        None if m.due < app.today => (say!("late").to_owned(), c.theme.bad),
        None => (dates::show(m.due, app.today), c.theme.secondary),
    };
    let who = format!("{teller} {} {}", c.glyphs.arrow(), m.audience);
    let who_room = (room / 3).min(30);
    c.row()
        .left(&m.text, room.saturating_sub(who_room + 1 + 11), c.theme.text)
        .gap(1)
        .left(&who, who_room, c.theme.secondary)
        .right(&word, 11, style)
        .done()
}

fn blocker(c: &Canvas<'_>, app: &App, member: &MemberId, n: usize, room: usize) -> Line<'static> {
    let text = Row::Blocker(member.clone(), n).words(app);
    let who = app.basis().config.member(member).map_or(member.as_str(), |m| m.first_name());
    let raised =
        app.review().is_some_and(|r| r.issue_about(&crate::model::record::Subject::Blocker(member.clone())).is_some());
    let tail = if raised { 8 } else { 0 };
    let cells = c.row().left(who, 10, c.theme.secondary).left(&text, room.saturating_sub(10 + tail), c.theme.text);
    cells.right(if raised { say!("raised") } else { "" }, tail, c.theme.good).done()
}

fn remark(c: &Canvas<'_>, app: &App, member: &MemberId, room: usize) -> Line<'static> {
    let said = app.basis().check_ins.iter().find(|k| &k.member == member).map(|k| k.note.clone()).unwrap_or_default();
    let who = app.basis().config.member(member).map_or(member.as_str(), |m| m.first_name());
    c.row().left(who, 10, c.theme.secondary).left(&said, room.saturating_sub(10), c.theme.text).done()
}

fn rating(c: &Canvas<'_>, app: &App, member: &MemberId, room: usize) -> Line<'static> {
    let name = app.basis().config.name_of(member).to_owned();
    let rated = app.review().and_then(|r| r.ratings.iter().find(|x| &x.member == member)).map(|r| r.total());
    let (text, style) =
        rated.map_or_else(|| (".".to_owned(), c.theme.secondary), |n| (say!("{n} of 10", n), c.theme.bar));
    c.row().left(&name, 24.min(room), c.theme.text).right(&text, room.saturating_sub(24).min(12), style).done()
}

fn why_low(c: &Canvas<'_>, app: &App, room: usize) -> Line<'static> {
    let why = app.review().map(|r| r.why_low.clone()).unwrap_or_default();
    let text = if why.is_empty() { say!("The rating is below 8: why?").to_owned() } else { say!("Why: {why}", why) };
    c.row().left(&text, room, if why.is_empty() { c.theme.warn } else { c.theme.text }).done()
}

fn seal(c: &Canvas<'_>, app: &App, room: usize) -> Line<'static> {
    let text = if app.review().is_some_and(|r| r.quarter.is_some()) {
        let key = app.keymap.key_of("commit.seal");
        say!("Save the quarter ({key}): what was agreed goes into the strategy, and the review ends", key)
    } else {
        let key = app.keymap.key_of("close.seal");
        say!("Save the week ({key}): the snapshot is written and the review ends", key)
    };
    c.row().left(&text, room, c.theme.heading).done()
}
