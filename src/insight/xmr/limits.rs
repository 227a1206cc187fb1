//! The limits of what is routine: from the mean of the first readings of a phase, and the mean range between neighbours.

use crate::model::number::Finite;
use crate::model::week::Week;

/// How far the limits lie from the mean, in mean moving ranges: three standard deviations, estimated by ranges of two.
pub(super) const FACTOR: f64 = 2.66;
/// How far up a moving range may reach, in mean moving ranges.
pub(super) const RANGE_FACTOR: f64 = 3.268;

/// Fewer readings than this make no limits.
pub(super) const FEWEST: usize = 6;
/// From so many readings on, limits are firm.
pub(super) const FIRM: usize = 12;
/// Limits come from at most so many readings: after those they stay where they are.
pub(super) const MOST: usize = 20;
/// Fewer moving ranges than this tell nothing of how far neighbours usually lie apart. Only gaps make them so few.
pub(super) const FEWEST_RANGES: usize = 3;

/// Differences below this share of the numbers compared are rounding: a series of nothing but 0.1 has no variation.
const FUZZ: f64 = 1e-13;

/// How far limits can be relied on: by the readings of their phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// No limits: fewer than 6 readings, hardly two of them in neighbouring weeks, or numbers too large to compute with.
    None,
    /// 6 to 11 readings: each new one still moves the limits much.
    Provisional,
    /// 12 to 20 readings: each new one moves them a little.
    Firm,
    /// More than 20 readings: the limits of the first 20 stay.
    Locked,
}

impl State {
    pub(super) fn of(readings: usize) -> Self {
        if readings < FEWEST {
            Self::None
        } else if readings < FIRM {
            Self::Provisional
        } else if readings <= MOST {
            Self::Firm
        } else {
            Self::Locked
        }
    }

    /// The words on the screen.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => say!("no limits yet"),
            Self::Provisional => say!("provisional limits"),
            Self::Firm => say!("firm limits"),
            Self::Locked => say!("locked limits"),
        }
    }

    /// The word in documents for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Provisional => "provisional",
            Self::Firm => "firm",
            Self::Locked => "locked",
        }
    }
}

/// The limits of a phase, in the unit of the KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The mean of the readings.
    pub mean: Finite,
    /// The lower natural process limit.
    pub lower: Finite,
    /// The upper natural process limit.
    pub upper: Finite,
    /// The mean of the moving ranges.
    pub mean_range: Finite,
    /// The upper limit of the moving ranges; their lower one is zero.
    pub range_upper: Finite,
}

impl Limits {
    /// How far rounding may have carried a comparison of this value with these limits.
    pub(super) fn fuzz(&self, value: f64) -> f64 {
        FUZZ * value.abs().max(self.lower.get().abs()).max(self.upper.get().abs())
    }
}

/// The readings that limits come from.
pub(super) fn basis(weeks: &[(Week, Option<Finite>)]) -> Vec<(Week, Finite)> {
    weeks.iter().filter_map(|(week, value)| Some((*week, (*value)?))).take(MOST).collect()
}

/// The moving range of each week: from the week before, where both have a reading.
pub(super) fn ranges(weeks: &[(Week, Option<Finite>)]) -> Vec<(Week, Option<Finite>)> {
    let before = std::iter::once(None).chain(weeks.iter().map(|(_, value)| *value));
    let range = |now: Finite, before: Finite| Finite::new((now.get() - before.get()).abs());
    weeks
        .iter()
        .zip(before)
        .map(|((week, now), before)| (*week, now.zip(before).and_then(|(a, b)| range(a, b))))
        .collect()
}

/// The limits of a phase, and how many moving ranges its basis has.
pub(super) fn of(weeks: &[(Week, Option<Finite>)], basis: &[(Week, Finite)]) -> (Option<Limits>, usize) {
    let Some((last, _)) = basis.last() else { return (None, 0) };
    let within = weeks.partition_point(|(week, _)| week <= last);
    let pairs = weeks[..within].windows(2).filter_map(|pair| Some((pair[0].1?.get(), pair[1].1?.get())));
    let ranges: Vec<f64> = pairs.map(|(before, now)| (now - before).abs()).collect();
    if basis.len() < FEWEST || ranges.len() < FEWEST_RANGES {
        return (None, ranges.len());
    }
    let values: Vec<f64> = basis.iter().map(|(_, value)| value.get()).collect();
    (limits(mean(&values), mean(&ranges)), ranges.len())
}

/// The limits that stood before a reading was known, given its place in the phase: where they were firm, and it still moved them.
pub(super) fn before(weeks: &[(Week, Option<Finite>)], basis: &[(Week, Finite)], at: usize) -> Option<Limits> {
    (FIRM..MOST).contains(&at).then(|| of(weeks, &basis[..at]).0).flatten()
}

/// None when a number is too large to be kept.
fn limits(mean: f64, mean_range: f64) -> Option<Limits> {
    Some(Limits {
        mean: Finite::new(mean)?,
        lower: Finite::new(mean - FACTOR * mean_range)?,
        upper: Finite::new(mean + FACTOR * mean_range)?,
        mean_range: Finite::new(mean_range)?,
        range_upper: Finite::new(RANGE_FACTOR * mean_range)?,
    })
}

/// The mean of at least one number. Never outside of what they span, where rounding would carry it.
fn mean(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let sum: f64 = values.iter().sum();
    let mean = if sum.is_finite() { sum / n } else { values.iter().map(|v| v / n).sum() };
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    mean.max(low).min(high)
}
