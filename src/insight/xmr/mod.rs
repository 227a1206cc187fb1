//! The process behaviour chart of a KPI (XmR): what its readings vary by routinely, and what stands out from that.
//!
//! The readings of a phase, week by week, with the range between each two neighbours beside them. Limits of what is routine
//! follow from the mean and the mean range; three rules tell a signal from noise. The method is Wheeler's (*Understanding
//! Variation*, 1993; *Making Sense of Data*, 2003).
//!
//! How gaps count: a week without a reading breaks no limits and no pattern, and fires nothing. No moving range spans it, as
//! the change of two weeks is not the change of one. *Successive* readings are those that follow each other in the phase,
//! however many weeks without one lie between: eight readings on one side say the same with a week of holiday among them.
//! Nothing spans the border of a phase.
//!
//! Until limits are locked each new reading moves them. One that comes on top of firm limits is held against those that stood
//! before it, too, so that no reading hides behind limits that it widened itself.

mod batch;
mod capability;
mod limits;
mod signals;
mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod published;
#[cfg(test)]
mod tests;

pub use batch::{Charts, charts, latest_charts};
pub use capability::Capability;
pub use limits::{Limits, State};
pub use signals::{Axis, Rule, Side, Signal, Verdict};
pub use words::ROUTINE;

use crate::model::kpi::{Kpi, Phase};
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::week::Week;

/// The chart of one KPI as of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The week that it is of.
    pub week: Week,
    /// The phases, oldest first. One that ended without a reading is left out; the last one stands even without a reading.
    pub phases: Vec<PhaseChart>,
    /// The readings by week, as the chart shows them: up to its week.
    pub points: Series,
    /// Every signal, by the week in which it fired; of one week the strongest first.
    pub signals: Vec<Signal>,
    /// What says most about the week of the chart, if anything does.
    pub strongest: Option<Signal>,
    /// Whether the process as it is meets the aim of the week that the chart is of.
    pub capability: Capability,
}

/// A phase of the chart, with limits of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseChart {
    /// Its first week: where the team let it begin, or the first reading.
    pub from: Week,
    /// Its last week: before the next phase, or the week that the chart is of.
    pub until: Week,
    /// The understood change that began it; none for the first.
    pub reason: Option<String>,
    /// How many readings it has.
    pub readings: usize,
    /// How far its limits can be relied on. [`State::None`] exactly when there are none.
    pub state: State,
    /// Its limits.
    pub limits: Option<Limits>,
    /// The weeks of the first and the last reading that the limits come from, or would come from.
    pub basis: Option<(Week, Week)>,
    /// How many moving ranges lie between those readings.
    pub ranges: usize,
}

/// The chart of what was read up to and including `now`; later readings, phases and targets are left out, so that an old
/// week shows what could be known in it.
///
/// The order of `kpi.phases` does not matter. Capability is held against the aim of `now`, by firm or locked limits of the
/// phase that `now` lies in.
#[must_use]
pub fn chart(series: &Series, kpi: &Kpi, now: Week) -> Chart {
    drawn(series, kpi, now, None)
}

/// The same with those signals alone that hold at its last reading or later: for those who look at nothing earlier. Twenty years
/// have thousands of others.
#[must_use]
pub fn latest(series: &Series, kpi: &Kpi, now: Week) -> Chart {
    let last = series.up_to(now).last_reading();
    drawn(series, kpi, now, last.map(|(week, _)| week))
}

/// With the signals that hold in `since` or later.
fn drawn(series: &Series, kpi: &Kpi, now: Week, since: Option<Week>) -> Chart {
    let points = series.up_to(now);
    let weeks = points.weeks();
    let mut chart = Chart {
        week: now,
        phases: Vec::new(),
        points: points.clone(),
        signals: Vec::new(),
        strongest: None,
        capability: Capability::Unknown,
    };
    let starts = starts(weeks, &kpi.phases, now);
    for (at, (from, reason)) in starts.iter().enumerate() {
        let until = starts.get(at + 1).map_or(now, |(next, _)| next.previous());
        let is_last = at + 1 == starts.len();
        chart.add(between(weeks, *from, until), (*from, until), reason.clone(), is_last, kpi, since);
    }
    chart.signals.sort_by_key(|s| (s.week, s.rule, s.axis));
    chart.strongest = chart.strongest_in(now).copied();
    chart.capability = chart.current().map_or(Capability::Unknown, |phase| capability::of(phase, kpi, now));
    chart
}

