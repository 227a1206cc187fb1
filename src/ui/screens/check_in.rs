//! My check-in: how far it is, who can read it, the questions with last week's answer beside each, and the row that is typed into.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::draw_list;
use crate::app::App;
use crate::app::dialogs::field::Control;
use crate::app::dialogs::form::Form;
use crate::app::dialogs::reading::line_of_sight;
use crate::app::intent::{Intent, Move};
use crate::app::screens::row::Row;
use crate::insight::questions::{self, Question, Section};
use crate::model::answer::Answer;
use crate::model::id::ThemeId;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::details::{self, kpi};
use crate::ui::dialogs::form;
use crate::ui::text::wrap;
use crate::ui::widgets::list::Spacing;
use crate::ui::widgets::spark;

/// From this width on the current row has a panel beside the list.
const WIDE: u16 = 100;
/// The cells of an answer that is a number or a word.
const ANSWER: usize = 12;
/// The cells of what was said last.
const LAST: usize = 14;
/// The cells of a trend.
const TREND: usize = 13;
/// The cells of a short label before a text.
const LABEL: usize = 20;

/// Draws the screen.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    head(c, inner, app);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    if app.rows().is_empty() {
        let place = Rect { x: body.x + 2, y: body.y + 1, width: body.width.saturating_sub(4), ..body };
        c.wrapped(place, 0, say!("Reading your check-in."), c.theme.secondary);
        return;
    }
    if body.width >= WIDE {
        let right = (body.width / 3).clamp(36, 60);
        let list = Rect { width: body.width - right, ..body };
        draw_list(c, list, app, Spacing::Tight);
        panel(c, Rect { x: body.x + list.width, width: right, ..body }, app);
    } else {
        let list = Rect { height: body.height.saturating_sub(3), ..body };
        draw_list(c, list, app, Spacing::Tight);
        hint(c, Rect { x: inner.x, width: inner.width, y: body.bottom() - 3, height: 3 }, app);
    }
}

/// How far it is, and who can read it.
fn head(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let (answered, all) = questions::progress(&app.derived.questions);
    let row = match app.why_not_check_in() {
        Some(why) => c.row().text(&why, c.theme.warn),
        None if app.derived.questions.is_empty() => c.row(),
        None => c
            .row()
            .text(&say!("{answered} of {all} answered", answered, all), c.theme.bar)
            .text(say!("  nothing is required; each answer is saved as you give it"), c.theme.secondary),
    };
    c.line(area, 0, &row.done());
    let shared = say!("Who can read this folder can read these answers, but not your private note.");
    c.text(area, 1, shared, c.theme.secondary);
}

/// Whether the answers have reached the disk.
#[must_use]
pub fn saving(c: &Canvas<'_>, app: &App) -> (String, Style) {
    let state = &app.screens.check_in;
    match (state.has_failed(), state.waiting.is_empty(), state.saved) {
        (true, ..) => (say!("NOT SAVED").to_owned(), c.theme.bad),
        (false, false, _) => (say!("saving").to_owned(), c.theme.secondary),
        (false, true, true) => (say!("saved").to_owned(), c.theme.secondary),
        (false, true, false) => (String::new(), c.theme.text),
    }
}

/// The whole of the current question, what was said last, and how it is answered.
fn hint(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let Some(q) = current(app) else { return };
    c.rule(Rect { x: area.x.saturating_sub(1), width: area.width + 2, ..area }, 0);
    let last = if q.last.is_empty() { String::new() } else { say!("  last: {last}", last = q.last) };
    let whole = c.row().text(if q.text.is_empty() { q.section.label() } else { &q.text }, c.theme.bar);
    c.line(area, 1, &whole.text(&last, c.theme.secondary).done());
    c.text(area, 2, &keys_for(q), c.theme.secondary);
}

fn current(app: &App) -> Option<&Question> {
    match app.row()? {
        Row::Question(key) => app.question(key),
        Row::Rank(_) => app.question(say!("ranking")),
        _ => None,
    }
}

