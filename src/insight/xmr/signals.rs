//! The three rules that tell a signal from routine variation, and the patterns they find.

use super::limits::{self, Limits, State};
use crate::model::kpi::Direction;
use crate::model::number::Finite;
use crate::model::week::Week;

/// What fired. The lower the number, the stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A point beyond a limit, on either axis. A point on the limit is not beyond it.
    Beyond = 1,
    /// Three of four successive readings nearer to the same limit than to the mean.
    NearLimit = 2,
    /// Eight successive readings on the same side of the mean. One that equals the mean breaks the run.
    Run = 3,
}

impl Rule {
    /// Its number: 1, 2 or 3.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }
}

/// What a point is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// The readings.
    X,
    /// The moving ranges.
    Range,
}

impl Axis {
    /// The word in documents for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Range => "mr",
        }
    }
}

/// Which side of the mean a pattern lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Above.
    Above,
    /// Below.
    Below,
}

/// What a signal means for the KPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It moved to where it is better.
    Improvement,
    /// It moved to where it is worse.
    Deterioration,
    /// It moved, and neither side is good by itself.
    Change,
}

impl Verdict {
    /// What a move to one side means.
    fn of(direction: Direction, axis: Axis, side: Side) -> Self {
        match (axis, direction, side) {
            (Axis::Range, ..) | (Axis::X, Direction::Band, _) => Self::Change,
            (Axis::X, Direction::Up, Side::Above) | (Axis::X, Direction::Down, Side::Below) => Self::Improvement,
            (Axis::X, Direction::Up, Side::Below) | (Axis::X, Direction::Down, Side::Above) => Self::Deterioration,
        }
    }

    /// The word, on the screen and in documents for programs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Improvement => "improvement",
            Self::Deterioration => "deterioration",
            Self::Change => "change",
        }
    }
}

/// One pattern that is not routine. A run that goes on stays one signal, however long; each point beyond a limit is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signal {
    /// The week in which it fired: of the point that completed the pattern.
    pub week: Week,
    /// The week of the first point of the pattern: since when it is so.
    pub since: Week,
    /// The week of the last point that still belongs to it; the same as `week` until it goes on.
    pub until: Week,
    /// How many points belong to it.
    pub points: usize,
    /// What fired.
    pub rule: Rule,
    /// Of the readings or of the moving ranges.
    pub axis: Axis,
    /// Where it lies.
    pub side: Side,
    /// What it means.
    pub verdict: Verdict,
    /// How far the limits can be relied on that it is held against.
    pub limits: State,
}

impl Signal {
    /// Whether it holds in a week: from the week in which it fired to the last that belongs to it, weeks without a reading in
    /// between included. It is never known earlier.
    #[must_use]
    pub fn is_active(&self, week: Week) -> bool {
        self.week <= week && week <= self.until
    }
}

/// How many successive readings on one side make a run.
const RUN: usize = 8;
/// Of so many successive readings ...
const WINDOW: usize = 4;
/// ... so many near one limit are a signal.
const NEAR: usize = 3;

/// Where a pattern lies among the readings: places of its first point, of the one that completed it, and of its last.
struct Pattern {
    first: usize,
    fired: usize,
    last: usize,
    points: usize,
    side: Side,
}

/// A phase whose readings are held against its limits.
pub(super) struct Held<'a> {
    pub(super) weeks: &'a [(Week, Option<Finite>)],
    pub(super) points: &'a [(Week, Finite)],
    /// Of the same weeks.
    pub(super) ranges: &'a [(Week, Option<Finite>)],
    pub(super) limits: Limits,
    pub(super) state: State,
    pub(super) direction: Direction,
}

