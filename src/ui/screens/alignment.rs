//! Alignment: the index with its change above, then what lowers it most, the dimensions and the findings.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::list_and_panel;
use crate::app::App;
use crate::app::screens::alignment::{label, name, percent};
use crate::insight::alignment::{lowest, measure};
use crate::model::history::WeekDigest;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::tongue::{count, word};
use crate::ui::canvas::Canvas;
use crate::ui::widgets::{bar, spark};

/// How many weeks the small bars go back.
const WEEKS: usize = 13;

/// The least that lies between the lowest and the highest bar, in points of 100.
const SPAN: f64 = 20.0;

/// Draws Alignment.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App) {
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let used = head(c, inner, app);
    c.rule(area, used);
    let below = Rect { y: area.y + used + 1, height: area.height.saturating_sub(used + 1), ..area };
    list_and_panel(
        c,
        below,
        app,
        say!("Nothing is known yet: the index begins with a vision and a goal (3 is the strategy)."),
    );
}

/// The index: never alone, but with what it is of, its change, its course and how much of it is known.
pub fn head(c: &mut Canvas<'_>, area: Rect, app: &App) -> u16 {
    let alignment = &app.derived.alignment;
    let known = alignment.dimensions.iter().filter(|d| d.score.is_some()).count();
    let row = c.row().left(say!("Index"), 7, c.theme.secondary);
    let Some(index) = alignment.index else {
        let why = say!("not known yet: fewer than half of the parts of each dimension are known");
        c.line(area, 0, &row.text(why, c.theme.text).done());
        return 1;
    };
    let before = sealed(app).find_map(|w| Some((w.week, w.alignment.index?)));
    let change = before.and_then(|(week, b)| Some(say!("{b} since {week}", b = signed(index, b)?, week)));
    let of = if area.width >= 74 { say!(" dimensions") } else { "" };
    let row = row
        .text(&say!("{index} of 100", index = index.fixed(0)), c.theme.bar)
        .text(&change.map(|ch| format!("  {ch}")).unwrap_or_default(), c.theme.text)
        .text(
            &say!("  {known} of {dimensions}{of} known  ", dimensions = alignment.dimensions.len(), known, of),
            c.theme.secondary,
        );
    let trail = course(app, Some(index), |w| w.alignment.index);
    let mut line = row.done();
    line.spans.extend(small_bars(c, &trail).spans);
    c.line(area, 0, &line);
    if area.height < 14 {
        return 1;
    }
    c.line(area, 1, &found(c, app));
    2
}

/// How many findings there are, and how many there were in the weeks behind.
fn found(c: &Canvas<'_>, app: &App) -> Line<'static> {
    let number = |n: usize| u32::try_from(n).ok().and_then(|n| Finite::new(n.into()));
    let now = number(app.derived.findings.len());
    let before = sealed(app).next().and_then(|w| Some((w.week, number(w.findings)?)));
    let change =
        now.zip(before).and_then(|(now, (week, b))| Some(say!("  {b} since {week}", b = signed(now, b)?, week)));
    let row = c
        .row()
        .left(say!("Found"), 7, c.theme.secondary)
        .text(&count(app.derived.findings.len(), "finding"), c.theme.bar)
        .text(&change.unwrap_or_default(), c.theme.text)
        .gap(2);
    let mut line = row.done();
    line.spans.extend(small_bars(c, &course(app, now, |w| number(w.findings))).spans);
    line
}

/// The columns of the dimensions.
pub(in crate::ui) fn columns(c: &Canvas<'_>, room: usize) -> Line<'static> {
    let style = c.theme.secondary;
    let bar = bar_cells(room);
    c.row()
        .gap(15 + bar)
        .right(say!("of 100"), 8, style)
        .right(say!("column" | "change"), 8, style)
        .gap(2)
        .left(say!("13 weeks"), WEEKS, style)
        .done()
}

fn bar_cells(room: usize) -> usize {
    room.saturating_sub(15 + 8 + 8 + 2 + WEEKS).clamp(6, 24)
}

/// A dimension: bar, score, change, the last weeks.
pub(in crate::ui) fn dimension(c: &Canvas<'_>, app: &App, id: &str, room: usize) -> Line<'static> {
    let score = app.derived.alignment.dimension(id).and_then(|d| d.score);
    let cells = c.row().left(label(id), 15, c.theme.text);
    let cells = bar::push(c, cells, score.map(|s| s.get() / 100.0), bar_cells(room));
    let (text, style) = match score {
        Some(score) => (score.fixed(0), c.theme.bar),
        None => (say!("unknown").to_owned(), c.theme.secondary),
    };
    let before = sealed(app).next().and_then(|w| w.alignment.score(id));
    let change = score.zip(before).and_then(|(now, before)| signed(now, before)).unwrap_or_default();
    let cells = cells.right(&text, 8, style).right(&change, 8, c.theme.secondary).gap(2);
    let mut line = cells.done();
    line.spans.extend(small_bars(c, &course(app, score, |w| w.alignment.score(id))).spans);
    line
}

/// A ratio that lowers the index: what it is, where it stands, what it is worth. Where no panel says so, what one could do.
pub(in crate::ui) fn lowers(c: &Canvas<'_>, app: &App, id: &str, room: usize) -> Line<'static> {
    let alignment = &app.derived.alignment;
    let Some(component) = alignment.component(id) else { return Line::default() };
    let points = lowest(alignment).into_iter().find(|g| g.component.id == id).map_or(0.0, |g| g.points);
    let worth = say!("{points:.1} points", points);
    if app.look.present {
        let advice = measure(component).map_or("", |m| word(m.advice));
        let said = format!("{}, {}: {advice}", name(component), percent(component.ratio));
        return c.row().left(&said, room, c.theme.text).done();
    }
    c.row()
        .left(name(component), room.saturating_sub(15 + 8 + 13).max(16), c.theme.text)
        .left(label(component.dimension()), 15, c.theme.secondary)
        .right(&percent(component.ratio), 8, c.theme.bar)
        .right(&worth, 13, c.theme.secondary)
        .done()
}

/// The sealed weeks before the one shown, newest first.
fn sealed(app: &App) -> impl Iterator<Item = &WeekDigest> {
    let now = app.shown_week();
    app.history.weeks().iter().rev().filter(move |w| w.week < now)
}

/// A value over the last weeks with this one at the end.
fn course(app: &App, now: Option<Finite>, of: impl Fn(&WeekDigest) -> Option<Finite>) -> Vec<Option<f64>> {
    let mut course: Vec<Option<f64>> = sealed(app).take(WEEKS - 1).map(|w| of(w).map(Finite::get)).collect();
    course.reverse();
    course.push(now.map(Finite::get));
    course
}

/// Small bars without a status of their own.
fn small_bars(c: &Canvas<'_>, values: &[Option<f64>]) -> Line<'static> {
    let values: Vec<(Option<f64>, Status)> = values.iter().map(|v| (*v, Status::Unknown)).collect();
    let mut line = spark::spanning(c, &values, WEEKS, SPAN);
    for span in &mut line.spans {
        span.style = c.theme.target;
    }
    line
}

/// How a score changed, in whole points; a change too small to see is said to be one.
fn signed(now: Finite, before: Finite) -> Option<String> {
    let by = Finite::new((now.get() - before.get()).round())?;
    Some(if by == Finite::ZERO { "=".to_owned() } else { format!("{:+.0}", by.get()) })
}
