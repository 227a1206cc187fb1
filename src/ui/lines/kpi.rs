//! The line of a KPI: its name, its figures with their aim, its last weeks, and the mark of the room.

use ratatui::text::Line;

use super::{mark, shape};
use crate::app::App;
use crate::app::intent::Place;
use crate::app::screens::home;
use crate::insight::scorecard::Reason;
use crate::insight::xmr::Verdict;
use crate::model::agenda::Step;
use crate::model::id::KpiId;
use crate::model::kpi::Aim;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::ui::canvas::Canvas;
use crate::ui::text::{Row as Cells, width};
use crate::ui::widgets::spark;

/// The widths of a KPI's columns.
struct KpiColumns {
    name: usize,
    value: usize,
    aim: usize,
    change: usize,
    spark: usize,
    mark: usize,
}

impl KpiColumns {
    fn of(app: &App, room: usize) -> Self {
        let in_step = app.place == Place::Review && app.step() == Some(Step::Scorecard);
        // In the least width the change gives way: it can be read off the last two bars.
        let (value, aim, change) = if room >= 70 { (10, 12, 8) } else { (9, 8, 0) };
        let mark = if in_step { 4 } else { 0 };
        let spark = if room >= 104 { 26 } else { 13 };
        let name = room.saturating_sub(2 + value + 1 + aim + 1 + change + 2 + spark + mark).max(12);
        Self { name, value, aim, change, spark, mark }
    }
}

/// The names of the columns.
pub(super) fn columns(c: &Canvas<'_>, app: &App, room: usize) -> Line<'static> {
    let style = c.theme.secondary;
    let k = KpiColumns::of(app, room);
    let in_review = app.place == Place::Review;
    c.row()
        .gap(2 + k.name)
        .right(if in_review { say!("now") } else { say!("now (last)") }, k.value, style)
        .gap(1)
        .right(say!("target"), k.aim, style)
        .gap(1)
        .right(say!("column" | "change"), k.change, style)
        .gap(2)
        .left(&say!("{spark} weeks", spark = k.spark), k.spark, style)
        .right(if k.mark > 0 { say!("mark") } else { "" }, k.mark, style)
        .done()
}

/// The last readings of a KPI up to the week shown, with this week's at the end.
#[must_use]
pub fn trail(app: &App, id: &KpiId, weeks: usize) -> Vec<(Option<f64>, Status)> {
    let now = app.shown_week();
    let shown = |value: Option<Finite>, status| (value.map(Finite::get), status);
    let sealed = app.history.week(now).map(|w| w.kpi(id));
    let this_week = match app.derived.kpi(id).filter(|_| sealed.is_none() || app.review().is_some()) {
        Some(week) => Some(shown(week.reading, week.status())),
        None => sealed
            .as_ref()
            .map(|k| shown(k.as_ref().and_then(|k| k.reading), k.as_ref().map_or(Status::Unknown, |k| k.status()))),
    };
    // From the newest on, and no further than is seen: each row on the screen asks, in every frame.
    let before = app.history.readings(id, now.previous()).rev().map(|(v, s)| shown(v, s));
    let mut trail: Vec<_> = this_week.into_iter().chain(before).take(weeks).collect();
    trail.reverse();
    trail
}

/// How a value changed against the last week's, signed: `+14`.
#[must_use]
pub fn change(now: Option<Finite>, before: Option<Finite>) -> Option<String> {
    let delta = Finite::new(now?.get() - before?.get())?;
    let sign = if delta.get() > 0.0 { "+" } else { "" };
    Some(if delta == Finite::ZERO { "=".to_owned() } else { format!("{sign}{}", delta.grouped()) })
}

/// The line of a KPI in this many cells.
pub(super) fn line(c: &Canvas<'_>, app: &App, id: &KpiId, room: usize) -> Line<'static> {
    let Some(kpi) = app.basis().strategy.kpi(id) else {
        return c.row().left(id.as_str(), room, c.theme.secondary).done();
    };
    let now = app.derived.kpi(id);
    let last = home::last_reading(app, id);
    let reading = now.and_then(|k| k.reading);
    let status = home::standing_of(app, id);
    let in_step = app.place == Place::Review && app.step() == Some(Step::Scorecard);
    let k = KpiColumns::of(app, room);
    let mut cells = shape(c, c.row(), if in_step { now.map_or(Status::Unknown, |k| k.computed) } else { status });
    cells = named(c, app, cells, (id, &kpi.name), k.name.saturating_sub(1)).gap(1);
    let short = |v: Finite, room: usize| {
        let with_unit = kpi.show(v);
        // Where the unit has no room, the panel and the target tell it.
        if width(&with_unit) <= room { with_unit } else { kpi.decimals.map_or_else(|| v.grouped(), |d| v.fixed(d)) }
    };
    let value = match (reading, last) {
        (Some(v), _) => (short(v, k.value), c.theme.bar),
        (None, Some(v)) if !in_step => (format!("({})", short(v, k.value - 2)), c.theme.secondary),
        _ => ("-".to_owned(), c.theme.secondary),
    };
    cells = cells.right(&value.0, k.value, value.1).gap(1);
    let aim = match kpi.aim_in(app.shown_week()) {
        Aim::At(v) => short(v, k.aim),
        Aim::Within(low, high) => say!("{low} to {high}", low = low.grouped(), high = high.grouped()),
        Aim::Nothing => say!("no target").to_owned(),
    };
    cells = cells.right(&aim, k.aim, c.theme.secondary).gap(1);
    cells = cells.right(&change(reading, last).unwrap_or_default(), k.change, c.theme.secondary).gap(2);
    let mut line = cells.done();
    line.spans.extend(spark::line(c, &trail(app, id, k.spark), k.spark).spans);
    if in_step {
        line.spans.extend(mark(c, now.and_then(|k| k.marked), now.map(|k| k.computed)).spans);
    }
    line
}

/// The name, and at the end of its column what brings the KPI before the room: in words where there is room for both, a signal
/// by its shape in any case.
fn named(c: &Canvas<'_>, app: &App, cells: Cells, (id, name): (&KpiId, &str), room: usize) -> Cells {
    let signal = app.analyses.chart(id).and_then(|chart| chart.strongest);
    let (words, style) = match (signal, app.scorecard_rows().named(id).and_then(|r| r.reason)) {
        (Some(signal), _) => {
            let style = match signal.verdict {
                Verdict::Improvement => c.theme.good,
                Verdict::Deterioration => c.theme.bad,
                Verdict::Change => c.theme.warn,
            };
            (format!("{} {}", c.glyphs.signal(), signal.label()), style)
        }
        (None, Some(reason @ (Reason::Changed { .. } | Reason::MarkDiffers | Reason::BeyondProcess))) => {
            (reason.label(), c.theme.secondary)
        }
        // What is off track, at risk or without a reading says so by its shape.
        (None, Some(Reason::NoReading | Reason::OffTrack | Reason::AtRisk | Reason::Signal(_)) | None) => {
            return cells.left(name, room, c.theme.text);
        }
    };
    let fits = |words: &str| width(name) + 2 + width(words) <= room;
    let words = if fits(&words) {
        words
    } else if signal.is_some() {
        c.glyphs.signal().to_owned()
    } else {
        String::new()
    };
    let gap = usize::from(!words.is_empty());
    cells.left(name, room.saturating_sub(width(&words) + gap), c.theme.text).gap(gap).text(&words, style)
}
