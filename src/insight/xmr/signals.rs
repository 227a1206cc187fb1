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

    /// The word for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Improvement => say!("improvement"),
            Self::Deterioration => say!("deterioration"),
            Self::Change => say!("change"),
        }
    }

    /// The word in documents for programs.
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
    /// The readings that the limits come from.
    pub(super) basis: &'a [(Week, Finite)],
    pub(super) limits: Limits,
    pub(super) state: State,
    pub(super) direction: Direction,
}

impl Held<'_> {
    /// What fires; with a week, as much of it as holds then or later.
    pub(super) fn signals(&self, since: Option<Week>) -> Vec<Signal> {
        let mut found = self.beyond(since);
        let points = self.points(since);
        let pattern = |rule, p: &Pattern| self.pattern(&points, rule, p);
        found.extend(near(&points, &self.limits).iter().map(|p| pattern(Rule::NearLimit, p)));
        found.extend(runs(&points, &self.limits).iter().map(|p| pattern(Rule::Run, p)));
        found.retain(|signal| since.is_none_or(|since| since <= signal.until));
        found
    }

    /// The readings, oldest first; with a week, from before every pattern that holds then or later. Such a run is the stretch on
    /// one side of the mean that reaches into it, and no window near a limit spans three successive readings that are not.
    fn points(&self, since: Option<Week>) -> Vec<(Week, Finite)> {
        let read = self.weeks.iter().rev().filter_map(|(week, value)| Some((*week, (*value)?)));
        let mut points: Vec<(Week, Finite)> = Vec::new();
        let (mut goes_on, mut calm) = (true, 0);
        for (week, value) in read {
            let next = points.last().and_then(|(_, next)| side_of_mean(&self.limits, *next));
            points.push((week, value));
            if since.is_none_or(|since| since <= week) {
                continue;
            }
            goes_on = goes_on && next.is_some() && side_of_mean(&self.limits, value) == next;
            calm = if near_limit(&self.limits, value).is_some() { 0 } else { calm + 1 };
            if !goes_on && calm >= NEAR {
                break;
            }
        }
        points.reverse();
        points
    }

    /// Rule 1. A reading is held against the limits as they are, and one that still moved firm limits also against those of
    /// the readings before it: no reading hides behind limits that it widened itself.
    fn beyond(&self, since: Option<Week>) -> Vec<Signal> {
        let mut found = Vec::new();
        let first = since.map_or(0, |since| self.weeks.partition_point(|(week, _)| *week < since));
        // From the week before, as a range lies between two.
        let ranges = limits::ranges(&self.weeks[first.saturating_sub(1)..]);
        let mut at = self.basis.partition_point(|(week, _)| since.is_some_and(|since| *week < since));
        for ((week, value), (_, range)) in self.weeks[first..].iter().zip(&ranges[first.min(1)..]) {
            let Some(value) = value.map(Finite::get) else { continue };
            // Beyond the readings that limits come from no new one moves them.
            let before = limits::before(self.weeks, self.basis, at);
            at += 1;
            for (axis, point) in [(Axis::X, Some(value)), (Axis::Range, range.map(Finite::get))] {
                let Some(point) = point else { continue };
                let side = beyond(&self.limits, axis, point, value);
                let side = side.or_else(|| before.and_then(|limits| beyond(&limits, axis, point, value)));
                found.extend(side.map(|side| self.signal(Rule::Beyond, axis, side, (*week, *week, *week), 1)));
            }
        }
        found
    }

    fn pattern(&self, points: &[(Week, Finite)], rule: Rule, p: &Pattern) -> Signal {
        let week = |at: usize| points[at].0;
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

/// The side on which a point lies beyond limits. A range is as exact as the readings that it lies between.
fn beyond(limits: &Limits, axis: Axis, point: f64, value: f64) -> Option<Side> {
    let (low, high) = match axis {
        Axis::X => (limits.lower.get(), limits.upper.get()),
        Axis::Range => (0.0, limits.range_upper.get()),
    };
    // Nearly all lie well inside: only what lies near a line is looked at more closely.
    if low <= point && point <= high { None } else { outside(point, low, high, limits.fuzz(value)) }
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

/// The side on which a reading lies nearer to a limit than to the mean.
fn near_limit(limits: &Limits, value: Finite) -> Option<Side> {
    let half = |limit: Finite| limits.mean.get() + (limit.get() - limits.mean.get()) / 2.0;
    outside(value.get(), half(limits.lower), half(limits.upper), limits.fuzz(value.get()))
}

fn side_of_mean(limits: &Limits, value: Finite) -> Option<Side> {
    let mean = limits.mean.get();
    outside(value.get(), mean, mean, limits.fuzz(value.get()))
}

/// Rule 2. Windows that share a point are one pattern.
fn near(points: &[(Week, Finite)], limits: &Limits) -> Vec<Pattern> {
    let sides: Vec<Option<Side>> = points.iter().map(|(_, value)| near_limit(limits, *value)).collect();
    let mut found = Vec::new();
    for side in [Side::Above, Side::Below] {
        let mut open: Option<Pattern> = None;
        for last in (0..sides.len()).filter(|at| sides[*at] == Some(side)) {
            let from = (last + 1).saturating_sub(WINDOW);
            let near = || (from..=last).filter(|at| sides[*at] == Some(side));
            let (Some(first), points) = (near().next(), near().count()) else { continue };
            match &mut open {
                Some(_) | None if points < NEAR => {}
                Some(pattern) if first <= pattern.last => {
                    pattern.points += near().filter(|at| *at > pattern.last).count();
                    pattern.last = last;
                }
                Some(_) | None => found.extend(open.replace(Pattern { first, fired: last, last, points, side })),
            }
        }
        found.extend(open);
    }
    found
}

/// Rule 3.
fn runs(points: &[(Week, Finite)], limits: &Limits) -> Vec<Pattern> {
    let side = |at: usize| side_of_mean(limits, points[at].1);
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
