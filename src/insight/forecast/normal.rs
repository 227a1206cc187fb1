//! The normal distribution: how likely it is that a reading falls below, above or between.

use crate::model::kpi::{Aim, Direction};

/// So many standard deviations to either side hold 80 %.
const EIGHTY: f64 = 1.281_551_565_544_600_4;

/// What a reading may be: normal, with this mean and standard deviation (0 where nothing ever moved).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Normal {
    pub(super) mean: f64,
    pub(super) sd: f64,
}

impl Normal {
    /// The ends of the interval that holds 80 %.
    pub(super) fn eighty(self) -> (f64, f64) {
        (self.mean - EIGHTY * self.sd, self.mean + EIGHTY * self.sd)
    }

    /// The chance of at most `x`, 0 to 1.
    fn at_most(self, x: f64) -> f64 {
        if self.sd > 0.0 { cumulative((x - self.mean) / self.sd) } else { f64::from(u8::from(self.mean <= x)) }
    }

    /// The chance of at least `x`, 0 to 1.
    fn at_least(self, x: f64) -> f64 {
        if self.sd > 0.0 { cumulative((self.mean - x) / self.sd) } else { f64::from(u8::from(self.mean >= x)) }
    }

    /// The chance of meeting an aim whose values lie on the same scale after `place`, 0 to 1. None without a target, and
    /// where a band is a single value, which no reading is sure to meet exactly.
    pub(super) fn chance(self, aim: Aim, direction: Direction, place: impl Fn(f64) -> f64) -> Option<f64> {
        let chance = match (aim, direction) {
            (Aim::Nothing, _) | (Aim::At(_), Direction::Band) => return None,
            (Aim::At(target), Direction::Up) => self.at_least(place(target.get())),
            (Aim::At(target), Direction::Down) => self.at_most(place(target.get())),
            (Aim::Within(low, high), Direction::Up | Direction::Down | Direction::Band) => {
                1.0 - (1.0 - self.at_least(place(low.get()))) - (1.0 - self.at_most(place(high.get())))
            }
        };
        Some(chance.clamp(0.0, 1.0))
    }
}

/// The chance that a standard normal number is at most `z`, to seven decimals (Abramowitz and Stegun 1964, 26.2.17).
fn cumulative(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let factors = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    let tail = factors.iter().fold(0.0, |sum, f| (sum + f) * t) * (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
    if z < 0.0 { tail } else { 1.0 - tail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::fixture::number;

    fn chance(aim: Aim, direction: Direction) -> Option<f64> {
        Normal { mean: 100.0, sd: 10.0 }.chance(aim, direction, |x| x)
    }

    #[test]
    fn the_distribution_agrees_with_the_tables() {
        for (z, p) in [(0.0, 0.5), (1.0, 0.841_344_746), (-1.96, 0.024_997_895), (EIGHTY, 0.9), (-3.0, 0.001_349_898)] {
            assert!((cumulative(z) - p).abs() < 1e-7, "{z}: {}", cumulative(z));
        }
        assert!(cumulative(f64::INFINITY) >= 1.0 && cumulative(f64::NEG_INFINITY) <= 0.0);
    }

    #[test]
    fn the_chance_looks_the_way_that_is_good() {
        let near = |got: Option<f64>, want: f64| assert!((got.unwrap() - want).abs() < 1e-4, "{got:?} {want}");
        near(chance(Aim::At(number(110.0)), Direction::Up), 0.1587);
        near(chance(Aim::At(number(110.0)), Direction::Down), 0.8413);
        near(chance(Aim::Within(number(90.0), number(110.0)), Direction::Band), 0.6827);
        assert_eq!(chance(Aim::Nothing, Direction::Up), None);
        assert_eq!(chance(Aim::At(number(100.0)), Direction::Band), None);
    }

    #[test]
    fn what_never_moves_meets_its_target_or_does_not() {
        let still = Normal { mean: 5.0, sd: 0.0 };
        for (target, direction, want) in [
            (5.0, Direction::Up, 1.0),
            (5.1, Direction::Up, 0.0),
            (5.0, Direction::Down, 1.0),
            (4.9, Direction::Down, 0.0),
        ] {
            assert_eq!(still.chance(Aim::At(number(target)), direction, |x| x), Some(want), "{target} {direction:?}");
        }
        assert_eq!(still.chance(Aim::Within(number(5.0), number(6.0)), Direction::Band, |x| x), Some(1.0));
    }
}
