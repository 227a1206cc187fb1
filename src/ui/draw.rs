//! The whole picture: bar, tabs, body, notice, footer, and the dialogs over them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::{Canvas, Drawn};
use super::text::{Row, width};
use super::widgets::hints;
use super::{dialogs, present, screens};
use crate::app::intent::{AppIntent, Intent, Place, ReviewIntent};
use crate::app::screens::history::Span;
use crate::app::start::Start;
use crate::app::{Access, App, Model, Notice, Saving, ThemeName, Tone};
use crate::insight::seal;
use crate::model::agenda::{Slot, Step};
use crate::model::review::{Moment, Review, Target};
use crate::model::status::Status;
use crate::model::tongue::{count, dated};

/// The least that anything is drawn in.
pub const LEAST: (u16, u16) = (60, 20);

/// Draws the state as it is now.
pub fn draw(model: &Model, now: Moment, buffer: &mut Buffer) -> Drawn {
    let area = buffer.area;
    let look = match model {
        Model::Start(start) => start.look,
        Model::Work(app) => app.look,
        Model::Rollup(overview) => overview.look,
    };
    let mut canvas = Canvas::new(buffer, look);
    // A theme with a background of its own is a sheet that lies on the terminal: its margin tells where it ends.
    let margin = u16::from(look.theme == ThemeName::Contrast);
    let sheet = Rect { x: area.x + margin, width: area.width.saturating_sub(2 * margin), ..area };
    canvas.clear(sheet);
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(&mut canvas, sheet);
        return canvas.finish();
    }
    match model {
        Model::Start(start) => screens::start::draw(&mut canvas, sheet, start),
        Model::Work(app) if app.look.present => present::draw(&mut canvas, sheet, app, now),
        Model::Work(app) => work(&mut canvas, sheet, app, now),
        Model::Rollup(overview) if overview.look.present => present::rollup(&mut canvas, sheet, overview),
        Model::Rollup(overview) => screens::overview::draw(&mut canvas, sheet, overview),
    }
    canvas.finish()
}

fn too_small(c: &mut Canvas<'_>, area: Rect) {
    let (w, h) = LEAST;
    let line = say!(
        "truenorth needs {w}x{h} cells; this window has {width}x{height}. Nothing is lost: make it larger.",
        width = area.width,
        height = area.height,
        w,
        h
    );
    c.wrapped(area, 0, &line, Style::new());
}

fn work(c: &mut Canvas<'_>, area: Rect, app: &App, now: Moment) {
    let line = |y: u16| Rect { y: area.y + y, height: 1, ..area };
    bar(c, line(0), app, now);
    tabs(c, line(1), app);
    c.rule(line(2), 0);
    let body = Rect { y: area.y + 3, height: area.height - 6, ..area };
    screens::draw(c, body, app, now);
    c.rule(line(area.height - 3), 0);
    notice(c, line(area.height - 2), app, now);
    hints::draw(c, line(area.height - 1), &app.keymap, &app.scopes());
    for dialog in &app.dialogs {
        dialogs::draw(c, area, app, dialog, now);
    }
}

