//! What the readings of the sealed weeks say of all KPIs together: worked out once for every rule that asks.

use std::sync::Arc;

use crate::insight::xmr::{self, Charts};
use crate::model::history::History;
use crate::model::id::KpiId;
use crate::model::kpi::{Direction, Kpi};
use crate::model::number::Finite;
use crate::model::series::Series;
use crate::model::week::Week;

/// How many weekly changes are compared: a year of them, so that what was long ago does not count, nor cost, for ever.
const YEAR: usize = 52;
/// How many weeks two KPIs must have been measured.
const ENOUGH: usize = 13;
/// Below this correlation one KPI moves against the other.
const AGAINST: f64 = -0.5;

/// The charts of all KPIs, and which of them move against each other.
///
/// Depends on the definitions of the KPIs, the sealed weeks before a week, and the target that holds in it: not on what is
/// said in a review, so that it can be kept while one is held ([`super::Facts::knowing`]).
#[derive(Debug, Clone, Default)]
pub struct Behaviour {
    /// The chart of each KPI, of the readings before the week, with its latest signals.
    pub charts: Charts,
    /// Pairs of KPIs whose weekly changes go against each other, the strongest first.
    pub opposed: Vec<Opposed>,
}

/// Two KPIs that move against each other, in the order of their ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Opposed {
    /// One.
    pub one: KpiId,
    /// The other.
    pub other: KpiId,
    /// Pearson's correlation of their weekly changes, signed so that up is good: below -0.5, at least -1.
    pub correlation: f64,
    /// How many weekly changes both have.
    pub changes: usize,
}

impl Behaviour {
    /// Works it out of what was sealed or brought in before a week.
    #[must_use]
    pub fn of(kpis: &[Kpi], history: &History, week: Week) -> Self {
        let mut all = history.all_series();
        let mut charts = Charts::with_capacity(kpis.len());
        let mut moves: Vec<(&KpiId, Changes)> = Vec::with_capacity(kpis.len());
        for kpi in kpis {
            let series = all.remove(&kpi.id).unwrap_or_default();
            let series = if series.last_reading().is_some_and(|(last, _)| last >= week) {
                series.until(week.previous())
            } else {
                series
            };
            charts.insert(kpi.id.clone(), Arc::new(xmr::latest(&series, kpi, week)));
            moves.extend(Changes::of(&series, kpi.direction, week).map(|changes| (&kpi.id, changes)));
        }
        Self { charts, opposed: opposed(&mut moves) }
    }
}

fn opposed(moves: &mut [(&KpiId, Changes)]) -> Vec<Opposed> {
    // By id, so that a pair keeps its name when the file is put in another order.
    moves.sort_by_key(|(id, _)| *id);
    let mut found = Vec::new();
    for (at, (one, a)) in moves.iter().enumerate() {
        for (other, b) in &moves[at + 1..] {
            let changes = a.shared(b);
            if changes + 1 < ENOUGH {
                continue;
            }
            if let Some(correlation) = a.correlation(b).filter(|r| *r < AGAINST - 1e-9) {
                found.push(Opposed { one: (*one).clone(), other: (*other).clone(), correlation, changes });
            }
        }
    }
    found.sort_by(|a, b| a.correlation.total_cmp(&b.correlation));
    found
}

/// The weekly changes of a KPI over a year, signed so that up is good, and scaled so that the largest is 1.
struct Changes {
    /// Zero where the week or the one before has no reading.
    by: [f64; YEAR],
    squares: [f64; YEAR],
    /// One where there is a change, else zero.
    known: [f64; YEAR],
    bits: u64,
}

impl Changes {
    /// None where there is no good direction, too few readings, or no change at all.
    fn of(series: &Series, direction: Direction, week: Week) -> Option<Self> {
        let sign = match direction {
            Direction::Up => 1.0,
            Direction::Down => -1.0,
            Direction::Band => return None,
        };
        let mut found = Self { by: [0.0; YEAR], squares: [0.0; YEAR], known: [0.0; YEAR], bits: 0 };
        let first = week.plus(-i32::try_from(YEAR).unwrap_or(i32::MAX) - 1);
        let weeks = &series.weeks()[series.weeks().partition_point(|(w, _)| *w < first)..];
        if weeks.iter().filter(|(_, value)| value.is_some()).count() < ENOUGH {
            return None;
        }
        for pair in weeks.windows(2) {
            let Some((before, now)) = pair[0].1.zip(pair[1].1) else { continue };
            let Some(change) = Finite::new(now.get() - before.get()) else { continue };
            let Some(at) = usize::try_from(pair[1].0.since(first) - 1).ok().filter(|at| *at < YEAR) else { continue };
            (found.by[at], found.known[at]) = (change.get() * sign, 1.0);
            found.bits |= 1 << at;
        }
        let largest = found.by.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
        if largest <= 0.0 {
            return None;
        }
        found.by = found.by.map(|v| v / largest);
        found.squares = found.by.map(|v| v * v);
        Some(found)
    }

    /// How many weeks both have a change in.
    fn shared(&self, other: &Self) -> usize {
        (self.bits & other.bits).count_ones() as usize
    }