impl Held<'_> {
    /// What fires.
    pub(super) fn signals(&self) -> Vec<Signal> {
        let mut found = self.beyond();
        found.extend(near(self.points, &self.limits).iter().map(|p| self.pattern(Rule::NearLimit, p)));
        found.extend(runs(self.points, &self.limits).iter().map(|p| self.pattern(Rule::Run, p)));
        found
    }

    /// Rule 1. A reading is held against the limits as they are, and one that still moved firm limits also against those of
    /// the readings before it: no reading hides behind limits that it widened itself.
    fn beyond(&self) -> Vec<Signal> {
        let mut found = Vec::new();
        let read = self.weeks.iter().zip(self.ranges).filter_map(|((week, value), (_, range))| {
            let value = (*value)?;
            Some((*week, value.get(), range.map(Finite::get)))
        });
        for (at, (week, value, range)) in read.enumerate() {
            let all = [Some(self.limits), limits::before(self.weeks, self.points, at)];
            let sides = |axis: Axis| {
                all.iter().flatten().find_map(|l| match axis {
                    Axis::X => outside(value, l.lower.get(), l.upper.get(), l.fuzz(value)),
                    // A range is as exact as the readings that it lies between.
                    Axis::Range => outside(range?, 0.0, l.range_upper.get(), l.fuzz(value)),
                })
            };
            for axis in [Axis::X, Axis::Range] {
                found.extend(sides(axis).map(|side| self.signal(Rule::Beyond, axis, side, (week, week, week), 1)));
            }
        }
        found
    }

    fn pattern(&self, rule: Rule, p: &Pattern) -> Signal {
        let week = |at: usize| self.points[at].0;
        self.signal(rule, Axis::X, p.side, (week(p.first), week(p.fired), week(p.last)), p.points)
    }

    fn signal(
        &self,
        rule: Rule,
        axis: Axis,
        side: Side,
        (since, week, until): (Week, Week, Week),
        points: usize,
    ) -> Signal {
        let verdict = Verdict::of(self.direction, axis, side);
        Signal { week, since, until, points, rule, axis, side, verdict, limits: self.state }
    }
}

/// The side on which a value lies outside of two lines, if it does beyond all rounding.
fn outside(value: f64, low: f64, high: f64, fuzz: f64) -> Option<Side> {
    if value > high + fuzz {
        Some(Side::Above)
    } else if value < low - fuzz {
        Some(Side::Below)
    } else {
        None
    }
}

/// Rule 2. Windows that share a point are one pattern.
fn near(points: &[(Week, Finite)], limits: &Limits) -> Vec<Pattern> {
    let half = |limit: Finite| limits.mean.get() + (limit.get() - limits.mean.get()) / 2.0;
    let (low, high) = (half(limits.lower), half(limits.upper));
    let sides: Vec<Option<Side>> =
        points.iter().map(|(_, value)| outside(value.get(), low, high, limits.fuzz(value.get()))).collect();
    let mut found = Vec::new();
    for side in [Side::Above, Side::Below] {
        let mut open: Option<Pattern> = None;
        for last in (0..sides.len()).filter(|at| sides[*at] == Some(side)) {
            let from = (last + 1).saturating_sub(WINDOW);
            let near: Vec<usize> = (from..=last).filter(|at| sides[*at] == Some(side)).collect();
            match &mut open {
                Some(pattern) if near.len() >= NEAR && near[0] <= pattern.last => {
                    pattern.points += near.iter().filter(|at| **at > pattern.last).count();
                    pattern.last = last;
                }
                Some(_) | None if near.len() >= NEAR => {
                    let pattern = Pattern { first: near[0], fired: last, last, points: near.len(), side };
                    found.extend(open.replace(pattern));
                }
                Some(_) | None => {}
            }
        }
        found.extend(open);
    }
    found
}

/// Rule 3.
fn runs(points: &[(Week, Finite)], limits: &Limits) -> Vec<Pattern> {
    let mean = limits.mean.get();
    let side = |at: usize| outside(points[at].1.get(), mean, mean, limits.fuzz(points[at].1.get()));
    let mut found = Vec::new();
    let mut first = 0;
    while first < points.len() {
        let Some(here) = side(first) else {
            first += 1;
            continue;
        };
        let end = (first..points.len()).find(|at| side(*at) != Some(here)).unwrap_or(points.len());
        if end - first >= RUN {
            let (fired, last) = (first + RUN - 1, end - 1);
            found.push(Pattern { first, fired, last, points: end - first, side: here });
        }
        first = end;
    }
    found
}
