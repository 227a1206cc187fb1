//! The trend of a KPI or goal: its name and tabs, then the view that is chosen.
//!
//! ```text
//! ┌ Online orders (3 of 17) ───────────────────────────────┐
//! │  Weeks   Ranges   6 weeks, 12 months   Moves with      │
//! │ 412 orders, target 450, +14 on last week. 52 weeks     │
//! │ (the view)                                             │
//! │ what it says, in words                                 │
//! └────────────────────────────────────────────────────────┘
//! ```

mod six_twelve;

use ratatui::layout::Rect;

use crate::app::App;
use crate::app::dialogs::trend::{Trend, View};
use crate::insight::story;
use crate::insight::xmr::Axis;
use crate::model::id::{GoalId, KpiId};
use crate::model::kpi::Kpi;
use crate::model::number::Finite;
use crate::model::record::Subject;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::ui::canvas::Canvas;
use crate::ui::details::{kpi, process};
use crate::ui::dialogs::middle;
use crate::ui::text::wrap;
use crate::ui::widgets::chart::{self, Ahead, Chart, Limits, Point};

/// Draws it as large as the screen allows.
pub fn draw(c: &mut Canvas<'_>, area: Rect, app: &App, trend: &Trend) {
    let place = middle(area, area.width.saturating_sub(2), area.height.saturating_sub(2));
    let Some(subject) = trend.subject() else {
        c.boxed(place, say!("Trend"));
        return;
    };
    let inner = c.boxed(
        place,
        &say!(
            "{subject_name} ({at} of {all})",
            subject_name = app.subject_name(subject),
            at = trend.at + 1,
            all = trend.all.len()
        ),
    );
    tabs(c, inner, trend);
    let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    match subject {
        Subject::Kpi(id) => of_kpi(c, body, app, id, trend),
        Subject::Goal(id) => of_goal(c, body, app, id, trend),
        Subject::Action(_) | Subject::Decision(_) | Subject::Finding(_) | Subject::Blocker(_) => {}
    }
}

fn tabs(c: &mut Canvas<'_>, area: Rect, trend: &Trend) {
    let mut row = c.row();
    for view in trend.views() {
        let style = if *view == trend.view { c.theme.current } else { c.theme.secondary };
        row = row.text(&format!(" {} ", view.label()), style).gap(1);
    }
    if matches!(trend.view, View::Weeks | View::Ranges) {
        let span = trend.span.label();
        let room = usize::from(area.width).saturating_sub(row.used() + crate::ui::text::width(&span));
        row = row.gap(room).text(&span, c.theme.secondary);
    }
    let line = row.done();
    c.line(area, 0, &line);
}

fn of_kpi(c: &mut Canvas<'_>, area: Rect, app: &App, id: &KpiId, trend: &Trend) {
    let Some(definition) = app.basis().strategy.kpi(id) else { return };
    c.text(area, 0, &kpi::facts(app, id), c.theme.text);
    let below = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    match trend.view {
        View::Weeks | View::Story => picture(c, below, definition, &weeks(app, id, trend), trend),
        View::Ranges => picture(c, below, definition, &ranges(app, id), trend),
        View::SixTwelve => six_twelve::draw(c, below, app, id),
        View::Together => read(c, below, &together(app, id), trend),
    }
}

/// What a chart is drawn from, and what is said below it.
#[derive(Default)]
struct Seen {
    points: Vec<Point>,
    limits: Vec<Limits>,
    ahead: Vec<Ahead>,
    words: Vec<String>,
}

fn picture(c: &mut Canvas<'_>, area: Rect, kpi: &Kpi, seen: &Seen, trend: &Trend) {
    let lines: Vec<String> = seen.words.iter().flat_map(|w| wrap(w, area.width.into())).collect();
    let below = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.height / 3);
    let plot = Rect { height: area.height.saturating_sub(1 + below), ..area };
    let points = last(&seen.points, trend);
    let drawn = Chart { points, limits: &seen.limits, ahead: &seen.ahead, strips: trend.view == View::Weeks };
    chart::draw(c, plot, &drawn, |v| kpi.show_number(v));
    let text = Rect { y: plot.bottom() + 1, height: area.bottom().saturating_sub(plot.bottom() + 1), ..area };
    for (y, line) in (0u16..).zip(&lines) {
        c.text(text, y, line, c.theme.text);
    }
}

/// Week by week, with what the process says in words.
fn weeks(app: &App, id: &KpiId, trend: &Trend) -> Seen {
    let mut words = kpi::process_in_words(app, id);
    let chart = app.analyses.chart(id);
    let phase = chart.and_then(|c| c.current());
    if let Some((definition, phase)) = app.basis().strategy.kpi(id).zip(phase.filter(|p| p.limits.is_some())) {
        words.push(say!("Limits: {limits_in_words}.", limits_in_words = phase.limits_in_words(definition)));
        words.extend(
            phase.reason.as_ref().map(|reason| say!("Phase since {from}: {reason}", from = phase.from, reason)),
        );
    }
    Seen {
        points: kpi::points(app, id, trend.span.weeks()),
        limits: chart.map(process::limits).unwrap_or_default(),
        ahead: kpi::ahead(app, id),
        words,
    }
}

