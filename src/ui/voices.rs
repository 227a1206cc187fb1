//! How rows look that tell what members said together: agreement, pulse, thanks, ideas.

use ratatui::text::Line;

use super::canvas::Canvas;
use super::widgets::spark;
use crate::app::App;
use crate::app::screens::review::check_ins;
use crate::model::id::{MemberId, StatementId};
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::tongue::{count, known, word};

/// How many weeks the small bars go back.
const WEEKS: usize = 13;
/// The cells of a distribution: how many gave each of the five answers.
const ANSWERS: usize = 15;
/// The cells of a mean.
const MEAN: usize = 10;

/// How far the orders of the themes agree, with the last weeks.
#[must_use]
pub fn agreement(c: &Canvas<'_>, app: &App, room: usize) -> Line<'static> {
    let Some(ranking) = check_ins::ranking(app) else { return Line::default() };
    let now = app.shown_week();
    let past = app.history.weeks().iter().rev().filter(|w| w.week < now);
    let known = |w: &crate::model::history::WeekDigest| {
        w.alignment.agreement.as_ref().and_then(|a| a.mean_rank_correlation).map(Finite::get)
    };
    let mut course: Vec<(Option<f64>, Status)> = past.take(WEEKS - 1).map(|w| (known(w), Status::Unknown)).collect();
    let change = ranking.correlation.zip(course.first().and_then(|(before, _)| *before));
    let change = change.map(|(now, before)| format!("{:+.2}", now - before)).unwrap_or_default();
    course.reverse();
    course.push((ranking.correlation, Status::Unknown));
    let said = format!("{}: {}", count(ranking.members, "member"), check_ins::verdict(ranking.correlation));
    let cells = c
        .row()
        .left(&said, room.saturating_sub(8 + 2 + WEEKS), c.theme.text)
        .right(&change, 8, c.theme.secondary)
        .gap(2);
    let mut line = cells.done();
    let mut bars = spark::spanning(c, &course, WEEKS, 0.5);
    bars.spans.iter_mut().for_each(|s| s.style = c.theme.target);
    line.spans.extend(bars.spans);
    line
}

/// What stands in the columns of the pulse.
#[must_use]
pub fn columns(c: &Canvas<'_>, room: usize) -> Line<'static> {
    let style = c.theme.secondary;
    c.row()
        .gap(room.saturating_sub(ANSWERS + MEAN + 8))
        .left("  1  2  3  4  5", ANSWERS, style)
        .right(say!("mean"), MEAN, style)
        .right(say!("change"), 8, style)
        .done()
}

/// A statement of the pulse: how many said 1 to 5, the mean, the change. Fewer than four answers are only counted.
#[must_use]
pub fn pulse(c: &Canvas<'_>, app: &App, id: &StatementId, room: usize) -> Line<'static> {
    let Some(pulse) = check_ins::pulse(app, id) else { return Line::default() };
    let cells = c.row().left(known(&pulse.text), room.saturating_sub(ANSWERS + MEAN + 8 + 1), c.theme.text).gap(1);
    let Some((counts, mean)) = pulse.counts.zip(pulse.mean()) else {
        let few = say!("{answers}: shown from 4 on", answers = count(pulse.answers as usize, "answer"));
        return cells.right(&few, ANSWERS + MEAN + 8, c.theme.secondary).done();
    };
    let most = counts.into_iter().max();
    let cells = counts.into_iter().fold(cells, |cells, n| match n {
        0 => cells.right(".", 3, c.theme.secondary),
        n => cells.right(&n.to_string(), 3, if Some(n) == most { c.theme.bar } else { c.theme.text }),
    });
    let before = app.history.weeks().iter().rev().filter(|w| w.week < app.shown_week());
    let before = before.flat_map(|w| &w.alignment.pulse).find(|(statement, _)| statement == id).and_then(|(_, m)| *m);
    let change = before.map(|b| format!("{:+.1}", mean.get() - b.get())).unwrap_or_default();
    cells
        .right(&say!("{mean} of 5", mean = mean.fixed(1)), MEAN, c.theme.bar)
        .right(&change, 8, c.theme.secondary)
        .done()
}

/// An idea of a check-in: whose, which, and whether it is in the register.
#[must_use]
pub fn idea(c: &Canvas<'_>, app: &App, from: &MemberId, n: usize, room: usize) -> Line<'static> {
    let Some(text) = check_ins::idea(app, from, n) else { return Line::default() };
    let taken = check_ins::taken(app, from, n).map_or("", |card| word(card.stage().word));
    let who = app.basis().config.member(from).map_or(from.as_str(), |m| m.first_name());
    let row = c.row().left(who, 12, c.theme.secondary).left(text, room.saturating_sub(27), c.theme.text);
    row.gap(1)
        .text(if taken.is_empty() { " " } else { c.glyphs.taken(true) }, c.theme.good)
        .gap(1)
        .left(taken, 12, c.theme.secondary)
        .done()
}

/// Thanks from one to another.
#[must_use]
pub fn thanks(c: &Canvas<'_>, app: &App, from: &MemberId, n: usize, room: usize) -> Line<'static> {
    let Some(thanks) = check_ins::thanks(app, from, n) else { return Line::default() };
    let name = |id: &MemberId| app.basis().config.member(id).map_or(id.to_string(), |m| m.first_name().to_owned());
    let who = format!("{} {} {}", name(from), c.glyphs.arrow(), name(&thanks.to));
    c.row().left(&who, 19, c.theme.secondary).left(&thanks.text, room.saturating_sub(19), c.theme.text).done()
}