/// Where phases begin, oldest first: with the first reading, and wherever the team said so up to `now`. Of two that begin in
/// one week the reason that comes first by its letters counts, so that the order of the file does not.
fn starts(weeks: &[(Week, Option<Finite>)], phases: &[Phase], now: Week) -> Vec<(Week, Option<String>)> {
    let mut said: Vec<(Week, Option<String>)> =
        phases.iter().filter(|p| p.from <= now).map(|p| (p.from, Some(p.reason.clone()))).collect();
    said.sort();
    said.dedup_by_key(|(from, _)| *from);
    let first = weeks.first().map(|(week, _)| *week);
    if let Some(first) = first.filter(|first| said.first().is_none_or(|(from, _)| first < from)) {
        said.insert(0, (first, None));
    }
    said
}

fn between(weeks: &[(Week, Option<Finite>)], from: Week, until: Week) -> &[(Week, Option<Finite>)] {
    let (first, end) = (weeks.partition_point(|w| w.0 < from), weeks.partition_point(|w| w.0 <= until));
    &weeks[first..end.max(first)]
}

impl Chart {
    /// The moving range of each week of its phases: none where the week or the one before has no reading, or where a phase
    /// begins.
    #[must_use]
    pub fn ranges(&self) -> Vec<(Week, Option<Finite>)> {
        let of = |phase: &PhaseChart| limits::ranges(between(&self.points, phase.from, phase.until));
        self.phases.iter().flat_map(of).collect()
    }

    fn add(
        &mut self,
        weeks: &[(Week, Option<Finite>)],
        (from, until): (Week, Week),
        reason: Option<String>,
        is_last: bool,
        kpi: &Kpi,
        since: Option<Week>,
    ) {
        let readings = weeks.iter().filter(|(_, value)| value.is_some()).count();
        if readings == 0 && !is_last {
            return;
        }
        let basis = limits::basis(weeks);
        let (limits, ranges) = limits::of(weeks, &basis);
        let state = limits.map_or(State::None, |_| State::of(readings));
        if let Some(limits) = limits.filter(|_| since.is_none_or(|since| since <= until)) {
            let held = signals::Held { weeks, basis: &basis, limits, state, direction: kpi.direction };
            self.signals.extend(held.signals(since));
        }
        let basis = basis.first().zip(basis.last()).map(|((first, _), (last, _))| (*first, *last));
        self.phases.push(PhaseChart { from, until, reason, readings, state, limits, basis, ranges });
    }

    /// The phase that the chart's week lies in; none before the first reading and phase.
    #[must_use]
    pub fn current(&self) -> Option<&PhaseChart> {
        self.phases.last()
    }

    /// Whether locked limits say that the target will be missed. Not while the last reading belongs to an improvement: then
    /// the process is no longer what the limits tell of.
    #[must_use]
    pub fn misses_target(&self) -> bool {
        let is_locked = self.current().is_some_and(|p| p.state == State::Locked);
        let last = self.points.iter().rev().find(|(_, value)| value.is_some()).map(|(week, _)| *week);
        let improves = |week| self.signals_in(week).any(|s| s.verdict == Verdict::Improvement);
        self.capability == Capability::WillMiss && is_locked && !last.is_some_and(improves)
    }

    /// The signals that hold in a week: those that fire in it, and patterns that fired before and go on. The strongest first.
    pub fn signals_in(&self, week: Week) -> impl Iterator<Item = &Signal> {
        let mut active: Vec<&Signal> = self.signals.iter().filter(|s| s.is_active(week)).collect();
        active.sort_by_key(|s| (s.rule, s.axis, s.week));
        active.into_iter()
    }

    /// The signal that says most about a week: a point beyond a limit before a pattern near one, and that before a run; of one
    /// rule the reading before the moving range.
    #[must_use]
    pub fn strongest_in(&self, week: Week) -> Option<&Signal> {
        self.signals.iter().filter(|s| s.is_active(week)).min_by_key(|s| (s.rule, s.axis, s.week))
    }
}