/// How far each week lies from the one before.
fn ranges(app: &App, id: &KpiId) -> Seen {
    let Some(chart) = app.analyses.chart(id) else { return Seen::default() };
    let point = |(week, range): &(Week, Option<Finite>)| Point {
        signal: process::signal(chart, Axis::Range, *week),
        ..Point::plain(*week, *range, Status::Unknown)
    };
    let words = vec![
        say!("How far each week lies from the one before. Above its upper limit the step itself is the signal, wherever it led.")
            .to_owned(),
    ];
    let points = chart.ranges().iter().map(point).collect();
    Seen { points, limits: process::range_limits(chart), ahead: Vec::new(), words }
}

/// The KPIs that this one moves with, in words.
fn together(app: &App, id: &KpiId) -> Vec<String> {
    let Some(pairs) = app.analyses.together.get(id) else {
        return vec![say!("Looking at every pair of KPIs").to_owned()];
    };
    let mut lines: Vec<String> = pairs
        .iter()
        .map(|pair| {
            let told = pair.told(&app.kpi_name(&pair.with));
            say!("It {told}.", told)
        })
        .collect();
    if lines.is_empty() {
        lines.push(say!(
            "No other KPI moves with it so clearly that chance does not explain it: of all pairs that have {least_weeks} weekly changes in common.",
            least_weeks = crate::insight::together::LEAST_WEEKS
        ));
    }
    lines.push(say!("# How this is found").to_owned());
    lines.push(
        say!("Rank correlation of the weekly changes, 0 to 8 weeks apart, corrected for the number of pairs and weeks looked at. Two \
         numbers that move together may have a cause in common, or none: ask those who know the work.")
            .to_owned(),
    );
    lines
}

/// Lines to read, those that begin with `# ` as headings.
fn read(c: &mut Canvas<'_>, area: Rect, lines: &[String], trend: &Trend) {
    let mut drawn = Vec::new();
    for line in lines {
        let (text, style) = match line.strip_prefix("# ") {
            Some(heading) => (heading, c.theme.heading),
            None => (line.as_str(), c.theme.text),
        };
        if style == c.theme.heading && !drawn.is_empty() {
            drawn.push((String::new(), style));
        }
        drawn.extend(wrap(text, area.width.into()).into_iter().map(|l| (l, style)));
    }
    let first = trend.scroll.min(drawn.len().saturating_sub(area.height.into()));
    for (y, (line, style)) in (0u16..area.height).zip(drawn.iter().skip(first)) {
        c.text(area, y, line, *style);
    }
}

/// The weeks that are looked at.
fn last<'a>(points: &'a [Point], trend: &Trend) -> &'a [Point] {
    let weeks = trend.span.weeks().unwrap_or(points.len());
    &points[points.len().saturating_sub(weeks)..]
}

/// A goal's progress in percent, with its status, and how sure the team was; or its story.
fn of_goal(c: &mut Canvas<'_>, area: Rect, app: &App, id: &GoalId, trend: &Trend) {
    if trend.view == View::Story {
        let events = story::of_goal(id, &app.history, &app.basis().config);
        let lines: Vec<String> = events.iter().map(crate::app::screens::registers::told).collect();
        let none = || vec![say!("No week that was sealed knows it yet.").to_owned()];
        read(c, area, &if lines.is_empty() { none() } else { lines }, trend);
        return;
    }
    let percent = |v: Finite| Finite::new(v.get() * 100.0);
    let all: Vec<Point> =
        app.history.goal(id).map(|(week, g)| Point::plain(week, g.progress.and_then(percent), g.status)).collect();
    let sure: Vec<String> =
        app.history.goal(id).filter_map(|(_, g)| g.confidence.map(|n| n.get().to_string())).collect();
    let sure = if sure.is_empty() { say!("never said").to_owned() } else { sure.join(" ") };
    let text = say!("Progress in percent. Confidence, week by week: {sure}", sure);
    let mut y = 0;
    for line in wrap(&text, area.width.into()).into_iter().take(3) {
        c.text(area, y, &line, c.theme.secondary);
        y += 1;
    }
    let plot = Rect { y: area.y + y + 1, height: area.height.saturating_sub(y + 1), ..area };
    let drawn = Chart { points: last(&all, trend), limits: &[], ahead: &[], strips: false };
    chart::draw(c, plot, &drawn, |v| format!("{} %", v.fixed(0)));
}
