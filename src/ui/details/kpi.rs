//! A KPI in full: where it stands against its target, its chart, its owner, what it serves.

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::dialogs::reading::line_of_sight;
use crate::app::intent::Place;
use crate::app::screens::home;
use crate::insight::status;
use crate::insight::xmr::{Axis, Capability};
use crate::model::id::KpiId;
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::details::process;
use crate::ui::lines::change;
use crate::ui::text::wrap;
use crate::ui::widgets::chart::{self, Ahead, Chart, Point};

/// Below these many lines a chart tells nothing.
const LEAST_CHART: u16 = 4;
/// Above these many lines a chart tells no more.
const MOST_CHART: u16 = 16;

/// The last weeks of a KPI as the chart wants them, this week's at the end; all without a number.
#[must_use]
pub fn points(app: &App, id: &KpiId, most: Option<usize>) -> Vec<Point> {
    let basis = app.basis();
    let Some(kpi) = basis.strategy.kpi(id) else { return Vec::new() };
    let now = app.shown_week();
    let chart = app.analyses.chart(id);
    let this_week = app.derived.kpi(id).filter(|w| w.reading.is_some());
    // A frame is drawn for each key: it costs what it shows, not what there is. A year more holds every gap at its beginning.
    let readings = match most {
        Some(most) => with_this_week(app, id, &app.history.last_series(id, now, most + 53)),
        None => series(app, id),
    };
    let point = |(week, value): &(Week, Option<Finite>)| {
        let sealed = app.history.week(*week).and_then(|w| w.kpi(id)).map(|k| (k.computed, k.marked));
        let open = this_week.filter(|_| *week == now).map(|k| (k.computed, k.marked));
        // A week that no review tells of has the status that the rule gives it.
        let by_rule = || (status::of_reading(kpi, *week, *value, &basis.config.thresholds), None);
        let (computed, marked) = open.or(sealed).unwrap_or_else(by_rule);
        let signal = chart.and_then(|c| process::signal(c, Axis::X, *week));
        Point { week: *week, value: *value, computed, marked, aim: kpi.aim_in(*week), signal }
    };
    let weeks = readings.weeks();
    weeks[weeks.len().saturating_sub(most.unwrap_or(weeks.len()))..].iter().map(point).collect()
}

/// The readings of a KPI with that of the week shown.
#[must_use]
pub fn series(app: &App, id: &KpiId) -> Series {
    with_this_week(app, id, &app.history.series(id))
}

fn with_this_week(app: &App, id: &KpiId, behind: &Series) -> Series {
    let this_week = app.derived.kpi(id).and_then(|w| Some((app.shown_week(), w.reading?)));
    behind.readings().chain(this_week).collect()
}

/// What lies ahead, as the chart wants it.
#[must_use]
pub fn ahead(app: &App, id: &KpiId) -> Vec<Ahead> {
    let path = app.analyses.forecast(id).map(|f| f.path.as_slice()).unwrap_or_default();
    path.iter().map(|a| Ahead { week: a.week, mean: a.mean, lower: a.lower, upper: a.upper }).collect()
}

/// Draws it into a panel.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, id: &KpiId) {
    let Some(kpi) = app.basis().strategy.kpi(id) else { return };
    let now = app.derived.kpi(id);
    let in_step = app.place == Place::Review && app.review().is_some();
    let status = if in_step { now.map_or(Status::Unknown, |k| k.computed) } else { home::standing_of(app, id) };
    let word = format!("{} {}", c.glyphs.status(status), status.label().to_uppercase());
    let room = usize::from(area.width).saturating_sub(crate::ui::text::width(&word) + 1);
    let title = c.row().left(&kpi.name, room, c.theme.bar).gap(1).text(&word, c.theme.status(status)).done();
    c.line(area, 0, &title);
    c.text(area, 1, &facts(app, id), c.theme.text);
    let room = usize::from(area.width);
    let tail: Vec<String> = tail(app, id).iter().flat_map(|line| wrap(line, room)).collect();
    // The chart takes what the words leave, up to a height where it is easily read; the words give way before it is not.
    let words = u16::try_from(tail.len()).unwrap_or(u16::MAX).min(area.height.saturating_sub(2 + LEAST_CHART));
    let plot = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + words).min(MOST_CHART), ..area };
    let shown = points(app, id, Some(weeks_that_fit(area.width)));
    let limits = app.analyses.chart(id).map(process::limits).unwrap_or_default();
    let mut ahead = ahead(app, id);
    // The panel looks a quarter ahead; the trend shows it to the horizon.
    ahead.truncate(13);
    let drawn = Chart { points: &shown, limits: &limits, ahead: &ahead, strips: false };
    chart::draw(c, plot, &drawn, |v| kpi.show_number(v));
    let below = Rect { y: plot.bottom(), height: area.bottom().saturating_sub(plot.bottom()), ..area };
    for (y, line) in (0u16..).zip(tail.iter().take(below.height.into())) {
        c.text(below, y, line, c.theme.secondary);
    }
}

