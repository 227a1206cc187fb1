//! Where a KPI is heading: the expected value of each week to come, an 80 % interval, the chance of meeting the target.

mod backtest;
mod normal;
mod reach;
mod smoothing;
#[cfg(test)]
mod tests;
mod words;

use crate::model::kpi::{Aim, Direction};
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::week::Week;

use normal::Normal;

pub use reach::{Chances, Outlook, horizon, out_of_reach};
pub use words::chance_words;

/// So many readings are needed.
pub const NEEDED: usize = 12;
/// How far ahead one may look, in weeks.
pub const FARTHEST: i32 = 52;
/// How far back readings count, in weeks: three years. What lies farther back says little of the next quarter, and the work
/// stays the same however long a workspace is kept.
pub const BEHIND: i32 = 156;

/// What a forecast rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Too few readings to say anything.
    TooEarly {
        /// How many there are, of [`NEEDED`].
        readings: usize,
    },
    /// Damped-trend exponential smoothing, which has foretold past readings better than the last value.
    Model,
    /// The last value with the interval of a random walk, as the model was no better in the past.
    LastValue,
}

impl Method {
    /// The word for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TooEarly { .. } => "too early",
            Self::Model => "model",
            Self::LastValue => "last value",
        }
    }
}

/// What is expected of one week to come, in the KPI's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// The week.
    pub week: Week,
    /// The expected value.
    pub mean: Finite,
    /// One time in ten it will be lower.
    pub lower: Finite,
    /// One time in ten it will be higher.
    pub upper: Finite,
}

/// Where a KPI is heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// What it rests on.
    pub method: Method,
    /// Week by week from the one after the last reading to the horizon; empty when it is too early to say, or when the
    /// horizon does not lie ahead of the last reading.
    pub path: Vec<Ahead>,
    /// The chance of meeting the aim at the horizon, 0 to 1; none without a path or an aim. People see it as
    /// [`chance_words`] puts it: never as certain.
    pub chance: Option<Finite>,
    /// The model's error in foretelling the next reading, as a share of the last value's: below 1 it beats it. None when too
    /// early, or when the readings have long been the same.
    pub mase: Option<Finite>,
}

impl Forecast {
    fn too_early(readings: usize) -> Self {
        Self { method: Method::TooEarly { readings }, path: Vec::new(), chance: None, mase: None }
    }

    /// What is expected at the horizon.
    #[must_use]
    pub fn at_end(&self) -> Option<&Ahead> {
        self.path.last()
    }
}

/// What the readings up to `now` say of the weeks to `horizon` (at most 52 weeks after `now`), held against an aim.
///
/// From 12 readings in the last three years on. Damped-trend exponential smoothing is backtested with a rolling origin over
/// the last 52 readings; where it foretells the next reading no better than the last value does, the last value is kept,
/// with a standard deviation that grows with the square root of the weeks. A week without a reading moves the model on
/// without teaching it anything: nothing is filled in. See `docs/decisions/0014-forecast.md`.
#[must_use]
pub fn forecast(series: &Series, now: Week, horizon: Week, aim: Aim, direction: Direction) -> Forecast {
    Fit::of(series, now).forecast(horizon, aim, direction)
}

/// What [`forecast`] draws from the readings alone, whatever week and aim is asked about: most of its work, done once for a
/// KPI and each of its goals.
#[derive(Debug, Clone)]
pub struct Fit {
    now: Week,
    readings: usize,
    /// None when it is too early to say.
    tested: Option<Tested>,
}

/// A model that was held against past readings.
#[derive(Debug, Clone)]
struct Tested {
    last_week: Week,
    scale: Scale,
    backtest: backtest::Backtest,
    /// The last reading on that scale, and the standard deviation of a week's step.
    last: f64,
    step: f64,
}

