//! The KPIs of a week with all that their charts draw.

use super::super::outline::{Chart, ChartAhead, ChartPhase, ChartSignal, ChartWeek, Kpi, Target};
use super::{Source, person};
use crate::insight::forecast::{self, Forecast};
use crate::insight::scorecard;
use crate::insight::xmr;
use crate::model::history::KpiDigest;
use crate::model::kpi::{self, Aim};
use crate::model::number::Finite;
use crate::model::snapshot::{KpiWeek, Snapshot};
use crate::model::status::Status;
use crate::model::week::Week;

/// How many weeks a chart shows: half a year.
const SHOWN: i32 = 26;
/// How many weeks ahead it shows: more would crowd out what is known.
const AHEAD: usize = 8;

/// The KPIs, exceptions first.
pub(super) fn of(source: Source<'_>) -> Vec<Kpi> {
    let s = source.snapshot;
    let charts = xmr::charts(&s.strategy.kpis, source.history, s.week, &s.scorecard);
    scorecard::rows(&s.strategy, &s.perspectives, &s.scorecard, source.previous, &charts)
        .into_iter()
        .filter_map(|row| {
            let kpi = s.strategy.kpi(&row.kpi)?;
            let week = s.kpi(&row.kpi)?;
            let chart = charts.get(&row.kpi)?;
            Some(one(source, kpi, week, chart, row.reason.map(scorecard::Reason::label)))
        })
        .collect()
}

fn one(source: Source<'_>, kpi: &kpi::Kpi, now: &KpiWeek, chart: &xmr::Chart, exception: Option<String>) -> Kpi {
    let s = source.snapshot;
    let heading = heading(s, kpi, chart);
    let before = chart.points.iter().find(|(week, _)| *week == s.week.previous()).and_then(|(_, value)| *value);
    let change = now.reading.zip(before).and_then(|(now, before)| Finite::new(now.get() - before.get()));
    let (lower, upper) = ends(now.aim, kpi.direction);
    Kpi {
        id: kpi.id.clone(),
        name: kpi.name.clone(),
        definition: kpi.definition.clone(),
        unit: kpi.unit.clone(),
        perspective: s
            .perspectives
            .iter()
            .find(|p| p.id == kpi.perspective)
            .map_or_else(|| kpi.perspective.to_string(), |p| p.name.clone()),
        owner: kpi.owner.as_ref().map(|m| person(s, m)),
        status: now.status(),
        computed: now.computed,
        marked: now.marked,
        exception,
        value: now.reading,
        shown: now.reading.map_or_else(|| say!("no reading").to_owned(), |v| kpi.show(v)),
        change,
        change_shown: change.map(|by| signed(kpi, by)),
        target: Target { lower, upper, shown: kpi.aim_in_words(now.aim), number: kpi.show_aim_number(s.week) },
        note: now.note.clone(),
        signal: chart.words(s.week),
        limits: chart.current().map_or_else(|| say!("no reading yet").to_owned(), |phase| phase.limits_in_words(kpi)),
        capability: chart.capability_words(kpi),
        forecast: heading.words(kpi),
        chart: drawn(source, kpi, now, chart, &heading),
    }
}

/// A difference with its sign and unit: `+0.5 min`.
fn signed(kpi: &kpi::Kpi, by: Finite) -> String {
    let size = Finite::new(by.get().abs()).unwrap_or(Finite::ZERO);
    let text = kpi.show(size);
    // What rounds to nothing has no sign.
    let is_nothing = !kpi.show_number(size).chars().any(|c| ('1'..='9').contains(&c));
    match by.get() {
        _ if is_nothing => format!("±{text}"),
        x if x < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

fn heading(s: &Snapshot, kpi: &kpi::Kpi, chart: &xmr::Chart) -> Forecast {
    let to = forecast::horizon(&s.strategy, &kpi.id, s.week);
    forecast::forecast(&chart.points, s.week, to, kpi.aim_in(to), kpi.direction)
}

/// Where a target begins and ends on a chart: one that is to be passed has one line, whichever side is good.
fn ends(aim: Aim, direction: kpi::Direction) -> (Option<Finite>, Option<Finite>) {
    match (aim, direction) {
        (Aim::Nothing, _) => (None, None),
        (Aim::At(value), kpi::Direction::Up) => (Some(value), None),
        (Aim::At(value), kpi::Direction::Down) => (None, Some(value)),
        (Aim::At(value), kpi::Direction::Band) => (Some(value), Some(value)),
        (Aim::Within(low, high), _) => (Some(low), Some(high)),
    }
}

fn drawn(source: Source<'_>, kpi: &kpi::Kpi, now: &KpiWeek, chart: &xmr::Chart, heading: &Forecast) -> Chart {
    let week = source.snapshot.week;
    let first = week.plus(1 - SHOWN);
    let known = chart.points.iter().map(|(week, _)| *week).find(|w| *w >= first).unwrap_or(week);
    let weeks = std::iter::successors(Some(known), |w| (*w < week).then(|| w.next()));
    let shown = |w: Week, upto: Week| w <= week && upto >= first;
    Chart {
        weeks: weeks.map(|w| of_week(source, kpi, now, chart, w)).collect(),
        phases: chart.phases.iter().filter(|p| shown(p.from, p.until)).map(phase).collect(),
        signals: chart
            .signals
            .iter()
            .filter(|signal| shown(signal.week, signal.until))
            .map(|signal| ChartSignal {
                week: signal.week,
                since: signal.since,
                until: signal.until,
                rule: signal.rule.number(),
                chart: signal.axis.key(),
                verdict: signal.verdict.key(),
                words: signal.words(),
            })
            .collect(),
        forecast: heading
            .path
            .iter()
            .take(AHEAD)
            .map(|a| ChartAhead { week: a.week, mean: a.mean, lower: a.lower, upper: a.upper })
            .collect(),
    }
}

fn of_week(source: Source<'_>, kpi: &kpi::Kpi, now: &KpiWeek, chart: &xmr::Chart, week: Week) -> ChartWeek {
    let value = chart.points.binary_search_by_key(&week, |(w, _)| *w).ok().and_then(|at| chart.points[at].1);
    let sealed = source.history.week(week).and_then(|w| w.kpi(&kpi.id)).filter(|_| week < source.snapshot.week);
    let is_now = week == source.snapshot.week;
    let aim = if is_now { now.aim } else { sealed.as_ref().map_or_else(|| kpi.aim_in(week), |k| k.aim) };
    let status = if is_now { now.status() } else { sealed.as_ref().map_or(Status::Unknown, KpiDigest::status) };
    let (target_lower, target_upper) = ends(aim, kpi.direction);
    ChartWeek { week, value, shown: value.map(|v| kpi.show(v)), target_lower, target_upper, status }
}

fn phase(phase: &xmr::PhaseChart) -> ChartPhase {
    ChartPhase {
        from: phase.from,
        until: phase.until,
        reason: phase.reason.clone(),
        state: phase.state.key(),
        mean: phase.limits.map(|l| l.mean),
        lower: phase.limits.map(|l| l.lower),
        upper: phase.limits.map(|l| l.upper),
    }
}