/// A quarter in a narrow panel, more where a week keeps two cells.
fn weeks_that_fit(width: u16) -> usize {
    usize::from(width.saturating_sub(10) / 2).max(13)
}

/// Value, target and change in one line, units with each.
#[must_use]
pub fn facts(app: &App, id: &KpiId) -> String {
    let Some(kpi) = app.basis().strategy.kpi(id) else { return String::new() };
    let reading = app.derived.kpi(id).and_then(|k| k.reading);
    let last = home::last_reading(app, id);
    let aim = kpi.show_aim(app.shown_week());
    let value = reading.map_or_else(|| say!("no reading this week").to_owned(), |v| kpi.show(v));
    let against = aim.map_or_else(|| say!(", no target").to_owned(), |a| say!(", target {a}", a));
    let moved = match (change(reading, last), last) {
        (Some(delta), _) if delta == "=" => say!(", as last week").to_owned(),
        (Some(delta), _) => say!(", {delta} on last week", delta),
        (None, Some(last)) => say!(", {show} before", show = kpi.show(last)),
        (None, None) => String::new(),
    };
    format!("{value}{against}{moved}")
}

/// The words below the chart: the mark and its reason, the note, the owner, the line of sight.
fn tail(app: &App, id: &KpiId) -> Vec<String> {
    let Some(kpi) = app.basis().strategy.kpi(id) else { return Vec::new() };
    let mut lines = Vec::new();
    let reason = app.scorecard_rows().named(id).and_then(|r| r.reason);
    lines.extend(reason.map(|r| say!("Needs a look: {r}", r = r.label())));
    lines.extend(process_in_words(app, id));
    if let Some(now) = app.derived.kpi(id) {
        match now.marked.filter(|m| *m != now.computed) {
            Some(mark) => lines.push(say!("The team marked it {mark}: {note}", note = now.note, mark)),
            None if !now.note.is_empty() => lines.push(say!("Note: {note}", note = now.note)),
            None => {}
        }
    }
    let owner = kpi.owner.as_ref().map_or(say!("nobody"), |o| app.basis().config.name_of(o));
    let serves = app.basis().strategy.goals_of(id).next().map(|g| line_of_sight(app, &g.id));
    lines.push(say!("{owner}. Serves: {serves}", serves = serves.unwrap_or_else(|| say!("no goal").to_owned()), owner));
    if !kpi.definition.is_empty() {
        lines.push(kpi.definition.clone());
    }
    lines
}

/// What the chart says of the week, and whether the process can do what is asked of it.
#[must_use]
pub fn process_in_words(app: &App, id: &KpiId) -> Vec<String> {
    let Some(chart) = app.analyses.chart(id) else { return Vec::new() };
    let mut lines = Vec::new();
    let said = chart.words(app.shown_week());
    let mut letters = said.chars();
    lines.extend(letters.next().map(|first| format!("{}{}.", first.to_uppercase(), letters.as_str())));
    let kpi = app.basis().strategy.kpi(id).filter(|_| chart.capability != Capability::Unknown);
    if let Some(kpi) = kpi {
        let said = chart.capability_words(kpi);
        lines.push(format!("A{}.", said.strip_prefix('a').unwrap_or(&said)));
    }
    lines.extend(app.analyses.forecast(id).zip(app.basis().strategy.kpi(id)).map(|(f, kpi)| f.words(kpi)));
    lines
}