/// Workspace and place on the left, week and clocks on the right.
fn bar(c: &mut Canvas<'_>, area: Rect, app: &App, now: Moment) {
    let config = &app.basis().config;
    let mut right = Row::new(c.glyphs);
    if let Some((review, step)) = app.review().zip(app.step()).filter(|_| app.place == Place::Review) {
        right = clocks(c, right, review, step, now, area.width < 96);
        c.drawn.clock = !review.clock.is_paused();
    } else {
        let who = app.me.as_ref().map(|m| config.name_of(m).to_owned()).unwrap_or_default();
        right = right.text(&who, c.theme.secondary).gap(2);
        right = right.text(&format!("{} ", dated(app.today, "%a %-d %b %Y")), c.theme.text);
    }
    let room = usize::from(area.width).saturating_sub(right.used() + 1);
    let demo = if app.demo { say!(" (demo copy)") } else { "" };
    let place = match app.place {
        Place::Review if app.review().is_some_and(|r| r.revises.is_some()) => {
            say!("Correcting {shown_week}", shown_week = shown_target(app))
        }
        Place::Review => say!("Review {shown_week}", shown_week = shown_target(app)),
        Place::CheckIn => format!("{}  {}", app.place.label(), app.check_in_week()),
        place => format!("{}  {}", place.label(), app.shown_week()),
    };
    let name = format!(" {}{demo}", config.name);
    let rest = room.saturating_sub(width(&place) + 3);
    let name_room = width(&name).min(rest);
    let left = c.row().left(&name, name_room, c.theme.bar).gap(3).text(&place, c.theme.secondary);
    c.line(area, 0, &left.done());
    let x = area.right().saturating_sub(u16::try_from(right.used()).unwrap_or(0));
    let used = u16::try_from(right.used()).unwrap_or(0);
    c.line(Rect { x, width: used, ..area }, 0, &right.done());
}

/// What the review that is held is about: a week or a quarter; without one the week.
pub(super) fn shown_target(app: &App) -> Target {
    app.review().map_or_else(|| app.shown_week().into(), Review::target)
}

/// What remains of the step and of the hour. Over time counts up, and warns.
fn clocks(c: &Canvas<'_>, row: Row, review: &Review, step: Step, now: Moment, narrow: bool) -> Row {
    let at = review.steps.iter().position(|s| s.step == step).map_or(0, |i| i + 1);
    let row = if narrow { row } else { row.text(&format!("{step} {at}/{}  ", review.steps.len()), c.theme.text) };
    let (left, over) = step_left(review, step, now);
    let style = if over { c.theme.bad } else { c.theme.bar };
    let what = if over { say!("over {minutes} min by ", minutes = review.minutes(step)) } else { String::new() };
    let row = row.text(&what, style).text(&left, style);
    let row = if over {
        row
    } else {
        row.text(&say!(" left of {minutes}", minutes = review.minutes(step)), c.theme.secondary)
    };
    let total = i64::from(review.total_minutes()) * 60 - i64::from(review.clock.total(now));
    let minutes = (total.abs() + 59) / 60;
    let row = row.gap(2);
    let row = if review.clock.is_paused() { row.text(say!("paused  "), c.theme.warn) } else { row };
    if total < 0 {
        row.text(&say!("{minutes} min over ", minutes), c.theme.bad)
    } else {
        row.text(&say!("{minutes} min to go ", minutes), c.theme.text)
    }
}

/// What remains of a step as `7:42`, or how far it is over its time.
#[must_use]
pub fn step_left(review: &Review, step: Step, now: Moment) -> (String, bool) {
    let left = i64::from(review.minutes(step)) * 60 - i64::from(review.clock.spent(step, now));
    (format!("{}:{:02}", left.abs() / 60, left.abs() % 60), left < 0)
}

/// So many letters of a name tell it from the others.
const FEWEST: usize = 6;

/// A tab: its mark, its name, and what a click on it means.
struct Tab<'a> {
    mark: &'a str,
    style: Style,
    label: &'a str,
    gap: usize,
    current: bool,
    intent: Intent,
}

/// The places, or while the review is on screen its steps with what is answered.
fn tabs(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let mut row = c.row();
    if let Some((review, step)) = app.review().zip(app.step()).filter(|_| app.place == Place::Review) {
        let (letters, gap) = step_names(&review.steps, area.width.into());
        for slot in &review.steps {
            let (done, all) = seal::progress_with(slot.step, app.basis(), review, &app.derived.findings);
            let answered = all > 0 && done == all && slot.step != Step::Close;
            let mark = if answered { c.glyphs.status(Status::OnTrack) } else { "" };
            let intent = Intent::Review(ReviewIntent::GoTo(slot.step));
            let current = slot.step == step;
            let label = short(slot.step.label(), if current { usize::MAX } else { letters });
            row = tab(c, area, row, &Tab { mark, style: c.theme.good, label, gap, current, intent });
        }
    } else {
        let places = places(app);
        let (names, gap) = place_names(&places, area.width.into());
        for ((n, place), label) in (1..).zip(&places).zip(names) {
            let (mark, intent) = (format!("{} ", n % 10), Intent::App(AppIntent::Go(*place)));
            let current = *place == app.place;
            row = tab(c, area, row, &Tab { mark: &mark, style: c.theme.key, label, gap, current, intent });
        }
    }
    c.line(area, 0, &row.done());
}