/// Which keys answer a question.
fn keys_for(q: &Question) -> String {
    match &q.answer {
        Answer::Progress(..) => say!("y done, n not done and what stopped it, Enter a word more").to_owned(),
        Answer::Told(..) => say!("y told, n not yet").to_owned(),
        Answer::Reading(..) => say!("type {hint}", hint = q.hint),
        Answer::Confidence(..) => say!("0 to 9 by its digit, = is 10, Space as last time").to_owned(),
        Answer::Pulse(..) => {
            say!("1 not at all to 5 fully, Space as last time; no review keeps who said what").to_owned()
        }
        Answer::Ranking(_) => {
            say!("J and K move the theme, a digit puts it there, Space leaves the order as it is").to_owned()
        }
        Answer::Recall(..) if q.section == Section::Meant => {
            say!("y takes what is suggested, Enter chooses another").to_owned()
        }
        Answer::Recall(..) => say!("Enter, then in your own words, without looking").to_owned(),
        Answer::Thanks(_) => say!("Enter: to whom, and what for").to_owned(),
        Answer::Blocker(_) | Answer::Idea(_) | Answer::Headline(_) | Answer::Note(_) => {
            say!("Enter types it").to_owned()
        }
    }
}

/// The history of the current row.
fn panel(c: &mut Canvas<'_>, area: Rect, app: &App) {
    c.vertical(area);
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let Some(q) = current(app) else { return };
    if let Answer::Reading(id, _) = &q.answer {
        c.text(Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner }, 0, &keys_for(q), c.theme.secondary);
        return kpi::draw(c, Rect { height: inner.height.saturating_sub(2), ..inner }, app, id);
    }
    let now = questions::show(&q.answer, &app.workspace.config, &app.workspace.strategy);
    let title = if q.text.is_empty() { now.clone() } else { q.text.clone() };
    let mut y = 0;
    for line in wrap(&title, inner.width.into()).into_iter().take(3) {
        c.text(inner, y, &line, c.theme.bar);
        y += 1;
    }
    let or_dash = |text: &str| if text.is_empty() { say!("nothing yet").to_owned() } else { text.to_owned() };
    let mut lines = vec![say!("# Now").to_owned(), or_dash(&now)];
    if !q.last.is_empty() {
        lines.extend([say!("# Last").to_owned(), q.last.clone()]);
    }
    if let Answer::Confidence(id, _) = &q.answer {
        lines.extend([say!("# Serves").to_owned(), line_of_sight(app, id)]);
    }
    lines.extend([say!("# Keys").to_owned(), keys_for(q)]);
    if q.trend.iter().any(Option::is_some) {
        let mut line = c.row().left(say!("13 weeks"), 10, c.theme.secondary).done();
        line.spans.extend(trend(c, q, TREND).spans);
        c.line(inner, y + 1, &line);
        y += 3;
    } else {
        y += 1;
    }
    details::text(c, Rect { y: inner.y + y, height: inner.height.saturating_sub(y), ..inner }, None, &lines);
}

