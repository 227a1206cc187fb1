//! The chart of a KPI as a drawing of lines and shapes: readings, limits by phase, target, signals, what may come, statuses.

use std::fmt::Write as _;

use super::writer::Html;
use crate::model::number::Finite;
use crate::model::status::Status;
use crate::model::week::Week;
use crate::report::outline::{ChartPhase, ChartSignal, ChartWeek, Kpi};

/// The drawing, in its own units.
const WIDE: f64 = 480.0;
const HIGH: f64 = 166.0;
/// Where readings are drawn: the right is left to labels, the bottom to statuses and weeks.
const LEFT: f64 = 6.0;
const RIGHT: f64 = 408.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 128.0;
/// The feet of the row of statuses, and of the weeks' names.
const STRIP: f64 = 146.0;
const WEEKS: f64 = 162.0;
/// How far apart labels must be to be read.
const APART: f64 = 13.0;

/// Draws a KPI; nothing where there is no reading to draw.
pub(super) fn chart(html: &mut Html, kpi: &Kpi) {
    let Some(plot) = Plot::of(kpi) else { return };
    let (title, about) = (format!("c-{}", kpi.id), format!("d-{}", kpi.id));
    let viewed = format!("0 0 {WIDE} {HIGH}");
    let labelled = format!("{title} {about}");
    html.el("svg", &[("class", "chart"), ("viewBox", &viewed), ("role", "img"), ("aria-labelledby", &labelled)], |h| {
        let weeks = kpi.chart.weeks.len();
        h.el("title", &[("id", &title)], |h| h.text(&say!("{name}, the last {weeks} weeks", name = kpi.name, weeks)));
        h.el("desc", &[("id", &about)], |h| h.text(&in_words(kpi)));
        kpi.chart.phases.iter().for_each(|phase| plot.phase(h, phase));
        plot.ahead(h);
        plot.target(h);
        plot.readings(h);
        kpi.chart.signals.iter().for_each(|signal| plot.signal(h, signal));
        plot.statuses(h);
        plot.names(h);
    });
}

/// A line of readings alone, for a poster.
pub(super) fn spark(html: &mut Html, kpi: &Kpi) {
    let values: Vec<(usize, f64)> =
        kpi.chart.weeks.iter().enumerate().filter_map(|(at, w)| Some((at, w.value?.get()))).collect();
    let Some(scale) = Scale::of(values.iter().map(|(_, v)| *v)) else { return };
    let steps = (kpi.chart.weeks.len().max(2) - 1) as f64;
    let place = |at: usize, v: f64| (2.0 + at as f64 / steps * 92.0, 22.0 - scale.share(v) * 18.0);
    html.el("svg", &[("class", "spark"), ("viewBox", "0 0 100 26"), ("role", "img")], |h| {
        h.el("title", &[], |h| {
            h.text(&say!("{name}, the last {weeks} weeks", name = kpi.name, weeks = kpi.chart.weeks.len()))
        });
        let line = path(values.iter().map(|(at, v)| place(*at, *v)));
        h.empty("path", &[("class", "c-line"), ("d", &line)]);
        if let Some((at, v)) = values.last() {
            let (x, y) = place(*at, *v);
            circle(h, "c-dot", x, y, 2.4);
        }
    });
}

/// What the drawing shows, for those who do not see it.
fn in_words(kpi: &Kpi) -> String {
    let target = kpi.target.shown.as_ref().map(|t| say!(", target {t}", t)).unwrap_or_default();
    say!(
        "Now {kpi}{target}: {status}. Limits: {limits}. Signal: {signal}. {forecast}.",
        kpi = kpi.shown,
        target,
        status = kpi.status,
        limits = kpi.limits,
        signal = kpi.signal,
        forecast = kpi.forecast
    )
}

/// Brings numbers of any size to 0 to 1.
#[derive(Debug, Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// None without a number.
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        (low <= high).then_some(Self { low, high })
    }

    /// 0 at the lowest, 1 at the highest, in the middle where all are the same. Held inside.
    fn share(self, value: f64) -> f64 {
        // Halved, so that the distance of the two ends is always a number.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// A KPI's chart with its scales.
struct Plot<'a> {
    kpi: &'a Kpi,
    scale: Scale,
    first: Week,
    slots: usize,
}

impl<'a> Plot<'a> {
    fn of(kpi: &'a Kpi) -> Option<Self> {
        let chart = &kpi.chart;
        let first = chart.weeks.first()?.week;
        chart.weeks.iter().find(|w| w.value.is_some())?;
        let read = chart.weeks.iter().flat_map(|w| [w.value, w.target_lower, w.target_upper]);
        let limits = chart.phases.iter().flat_map(|p| [p.lower, p.upper]);
        let ahead = chart.forecast.iter().map(|a| Some(a.mean));
        let scale = Scale::of(read.chain(limits).chain(ahead).flatten().map(Finite::get))?;
        Some(Self { kpi, scale, first, slots: chart.weeks.len() + chart.forecast.len() })
    }