/// How many letters of the steps' names there is room for, and the gap between them: names of two words need one to be told apart.
fn step_names(steps: &[Slot], room: usize) -> (usize, usize) {
    // Behind each a blank, before each the mark of what is answered.
    let used =
        |letters: usize, gap: usize| steps.iter().map(|s| width(s.step.label()).min(letters) + 2 + gap).sum::<usize>();
    let tries = [(usize::MAX, 1), (usize::MAX, 0)].into_iter().chain((FEWEST..16).rev().map(|letters| (letters, 0)));
    tries.into_iter().find(|(letters, gap)| used(*letters, *gap) <= room).unwrap_or((FEWEST, 0))
}

/// What each place is called here, and the gap between them: by its name, by a shorter one where there is no room for that, by a
/// word, and by its first letters where there is none for that either. The line above has the whole name.
fn place_names(places: &[Place], room: usize) -> (Vec<&'static str>, usize) {
    let used = |names: &[&str], gap: usize| names.iter().map(|name| width(name) + 3 + gap).sum::<usize>();
    let names = [Place::label, Place::short, Place::word];
    let [long, short, words] = names.map(|name| places.iter().map(|p| name(*p)).collect::<Vec<_>>());
    let tries = [(long, 1), (short.clone(), 1), (short, 0), (words.clone(), 0)];
    tries.into_iter().find(|(names, gap)| used(names, *gap) <= room).unwrap_or_else(|| {
        let cut = |n: usize| words.iter().map(|name| name.get(..n).unwrap_or(name)).collect::<Vec<_>>();
        ((1..9).rev().map(cut).find(|names| used(names, 0) <= room).unwrap_or(cut(1)), 0)
    })
}

/// The places of the tabs. Registers are among them once one is used: a team that only holds its hour is not shown more.
fn places(app: &App) -> Vec<Place> {
    let registers = app.place == Place::Registers || !app.basis().strategy.cards.is_empty();
    Place::ALL.into_iter().chain(registers.then_some(Place::Registers)).collect()
}

