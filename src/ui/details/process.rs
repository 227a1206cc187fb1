//! What is known of a KPI's process, as the chart wants it: limits phase by phase, signals at their weeks.

use crate::insight::xmr::{Axis, Chart, PhaseChart, Verdict};
use crate::model::number::Finite;
use crate::model::week::Week;
use crate::ui::widgets::chart::{Limits, Tone};

/// The limits of the readings, phase by phase.
#[must_use]
pub fn limits(chart: &Chart) -> Vec<Limits> {
    let of = |phase: &PhaseChart| {
        let l = phase.limits?;
        // A line below zero under numbers that never are says nothing.
        Some(Limits { from: phase.from, until: phase.until, mean: l.mean, lower: Some(l.lower), upper: l.upper })
    };
    chart.phases.iter().filter_map(of).collect()
}

/// The limits of the moving ranges, phase by phase.
#[must_use]
pub fn range_limits(chart: &Chart) -> Vec<Limits> {
    let of = |phase: &PhaseChart| {
        let l = phase.limits?;
        Some(Limits { from: phase.from, until: phase.until, mean: l.mean_range, lower: None, upper: l.range_upper })
    };
    chart.phases.iter().filter_map(of).collect()
}

/// What the strongest signal on one axis says of a week in which it fired.
#[must_use]
pub fn signal(chart: &Chart, axis: Axis, week: Week) -> Option<Tone> {
    let fired = chart.signals.iter().find(|s| s.axis == axis && s.is_active(week))?;
    Some(match fired.verdict {
        Verdict::Improvement => Tone::Better,
        Verdict::Deterioration => Tone::Worse,
        Verdict::Change => Tone::Changed,
    })
}

/// The moving range of a week.
#[must_use]
pub fn range(chart: &Chart, week: Week) -> Option<Finite> {
    chart.ranges().into_iter().find(|(w, _)| *w == week).and_then(|(_, range)| range)
}