fn trend(c: &Canvas<'_>, q: &Question, room: usize) -> Line<'static> {
    let values: Vec<_> = q.trend.iter().map(|v| (*v, Status::Unknown)).collect();
    spark::line(c, &values, room)
}

/// The cells of the trend in a row: beside a panel, which shows it larger, the words need them more.
fn trend_room(room: usize) -> usize {
    if room >= 70 { TREND } else { 0 }
}

fn is_number(q: &Question) -> bool {
    matches!(q.answer, Answer::Reading(..) | Answer::Confidence(..) | Answer::Pulse(..))
}

/// The cells before the answer of a question.
fn before_answer(q: &Question, room: usize) -> usize {
    match &q.answer {
        _ if is_number(q) => room.saturating_sub(ANSWER + 1 + LAST + 1 + trend_room(room)),
        Answer::Progress(..) | Answer::Told(..) => (room * 3 / 5).max(LABEL),
        _ if q.section == Section::Meant => room / 2,
        _ if q.text.is_empty() => 4,
        _ => LABEL + 4,
    }
}

/// The row of a question.
#[must_use]
pub fn question(c: &Canvas<'_>, app: &App, key: &str, room: usize) -> Line<'static> {
    let Some(q) = app.question(key) else { return Line::default() };
    let to = before_answer(q, room);
    let row = c.row().text(c.glyphs.taken(q.is_answered()), c.theme.text).gap(1);
    let row = row.left(&q.text, to.saturating_sub(5), c.theme.text).gap(usize::from(to > 4));
    let style = if q.is_answered() { c.theme.bar } else { c.theme.secondary };
    let rest = room.saturating_sub(to);
    if is_number(q) {
        let mut line = row
            .right(&number(app, q), ANSWER, style)
            .gap(1)
            .right(&in_brackets(&q.last), LAST, c.theme.secondary)
            .gap(1)
            .done();
        line.spans.extend(trend(c, q, trend_room(room)).spans);
        return line;
    }
    let said = words(app, q);
    let (text, style) = if said.is_empty() { (in_brackets(&q.last), c.theme.secondary) } else { (said, style) };
    row.left(&text, rest, style).done()
}

fn in_brackets(last: &str) -> String {
    if last.is_empty() { String::new() } else { format!("({last})") }
}

fn number(app: &App, q: &Question) -> String {
    match &q.answer {
        Answer::Reading(id, Some((value, _))) => {
            app.workspace.strategy.kpi(id).map_or_else(|| value.to_string(), |kpi| kpi.show(*value))
        }
        answer if answer.is_given() => questions::show(answer, &app.workspace.config, &app.workspace.strategy),
        _ => ".".to_owned(),
    }
}

fn words(app: &App, q: &Question) -> String {
    match &q.answer {
        Answer::Recall(_, Some(said)) if q.section == Section::Meant => match &said.goal {
            Some(goal) => app.goal_title(goal),
            None => questions::suggested(&app.workspace.strategy, &said.words)
                .map(|g| format!("y: {}", g.title))
                .unwrap_or_else(|| say!("Enter chooses the goal").to_owned()),
        },
        answer => questions::show(answer, &app.workspace.config, &app.workspace.strategy).replace('\n', " / "),
    }
}

/// The row of a theme to be ranked: its place counts once the member has said so.
#[must_use]
pub fn rank(c: &Canvas<'_>, app: &App, theme: &ThemeId, room: usize) -> Line<'static> {
    let said = app.screens.check_in.mine.as_ref().is_some_and(|m| !m.now.ranking.is_empty());
    let place = app.ranked().iter().position(|t| t == theme).map_or(0, |at| at + 1);
    let name = app.workspace.strategy.theme(theme).map_or(theme.as_str(), |t| &t.name);
    let number = if said { format!("{place}.") } else { format!("({place})") };
    let style = if said { c.theme.bar } else { c.theme.secondary };
    c.row()
        .text(c.glyphs.taken(said), c.theme.text)
        .gap(1)
        .left(&number, 4, style)
        .left(name, room.saturating_sub(8), c.theme.text)
        .done()
}

/// The row that goes on from what memory was asked.
#[must_use]
pub fn go_on(c: &Canvas<'_>, room: usize) -> Line<'static> {
    c.row().left(say!("Enter goes on to the other questions, which name our goals"), room, c.theme.heading).done()
}

/// The row of a private note.
#[must_use]
pub fn own_note(c: &Canvas<'_>, app: &App, week: Week, room: usize) -> Line<'static> {
    let notes = app.screens.mine.notes.iter().flatten();
    let said = notes.into_iter().find(|(w, _)| *w == week).map(|(_, text)| text.as_str()).unwrap_or_default();
    let text = if said.is_empty() { say!("a private note").to_owned() } else { said.replace('\n', " / ") };
    let style = if said.is_empty() { c.theme.secondary } else { c.theme.text };
    c.row().left(&week.to_string(), 10, c.theme.secondary).left(&text, room.saturating_sub(10), style).done()
}

/// Draws the field that is typed into, in the row of its question; what is wrong with it stands in the line of notices.
pub fn typing(c: &mut Canvas<'_>, area: Rect, app: &App, form: &Form) {
    let (Some(at), Some(q)) = (app.at(), current(app)) else { return };
    let here = Intent::Move(Move::To(at));
    let Some(place) = c.drawn.clickable.iter().find(|(_, intent)| *intent == here).map(|(place, _)| *place) else {
        return;
    };
    let room = usize::from(place.width).saturating_sub(5);
    let to = u16::try_from(before_answer(q, room)).unwrap_or(0);
    let field = Rect { x: place.x + 3 + to, width: place.width.saturating_sub(5 + to), ..place };
    c.clear(field);
    if let Control::Line(text) = &form.fields[0].control {
        form::line(c, field, text, true);
    }
    let notice = Rect { x: area.x + 1, y: area.bottom() - 1, width: area.width.saturating_sub(2), height: 1 };
    c.clear(notice);
    match &form.error {
        Some((_, why)) => c.text(notice, 0, &format!("! {why}"), c.theme.bad),
        None => {
            c.text(notice, 0, &say!("{hint}  Enter saves, Esc leaves it", hint = form.fields[0].hint), c.theme.text)
        }
    }
}