    fn slot(&self) -> f64 {
        (RIGHT - LEFT) / self.slots.max(1) as f64
    }

    /// The middle of a week; weeks before the first stand at its left edge.
    fn x(&self, week: Week) -> f64 {
        let at = f64::from(week.since(self.first).max(0));
        (LEFT + (at + 0.5) * self.slot()).min(RIGHT)
    }

    fn y(&self, value: Finite) -> f64 {
        BOTTOM - self.scale.share(value.get()) * (BOTTOM - TOP)
    }

    /// What is routine in a phase, and where one begins for a reason.
    fn phase(&self, h: &mut Html, phase: &ChartPhase) {
        let half = self.slot() / 2.0;
        let (from, until) = (self.x(phase.from.max(self.first)) - half, self.x(phase.until) + half);
        if let (Some(lower), Some(upper), Some(mean)) = (phase.lower, phase.upper, phase.mean) {
            let (top, bottom) = (self.y(upper), self.y(lower));
            rect(h, "c-band", (from, top), (until - from, bottom - top));
            line(h, "c-limit", (from, top), (until, top));
            line(h, "c-limit", (from, bottom), (until, bottom));
            line(h, "c-mean", (from, self.y(mean)), (until, self.y(mean)));
        }
        if phase.reason.is_some() && phase.from > self.first {
            line(h, "c-phase", (from, TOP - 4.0), (from, BOTTOM));
        }
    }

    fn ahead(&self, h: &mut Html) {
        let ahead = &self.kpi.chart.forecast;
        let Some(last) = self.kpi.chart.weeks.iter().rev().find_map(|w| Some((w.week, w.value?))) else { return };
        if ahead.is_empty() {
            return;
        }
        let start = (self.x(last.0), self.y(last.1));
        let upper = ahead.iter().map(|a| (self.x(a.week), self.y(a.upper)));
        let lower = ahead.iter().rev().map(|a| (self.x(a.week), self.y(a.lower)));
        let fan = path(std::iter::once(start).chain(upper).chain(lower)) + "Z";
        h.empty("path", &[("class", "c-fan"), ("d", &fan)]);
        let mean = path(std::iter::once(start).chain(ahead.iter().map(|a| (self.x(a.week), self.y(a.mean)))));
        h.empty("path", &[("class", "c-ahead"), ("d", &mean)]);
    }

    /// The target of each week as steps, up to the end of what is drawn.
    fn target(&self, h: &mut Html) {
        for end in [|w: &ChartWeek| w.target_lower, |w: &ChartWeek| w.target_upper] {
            let (mut drawn, mut at, half) = (String::new(), None, self.slot() / 2.0);
            for week in &self.kpi.chart.weeks {
                let (x, value) = (self.x(week.week) - half, end(week));
                match (at, value) {
                    (None, Some(v)) => _ = write!(drawn, "M{x:.1} {:.1}", self.y(v)),
                    (Some(_), None) => _ = write!(drawn, "H{x:.1}"),
                    (Some(was), Some(v)) if was != v => _ = write!(drawn, "H{x:.1}V{:.1}", self.y(v)),
                    (Some(_), Some(_)) | (None, None) => {}
                }
                at = value;
            }
            if at.is_some() {
                let _ = write!(drawn, "H{RIGHT}");
            }
            if !drawn.is_empty() {
                h.empty("path", &[("class", "c-target"), ("d", &drawn)]);
            }
        }
    }

    fn readings(&self, h: &mut Html) {
        let weeks = &self.kpi.chart.weeks;
        // A week without a reading is a gap, never a slope.
        for run in weeks.split(|w| w.value.is_none()).filter(|run| run.len() > 1) {
            let line = path(run.iter().filter_map(|w| Some((self.x(w.week), self.y(w.value?)))));
            h.empty("path", &[("class", "c-line"), ("d", &line)]);
        }
        for (nth, week) in weeks.iter().enumerate() {
            let Some(value) = week.value else { continue };
            let (class, radius) = if nth + 1 == weeks.len() { ("c-now", 4.5) } else { ("c-dot", 2.3) };
            circle(h, class, self.x(week.week), self.y(value), radius);
        }
    }