/// The first letters of a name.
fn short(name: &'static str, letters: usize) -> &'static str {
    name.char_indices().nth(letters).map_or(name, |(end, _)| &name[..end])
}

fn tab(c: &mut Canvas<'_>, area: Rect, row: Row, tab: &Tab<'_>) -> Row {
    let from = row.used();
    let row = row.gap(tab.gap);
    let (mark, label) = if tab.current { (c.theme.current, c.theme.current) } else { (tab.style, c.theme.secondary) };
    let row = row.text(tab.mark, mark).text(&format!("{} ", tab.label), label);
    let x = area.x + u16::try_from(from).unwrap_or(0);
    let w = u16::try_from(row.used() - from).unwrap_or(0);
    c.click(Rect { x, width: w, ..area }, tab.intent);
    row
}

/// That one side of a comparison was taken, and how it goes on.
fn one_side(app: &App) -> Option<String> {
    let history = &app.screens.history;
    match history.span {
        Span::Weeks => {
            let key = app.keymap.key_of("history.compare");
            let base = history.base?;
            Some(say!("{base} is one side: {key} on another week compares, Esc gives it up", base, key))
        }
        Span::Quarters => {
            let key = app.keymap.key_of("quarters.compare");
            let base = history.quarters.base?;
            Some(say!("{base} is one side: {key} on another quarter compares, Esc gives it up", base, key))
        }
    }
}

/// What was just done, or what was captured; at the right whether it is saved.
fn notice(c: &mut Canvas<'_>, area: Rect, app: &App, now: Moment) {
    let (saved, style) = saving(c, app, now);
    let saved_width = u16::try_from(width(&saved)).unwrap_or(0);
    let left = Rect { x: area.x + 1, width: area.width.saturating_sub(saved_width + 3), ..area };
    if let Some(search) = &app.search {
        let line = c.row().text("/", c.theme.key).text(&search.words, c.theme.focus);
        if search.typing {
            let x = left.x + u16::try_from(line.used()).unwrap_or(0);
            c.drawn.cursor = Some((x, left.y).into());
        }
        c.line(left, 0, &line.done());
    } else if let (Place::History, Some(said), None) = (app.place, one_side(app), &app.notice) {
        c.text(left, 0, &said, c.theme.heading);
    } else if let Some(Notice { text, tone }) = &app.notice {
        let style = match tone {
            Tone::Good => c.theme.good,
            Tone::Info => c.theme.text,
            Tone::Bad => c.theme.bad,
        };
        let mark = if *tone == Tone::Bad { "! " } else { "" };
        c.text(left, 0, &format!("{mark}{text}"), style);
    } else if let Some(review) = app.review() {
        let (decisions, actions, issues) = review.captured();
        let text = say!(
            "Captured: {decisions}, {actions}, {issues}",
            decisions = count(decisions, "decision"),
            actions = count(actions, "action"),
            issues = count(issues, "issue")
        );
        c.text(left, 0, &text, c.theme.secondary);
    } else if !app.workspace.problems.is_empty() {
        let key = app.keymap.key_of("app.problems");
        let n = count(app.workspace.problems.len(), "problem");
        c.text(left, 0, &say!("! {n} in the files: {key} shows where", n, key), c.theme.warn);
    } else if !app.history_complete {
        c.text(
            left,
            0,
            &say!(
                "Reading the weeks behind: {weeks} of {weeks2}",
                weeks = app.history.weeks().len(),
                weeks2 = app.workspace.weeks.len()
            ),
            c.theme.secondary,
        );
    }
    let right = Rect { x: area.right().saturating_sub(saved_width + 1), width: saved_width, ..area };
    c.text(right, 0, &saved, style);
}

fn saving(c: &Canvas<'_>, app: &App, now: Moment) -> (String, Style) {
    if let Access::ReadOnly(_) | Access::NewerSchema(_) = &app.access {
        return (say!("read-only").to_owned(), c.theme.warn);
    }
    if app.place == Place::CheckIn {
        return screens::check_in::saving(c, app);
    }
    let Some(held) = &app.held else { return (String::new(), c.theme.text) };
    match &held.saving {
        Saving::Nothing => (String::new(), c.theme.text),
        Saving::Writing => (say!("saving").to_owned(), c.theme.secondary),
        Saving::Saved(at) => {
            let ago = now.signed_duration_since(*at).num_minutes();
            let text = if ago < 1 { say!("saved").to_owned() } else { say!("saved {ago} min ago", ago) };
            (text, c.theme.secondary)
        }
        Saving::Failed(_) => (say!("NOT SAVED").to_owned(), c.theme.bad),
    }
}

/// The start screen's bar, for a picture without a workspace.
pub(super) fn start_footer(c: &mut Canvas<'_>, area: Rect, start: &Start) {
    let line = Rect { y: area.bottom() - 1, height: 1, ..area };
    hints::draw(c, line, &start.keymap, &start.scopes());
    if let Some(notice) = &start.notice {
        let line = Rect { x: area.x + 1, y: area.bottom() - 2, height: 1, width: area.width - 2 };
        c.text(line, 0, &format!("! {}", notice.text), c.theme.bad);
    }
}