    /// Pearson's correlation over the weeks that both have a change in; none where one of them does not vary there.
    fn correlation(&self, other: &Self) -> Option<f64> {
        let n = self.shared(other) as f64;
        // A change that one lacks is zero there, and so falls out of the products by itself.
        let (x, y) = (dot(&self.by, &other.known), dot(&other.by, &self.known));
        let spread_x = n * dot(&self.squares, &other.known) - x * x;
        let spread_y = n * dot(&other.squares, &self.known) - y * y;
        let both = n * dot(&self.by, &other.by) - x * y;
        // Less than that is what rounding leaves of changes that are all the same.
        (spread_x > 1e-9 && spread_y > 1e-9).then(|| (both / (spread_x.sqrt() * spread_y.sqrt())).clamp(-1.0, 1.0))
    }
}

fn dot(a: &[f64; YEAR], b: &[f64; YEAR]) -> f64 {
    // Four sums side by side: they do not wait for each other.
    let mut sums = [0.0; 4];
    for (a, b) in a.chunks_exact(4).zip(b.chunks_exact(4)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::*;
    use crate::model::status::Status;

    fn changes(values: &[f64], direction: Direction) -> Option<Changes> {
        let first = week(NOW).plus(-i32::try_from(values.len()).unwrap());
        let week_of = |at: usize| first.plus(i32::try_from(at).unwrap());
        let series = values.iter().enumerate().filter_map(|(at, v)| Some((week_of(at), Finite::new(*v)?))).collect();
        Changes::of(&series, direction, week(NOW))
    }

    /// Changes of 13 readings, against whose correlation was worked out by hand.
    const UP: [f64; 13] = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0];

    fn between(a: &[f64], b: &[f64]) -> Option<f64> {
        let (a, b) = (changes(a, Direction::Up)?, changes(b, Direction::Up)?);
        a.correlation(&b)
    }

    #[test]
    fn the_same_moves_correlate_at_one_and_opposite_ones_at_minus_one() {
        let down = UP.map(|v| 7.0 - 3.0 * v);
        assert!((between(&UP, &UP).unwrap() - 1.0).abs() < 1e-12);
        assert!((between(&UP, &down).unwrap() + 1.0).abs() < 1e-12);
        let falling = changes(&UP, Direction::Down).unwrap();
        let rising = changes(&UP, Direction::Up).unwrap();
        assert!((falling.correlation(&rising).unwrap() + 1.0).abs() < 1e-12, "signed so that up is good");
    }

    #[test]
    fn a_correlation_agrees_with_one_worked_out_by_the_definition() {
        let a = [3.0, 5.0, 4.0, 8.0, 2.0, 9.0, 9.0, 1.0, 4.0, 6.0, 7.0, 2.0, 5.0, 3.0];
        let b = [8.0, 1.0, 6.0, 2.0, 7.0, 7.0, 3.0, 9.0, 2.0, 5.0, 1.0, 8.0, 3.0, 4.0];
        let moves = |v: [f64; 14]| (1..14).map(|i| v[i] - v[i - 1]).collect::<Vec<_>>();
        let (x, y) = (moves(a), moves(b));
        let mean = |v: &[f64]| v.iter().sum::<f64>() / 13.0;
        let off = |v: &[f64]| v.iter().map(|value| value - mean(v)).collect::<Vec<_>>();
        let sum = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let (x, y) = (off(&x), off(&y));
        let want = sum(&x, &y) / (sum(&x, &x) * sum(&y, &y)).sqrt();
        assert!((between(&a, &b).unwrap() - want).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_move_or_was_hardly_measured_correlates_with_nothing() {
        assert!(changes(&[4.0; 13], Direction::Up).is_none());
        assert!(changes(&UP[..12], Direction::Up).is_none(), "twelve weeks");
        assert!(changes(&UP, Direction::Band).is_none(), "no good direction");
        assert_eq!(between(&UP, &(0..13).map(f64::from).collect::<Vec<_>>()), None, "the same change each week");
    }

    #[test]
    fn weeks_without_a_reading_are_left_out_of_both() {
        let mut torn = [UP, UP].concat();
        torn[20] = f64::NAN;
        let whole = [UP, UP].concat();
        let (a, b) = (changes(&torn, Direction::Up).unwrap(), changes(&whole, Direction::Up).unwrap());
        assert_eq!((a.shared(&b), b.shared(&b)), (23, 25));
        assert!((a.correlation(&b).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn any_numbers_give_a_correlation_or_none() {
        let huge: Vec<f64> = (0..30).map(|n| if n % 2 == 0 { f64::MAX } else { -1.0 }).collect();
        let tiny: Vec<f64> = (0..30).map(|n| if n % 2 == 0 { -5e-324 } else { f64::MIN_POSITIVE }).collect();
        let r = between(&huge, &tiny).unwrap();
        assert!((-1.0..=1.0).contains(&r), "{r}");
    }

    #[test]
    fn the_week_itself_and_later_ones_do_not_count() {
        let kpis = [kpi("orders")];
        let mut weeks = history(30, |d| d.kpis = vec![seen("orders", Some(460.0), Status::OnTrack)].into());
        let before = Behaviour::of(&kpis, &weeks, week(NOW));
        for later in [week(NOW), week(NOW).next()] {
            weeks.insert({
                let mut digest = digest(later);
                digest.kpis = vec![seen("orders", Some(9.0), Status::OffTrack)].into();
                digest
            });
        }
        assert_eq!(Behaviour::of(&kpis, &weeks, week(NOW)).charts, before.charts);
    }
}