    /// A signal by its shape: a diamond beyond a limit, a triangle near one, a square for a run.
    fn signal(&self, h: &mut Html, signal: &ChartSignal) {
        let found = self.kpi.chart.weeks.iter().find(|w| w.week == signal.week).and_then(|w| w.value);
        let Some(value) = found else { return };
        let (x, y) = (self.x(signal.week), self.y(value));
        let corners: &[(f64, f64)] = match signal.rule {
            1 => &[(0.0, -6.5), (6.5, 0.0), (0.0, 6.5), (-6.5, 0.0)],
            2 => &[(0.0, -6.0), (6.0, 5.0), (-6.0, 5.0)],
            _ => &[(-4.8, -4.8), (4.8, -4.8), (4.8, 4.8), (-4.8, 4.8)],
        };
        let shape = path(corners.iter().map(|(dx, dy)| (x + dx, y + dy))) + "Z";
        let class = format!("c-signal {}", signal.verdict);
        h.el("path", &[("class", &class), ("d", &shape)], |h| h.p("title", "", &signal.words));
    }

    /// How each week stood: the higher, the worse.
    fn statuses(&self, h: &mut Html) {
        let wide = (self.slot() - 1.5).max(1.0);
        for week in &self.kpi.chart.weeks {
            let high = match week.status {
                Status::OnTrack => 3.0,
                Status::AtRisk => 6.0,
                Status::OffTrack => 10.0,
                Status::Unknown => 1.0,
            };
            let class = format!("s-{}", week.status.key());
            rect(h, &class, (self.x(week.week) - wide / 2.0, STRIP - high), (wide, high));
        }
    }

    /// The numbers at the right and the weeks below.
    fn names(&self, h: &mut Html) {
        let mut taken: Vec<f64> = Vec::new();
        let target = [self.kpi.target.lower, self.kpi.target.upper].into_iter().flatten().map(|v| ("t", v));
        let limits = self.kpi.chart.phases.last().into_iter().flat_map(|p| [p.upper, p.lower]).flatten();
        for (class, value) in target.chain(limits.map(|v| ("", v))) {
            let y = self.y(value) + 3.5;
            if taken.iter().all(|other| (other - y).abs() >= APART) {
                taken.push(y);
                text(h, class, (RIGHT + 5.0, y), "start", &short(value));
            }
        }
        let (weeks, ahead) = (&self.kpi.chart.weeks, &self.kpi.chart.forecast);
        if let Some(first) = weeks.first().filter(|_| weeks.len() > 8) {
            text(h, "", (LEFT, WEEKS), "start", &first.week.short());
        }
        if let Some(last) = weeks.last() {
            text(h, "", (self.x(last.week), WEEKS), "middle", &last.week.short());
        }
        if let Some(end) = ahead.last().filter(|_| ahead.len() > 3) {
            text(h, "", (self.x(end.week), WEEKS), "middle", &end.week.short());
        }
    }
}

/// A number for an axis: three digits say enough.
fn short(value: Finite) -> String {
    let size = value.get().abs();
    match size {
        s if s >= 1e9 => value.short(),
        s if s >= 1e4 => format!("{} k", Finite::new(value.get() / 1e3).unwrap_or(value).fixed(1)),
        s if s >= 100.0 => value.fixed(0),
        s if s >= 10.0 => value.fixed(1),
        s if s >= 0.01 || s == 0.0 => value.fixed(2),
        _ => format!("{:.1e}", value.get()),
    }
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.enumerate().fold(String::new(), |mut out, (nth, (x, y))| {
        let _ = write!(out, "{}{x:.1} {y:.1}", if nth == 0 { 'M' } else { 'L' });
        out
    })
}

fn circle(h: &mut Html, class: &str, x: f64, y: f64, radius: f64) {
    let (x, y, r) = (format!("{x:.1}"), format!("{y:.1}"), format!("{radius:.1}"));
    h.empty("circle", &[("class", class), ("cx", &x), ("cy", &y), ("r", &r)]);
}

pub(super) fn rect(h: &mut Html, class: &str, (x, y): (f64, f64), (wide, high): (f64, f64)) {
    let [x, y, wide, high] = [x, y, wide.max(0.0), high.max(0.0)].map(|n| format!("{n:.1}"));
    h.empty("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &wide), ("height", &high)]);
}

fn line(h: &mut Html, class: &str, from: (f64, f64), to: (f64, f64)) {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(|n| format!("{n:.1}"));
    h.empty("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

fn text(h: &mut Html, class: &str, (x, y): (f64, f64), anchor: &str, words: &str) {
    let (x, y) = (format!("{x:.1}"), format!("{y:.1}"));
    h.el("text", &[("class", class), ("x", &x), ("y", &y), ("text-anchor", anchor)], |h| h.text(words));
}