impl Fit {
    /// Of the readings up to `now`.
    #[must_use]
    pub fn of(series: &Series, now: Week) -> Self {
        let known = known(series, now);
        let readings: Vec<f64> = known.iter().filter_map(|(_, y)| y.map(Finite::get)).collect();
        let last = known.last().map(|w| w.0).zip(readings.last()).filter(|_| readings.len() >= NEEDED);
        let tested = last.map(|(last_week, last)| {
            let scale = Scale::of(&readings);
            let scaled: Vec<Option<f64>> = known.iter().map(|(_, y)| y.map(|y| scale.place(y.get()))).collect();
            let (backtest, step) = (backtest::run(&scaled), backtest::walk(&scaled));
            Tested { last_week, scale, backtest, last: scale.place(*last), step }
        });
        Self { now, readings: readings.len(), tested }
    }

    /// The weeks to `horizon`, held against an aim: see [`forecast`].
    #[must_use]
    pub fn forecast(&self, horizon: Week, aim: Aim, direction: Direction) -> Forecast {
        let Some(Tested { last_week, scale, backtest, last, step }) = &self.tested else {
            return Forecast::too_early(self.readings);
        };
        let weeks = usize::try_from(horizon.min(self.now.plus(FARTHEST)).since(*last_week)).unwrap_or(0);
        let (method, expected) = if backtest.mase.is_some_and(|m| m < 1.0) {
            (Method::Model, backtest.model.ahead(weeks))
        } else {
            (Method::LastValue, last_value(*last, *step, weeks))
        };
        let week_of = std::iter::successors(Some(last_week.next()), |week| Some(week.next()));
        Forecast {
            method,
            path: expected.iter().zip(week_of).map(|(normal, week)| scale.ahead(*normal, week)).collect(),
            chance: expected.last().and_then(|n| n.chance(aim, direction, |x| scale.place(x))).and_then(Finite::new),
            mase: backtest.mase.and_then(Finite::new),
        }
    }
}

/// The weeks that count, from a reading to a reading.
fn known(series: &Series, now: Week) -> &[(Week, Option<Finite>)] {
    let weeks = series.weeks();
    let oldest = now.plus(1 - BEHIND);
    let (from, to) = (weeks.partition_point(|w| w.0 < oldest), weeks.partition_point(|w| w.0 <= now));
    let weeks = &weeks[from..to.max(from)];
    let first = weeks.iter().position(|w| w.1.is_some()).unwrap_or(weeks.len());
    let end = weeks.iter().rposition(|w| w.1.is_some()).map_or(first, |at| at + 1);
    &weeks[first..end]
}

fn last_value(mean: f64, step: f64, weeks: usize) -> Vec<Normal> {
    (1..=weeks).map(|h| Normal { mean, sd: step * (h as f64).sqrt() }).collect()
}

/// Brings readings of any size to -1 to 1 and back, so that sums of squares neither overflow nor vanish.
#[derive(Debug, Clone, Copy)]
struct Scale {
    centre: f64,
    /// Half of what lies between the lowest and the highest; 0 where they are the same.
    half: f64,
}

/// Constants that differ by less than this share of themselves are the same: as for the status of a reading.
const FUZZ: f64 = 1e-9;

impl Scale {
    fn of(readings: &[f64]) -> Self {
        let low = readings.iter().copied().fold(f64::INFINITY, f64::min);
        let high = readings.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let half = high / 2.0 - low / 2.0;
        // Too little to divide by.
        let half = if half < f64::MIN_POSITIVE * 1e3 { 0.0 } else { half };
        Self { centre: high / 2.0 + low / 2.0, half }
    }

    fn place(self, value: f64) -> f64 {
        let from_centre = value / 2.0 - self.centre / 2.0;
        if self.half > 0.0 {
            from_centre / self.half * 2.0
        } else if from_centre.abs() <= FUZZ * value.abs().max(self.centre.abs()) {
            0.0
        } else {
            from_centre
        }
    }

    /// Back in the KPI's unit. What would be too large to keep is as large as can be kept.
    fn back(self, place: f64) -> Finite {
        Finite::new((self.centre + self.half * place).clamp(f64::MIN, f64::MAX)).unwrap_or(Finite::ZERO)
    }

    fn ahead(self, normal: Normal, week: Week) -> Ahead {
        let (lower, upper) = normal.eighty();
        Ahead { week, mean: self.back(normal.mean), lower: self.back(lower), upper: self.back(upper) }
    }
}
